import { dataTime, HOUR, MINUTE, timeAt, type Grid } from '../grid.ts';
import { factorRow } from '../plants/factors.ts';
import type { FactorCode, Medium, Range } from '../plants/industry.ts';
import { at, ou } from '../processes.ts';
import { randomStream } from '../random.ts';
import type { Run, Site } from '../world.ts';
import type { TimedFrame } from './doors.ts';
import { toFrames } from './frames.ts';

/** Channel of the water meter at the intake, as the process device names it; the register says what it stands for. */
export const INTAKE = { code: 'q1', zh: '取水量', unit: 'm3/h' } as const;
/** Share of the water taken in that evaporates or leaves with the product. */
export const WATER_LOSS = 0.1;

/** What treatment lets through, as a range per medium. */
const PASSAGE: Readonly<Record<Medium, Range>> = { gas: [0.04, 0.12], water: [0.05, 0.15] };
/** Pollutants an analyser before treatment measures. */
const MEASURED: readonly FactorCode[] = ['a21026', 'w01018'];

/** The device before treatment, where it has something to measure, and the one that counts water in: of every site, where side devices are asked for at all. */
export const sideDevices = (site: Site): { readonly inlet: string | undefined; readonly process: string | undefined } => ({
  inlet: site.pollutants.some((p) => MEASURED.includes(p.factor)) ? siteNumber(site, 3) : undefined,
  process: site.medium === 'water' ? siteNumber(site, 4) : undefined,
});

/** Device numbers carry their role in the 15th digit (`site.ts`). */
const siteNumber = (site: Site, role: number): string => `${site.mn.slice(0, 14)}${role}${site.mn.slice(15)}`;

/**
 * Hourly frames of the devices beside the outfall's own, from random streams of their own: the concentration before treatment (what a cheat adds to the
 * emission is treatment not done, so the inlet does not show it) and the water taken in (which a bent flow meter does not change).
 */
export function sideFrames(run: Run, from: number, to: number): TimedFrame[] {
  const { site, grid, seed } = run;
  const jitter = randomStream(seed, site.id, 'side-jitter');
  const { inlet, process } = sideDevices(site);
  const st = site.medium === 'gas' ? '31' : '32';
  const channels = inletHours(run);
  const intake = process === undefined ? undefined : intakeHours(run);
  const frames: TimedFrame[] = [];
  for (let h = 0; (h + 1) * grid.perHour <= grid.n; h++) {
    const start = timeAt(grid, h * grid.perHour);
    const due = Math.round(start + HOUR + jitter.uniform(1, 5) * MINUTE);
    if (due < from || due >= to || run.influence.dark[h * grid.perHour] === 1) continue;
    const send = (mn: string, type: string, items: readonly string[]): void => {
      for (const frame of toFrames({ st: type, cn: '2061', mn, sentAt: due - 350, dataTime: dataTime(start), items })) frames.push({ at: due, frame });
    };
    if (inlet !== undefined) send(inlet, st, channels.map(([factor, values]) => item(factor, at(values, h), factorRow(factor).unit === 'mg/m3' ? 1 : 2)));
    if (process !== undefined && intake !== undefined) send(process, '52', [item(INTAKE.code, at(intake, h), 2)]);
  }
  return frames;
}

const item = (code: string, value: number, decimals: number): string => `${code}-Avg=${value.toFixed(decimals)},${code}-Flag=N`;

/** Before treatment: the outlet without what events added, over the share that passes, with a wander of its own. */
function inletHours({ seed, site, grid, truth, influence }: Run): [FactorCode, Float64Array][] {
  return site.pollutants.filter((p) => MEASURED.includes(p.factor)).map(({ factor }) => {
    const random = randomStream(seed, site.id, `inlet-${factor}`);
    const passage = random.uniform(...PASSAGE[site.medium]);
    const wander = ou(random, grid, 0.06, 8);
    const added = influence.ln.get(factor);
    const out = truth.values.get(factor) ?? new Float64Array(grid.n);
    return [factor, hourly(grid, (i) => (at(out, i) * Math.exp(at(wander, i) - (added?.[i] ?? 0))) / passage)];
  });
}

/** Water taken in, m³/h: what the plant discharges and loses; a tank discharger draws it as it works, not as the tank is emptied. */
function intakeHours({ seed, site, grid, truth, influence }: Run): Float64Array {
  const wander = ou(randomStream(seed, site.id, 'intake'), grid, 0.04, 12);
  const tank = site.industry.water?.mechanism === 'tank';
  const drawn = (i: number): number => (tank ? 0.8 * site.plant.flow * at(truth.load, i) + at(influence.flow, i) : at(truth.flow, i));
  return hourly(grid, (i) => (3.6 * drawn(i) * Math.exp(at(wander, i))) / (1 - WATER_LOSS));
}

const hourly = (grid: Grid, of: (i: number) => number): Float64Array =>
  Float64Array.from({ length: Math.floor(grid.n / grid.perHour) }, (_, h) => {
    let sum = 0;
    for (let i = h * grid.perHour; i < (h + 1) * grid.perHour; i++) sum += of(i);
    return sum / grid.perHour;
  });
