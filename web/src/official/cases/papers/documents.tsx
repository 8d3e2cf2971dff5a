import { Button, Card, Flex, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useSpeech, type Text } from '../../../shared/i18n.tsx';
import type { CasePage } from '../../shapes.ts';
import { PaperChangesDialog } from './redline.tsx';
import { usePublicationForms } from '../service/use-publication.ts';
import { ServiceCard } from '../service/service-card.tsx';
import { useArticle } from '../../../shared/terms/article.ts';

const TEXT = {
  title: { zh: '文书', en: 'Documents' },
  none: { zh: '还没有文书', en: 'No documents yet' },
  recorded: { zh: '登记式', en: 'recorded form' },
  changes: { zh: '对照改动', en: 'Changes' },
  pages: { zh: '{n} 页', en: '{n} pages' },
} as const satisfies Record<string, Text>;

/** Each of these records a thing of its own: the one before it is not its earlier version. */
const EACH_ITS_OWN = new Set(['EVIDENCE_EXTRACT_RECORD', 'DELIVERY_PROOF', 'REMOTE_INQUIRY_RECORD', 'QUESTION_ANSWER', 'PARTY_ADDED']);

/** Papers of the case in order, then the forms of its publication, and how those for the party reached it. */
export function Documents({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const article = useArticle();
  const { caseId, papers } = page.state;
  const forms = usePublicationForms(page);
  const [compared, compare] = useState<string>();
  const hasEarlier = (i: number) => papers[i]?.kind === 'CORRECTION_NOTICE' || (!EACH_ITS_OWN.has(papers[i]?.kind ?? '') && papers.slice(0, i).some((one) => one.kind === papers[i]?.kind && one.documentId !== undefined));
  return (
    <>
      <Card size="small" title={`${t(TEXT.title)} ${papers.length + forms.length}`}>
        {papers.length === 0 && <Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text>}
        <Flex vertical gap={6}>
          {papers.map((paper, i) => (
            <div key={paper.paperId}>
              {paper.documentId === undefined ? <>{article(paper.title)} <Tag>{t(TEXT.recorded)}</Tag></>
                : <a href={`/api/documents/${paper.documentId}/file`} target="_blank" rel="noreferrer">{article(paper.title)}</a>}
              <br /><Typography.Text type="secondary" style={{ fontSize: 12 }}>{paper.number}{paper.pages > 0 && ` · ${t(TEXT.pages, { n: paper.pages })}`}</Typography.Text>
              {paper.documentId !== undefined && hasEarlier(i) && <Button type="link" size="small" onClick={() => compare(paper.paperId)}>{t(TEXT.changes)}</Button>}
            </div>
          ))}
          {forms.map((form) => (
            <div key={form.documentId}>
              <a href={`/api/documents/${form.documentId}/file`} target="_blank" rel="noreferrer">{article(form.title)}</a>
              <br /><Typography.Text type="secondary" style={{ fontSize: 12 }}>{form.number} · {t(TEXT.pages, { n: form.pages })}</Typography.Text>
            </div>
          ))}
        </Flex>
      </Card>
      {compared !== undefined && <PaperChangesDialog caseId={caseId} paperId={compared} corrects={papers.find((one) => one.paperId === compared)?.kind === 'CORRECTION_NOTICE'} close={() => compare(undefined)} />}
      <ServiceCard subjectId={page.state.caseId} caseId={page.state.caseId} stamp={page.timeline.length} />
    </>
  );
}
