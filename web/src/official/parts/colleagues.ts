import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';

export type Colleague = Routes['GET /api/access/colleagues']['response']['items'][number];

/** People of the own authority, to be named in acts, and the names of authorities. */
export const colleagues = () => call('GET /api/access/colleagues');
