import { useQuery } from '@tanstack/react-query';
import { call } from '../../shared/api.ts';
import { everyPage } from '../../shared/pages.tsx';
import { useMe } from '../../shared/sign-in.tsx';
import { ask } from '../shapes.ts';

/** Whether the person may do this at all: an agent sees what was entrusted and is not asked for the rest. */
export const useMay = (action: string): boolean => useMe().data?.actions.includes(action) ?? false;

/** Whoever leaves the page open sees what came since. */
export const ANEW_MS = 60_000;

/** The list with all its pages: of what waits for the unit nothing may be left out. */
const complete = <T,>(page: Parameters<typeof everyPage<T>>[0]) => async () => ({ items: await everyPage(page) });

/** Lists of the unit's own matters; each query stands here once, so that pages share what they have loaded. */
export const useOpenSheets = () =>
  useQuery({ queryKey: ['sheets', 'open'], refetchInterval: ANEW_MS, enabled: useMay('supervision.read-own'), queryFn: complete((at) => call('GET /api/unit/sheets', { query: { ...at, open: 'true' } })) });

export const useSheet = (sheetId: string) =>
  useQuery({ queryKey: ['sheet', sheetId], queryFn: () => ask('GET /api/unit/sheets/:sheetId', { params: { sheetId } }) });

export const useTruthing = () => useQuery({ queryKey: ['truthing'], refetchInterval: ANEW_MS, enabled: useMay('truthing.read'), queryFn: complete((at) => call('GET /api/quality/truthing', { query: { ...at, open: 'true' } })) });

/** Papers whose receipt the unit has still to confirm. */
export const useUnconfirmed = () =>
  useQuery({ queryKey: ['notices', 'open'], refetchInterval: ANEW_MS, enabled: useMay('delivery.read-own'), queryFn: complete((at) => ask('GET /api/unit/notices', { query: { ...at, open: 'true' } })) });

export const useSuspicions = () =>
  useQuery({ queryKey: ['suspicions'], refetchInterval: ANEW_MS, enabled: useMay('review.notice-read'), queryFn: complete((at) => ask('GET /api/unit/suspicions', { query: at })) });

export const useCases = () => useQuery({ queryKey: ['cases'], refetchInterval: ANEW_MS, enabled: useMay('case.read-own'), queryFn: complete((at) => call('GET /api/unit/cases', { query: at })) });

export const useCase = (id: string) => useQuery({ queryKey: ['case', id], queryFn: () => call('GET /api/unit/cases/:id', { params: { id } }) });

export const useConsent = () => useQuery({ queryKey: ['consent'], enabled: useMay('delivery.consent'), queryFn: () => ask('GET /api/unit/consent') });

export const useCauses = () => useQuery({ queryKey: ['causes'], queryFn: () => ask('GET /api/supervision/causes'), staleTime: Infinity });

export const useDeviceMatters = () =>
  useQuery({ queryKey: ['device-matters'], refetchInterval: ANEW_MS, enabled: useMay('register.report-device'), queryFn: complete((at) => call('GET /api/register/device-matters', { query: { ...at, open: 'true' } })) });

/** The unit's own page of the registry, with its outfalls. */
export function useUnit() {
  const me = useMe();
  const unitId = me.data?.unitId ?? '';
  return useQuery({ queryKey: ['unit', unitId], enabled: unitId !== '', queryFn: () => call('GET /api/units/:unitId', { params: { unitId } }) });
}

/** What units entrusted to this person, with the outfalls that are open today. */
export const useEntrusted = () =>
  useQuery({ queryKey: ['entrusted'], enabled: useMay('agent.read-mine'), queryFn: () => call('GET /api/agent/grants') });

/** Outfalls the person may work with: those of the own unit and those entrusted by others. */
export function useOutfalls() {
  const { data: me } = useMe();
  const unit = useUnit();
  const entrusted = useEntrusted();
  const wanted = [...(typeof me?.unitId === 'string' ? [unit] : []), ...(me?.actions.includes('agent.read-mine') ? [entrusted] : [])];
  const failed = wanted.find((query) => query.isError);
  const isPending = wanted.some((query) => query.data === undefined);
  return { isPending, isError: failed !== undefined, error: failed?.error, data: isPending ? undefined : wanted.flatMap((query) => query.data?.outfallPages ?? []) };
}

export const useMarks = (outfall: string) =>
  useQuery({ queryKey: ['marks', outfall], enabled: outfall !== '', queryFn: () => call('GET /api/marks', { query: { outfall } }) });
