import { dirty, hoursOf, round, throttle, type Before, type Episode, type KindTable } from '../event.ts';
import { at } from '../processes.ts';
import type { Run } from '../world.ts';
import { measuredAtLimit, rewrite } from './reading.ts';

const BOTH = ['gas', 'water'] as const;

const soil = (e: Episode, before: Before, power: readonly [number, number], dirt: readonly [number, number]): void => {
  // What a treatment plant removes; dust filters and denitrification stay on in a desulphurisation stop, but the
  // simulator's one treatment line stands for all of them.
  e.factors = e.site.pollutants.map((p) => p.factor);
  throttle(e, before, power);
  dirty(e, before, dirt);
};

/** Family "treatment": facilities off or idle, meters that pretend otherwise. */
export const TREATMENT_CHEATS = {
  treatment_off: {
    media: BOTH, hours: [3, 30], tier: (e) => (hoursOf(e) >= 8 ? 1 : 2),
    influence: (e, before) => soil(e, before, [0.02, 0.08], [2.5, 6]),
    forge: (e, run) => {
      const capped = e.random.chance(0.6);
      e.params['shown'] = capped ? 'capped' : 'truth';
      if (capped) capBelowLimit(e, run);
    },
  },
  treatment_idle: {
    media: BOTH, hours: [12, 120], tier: 2,
    influence: (e, before) => soil(e, before, [0.3, 0.55], [1.4, 2.2]),
    forge: (e, run) => {
      const scaled = e.random.chance(0.5);
      e.params['shown'] = scaled ? 'scaled' : 'truth';
      const m = Number(e.params['dirty']);
      if (scaled) for (const factor of e.factors) rewrite(e, run, factor, (x) => x / m);
    },
  },
  meter_fake: {
    media: BOTH, hours: [48, 192], tier: 2,
    influence: (e, before) => soil(e, before, [0.3, 0.55], [1.4, 2.2]),
    forge: (e, run) => {
      const constant = e.random.chance(0.5);
      e.params['shown'] = constant ? 'constant' : 'previous_day';
      const back = Math.round(86_400_000 / run.grid.stepMs);
      for (const meter of run.site.meters) {
        const kw = run.reportedPower.get(meter.id);
        if (meter.role !== 'treatment' || kw === undefined || e.from < back) continue;
        const source = kw.slice(e.from - back, e.from);
        for (let i = e.from; i < e.to; i++) kw[i] = constant ? at(source, back - 1) : at(source, (i - e.from) % back);
      }
      const m = Number(e.params['dirty']);
      for (const factor of e.factors) rewrite(e, run, factor, (x) => x / m);
    },
  },
} as const satisfies KindTable;

function capBelowLimit(e: Episode, run: Run): void {
  const cap = e.random.uniform(0.7, 0.95);
  e.params['cap'] = round(cap);
  for (const factor of e.factors) {
    rewrite(e, run, factor, (x, i) => Math.min(x, cap * measuredAtLimit(run, factor, i) * (1 - 0.02 * e.random.next())));
  }
}
