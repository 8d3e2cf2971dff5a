import { useQuery } from '@tanstack/react-query';
import { useSpeech } from '../../shared/i18n.tsx';
import { ask } from '../shapes.ts';

/** Names of roles in the reader's language, from the platform's own table. */
export function useRoleNames(): (role: string) => string {
  const { t } = useSpeech();
  const { data } = useQuery({ queryKey: ['matrix'], queryFn: () => ask('GET /api/access/matrix'), staleTime: 3_600_000 });
  return (role) => {
    const words = data?.roles[role];
    return words === undefined ? role : t(words);
  };
}
