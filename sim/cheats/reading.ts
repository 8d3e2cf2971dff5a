import { convert } from '../devices/hours.ts';
import { N } from '../devices/flags.ts';
import type { Episode } from '../event.ts';
import type { FactorCode } from '../plants/industry.ts';
import { at } from '../processes.ts';
import { randomStream } from '../random.ts';
import type { Run } from '../world.ts';

/** How the cheats of every family read and write what an instrument shows. */

export const values = (run: Run, factor: FactorCode): Float64Array => run.channels.get(factor)?.values ?? new Float64Array(run.grid.n);

export const limitOf = (run: Run, factor: FactorCode): number => run.site.pollutants.find((p) => p.factor === factor)?.limit ?? 0;

/** Rewrites one channel over the event; flagged steps (calibration, stop) stay what they are. */
export function rewrite(e: Episode, run: Run, factor: FactorCode, f: (x: number, i: number) => number): void {
  const channel = run.channels.get(factor);
  if (channel === undefined) return;
  for (let i = e.from; i < Math.min(e.to, run.grid.n); i++) {
    if (channel.flags[i] === N) channel.values[i] = f(at(channel.values, i), i);
  }
}

/** Measured concentration that converts to one times the limit at this step's shown oxygen; water: the limit itself. */
export function measuredAtLimit(run: Run, factor: FactorCode, i: number): number {
  const limit = limitOf(run, factor);
  if (run.site.plant.kind !== 'gas') return limit;
  const per = convert(1, at(values(run, 'a19001'), i), run.site.plant.o2Reference);
  return per > 0 ? limit / per : limit;
}

/** Sets the flag of every channel of the outfall over steps. */
export function flagAll(run: Run, from: number, to: number, flag: number): void {
  for (const { flags } of run.channels.values()) for (let i = from; i < Math.min(to, run.grid.n); i++) flags[i] = flag;
}

/** An opening of the station door, by somebody the register does not know unless said otherwise. */
export function openDoor(e: Episode, run: Run, at: number, person?: string): void {
  const minutes = e.random.uniform(8, 35);
  run.ledger.doors.push({
    open: at,
    close: at + minutes * 60_000,
    method: e.random.pick(['ic_card', 'password'] as const),
    person: person ?? `UNREG-${e.random.int(100, 999)}`,
    purpose: 'unknown',
  });
  if (randomStream(run.seed, run.site.id, `door-video-${Math.round(at)}`).chance(0.9)) {
    run.ledger.video.push({ start: at, end: at + minutes * 60_000, camera: `${run.site.id}-C1`, event: 'person' });
  }
}
