import { crossesAt, crossingTime } from './cheats/limits.ts';
import { convert } from './devices/hours.ts';
import { N } from './devices/flags.ts';
import type { Episode } from './event.ts';
import { monthsBetween } from './calendar.ts';
import { DAY, dayOfYear, endOf, HOUR, indexAt, timeAt, type Grid } from './grid.ts';
import type { FactorCode, PollutantRow } from './plants/industry.ts';
import { swapTimes } from './plants/power.ts';
import { at } from './processes.ts';
import { dayMean, isOver, LEAST_HOURS } from './exceedances.ts';
import { randomStream } from './random.ts';
import { isDrain, type Hours, type Label, type Ledger, type Run, type Site, type Stop, type WaterPlant } from './world.ts';

export const emptyLedger = (): Ledger => ({
  marks: [], maintenance: [], orders: [], selfMonitoring: [], doors: [], video: [], calibrations: [], permits: [], labels: [],
});

/** Marks of honest stops, and the labels that they are look-alikes. */
export function recordStops(seed: string, site: Site, stops: readonly Stop[], ledger: Ledger): void {
  for (const s of stops) {
    const random = randomStream(seed, site.id, `stop-${Math.round(s.rampStart)}`);
    ledger.marks.push({
      kind: 'stop', start: s.offStart, end: s.offEnd, submitted: s.offStart + random.uniform(-20, 1.5) * HOUR,
      reason: { cold: '计划检修停炉（停产）', staggered: '错峰生产停产', halt: '短时停机', holiday: '节假日停产' }[s.cause],
    });
    if (s.offStart > s.rampStart) {
      ledger.marks.push({ kind: 'shut_down', start: s.rampStart, end: s.offStart, submitted: s.rampStart + random.uniform(-2, 2) * HOUR, reason: '停机过程' });
    }
    if (s.startEnd > s.offEnd) {
      ledger.marks.push({ kind: 'start_up', start: s.offEnd, end: s.startEnd, submitted: s.offEnd + random.uniform(-2, 2) * HOUR, reason: '启动过程' });
    }
    ledger.labels.push({
      kind: s.cause === 'holiday' ? 'holiday_stop' : 'real_shutdown', benign: true, start: Math.round(s.rampStart), end: Math.round(s.startEnd),
      tier: null, factors: [], params: { cause: s.cause },
    });
  }
}

/** Look-alikes that are no events but a way of being: rain, swapping lines, slow cycles, coarse printouts. */
export function recordTraits(run: Run, until: number): void {
  const { site, grid, ledger } = run;
  const add = (kind: string, start: number, end: number, factors: readonly string[] = []): void => {
    ledger.labels.push({ kind, benign: true, start, end, tier: null, factors, params: {} });
  };
  if (site.redundant) for (const t of swapTimes(grid)) if (t < until) add('redundant_swap', t, t + HOUR);
  if (site.medium === 'water' && site.cycleHours === 2) add('held_result', grid.start, until);
  for (const trait of site.traits) add(trait, grid.start, until, ['a21026']);
  const addWet = (kind: string, least: number, hours: number): void => {
    let wetSince: number | undefined;
    for (let i = 0; i < indexAt(grid, until); i++) {
      const wet = at(run.truth.flow, i) - at(run.influence.flow, i) > least;
      if (wet && wetSince === undefined) wetSince = timeAt(grid, i);
      if (wet || wetSince === undefined) continue;
      if (timeAt(grid, i) - wetSince >= hours * HOUR) add(kind, wetSince, timeAt(grid, i));
      wetSince = undefined;
    }
  };
  if (isDrain(site)) addWet('rain_runoff', 0.05, 0.5);
  else if (site.industry.key === 'municipal') addWet('rain_dilution', 1.5 * (site.plant as WaterPlant).flow, 3);
}

/** Permit of every pollutant; where a total is to be exceeded, what was used before decides when. */
export function setPermits(run: Run, hours: Hours, events: readonly Episode[], until: number): void {
  const crossing = events.find((e) => e.kind === 'exceed_total' && e.void !== true);
  const days = Math.max(1, (until - run.grid.start) / DAY);
  for (const p of run.site.pollutants) {
    const random = randomStream(run.seed, run.site.id, `permit-${p.factor}`);
    const cou = hours.channels.get(p.factor)?.cou ?? new Float64Array(0);
    const last = Math.min(hours.n, Math.floor(indexAt(run.grid, until) / run.grid.perHour));
    let total = 0;
    for (let h = 0; h < last; h++) total += at(cou, h);
    const perDay = total / days;
    const annual = Number((perDay * 365 * random.uniform(1.15, 1.7)).toPrecision(4));
    let used = Number((perDay * (dayOfYear(run.grid.start) - 1) * random.uniform(0.85, 1.05)).toPrecision(4));
    if (crossing !== undefined && crossing.factors.includes(p.factor)) {
      const when = crossingTime(crossing, run, until);
      const counted = cou.map((kg, h) => (isCounted(run, hours, p.factor, h) ? kg : 0));
      // Nothing is crossed while nothing counts: the plant stands, or its hours are marked. In the middle of its work an hour more or less moves it little.
      const working = (h: number): boolean => counted.subarray(Math.max(0, h - 24), h + 1).filter((kg) => kg > 0).length >= LEAST_WORKING;
      const first = counted.findIndex((kg, h) => kg > 0 && timeAt(run.grid, h * run.grid.perHour) >= when && working(h));
      crossing.void = first < 0;
      if (first >= 0) {
        crossesAt(crossing, timeAt(run.grid, first * run.grid.perHour));
        used = Number((annual - counted.subarray(0, first).reduce((sum, kg) => sum + kg, 0) - at(counted, first) / 2).toPrecision(9));
      }
      crossing.params['annualKg'] = annual;
    }
    const capped = random.chance(0.3);
    run.ledger.permits.push({
      factor: p.factor, annualKg: annual, usedKg: Math.max(0, used),
      monthKg: capped ? Number(((annual / 12) * 1.3).toPrecision(4)) : null, winterKg: capped ? Number(((annual / 3) * 1.1).toPrecision(4)) : null,
    });
  }
}

