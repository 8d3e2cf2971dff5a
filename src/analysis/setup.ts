import { asId, calendarDay, conversionBetween, DAY, HOUR, instant, MINUTE, startOfDay, type AuthorityId, type FactorCode, type MeterId, type OutfallId, type RegionKey, type UnitId } from '#kernel';
import { profileOf } from '#ingest';
import { loadLaw, NATIONAL, type Law } from '#law';
import { localMidnight, ruleBook, type FactProfile, type FactsProfile, type RuleBook } from '#quality';
import type { DeviceRole, Factor, LimitValue, Outfall, Registry } from '#register';
import { choosePeers } from './peers/choose-peers.ts';
import type { Limit, Registration, Shift } from './contract.ts';
import type { PeerPlace } from './peers/peers.ts';
import { termsOf } from './permit-terms.ts';
import { neighboursOf, placeOf } from './live/told-arrivals.ts';

/** Everything the engine takes from the register for one outfall. */
export interface OutfallSetup {
  readonly outfall: Outfall;
  readonly facts: FactsProfile;
  /** Registration in force on the local day of `at`. */
  registrationAt(at: number): Registration;
  /** How a device of this outfall is read. */
  readonly profiles: Readonly<Record<DeviceRole, FactProfile>>;
  readonly devices: readonly { readonly mn: string; readonly role: DeviceRole }[];
  /** Outfalls it is compared with; chosen when they are first asked for. */
  readonly peers: readonly PeerPlace[];
}

/** Meters report at their own interval; where the register files hold readings, it is read off them. */
export function powerStepOf(times: readonly number[], fallback: number): number {
  const gaps = new Map<number, number>();
  const sorted = [...new Set(times.slice(0, 500))].sort((a, b) => a - b);
  for (let i = 1; i < sorted.length; i++) {
    const gap = (sorted[i] as number) - (sorted[i - 1] as number);
    gaps.set(gap, (gaps.get(gap) ?? 0) + 1);
  }
  const usual = [...gaps].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? fallback;
  const fits = usual >= MINUTE && usual <= HOUR && HOUR % usual === 0;
  return fits ? usual : fallback;
}

const firstNumber = (text: string | undefined, fallback: number): number => {
  const value = Number(text);
  return text === undefined || text === '' || !Number.isFinite(value) ? fallback : value;
};

/** `shifts.csv` (docs/register-files.md): weekdays as `1-6` or `1|3|5`, local hours. */
function shiftsOf(registry: Registry, outfall: Outfall): Shift[] {
  return registry.data.other.flatMap(({ file, values }) => {
    if (file !== 'shifts.csv' || values['outfall'] !== outfall.outfall) return [];
    const weekdays = (values['weekdays'] ?? '').split('|').flatMap((part) => {
      const [from = Number.NaN, to = from] = part.split('-').map(Number);
      return Array.from({ length: Math.max(0, to - from + 1) || 0 }, (_, i) => from + i);
    });
    return [{ weekdays, fromHour: Number(values['from_hour']), toHour: Number(values['to_hour']) }];
  });
}

/** The register with the authority of each unit, where it is known. */
export type SetupRegistry = Registry & { authorityOf?(unit: UnitId): AuthorityId | undefined };

/** `door_persons.csv` (docs/register-files.md): who may open the station; rows without an outfall hold for every one. */
const doorPersonsOf = (registry: Registry, outfall: Outfall): string[] =>
  registry.data.other.flatMap(({ file, values }) =>
    file === 'door_persons.csv' && ['', outfall.outfall].includes(values['outfall'] ?? '') ? [values['person'] ?? ''] : [],
  );

type Dated = 'limits' | 'limitsAt' | 'rules';

/** What the register says of an outfall whatever the day. */
function undated(registry: SetupRegistry, outfall: Outfall): Omit<Registration, Dated> {
  const unit = registry.unit(outfall.unit);
  return {
    outfall: outfall.outfall,
    enterprise: outfall.unit,
    authority: registry.authorityOf?.(outfall.unit),
    industry: unit?.industry ?? '',
    type: outfall.type,
    stepMs: outfall.minuteStep * MINUTE,
    o2Ref: outfall.o2Ref,
    analysisCycleHours: outfall.analysisCycleHours,
    designFlow: outfall.designFlow,
    stackArea: outfall.stackAreaM2,
    velocityCoefficient: outfall.velocityCoefficient,
    factors: registry.factorsOf(outfall.outfall),
    permits: registry.permitsOf(outfall.outfall).map((permit) => ({ ...permit, year: permit.attributes['year'] || undefined, terms: termsOf(permit) })),
    keyPolluter: unit?.keyPolluter ?? false,
    county: unit?.county ?? '',
    operator: unit?.operator ?? '',
    location: placeOf(unit),
    mustMonitor: (outfall.attributes['must_monitor'] ?? '').split('|').filter((code) => code !== '') as FactorCode[],
    shifts: shiftsOf(registry, outfall),
    doorPersons: doorPersonsOf(registry, outfall),
    shared: outfall.attributes['shared_group'] ?? '',
    neighbours: neighboursOf(registry, outfall.unit),
    attributes: outfall.attributes,
  };
}

