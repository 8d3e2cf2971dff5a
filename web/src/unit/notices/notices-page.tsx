import { Tag } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { msOf } from '../../shared/moment.ts';
import { More, usePages } from '../../shared/pages.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { Go } from '../parts/go.tsx';
import { ANEW_MS } from '../parts/queries.ts';
import { RiskHints } from './risk-hints.tsx';
import { ask, type Notice } from '../shapes.ts';
import { useArticle } from '../../shared/terms/article.ts';

const TEXT = {
  title: { zh: '文书', en: 'Notices and papers' },
  arrived: { zh: '送达 {time}', en: 'arrived {time}' },
  confirm: { zh: '待确认收到', en: 'receipt not confirmed' },
  unread: { zh: '未打开', en: 'not opened' },
  unreadConfirmed: { zh: '确认时未打开 PDF', en: 'confirmed without opening the PDF' },
} as const satisfies Record<string, Text>;

function NoticeItem({ notice }: { notice: Notice }) {
  const { t } = useSpeech();
  const article = useArticle();
  const waits = notice.mustConfirm && notice.confirmedAt === null;
  return (
    <li className={waits ? '' : 'quiet'}>
      <Go to={`/notices/${notice.deliveryId}`}><strong>{article(notice.documentTitle)}</strong></Go>
      <div style={{ overflowWrap: 'anywhere' }}>{notice.documentNumber}{notice.about !== null && ` · ${t(notice.about)}`}</div>
      <div style={{ fontSize: 13, fontVariantNumeric: 'tabular-nums' }}>
        {t(TEXT.arrived, { time: formatTime(msOf(notice.arrivedAt)) })}{' '}
        <Tag>{t({ zh: notice.stateZh, en: notice.stateEn })}</Tag>
        {waits && <Tag>! {t(TEXT.confirm)}</Tag>}
        {notice.readAt === null && <Tag>○ {t(notice.confirmedAt === null ? TEXT.unread : TEXT.unreadConfirmed)}</Tag>}
      </div>
    </li>
  );
}

/** Everything that was served on the unit through the portal, newest first. */
export function NoticesPage() {
  const { t } = useSpeech();
  const list = usePages(['notices'], (at) => ask('GET /api/unit/notices', { query: at }), ANEW_MS);
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      <RiskHints />
      <Loaded query={list.query} isEmpty={() => list.rows.length === 0}>
        {() => <><ul className="todo">{list.rows.map((notice) => <NoticeItem key={notice.deliveryId} notice={notice} />)}</ul><More list={list} /></>}
      </Loaded>
    </>
  );
}
