import type { FactorCode } from '#kernel';
import { median, robustScale } from '../../primitives/index.ts';
import type { Context } from '../../contract.ts';
import { O2 } from './factors.ts';
import { hourValues } from './hour-values.ts';
import { exceeds, hourLimits, judgedValue } from './limits.ts';
import { powerHours } from './power-hours.ts';
import { DAY, HOUR, localDayStart } from './window.ts';

/** An hour in which a limited factor was over. */
export interface OverHour {
  readonly at: number;
  readonly factor: FactorCode;
}

/** Valid hours of [from, to) in which a limited factor was over: only these need an exemption. A flag of a starting furnace exempts nothing. */
export function overHours(ctx: Context, from: number, to: number): OverHour[] {
  const out: OverHour[] = [];
  for (const limit of hourLimits(ctx)) {
    const series = ctx.hour(limit.factor);
    if (series === undefined) continue;
    for (let t = Math.floor(from / HOUR) * HOUR; t + HOUR <= Math.min(to, ctx.now); t += HOUR) {
      const i = Math.floor((t - series.t0) / HOUR);
      if (i < 0 || i >= series.length || series.valid[i] !== 1) continue;
      const v = judgedValue(ctx, series, i, limit);
      if (Number.isFinite(v) && exceeds(v, limit.limit)) out.push({ at: t, factor: limit.factor });
    }
  }
  return out.sort((a, b) => a.at - b.at);
}

export const factorsOf = (over: readonly OverHour[]): readonly FactorCode[] => [...new Set(over.map((o) => o.factor))].sort();

/** What usual running is measured by. */
export interface Usual {
  readonly steadyLoad: number;
  readonly steadyOxygenSigmas: number;
  readonly baselineDays: number;
}

/** Hours of the span, from its first full one, with usual load and usual oxygen: a furnace that starts or fails looks otherwise. Empty where neither is known. */
export function usualHours(ctx: Context, span: { readonly start: number; readonly end: number }, p: Usual): { readonly from: number; readonly usual: readonly boolean[] } {
  const from = Math.ceil(span.start / HOUR) * HOUR;
  const hours = Math.max(0, Math.floor((Math.min(span.end, ctx.now) - from) / HOUR));
  const learnFrom = localDayStart(span.start) - p.baselineDays * DAY;
  const learn = p.baselineDays * 24;
  const usualLoad = median(powerHours(ctx, 'production', learnFrom, learn).filter((kw) => kw > 0));
  const oxygen = robustScale(hourValues(ctx, O2, learnFrom, learn));
  if (!(usualLoad > 0) || oxygen.n < 240) return { from, usual: [] };
  const load = powerHours(ctx, 'production', from, hours);
  const o2 = hourValues(ctx, O2, from, hours);
  return { from, usual: Array.from(load, (kw, h) => kw >= p.steadyLoad * usualLoad && Math.abs((o2[h] as number) - oxygen.median) <= p.steadyOxygenSigmas * oxygen.sigma) };
}
