import { call } from '../../shared/api.ts';

export interface Colleague {
  readonly accountId: string;
  readonly name: string;
  readonly roles: readonly string[];
}

/** People of the own authority, to be named in acts. */
export const colleagues = async (): Promise<readonly Colleague[]> => (await call('GET /api/access/colleagues')).items;
