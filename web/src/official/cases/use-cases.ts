import { usePages, type Rows } from '../../shared/pages.tsx';
import { ask, type CaseRow } from '../shapes.ts';

/** Cases of the authority that fit the filter in the address, those that run or all, the most pressing first. */
export function useCases({ open }: { readonly open?: 'true' | 'false' }, refetchInterval: number | false = false): Rows<CaseRow> {
  const all = open === 'false';
  return usePages(['cases', 'list', all], (at) => ask('GET /api/cases', { query: { ...at, order: 'urgent' as const, ...(all ? {} : { open: 'true' as const }) } }), refetchInterval);
}