/** Column `below_ref` of `limits.csv`. */
export const belowRefOf = ({ attributes }: Pick<LimitValue, 'attributes'>): Pick<Limit, 'belowRef'> => (attributes['below_ref'] === 'measured' ? { belowRef: 'measured' } : {});

const dayStart = (day: string | undefined): number | undefined => (day === undefined ? undefined : startOfDay(calendarDay(day)));

const limitsAt = (registry: Registry, outfall: OutfallId, at: number): Registration['limits'] =>
  registry.limitsOf(outfall, instant(at)).map((limit) => ({
    ...limit, validFrom: dayStart(limit.validFrom) ?? Number.NEGATIVE_INFINITY, validTo: (dayStart(limit.validTo) ?? Number.POSITIVE_INFINITY) + DAY,
    source: limit.source || '许可证 permit', ...(limit.attributes['side'] === 'lower' ? { side: 'lower' as const } : {}), ...belowRefOf(limit),
  }));

/** One book per region: its days are looked up once for all outfalls. */
const books = new WeakMap<Law, Map<RegionKey, RuleBook>>();
function bookOf(law: Law, region: RegionKey): RuleBook {
  const known = books.get(law) ?? new Map<RegionKey, RuleBook>();
  books.set(law, known);
  const book = known.get(region) ?? ruleBook(law, region);
  known.set(region, book);
  return book;
}

/** The region whose parameters hold for a unit: its own column, else the nation's. */
export const regionOf = (registry: Registry, outfall: Outfall): RegionKey => {
  const named = registry.unit(outfall.unit)?.attributes['region'];
  return named === undefined || named === '' ? NATIONAL : asId<RegionKey>(named);
};

let read: Law | undefined;
/** The law of this checkout, read once in a process and handed to its threads: every path (live, offline, back-test) judges by the same. */
export const lawHere = (): Law => (read ??= loadLaw());

/** What a device's values need before they are facts: which end of the period its DataTime is, and units that are not the registered ones. */
function departuresOf(outfall: Outfall, role: DeviceRole, factors: readonly Factor[]): Pick<FactProfile, 'dataTimeIs' | 'convert'> {
  const { dataTimeMarks, units } = profileOf(outfall.attributes, role) ?? {};
  const convert = new Map(factors.flatMap(({ factor, unit }) => {
    const change = units?.[factor] === undefined ? undefined : conversionBetween(units[factor], unit);
    return change === undefined ? [] : [[factor, change] as const];
  }));
  return { ...(dataTimeMarks ? { dataTimeIs: dataTimeMarks } : {}), ...(convert.size > 0 ? { convert } : {}) };
}

/** Undefined when the register does not know the outfall. */
export function setupOf(registry: SetupRegistry, id: OutfallId, powerStepMs?: number, law: Law = lawHere()): OutfallSetup | undefined {
  const outfall = registry.outfall(id);
  if (outfall === undefined) return undefined;
  const rules = bookOf(law, regionOf(registry, outfall));
  const stepMs = Math.max(1, outfall.minuteStep) * MINUTE;
  const factors = registry.factorsOf(id);
  const meters = registry.metersOf(id);
  const flow = factors.find((factor) => factor.factor === (outfall.type === 'gas' ? 'a00000' : 'w00000'));
  const codes = new Map<string, MeterId>();
  for (const meter of meters) {
    codes.set(meter.meter, meter.meter);
    const code = meter.attributes['channel'] ?? meter.attributes['code'];
    if (code !== undefined) codes.set(code, meter.meter);
  }
  const profile = (role: DeviceRole): FactProfile => ({ role, stepMs, meters: codes, ...departuresOf(outfall, role, factors) });
  const devices = [
    { mn: outfall.mn, role: 'data' as const }, { mn: outfall.doorMn, role: 'door' as const }, { mn: outfall.powerMn, role: 'power' as const },
    { mn: outfall.inletMn, role: 'inlet' as const }, { mn: outfall.processMn, role: 'process' as const },
  ].flatMap(({ mn, role }) => (mn === undefined ? [] : [{ mn, role }]));
  let peers: readonly PeerPlace[] | undefined;
  let fixed: Omit<Registration, Dated> | undefined;
  let cached: { day: number; registration: Registration } | undefined;
  return {
    outfall,
    devices,
    get peers() {
      return (peers ??= choosePeers(registry, id));
    },
    profiles: { data: profile('data'), door: profile('door'), power: profile('power'), inlet: profile('inlet'), process: profile('process') },
    facts: {
      outfall: id,
      type: outfall.type,
      stepMs,
      powerStepMs: powerStepMs ?? Math.min(stepMs, HOUR),
      meters: meters.map((meter) => ({ meter: meter.meter, role: meter.role, ratedKw: firstNumber(String(meter.ratedKw ?? ''), 0) })),
      spans: new Map(factors.flatMap((factor) => (factor.span === undefined ? [] : [[factor.factor, factor.span] as const]))),
      flowResolution: flow?.resolution,
      rules,
    },
    registrationAt: (at) => {
      const day = localMidnight(at) / DAY;
      if (cached?.day !== day) {
        fixed ??= undated(registry, outfall);
        cached = { day, registration: { ...fixed, limits: limitsAt(registry, id, at), limitsAt: (then) => limitsAt(registry, id, then), rules: rules(at) } };
      }
      return cached.registration;
    },
  };
}
