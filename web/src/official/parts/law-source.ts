import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';

export type LawEntry = Routes['GET /api/law']['response']['items'][number];

/** Everything under `law/` as the platform reads it. */
export const lawEntries = () => call('GET /api/law');
