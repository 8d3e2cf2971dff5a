import { choosePollutants, dirty, hoursOf, round, type Episode, type KindTable } from '../event.ts';
import { DAY, HOUR } from '../grid.ts';
import { factorRow } from '../plants/factors.ts';
import { at } from '../processes.ts';
import { RUN, type Run } from '../world.ts';
import { measuredAtLimit, openDoor, rewrite, values } from './reading.ts';

const BOTH = ['gas', 'water'] as const;
const DIRTY = [1.3, 1.9] as const;
const dirtyFactors = (low: number, high: number): NonNullable<KindTable[string]['influence']> => (e, before) => {
  choosePollutants(e, low, high);
  dirty(e, before, DIRTY);
};

/** Family "invented numbers": the shown value no longer follows the plant. */
export const VALUE_CHEATS = {
  const_hold: {
    media: BOTH, hours: [6, 72], influence: dirtyFactors(1, 3),
    tier: (e) => (hoursOf(e) < 12 ? 3 : hoursOf(e) < 36 ? 2 : 1),
    forge: (e, run) => {
      const flicker = e.random.chance(0.3);
      e.params['flicker'] = flicker;
      for (const factor of e.factors) {
        const held = at(values(run, factor), Math.max(0, e.from - 1));
        const q = run.channels.get(factor)?.instrument.resolution ?? 0.01;
        rewrite(e, run, factor, () => (flicker && e.random.chance(0.05) ? held + (e.random.chance(0.5) ? q : -q) : held));
      }
    },
  },
  tiny_noise: {
    media: BOTH, hours: [24, 120], tier: 2, influence: dirtyFactors(1, 3),
    forge: (e, run) => {
      const sd = e.random.uniform(0.003, 0.01);
      const level = e.random.uniform(0.4, 0.75);
      Object.assign(e.params, { sd: round(sd), level: round(level) });
      for (const factor of e.factors) {
        const x0 = level * measuredAtLimit(run, factor, e.from);
        rewrite(e, run, factor, () => x0 * (1 + e.random.normal(0, sd)));
      }
    },
  },
  smooth_fake: { media: BOTH, hours: [12, 72], tier: 2, influence: dirtyFactors(1, 2), forge: smooth },
  cap_clip: {
    media: ['gas'], hours: [96, 288], tier: 1, influence: dirtyFactors(1, 2),
    forge: (e, run) => {
      const cap = e.random.uniform(0.85, 0.97);
      const jitter = e.random.uniform(0, 0.003);
      Object.assign(e.params, { cap: round(cap), jitter: round(jitter) });
      let clipped = 0;
      for (const factor of e.factors) {
        rewrite(e, run, factor, (x, i) => {
          const most = cap * measuredAtLimit(run, factor, i) * (1 - jitter * e.random.next());
          if (x > most) clipped++;
          return Math.min(x, most);
        });
      }
      // A ceiling that took the top of less than an hour's readings in days hid nothing.
      e.params['clipped'] = clipped;
      if (clipped < run.grid.perHour) e.void = true;
    },
  },
  limit_reflect: { media: ['gas'], hours: [168, 480], tier: 1, influence: dirtyFactors(1, 2), forge: reflectHours },
  scale_down: {
    media: BOTH, hours: [96, 480], tier: 1, influence: dirtyFactors(1, 2),
    forge: (e, run) => {
      const a = e.random.uniform(0.45, 0.8);
      const door = e.random.chance(0.8);
      Object.assign(e.params, { a: round(a), door });
      if (door) openDoor(e, run, e.start - e.random.uniform(10, 55) * 60_000);
      for (const factor of e.factors) rewrite(e, run, factor, (x) => a * x);
    },
  },
  offset_down: {
    media: BOTH, hours: [96, 480], tier: 1, influence: dirtyFactors(1, 2),
    forge: (e, run) => {
      const d = e.random.uniform(0.15, 0.35);
      e.params['offset'] = round(d);
      for (const factor of e.factors) {
        const down = d * measuredAtLimit(run, factor, e.from);
        rewrite(e, run, factor, (x) => Math.max(0, x - down));
      }
    },
  },
  replay: {
    media: BOTH, hours: [24, 96], tier: 1,
    influence: (e, before) => {
      const everything = e.site.medium === 'gas' && e.random.chance(0.4);
      e.factors = everything
        ? e.site.instruments.map((x) => x.factor).filter((f) => factorRow(f).extractive || f === 'a34013')
        : e.site.pollutants.map((p) => p.factor);
      dirty(e, before, DIRTY, e.site.pollutants.map((p) => p.factor));
    },
    forge: replay,
  },
  random_fill: {
    media: BOTH, hours: [12, 72], tier: 2, influence: dirtyFactors(1, 3),
    forge: (e, run) => {
      const level = e.random.uniform(0.4, 0.7);
      const cv = e.random.uniform(0.05, 0.25);
      const flat = e.random.chance(0.5);
      Object.assign(e.params, { level: round(level), cv: round(cv), shape: flat ? 'uniform' : 'normal' });
      for (const factor of e.factors) {
        const mean = level * measuredAtLimit(run, factor, e.from);
        const draw = (): number => (flat ? e.random.uniform(-Math.sqrt(3), Math.sqrt(3)) : e.random.normal());
        rewrite(e, run, factor, () => Math.max(0, mean * (1 + cv * draw())));
      }
    },
  },
} as const satisfies KindTable;

