import type { InjectRequest } from './plan.ts';

const DAY = 86_400_000;

/** Days after the end of history, so that the weeks the demonstration lives through, and those a visitor runs on, have news. */
const PLOT: readonly (readonly [day: number, kind: string, outfall: string, hours: number])[] = [
  [14.4, 'const_hold', 'QY0002-DA001', 30],
  [18.3, 'exceed_sustained', 'QY0005-DA001', 7],
  [23.4, 'exceed_sustained', 'QY0001-DA001', 10],
  [27.5, 'treatment_off', 'QY0006-DA001', 14],
  [31.3, 'exceed_sustained', 'QY0002-DA001', 6],
  [34.4, 'const_hold', 'QY0003-DW001', 40],
  [36.4, 'exceed_sustained', 'QY0005-DA001', 8],
  [38.3, 'exceed_sustained', 'QY0006-DA001', 9],
  [40.4, 'exceed_sustained', 'QY0001-DA001', 7],
  [41.6, 'const_hold', 'QY0005-DA001', 30],
  [42.4, 'exceed_sustained', 'QY0002-DA001', 12],
  [43.3, 'treatment_off', 'QY0001-DA001', 12],
  [44.1, 'exceed_sustained', 'QY0006-DA001', 14],
];

/** After the plot something happens every two to three days, round the province. */
const ROUND = ['QY0001-DA001', 'QY0005-DA001', 'QY0002-DA001', 'QY0006-DA001', 'QY0003-DW001'];
const KINDS = ['exceed_sustained', 'const_hold', 'treatment_off'] as const;
const LAST_DAY = 100;

/** Requests for the live province beyond its own first days; `end` is the end of history, epoch ms. */
export function laterStory(end: number): InjectRequest[] {
  const plot = PLOT.map(([day, kind, outfall, hours]) => ({ kind, outfall, hours, at: end + day * DAY }));
  const rounds: InjectRequest[] = [];
  for (let k = 0; 46 + k * 2.4 < LAST_DAY; k++) {
    rounds.push({ kind: KINDS[k % KINDS.length] ?? 'exceed_sustained', outfall: ROUND[k % ROUND.length] ?? '', hours: 6 + (k % 4) * 5, at: end + (46 + k * 2.4) * DAY });
  }
  return [...plot, ...rounds];
}
