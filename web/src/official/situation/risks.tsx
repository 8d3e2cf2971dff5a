import { Link } from '@tanstack/react-router';
import { Card, Empty, Table, Typography, type TableColumnsType } from 'antd';
import type { Routes } from '../../shared/api.gen.ts';
import { useArticle } from '../../shared/terms/article.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Due } from '../parts/due.tsx';
import { useClockName, useHolderNames } from '../parts/use-words.ts';

type Risks = Routes['GET /api/situation']['response']['deadlines'];
type Risk = Risks['items'][number];

const TEXT = {
  title: { zh: '期限风险（按到期先后）', en: 'Deadlines at risk' },
  overdue: { zh: '{n} 项已逾期', en: '{n} overdue' },
  left: { zh: '剩余', en: 'Left' },
  clock: { zh: '期限 · 依据', en: 'Clock · article' },
  holder: { zh: '承办', en: 'Holder' },
  about: { zh: '事项', en: 'Matter' },
  first: { zh: '共 {n} 项，列出最先到期的 {s} 项', en: '{n} clocks; the first {s} to end' },
  none: { zh: '没有正在计算的期限', en: 'No clock runs' },
} as const satisfies Record<string, Text>;

function Matter({ risk }: { risk: Risk }) {
  const { t } = useSpeech();
  const text = t(risk.about);
  if (risk.subjectKind === 'case') return <Link to="/cases/$caseId" params={{ caseId: risk.subjectId }}>{text}</Link>;
  if (risk.subjectKind === 'sheet') return <Link to="/sheets/$sheetId" params={{ sheetId: risk.subjectId }}>{text}</Link>;
  if (risk.subjectKind === 'register-dispute') return <Link to="/units/disputes">{text}</Link>;
  if (risk.subjectKind === 'device-matter') return <Link to="/units/devices">{text}</Link>;
  if (risk.subjectKind === 'data-truthing') return <Link to="/units/truthing">{text}</Link>;
  if (risk.subjectKind === 'publication') return <span>{text}</span>;
  return <Link to="/clues/$clueId" params={{ clueId: risk.subjectId }}>{text}</Link>;
}

/** Running clocks, the nearest first: article, what is left, who holds it. */
export function Risks({ items, running, overdue }: Risks) {
  const { t } = useSpeech();
  const article = useArticle();
  const holderName = useHolderNames(Object.fromEntries(items.map((risk) => [risk.unitId, risk.unitName])));
  const clockName = useClockName();
  const columns: TableColumnsType<Risk> = [
    { title: t(TEXT.left), key: 'left', width: 140, render: (_, risk) => <Due dueAt={Date.parse(risk.dueAt)} state={risk.paused ? 'PAUSED' : 'OPEN'} overdue={risk.overdue} dayKind={risk.dayKind} workingDaysLeft={risk.workingDaysLeft} /> },
    { title: t(TEXT.clock), key: 'clock', width: 250, render: (_, risk) => <>{clockName(risk.clockId, risk.title)}<br /><Typography.Text type="secondary" style={{ fontSize: 12 }}>{article(risk.article)}</Typography.Text></> },
    { title: t(TEXT.holder), key: 'holder', width: 130, render: (_, risk) => holderName(risk.holder) },
    { title: t(TEXT.about), key: 'about', render: (_, risk) => <Typography.Paragraph style={{ margin: 0 }} ellipsis={{ rows: 2 }}>{risk.unitName} · <Matter risk={risk} /></Typography.Paragraph> },
  ];
  return (
    <Card size="small" title={t(TEXT.title)} extra={overdue > 0 && <Typography.Text type="danger" strong>! {t(TEXT.overdue, { n: overdue })}</Typography.Text>}>
      <Table<Risk> size="small" rowKey="deadlineId" dataSource={[...items]} columns={columns} scroll={{ x: 720 }} pagination={{ pageSize: 8, hideOnSinglePage: true, size: 'small' }} locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(TEXT.none)} /> }} />
      {running > items.length && <Typography.Text type="secondary">{t(TEXT.first, { n: running, s: items.length })}</Typography.Text>}
    </Card>
  );
}
