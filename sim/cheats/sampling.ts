import { dirty, round, type Episode, type KindTable } from '../event.ts';
import { DAY, floorDay, HOUR, indexAt } from '../grid.ts';
import { factorRow } from '../plants/factors.ts';
import { samplingSteps } from '../plants/water.ts';
import { at } from '../processes.ts';
import type { Run, WaterPlant } from '../world.ts';
import { openDoor, rewrite, values } from './reading.ts';

const DIRTY = [1.3, 1.9] as const;
const dirtyAll: NonNullable<KindTable[string]['influence']> = (e, before) => {
  e.factors = e.site.pollutants.map((p) => p.factor);
  dirty(e, before, DIRTY);
};

/** Family "what reaches the instrument": diluted, swapped or dodged samples and touched sensors. */
export const SAMPLING_CHEATS = {
  air_dilution: {
    media: ['gas'], hours: [8, 96], tier: 1, influence: dirtyAll,
    forge: (e, run) => {
      const d = e.random.uniform(0.2, 0.6);
      const hidden = e.random.chance(0.5);
      Object.assign(e.params, { d: round(d), o2Hidden: hidden });
      for (const { factor } of run.site.pollutants) if (factorRow(factor).extractive) rewrite(e, run, factor, (x) => x * (1 - d));
      if (!hidden) rewrite(e, run, 'a19001', (x) => x * (1 - d) + 20.9 * d);
    },
  },
  o2_down: {
    media: ['gas'], hours: [24, 144], tier: 1, influence: dirtyAll,
    forge: (e, run) => {
      const scale = e.random.chance(0.5) ? e.random.uniform(0.6, 0.85) : undefined;
      const offset = e.random.uniform(1.5, 4);
      Object.assign(e.params, scale === undefined ? { offset: round(offset) } : { scale: round(scale) });
      e.factors = ['a19001'];
      rewrite(e, run, 'a19001', (x) => Math.max(1.5, scale === undefined ? x - offset : x * scale));
    },
  },
  flow_coef: {
    media: ['gas'], hours: [120, 360], tier: 2,
    forge: (e, run) => {
      const share = e.random.uniform(0.5, 0.8);
      const velocity = e.random.chance(0.4);
      Object.assign(e.params, { share: round(share), velocity });
      e.factors = velocity ? ['a00000', 'a01011'] : ['a00000'];
      for (const factor of e.factors) rewrite(e, run, factor, (x) => x * share);
    },
  },
  factor_clone: {
    media: ['gas'], hours: [48, 192], tier: 1,
    influence: (e, before) => {
      e.factors = ['a34013'];
      dirty(e, before, DIRTY);
    },
    forge: (e, run) => {
      if (e.random.chance(0.5)) e.factors = ['a34013', 'a01011'];
      const temp = values(run, 'a01012');
      const mean = at(temp, e.from);
      for (const factor of e.factors) {
        const level = at(values(run, factor), Math.max(0, e.from - 1));
        const gain = e.random.uniform(0.02, 0.06) * level;
        rewrite(e, run, factor, (_, i) => Math.max(0, level + gain * (at(temp, i) - mean)));
      }
    },
  },
  sample_swap: {
    media: ['water'], hours: [24, 168], tier: 1, influence: dirtyAll,
    forge: (e, run) => {
      const steps = new Set(samplingSteps(run.site, run.grid));
      for (const p of run.site.pollutants) {
        const bottle = e.random.uniform(0.2, 0.55) * p.limit;
        let shown = bottle;
        rewrite(e, run, p.factor, (_, i) => {
          if (steps.has(i)) shown = bottle * (1 + e.random.normal(0, 0.015));
          return shown;
        });
      }
      for (const t of [e.start, e.end]) if (e.random.chance(0.8)) openDoor(e, run, t - e.random.uniform(2, 15) * 60_000);
    },
  },
  sample_dodge: {
    media: ['water'], industries: ['dyeing', 'chemical', 'municipal'], hours: [72, 288], tier: 1, influence: dirtyAll,
    forge: (e, run) => {
      const low = e.random.uniform(0.1, 0.3);
      const high = e.random.uniform(1.15, 1.5);
      Object.assign(e.params, { low: round(low), high: round(high) });
      const steps = new Set(samplingSteps(run.site, run.grid));
      e.factors = ['w00000'];
      rewrite(e, run, 'w00000', (x, i) => x * (steps.has(i) ? low : high));
    },
  },
  night_batch: {
    media: ['water'], industries: ['electroplating'], hours: [120, 336], tier: 1, running: false,
    influence: (e, before) => {
      e.factors = ['w00000'];
      for (const [from, to] of nights(e)) {
        const extra = e.random.uniform(0.8, 2.5) * (e.site.plant as WaterPlant).flow;
        for (let i = from; i < to; i++) before.influence.flow[i] = (before.influence.flow[i] ?? 0) + extra;
      }
      e.params['nights'] = nights(e).length;
    },
    forge: sleepAtNight,
  },
  bypass_flow: {
    media: ['water'], hours: [72, 336], tier: 2,
    forge: (e, run) => {
      const share = e.random.uniform(0.25, 0.6);
      e.params['share'] = round(share);
      e.factors = ['w00000'];
      rewrite(e, run, 'w00000', (x) => x * share);
    },
  },
  species_order: {
    media: ['water'], eligible: (site) => site.pollutants.some((p) => p.factor === 'w21001'), hours: [24, 120], tier: 2,
    forge: (e, run) => {
      const above = e.random.uniform(1.05, 1.4);
      e.params['above'] = round(above);
      e.factors = ['w21003', 'w21001'];
      const total = values(run, 'w21001');
      rewrite(e, run, 'w21003', (_, i) => at(total, i) * above);
    },
  },
} as const satisfies KindTable;

/** Night windows of the event as step ranges; hours derive from the day, so that both stages see the same nights. */
function nights(e: Episode): [number, number][] {
  const out: [number, number][] = [];
  for (let day = floorDay(e.start); day < e.end; day += DAY) {
    const turn = Math.floor(day / DAY) % 7;
    const start = day + (23 + 0.25 * turn) * HOUR;
    const from = indexAt(e.grid, start);
    const to = indexAt(e.grid, Math.min(e.end, start + (1 + (3 * ((turn * 3) % 7)) / 6) * HOUR));
    if (from < to && start >= e.start) out.push([from, to]);
  }
  return out;
}

/** The analyser is asleep while the tank is emptied: result and SampleTime stand still. */
function sleepAtNight(e: Episode, run: Run): void {
  for (const [from, to] of nights(e)) {
    for (let i = from; i < Math.min(run.grid.n, to + run.grid.perHour * run.site.cycleHours); i++) {
      run.sampled[i] = at(run.sampled, from - 1);
      for (const p of run.site.pollutants) {
        const v = values(run, p.factor);
        v[i] = at(v, from - 1);
      }
    }
  }
}

