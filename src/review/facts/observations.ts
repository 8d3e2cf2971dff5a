import { assessFactor, episodesOf, episodeVersions, findClue, modelById, type Episode, type ValueRow } from '#analysis';
import { Decimal, HOUR, instant, type FactorCode, type Instant, type OutfallId } from '#kernel';
import type { ComparisonRule, Law } from '#law';
import type { Database } from '#platform/db';
import type { Series } from '#platform/series';
import { ruleBook } from '#quality';
import { matterReports, type StoredRegistry } from '#register';
import { accountOf, chargedKg, type PermitAccount } from './permit-account.ts';
import type { CalibrationTerm } from './calibration-terms.ts';
import { dayTold } from './day-mean.ts';
import { claimOf, hourCoverage } from './hour-coverage.ts';
import { lowDays } from './low-days.ts';
import { weighOutages } from './outages.ts';
import type { PoolClue } from '../store/clues.ts';
import type { Words } from './narrative.ts';

/** What a finding of the clue observed: when, of what, with the figures it stands on and the limit it is held against. */
export interface Observation {
  /** Model without its version, e.g. `B01`, and what it is called. */
  readonly model: string;
  readonly title: Words;
  /** What a rule of a department says in its own words; the words of a model stand in `law/narratives`. */
  readonly rule?: Words;
  readonly factors: readonly Words[];
  /** Codes of the factors. Absent in older reviews. */
  readonly codes?: readonly string[];
  readonly from: Instant;
  readonly to: Instant;
  readonly stats: Readonly<Record<string, number | string>>;
  /** Unit of measurement of its factor; empty where it is about several or none. */
  readonly unit: string;
  /** Standard or permit the limit of its factor stands in. */
  readonly standard: string | null;
  readonly converted: boolean;
  /** Of a finding about a permitted amount: what it adds up to and from which day. */
  readonly account?: PermitAccount;
  /** Judged hourly values of its factor over its own time, on the limit's basis. */
  readonly hourly: readonly { readonly start: Instant; readonly value: number }[];
}

/** Findings that only weigh what others found: their members are told, not they. */
const WEIGHING = ['G11'];

const stands = (episode: Episode): boolean => episode.suppressed === undefined && episode.cleared === undefined;

function standing(episodes: readonly Episode[]): Episode[] {
  const live = episodes.filter(stands).toSorted((a, b) => a.start - b.start || (a.model < b.model ? -1 : 1));
  const members = live.filter((episode) => !WEIGHING.includes(episode.model));
  return members.length > 0 ? members : live;
}

/** Findings that hold measured values against a limit: they stand on hours of a device within the term of its calibration (HJ 75, HJ 355). */
const AGAINST_LIMIT = ['B01', 'B02', 'B07'];

/** The longest run of the hours that are left, told as a finding of its own; undefined where none is. */
function onRun(observed: Observation, hourly: Observation['hourly']): Observation | undefined {
  const runs: (typeof hourly[number])[][] = [];
  for (const hour of hourly) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1)?.start === hour.start - HOUR) run.push(hour);
    else runs.push([hour]);
  }
  const [first, ...others] = runs;
  if (first === undefined) return undefined;
  const run = others.reduce((longest, one) => (one.length > longest.length ? one : longest), first);
  const peak = Math.max(...run.map(({ value }) => value));
  const [from, last] = [run[0]?.start ?? observed.from, run.at(-1)?.start ?? observed.from];
  const multiple = new Decimal(peak).div(String(observed.stats['limit'])).minus(1).toNumber();
  return { ...observed, from, to: instant(last + HOUR), hourly: run, stats: { ...observed.stats, hours: run.length, peak, multiple } };
}

/** What is left of something observed when only some hours count: of a run of exceeding hours, each value at hand, a run of its own; of all else nothing. */
const cutTo = (observed: Observation, counts: (hour: Observation['hourly'][number]) => boolean): Observation | readonly Observation[] => {
  const isRun = observed.model === 'B01' && observed.hourly.length === observed.stats['hours'];
  return (isRun ? onRun(observed, observed.hourly.filter(counts)) : undefined) ?? [];
};

/**
 * Of what was observed, that which stands on hours within the terms of calibration: a run of hours is shortened to those, a mean that holds one
 * beyond is left out. Findings that compare no values with a limit stand as they are. Pure.
 */
export function withinTerms(observations: readonly Observation[], terms: readonly CalibrationTerm[]): Observation[] {
  return observations.flatMap((observed) => {
    if (!AGAINST_LIMIT.includes(observed.model)) return observed;
    const late = new Set(terms.filter(({ factor }) => observed.codes?.includes(factor) === true).flatMap(({ overdue }) => overdue));
    if (![...late].some((hour) => hour < observed.to && hour + HOUR > observed.from)) return observed;
    return cutTo(observed, ({ start }) => !late.has(start));
  });
}

