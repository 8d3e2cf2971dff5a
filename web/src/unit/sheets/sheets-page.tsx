import { Segmented, Tag } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { More, usePages } from '../../shared/pages.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { DueLine } from '../parts/due.tsx';
import { Go } from '../parts/go.tsx';
import { msOf } from '../../shared/moment.ts';
import { ANEW_MS } from '../parts/queries.ts';
import { CLOCK_STARTS, MESSAGE_STATES, RUNGS } from '../../shared/supervision/words.ts';
import { SheetTier } from './sheet-tier.tsx';
import type { SheetRow } from '../shapes.ts';

const TEXT = {
  title: { zh: '提醒与反馈', en: 'Reminders and answers' },
  open: { zh: '进行中', en: 'Open' },
  all: { zh: '全部', en: 'All' },
  period: { zh: '数据时段 {from} – {to}', en: 'data from {from} to {to}' },
} as const satisfies Record<string, Text>;

function SheetItem({ sheet }: { sheet: SheetRow }) {
  const { t } = useSpeech();
  const due = msOf(sheet.feedbackDue);
  return (
    <li className={sheet.open ? '' : 'quiet'}>
      <SheetTier tier={sheet.tier} /> <Go to={`/sheets/${sheet.sheetId}`}><strong>{sheet.outfallName}</strong></Go> <Tag>{t({ zh: sheet.stateZh, en: sheet.stateEn })}</Tag>
      <div style={{ overflowWrap: 'anywhere' }}>{t(sheet.sentence)}</div>
      <div style={{ fontSize: 13, opacity: 0.85 }}>{t(TEXT.period, { from: formatTime(msOf(sheet.periodFrom)), to: formatTime(msOf(sheet.periodTo)) })}</div>
      {due !== null && <DueLine dueAt={due} kind="duty" />}
      <div style={{ fontSize: 13, opacity: 0.85, overflowWrap: 'anywhere' }}>
        {t(CLOCK_STARTS[sheet.clockStart], { n: sheet.clockHours })}
        {sheet.channels.map((one) => ` · ${t(one.text)} ${t(MESSAGE_STATES[one.state])}`)}
        {sheet.heldFor.map((one) => ` · ◌ ${t(one)}`)}
        {sheet.rung !== null && <strong> · → {t(RUNGS[sheet.rung])}</strong>}
      </div>
    </li>
  );
}

export function SheetsPage() {
  const { t } = useSpeech();
  const [open, setOpen] = useState(true);
  const list = usePages(['sheets', open], (at) => call('GET /api/unit/sheets', { query: { ...at, ...(open ? { open: 'true' as const } : {}) } }), ANEW_MS);
  return (
    <>
      <PageTitle extra={<Segmented value={open ? 'open' : 'all'} options={[{ value: 'open', label: t(TEXT.open) }, { value: 'all', label: t(TEXT.all) }]} onChange={(value) => setOpen(value === 'open')} />}>{t(TEXT.title)}</PageTitle>
      <Loaded query={list.query} isEmpty={() => list.rows.length === 0}>
        {() => <><ul className="todo">{list.rows.map((sheet) => <SheetItem key={sheet.sheetId} sheet={sheet} />)}</ul><More list={list} /></>}
      </Loaded>
    </>
  );
}
