import { CST_OFFSET, DAY, HOUR, MINUTE, type FactorCode, type MeterId } from '#kernel';
import type { ContactFact, DoorFact, Fact, FrameView, PeriodFact, PeriodValue, PowerFact } from './facts.ts';
import { flagIndex, normaliseFlag, type FlagProfile } from './flags.ts';
import { CONVERSION_SENTINEL } from './conversion.ts';
import { electricalOf, parametersOf } from './read-details.ts';

/** How a registered device is read: its role, its letters and the meters behind its codes. */
export interface FactProfile extends Partial<FlagProfile> {
  /** Channels before treatment (`inlet`) and of the process are kept beside the outlet's own, under a prefix. */
  readonly role: 'data' | 'door' | 'power' | 'inlet' | 'process';
  /** Step of CN 2051 in ms. */
  readonly stepMs: number;
  /** HJ/T 212-2005 does not say which end of the period DataTime is. */
  readonly dataTimeIs?: 'start' | 'end';
  /** Values of a factor that the device sends in another unit → the registered one. Totals (`-Cou`) come in units of their own and stay. */
  readonly convert?: ReadonlyMap<FactorCode, (value: number) => number>;
  /** Code prefix as sent → meter. */
  readonly meters?: ReadonlyMap<string, MeterId>;
}

const PERIODS: Readonly<Record<string, PeriodFact['kind']>> = { 2051: 'step', 2061: 'hour', 2031: 'day' };
/** Prefix of the codes a device of this role reports: `in.w01018` is the COD before treatment. */
export const SIDE_PREFIX = { inlet: 'in.', process: 'pr.' } as const;
const DOOR_ST = '81';
const POWER_ST = new Set(['80', '44']);
const POWER_SUFFIX = new Set(['Pt', 'P', 'kW', 'KW', 'Rtd', 'Avg']);

/** A number as sent; NaN for nothing, rubbish or the devices' own "no value". */
const numberOf = (text: string | undefined): number => {
  if (text === undefined || text === '') return Number.NaN;
  const value = Number(text);
  const none = value === -999 || value === -9999 || value === -99999;
  return Number.isFinite(value) && !none ? value : Number.NaN;
};

/** Converted values: 9999.99 says that conversion could not be computed (HJ 212-2025). */
const convertedOf = (text: string | undefined): number => {
  const value = numberOf(text);
  return value === CONVERSION_SENTINEL ? Number.NaN : value;
};

const two = (text: string, at: number): number => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;

/** `YYYYMMDDhhmmss[zzz]` in China Standard Time → epoch ms; NaN when it is no time. */
export function stampOf(text: string | null | undefined): number {
  if (text === null || text === undefined || text.length < 14) return Number.NaN;
  const year = two(text, 0) * 100 + two(text, 2);
  const at = Date.UTC(year, two(text, 4) - 1, two(text, 6), two(text, 8), two(text, 10), two(text, 12));
  const ms = text.length >= 17 ? (text.charCodeAt(14) - 48) * 100 + two(text, 15) : 0;
  return at + (Number.isNaN(ms) ? 0 : ms) - CST_OFFSET;
}

const emptyValue = (factor: FactorCode): PeriodValue => ({
  factor,
  avg: Number.NaN, min: Number.NaN, max: Number.NaN, cou: Number.NaN, zsAvg: Number.NaN, sampleTime: Number.NaN,
  flag: flagIndex.NONE,
});

type Field = 'avg' | 'min' | 'max' | 'cou' | 'zsAvg' | 'sampleTime' | 'flag';
const FIELDS: Readonly<Record<string, Field>> = Object.assign(Object.create(null) as Record<string, Field>, {
  Avg: 'avg', Min: 'min', Max: 'max', Cou: 'cou', ZsAvg: 'zsAvg', SampleTime: 'sampleTime', Flag: 'flag',
});

interface Name {
  readonly factor: FactorCode;
  /** Undefined: any other suffix stays in the raw frame; judging does not use it. */
  readonly field: Field | undefined;
}

/** The same few hundred names come in every frame; taking one apart once is enough. Bounded against rubbish. */
const names = new Map<string, Name | null>();
const MAX_NAMES = 4096;

function nameOf(text: string): Name | null {
  let name = names.get(text);
  if (name === undefined) {
    const dash = text.indexOf('-');
    name = dash <= 0 ? null : { factor: text.slice(0, dash).trim() as FactorCode, field: FIELDS[text.slice(dash + 1).trim()] };
    if (names.size >= MAX_NAMES) names.clear();
    names.set(text, name);
  }
  return name;
}

function setField(value: PeriodValue, field: Field, text: string, flags: FlagProfile): void {
  switch (field) {
    case 'flag':
      value.flag = text === 'N' ? flagIndex.NORMAL : flagIndex[normaliseFlag(text, flags)];
      return;
    case 'zsAvg':
      value.zsAvg = convertedOf(text);
      return;
    case 'sampleTime':
      value.sampleTime = stampOf(text);
      return;
    case 'avg':
    case 'min':
    case 'max':
    case 'cou':
      value[field] = numberOf(text);
      return;
  }
}

const trimmed = (text: string): string =>
  text.length > 0 && (text.charCodeAt(0) <= 32 || text.charCodeAt(text.length - 1) <= 32) ? text.trim() : text;

