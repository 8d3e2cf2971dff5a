import { DAY, HOUR } from '#kernel';
import type { Series } from '#platform/series';
import { standingHours, WINDOW_DAYS, type HourCondition } from '#quality';
import type { Outfall, Registry } from '#register';
import { readPower, type Range } from '../store/read-values.ts';
import { readFactorHours } from '../store/read-verdicts.ts';

const CONDITION = { gas: { flow: 'a00000', o2: 'a19001', temperature: 'a01012' }, water: { flow: 'w00000', o2: undefined, temperature: undefined } } as const;

/**
 * Hours of the range in which condition data prove that the source stood still (monitoring-data rules: a stop counts only when
 * condition data prove it), as known at `asOf`. What is usual is learnt over as long a time as the models look back.
 */
export async function provedStops(deps: { readonly series: Series; readonly registry: Registry }, outfall: Outfall, range: Range): Promise<ReadonlySet<number>> {
  const long = { ...range, from: range.from - WINDOW_DAYS * DAY };
  const production = deps.registry.metersOf(outfall.outfall).filter((meter) => meter.role === 'production');
  const hoursOf = async (factor: string | undefined) =>
    new Map((factor === undefined ? [] : await readFactorHours(deps.series, long, factor)).map((hour) => [hour.start, hour.avg]));
  const { flow, o2, temperature } = CONDITION[outfall.type];
  const [flows, oxygen, temperatures, power] = await Promise.all([
    hoursOf(flow), hoursOf(o2), hoursOf(temperature), production.length === 0 ? Promise.resolve([]) : readPower(deps.series, long),
  ]);
  const kw = powerByHour(power.filter((row) => production.some((meter) => meter.meter === row.meter)));
  const starts = [...new Set([...flows.keys(), ...oxygen.keys(), ...temperatures.keys(), ...kw.keys()])];
  const conditions = starts.map((start): HourCondition => ({
    start, o2: oxygen.get(start) ?? Number.NaN, flow: flows.get(start) ?? Number.NaN, temperature: temperatures.get(start) ?? Number.NaN, kw: kw.get(start) ?? Number.NaN,
  }));
  const flowFactor = deps.registry.factorsOf(outfall.outfall).find((factor) => factor.factor === flow);
  return standingHours(outfall.type, conditions, {
    o2Ref: outfall.o2Ref, ratedKw: production.reduce((sum, meter) => sum + (meter.ratedKw ?? 0), 0), flowResolution: flowFactor?.resolution,
  });
}

/** Mean power of each hour, kW, the meters together. */
function powerByHour(rows: readonly { readonly meter: string; readonly start: number; readonly kw: number }[]): Map<number, number> {
  const means = new Map<string, { readonly start: number; sum: number; n: number }>();
  for (const { meter, start, kw } of rows) {
    const hour = Math.floor(start / HOUR) * HOUR;
    const mean = means.get(`${meter} ${hour}`) ?? { start: hour, sum: 0, n: 0 };
    mean.sum += kw;
    mean.n += 1;
    means.set(`${meter} ${hour}`, mean);
  }
  const hours = new Map<number, number>();
  for (const { start, sum, n } of means.values()) hours.set(start, (hours.get(start) ?? 0) + sum / n);
  return hours;
}
