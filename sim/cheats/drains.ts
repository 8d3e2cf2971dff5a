import { hoursOf, round, type Episode, type KindTable } from '../event.ts';
import type { Range } from '../plants/industry.ts';
import type { Run } from '../world.ts';
import { rewrite } from './reading.ts';

/** Water that is not rain in a drain, L/s: its flow now, its salt (µS/cm) when the probes read. */
export function letIn(e: Episode, flow: Float64Array, range: Range): void {
  const litres = e.random.uniform(...range);
  e.factors = ['w00000'];
  e.params['flow'] = round(litres);
  for (let i = e.from; i < Math.min(e.to, e.grid.n); i++) flow[i] = litres * e.random.uniform(0.85, 1.15);
}

export function showSalt(e: Episode, run: Run, range: Range): void {
  const salt = e.random.uniform(...range);
  e.params['conductivity'] = round(salt);
  rewrite(e, run, 'w01014', () => salt * (1 + e.random.normal(0, 0.03)));
}

/** Family "drains": wastewater that leaves by the stormwater outlet when it does not rain (model:D16). */
export const DRAIN_CHEATS = {
  dry_discharge: {
    media: ['water'], drain: true, hours: [0.75, 8], startHour: [20, 29], rate: 6, running: false,
    tier: (e) => (hoursOf(e) >= 4 ? 1 : 2),
    influence: (e, before) => letIn(e, before.influence.flow, [0.4, 4]),
    forge: (e, run) => showSalt(e, run, [1200, 4500]),
  },
} as const satisfies KindTable;
