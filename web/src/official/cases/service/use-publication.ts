import { useQuery } from '@tanstack/react-query';
import type { Routes } from '../../../shared/api.gen.ts';
import { call } from '../../../shared/api.ts';
import { useMe } from '../../../shared/sign-in.tsx';
import { ask, type CasePage, type DocumentRow } from '../../shapes.ts';

export type Publication = Routes['GET /api/disclosure/publications']['response']['items'][number];

/** The publication of the decision, for whoever may see it; undefined before the decision. */
export function usePublication(page: CasePage): Publication | undefined {
  const { data: me } = useMe();
  const { caseId } = page.state;
  const query = useQuery({
    queryKey: ['publication', caseId, page.timeline.length], enabled: me?.actions.includes('disclosure.read') ?? false,
    queryFn: () => call('GET /api/disclosure/publications', { query: { case: caseId } }),
  });
  return query.data?.items[0];
}

/** The forms by which the publication was approved, withheld or taken back. */
export function usePublicationForms(page: CasePage): readonly DocumentRow[] {
  const publication = usePublication(page);
  const query = useQuery({
    queryKey: ['publication-forms', publication?.id, publication?.state], enabled: publication !== undefined,
    queryFn: () => ask('GET /api/documents', { query: { subjectId: publication?.id ?? '' } }),
  });
  return query.data?.items ?? [];
}
