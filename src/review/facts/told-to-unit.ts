import { episodesOf, findClue, type Clue, type Episode } from '#analysis';
import { findDocument } from '#documents';
import { unstopped, type Instant, type OutfallId } from '#kernel';
import type { Database } from '#platform/db';
import { noticesSent } from '#supervision';
import type { Observation } from './observations.ts';
import type { PrecheckInput } from './precheck.ts';

/** What a notice told when it was sent: the words of its clue, and the findings these were made of. */
export interface ToldClue {
  readonly claim: Clue['claim'];
  readonly findings: readonly Pick<Episode, 'model' | 'factors' | 'start' | 'end' | 'text'>[];
}

/**
 * Whether a notice sent at a moment shows that the unit knew of this fact while it went on: it was sent after the fact began and before it ended, and its
 * words spoke of the same finding about the same factor. Pure.
 */
export function toldOf({ claim, findings }: ToldClue, at: Instant, { model, codes = [], from, to }: Observation): boolean {
  const same = (finding: ToldClue['findings'][number]): boolean =>
    finding.model === model && finding.start < to && finding.end > from && (codes.length === 0 ? finding.factors.length === 0 : finding.factors.some((code) => codes.includes(code)))
    && claim.zh.includes(unstopped(finding.text.zh));
  return from < at && at < to && findings.some(same);
}

/** The first notice by which the platform told the unit of one of these facts of an outfall; null where none did. */
export async function firstTold(db: Database, outfall: OutfallId, facts: readonly Observation[]): Promise<NonNullable<PrecheckInput['warned']> | null> {
  if (facts.length === 0) return null;
  const span = { from: Math.min(...facts.map(({ from }) => from)) as Instant, to: Math.max(...facts.map(({ to }) => to)) as Instant };
  for (const { clueId, documentId, at } of await noticesSent(db, outfall, span)) {
    const clue = (await findClue(db, clueId, at))?.clue;
    if (clue === undefined) continue;
    const told = { claim: clue.claim, findings: await episodesOf(db, clue.episodes, at) };
    const paper = facts.some((fact) => toldOf(told, at, fact)) ? await findDocument(db, documentId) : undefined;
    if (paper !== undefined) return { number: paper.number, at };
  }
  return null;
}
