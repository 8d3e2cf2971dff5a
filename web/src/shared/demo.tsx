import { useQuery } from '@tanstack/react-query';
import { call } from './api.ts';
import { formatTime } from './tiers.ts';

/** The demonstration's clock, or undefined where there is none. */
export function useDemo(): string | undefined {
  const { data } = useQuery({
    queryKey: ['demo-clock'],
    queryFn: () => call('GET /api/demo/clock').catch(() => null),
    refetchInterval: 5_000,
  });
  return data ? formatTime(data.now) : undefined;
}
