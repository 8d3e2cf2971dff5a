import { doorFrames, type TimedFrame } from './devices/doors.ts';
import { hourMessage, minuteMessage, toFrames } from './devices/frames.ts';
import { powerFrames } from './devices/power-frames.ts';
import { sideFrames } from './devices/side-frames.ts';
import { indexAt } from './grid.ts';
import { at } from './processes.ts';
import { randomStream } from './random.ts';
import { isDrain } from './world.ts';
import type { OutfallResult } from './simulate-outfall.ts';

export type { TimedFrame };

/**
 * All frames of an outfall's devices (data, door; power and side devices where asked for) that arrive in [from, to), unsorted. About one frame in ten
 * thousand is damaged on the way: a byte changed or the tail cut off (`damaged` false: a live device repairs by sending again).
 */
export function outfallFrames(result: OutfallResult, from: number, to: number, withPower: boolean, damaged = true, withSide = false): TimedFrame[] {
  const { run, hours } = result;
  const { site, grid, transport, channels, sampled } = run;
  const frames: TimedFrame[] = [];
  const damage = randomStream(run.seed, site.id, 'damage');
  const send = (due: number, make: () => readonly string[]): void => {
    // Drawn for every message, sent here or not, so that history and live province damage the same frames.
    const broken = damage.chance(1e-4) && damaged;
    const where = damage.next();
    if (!(due >= from && due < to)) return;
    make().forEach((frame, k) => frames.push({ at: due + k, frame: broken ? spoil(frame, where) : frame }));
  };
  for (let i = 0; i < grid.n; i++) {
    const due = at(transport.minute, i);
    send(due, () => toFrames(minuteMessage(site, grid, channels, sampled, i, due - SEND_LEAD, at(transport.clock, i))));
    if ((i + 1) % grid.perHour !== 0) continue;
    const h = (i + 1) / grid.perHour - 1;
    const hourDue = at(transport.hour, h);
    send(hourDue, () => toFrames(hourMessage(site, grid, hours, channels, sampled, h, hourDue - SEND_LEAD, at(transport.clock, i))));
  }
  for (const { at: due, segment } of transport.extra) {
    const clock = at(transport.clock, Math.min(grid.n - 1, indexAt(grid, due)));
    if (!(due >= from && due < to)) continue;
    for (const frame of toFrames(hourMessage(site, grid, hours, channels, sampled, segment.index, Math.round(due) - SEND_LEAD, clock, segment.factors))) {
      frames.push({ at: Math.round(due), frame });
    }
  }
  if (isDrain(site)) return frames;
  for (const f of doorFrames(run.seed, site, grid, run.ledger, run.influence.dark)) if (f.at >= from && f.at < to) frames.push(f);
  if (withPower) frames.push(...powerFrames(run.seed, site, grid, run.reportedPower, from, to).filter((f) => f.at >= from && f.at < to));
  if (withSide) frames.push(...sideFrames(run, from, to));
  return frames;
}

/** Milliseconds between a device's sending (QN) and the arrival. */
const SEND_LEAD = 350;

function spoil(frame: string, where: number): string {
  const k = 6 + Math.floor(where * (frame.length - 12));
  return where < 0.5 ? frame.slice(0, k + 4) : `${frame.slice(0, k)}~${frame.slice(k + 1)}`;
}
