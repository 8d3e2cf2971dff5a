import { call } from '../../shared/api.ts';
import type { Tier } from '../../shared/tiers.ts';
import { usePages, type Rows } from '../../shared/pages.tsx';
import type { ClueRow } from '../shapes.ts';
import { viewOf, type ClueOrder } from './views.ts';

/** The pool's filters, as they stand in the address of the pool and of each clue opened from it. */
export interface PoolSearch {
  readonly state?: string;
  readonly tier?: Tier;
  readonly unit?: string;
  readonly order?: ClueOrder;
}

const PANEL_STATES = viewOf('panel').states.join(',');

/** The panel's own desk comes in the order of its work; everything else by what ends first. */
export const orderOf = ({ order, state }: PoolSearch): ClueOrder => order ?? (state === PANEL_STATES ? 'priority' : 'urgent');

/** The clues of the pool that fit its filters. */
export function usePool(search: PoolSearch, refetchInterval: number | false = false): Rows<ClueRow> {
  const { state, tier, unit } = search;
  const order = orderOf(search);
  const filters = { ...(state === undefined ? {} : { state }), ...(tier === undefined ? {} : { tier }), ...(unit === undefined ? {} : { unit }), order };
  return usePages(['clues', 'pool', filters], (at) => call('GET /api/review/clues', { query: { ...filters, ...at } }), refetchInterval);
}
