import { findClue } from '#analysis';
import { instant, type ClueId } from '#kernel';
import type { Database, Tx } from '#platform/db';
import type { ClueEvent } from '../clue-event.ts';
import { cluesOfSheet, joinedSince, type Sheet } from '../store/sheets.ts';

/** What the answer to a sheet can speak of. */
export interface Asked {
  /** Clues that lay in the sheet when its notice went out. */
  readonly clues: readonly ClueId[];
  /** Clues that joined afterwards: the unit was not asked of them. */
  readonly later: readonly ClueEvent[];
  /** From the first to the last moment of what it was asked of. */
  readonly period: Pick<Sheet, 'periodFrom' | 'periodTo'>;
}

/** Of the clues in a sheet, those its unit was asked of by the notice of this round, and those that came later. */
export async function askedOf(db: Database | Tx, { sheetId, sentAt, periodFrom, periodTo }: Sheet): Promise<Asked> {
  const all = await cluesOfSheet(db, sheetId);
  const later = sentAt === null ? [] : await joinedSince(db, sheetId, sentAt);
  const clues = all.filter((clueId) => !later.some((event) => event.clueId === clueId));
  if (later.length === 0) return { clues, later, period: { periodFrom, periodTo } };
  const spans = (await Promise.all(clues.map((clueId) => findClue(db, clueId)))).flatMap((stored) => (stored === undefined ? [] : [stored.clue]));
  if (spans.length === 0) return { clues, later, period: { periodFrom, periodTo } };
  return { clues, later, period: { periodFrom: instant(Math.min(...spans.map(({ start }) => start))), periodTo: instant(Math.max(...spans.map(({ end }) => end))) } };
}
