import { DAY, dayOf, Decimal, HOUR, instant, joinedSpans, MINUTE, startOfDay, type Span } from '#kernel';
import type { Bilingual } from '#law';
import type { ObservedFact } from '#review';
import { toldIn, type FactIn } from '../evidence/facts-found.ts';

/** How long an act went on, each hour of an outfall counted once over all its facts. Hours. */
export interface CountedTime {
  readonly total: Decimal;
  /** The most within one day of China time, over all outfalls. */
  readonly mostInDay: Decimal;
}

/** The time over a limit, and in words how it was counted. */
export interface HoursOver extends CountedTime {
  readonly said: Bilingual;
}

type Run = FactIn<'HOURS_OVER' | 'MINUTES_OVER'>;
type Mean = FactIn<'DAY_OVER'>;

const dayBegun = (at: number): number => startOfDay(dayOf(instant(at)));
const lengthOf = ({ figures }: Run): number => (figures.kind === 'HOURS_OVER' ? figures.hours * HOUR : figures.minutes * MINUTE);
const inHours = (ms: number): Decimal => new Decimal(ms).div(HOUR).toDecimalPlaces(2);

/** The hours of a run one by one, else from its beginning on. */
const spansOf = (run: Run): readonly Span[] =>
  run.figures.kind === 'HOURS_OVER' && run.figures.each.length > 0
    ? run.figures.each.map(({ start }) => ({ from: start, to: start + HOUR }))
    : [{ from: run.from, to: run.from + lengthOf(run) }];

const placesOf = (facts: readonly ObservedFact[]): readonly (readonly ObservedFact[])[] => [...Map.groupBy(facts, ({ outfall }) => outfall).values()];

/** Time of each day at one outfall: what the spans cover of it together, or its valid hours where its mean was over. By the beginning of the day, ms. */
function timeByDay(spans: readonly Span[], means: readonly Mean[]): ReadonlyMap<number, number> {
  const whole = joinedSpans(spans);
  const valid = (day: number): number => Math.max(0, ...means.filter((mean) => dayBegun(mean.from) === day).map(({ figures }) => figures.validHours * HOUR));
  const covered = (day: number): number => whole.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, day + DAY) - Math.max(from, day)), 0);
  const days = whole.flatMap(({ from, to }) => Array.from({ length: Math.ceil((to - dayBegun(from)) / DAY) }, (_, i) => dayBegun(from) + i * DAY));
  return new Map([...days, ...means.map((mean) => dayBegun(mean.from))].map((day) => [day, Math.max(covered(day), valid(day))]));
}

/** The times of several outfalls, each counted by itself. */
function together(places: readonly ReadonlyMap<number, number>[]): CountedTime {
  const perDay = [...Map.groupBy(places.flatMap((place) => [...place]), ([day]) => day).values()].map((times) => times.reduce((sum, [, ms]) => sum + ms, 0));
  return { total: inHours(perDay.reduce((sum, ms) => sum + ms, 0)), mostInDay: inHours(Math.max(0, ...perDay)) };
}

const OVER = ['HOURS_OVER', 'MINUTES_OVER'] as const;

/**
 * Hours over a limit: a run by its length; several runs of one outfall by the hours they cover together, those in which several factors were over counted once;
 * a day over its daily mean by its valid hours; outfalls each by itself. What a clue, or a case after a merger, spans from its first sign to its last is not how
 * long the act went on.
 *
 * @returns undefined where none of the facts is of hours over a limit
 */
export function hoursOver(facts: readonly ObservedFact[]): HoursOver | undefined {
  const [runs, means] = [toldIn(facts, ...OVER), toldIn(facts, 'DAY_OVER')];
  if (runs.length + means.length === 0) return undefined;
  const places = placesOf([...runs, ...means]);
  const counted = together(places.map((own) => timeByDay(toldIn(own, ...OVER).flatMap(spansOf), toldIn(own, 'DAY_OVER'))));
  const { total } = counted;
  if (means.length === 0 && runs.length === 1) return { ...counted, said: { zh: `连续超标 ${total} 小时`, en: `${total} hours in a row over the limit` } };
  const longest = runs.length === 0 ? undefined : inHours(Math.max(...runs.map(lengthOf)));
  const days = new Set(means.map((mean) => dayBegun(mean.from))).size;
  const [several, severally] = places.length > 1 ? ['各排放口分别计，同一排放口', 'each outfall by itself, of one '] : ['', ''];
  const zh = [...(longest === undefined ? [] : [`超标 ${runs.length} 段（最长一段连续 ${longest} 小时）`]), ...(days === 0 ? [] : [`日均值超标 ${days} 日（按当日有效小时计）`])];
  const en = [...(longest === undefined ? [] : [`${runs.length} runs over the limit (the longest ${longest} h)`]), ...(days === 0 ? [] : [`${days} days over a daily mean (by their valid hours)`])];
  return { ...counted, said: { zh: `${zh.join('、')}，${several}各因子同一小时只计一次，合计 ${total} 小时`, en: `${en.join(', ')}, ${severally}an hour counted once over all factors: ${total} h in all` } };
}

/** How long an act other than an exceedance was observed to go on; undefined where nothing was. */
export const timeObserved = (facts: readonly ObservedFact[]): CountedTime | undefined => (facts.length === 0 ? undefined : together(placesOf(facts).map((own) => timeByDay(own, []))));
