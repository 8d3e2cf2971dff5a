import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import { call } from '../../../shared/api.ts';
import { useSpeech, type Text } from '../../../shared/i18n.tsx';
import { whole } from '../../../shared/pages.tsx';
import { Readings } from '../../parts/readings.tsx';
import type { CasePage } from '../../shapes.ts';

const TITLE = { zh: '谁查阅过本案卷宗', en: 'Who has read this file' } as const satisfies Text;

/** Readings of the case file: whoever works on the case sees who else looked. */
export function ReadingsCard({ page: { state } }: { page: CasePage }) {
  const { t } = useSpeech();
  const { caseId } = state;
  const names = Object.fromEntries([[caseId, state.caseNo], ...state.papers.flatMap((paper) => [paper.documentId ?? '', paper.paperId].map((id) => [id, `${paper.title} ${paper.number}`]))]);
  const query = useQuery({ queryKey: ['case-readings', caseId], queryFn: () => call('GET /api/cases/:id/readings', { params: { id: caseId } }) });
  return <Card size="small" title={t(TITLE)}><Readings list={whole(query, query.data?.items ?? [])} names={names} /></Card>;
}
