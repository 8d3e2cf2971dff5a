import { decodeStream, readingsOf } from '#ingest/hj212';
import type { Recompute, RecomputeResult } from '#evidence/verify';
import { Decimal, decimalsOf, toRfc3339 } from '#kernel';

/** A limit on hourly means as the case relies on it; `field` is the value of the message it is compared with. */
export interface HourLimit {
  readonly device: string;
  readonly factor: string;
  readonly field: 'ZsAvg' | 'Avg';
  readonly limit: string;
  readonly unit: string;
}

export interface JudgedHour {
  readonly device: string;
  readonly factor: string;
  /** Start of the hour, as the message says. */
  readonly hour: string;
  /** As sent. */
  readonly value: string;
  readonly limit: string;
  readonly over: boolean;
}

export const LIMITS_FILE = 'data/rules/limits.json';
export const EXPECTED_FILE = 'data/replay/expected.json';

/** HJ 212-2025: the conversion could not be computed. Such an hour has no value. */
const NO_VALUE = '9999.99';
const NUMBER = /^-?\d+(\.\d+)?$/;

/** A mean is rounded to the decimals of its limit before it is compared (GB/T 8170, half to even). */
const exceeds = (value: string, limit: string): boolean =>
  new Decimal(value).toDecimalPlaces(decimalsOf(limit), Decimal.ROUND_HALF_EVEN).greaterThan(limit);

/**
 * Hourly means of CN 2061 messages against their limits, from the raw frames alone: the part of the finding that
 * everybody can compute again. Pure; a later message of the same hour counts (the frames come in leaf order).
 */
export function judgeHours(frames: readonly { readonly device: string; readonly raw: Uint8Array }[], limits: readonly HourLimit[]): JudgedHour[] {
  const hours = new Map<string, JudgedHour>();
  for (const { device, raw } of frames) {
    const own = limits.filter((limit) => limit.device === device);
    if (own.length === 0) continue;
    for (const item of decodeStream([raw])) {
      if (item.kind !== 'frame' || !item.frame.ok || item.frame.cn !== '2061' || item.frame.dataAt === null) continue;
      const hour = toRfc3339(item.frame.dataAt);
      const readings = readingsOf(item.frame.cp);
      for (const { factor, field, limit } of own) {
        const value = readings.find((reading) => reading.factor === factor)?.[field];
        if (value === undefined || value === NO_VALUE || !NUMBER.test(value)) continue;
        hours.set(`${device} ${factor} ${hour}`, { device, factor, hour, value, limit, over: exceeds(value, limit) });
      }
    }
  }
  return [...hours].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, judged]) => judged);
}

const read = (files: ReadonlyMap<string, Uint8Array>, path: string): unknown => JSON.parse(Buffer.from(files.get(path) ?? '').toString('utf8'));
const keyOf = (h: JudgedHour): string => `${h.device} ${h.factor} ${h.hour}`;
const same = (a: JudgedHour, b: JudgedHour): boolean => a.value === b.value && a.limit === b.limit && a.over === b.over;

/** Computes the hours of the package again and names each that differs from what the case says. */
export const recomputeHours: Recompute = ({ files, frames }): RecomputeResult => {
  const limits = read(files, LIMITS_FILE) as HourLimit[];
  const claimed = read(files, EXPECTED_FILE) as { hours: JudgedHour[] };
  const found = new Map(judgeHours(frames, limits).map((judged) => [keyOf(judged), judged]));
  const wrong = claimed.hours.filter((hour) => !same(hour, found.get(keyOf(hour)) ?? { ...hour, value: '' }));
  const extra = [...found.keys()].filter((key) => !claimed.hours.some((hour) => keyOf(hour) === key));
  const problems = [...wrong.map(keyOf), ...extra].map((where) => ({ where: `${EXPECTED_FILE} ${where}`, zh: '与报文重算的结果不一致', en: 'differs from what the frames give' }));
  const over = [...found.values()].filter((hour) => hour.over).length;
  return { problems, zh: `由报文重算 ${found.size} 个小时均值，其中超限 ${over} 个`, en: `${found.size} hourly means from the frames, ${over} over the limit` };
};
