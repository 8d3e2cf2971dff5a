import { Tag } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { DueLine } from '../parts/due.tsx';
import { Go } from '../parts/go.tsx';
import { msOf } from '../../shared/moment.ts';
import { More, usePages } from '../../shared/pages.tsx';
import { ANEW_MS } from '../parts/queries.ts';
import { ask } from '../shapes.ts';
import { TOLD } from '../parts/words.ts';

const TEXT = {
  title: { zh: '涉嫌违法告知', en: 'Notices of suspicion' },
  paper: { zh: '涉嫌违法事实告知书', en: 'Notice of suspected facts' },
  sent: { zh: '发出 {time}', en: 'sent {time}' },
  confirm: { zh: '待确认收到', en: 'receipt not confirmed' },
  confirmed: { zh: '已确认收到', en: 'receipt confirmed' },
} as const satisfies Record<string, Text>;

/** Suspicions the unit was told of; each opens the data behind it and the way to answer. */
export function SuspicionsPage() {
  const { t } = useSpeech();
  const list = usePages(['suspicions'], (at) => ask('GET /api/unit/suspicions', { query: at }), ANEW_MS);
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      <Loaded query={list.query} isEmpty={() => list.rows.length === 0}>
        {() => (
          <><ul className="todo">
            {list.rows.map((row) => (
              <li key={row.clueId} className={row.state === 'CONFIRMED' ? 'quiet' : ''}>
                <Go to={`/suspicions/${row.clueId}`}><strong>{t(TEXT.paper)} {row.documentNo}</strong></Go>
                <div>{t(TEXT.sent, { time: formatTime(msOf(row.sentAt)) })} <Tag>{row.state === 'CONFIRMED' ? `✓ ${t(TEXT.confirmed)}` : `! ${t(TEXT.confirm)}`}</Tag></div>
                {row.stateUntil !== null && <DueLine dueAt={Date.parse(`${row.stateUntil}T24:00:00+08:00`)} day={row.stateUntil} kind="right" article={TOLD} />}
              </li>
            ))}
          </ul><More list={list} /></>
        )}
      </Loaded>
    </>
  );
}
