import { z } from 'zod';
import { refusalFor, type Actor } from '#access';
import { DAY, instant, parseId, toRfc3339, type Clock, type FactorCode, type OutfallId } from '#kernel';
import type { Law } from '#law';
import type { Database } from '#platform/db';
import { refuse as answer, type App } from '#platform/http';
import type { Series } from '#platform/series';
import { basisIn, type AssessedDay, type AssessedHour, type PermitStanding } from '#quality';
import type { LiveRegistry, Outfall } from '#register';
import { refuse } from '../errors.ts';
import { monthsOf, type AssessedMonth } from './months.ts';
import { assessFactor, assessQuantities, type Assessment } from './outfall-validity.ts';
import { readRejudged } from '../store/read-verdicts.ts';

/** What the routes about validity of data work with. */
export interface ValidityRouteDeps {
  readonly db: Database;
  readonly series: Series;
  readonly clock: Clock;
  readonly registry: LiveRegistry;
  readonly law: Law;
}

const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const time = (at: number): string => toRfc3339(instant(Math.round(at)));
const verdict = z.enum(['VALID', 'INVALID', 'CANNOT_TELL']);
const item = z.object({
  from: z.string(), mean: z.string().nullable(), min: z.number().nullable(), max: z.number().nullable(), validHours: z.number(), dueHours: z.number(),
  verdict, reason: z.string(), state: z.enum(['NOT_JUDGED', 'EXEMPT_CANDIDATE', 'EXCEEDED', 'COMPLIANT']), multiple: z.string().nullable(),
  guard: z.string().nullable(), nearLimit: z.boolean(), provisional: z.boolean(),
});
const periodsReply = z.object({
  factor: z.string(), basis: z.enum(['HOUR_MEAN', 'DAY_MEAN', 'DAY_FLOW_WEIGHTED', 'INSTANT']), asOf: z.string(),
  limits: z.array(z.object({ limit: z.string(), unit: z.string(), period: z.string(), basis: z.string(), source: z.string() })), items: z.array(item),
});
type Item = z.infer<typeof item>;

const LONGEST = { hour: 62 * DAY, day: 1100 * DAY, month: 4100 * DAY } as const;
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
const SHOWN_DECIMALS = 4;
const shown = (value: { toDecimalPlaces(n: number): { toString(): string } } | undefined): string | null => value?.toDecimalPlaces(SHOWN_DECIMALS).toString() ?? null;

const judged = ({ exceedance }: Pick<AssessedDay, 'exceedance'>) => ({
  state: exceedance.state, multiple: shown(exceedance.multiple), guard: shown(exceedance.guard?.band), nearLimit: exceedance.guard?.limitInside ?? false,
  provisional: exceedance.provisional,
});

const ofHour = (hour: AssessedHour): Item => ({
  from: time(hour.start), mean: shown(hour.value), min: null, max: null, validHours: hour.verdict === 'VALID' ? 1 : 0, dueHours: hour.stopped ? 0 : 1,
  verdict: hour.verdict, ...judged(hour), reason: hour.verdict === 'VALID' && hour.exceedance.state === 'NOT_JUDGED' ? hour.exceedance.reason : hour.reason,
});
const ofDay = (day: AssessedDay): Item => ({
  from: time(day.start), mean: shown(day.mean), min: finite(day.min), max: finite(day.max), validHours: day.validHours, dueHours: day.dueHours,
  verdict: day.verdict, reason: day.reason, ...judged(day),
});
const ofMonth = (month: AssessedMonth): Item => ({
  from: time(month.start), mean: shown(month.mean), min: finite(month.min), max: finite(month.max), validHours: month.validHours, dueHours: month.dueHours,
  verdict: month.complete ? 'VALID' : 'INVALID', reason: month.complete ? 'OK' : 'TOO_FEW_DAYS', state: month.over > 0 ? 'EXCEEDED' : 'NOT_JUDGED', multiple: null,
  guard: null, nearLimit: false, provisional: false,
});

function itemsOf({ hours, days, input }: Assessment, by: keyof typeof LONGEST): Item[] {
  if (by === 'hour') return hours.map(ofHour);
  return by === 'day' ? days.map(ofDay) : monthsOf(input.medium, days).map(ofMonth);
}

async function visible(deps: ValidityRouteDeps, actor: Actor, text: string): Promise<Outfall | undefined> {
  await deps.registry.refresh();
  const registry = deps.registry.current();
  const id = parseId<OutfallId>(text);
  const outfall = id === undefined ? undefined : registry.outfall(id);
  const scope = outfall && { outfall: outfall.outfall, unitId: outfall.unit, authorityId: registry.authorityOf(outfall.unit) };
  return refusalFor(actor, 'quality.read', scope ?? {}) === undefined ? outfall : undefined;
}

const params = z.object({ outfall: z.string() });
const config = { action: 'quality.read' };

