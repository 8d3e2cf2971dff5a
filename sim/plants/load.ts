import { isHoliday, springFestivals } from '../calendar.ts';
import { DAY, dateDigits, endOf, floorDay, HOUR, hourOfDay, indexAt, isWeekend, timeAt, weekdayOf, type Grid } from '../grid.ts';
import { at, clip, ou } from '../processes.ts';
import { randomStream, type Random } from '../random.ts';
import { OFF, RUN, SHUT, START, type Influence, type Site, type Stop } from '../world.ts';
import type { LoadRow } from './industry.ts';

/** Load before stops at one instant, without its wander. */
function pattern(row: LoadRow, t: number, sundayLoad: number | undefined): number {
  const h = hourOfDay(t);
  let load = row.base;
  for (const b of row.bumps ?? []) {
    const away = Math.abs(h - b.centre);
    load += b.amplitude * Math.exp(-((Math.min(away, 24 - away) / b.width) ** 2));
  }
  for (const s of row.sines ?? []) load += s.amplitude * Math.sin((2 * Math.PI * (h - s.phase)) / s.period);
  if (row.halfWave !== undefined && h > row.halfWave.from && h < row.halfWave.from + row.halfWave.length) {
    load += row.halfWave.amplitude * Math.max(0, Math.sin((Math.PI * (h - row.halfWave.from)) / row.halfWave.length));
  }
  if (row.weekend !== undefined && isWeekend(t)) load += row.weekend;
  const sunday = weekdayOf(t) === 6;
  if (row.shift !== undefined && (h < row.shift.from || h >= row.shift.to || (sunday && !row.shift.sundays))) load = row.shift.off;
  return sunday && sundayLoad !== undefined ? sundayLoad : load;
}

/** True where the shift's silence also takes the wander away (plating at night). */
function isQuiet(row: LoadRow, t: number): boolean {
  const shift = row.shift;
  if (shift === undefined || !shift.quiet) return false;
  const h = hourOfDay(t);
  return h < shift.from || h >= shift.to || (weekdayOf(t) === 6 && !shift.sundays);
}

/** Planned and natural stops of one outfall, in order, without overlaps. */
export function planStops(seed: string, site: Site, grid: Grid): Stop[] {
  const row = site.industry.stops;
  const random = randomStream(seed, site.id, 'stops');
  const stops: Stop[] = [];
  const add = (cause: Stop['cause'], at: number, off: readonly [number, number], draw: Random): void => {
    const down = row.rampDown === undefined ? 0 : draw.uniform(...row.rampDown) * HOUR;
    const up = row.startUp === undefined ? 0 : draw.uniform(...row.startUp) * HOUR;
    const offStart = at + down;
    const offEnd = offStart + draw.uniform(...off) * HOUR;
    stops.push({ cause, rampStart: at, offStart, offEnd, startEnd: offEnd + up });
  };
  const poisson = (cause: Stop['cause'], perYear: number, off: readonly [number, number], draw: Random): void => {
    if (perYear <= 0) return;
    for (let t = grid.start + draw.exponential((365 * DAY) / perYear); t < endOf(grid); t += draw.exponential((365 * DAY) / perYear)) add(cause, t, off, draw);
  };
  poisson('cold', row.perYear, row.off, random);
  if (row.staggered) poisson('staggered', row.staggered.perYear, row.staggered.off, randomStream(seed, site.id, 'staggered'));
  if (row.halts) poisson('halt', row.halts.perDay * 365, row.halts.off, randomStream(seed, site.id, 'halts'));
  for (const day of springFestivals(grid.start, endOf(grid))) {
    const draw = randomStream(seed, site.id, `spring-${day}`);
    if (!draw.chance(row.springFestival ?? 0)) continue;
    const days = draw.uniform(5, 12);
    add('holiday', day - draw.uniform(0.3, 0.6) * days * DAY, [days * 24, days * 24], draw);
  }
  if (row.holidays === true) stops.push(...holidayStops(grid));
  const sorted = stops.sort((a, b) => a.rampStart - b.rampStart);
  return affordable(sorted.filter((s, i) => sorted.slice(0, i).every((p) => p.startEnd + 12 * HOUR < s.rampStart)), row.rampHoursPerYear);
}

