import { dayOf, type Instant, type Refusal, type RegionKey } from '#kernel';
import type { Law } from '#law';
import { refuse } from '../errors.ts';
import type { Comparisons } from './compare-sources.ts';
import { speaksOfExceedance } from '../notice/decide-notice.ts';
import type { Lapse, Sheet } from '../store/sheets.ts';
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
  SILENT: { zh: '有记录，不能印证也不相矛盾', en: 'records neither bear it out nor contradict it' },
} as const;
export type Comparison = keyof typeof COMPARISONS;

/** The recheck of an answer (复核), in words, with what it was compared with. */
export interface RecheckCommand {
  readonly outcome: RecheckOutcome;
  /** What the comparison showed, in words. */
  readonly note: string;
  /** Set when the answer was found untrue; counted as such on the unit's ladder. */
  readonly falseAnswer: boolean;
  /** What the platform's records show of each source; printed beside what the person found. */
  readonly held?: Comparisons | undefined;
  readonly compared?: Readonly<Partial<Record<Compared, Comparison | undefined>>> | undefined;
  /** Why the person finds otherwise than the platform's records show; needed where he does. */
  readonly against?: string | undefined;
}

/** Sources of which the person found otherwise than the record shows. */
export const foundOtherwise = ({ compared, held }: Pick<RecheckCommand, 'compared' | 'held'>): readonly Compared[] =>
  (Object.keys(COMPARED) as Compared[]).filter((key) => compared?.[key] !== undefined && held !== undefined && compared[key] !== held[key].result);

/** The sheet as far as it decides which findings are open: what was found, and how often it was not answered as it should. */
export type Rechecked = Pick<Sheet, 'region' | 'tier' | 'rule'> & { readonly lapses: readonly Pick<Lapse, 'measure'>[] };

/**
 * Findings open on a sheet. Where confirmed answers go straight to enforcement there is no panel to refer to, and the other
 * way round; what is true goes there even if it has ended (二（二）: 属实的，移交), so only a reminder of an anomaly may end as
 * self-corrected. A sheet is sent back as often as the ladder has rungs, and not once a special inspection is due.
 */
export function outcomesOf(law: Law, { region, tier, rule, lapses }: Rechecked, at: Instant): readonly RecheckOutcome[] {
  const value = <K extends 'review.model' | 'supervision.feedbackLadder'>(key: K) => law.valueAt(key, region, dayOf(at)).value;
  const direct = value('review.model') === 'CONTROL_RECHECK';
  const ended = !direct || (tier === 'REMIND' && !speaksOfExceedance(rule));
  const again = lapses.length < value('supervision.feedbackLadder').length && !lapses.some(({ measure }) => measure === 'ENFORCE');
  return ['explain', ...(ended ? ['accept' as const] : []), ...(again ? ['send-back' as const] : []), direct ? 'establish' : 'refer'];
}

/** Is the note of the recheck itself the paper that the region's review gate wants? */
export const noteIsPaper = (law: Law, region: RegionKey, at: Instant): boolean =>
  law.valueAt('review.gatePaper', region, dayOf(at)).value === 'CONTROL_RECHECK_NOTE';

/** What is wrong with a finding, or undefined. Pure. */
export function checkRecheck(command: RecheckCommand, law: Law, sheet: Rechecked, at: Instant): Refusal | undefined {
  if (command.note.trim().length < 5) return refuse('SUPV-005', { field: 'note' });
  if (!outcomesOf(law, sheet, at).includes(command.outcome)) {
    const { source, article } = law.valueAt(command.outcome === 'send-back' ? 'supervision.feedbackLadder' : 'review.model', sheet.region, dayOf(at));
    const { zh, en } = ACTS[command.outcome];
    return refuse('SUPV-010', { field: 'outcome', args: { outcome: zh, outcomeEn: en }, basis: `${source} ${article}` });
  }
  const other = (command.against ?? '').trim().length < 5 ? foundOtherwise(command) : [];
  if (other.length > 0) {
    const args = { sources: other.map((key) => COMPARED[key].zh).join('、'), sourcesEn: other.map((key) => COMPARED[key].en).join(', ') };
    return refuse('SUPV-029', { field: 'against', args });
  }
  if (!noteIsPaper(law, sheet.region, at)) return undefined;
  const { compared = {} } = command;
  const missing = (Object.keys(COMPARED) as Compared[]).filter((key) => compared[key] === undefined);
  if (missing.length > 0) {
    const args = { missing: missing.map((key) => COMPARED[key].zh).join('、'), missingEn: missing.map((key) => COMPARED[key].en).join(', ') };
    return refuse('SUPV-009', { field: 'compared', args });
  }
  const results = Object.values(compared);
  const borneOut = results.includes('AGREES') && !results.includes('CONTRADICTS');
  return command.outcome === 'explain' && !borneOut ? refuse('SUPV-028', { field: 'outcome' }) : undefined;
}
