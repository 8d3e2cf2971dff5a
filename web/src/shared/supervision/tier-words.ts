import { useQuery } from '@tanstack/react-query';
import { call } from '../api.ts';
import type { Text } from '../i18n.tsx';
import { TIERS, type Tier } from '../tiers.ts';

/** The two ladders of the reader's region: by severity of the finding, and by count of failures to answer. */
export const useLadders = () => useQuery({ queryKey: ['ladders'], queryFn: () => call('GET /api/supervision/ladders'), staleTime: 3_600_000 }).data;

/** What the region calls a tier; the plain word until that is known. */
export function useTierWords(): (tier: Tier) => Text {
  const rungs = useLadders()?.severity.rungs;
  return (tier) => rungs?.find((rung) => rung.tier === tier) ?? TIERS[tier];
}
