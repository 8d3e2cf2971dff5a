import { useQuery } from '@tanstack/react-query';
import { call } from '../../shared/api.ts';
import { useMe } from '../../shared/sign-in.tsx';
import { ask } from '../shapes.ts';

/** Lists of the unit's own matters; each query stands here once, so that pages share what they have loaded. */
export const useSheets = (open?: 'true') =>
  useQuery({ queryKey: ['sheets', open ?? 'all'], queryFn: () => call('GET /api/unit/sheets', { query: { limit: 200, ...(open ? { open } : {}) } }) });

export const useSheet = (sheetId: string) =>
  useQuery({ queryKey: ['sheet', sheetId], queryFn: () => ask('GET /api/unit/sheets/:sheetId', { params: { sheetId } }) });

export const useNotices = () => useQuery({ queryKey: ['notices'], queryFn: () => ask('GET /api/unit/notices', { query: { limit: 200 } }) });

export const useSuspicions = () => useQuery({ queryKey: ['suspicions'], queryFn: () => ask('GET /api/unit/suspicions') });

export const useCases = () => useQuery({ queryKey: ['cases'], queryFn: () => ask('GET /api/unit/cases', { query: { limit: 200 } }) });

export const useCase = (id: string) => useQuery({ queryKey: ['case', id], queryFn: () => ask('GET /api/unit/cases/:id', { params: { id } }) });

export const useConsent = () => useQuery({ queryKey: ['consent'], queryFn: () => ask('GET /api/unit/consent') });

export const useCauses = () => useQuery({ queryKey: ['causes'], queryFn: () => ask('GET /api/supervision/causes'), staleTime: Infinity });

/** The unit's own page of the registry, with its outfalls. */
export function useUnit() {
  const me = useMe();
  const unitId = me.data?.unitId ?? '';
  return useQuery({ queryKey: ['unit', unitId], enabled: unitId !== '', queryFn: () => call('GET /api/units/:unitId', { params: { unitId } }) });
}

export const useMarks = (outfall: string) =>
  useQuery({ queryKey: ['marks', outfall], enabled: outfall !== '', queryFn: () => call('GET /api/marks', { query: { outfall } }) });
