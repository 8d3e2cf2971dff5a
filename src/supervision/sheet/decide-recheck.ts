import { dayOf, type Instant, type Refusal, type RegionKey } from '#kernel';
import type { Law } from '#law';
import { refuse } from '../errors.ts';
import { ACTS } from './sheet-machine.ts';

/** What control staff may conclude from an answer. */
export const RECHECK_OUTCOMES = ['explain', 'accept', 'send-back', 'refer', 'establish'] as const;
export type RecheckOutcome = (typeof RECHECK_OUTCOMES)[number];

/** What control staff hold the answer against (mark, maintenance and condition compared). */
export const COMPARED = {
  marks: { zh: '数据标记', en: 'marks' },
  maintenance: { zh: '运维、校准记录', en: 'maintenance and calibration' },
  condition: { zh: '生产和治理设施工况', en: 'condition of plant and treatment' },
} as const;
export type Compared = keyof typeof COMPARED;

/** What a record says beside the unit's answer. */
export const COMPARISONS = {
  AGREES: { zh: '与反馈一致', en: 'agrees with the answer' },
  CONTRADICTS: { zh: '与反馈不一致', en: 'contradicts the answer' },
  NOTHING: { zh: '无相关记录', en: 'no record of it' },
} as const;
export type Comparison = keyof typeof COMPARISONS;

/** The recheck of an answer (复核), in words, with what it was compared with. */
export interface RecheckCommand {
  readonly outcome: RecheckOutcome;
  /** What the comparison showed, in words. */
  readonly note: string;
  /** Set when the answer was found untrue; counted as such on the unit's ladder. */
  readonly falseAnswer: boolean;
  readonly compared?: Readonly<Partial<Record<Compared, Comparison | undefined>>> | undefined;
}

const HARMLESS: readonly RecheckOutcome[] = ['explain', 'accept', 'send-back'];

/** Where confirmed answers go straight to enforcement there is no panel to refer to, and the other way round. */
export const outcomesIn = (law: Law, region: RegionKey, at: Instant): readonly RecheckOutcome[] =>
  [...HARMLESS, law.valueAt('review.model', region, dayOf(at)).value === 'CONTROL_RECHECK' ? 'establish' : 'refer'];

/** Is the note of the recheck itself the paper that the region's review gate wants? */
export const noteIsPaper = (law: Law, region: RegionKey, at: Instant): boolean =>
  law.valueAt('review.gatePaper', region, dayOf(at)).value === 'CONTROL_RECHECK_NOTE';

/** What is wrong with a finding, or undefined. Pure. */
export function checkRecheck(command: RecheckCommand, law: Law, region: RegionKey, at: Instant): Refusal | undefined {
  if (command.note.trim().length < 5) return refuse('SUPV-005', { field: 'note' });
  if (!outcomesIn(law, region, at).includes(command.outcome)) {
    const { source, article } = law.valueAt('review.model', region, dayOf(at));
    const { zh, en } = ACTS[command.outcome];
    return refuse('SUPV-010', { field: 'outcome', args: { outcome: zh, outcomeEn: en }, basis: `${source} ${article}` });
  }
  if (!noteIsPaper(law, region, at)) return undefined;
  const missing = (Object.keys(COMPARED) as Compared[]).filter((key) => command.compared?.[key] === undefined);
  if (missing.length === 0) return undefined;
  const args = { missing: missing.map((key) => COMPARED[key].zh).join('、'), missingEn: missing.map((key) => COMPARED[key].en).join(', ') };
  return refuse('SUPV-009', { field: 'compared', args });
}
