import { randomStream, type Random } from '#sim/random';

/**
 * Honest series that are made otherwise than the simulator makes them: the platform must stay quiet on plants it was
 * not built on. Every recipe gives hourly rows of a CSV with a time column.
 */
export interface HonestRecipe {
  readonly name: string;
  readonly header: string;
  readonly limits: string;
  readonly o2Ref?: number;
  readonly row: (h: number, state: Record<string, number>, random: Random) => readonly (number | '')[];
}

const day = (h: number, phase: number): number => Math.sin((2 * Math.PI * (h - phase)) / 24);
const step = (state: Record<string, number>, name: string, a: number, sd: number, random: Random): number => {
  const next = a * (state[name] ?? 0) + sd * Math.sqrt(1 - a * a) * random.normal();
  state[name] = next;
  return next;
};
const to = (x: number, q: number): number => Number((Math.round(x / q) * q).toFixed(4));

export const HONEST: readonly HonestRecipe[] = [
  {
    name: 'strong diurnal swing of a treatment works', header: 'cod,nh3n,tn,tp,water_flow', limits: 'cod=50,nh3n=5,tn=15,tp=0.5',
    row: (h, s, r) => {
      const swing = day(h, 7) + 0.4 * day(2 * h, 5);
      const week = (Math.floor(h / 24) % 7) >= 5 ? -0.08 : 0;
      return [
        to(22 * Math.exp(0.25 * swing + week + step(s, 'cod', 0.9, 0.12, r)), 0.1), to(0.8 * Math.exp(0.5 * swing + step(s, 'nh', 0.93, 0.4, r)), 0.01),
        to(9 + 1.2 * swing + step(s, 'tn', 0.95, 0.8, r), 0.01), to(0.2 * Math.exp(0.2 * swing + step(s, 'tp', 0.9, 0.2, r)), 0.001),
        to(300 * (1 + 0.35 * swing + step(s, 'q', 0.8, 0.05, r)), 0.1),
      ];
    },
  },
  {
    name: 'clean gas boiler under the detection limit most of the time', header: 'so2,nox,dust,o2,temperature,flow', limits: 'so2=50,nox=50,dust=10', o2Ref: 3.5,
    row: (h, s, r) => {
      const so2 = 1.5 * step(s, 'so2', 0.7, 1, r) - 0.8;
      return [
        so2 < 1 ? 0 : to(so2, 1), to(28 + 4 * day(h, 9) + 3 * step(s, 'nox', 0.6, 1, r), 1), to(Math.max(0.1, 0.6 + 0.25 * step(s, 'dust', 0.9, 1, r)), 0.1),
        to(4 + 0.5 * step(s, 'o2', 0.6, 1, r), 0.1), to(92 + 3 * day(h, 14) + step(s, 't', 0.9, 1.5, r), 1), to(21_000 * (1 + 0.15 * day(h, 10) + 0.03 * r.normal()), 1),
      ];
    },
  },
  {
    name: 'heavy tails: bursts of carbon monoxide and acid gas', header: 'so2,nox,co,hcl,dust,o2,temperature,flow', limits: 'so2=100,nox=300,co=150,hcl=60,dust=30', o2Ref: 11,
    row: (_, s, r) => [
      to(18 * Math.exp(step(s, 'so2', 0.75, 0.6, r)), 0.01), to(150 * Math.exp(step(s, 'nox', 0.7, 0.15, r)), 0.01),
      to(4 * Math.exp(step(s, 'co', 0.4, 0.8, r) + (r.chance(0.01) ? 1 : 0)), 0.01), to(7 * Math.exp(step(s, 'hcl', 0.8, 0.45, r)), 0.01),
      to(2.2 * Math.exp(step(s, 'dust', 0.92, 0.3, r)), 0.01), to(8.5 + step(s, 'o2', 0.5, 0.8, r), 0.01), to(145 + step(s, 't', 0.9, 4, r), 0.1), to(80_000 * (1 + 0.06 * step(s, 'q', 0.8, 1, r)), 1),
    ],
  },
  {
    name: 'whole numbers, missing blocks and a slow season', header: 'so2,nox,dust,o2,temperature,flow', limits: 'so2=200,nox=200,dust=30', o2Ref: 9,
    row: (h, s, r) => {
      // Every so often the carrier loses half a day, or one analyser its morning.
      if (s['gap'] === undefined && r.chance(0.002)) s['gap'] = h + r.int(2, 12);
      const lost = (s['gap'] ?? -1) > h;
      if (!lost) delete s['gap'];
      const season = 0.15 * Math.sin((2 * Math.PI * h) / (24 * 75));
      const cells = [
        to(90 * Math.exp(season + step(s, 'so2', 0.85, 0.22, r)), 1), to(120 * Math.exp(step(s, 'nox', 0.8, 0.12, r)), 1), to(9 * Math.exp(season + step(s, 'dust', 0.9, 0.25, r)), 1),
        to(9.5 + step(s, 'o2', 0.7, 0.6, r), 0.1), to(105 + 8 * season + step(s, 't', 0.95, 5, r), 1), to(42_000 * (1 + 0.12 * day(h, 11) + 0.05 * step(s, 'q', 0.7, 1, r)), 1),
      ];
      return lost ? cells.map(() => '' as const) : cells;
    },
  },
];

/** The recipe as a CSV of `days` days. */
export function honestCsv(recipe: HonestRecipe, seed: string, days: number, start: number): string {
  const random = randomStream(seed, recipe.name, 'honest');
  const state: Record<string, number> = {};
  const rows = Array.from({ length: days * 24 }, (_, h) => `${start + h * 3_600_000},${recipe.row(h, state, random).join(',')}`);
  return [`time,${recipe.header}`, ...rows].join('\n');
}
