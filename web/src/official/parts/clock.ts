import { useQuery } from '@tanstack/react-query';
import { call } from '../../shared/api.ts';

/** The moment it is on the platform: the demonstration's clock where there is one, the browser's elsewhere. */
export function useNow(): number {
  const { data } = useQuery({
    queryKey: ['demo-clock'],
    queryFn: () => call('GET /api/demo/clock').catch(() => null),
    refetchInterval: 5_000,
  });
  return data?.now ?? performance.timeOrigin + performance.now();
}

/** Milliseconds of an RFC 3339 text; NaN-free: an absent time stays absent. */
export const msOf = (text: string | null | undefined): number | null => (text === null || text === undefined ? null : Date.parse(text));
