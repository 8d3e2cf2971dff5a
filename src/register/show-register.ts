import { z } from 'zod';
import { refusalFor, type Actor } from '#access';
import { asId, parseId, toRfc3339, type Clock, type OutfallId, type Refusal, type UnitId } from '#kernel';
import type { Database } from '#platform/db';
import { refuse } from './errors.ts';
import { partyOf, type LiveRegistry, type StoredRegistry } from './open-registry.ts';
import { permitReportItem } from './permit-reports/permit-report-item.ts';
import { permitReportOf } from './permit-reports/permit-report.ts';
import type { Outfall, PermitTotal, Registry } from './registry.ts';

export interface RegisterDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly registry: LiveRegistry;
}

const optionalNumber = z.number().nullable();
export const unitItem = z.object({
  unitId: z.string(), name: z.string(), industry: z.string(), industryZh: z.string(), county: z.string(), keyPolluter: z.boolean(),
  lat: optionalNumber, lon: optionalNumber, operator: z.string(), outfalls: z.number(),
});
const limitItem = z.object({
  factor: z.string(), factorZh: z.string(), limit: z.string(), unit: z.string(), period: z.enum(['hour', 'day', 'instant', 'five_minutes']),
  basis: z.enum(['c', 'zs']), validFrom: z.string().nullable(), validTo: z.string().nullable(), source: z.string(),
});
export const outfallPage = z.object({
  outfall: z.string(), name: z.string(), unitId: z.string(), unitName: z.string(), type: z.enum(['gas', 'water']), mn: z.string().nullable(),
  doorMn: z.string().nullable(), powerMn: z.string().nullable(), o2Ref: optionalNumber, analysisCycleHours: optionalNumber,
  designFlow: optionalNumber, minuteStep: z.number(), stackAreaM2: optionalNumber, velocityCoefficient: optionalNumber,
  factors: z.array(z.object({ factor: z.string(), factorZh: z.string(), unit: z.string(), span: optionalNumber, resolution: optionalNumber })),
  limits: z.array(limitItem),
  /** `report`: the execution report behind what was used before connection; null where none was filed. */
  permits: z.array(z.object({ factor: z.string(), annualKg: z.number(), usedBeforeStartKg: z.number(), report: permitReportItem.nullable() })),
  meters: z.array(z.object({ meter: z.string(), role: z.enum(['production', 'treatment', 'main']), ratedKw: optionalNumber })),
});
export const unitPage = unitItem.extend({
  creditCode: z.string(), legalRepresentative: z.string(), address: z.string(), phone: z.string(), permitNumber: z.string(),
  authorityId: z.string().nullable(), region: z.string(), attributes: z.record(z.string(), z.string()), outfallPages: z.array(outfallPage),
});

const known = <T>(value: T | undefined): T | null => value ?? null;

/** The name people use for an outfall; its number where none is registered. */
export const outfallName = (registry: Registry, outfall: string): string => registry.outfall(asId<OutfallId>(outfall))?.attributes['name'] ?? outfall;

function showPermit(registry: Registry, { outfall, factor, annualKg, usedBeforeStartKg }: PermitTotal): z.infer<typeof outfallPage>['permits'][number] {
  const report = permitReportOf(registry.data, { outfall, factor, usedKg: usedBeforeStartKg });
  return { factor, annualKg, usedBeforeStartKg, report: report === undefined ? null : { ...report, filedAt: toRfc3339(report.filedAt) } };
}

export function showOutfall(registry: StoredRegistry, outfall: Outfall, now: ReturnType<Clock['now']>): z.infer<typeof outfallPage> {
  return {
    outfall: outfall.outfall, name: outfallName(registry, outfall.outfall), unitId: outfall.unit, unitName: registry.unit(outfall.unit)?.name ?? '',
    type: outfall.type, mn: known(outfall.mn), doorMn: known(outfall.doorMn), powerMn: known(outfall.powerMn), o2Ref: known(outfall.o2Ref),
    analysisCycleHours: known(outfall.analysisCycleHours), designFlow: known(outfall.designFlow), minuteStep: outfall.minuteStep,
    stackAreaM2: known(outfall.stackAreaM2), velocityCoefficient: known(outfall.velocityCoefficient),
    factors: registry.factorsOf(outfall.outfall).map(({ factor, factorZh, unit, span, resolution }) => ({ factor, factorZh, unit, span: known(span), resolution: known(resolution) })),
    limits: [...registry.limitsOf(outfall.outfall, now), ...registry.countedLimitsOf(outfall.outfall, now)].map((limit) => ({ ...limit, validFrom: known(limit.validFrom), validTo: known(limit.validTo) })),
    permits: registry.permitsOf(outfall.outfall).map((permit) => showPermit(registry, permit)),
    meters: registry.metersOf(outfall.outfall).map(({ meter, role, ratedKw }) => ({ meter, role, ratedKw: known(ratedKw) })),
  };
}

export function showUnit(registry: StoredRegistry, actor: Actor, id: string, now: ReturnType<Clock['now']>): z.infer<typeof unitPage> | Refusal {
  const unitId = parseId<UnitId>(id);
  const unit = unitId === undefined ? undefined : registry.unit(unitId);
  if (unit === undefined || unitId === undefined) return refuse('REGISTER-002');
  const scope = { unitId, authorityId: registry.authorityOf(unitId) };
  if (refusalFor(actor, 'register.read', scope) !== undefined) return refuse('REGISTER-002');
  const party = partyOf(registry, unitId);
  const outfalls = registry.outfallsOf(unitId);
  return {
    unitId, name: unit.name, industry: unit.industry, industryZh: unit.industryZh, county: unit.county, keyPolluter: unit.keyPolluter,
    lat: known(unit.lat), lon: known(unit.lon), operator: unit.operator, outfalls: outfalls.length,
    creditCode: party?.creditCode ?? '', legalRepresentative: party?.legalRepresentative ?? '', address: party?.address ?? '',
    phone: party?.phone ?? '', permitNumber: party?.permitNumber ?? '', authorityId: known(scope.authorityId), region: party?.region ?? '',
    attributes: { ...unit.attributes }, outfallPages: outfalls.map((outfall) => showOutfall(registry, outfall, now)),
  };
}
