import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Typography } from 'antd';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { PageTitle } from '../../shared/room.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { msOf, useNow } from '../../shared/moment.ts';
import type { Column } from '../list/columns.ts';
import { ListTable } from '../list/list-table.tsx';
import { OpenOrAll } from '../list/open-or-all.tsx';
import { usePages } from '../../shared/pages.tsx';
import { Due } from '../parts/due.tsx';
import { ProvisionalTag, TierTag } from '../parts/tags.tsx';
import type { SheetRow } from '../shapes.ts';
import { useTierWords } from '../../shared/supervision/tier-words.ts';
import { CLOCK_STARTS, MESSAGE_STATES, RUNGS } from '../../shared/supervision/words.ts';
import { SheetTabs } from './sheet-tabs.tsx';

const TEXT = {
  title: { zh: '电子督办', en: 'E-supervision' },
  open: { zh: '办理中', en: 'Open' },
  tier: { zh: '级别', en: 'Tier' },
  state: { zh: '状态', en: 'State' },
  claim: { zh: '督办事项', en: 'Matter' },
  unit: { zh: '单位 · 排放口', en: 'Unit · outfall' },
  due: { zh: '反馈期限', en: 'Answer due' },
  way: { zh: '渠道 · 阶梯', en: 'Channels · rung' },
  delivered: { zh: '送达', en: 'Delivered' },
  no: { zh: '文号', en: 'Number' },
  empty: { zh: '没有督办单', en: 'No sheets' },
} as const satisfies Record<string, Text>;

const route = getRouteApi('/sheets');

/** Which channels reached for the unit, the rung its failure took, and what held the notice back. */
function Way({ sheet }: { sheet: SheetRow }) {
  const { t } = useSpeech();
  return (
    <>
      {sheet.channels.map((one) => <div key={one.text.zh}>{t(one.text)} {t(MESSAGE_STATES[one.state])}</div>)}
      {sheet.rung !== null && <div><strong>→ {t(RUNGS[sheet.rung])}</strong></div>}
      {sheet.heldFor.map((one) => <div key={one.zh}><Typography.Text type="secondary">◌ {t(one)}</Typography.Text></div>)}
    </>
  );
}

/** Reminders and warnings sent to units, with the term for their answer, the most pressing first. */
export function SheetsPage() {
  const { t, language } = useSpeech();
  const now = useNow();
  const words = useTierWords();
  const navigate = useNavigate({ from: '/sheets' });
  const all = route.useSearch().open === 'false';
  const list = usePages(['sheets', 'list', all], (at) => call('GET /api/supervision/sheets', { query: { ...at, order: 'urgent' as const, ...(all ? {} : { open: 'true' as const }) } }), 15_000);
  const open = (sheet: SheetRow) => void navigate({ to: '/sheets/$sheetId', params: { sheetId: sheet.sheetId } });
  const columns: readonly Column<SheetRow>[] = [
    { key: 'tier', title: t(TEXT.tier), width: 118, text: (sheet) => t(words(sheet.tier)), render: (sheet) => <TierTag tier={sheet.tier} /> },
    { key: 'claim', title: t(TEXT.claim), width: 320, text: (sheet) => t(sheet.sentence), render: (sheet) => <Typography.Paragraph style={{ margin: 0 }} ellipsis={{ rows: 2 }}><Link to="/sheets/$sheetId" params={{ sheetId: sheet.sheetId }} style={{ color: 'inherit' }}>{t(sheet.sentence)}</Link></Typography.Paragraph> },
    { key: 'unit', title: t(TEXT.unit), width: 230, text: (sheet) => `${sheet.unitName} · ${sheet.outfallName}`, render: (sheet) => <><Link to="/units/$unitId/file" params={{ unitId: sheet.unitId }}>{sheet.unitName}</Link><br /><Typography.Text type="secondary">{sheet.outfallName}</Typography.Text></> },
    { key: 'state', title: t(TEXT.state), width: 130, text: (sheet) => (language === 'zh' ? sheet.stateZh : sheet.stateEn), render: (sheet) => <>{language === 'zh' ? sheet.stateZh : sheet.stateEn} {sheet.provisional && <ProvisionalTag />}</> },
    { key: 'due', title: t(TEXT.due), width: 130, num: true, text: (sheet) => formatTime(msOf(sheet.feedbackDue)), render: (sheet) => { const due = msOf(sheet.feedbackDue); return <>{due === null || !sheet.open ? '—' : <Due dueAt={due} dayKind="HOUR" state="OPEN" overdue={due < now && sheet.state !== 'FEEDBACK_RECEIVED'} />}<br /><Typography.Text type="secondary">{t(CLOCK_STARTS[sheet.clockStart], { n: sheet.clockHours })}</Typography.Text></>; } },
    { key: 'way', title: t(TEXT.way), width: 200, text: (sheet) => [...sheet.channels.map((one) => `${t(one.text)} ${t(MESSAGE_STATES[one.state])}`), ...(sheet.rung === null ? [] : [t(RUNGS[sheet.rung])]), ...sheet.heldFor.map((one) => t(one))].join('；'), render: (sheet) => <Way sheet={sheet} /> },
    { key: 'delivered', title: t(TEXT.delivered), width: 146, num: true, text: (sheet) => formatTime(msOf(sheet.deliveredAt)) },
    { key: 'no', title: t(TEXT.no), width: 190, text: (sheet) => sheet.documentNo },
  ];
  return (
    <>
      <PageTitle extra={<SheetTabs at="/sheets" />}>{t(TEXT.title)}</PageTitle>
      <ListTable<SheetRow> name="sheets" title={t(TEXT.title)} list={list} rowKey={(sheet) => sheet.sheetId} columns={columns} open={open} empty={t(TEXT.empty)} filters={<OpenOrAll open={t(TEXT.open)} />} />
    </>
  );
}
