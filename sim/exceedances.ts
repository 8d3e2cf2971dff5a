import { F, N } from './devices/flags.ts';
import { DAY, HOUR, indexAt, timeAt } from './grid.ts';
import type { FactorCode } from './plants/industry.ts';
import { at } from './processes.ts';
import { RUN, type Hours, type Run } from './world.ts';

/** An hour (gas) or day (water, gas with a daily limit) whose mean, as it was sent, lies above the limit or too near to it to be argued about. */
export interface Exceedance {
  readonly factor: FactorCode;
  readonly start: number;
  readonly end: number;
  /** Mean over limit. */
  readonly ratio: number;
  /** Nobody can dispute it: complete, flagged normal, unmarked, running, sent once and in time, two per cent over. */
  readonly clear: boolean;
}

const NEAR = 0.02;
const OXYGEN_GUARD = 18.5;
const LATE = 3 * HOUR;

/**
 * The mean is over the limit once rounded to the limit's own decimals (GB/T 8170): less than half a unit above it is
 * compliant.
 */
export function isOver(mean: number, limit: number): boolean {
  const decimals = (String(limit).split('.')[1] ?? '').length;
  return mean > limit + 0.5 * 10 ** -decimals;
}

/** Every limited hour or day up to `until` that exceeds or cannot be told from exceeding. */
export function exceedancesOf(run: Run, hours: Hours, until: number): Exceedance[] {
  return run.site.pollutants.flatMap(({ factor, limit, dayLimit }) => {
    if (run.site.medium === 'water') return days(run, hours, factor, limit, until);
    return [...gasHours(run, hours, factor, limit, until), ...(dayLimit === undefined ? [] : days(run, hours, factor, dayLimit, until))];
  });
}

/** Hours that count for the mean of a day (the d-th of the run), and their mean: of water weighted by what flowed, of gas plain, at the reference oxygen. */
export function dayMean({ site }: Run, hours: Hours, factor: FactorCode, d: number): { readonly used: readonly number[]; readonly mean: number } {
  const hour = hours.channels.get(factor);
  const flow = site.medium === 'water' ? hours.channels.get('w00000') : undefined;
  if (hour === undefined || (site.medium === 'water' && flow === undefined)) return { used: [], mean: Number.NaN };
  const weight = (h: number): number => (flow === undefined ? 1 : flow.flags[h] === F ? 0 : at(flow.cou, h));
  const values = flow === undefined ? hour.zsAvg : hour.avg;
  const used = hoursOfDay(d).filter((h) => h < hours.n && hour.flags[h] === N && weight(h) > 0);
  const total = used.reduce((sum, h) => sum + weight(h), 0);
  return { used, mean: used.reduce((sum, h) => sum + at(values, h) * weight(h), 0) / total };
}

/** Hours of a day by which its mean stands. */
export const LEAST_HOURS = 20;

const hoursOfDay = (d: number): number[] => Array.from({ length: 24 }, (_, k) => d * 24 + k);

function gasHours(run: Run, hours: Hours, factor: FactorCode, limit: number, until: number): Exceedance[] {
  const hour = hours.channels.get(factor);
  const out: Exceedance[] = [];
  for (let h = 0; hour !== undefined && h < hours.n; h++) {
    const start = timeAt(run.grid, h * run.grid.perHour);
    const mean = at(hour.zsAvg, h);
    if (start >= until || !(mean > (1 - NEAR) * limit || isShifted(run, h))) continue;
    const certain = mean > (1 + NEAR) * limit && isOver(mean, limit);
    const guard = at(hours.channels.get('a19001')?.avg ?? new Float64Array(0), h) < OXYGEN_GUARD;
    out.push({ factor, start, end: start + HOUR, ratio: mean / limit, clear: certain && guard && hour.flags[h] === N && isPlain(run, h, until) });
  }
  return out;
}

function days(run: Run, hours: Hours, factor: FactorCode, limit: number, until: number): Exceedance[] {
  const oxygen = hours.channels.get('a19001')?.avg;
  const out: Exceedance[] = [];
  for (let d = 0; (d + 1) * 24 <= hours.n; d++) {
    const start = timeAt(run.grid, d * 24 * run.grid.perHour);
    const { used, mean } = dayMean(run, hours, factor, d);
    // Which hours count as discharging may be argued where there are few: those days are never clear.
    const plain = used.length >= LEAST_HOURS && hoursOfDay(d).every((h) => isPlain(run, h, until) && (oxygen === undefined || at(oxygen, h) < OXYGEN_GUARD));
    if (start + DAY > until || !(mean > (1 - NEAR) * limit || !plain)) continue;
    out.push({ factor, start, end: start + DAY, ratio: mean / limit, clear: plain && mean > (1 + NEAR) * limit && isOver(mean, limit) });
  }
  return out;
}

/** Around a shifted clock an hour may carry another hour's name. */
function isShifted(run: Run, h: number): boolean {
  const per = run.grid.perHour;
  for (let k = h - 7; k <= h + 7; k++) if (k >= 0 && (k + 1) * per <= run.grid.n && at(run.transport.clock, k * per) !== 0) return true;
  return false;
}

/** Running, unmarked, complete, sent once and in time, and before `until`: what was sent after it nobody has. */
function isPlain(run: Run, h: number, until: number): boolean {
  const { grid, transport, truth, ledger } = run;
  const start = timeAt(grid, h * grid.perHour);
  const end = start + HOUR;
  const due = Math.min(end + LATE, until);
  if (!(at(transport.hour, h) < due) || isShifted(run, h)) return false;
  if (transport.extra.some(({ segment }) => segment.index === h)) return false;
  if (ledger.marks.some((m) => m.start < end && m.end > start)) return false;
  for (let i = indexAt(grid, start); i < indexAt(grid, end); i++) {
    if (truth.state[i] !== RUN || !(at(transport.minute, i) < due)) return false;
  }
  return true;
}
