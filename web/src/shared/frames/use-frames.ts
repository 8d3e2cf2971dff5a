import { call } from '../api.ts';
import type { Routes } from '../api.gen.ts';
import { usePages, type Rows } from '../pages.tsx';

const HALF_HOUR = 30 * 60_000;

/** The frames about a moment of a curve: from half an hour before it to an hour after. */
export const useFrames = (outfall: string, at: number): Rows<Routes['GET /api/outfalls/:outfall/frames']['response']['items'][number]> =>
  usePages(['frames', outfall, at], (page) => call('GET /api/outfalls/:outfall/frames', { params: { outfall }, query: { ...page, from: new Date(at - HALF_HOUR).toISOString(), to: new Date(at + 2 * HALF_HOUR).toISOString() } }));
