import { dataTime, HOUR, MINUTE, timeAt, type Grid } from '../grid.ts';
import { at } from '../processes.ts';
import { randomStream } from '../random.ts';
import type { Site } from '../world.ts';
import type { TimedFrame } from './doors.ts';
import { toFrames } from './frames.ts';

export const POWER_EVERY = 10 * MINUTE;

/**
 * ST 80 frames of the power terminal, one channel per meter (`100001-Pt`, `-Ept`, `-Ia`…): the practice before
 * HJ 212-2025 gave electricity its own type 44. Sent every 10 minutes, or every step where that is longer; DataTime is
 * the moment of reading, the same as in power.csv.
 */
export function powerFrames(seed: string, site: Site, grid: Grid, power: ReadonlyMap<string, Float64Array>, from: number, to: number): TimedFrame[] {
  const every = Math.max(1, Math.round(POWER_EVERY / grid.stepMs));
  const random = randomStream(seed, site.id, 'power-frames');
  const energy = new Map<string, number>();
  const frames: TimedFrame[] = [];
  for (let i = 0; i < grid.n; i++) {
    for (const meter of site.meters) {
      const kw = at(power.get(meter.id) ?? new Float64Array(0), i);
      energy.set(meter.id, (energy.get(meter.id) ?? 0) + (kw * grid.stepMs) / HOUR);
    }
    if (i % every !== 0) continue;
    const t = timeAt(grid, i);
    const jitter = random.uniform(2, 20) * 1000;
    const factor = random.uniform(0.82, 0.92);
    const swing = random.normal(0, 0.006);
    if (t < from || t >= to) continue;
    const items = site.meters.map((m) => channelItem(m.channel, at(power.get(m.id) ?? new Float64Array(0), i), energy.get(m.id) ?? 0, factor, swing));
    for (const frame of toFrames({ st: '80', cn: '2011', mn: site.powerMn, sentAt: t + jitter - 500, dataTime: dataTime(t), items })) {
      frames.push({ at: Math.round(t + jitter), frame });
    }
  }
  return frames;
}

/** Three-phase details from the power: U 380 V ± 2 %, I = P/(√3·U·PF). */
function channelItem(channel: string, kw: number, kwh: number, factor: number, swing: number): string {
  const volt = 380 * (1 + swing);
  const amp = (kw * 1000) / (Math.sqrt(3) * volt * factor);
  const u = (volt / Math.sqrt(3)).toFixed(1);
  return (
    `${channel}-Ia=${amp.toFixed(2)},${channel}-Ib=${(amp * 0.99).toFixed(2)},${channel}-Ic=${(amp * 1.01).toFixed(2)},` +
    `${channel}-Ua=${u},${channel}-Ub=${u},${channel}-Uc=${u},${channel}-PF=${factor.toFixed(2)},` +
    `${channel}-Pt=${kw.toFixed(3)},${channel}-Ept=${kwh.toFixed(2)},${channel}-Flag=N`
  );
}