/** Findings that say something of what was measured: of hours none of which counts they are no fact. Findings about what was sent as such are none of these. */
const OF_VALUES = /^(?:[CD]|F06|G02)/;

/**
 * Of what was held against a limit, that under which some hour is valid and within the terms; what else is said of values of which none is, is told apart
 * (`valuesAre: invalid`) and only leads. Pure; without stored hours nothing is known and all stands.
 */
export function onValidHours(observations: readonly Observation[], rows: readonly ValueRow[], terms: readonly CalibrationTerm[]): Observation[] {
  return observations.flatMap((observed) => {
    const [limited, ofValues] = [AGAINST_LIMIT.includes(observed.model), OF_VALUES.test(observed.model)];
    if (rows.length === 0 || (!limited && !ofValues)) return observed;
    const { present, valid } = hourCoverage(rows, [claimOf(observed, [])], terms);
    if (valid > 0 || (ofValues && present === 0)) return observed;
    return limited ? [] : { ...observed, stats: { ...observed.stats, valuesAre: 'invalid' } };
  });
}

/** Of what was observed, that which lies within the reviewed data, to the hour: a run of hours is shortened to those, the rest is left out. Pure. */
export function withinData(observations: readonly Observation[], from: Instant, to: Instant): Observation[] {
  return observations.flatMap((observed) => (observed.from >= from && observed.to <= to ? observed : cutTo(observed, ({ start }) => start >= from && start + HOUR <= to)));
}

interface Deps {
  readonly db: Database;
  readonly law: Law;
  readonly series?: Series | undefined;
  readonly now: () => Instant;
}

/** What the clue's findings observed, oldest first, without the hours (`onHours`); none for a clue of a patrol. */
export async function observationsOf(deps: Deps, registry: StoredRegistry, clue: PoolClue): Promise<Observation[]> {
  const { db, law } = deps;
  const { outfall } = clue;
  const found = clue.source === 'PLATFORM' && outfall !== null ? await findClue(db, clue.clueId) : undefined;
  if (found === undefined || outfall === null) return [];
  const standingNow = standing(await episodesOf(db, found.clue.episodes));
  const versions = await episodeVersions(db, standingNow.filter(byTheDay).map(({ id }) => id));
  const episodes = standingNow.flatMap((episode) => (byTheDay(episode) ? lowDays(episode, versions) : episode));
  const rules = ruleBook(law, clue.region);
  const observed = await Promise.all(episodes.map(async (episode) => {
    const one = observationOf(episode, law, registry, outfall);
    return episode.model === 'B05' ? accounted(deps, registry, one, episode) : episode.model === 'B02' ? onDay(deps, registry, one, episode) : episode.model === 'G02' ? compared(one, rules(episode.start).comparisons) : one;
  }));
  return weighOutages(observed, { law, region: clue.region, reportedBy: async (from, to, by) => (await matterReports(db, outfall, from, to, by)) > 0 });
}

/**
 * A result by hand beside that of the device: by which standard they are held against each other, how far they are apart and whether that is more than the
 * standard permits at this level, in the unit of both. Pure; as it is where no standard of the factor, or no permitted error of the finding is known.
 */
export function compared(observed: Observation, rules: readonly ComparisonRule[]): Observation {
  const { manual, automatic, allowed } = observed.stats;
  const rule = rules.find(({ factors }) => factors !== 'ALL' && observed.codes?.some((code) => factors.some((one) => one === code)) === true);
  if (rule === undefined || typeof manual !== 'number' || typeof automatic !== 'number' || typeof allowed !== 'number') return observed;
  const error = new Decimal(automatic).minus(manual).abs();
  return { ...observed, stats: { ...observed.stats, error: error.toNumber(), comparedBy: rule.source, compared: error.gt(allowed) ? 'beyond' : 'within' } };
}

/** Findings that name the day their figures are of. */
const byTheDay = ({ stats }: Episode): boolean => stats['lowFrom'] !== undefined;

/** A daily mean is a fact where it is over the limit and the day stands by the verdict of quality; else it is a lead. */
async function onDay({ series, ...deps }: Deps, registry: StoredRegistry, observed: Observation, episode: Episode): Promise<Observation> {
  const { factors: [factor], start, end } = episode;
  const outfall = registry.outfall(episode.outfall);
  if (Number(observed.stats['multiple']) <= 0) return { ...observed, stats: { ...observed.stats, dayIs: 'near' } };
  if (series === undefined || outfall === undefined || factor === undefined) return observed;
  const { days, input } = await assessFactor({ ...deps, series, registry }, { outfall, factor: factor as FactorCode, from: start, to: end, asOf: deps.now() });
  return { ...observed, stats: { ...observed.stats, ...dayTold(days.find((day) => day.start === start), input.volume) } };
}

