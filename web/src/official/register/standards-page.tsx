import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Card, Flex, Tag, Typography } from 'antd';
import { useRef, useState } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { HELD_TITLE, StandardFindings, STANDARDS_TITLE } from '../../shared/register/standard-findings.tsx';
import { PageTitle } from '../../shared/room.tsx';
import { ProblemAlert, useMe } from '../../shared/sign-in.tsx';
import type { Column } from '../list/columns.ts';
import { ListTable } from '../list/list-table.tsx';
import { whole } from '../../shared/pages.tsx';
import { useAct } from '../parts/act.tsx';
import { useArticle, useFactorName } from '../../shared/terms/article.ts';

const TEXT = {
  library: { zh: '标准库', en: 'Library' },
  import: { zh: '导入标准文件', en: 'Import a file of standards' },
  choose: { zh: '选择标准文件', en: 'Choose a file of standards' },
  hint: { zh: 'CSV，首行为列名：standard, industry, class, factor, factor_zh, limit, unit, period（hour/day/instant）, basis（c/zs）, side（upper/lower）, valid_from, valid_to, source, article。有一格错误就整份不导入。', en: 'CSV with the columns standard, industry, class, factor, factor_zh, limit, unit, period (hour/day/instant), basis (c/zs), side (upper/lower), valid_from, valid_to, source, article. One wrong cell and nothing is imported.' },
  done: { zh: '新增 {added} 条，变更 {changed} 条，不变 {unchanged} 条；现有 {findings} 项登记限值与标准不符', en: '{added} added, {changed} changed, {unchanged} unchanged; {findings} registered limits do not agree with their standard' },
  standard: { zh: '标准', en: 'Standard' },
  trade: { zh: '行业 · 类别', en: 'Trade · class' },
  factor: { zh: '因子', en: 'Factor' },
  limit: { zh: '限值', en: 'Limit' },
  mean: { zh: '均值 · 口径', en: 'Mean · basis' },
  valid: { zh: '有效期', en: 'Valid' },
  source: { zh: '来源', en: 'Source' },
  STARTER: { zh: '随平台提供', en: 'came with the platform' },
  IMPORTED: { zh: '已导入', en: 'imported' },
  none: { zh: '标准库是空的', en: 'The library is empty' },
  over: { zh: '今天不在有效期内', en: 'not in force today' },
  hour: { zh: '小时', en: 'hour' }, day: { zh: '日', en: 'day' }, instant: { zh: '瞬时', en: 'instant' },
  zs: { zh: '折算', en: 'converted' }, c: { zh: '实测', en: 'measured' },
  upper: { zh: '上限', en: 'at most' }, lower: { zh: '下限', en: 'at least' },
} as const satisfies Record<string, Text>;

type Row = Routes['GET /api/register/standards']['response']['items'][number];

function Import() {
  const { t } = useSpeech();
  const input = useRef<HTMLInputElement>(null);
  const [done, tell] = useState<Routes['POST /api/register/standards']['response']>();
  const send = useAct(t(TEXT.import), async (file: File) => call('POST /api/register/standards', { body: { csv: await file.text() } }), tell);
  return (
    <Flex vertical gap={8}>
      <input ref={input} type="file" accept=".csv,text/csv" style={{ display: 'none' }} aria-label={t(TEXT.choose)}
        onChange={(event) => { const file = event.target.files?.[0]; if (file !== undefined) { tell(undefined); send.mutate(file); } event.target.value = ''; }} />
      <div><Button type="primary" loading={send.isPending} onClick={() => input.current?.click()}>{t(TEXT.import)}</Button></div>
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>{t(TEXT.hint)}</Typography.Text>
      {done !== undefined && <Alert type="success" showIcon title={t(TEXT.done, done)} />}
      {send.isError && <ProblemAlert error={send.error} />}
    </Flex>
  );
}

function Library() {
  const { t, language } = useSpeech();
  const article = useArticle();
  const factor = useFactorName();
  const query = useQuery({ queryKey: ['standards'], queryFn: () => call('GET /api/register/standards') });
  const columns: readonly Column<Row>[] = [
    { key: 'standard', title: t(TEXT.standard), width: 210, text: (row) => `${article(row.standard)} ${t(TEXT[row.origin])}`, render: (row) => <>{article(row.standard)} <Tag>{t(TEXT[row.origin])}</Tag></> },
    { key: 'trade', title: t(TEXT.trade), width: 200, text: (row) => (language === 'zh' ? [row.industryZh || row.industry, row.class] : [row.industryEn || article(row.class)]).filter(Boolean).join(' · ') },
    { key: 'factor', title: t(TEXT.factor), width: 150, text: (row) => factor(row) },
    { key: 'limit', title: t(TEXT.limit), width: 150, num: true, text: (row) => `${t(TEXT[row.side])} ${row.limit} ${article(row.unit)}` },
    { key: 'mean', title: t(TEXT.mean), width: 140, text: (row) => `${t(TEXT[row.period])} · ${t(TEXT[row.basis])}` },
    { key: 'valid', title: t(TEXT.valid), width: 220, text: (row) => `${row.validFrom} – ${row.validTo ?? ''}`, render: (row) => <>{row.validFrom} – {row.validTo ?? ''} {!row.inForce && <Tag color="warning">{t(TEXT.over)}</Tag>}</> },
    { key: 'source', title: t(TEXT.source), width: 200, text: (row) => article(`${row.source} ${row.article}`) },
  ];
  return <ListTable<Row> name="standards" title={t(TEXT.library)} list={whole(query, query.data?.items ?? [])} rowKey={(row) => [row.standard, row.industryZh, row.class, row.factor, row.period, row.side, row.validFrom].join(' ')} columns={columns} empty={t(TEXT.none)} />;
}

/** The library of emission standards, its import, and every registered limit one may see held against it. */
export function StandardsPage() {
  const { t } = useSpeech();
  const may = useMe().data?.actions.includes('register.keep-standards') ?? false;
  return (
    <>
      <PageTitle>{t(STANDARDS_TITLE)}</PageTitle>
      <Flex vertical gap={12}>
        <Card size="small" title={t(HELD_TITLE)}>
          <StandardFindings about={(one) => <><Link to="/units/$unitId" params={{ unitId: one.unitId }}>{one.unitName}</Link> · <Link to="/outfalls/$outfall" params={{ outfall: one.outfall }}>{one.outfallName}</Link></>} />
        </Card>
        {may && <Card size="small" title={t(TEXT.import)}><Import /></Card>}
        <Card size="small" title={t(TEXT.library)}><Library /></Card>
      </Flex>
    </>
  );
}