function periodValues(frame: FrameView, flags: FlagProfile, { convert }: FactProfile): PeriodValue[] {
  const values: PeriodValue[] = [];
  let current: PeriodValue | undefined;
  for (const group of frame.cp) {
    for (const pair of group) {
      const name = nameOf(pair[0] as string);
      if (name === null) continue;
      if (current === undefined || current.factor !== name.factor) {
        current = values.find((value) => value.factor === name.factor);
        if (current === undefined) values.push((current = emptyValue(name.factor)));
      }
      if (name.field !== undefined) setField(current, name.field, trimmed(pair[1] ?? ''), flags);
    }
  }
  if (convert !== undefined) for (const value of values) convertValue(value, convert.get(value.factor));
  return values;
}

function convertValue(value: PeriodValue, convert: ((value: number) => number) | undefined): void {
  if (convert === undefined) return;
  for (const field of ['avg', 'min', 'max', 'zsAvg'] as const) value[field] = convert(value[field]);
}

const PERIOD_MS = { step: MINUTE, hour: HOUR, day: DAY } as const;

/** Start of the period a label names, put on the grid: 2051 to its step, 2061 to the hour, 2031 to the local day. */
function startOf(kind: PeriodFact['kind'], label: number, profile: FactProfile): number {
  const width = kind === 'step' ? profile.stepMs : PERIOD_MS[kind];
  const start = profile.dataTimeIs === 'end' ? label - width : label;
  return kind === 'day' ? Math.floor((start + CST_OFFSET) / DAY) * DAY - CST_OFFSET : Math.floor(start / width) * width;
}

function doorFact(frame: FrameView): DoorFact | undefined {
  const said = new Map<string, string>();
  for (const group of frame.cp) {
    for (const pair of group) {
      const code = (pair[0] as string).trim();
      if (code.startsWith('i3200')) said.set(code.slice(0, 6), (pair[1] ?? '').trim());
    }
  }
  if (said.size === 0) return undefined;
  const bit = (code: string) => (said.has(code) ? said.get(code) === '1' : undefined);
  const openedAt = stampOf(said.get('i32006'));
  const at = frame.dataAt ?? stampOf(frame.qn);
  return {
    kind: 'door', at, open: bit('i32001'), removed: bit('i32002'), fault: bit('i32003'),
    method: said.get('i32004') ?? '', person: said.get('i32005') ?? '', openedAt,
  };
}

function powerFact(frame: FrameView, profile: FactProfile): PowerFact | undefined {
  const readings = new Map<MeterId, number>();
  const only = profile.meters?.size === 1 ? [...profile.meters.values()][0] : undefined;
  const meterOf = (code: string): MeterId | undefined => profile.meters?.get(code) ?? only;
  for (const group of frame.cp) {
    for (const pair of group) {
      const name = (pair[0] as string).trim();
      const dash = name.lastIndexOf('-');
      if (dash <= 0 || !POWER_SUFFIX.has(name.slice(dash + 1))) continue;
      const meter = meterOf(name.slice(0, dash));
      const kw = numberOf((pair[1] ?? '').trim());
      if (meter !== undefined && !Number.isNaN(kw) && !readings.has(meter)) readings.set(meter, kw);
    }
  }
  if (readings.size === 0 || frame.dataAt === null) return undefined;
  const told = [...readings].map(([meter, kw]) => ({ meter, kw }));
  const details = electricalOf(frame, frame.dataAt, told, meterOf);
  return { kind: 'power', at: frame.dataAt, readings: told, ...(details ? { details } : {}) };
}

/** What a device beside the outlet reports. It is no monitor of the outfall, so its silence is nobody's outage. */
function sideFacts(frame: FrameView, profile: FactProfile, flags: FlagProfile, prefix: string): readonly Fact[] {
  const period = PERIODS[frame.cn];
  if (period === undefined || frame.dataAt === null) return [];
  const values = periodValues(frame, flags, profile).map((value) => ({ ...value, factor: `${prefix}${value.factor}` as FactorCode }));
  return [{ kind: period, start: startOf(period, frame.dataAt, profile), values }];
}

/**
 * Facts of one (reassembled) frame for every outfall its device serves. Pure; values keep what was sent (see
 * `PeriodValue`). Realtime values (CN 2011) count as a sign of life only. Basis: HJ 212-2017 §6, 附录C; Ningxia 附件2.
 */
export function factsOf(frame: FrameView, profile: FactProfile): readonly Fact[] {
  const flags: FlagProfile = { edition: frame.edition, ...(profile.f ? { f: profile.f } : {}), ...(profile.b ? { b: profile.b } : {}) };
  if (profile.role === 'inlet' || profile.role === 'process') return sideFacts(frame, profile, flags, SIDE_PREFIX[profile.role]);
  const contact: ContactFact = {
    kind: 'contact', mn: frame.mn ?? '', role: profile.role, cn: frame.cn, qn: stampOf(frame.qn), dataTime: frame.dataAt ?? Number.NaN,
  };
  if (frame.st === DOOR_ST || profile.role === 'door') {
    const door = doorFact(frame);
    return door === undefined ? [contact] : [door, contact];
  }
  const period = PERIODS[frame.cn];
  if ((frame.st !== null && POWER_ST.has(frame.st)) || profile.role === 'power') {
    const power = period === 'day' || period === 'hour' ? undefined : powerFact(frame, profile);
    return power === undefined ? [contact] : [power, contact];
  }
  if (frame.cn === '3020') return [...parametersOf(frame, frame.dataAt ?? contact.qn), contact];
  if (period === undefined || frame.dataAt === null) return [contact];
  const values = periodValues(frame, flags, profile);
  return [{ kind: period, start: startOf(period, frame.dataAt, profile), values }, contact];
}
