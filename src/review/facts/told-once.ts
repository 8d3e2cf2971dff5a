import { HOUR, instant, MINUTE } from '#kernel';
import type { Narratives, ObservationWords } from '#law';
import type { Observation } from './observations.ts';
import { wordsFor } from './words-for.ts';

/** Figures that say how long a run is, in ms: of runs that meet, the whole is as long as both cover together. */
const LENGTHS: Readonly<Record<string, number>> = { hours: HOUR, missingHours: HOUR, silentHours: HOUR, minutes: MINUTE };
/** Figures that are the furthest of all values. */
const FURTHEST: Readonly<Record<string, (...values: number[]) => number>> = { peak: Math.max, multiple: Math.max, coldest: Math.min };

/** How long the run is that a finding names; undefined where it names none. Ms. */
export function runOf({ stats }: Observation): number | undefined {
  return Object.entries(LENGTHS).map(([name, unit]) => Number(stats[name]) * unit).find((ms) => Number.isFinite(ms));
}

/** Whether the run a finding names is the whole of its span, to the hour. */
export const isWholeRun = (observed: Observation): boolean => (runOf(observed) ?? 0) + HOUR >= observed.to - observed.from;

/** Told in the same words, of the same factors and names. */
function sameMatter(narratives: Narratives, one: Observation, other: Observation): boolean {
  const named = ({ factors, stats }: Observation) => JSON.stringify([factors.map(({ zh }) => zh), Object.entries(stats).filter(([, value]) => typeof value === 'string').sort()]);
  return wordsFor(narratives, one) === wordsFor(narratives, other) && named(one) === named(other);
}

/** One thing found twice: its spans differ by less than an hour at either end. */
const sameSpan = (one: Observation, other: Observation): boolean =>
  one.from < other.to && other.from < one.to && Math.abs(one.from - other.from) < HOUR && Math.abs(one.to - other.to) < HOUR;

const figuresIn = ({ zh, en }: ObservationWords): string[] => [...new Set([...`${zh}${en}`.matchAll(/\{(\w+)/g)].flatMap(([, name]) => name ?? []))];

const OVER_A_SPAN = '{from}至{to}';

/** Both as one span, its figures worked out for the whole; undefined where the words tell of no span, or a figure cannot be (not a number here): none is ever added up. */
function together(words: ObservationWords, one: Observation, other: Observation): Observation | undefined {
  if (!words.zh.startsWith(OVER_A_SPAN)) return undefined;
  const [from, to] = [Math.min(one.from, other.from), Math.max(one.to, other.to)];
  const whole = isWholeRun(one) && isWholeRun(other);
  const figures = figuresIn(words).filter((name) => typeof one.stats[name] === 'number').flatMap((name): (readonly [string, number])[] => {
    const [a, b, length] = [Number(one.stats[name]), Number(other.stats[name]), LENGTHS[name]];
    if (length !== undefined) return [[name, whole ? (to - from) / length : Number.NaN]];
    return [[name, a === b ? a : (FURTHEST[name]?.(a, b) ?? Number.NaN)]];
  });
  if (figures.some(([, value]) => Number.isNaN(value))) return undefined;
  const hourly = [...new Map([...one.hourly, ...other.hourly].map((hour) => [hour.start, hour])).values()].toSorted((a, b) => a.start - b.start);
  return { ...one, from: instant(from), to: instant(to), hourly, stats: { ...one.stats, ...Object.fromEntries(figures) } };
}

/**
 * What was observed, every matter once: found twice, the first is told; of spans that overlap or meet, one span. What a rule of a department says in its own
 * words, and what is counted day by day, stands as it is. Pure.
 */
export function toldOnce(narratives: Narratives, observations: readonly Observation[]): readonly Observation[] {
  return observations.reduce<readonly Observation[]>((all, observed) => {
    const words = observed.rule === undefined ? wordsFor(narratives, observed) : undefined;
    if (words === undefined || words.each !== undefined) return [...all, observed];
    const before = all.filter((one) => one.rule === undefined && one.from <= observed.to && observed.from <= one.to && sameMatter(narratives, one, observed));
    if (before.some((one) => sameSpan(one, observed))) return all;
    const [known, joined] = before.map((one) => [one, together(words, one, observed)] as const).find(([, whole]) => whole !== undefined) ?? [];
    return joined === undefined ? [...all, observed] : all.map((one) => (one === known ? joined : one));
  }, []);
}
