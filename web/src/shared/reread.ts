import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

/** By then the other steps have made of an act what follows from it: a case of a clue handed over, a paper of a decision. */
const FOLLOWED_MS = 1_500;

/** Asks again for everything shown, at once and when what follows from the act is there: a person reads his own writes on every list. */
export function useReread(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(() => {
    setTimeout(() => void queries.invalidateQueries(), FOLLOWED_MS);
    return queries.invalidateQueries();
  }, [queries]);
}
