import { HOUR, type FactorCode } from '#kernel';
import { usable, VERDICT_OF, type VerdictCause, type VerdictChange, type VerdictReason } from '#quality';
import type { SourceFamily } from '../contract.ts';
import { counts, type ChangedHours, type Episode, type Left, type Texts, type ValidityTrace } from '../clues/episode.ts';
import { namesEn, namesZh, spanText } from '../models/parts/wording.ts';
import { overlaps, type Interval } from '../primitives/index.ts';

/** Findings of these kinds of evidence stand on measured hours; marks, power, doors and completeness are facts of their own. */
const ON_VALUES: ReadonlySet<SourceFamily> = new Set(['emission', 'manual', 'external']);

const valid = (reason: VerdictReason): boolean => usable(VERDICT_OF[reason], reason);

/** Changes that let hours count which had not, or the other way round; a new reason alone changes nothing that is judged. */
export const flips = (changes: readonly VerdictChange[]): readonly VerdictChange[] => changes.filter(({ before, reason }) => valid(before) !== valid(reason));

/**
 * What of the changes an episode stood on: hours it lost; hours it gained as well, where its model judges again and may find
 * more in it.
 */
export function stoodOn(episode: Episode, changes: readonly VerdictChange[], judgesAgain: boolean): readonly VerdictChange[] {
  if (!counts(episode) || !ON_VALUES.has(episode.family)) return [];
  return changes.filter(({ factor, start, reason }) =>
    start < episode.end && start + HOUR > episode.start && episode.factors.includes(factor) && (judgesAgain || !valid(reason)));
}

/** Changes as hours in a row, in order of factor and time. */
export function inRows(changes: readonly VerdictChange[]): readonly ChangedHours[] {
  const rows: { factor: FactorCode; from: number; to: number; before: VerdictReason; after: VerdictReason }[] = [];
  const sorted = [...changes].sort((a, b) => (a.factor < b.factor ? -1 : a.factor > b.factor ? 1 : a.start - b.start));
  for (const { factor, start, before, reason } of sorted) {
    const last = rows.at(-1);
    if (last?.factor === factor && last.to === start && last.before === before && last.after === reason) last.to = start + HOUR;
    else rows.push({ factor, from: start, to: start + HOUR, before, after: reason });
  }
  return rows;
}

/** Changes by what brought them, in the order they came. */
export function byArrival(changes: readonly VerdictChange[]): readonly (readonly VerdictChange[])[] {
  const groups = new Map<string, VerdictChange[]>();
  for (const change of changes) {
    const key = `${change.cause} ${change.ref}`;
    const group = groups.get(key);
    if (group) group.push(change);
    else groups.set(key, [change]);
  }
  return [...groups.values()];
}

/** Whether what was found again covers the episode; what lies at most `gap` ms apart makes one episode, and did before. */
export function coversAll(episode: Interval, found: readonly Interval[], gap = 0): boolean {
  let reached = episode.start;
  for (const { start, end } of [...found].sort((a, b) => a.start - b.start)) if (start <= (reached > episode.start ? reached + gap : reached)) reached = Math.max(reached, end);
  return reached >= episode.end;
}

export const touches = (episode: Episode, found: Interval & { readonly factors: readonly FactorCode[] }): boolean =>
  overlaps(episode, found) && episode.factors.some((factor) => found.factors.includes(factor));

const VERDICT_WORDS: Readonly<Record<VerdictReason, Texts>> = {
  OK: { zh: '有效', en: 'valid' },
  NO_VALUE: { zh: '无数据', en: 'no value' },
  FLAG: { zh: '数据标识异常', en: 'abnormal flag' },
  MARKED: { zh: '已按期标记', en: 'marked in time' },
  OUT_OF_SPAN: { zh: '超出量程', en: 'beyond the span' },
  INCOMPLETE: { zh: '有效分钟不足', en: 'too few valid minutes' },
  NO_STEPS_SENT: { zh: '按数采仪汇总', en: 'as rolled up by the logger' },
  NO_FLAG: { zh: '无数据标识', en: 'without a flag' },
  OUT_OF_CONTROL: { zh: '失控期', en: 'out of control' },
};
const CAUSE_WORDS: Readonly<Record<VerdictCause, Texts>> = {
  FRAME: { zh: '后到的小时数据', en: 'an hour that came later' },
  STEPS: { zh: '后到的分钟数据', en: 'minutes that came later' },
  MARK: { zh: '后到的标记', en: 'a mark that came later' },
  CHECK: { zh: '后到的校准、核查记录', en: 'a calibration or check that came later' },
};
const LEFT_WORDS: Readonly<Record<Left, Texts>> = {
  MET: { zh: '重新判定后，发现仍然成立', en: 'judged again, the finding stands' },
  PARTLY_MET: { zh: '重新判定后，只有部分时段仍然成立', en: 'judged again, a part of it stands' },
  NO_LONGER_MET: { zh: '重新判定后，发现不再成立', en: 'judged again, nothing of it is left' },
  OPEN: { zh: '须由人员重新判断', en: 'a person must weigh it again' },
};
/** More rows than that are in the record, not in the sentence. */
const ROWS_SAID = 3;

/** What one arrival changed under an episode, in words. */
export function traceOf(changes: readonly VerdictChange[], left: Left, at: number): ValidityTrace {
  const { cause, ref } = changes[0] as VerdictChange;
  const hours = inRows(changes);
  const rest = hours.length > ROWS_SAID;
  const said = hours.slice(0, ROWS_SAID);
  const zh = said.map((row) => `${namesZh([row.factor])} ${spanText(row.from, row.to)} ${(row.to - row.from) / HOUR} 小时由“${VERDICT_WORDS[row.before].zh}”改判“${VERDICT_WORDS[row.after].zh}”`);
  const en = said.map((row) => `${namesEn([row.factor])} ${spanText(row.from, row.to)}, ${(row.to - row.from) / HOUR} h from "${VERDICT_WORDS[row.before].en}" to "${VERDICT_WORDS[row.after].en}"`);
  return {
    at, cause, ref, hours, left,
    zh: `所依据数据的有效性已变化：${zh.join('；')}${rest ? '等' : ''}（${CAUSE_WORDS[cause].zh}）。${LEFT_WORDS[left].zh}。`,
    en: `The validity of the data it stands on has changed: ${en.join('; ')}${rest ? ' and more' : ''} (${CAUSE_WORDS[cause].en}). ${LEFT_WORDS[left].en}.`,
  };
}

/** The newest trace of several episodes: what a clue says first; of one moment the one that leaves least. */
export function newestTrace(episodes: readonly Episode[]): ValidityTrace | undefined {
  const weight = { NO_LONGER_MET: 3, PARTLY_MET: 2, OPEN: 1, MET: 0 } as const satisfies Record<Left, number>;
  const all = episodes.flatMap((episode) => episode.validity ?? []);
  return all.length === 0 ? undefined : all.reduce((a, b) => (b.at > a.at || (b.at === a.at && weight[b.left] > weight[a.left]) ? b : a));
}
