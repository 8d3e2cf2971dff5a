import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { PageTitle } from '../../shared/room.tsx';
import { useMe } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import type { Column } from '../list/columns.ts';
import { ListTable } from '../list/list-table.tsx';
import { useNextClock } from '../list/next-clock.tsx';
import { OpenOrAll } from '../list/open-or-all.tsx';
import { useMoney } from '../parts/money.ts';
import type { CaseRow } from '../shapes.ts';
import { STAGES, stageOf } from './stages.ts';
import { useCases } from './use-cases.ts';

const TEXT = {
  title: { zh: '案件', en: 'Cases' },
  open: { zh: '办理中', en: 'Open' },
  no: { zh: '案号', en: 'Number' },
  unit: { zh: '当事人', en: 'Party' },
  cause: { zh: '案由', en: 'Cause' },
  state: { zh: '阶段 · 状态', en: 'Stage · state' },
  amount: { zh: '罚款', en: 'Fine' },
  received: { zh: '移送', en: 'Received' },
  filed: { zh: '立案', en: 'Filed' },
  changed: { zh: '更新', en: 'Changed' },
  replay: { zh: '裁量基准推演', en: 'Replay under a changed table' },
  empty: { zh: '没有案件', en: 'No cases' },
} as const satisfies Record<string, Text>;

const route = getRouteApi('/cases');

/** Cases of the authority, the most pressing first. */
export function CasesPage() {
  const { t, language } = useSpeech();
  const yuan = useMoney();
  const { data: me } = useMe();
  const navigate = useNavigate({ from: '/cases' });
  const search = route.useSearch();
  const list = useCases(search, 15_000);
  const open = (row: CaseRow) => void navigate({ to: '/cases/$caseId', params: { caseId: row.caseId }, search });
  const clock = useNextClock('case', list.rows, (row) => row.caseId, (row) => [row.unitId, row.unitName]);
  const columns: readonly Column<CaseRow>[] = [
    { key: 'no', title: t(TEXT.no), width: 210, text: (row) => row.caseNo, render: (row) => <Link to="/cases/$caseId" params={{ caseId: row.caseId }} search={search}>{row.caseNo}</Link> },
    { key: 'unit', title: t(TEXT.unit), width: 220, text: (row) => row.unitName },
    { key: 'cause', title: t(TEXT.cause), width: 240, text: (row) => (language === 'zh' ? row.cause : row.causeEn) },
    { key: 'state', title: t(TEXT.state), width: 210, text: (row) => { const stage = STAGES[stageOf(row.mainState)]; return `${stage ? t(stage) : ''} · ${language === 'zh' ? row.stateZh : row.stateEn}`; } },
    clock,
    { key: 'amount', title: t(TEXT.amount), width: 120, num: true, text: (row) => row.amount, render: (row) => yuan(row.amount) },
    { key: 'received', title: t(TEXT.received), width: 146, num: true, text: (row) => formatTime(row.handedOverAt) },
    { key: 'filed', title: t(TEXT.filed), width: 146, num: true, text: (row) => formatTime(row.filedAt) },
    { key: 'changed', title: t(TEXT.changed), width: 146, num: true, text: (row) => formatTime(row.changedAt) },
  ];
  return (
    <>
      <PageTitle extra={me?.actions.includes('discretion.replay') && <Link to="/discretion">{t(TEXT.replay)}</Link>}>{t(TEXT.title)}</PageTitle>
      <ListTable<CaseRow> name="cases" title={t(TEXT.title)} list={list} rowKey={(row) => row.caseId} columns={columns} open={open} empty={t(TEXT.empty)} filters={<OpenOrAll open={t(TEXT.open)} />} />
    </>
  );
}
