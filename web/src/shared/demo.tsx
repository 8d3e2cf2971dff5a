import { useQuery } from '@tanstack/react-query';
import { call, Problem } from './api.ts';
import { formatTime } from './tiers.ts';

/** The demonstration's clock; null where there is none, which is then not asked for again. */
export const useDemoClock = () =>
  useQuery({
    queryKey: ['demo-clock'],
    queryFn: () => call('GET /api/demo/clock').catch((error: unknown) => {
      if (error instanceof Problem && error.status === 404) return null;
      throw error;
    }),
    refetchInterval: ({ state }) => (state.data === null ? false : 5_000),
  });

/** What its clock shows, or undefined outside a demonstration. */
export function useDemo(): string | undefined {
  const { data } = useDemoClock();
  return data ? formatTime(Date.parse(data.now)) : undefined;
}