/** A total is a fact where what valid hours measured is over the permitted amount; a share of it, a forecast, or an amount the register names no more is a lead. */
async function accounted({ series, ...deps }: Deps, registry: StoredRegistry, observed: Observation, episode: Episode): Promise<Observation> {
  const outfall = registry.outfall(episode.outfall);
  const account = series === undefined || outfall === undefined ? undefined : await accountOf({ ...deps, series }, registry, outfall, episode);
  const used = account && chargedKg(account);
  if (account === undefined || used === undefined || used.lte(account.permitKg)) return { ...observed, stats: { ...observed.stats, amountIs: 'unproved' } };
  const over = used.div(account.permitKg).minus(1);
  const stats = { usedKg: Number(used), permitKg: Number(account.permitKg), over: Number(over), beforeKg: Number(account.usedBeforeKg), missingHours: account.missingHours, ...beforeTold(account) };
  return { ...observed, to: account.until, account, stats: { ...observed.stats, ...stats } };
}

/** What stands behind the amount used before connection, by which the fact is told. */
const beforeTold = ({ report, unprovenKg, usedBeforeKg }: PermitAccount): Observation['stats'] =>
  report !== undefined ? { before: 'reported', beforeReport: report.title } : { before: unprovenKg === undefined && Number(usedBeforeKg) === 0 ? 'none' : 'unproven' };

function observationOf(episode: Episode, law: Law, registry: StoredRegistry, outfall: OutfallId): Observation {
  const own = registry.factorsOf(outfall);
  const model = modelById(episode.model);
  const [factor, ...others] = episode.factors;
  const limits = registry.limitsOf(outfall, instant(episode.start)).filter((limit) => limit.factor === factor);
  const limit = limits.find((one) => one.limit === episode.stats['limit']) ?? limits[0];
  const converted = limit?.basis === 'zs';
  const single = factor !== undefined && others.length === 0;
  return {
    model: episode.model, title: model?.title ?? { zh: episode.model, en: episode.model }, ...(model === undefined ? { rule: episode.text } : {}),
    codes: episode.factors, factors: episode.factors.map((code) => wordsOf(law, own.find((one) => one.factor === code)?.factorZh ?? code)),
    ...timeOf(episode), stats: told(episode.stats),
    unit: single ? (limit?.unit ?? own.find((one) => one.factor === factor)?.unit ?? '') : '', standard: limit === undefined || limit.source.startsWith('排污许可证') ? null : limit.source || null, converted, hourly: [],
  };
}

/** When it was: what is counted by the day, on that day. */
const timeOf = ({ start, end, stats }: Episode): Pick<Observation, 'from' | 'to'> => ({ from: instant(Number(stats['lowFrom'] ?? start)), to: instant(Number(stats['lowTo'] ?? end)) });

/** Something observed with the hours it stands on: the judged values of its one factor over its own time, and of data that were missing whether some came afterwards. Pure. */
export function onHours(observed: Observation, rows: readonly ValueRow[]): Observation {
  const { codes: [factor, ...others] = [], converted, from, to } = observed;
  const { afterwards } = hourCoverage(rows, [claimOf(observed, [])], []);
  const own = factor === undefined || others.length > 0 ? [] : rows.filter((row) => row.factor === factor && row.verdict === 'VALID' && row.start >= from && row.start < to);
  return {
    ...observed, stats: { ...observed.stats, ...(afterwards === undefined ? {} : { afterwards: 'some' }) },
    hourly: own.flatMap((row) => { const value = converted ? row.zs : row.avg; return value === null ? [] : [{ start: instant(row.start), value }]; }),
  };
}

/** A change by its size and which way it went: sentences say that in words, a share below nothing says nothing. */
function told(stats: Episode['stats']): Episode['stats'] {
  const { change, achievedCut } = stats;
  return {
    ...stats, ...(typeof change === 'number' ? { change: Math.abs(change), turn: change < 0 ? 'down' : 'up' } : {}),
    ...(typeof achievedCut === 'number' ? { cut: achievedCut > 0 ? 'some' : 'none' } : {}),
  };
}

const wordsOf = (law: Law, zh: string): Words => ({ zh, en: law.data.instruments.find((one) => one.zh === zh)?.en ?? zh });