/** A slow average of the truth under a ceiling, or a drawn sine. */
function smooth(e: Episode, run: Run): void {
  const average = e.random.chance(0.5);
  e.params['shape'] = average ? 'ewma' : 'sine';
  for (const factor of e.factors) {
    if (average) {
      const alpha = e.random.uniform(0.02, 0.06);
      let mean = at(values(run, factor), Math.max(0, e.from - 1));
      rewrite(e, run, factor, (x, i) => {
        mean += alpha * (x - mean);
        return Math.min(mean, 0.9 * measuredAtLimit(run, factor, i));
      });
      continue;
    }
    const level = e.random.uniform(0.4, 0.75) * measuredAtLimit(run, factor, e.from);
    const amplitude = e.random.uniform(0.05, 0.2);
    const period = e.random.uniform(6, 24) * HOUR;
    const phase = e.random.uniform(0, 2 * Math.PI);
    rewrite(e, run, factor, (_, i) => level * (1 + amplitude * Math.sin((2 * Math.PI * i * run.grid.stepMs) / period + phase)));
  }
}

/** Hours that would exceed are pressed just under the limit, minute by minute in proportion. Where none would, nothing was done. */
function reflectHours(e: Episode, run: Run): void {
  let pressed = 0;
  const per = run.grid.perHour;
  for (const factor of e.factors) {
    const v = values(run, factor);
    for (let h = Math.ceil(e.from / per); (h + 1) * per <= e.to; h++) {
      let mean = 0;
      for (let i = h * per; i < (h + 1) * per; i++) mean += at(v, i) / measuredAtLimit(run, factor, i) / per;
      const target = e.random.uniform(0.86, 0.985);
      if (mean <= 0.98) continue;
      pressed++;
      for (let i = h * per; i < (h + 1) * per; i++) v[i] = (at(v, i) * target) / mean;
    }
  }
  e.params['pressedHours'] = pressed;
  if (pressed === 0) e.void = true;
}

/** Copies an earlier stretch of the same running plant. */
function replay(e: Episode, run: Run): void {
  const { grid } = run;
  const steps = e.to - e.from;
  const fits = (shift: number): boolean => {
    if (e.from - shift < 0 || shift < steps) return false;
    for (let i = e.from - shift; i < e.to - shift; i++) if (run.truth.state[i] !== RUN) return false;
    return true;
  };
  const tries = Array.from({ length: 20 }, () => Math.round((e.random.uniform(3, 20) * DAY) / grid.stepMs));
  const shift = tries.find(fits);
  if (shift === undefined) {
    e.void = true;
    return;
  }
  const jitter = e.random.chance(0.3);
  Object.assign(e.params, { daysBack: round((shift * grid.stepMs) / DAY), jitter });
  for (const factor of e.factors) {
    const v = values(run, factor);
    const q = run.channels.get(factor)?.instrument.resolution ?? 0.01;
    const source = v.slice(e.from - shift, e.to - shift);
    rewrite(e, run, factor, (_, i) => at(source, i - e.from) + (jitter && e.random.chance(0.15) ? (e.random.chance(0.5) ? q : -q) : 0));
  }
}
