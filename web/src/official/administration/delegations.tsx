import { useQuery } from '@tanstack/react-query';
import { call } from '../../shared/api.ts';
import { useMe } from '../../shared/sign-in.tsx';
import { colleagues } from '../parts/colleagues.ts';
import { whole } from '../../shared/pages.tsx';
import { DelegationForm, type Someone } from './delegation-form.tsx';
import { DelegationTable } from './delegation-table.tsx';

/** Officials in service: everybody for who keeps accounts, the own authority for its head. */
const officials = async (all: boolean): Promise<readonly Someone[]> =>
  all ? (await call('GET /api/access/accounts')).items.filter((one) => one.unitId === null && one.disabledAt === null) : (await colleagues()).items;

/** Deputies of the authority, arranged for people who cannot do it themselves. */
export function Delegations() {
  const { data: me } = useMe();
  const all = me?.actions.includes('access.accounts') ?? false;
  const query = useQuery({ queryKey: ['delegations', 'all'], queryFn: () => call('GET /api/access/delegations/all') });
  const people = useQuery({ queryKey: ['officials', all], queryFn: () => officials(all), enabled: me !== undefined });
  return (
    <>
      <DelegationTable list={whole(query, query.data?.items ?? [])} />
      <DelegationForm people={people.data ?? []} send={(accountId, body) => call('POST /api/access/accounts/:accountId/delegations', { params: { accountId }, body })} />
    </>
  );
}
