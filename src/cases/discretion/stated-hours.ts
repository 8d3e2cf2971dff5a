import { Decimal, HOUR } from '#kernel';
import type { Bilingual } from '#law';

/** The time over a limit as the facts tell it, every hour counted once over all factors. */
export interface HoursOver {
  readonly total: Decimal;
  /** The most within one day of China time; undefined where the facts do not say when. */
  readonly mostInDay: Decimal | undefined;
  /** How it was counted. */
  readonly said: Bilingual;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

const RUN = /(?:(?<year>\d{4})年(?<month>\d+)月(?<day>\d+)日(?<hour>\d+)时(?:(?<minute>\d+)分)?至[^，；。]+，[^，；。]*)?连续\s*(?<length>[\d.]+)\s*(?<unit>小时|分钟)超(?:[^；。\n]*?逐小时为：(?<listed>[^；。\n]+))?/g;
const DAY_OVER = /(?<year>\d{4})年(?<month>\d+)月(?<day>\d+)日，[^，；。]*日均值 [^；。]*?（有效小时 (?<valid>\d+) 个），超过/g;
const LISTED = /(\d+)月(\d+)日(\d+)时 /g;

type Named = Readonly<Record<string, string | undefined>>;

/** A sentence told twice is one. */
const named = (facts: string, pattern: RegExp): Named[] => [...new Map([...facts.matchAll(pattern)].map((match) => [match[0], match.groups ?? {}])).values()];
/** Hours of local time on one line, for comparing and adding alone. */
const place = ({ year, month, day, hour = '0', minute = '0' }: Named): number => Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)) / HOUR;
const dayBegun = (at: number): number => Math.floor(at / 24) * 24;
const lengthOf = ({ length = '0', unit }: Named): Decimal => new Decimal(length).div(unit === '分钟' ? 60 : 1);
const rounded = (hours: readonly Decimal[]): Decimal => hours.reduce((sum, one) => sum.plus(one), new Decimal(0)).toDecimalPlaces(2);

/** The hours of a run: those listed one by one, else from its beginning on. */
function spansOf(run: Named): readonly Span[] {
  const start = place(run);
  const each = [...(run['listed'] ?? '').matchAll(LISTED)].map(([, month, day, hour]) => {
    const at = place({ year: run['year'], month, day, hour });
    return at < dayBegun(start) ? place({ year: String(Number(run['year']) + 1), month, day, hour }) : at;
  });
  const length = lengthOf(run).toNumber();
  return each.length === length ? each.map((at) => ({ start: at, end: at + 1 })) : [{ start, end: start + length }];
}

const joined = (spans: readonly Span[]): Span[] => spans.toSorted((a, b) => a.start - b.start).reduce<Span[]>((all, span) => {
  const last = all.at(-1);
  return last === undefined || span.start > last.end ? [...all, span] : [...all.slice(0, -1), { start: last.start, end: Math.max(last.end, span.end) }];
}, []);

/** Hours of each day: what the runs cover of it together, or its valid hours where its mean was over. */
function hoursOfDays(runs: readonly Named[], means: readonly Named[]): Decimal[] {
  const spans = joined(runs.flatMap(spansOf));
  const valid = (day: number): number => Math.max(0, ...means.filter((mean) => place(mean) === day).map((mean) => Number(mean['valid'])));
  const covered = (day: number): number => spans.reduce((sum, { start, end }) => sum + Math.max(0, Math.min(end, day + 24) - Math.max(start, day)), 0);
  const days = spans.flatMap(({ start, end }) => Array.from({ length: Math.ceil((end - dayBegun(start)) / 24) }, (_, i) => dayBegun(start) + i * 24));
  return [...new Set([...days, ...means.map(place)])].map((day) => new Decimal(Math.max(covered(day), valid(day))));
}

/**
 * Hours over a limit as the facts name them: a run by its length; several runs by the hours they cover together, those in which several factors
 * were over counted once; a day over its daily mean by its valid hours. What a clue spans from its first sign to its last is not how long the
 * act went on.
 *
 * @returns undefined where the facts name no such time, or several runs without saying when, which may lie in the same hours
 */
export function statedHours(facts: string): HoursOver | undefined {
  const [runs, means] = [named(facts, RUN), named(facts, DAY_OVER)];
  const dated = runs.every(({ year }) => year !== undefined);
  if (runs.length + means.length === 0 || (!dated && runs.length + means.length > 1)) return undefined;
  const perDay = dated ? hoursOfDays(runs, means) : runs.map(lengthOf);
  const total = rounded(perDay);
  const mostInDay = dated ? rounded([Decimal.max(...perDay)]) : undefined;
  if (means.length === 0 && runs.length === 1) return { total, mostInDay, said: { zh: `连续超标 ${total} 小时`, en: `${total} hours in a row over the limit` } };
  const longest = runs.length === 0 ? undefined : rounded([Decimal.max(...runs.map(lengthOf))]);
  const days = new Set(means.map(place)).size;
  const zh = [...(longest === undefined ? [] : [`超标 ${runs.length} 段（最长一段连续 ${longest} 小时）`]), ...(days === 0 ? [] : [`日均值超标 ${days} 日（按当日有效小时计）`])];
  const en = [...(longest === undefined ? [] : [`${runs.length} runs over the limit (the longest ${longest} h)`]), ...(days === 0 ? [] : [`${days} days over a daily mean (by their valid hours)`])];
  return { total, mostInDay, said: { zh: `${zh.join('、')}，各因子同一小时只计一次，合计 ${total} 小时`, en: `${en.join(', ')}, an hour counted once over all factors: ${total} h in all` } };
}
