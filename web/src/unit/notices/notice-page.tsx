import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Steps } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { msOf } from '../../shared/moment.ts';
import { formatTime } from '../../shared/tiers.ts';
import { useAct } from '../parts/act.tsx';
import { Go, useWord } from '../parts/go.tsx';
import { Fact, Panel } from '../parts/panel.tsx';
import { METHODS } from '../parts/words.ts';
import { ask, type Notice } from '../shapes.ts';
import { OpenPaper } from './open-paper.tsx';
import { useArticle } from '../../shared/terms/article.ts';

const TEXT = {
  confirm: { zh: '确认收到', en: 'Confirm receipt' },
  meaning: { zh: '确认收到只表示您已收到这份文书，不表示同意其内容；陈述、申辩的权利不受影响。', en: 'Confirming only says that you have this paper, not that you agree with it; your right to state and defend is untouched.' },
  sent: { zh: '发出', en: 'Sent' },
  arrived: { zh: '送达', en: 'Arrived' },
  read: { zh: '打开', en: 'Opened' },
  confirmed: { zh: '确认收到', en: 'Confirmed' },
  number: { zh: '文号', en: 'Number' },
  method: { zh: '送达方式', en: 'Way of service' },
  legalDay: { zh: '法律上的送达日', en: 'Legal day of service' },
  legalNote: { zh: '期限从这一天起算，与是否打开无关', en: 'Terms run from this day, opened or not' },
  digest: { zh: '文件摘要（SHA-256）', en: 'Digest of the file (SHA-256)' },
  check: { zh: '到公众核验页核对这份 PDF 是否完整、是否由本机关签章', en: 'Check on the public page that the PDF is whole and sealed by the authority' },
  about: { zh: '发出时的内容', en: 'What it was about when it was sent' },
  notOpened: { zh: '确认时未打开 PDF', en: 'confirmed without opening the PDF' },
  sheet: { zh: '前往反馈', en: 'Go to the answer' },
  clue: { zh: '前往涉嫌违法告知', en: 'Go to the suspicion' },
  case: { zh: '前往案件', en: 'Go to the case' },
} as const satisfies Record<string, Text>;

const PLACES: Readonly<Record<string, { readonly path: string; readonly text: Text }>> = {
  sheet: { path: '/sheets/', text: TEXT.sheet },
  clue: { path: '/suspicions/', text: TEXT.clue },
  case: { path: '/cases/', text: TEXT.case },
};

function Progress({ notice }: { notice: Notice }) {
  const { t } = useSpeech();
  const given: readonly (readonly [Text, string | null])[] = [[TEXT.sent, notice.sentAt], [TEXT.arrived, notice.arrivedAt], [TEXT.read, notice.readAt], ...(notice.mustConfirm ? [[TEXT.confirmed, notice.confirmedAt] as const] : [])];
  return <Steps size="small" responsive style={{ marginBottom: 14 }} items={given.map(([text, at]) => ({ title: t(text), content: text === TEXT.read && at === null && notice.confirmedAt !== null ? t(TEXT.notOpened) : formatTime(msOf(at)), status: at === null ? ('wait' as const) : ('finish' as const) }))} />;
}

function Receipt({ notice }: { notice: Notice }) {
  const { t } = useSpeech();
  const confirm = useAct(t(TEXT.confirm), () => ask('POST /api/unit/notices/:deliveryId/confirm', { params: { deliveryId: notice.deliveryId } }));
  const waits = notice.mustConfirm && notice.confirmedAt === null;
  return (
    <Flex gap={10} wrap style={{ marginTop: 12 }}>
      <OpenPaper deliveryId={notice.deliveryId} primary={!waits || notice.readAt === null} />
      {waits && <Button type={notice.readAt === null ? 'default' : 'primary'} loading={confirm.isPending} onClick={() => confirm.mutate(undefined)}>{t(TEXT.confirm)}</Button>}
      {confirm.isError && <ProblemAlert error={confirm.error} />}
    </Flex>
  );
}

export function NoticePageView() {
  const { t } = useSpeech();
  const article = useArticle();
  const deliveryId = useWord('deliveryId');
  const query = useQuery({ queryKey: ['notice', deliveryId], queryFn: () => ask('GET /api/unit/notices/:deliveryId', { params: { deliveryId } }) });
  return (
    <Loaded query={query}>
      {(notice) => {
        const place = PLACES[notice.subjectKind];
        return (
          <>
            <PageTitle extra={place === undefined ? undefined : <Go to={`${place.path}${notice.subjectId}`}>{t(place.text)} →</Go>}>{article(notice.documentTitle)}</PageTitle>
            <Panel title={notice.documentNumber}>
              {notice.about !== null && <p className="claim">{t(TEXT.about)}：{t(notice.about)}</p>}
              <Progress notice={notice} />
              {notice.mustConfirm && notice.confirmedAt === null && <Alert type="info" showIcon title={t(TEXT.meaning)} />}
              <Receipt notice={notice} />
            </Panel>
            <Panel title={t(TEXT.method)}>
              <div className="facts">
                <Fact label={t(TEXT.method)}>{t({ zh: notice.methodZh, en: METHODS[notice.method] ?? notice.method })}</Fact>
                <Fact label={t(TEXT.legalDay)}>{notice.legalDay ?? '—'}<div style={{ fontSize: 12, opacity: 0.8 }}>{t(TEXT.legalNote)}</div></Fact>
                <Fact label={t(TEXT.digest)}><span className="digest">{notice.documentSha256}</span></Fact>
              </div>
              <p style={{ marginBottom: 0 }}><a href="/public/verify">{t(TEXT.check)}</a></p>
            </Panel>
          </>
        );
      }}
    </Loaded>
  );
}
