import { median, robustScale } from '../../primitives/index.ts';
import type { Context, ElectricalReading } from '../../contract.ts';
import { metersOf, powerHours } from './power-hours.ts';
import { DAY, HOUR, localDayStart } from './window.ts';

/** A stretch in which what a meter says contradicts itself or its neighbours. */
export interface MeterDoubt {
  readonly meter: string;
  readonly how: 'phasor' | 'counter' | 'unbalanced' | 'silent';
  readonly start: number;
  readonly end: number;
  /** Relative difference, or kW that are missing. */
  readonly detail: number;
}

/** Active power from voltage, current and power factor, kW; phase voltages below 300 V, line voltages above. */
const phasorKw = (r: ElectricalReading): number =>
  ((r.volts < 300 ? 3 : Math.sqrt(3)) * r.volts * r.amperes * r.powerFactor) / 1000;

function joined(times: readonly { at: number; value: number }[], gap: number, step: number): { start: number; end: number; value: number }[] {
  const out: { start: number; end: number; values: number[] }[] = [];
  for (const { at, value } of times) {
    const last = out.at(-1);
    if (last !== undefined && at - last.end <= gap) {
      last.end = at + step;
      last.values.push(value);
    } else out.push({ start: at, end: at + step, values: [value] });
  }
  return out.map(({ start, end, values }) => ({ start, end, value: median(values) }));
}

/**
 * E06 (a): |kW − 3·U·I·cosφ| over the share. A constant factor is a transformer ratio entered wrongly, not a forged
 * value: the reading must also leave this meter's own usual ratio of the days before.
 */
export function phasorDoubts(ctx: Context, since: number, share: number): MeterDoubt[] {
  const meters = [...new Set(ctx.electrical.map((r) => r.meter))];
  return meters.flatMap((meter) => {
    const all = ctx.electrical.filter((r) => r.meter === meter && r.kw > 1 && phasorKw(r) > 1).map((r) => ({ at: r.at, ratio: r.kw / phasorKw(r) }));
    const usual = median(all.filter((r) => r.at < since).map((r) => r.ratio));
    if (!Number.isFinite(usual)) return [];
    const off = all.filter((r) => r.at >= since && Math.abs(r.ratio - 1) > share && Math.abs(r.ratio / usual - 1) > share);
    const stretches = joined(off.map((r) => ({ at: r.at, value: r.ratio - 1 })), HOUR, HOUR / 6);
    return stretches.map((s) => ({ meter, how: 'phasor' as const, start: s.start, end: s.end, detail: s.value }));
  });
}

/**
 * E06 (b): energy by the counter against the integral of the power, windows of six hours. What the power did between two readings nobody saw: the
 * counter may stand anywhere between the sum of the lower and that of the higher of each two, so that a machine that is switched makes no doubt.
 */
export function counterDoubts(ctx: Context, since: number, share: number): MeterDoubt[] {
  const meters = [...new Set(ctx.electrical.map((r) => r.meter))];
  return meters.flatMap((meter) => {
    const all = ctx.electrical.filter((r) => r.meter === meter && Number.isFinite(r.kwh)).sort((a, b) => a.at - b.at);
    const off: { at: number; value: number }[] = [];
    for (let at = since; at + 6 * HOUR <= ctx.now; at += 6 * HOUR) {
      const part = all.filter((r) => r.at >= at && r.at <= at + 6 * HOUR);
      const [first, last] = [part[0], part.at(-1)];
      if (first === undefined || last === undefined || part.length < 24 || last.kwh < first.kwh) continue;
      let [least, most] = [0, 0];
      for (let i = 1; i < part.length; i++) {
        const [a, b] = [part[i - 1] as ElectricalReading, part[i] as ElectricalReading];
        const hours = (b.at - a.at) / HOUR;
        least += Math.min(a.kw, b.kw) * hours;
        most += Math.max(a.kw, b.kw) * hours;
      }
      const counted = last.kwh - first.kwh;
      const difference = (Math.min(Math.max(counted, least), most) - counted) / Math.max(counted, 1);
      if (most > 6 && Math.abs(difference) > share) off.push({ at, value: difference });
    }
    return joined(off, HOUR, 6 * HOUR).map((s) => ({ meter, how: 'counter' as const, start: s.start, end: s.end, detail: s.value }));
  });
}

/** E06 (d): production and treatment together against the main meter, hourly, against the usual share of the last 30 days. */
export function balanceDoubts(ctx: Context, since: number, change: number): MeterDoubt[] {
  const main = metersOf(ctx, 'main');
  if (main.length === 0) return [];
  const start = Math.max(localDayStart(ctx.now) - 30 * DAY, localDayStart(ctx.activeSince));
  const hours = Math.floor((ctx.now - start) / HOUR);
  const whole = powerHours(ctx, 'main', start, hours);
  const [production, treatment] = [powerHours(ctx, 'production', start, hours), powerHours(ctx, 'treatment', start, hours)];
  const share = whole.map((kw, i) => (kw > 1 ? ((production[i] as number) + (treatment[i] as number)) / kw : Number.NaN));
  const first = Math.max(0, Math.floor((since - start) / HOUR));
  const usual = robustScale(share.subarray(0, Math.max(0, first - 24)));
  if (usual.n < 240) return [];
  const least = Math.max(change, 6 * usual.sigma);
  const off = Array.from({ length: hours - first }, (_, k) => ({ at: start + (first + k) * HOUR, value: (share[first + k] as number) - usual.median }));
  const out = off.filter(({ value }) => value < -least || value > Math.max(least, 1.05 - usual.median));
  return joined(out, HOUR, HOUR).map((s) => ({ meter: main.map((m) => m.meter).join('+'), how: 'unbalanced' as const, start: s.start, end: s.end, detail: s.value }));
}

/** E06 (e): a treatment meter is silent while the production meter talks and shows production. */
export function silentMeters(ctx: Context, since: number): MeterDoubt[] {
  const production = metersOf(ctx, 'production');
  const grid = production[0];
  if (grid === undefined) return [];
  const on = 0.2 * production.reduce((sum, m) => sum + m.ratedKw, 0);
  return metersOf(ctx, 'treatment').flatMap((meter) => {
    const silent: { at: number; value: number }[] = [];
    const from = Math.max(0, Math.floor((since - grid.t0) / grid.stepMs));
    // The newest readings may still be on their way.
    const to = Math.min(grid.length, meter.length) - Math.ceil(HOUR / grid.stepMs);
    for (let i = from; i < to; i++) {
      const kw = production.reduce((sum, m) => sum + (m.avg[i] as number), 0);
      if (kw > on && !Number.isFinite(meter.avg[i] as number)) silent.push({ at: grid.t0 + i * grid.stepMs, value: kw });
    }
    const heard = meter.avg.some((kw) => Number.isFinite(kw));
    return heard ? joined(silent, grid.stepMs, grid.stepMs).map((s) => ({ meter: meter.meter, how: 'silent' as const, start: s.start, end: s.end, detail: s.value })) : [];
  });
}
