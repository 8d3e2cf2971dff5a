import { HOUR, instant } from '#kernel';
import { exemptionOf, isForPerson, markCoversHour, markWords, PLANT_STATES, type HourState, type Mark } from '#quality';
import type { Registration } from '../contract.ts';
import { overlaps, type Episode } from './episode.ts';

/** Kinds of evidence that speak against a mark: a mark under such doubt explains nothing by itself. */
const DOUBTS = new Set(['marks', 'power', 'site']);

/** What marks make of an episode: no basis for judging (`cleared`), or a candidate of which a person decides (`suppressed`). */
export type Explanation = Required<Pick<Episode, 'cleared'>> | Required<Pick<Episode, 'suppressed'>>;

/** Whether a declared stop is borne out: power speaks against it, agrees, or says nothing. */
const BORNE_OUT = { RUN: 'NO', OFF: 'YES', TRANSIENT: 'YES', CONFLICT: 'OPEN', UNKNOWN: 'OPEN' } as const;

/**
 * What marks in time say of an episode that they cover hour by hour and that no finding of marks, power or site defends. Monitoring marks and
 * stops that power bears out explain it (公告2022年第21号 第六条第一项); a condition mark, within the factors and hours of its rule or of a
 * trade without one, and a stop of which power says nothing, leave a candidate for a person (第二项).
 */
export function explainByMarks(
  episode: Episode,
  episodes: readonly Episode[],
  marks: readonly Mark[],
  state: HourState,
  now: number,
  { industry, rules }: Pick<Registration, 'industry' | 'rules'>,
): Explanation | undefined {
  const usable = marks.filter((mark) => mark.class !== 'OTHER' && overlaps(mark, episode, 0));
  if (usable.length === 0) return undefined;
  const doubted = episodes.some(
    (other) => DOUBTS.has(other.family) && other.suppressed === undefined && other.tier !== 'REMIND' && overlaps(other, episode, 0),
  );
  if (doubted) return undefined;
  const factors = episode.factors.length === 0 ? [''] : episode.factors;
  const mayBeExempt = (hour: number) => factors.every((factor) => isForPerson(exemptionOf(hour, factor, industry, usable, rules?.conditionMarks ?? [], rules)));
  let open = false;
  const first = Math.floor(episode.start / HOUR) * HOUR;
  for (let hour = first; hour < episode.end; hour += HOUR) {
    const borneOut = BORNE_OUT[PLANT_STATES[state.byPower[Math.floor((hour - state.t0) / HOUR)] ?? 4] ?? 'UNKNOWN'];
    const said = usable.filter((mark) => markCoversHour(mark, hour, rules)).map((mark) => (mark.class === 'MONITORING' ? 'YES' : mark.class === 'STOP' ? borneOut : 'NO'));
    if (said.includes('YES')) continue;
    // The hour in which a stop ends lies under two marks: power contradicts the stop, not the start-up.
    if (!said.includes('OPEN') && !mayBeExempt(hour)) return undefined;
    open = true;
  }
  const kinds = [...new Set(usable.map((mark) => mark.kind))].sort().map(markWords);
  const [zh, en] = [kinds.map((kind) => kind.zh).join('、'), kinds.map((kind) => kind.en).join(', ')];
  if (open) {
    return { suppressed: { reason: 'EXEMPT_CANDIDATE', zh: `时段内工况已按期标记（${zh}），是否豁免待人工核实`, en: `the plant's condition was marked in time (${en}): a person confirms whether that exempts` } };
  }
  return { cleared: {
    reason: 'MARKED_IN_TIME',
    zh: `时段内数据已按期标记（${zh}），不作为判定依据；标记真实性仍可核查`,
    en: `the hours were marked in time (${en}) and are no basis for judging; the marks themselves can still be checked`,
    at: instant(now),
  } };
}
