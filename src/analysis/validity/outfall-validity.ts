import { conversionBetween, DAY, dayOf, HOUR, instant, yearOf, type FactorCode, type OutfallId } from '#kernel';
import type { Law } from '#law';
import type { Database } from '#platform/db';
import type { Series } from '#platform/series';
import {
  assessDays, assessHours, declaredStopped, localMidnight, quantities, quarterOf, ruleBook, withGaps,
  type AssessedDay, type AssessedHour, type AssessInput, type ManualMass, type Quantities, type RuleBook,
} from '#quality';
import { readMarks, type Outfall, type Registry } from '#register';
import { sampleKnownAt } from '../live/told-arrivals.ts';
import { termsOf } from '../permit-terms.ts';
import { belowRefOf, regionOf } from '../setup.ts';
import { readJudgedUntil } from '../store/lanes.ts';
import { readActiveSince } from '../store/read-history.ts';
import { readFactorHours } from '../store/read-verdicts.ts';
import { provedStops } from './proved-stops.ts';

export interface ValidityDeps {
  readonly db: Database;
  readonly series: Series;
  readonly registry: Registry;
  readonly law: Law;
}

export interface ValidityQuestion {
  readonly outfall: Outfall;
  readonly factor: FactorCode;
  readonly from: number;
  readonly to: number;
  /** Only what was known then; the present is the largest. */
  readonly asOf: number;
}

export interface Assessment {
  readonly hours: readonly AssessedHour[];
  readonly days: readonly AssessedDay[];
  readonly input: AssessInput;
}

const OXYGEN = 'a19001';
const WATER_FLOW = 'w00000';

type HourOfFlow = { readonly cou: number; readonly avg: number };

/** m³ of an hour: the total that was sent, else the mean flow over the hour (L/s where the register names no unit); NaN where neither is known. */
export function volumesOf(registry: Pick<Registry, 'factorsOf'>, outfall: OutfallId): (hour: HourOfFlow) => number {
  const unit = registry.factorsOf(outfall).find(({ factor }) => factor === WATER_FLOW)?.unit;
  const perHour = conversionBetween(unit === undefined || unit === '' ? 'L/s' : unit, 'm3/h');
  return ({ cou, avg }) => (Number.isFinite(cou) ? cou : perHour?.(avg) ?? Number.NaN);
}

/** Everything that is judged of one factor between two moments, as known at `asOf`: hours with every hole, and each day they touch as a whole. */
export async function assessFactor(deps: ValidityDeps, question: ValidityQuestion): Promise<Assessment> {
  const { outfall, factor, asOf } = question;
  const from = localMidnight(question.from);
  const until = Math.min(localMidnight(question.to + DAY - 1), Math.floor(asOf / HOUR) * HOUR);
  const range = { outfall: outfall.outfall, from, to: until, asOf };
  const beside = outfall.type === 'gas' ? OXYGEN : WATER_FLOW;
  const [own, other, marks, since] = await Promise.all([
    readFactorHours(deps.series, range, factor), readFactorHours(deps.series, range, beside), readMarks(deps.db, outfall.outfall), readActiveSince(deps.db),
  ]);
  const told = outfall.type === 'gas' ? ({ avg }: HourOfFlow) => avg : volumesOf(deps.registry, outfall.outfall);
  const values = new Map(other.map((hour): [number, number] => [hour.start, told(hour)]).filter(([, value]) => Number.isFinite(value)));
  const rules = rulesOf(deps, outfall);
  const first = own[0]?.start ?? until;
  // An outfall that was there the day before owes the whole day on which its values begin here.
  const hours = withGaps(own, (since.get(outfall.outfall) ?? first) <= localMidnight(first) ? localMidnight(first) : first, until);
  const known = marks.filter((mark) => mark.submittedAt <= asOf).map(({ mark, kind, start, end, submittedAt }) => ({ id: mark, kind, start, end, submittedAt }));
  const standing = hours.some((hour) => declaredStopped(hour, known, rules(hour.start))) ? await provedStops(deps, outfall, range) : new Set<number>();
  const input: AssessInput = {
    medium: outfall.type, factor, industry: deps.registry.unit(outfall.unit)?.industry ?? '', o2Ref: outfall.o2Ref,
    hours, marks: known, stands: (at) => standing.has(at),
    oxygen: outfall.type === 'gas' ? values : new Map(), volume: outfall.type === 'water' ? values : new Map(),
    limitsAt: limitsByDay(deps.registry, outfall.outfall, factor), rules, now: asOf,
  };
  const assessed = assessHours(input);
  return { hours: assessed.filter((hour) => hour.start >= question.from && hour.start < question.to), days: assessDays(input, assessed), input };
}