/** The stops whose ramps still fit into their year's hours, in order. */
function affordable(stops: readonly Stop[], hoursPerYear = Infinity): Stop[] {
  const used = new Map<string, number>();
  return stops.filter((s) => {
    const year = dateDigits(s.rampStart).slice(0, 4);
    const hours = (used.get(year) ?? 0) + (s.offStart - s.rampStart + s.startEnd - s.offEnd) / HOUR;
    if (hours > hoursPerYear) return false;
    used.set(year, hours);
    return true;
  });
}

function holidayStops(grid: Grid): Stop[] {
  const stops: Stop[] = [];
  let open: number | undefined;
  for (let day = floorDay(grid.start); day <= endOf(grid); day += DAY) {
    const off = isHoliday(day) && day < endOf(grid);
    if (off && open === undefined) open = day;
    if (!off && open !== undefined) {
      stops.push({ cause: 'holiday', rampStart: open, offStart: open, offEnd: day, startEnd: day });
      open = undefined;
    }
  }
  return stops;
}

/** State per step, from the stops alone: known before any event is planned. */
export function plantStates(grid: Grid, stops: readonly Stop[]): Uint8Array {
  const state = new Uint8Array(grid.n).fill(RUN);
  const fill = (from: number, to: number, value: number): void => {
    state.fill(value, indexAt(grid, from), indexAt(grid, to));
  };
  for (const s of stops) {
    fill(s.rampStart, s.offStart, SHUT);
    fill(s.offStart, s.offEnd, OFF);
    fill(s.offEnd, s.startEnd, START);
  }
  return state;
}

/** Load per step: pattern + wander, forced where an event says so, ramped by the stops. */
export function makeLoad(seed: string, site: Site, grid: Grid, stops: readonly Stop[], influence: Influence): Float64Array {
  const row = site.industry.load;
  const load = ou(randomStream(seed, site.id, 'load'), grid, row.wander.sd, row.wander.tau);
  const draw = randomStream(seed, site.id, 'load-parameters');
  const sunday = row.sundayOff !== undefined && draw.chance(row.sundayOff.share) ? row.sundayOff.load : undefined;
  for (let i = 0; i < grid.n; i++) {
    const t = timeAt(grid, i);
    const wander = isQuiet(row, t) ? 0 : at(load, i) * (influence.steady[i] === 1 ? 0.5 : 1);
    const forced = at(influence.load, i);
    load[i] = clip(Number.isNaN(forced) ? pattern(row, t, sunday) + wander : forced + 0.2 * wander, row.clip[0], row.clip[1]);
    // A forced load may lie outside the plant's usual band: that is what an order or a ban asks for.
    if (!Number.isNaN(forced) && forced < row.clip[0]) load[i] = forced;
  }
  for (const s of stops) applyRamps(load, grid, s);
  return load;
}

function applyRamps(load: Float64Array, grid: Grid, s: Stop): void {
  const low = 0.05;
  // A stop without a ramp begins inside a step: what lies before its ramp is untouched.
  const progress = (t: number, from: number, to: number): number => clip((t - from) / Math.max(1, to - from), 0, 1);
  for (let i = indexAt(grid, s.rampStart); i < indexAt(grid, s.startEnd); i++) {
    const t = timeAt(grid, i);
    const full = at(load, i);
    if (t >= s.offStart && t < s.offEnd) load[i] = 0;
    else if (t < s.offStart) load[i] = full + (low - full) * progress(t, s.rampStart, s.offStart);
    else load[i] = low + (full - low) * progress(t, s.offEnd, s.startEnd);
  }
}
