import { D, M } from '../devices/flags.ts';
import { round, type Episode, type KindTable } from '../event.ts';
import { HOUR } from '../grid.ts';
import { at } from '../processes.ts';
import type { Run } from '../world.ts';
import { values } from '../cheats/reading.ts';

const BOTH = ['gas', 'water'] as const;

/** Honest work on instruments and honest faults. */
export const INSTRUMENT_LOOKALIKES = {
  sensor_replaced: {
    media: BOTH, hours: [3, 7], startHour: [9, 15], tier: null,
    forge: (e, run) => {
      const factor = e.random.pick(run.site.pollutants.map((p) => p.factor));
      e.factors = [factor];
      hold(e, run, M);
      const gain = 1 + (e.random.chance(0.5) ? 1 : -1) * e.random.uniform(0.06, 0.14);
      const noise = e.random.uniform(0.4, 1.7);
      Object.assign(e.params, { gain: round(gain), noise: round(noise) });
      const shown = values(run, factor);
      const truth = run.truth.values.get(factor);
      for (let i = e.to; truth !== undefined && i < run.grid.n; i++) {
        if (run.channels.get(factor)?.flags[i] === M || at(shown, i) === 0) continue;
        const x = at(truth, i);
        // Analysers are judged by results, not by noise on every step: only the gain changes there.
        shown[i] = run.site.medium === 'gas' ? Math.max(0, x * gain + (at(shown, i) - x) * noise) : at(shown, i) * gain;
      }
      run.ledger.maintenance.push({ start: e.start, end: e.end, what: 'sensor_replaced', factors: e.factors });
      run.ledger.marks.push({
        kind: 'maintenance', start: e.start, end: e.end, submitted: e.start - e.random.uniform(0, 20) * HOUR, reason: '更换分析仪传感器',
      });
    },
  },
  analyser_fault: {
    media: BOTH, hours: [4, 20], tier: null,
    forge: (e, run) => {
      e.factors = [e.random.pick(run.site.pollutants.map((p) => p.factor))];
      hold(e, run, D);
      run.ledger.marks.push({
        kind: 'analyser_fault', start: e.start, end: e.end, submitted: e.start + e.random.uniform(0.3, 3) * HOUR, reason: '分析仪故障，已报修',
      });
      run.ledger.maintenance.push({ start: e.start, end: e.end, what: 'analyser_fault', factors: e.factors });
    },
  },
} as const satisfies KindTable;

/** A held value under an honest mark. */
function hold(e: Episode, run: Run, flag: number): void {
  for (const factor of e.factors) {
    const channel = run.channels.get(factor);
    if (channel === undefined) continue;
    const held = at(channel.values, Math.max(0, e.from - 1));
    for (let i = e.from; i < Math.min(e.to, run.grid.n); i++) {
      channel.values[i] = held;
      channel.flags[i] = flag;
    }
  }
}