/** Counted hours of the day in which an amount is crossed. */
const LEAST_WORKING = 6;

/** Marks of the monitoring device: under them an hour is not valid. */
const INVALID_UNDER: readonly string[] = ['maintenance', 'analyser_fault', 'thermocouple_fault'];

/** Whether the mass of the hour counts towards a permitted amount: it came with three quarters of its minutes, flagged normal, and under no mark that makes it invalid. */
function isCounted({ grid, transport, ledger }: Run, hours: Hours, factor: FactorCode, h: number): boolean {
  const start = timeAt(grid, h * grid.perHour);
  const minutes = transport.minute.subarray(h * grid.perHour, (h + 1) * grid.perHour).filter((arrival) => Number.isFinite(arrival)).length;
  return hours.channels.get(factor)?.flags[h] === N && Number.isFinite(at(transport.hour, h)) && minutes >= 0.75 * grid.perHour &&
    !ledger.marks.some((m) => INVALID_UNDER.includes(m.kind) && m.start < start + HOUR && m.end > start);
}

/** A laboratory sample a month: the truth, with the laboratory's own spread. */
export function sampleByHand(run: Run, until: number): void {
  const random = randomStream(run.seed, run.site.id, 'manual-sample');
  for (const month of monthsBetween(run.grid.start, endOf(run.grid))) {
    const t = month.start + random.int(2, 24) * DAY + random.uniform(9, 16) * HOUR;
    const i = indexAt(run.grid, t);
    for (const p of run.site.pollutants) {
      const spread = 1 + random.normal(0, 0.06);
      if (t >= until || i >= run.grid.n) continue;
      const c = at(run.truth.values.get(p.factor) ?? new Float64Array(0), i);
      if (c <= 0) continue;
      const gas = run.site.plant.kind === 'gas' ? run.site.plant : undefined;
      const value = gas === undefined ? c : convert(c, at(run.truth.values.get('a19001') ?? new Float64Array(0), i), gas.o2Reference);
      run.ledger.selfMonitoring.push({ factor: p.factor, at: t, value: Number((value * spread).toPrecision(4)), basis: gas === undefined ? 'c' : 'zs' });
    }
  }
}

/** Exceedances nobody planned: valid, running, unmarked, outside every other event. */
export function naturalExceedances(run: Run, hours: Hours, until: number): Label[] {
  const labels: Label[] = [];
  const busy = [...run.ledger.marks, ...run.ledger.labels.filter((l) => !l.benign)];
  const free = (start: number, end: number): boolean => !busy.some((b) => b.start < end && b.end > start);
  for (const p of run.site.pollutants) {
    for (const [unit, start, end] of overRuns(run, hours, p)) {
      if (end > until || !free(start, end)) continue;
      const length = (end - start) / unit;
      labels.push({
        kind: 'exceed_natural', benign: false, start, end, tier: length >= 3 ? 1 : length >= 2 ? 2 : 3, factors: [p.factor],
        params: { length },
      });
    }
  }
  return labels;
}

/** Hours, and days, over the limit in a row, with the length of one. */
function overRuns(run: Run, hours: Hours, { factor, limit, dayLimit }: PollutantRow): [unit: number, start: number, end: number][] {
  const hour = hours.channels.get(factor);
  if (hour === undefined) return [];
  const isGas = run.site.medium === 'gas';
  const daily = isGas ? dayLimit : limit;
  return [
    ...(isGas ? hourRuns(run.grid, hour.zsAvg, hour.flags, limit).map(([start, end]): [number, number, number] => [HOUR, start, end]) : []),
    ...(daily === undefined ? [] : dayRuns(run, hours, factor, daily).map(([start, end]): [number, number, number] => [DAY, start, end])),
  ];
}

function hourRuns(grid: Grid, values: Float64Array, flags: Uint8Array, limit: number): [number, number][] {
  const runs: [number, number][] = [];
  const step = grid.perHour;
  for (let h = 0; h < values.length; h++) {
    if (!(flags[h] === N && isOver(at(values, h), limit))) continue;
    const first = h;
    while (h + 1 < values.length && flags[h + 1] === N && isOver(at(values, h + 1), limit)) h++;
    runs.push([timeAt(grid, first * step), timeAt(grid, (h + 1) * step)]);
  }
  return runs;
}

/** Days in a row whose mean is over the limit; of a gas those of which enough hours count. */
function dayRuns(run: Run, hours: Hours, factor: FactorCode, limit: number): [number, number][] {
  const runs: [number, number][] = [];
  for (let d = 0; (d + 1) * 24 <= hours.n; d++) {
    const start = timeAt(run.grid, d * 24 * run.grid.perHour);
    const { used, mean } = dayMean(run, hours, factor, d);
    if (!isOver(mean, limit) || (run.site.medium === 'gas' && used.length < LEAST_HOURS)) continue;
    const last = runs.at(-1);
    if (last !== undefined && last[1] === start) last[1] = start + DAY;
    else runs.push([start, start + DAY]);
  }
  return runs;
}
