import { DAY, HOUR, instant, toMinuteText, type Instant } from '#kernel';
import type { Meter } from '#register';
import { csvBytes } from './sheet-file.ts';

/** Title by which the record is known among the materials of a review. */
export const POWER_SHEET = '用电功率记录';

/** Mean power of a meter, kW, from `start` on (epoch ms). */
interface Reading {
  readonly meter: string;
  readonly start: number;
  readonly kw: number;
}

const ROLES: Readonly<Record<Meter['role'], string>> = { production: '生产设施', treatment: '治理设施', main: '总表' };

/** The time of the record: that of the facts and the day before it, for comparison. */
export const powerSpan = (facts: readonly { readonly from: Instant; readonly to: Instant }[]): { readonly from: Instant; readonly to: Instant } => ({
  from: instant(Math.floor(Math.min(...facts.map(({ from }) => from)) / HOUR) * HOUR - DAY), to: instant(Math.ceil(Math.max(...facts.map(({ to }) => to)) / HOUR) * HOUR),
});

/** Hourly means of each meter, kW: what a fact about power is read from, as evidence of its own. Undefined where no meter of the outfall was read. Pure. */
export function powerSheet(readings: readonly Reading[], meters: readonly Pick<Meter, 'meter' | 'role'>[], about: { readonly unit: string; readonly outfall: string }): { readonly name: string; readonly bytes: Uint8Array } | undefined {
  const read = meters.filter(({ meter }) => readings.some((one) => one.meter === meter));
  if (read.length === 0) return undefined;
  const byHour = Map.groupBy(readings, ({ start }) => Math.floor(start / HOUR) * HOUR);
  const mean = (of: readonly Reading[]): string => (of.length === 0 ? '' : (of.reduce((sum, { kw }) => sum + kw, 0) / of.length).toFixed(1));
  const hours = [...byHour.keys()].sort((a, b) => a - b);
  const rows = [
    [POWER_SHEET, about.unit, about.outfall],
    ['小时', ...read.map(({ meter, role }) => `${ROLES[role]}（用电监控设备 ${meter}）平均功率（千瓦）`)],
    ...hours.map((hour) => [toMinuteText(instant(hour)), ...read.map(({ meter }) => mean((byHour.get(hour) ?? []).filter((one) => one.meter === meter)))]),
    ['制作', '信息平台依据用电监控设备上传的读数按小时平均；首日为所述事实以前的对照'],
  ];
  return { name: `${POWER_SHEET}（${toMinuteText(instant(hours[0] ?? 0)).slice(0, 10)}起）.csv`, bytes: csvBytes(rows) };
}
