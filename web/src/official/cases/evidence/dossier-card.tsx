import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Flex, Typography } from 'antd';
import { useSpeech, type Text } from '../../../shared/i18n.tsx';
import { Loaded } from '../../../shared/room.tsx';
import { formatTime } from '../../../shared/tiers.ts';
import { ask, type CasePage } from '../../shapes.ts';
import type { DossierPage } from '../service/service-shapes.ts';
import { useArticle } from '../../../shared/terms/article.ts';

const TEXT = {
  title: { zh: '案卷', en: 'Dossier' },
  filed: { zh: '已归档', en: 'Filed' },
  number: { zh: '档号 {no}', en: 'Archive number {no}' },
  kept: { zh: '{time} 归档，保管 {years} 年，至 {day}', en: 'filed {time}, kept for {years} years, until {day}' },
  volume: { zh: '{items} 件，{pages} 页', en: '{items} items, {pages} pages' },
  missing: { zh: '案卷还缺', en: 'The dossier still lacks' },
  digest: { zh: '目录 SHA-256', en: 'Catalogue SHA-256' },
} as const satisfies Record<string, Text>;
const VOLUMES = { MAIN: { zh: '正卷', en: 'Main volume' }, SIDE: { zh: '副卷', en: 'Side volume' } } as const satisfies Record<string, Text>;

function Volume({ volume }: { volume: DossierPage['dossier']['volumes'][number] }) {
  const { t } = useSpeech();
  const article = useArticle();
  return (
    <details>
      <summary>{t(VOLUMES[volume.volume])} · {t(TEXT.volume, { items: volume.items.length, pages: volume.pages })}</summary>
      <ol style={{ margin: 0, paddingInlineStart: 24, overflowWrap: 'anywhere' }}>
        {volume.items.map((item) => (
          <li key={item.paperId}>
            {item.documentId === null ? article(item.title) : <a href={`/api/documents/${item.documentId}/file`} target="_blank" rel="noreferrer" style={{ textDecoration: 'underline' }}>{article(item.title)}</a>}{' '}
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>{item.number} · {item.responsible} · {item.day}{item.pageTo >= item.pageFrom && ` · ${item.pageFrom}–${item.pageTo}`}</Typography.Text>
          </li>
        ))}
      </ol>
    </details>
  );
}

/** The catalogue as it was filed, or as it would be filed now, with what is still missing. */
export function DossierView({ caseId, at }: { caseId: string; at?: number }) {
  const { t, language } = useSpeech();
  const article = useArticle();
  const query = useQuery({ queryKey: ['dossier', caseId, at], queryFn: () => ask('GET /api/archive/:id', { params: { id: caseId } }) });
  return (
    <Loaded query={query}>
      {({ filed, dossier }) => (
        <Flex vertical gap={8}>
          {filed !== null && (
            <div>
              <strong>✓ {t(TEXT.filed)} · {t(TEXT.number, { no: filed.archiveNo })}</strong>
              <br /><Typography.Text type="secondary" style={{ fontSize: 12 }}>{t(TEXT.kept, { time: formatTime(filed.archivedAt), years: filed.retentionYears, day: filed.retainUntil })}</Typography.Text>
              <br /><Typography.Text type="secondary" style={{ fontSize: 12, overflowWrap: 'anywhere' }}>{t(TEXT.digest)} {filed.catalogueSha256}</Typography.Text>
            </div>
          )}
          <span>{dossier.title}</span>
          {dossier.missing.length > 0 && <Alert type="warning" showIcon title={t(TEXT.missing)} description={dossier.missing.map(article).join(language === 'zh' ? '；' : '; ')} />}
          {dossier.volumes.map((volume) => <Volume key={volume.volume} volume={volume} />)}
        </Flex>
      )}
    </Loaded>
  );
}

/** The dossier of a case that has ended: before it is filed, what would go into it; after that, what went. */
export function DossierCard({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  if (page.state.main !== 'CLOSED' && page.state.main !== 'ARCHIVED') return null;
  return <Card size="small" title={t(TEXT.title)}><DossierView caseId={page.state.caseId} at={page.timeline.length} /></Card>;
}