function periodRoute(app: App, deps: ValidityRouteDeps): void {
  const querystring = z.object({ factor: z.string().max(16), from: moment, to: moment, by: z.enum(['hour', 'day', 'month']), asOf: moment.optional() });
  app.get(
    '/api/outfalls/:outfall/validity',
    { config, schema: { tags: ['quality'], params, querystring, response: { 200: periodsReply } } },
    async (request, reply) => {
      const { factor, from, to, by } = request.query;
      const outfall = await visible(deps, request.actor, request.params.outfall);
      if (outfall === undefined) return answer(reply, refuse('ANALYSIS-003')) as never;
      if (to <= from || to - from > LONGEST[by]) return answer(reply, refuse('ANALYSIS-005', { field: 'to' })) as never;
      const asOf = request.query.asOf ?? deps.clock.now();
      const assessment = await assessFactor({ ...deps, registry: deps.registry.current() }, { outfall, factor: factor as FactorCode, from, to, asOf });
      const limits = assessment.input.limitsAt(Math.min(to, asOf) - 1);
      return {
        factor, basis: basisIn(outfall.type, limits), asOf: time(asOf), items: itemsOf(assessment, by),
        limits: limits.map(({ limit, unit, period, basis, source }) => ({ limit, unit, period, basis, source })),
      };
    },
  );
}

function versionRoute(app: App, deps: ValidityRouteDeps): void {
  const version = z.object({ knownAt: z.string(), verdict, reason: z.string(), cause: z.enum(['FRAME', 'STEPS', 'MARK', 'CHECK']), ref: z.string() });
  const querystring = z.object({ factor: z.string().max(16), from: moment, to: moment, asOf: moment.optional(), limit: z.coerce.number().int().min(1).max(1000).default(200) });
  app.get(
    '/api/outfalls/:outfall/verdict-versions',
    { config, schema: { tags: ['quality'], params, querystring, response: { 200: z.object({ items: z.array(z.object({ from: z.string(), versions: z.array(version) })) }) } } },
    async (request, reply) => {
      const { factor, from, to, asOf, limit } = request.query;
      const outfall = await visible(deps, request.actor, request.params.outfall);
      if (outfall === undefined) return answer(reply, refuse('ANALYSIS-003')) as never;
      const hours = await readRejudged(deps.series, { outfall: outfall.outfall, from, to, asOf }, factor, limit);
      return { items: hours.map(({ start, versions }) => ({ from: time(start), versions: versions.map((one) => ({ ...one, knownAt: time(one.knownAt) })) })) };
    },
  );
}

const standingOf = ({ cap, usedKg, share, reached, projectedKg }: PermitStanding) => ({
  period: cap.period, from: time(cap.start), to: time(cap.end), capKg: cap.kg, usedKg: shown(usedKg) ?? '0', share: shown(share) ?? '0', reached: reached ?? null,
  projectedKg: shown(projectedKg),
});

const quantitiesReply = z.object({
  from: z.string(), asOf: z.string(),
  captures: z.array(z.object({ from: z.string(), to: z.string(), hours: z.number(), validHours: z.number(), stoppedHours: z.number(), capture: z.string().nullable(), effective: z.string().nullable(), targetMet: z.boolean().nullable() })),
  months: z.array(z.object({ from: z.string(), measuredKg: z.string(), manualKg: z.string(), substitutedKg: z.string(), totalKg: z.string(), undecidedHours: z.number() })),
  standings: z.array(z.object({ period: z.enum(['MONTH', 'SEASON', 'YEAR']), from: z.string(), to: z.string(), capKg: z.string(), usedKg: z.string(), share: z.string(), reached: z.string().nullable(), projectedKg: z.string().nullable() })),
});

function quantityRoute(app: App, deps: ValidityRouteDeps): void {
  app.get(
    '/api/outfalls/:outfall/quantities',
    { config, schema: { tags: ['quality'], params, querystring: z.object({ factor: z.string().max(16), asOf: moment.optional() }), response: { 200: quantitiesReply } } },
    async (request, reply) => {
      const outfall = await visible(deps, request.actor, request.params.outfall);
      if (outfall === undefined) return answer(reply, refuse('ANALYSIS-003')) as never;
      const asOf = request.query.asOf ?? deps.clock.now();
      const found = await assessQuantities({ ...deps, registry: deps.registry.current() }, { outfall, factor: request.query.factor as FactorCode, asOf });
      return {
        from: time(found.from), asOf: time(asOf), standings: found.standings.map(standingOf),
        captures: found.captures.map(({ start, end, capture, effective, targetMet, ...counts }) => ({ from: time(start), to: time(end), ...counts, capture: shown(capture), effective: shown(effective), targetMet: targetMet ?? null })),
        months: found.months.map((month) => ({
          from: time(month.start), measuredKg: shown(month.measuredKg) ?? '0', manualKg: shown(month.manualKg) ?? '0', substitutedKg: shown(month.substitutedKg) ?? '0',
          totalKg: shown(month.totalKg) ?? '0', undecidedHours: month.undecidedHours,
        })),
      };
    },
  );
}

/** Valid data of an outfall by hour, day and month, the versions of its verdicts, and its quantities: each as known at a moment. */
export function registerValidityRoutes(app: App, deps: ValidityRouteDeps): void {
  periodRoute(app, deps);
  versionRoute(app, deps);
  quantityRoute(app, deps);
}
