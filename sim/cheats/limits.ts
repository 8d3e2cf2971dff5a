import { hoursOf, round, type Episode, type KindTable } from '../event.ts';
import { DAY, floorDay, HOUR, indexAt, timeAt, weekdayOf } from '../grid.ts';
import { at } from '../processes.ts';
import type { Run } from '../world.ts';
import { measuredAtLimit, values } from './reading.ts';

const BOTH = ['gas', 'water'] as const;

/** Family "plain breach": limits, totals, orders and shifts broken without any disguise. */
export const LIMIT_CHEATS = {
  exceed_sustained: {
    media: BOTH, hours: [2, 40], tier: (e) => (hoursOf(e) < 2 ? 3 : hoursOf(e) < 3 ? 2 : 1),
    forge: (e, run) => {
      const factor = e.random.pick(run.site.pollutants.map((p) => p.factor));
      const level = e.random.uniform(1.1, 2.5);
      e.factors = [factor];
      e.params['level'] = round(level);
      const shown = values(run, factor);
      const truth = run.truth.values.get(factor);
      const usual = medianBefore(shown, e.from, run.grid.perHour * 24);
      for (let i = e.from; i < Math.min(e.to, run.grid.n); i++) {
        // The plant's own wobble stays, compressed, so that the exceedance does not look drawn.
        const wobble = usual > 0 ? Math.min(1.15, Math.max(0.95, (at(shown, i) / usual) ** 0.25)) : 1;
        shown[i] = level * measuredAtLimit(run, factor, i) * wobble;
        if (truth !== undefined) truth[i] = at(shown, i);
      }
    },
  },
  exceed_total: {
    media: BOTH, hours: [96, 96], running: false, tier: 1,
    // The permit is set in the ledger stage, when the masses are known; see permits.ts.
    forge: (e) => {
      e.factors = [e.site.pollutants[0]?.factor ?? 'a21026'];
    },
  },
  emergency_ignore: {
    media: BOTH, hours: [48, 96], tier: 1, alone: true,
    forge: (e, run) => {
      const cut = e.random.uniform(0.2, 1);
      e.params['cut'] = round(cut);
      run.ledger.orders.push({ start: e.start, end: e.end, cut: round(cut), what: '重污染天气应急减排' });
    },
  },
  off_hours: {
    media: ['water'], industries: ['electroplating'], hours: [48, 192], tier: 2, running: false, alone: true,
    influence: (e, before) => {
      const load = e.random.uniform(0.3, 0.8);
      e.params['load'] = round(load);
      for (let day = floorDay(e.start); day < e.end; day += DAY) {
        for (let i = indexAt(e.grid, day + 21 * HOUR); i < indexAt(e.grid, day + 29 * HOUR); i++) {
          if (timeAt(e.grid, i) < e.end && timeAt(e.grid, i) >= e.start) before.influence.load[i] = load;
        }
      }
    },
  },
} as const satisfies KindTable;

function medianBefore(values: Float64Array, from: number, steps: number): number {
  const window = Array.from(values.slice(Math.max(0, from - steps), from)).sort((a, b) => a - b);
  return window[Math.floor(window.length / 2)] ?? 0;
}

/** Places a total-emission crossing: between 45 % and 90 % of the planned period, its label from a day before to three after. */
export const crossingTime = (e: Episode, run: Run, periodEnd: number): number =>
  run.grid.start + e.random.uniform(0.45, 0.9) * (periodEnd - run.grid.start);

/** The event lies around the hour in which the amount is crossed. */
export function crossesAt(e: Episode, at: number): void {
  e.start = at - 24 * HOUR;
  e.end = at + 72 * HOUR;
  e.params['weekday'] = weekdayOf(at);
}
