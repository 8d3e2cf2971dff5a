import { useQuery } from '@tanstack/react-query';
import { Button, Card, Flex, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded } from '../../shared/room.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { ask, type CasePage } from '../shapes.ts';
import { PaperChangesDialog } from './redline.tsx';

const TEXT = {
  title: { zh: '文书', en: 'Documents' },
  none: { zh: '还没有文书', en: 'No documents yet' },
  recorded: { zh: '登记式', en: 'recorded form' },
  changes: { zh: '对照改动', en: 'Changes' },
  pages: { zh: '{n} 页', en: '{n} pages' },
  deliveries: { zh: '送达', en: 'Deliveries' },
  noDeliveries: { zh: '没有送达记录', en: 'No deliveries' },
} as const satisfies Record<string, Text>;

/** Each of these records a thing of its own: the one before it is not its earlier version. */
const EACH_ITS_OWN = new Set(['EVIDENCE_EXTRACT_RECORD', 'DELIVERY_PROOF', 'REMOTE_INQUIRY_RECORD', 'QUESTION_ANSWER', 'PARTY_ADDED']);

/** Papers of the case in order, and how those for the party reached it. */
export function Documents({ page }: { page: CasePage }) {
  const { t, language } = useSpeech();
  const { caseId, papers } = page.state;
  const [compared, compare] = useState<string>();
  const hasEarlier = (i: number) => papers[i]?.kind === 'CORRECTION_NOTICE' || (!EACH_ITS_OWN.has(papers[i]?.kind ?? '') && papers.slice(0, i).some((one) => one.kind === papers[i]?.kind && one.documentId !== undefined));
  const deliveries = useQuery({ queryKey: ['deliveries', caseId, page.timeline.length], queryFn: () => ask('GET /api/deliveries', { query: { subjectId: caseId, limit: 100 } }) });
  return (
    <>
      <Card size="small" title={`${t(TEXT.title)} ${papers.length}`}>
        {papers.length === 0 && <Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text>}
        <Flex vertical gap={6}>
          {papers.map((paper, i) => (
            <div key={paper.paperId}>
              {paper.documentId === undefined ? <>{paper.title} <Tag>{t(TEXT.recorded)}</Tag></>
                : <a href={`/api/documents/${paper.documentId}/file`} target="_blank" rel="noreferrer">{paper.title}</a>}
              <br /><Typography.Text type="secondary" style={{ fontSize: 12 }}>{paper.number}{paper.pages > 0 && ` · ${t(TEXT.pages, { n: paper.pages })}`}</Typography.Text>
              {paper.documentId !== undefined && hasEarlier(i) && <Button type="link" size="small" onClick={() => compare(paper.paperId)}>{t(TEXT.changes)}</Button>}
            </div>
          ))}
        </Flex>
      </Card>
      {compared !== undefined && <PaperChangesDialog caseId={caseId} paperId={compared} corrects={papers.find((one) => one.paperId === compared)?.kind === 'CORRECTION_NOTICE'} close={() => compare(undefined)} />}
      <Card size="small" title={t(TEXT.deliveries)}>
        <Loaded query={deliveries}>
          {({ items }) => items.length === 0 ? <Typography.Text type="secondary">{t(TEXT.noDeliveries)}</Typography.Text> : (
            <Flex vertical gap={6}>
              {items.map((one) => (
                <div key={one.deliveryId}>
                  {one.documentTitle} <Tag>{language === 'zh' ? one.stateZh : one.stateEn}</Tag>
                  <br /><Typography.Text type="secondary" style={{ fontSize: 12 }}>{one.methodZh} · {formatTime(one.arrivedAt ?? one.sentAt)}{one.failure !== null && ` · ${one.failure}`}</Typography.Text>
                </div>
              ))}
            </Flex>
          )}
        </Loaded>
      </Card>
    </>
  );
}