export const rulesOf = (deps: Pick<ValidityDeps, 'law' | 'registry'>, outfall: Outfall): RuleBook => ruleBook(deps.law, regionOf(deps.registry, outfall));

function limitsByDay(registry: Registry, outfall: OutfallId, factor: FactorCode): AssessInput['limitsAt'] {
  let day = Number.NaN;
  let limits: ReturnType<AssessInput['limitsAt']> = [];
  return (at) => {
    const today = localMidnight(at);
    if (today !== day) {
      day = today;
      limits = registry.limitsOf(outfall, instant(at)).filter((limit) => limit.factor === factor).map((limit) => ({ ...limit, ...belowRefOf(limit) }));
    }
    return limits;
  };
}

/** Manual results as hourly mass need a flow that a report rarely gives: only rows that name `kg_h` stand in. */
export function manualOf(registry: { readonly data: Pick<Registry['data'], 'selfMonitoring'> }, outfall: OutfallId, factor: FactorCode, asOf: number): ManualMass[] {
  return registry.data.selfMonitoring.flatMap((row) => {
    const kgPerHour = row.attributes['kg_h'];
    const hours = Number(row.attributes['stands_for_h'] ?? 24);
    if (row.outfall !== outfall || row.factor !== factor || kgPerHour === undefined || sampleKnownAt(row) > asOf) return [];
    const start = Math.floor(row.sampledAt / HOUR) * HOUR;
    return [{ start, end: start + hours * HOUR, kgPerHour }];
  });
}

/** What was used before an outfall came to us belongs to the year in which it came, and to no later one. */
export const usedBeforeIn = (year: number, permit: { readonly usedBeforeStartKg: number } | undefined, activeSince: number | undefined): number =>
  activeSince === undefined || yearOf(dayOf(instant(activeSince))) === year ? (permit?.usedBeforeStartKg ?? 0) : 0;

/** Totals, capture and permit of the year until `to`, else until `asOf`, as known at `asOf`. Mass is read from the quarter before, for substitution; nothing stands in for hours that judging has not come to. */
export async function assessQuantities(deps: ValidityDeps, question: Pick<ValidityQuestion, 'outfall' | 'factor' | 'asOf'> & { readonly to?: number }): Promise<Quantities & { readonly from: number }> {
  const { outfall, factor, asOf, to = asOf } = question;
  // A heating season reaches back into the year before; its first quarter also feeds substitution in January.
  const before = quarterOf(startOfYear(to) - DAY).start;
  const { hours } = await assessFactor(deps, { ...question, from: before, to });
  const year = yearOf(dayOf(instant(to)));
  const permits = deps.registry.permitsOf(outfall.outfall).filter((one) => one.factor === factor);
  const permit = permits.find((one) => one.attributes['year'] === String(year)) ?? permits.find((one) => (one.attributes['year'] ?? '') === '');
  const found = quantities(hours, rulesOf(deps, outfall), to, {
    terms: permit === undefined ? undefined : termsOf(permit), manual: manualOf(deps.registry, outfall.outfall, factor, asOf),
    usedBeforeKg: usedBeforeIn(year, permit, (await readActiveSince(deps.db)).get(outfall.outfall)),
    judgedUntil: Math.min(asOf, (await readJudgedUntil(deps.db, outfall.outfall)) ?? asOf),
  });
  return { ...found, from: hours[0]?.start ?? to };
}

const startOfYear = (at: number): number => Date.UTC(new Date(at + 8 * HOUR).getUTCFullYear(), 0, 1) - 8 * HOUR;
