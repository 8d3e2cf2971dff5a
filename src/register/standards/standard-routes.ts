import { z } from 'zod';
import { refusalFor, type Actor } from '#access';
import { dayOf, parseCalendarDay, type CalendarDay } from '#kernel';
import { refuse as answer, type App } from '#platform/http';
import type { LiveRegistry, StoredRegistry } from '../open-registry.ts';
import { outfallName } from '../show-register.ts';
import { wordsOf } from './finding-words.ts';
import { FINDING_KINDS, holdLimits, type StandardFinding } from './hold-limit.ts';
import { importStandards, type StandardsDeps } from './import-standards.ts';
import { libraryOf, standardHoldsOn } from './library.ts';

export interface StandardRouteDeps extends StandardsDeps {
  readonly registry: LiveRegistry;
}

const period = z.enum(['hour', 'day', 'instant']);
const basis = z.enum(['c', 'zs']);
const libraryItem = z.object({
  standard: z.string(), industry: z.string(), industryZh: z.string(), industryEn: z.string(), class: z.string(), factor: z.string(), factorZh: z.string(), limit: z.string(), unit: z.string(), period, basis,
  side: z.enum(['upper', 'lower']), validFrom: z.string(), validTo: z.string().nullable(), source: z.string(), article: z.string(), origin: z.enum(['STARTER', 'IMPORTED']), inForce: z.boolean(),
});
const findingItem = z.object({
  kind: z.enum(FINDING_KINDS), zh: z.string(), en: z.string(), unitId: z.string(), unitName: z.string(), outfall: z.string(), outfallName: z.string(), factor: z.string(),
  factorZh: z.string(), limit: z.string(), measure: z.string(), period: z.enum(['hour', 'day', 'instant', 'five_minutes']), source: z.string(), standard: z.string(),
});
const count = z.object({ added: z.number(), changed: z.number(), unchanged: z.number(), findings: z.number() });

function show(registry: StoredRegistry, finding: StandardFinding): z.infer<typeof findingItem> {
  const { limit } = finding;
  const unit = registry.outfall(limit.outfall)?.unit;
  return {
    kind: finding.kind, ...wordsOf(finding), unitId: unit ?? '', unitName: (unit && registry.unit(unit)?.name) ?? '', outfall: limit.outfall, outfallName: outfallName(registry, limit.outfall),
    factor: limit.factor, factorZh: limit.factorZh, limit: limit.limit, measure: limit.unit, period: limit.period, source: limit.source, standard: finding.standard,
  };
}

/** Outfalls the person may see, of one unit or one outfall where the question names it. */
function outfallsFor(registry: StoredRegistry, actor: Actor, { unit, outfall }: { unit?: string | undefined; outfall?: string | undefined }): Set<string> {
  const asked = registry.data.outfalls.filter((one) => (unit === undefined || one.unit === unit) && (outfall === undefined || one.outfall === outfall));
  const visible = asked.filter((one) => refusalFor(actor, 'register.read', { outfall: one.outfall, unitId: one.unit, authorityId: registry.authorityOf(one.unit) }) === undefined);
  return new Set(visible.map((one) => one.outfall));
}

const day = z.string().refine((text) => parseCalendarDay(text) !== undefined).transform((text) => text as CalendarDay);

/** The library of emission standards, its import, and the permitted limits held against it; no verdict changes by any of it. */
export function registerStandardRoutes(app: App, deps: StandardRouteDeps): void {
  const tags = ['register'];
  app.get('/api/register/standards', { config: { action: 'register.standards' }, schema: { tags, response: { 200: z.object({ items: z.array(libraryItem) }) } } }, async () => {
    await deps.registry.refresh();
    const today = dayOf(deps.clock.now());
    const items = libraryOf(deps.law, deps.registry.current().data.standards).map((row) => ({ ...row, industryEn: row.attributes['industry_en'] ?? row.industry, validTo: row.validTo ?? null, inForce: standardHoldsOn(row, today) }));
    return { items };
  });
  const body = z.object({ csv: z.string().min(1).max(5_000_000) });
  app.post('/api/register/standards', { config: { action: 'register.keep-standards' }, schema: { tags, body, response: { 200: count } } }, async (request, reply) => {
    const result = await importStandards(deps, request.actor, request.body.csv);
    if (!result.ok) return answer(reply, result) as never;
    const { added, changed, unchanged, held } = result.value;
    return { added, changed, unchanged, findings: held.length };
  });
  const querystring = z.object({ unit: z.string().max(64).optional(), outfall: z.string().max(64).optional(), day: day.optional(), limit: z.coerce.number().int().min(1).max(1000).default(200) });
  const found = z.object({ day: z.string(), total: z.number(), items: z.array(findingItem) });
  app.get('/api/register/standard-findings', { config: { action: 'register.read' }, schema: { tags, querystring, response: { 200: found } } }, async ({ actor, query }) => {
    await deps.registry.refresh();
    const registry = deps.registry.current();
    const on = query.day ?? dayOf(deps.clock.now());
    const findings = holdLimits(registry, libraryOf(deps.law, registry.data.standards), on, outfallsFor(registry, actor, query));
    const order = (one: StandardFinding) => FINDING_KINDS.indexOf(one.kind);
    return { day: on, total: findings.length, items: findings.sort((a, b) => order(a) - order(b)).slice(0, query.limit).map((one) => show(registry, one)) };
  });
}
