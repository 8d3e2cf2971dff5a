import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';

export type Colleague = Routes['GET /api/access/colleagues']['response']['items'][number];

/** People of the own authority, to be named in acts, and the names of authorities. */
export const colleagues = () => call('GET /api/access/colleagues');

/** Who may be named for a role today: people of that role, and deputies with the name of whom they act for. */
export const choicesFor = (people: readonly Colleague[], role: string): { value: string; label: string }[] =>
  people.flatMap(({ accountId, name, roles, deputising }) => {
    const principals = deputising.filter((one) => one.role === role).map((one) => one.for);
    if (roles.includes(role)) return [{ value: accountId, label: name }];
    return principals.length === 0 ? [] : [{ value: accountId, label: `${name}（代${principals.join('、')}）` }];
  });
