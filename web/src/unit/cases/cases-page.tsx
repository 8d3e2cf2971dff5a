import { Tag } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { More, usePages } from '../../shared/pages.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { Go } from '../parts/go.tsx';
import { InquiryPanel } from './inquiry-panel.tsx';
import { ANEW_MS } from '../parts/queries.ts';
import { call } from '../../shared/api.ts';
import { stageOf } from '../parts/words.ts';

const TEXT = {
  title: { zh: '案件', en: 'Cases' },
  handed: { zh: '移送 {time}', en: 'handed over {time}' },
  closed: { zh: '结案 {time}', en: 'closed {time}' },
  cause: { zh: '案由', en: 'Cause' },
} as const satisfies Record<string, Text>;

export function CasesPage() {
  const { t } = useSpeech();
  const list = usePages(['cases'], (at) => call('GET /api/unit/cases', { query: at }), ANEW_MS);
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      <InquiryPanel />
      <Loaded query={list.query} isEmpty={() => list.rows.length === 0}>
        {() => (
          <><ul className="todo">
            {list.rows.map((row) => (
              <li key={row.caseId} className={row.closedAt === null ? '' : 'quiet'}>
                <Go to={`/cases/${row.caseId}`}><strong>{row.caseNo}</strong></Go> <Tag>{t(stageOf(row.stateZh))}</Tag>
                {row.cause !== null && <div>{t(TEXT.cause)}：{row.cause}</div>}
                <div style={{ fontSize: 13, opacity: 0.85 }}>{t(TEXT.handed, { time: formatTime(row.handedOverAt) })}{row.closedAt !== null && ` · ${t(TEXT.closed, { time: formatTime(row.closedAt) })}`}</div>
              </li>
            ))}
          </ul><More list={list} /></>
        )}
      </Loaded>
    </>
  );
}
