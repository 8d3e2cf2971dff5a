import { Alert, Button, Flex, Skeleton, Tag, Timeline } from 'antd';
import { lazy, Suspense } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { DisputedValues } from '../../shared/register/dispute-list.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { SheetWayView } from '../../shared/supervision/sheet-way.tsx';
import { FILE_TITLE } from '../../shared/supervision/unit-file.tsx';
import { formatTime, TIERS } from '../../shared/tiers.ts';
import { OwnPaper, PaperOfDocument } from '../notices/open-paper.tsx';
import { useAct } from '../parts/act.tsx';
import { DueLine } from '../parts/due.tsx';
import { Go, useWord } from '../parts/go.tsx';
import { MaterialList } from '../../shared/materials.tsx';
import { msOf } from '../../shared/moment.ts';
import { Panel } from '../parts/panel.tsx';
import { useCauses, useMay, useSheet } from '../parts/queries.ts';
import type { SheetPage } from '../shapes.ts';
import { AnswerForm } from './answer-form.tsx';
import { SheetTier } from './sheet-tier.tsx';
import { useArticle } from '../../shared/terms/article.ts';

const OutfallCurves = lazy(() => import('../outfalls/outfall-curves.tsx'));

const TEXT = {
  seen: { zh: '数据显示', en: 'What the data show' },
  answer: { zh: '说明情况', en: 'Your answer' },
  given: { zh: '已提交的反馈', en: 'Answers given' },
  confirm: { zh: '确认收到', en: 'Confirm receipt' },
  confirmed: { zh: '已于 {time} 确认收到', en: 'receipt confirmed {time}' },
  next: { zh: '接下来会怎样', en: 'What happens next' },
  way: { zh: '时限与通知渠道', en: 'Term and channels' },
  nextEstablished: { zh: '监控部门复核属实，已移交执法部门依法处理。您仍可查询数据、陈述和申辩。', en: 'Control staff found it true and passed it to enforcement. You may still query the data, state and defend.' },
  course: { zh: '经过', en: 'Course' },
  former: { zh: '当时的文书（PDF）', en: 'The paper of then (PDF)' },
  agent: { zh: '由代理人 {who} 代本单位反馈', en: 'answered for the unit by its agent {who}' },
  late: { zh: '逾期提交', en: 'sent late' },
  provisional: { zh: '暂定：标记期限未满，按期标记可能改变结论', en: 'provisional: marks may still change it' },
  wait: { zh: '文书送达后即可反馈。', en: 'You can answer as soon as the paper has arrived.' },
  nextAnswer: { zh: '监控人员会核查您的反馈：说得通的予以排除或认定自行纠正；不清楚的会退回请您补充；仍有疑点的转研判，不等于认定违法。逾期不反馈会被记录并可能升级。', en: 'An official checks your answer: what explains it is closed, what is unclear comes back to you, what stays doubtful goes to the panel, which is no finding against you. Not answering in time is recorded and may be escalated.' },
  nextDone: { zh: '您的反馈正在核查，结果会在这里显示。有新情况可以再联系监控部门补充。', en: 'Your answer is being checked; the result will appear here.' },
  nextClosed: { zh: '这份督办已办结。', en: 'This sheet is closed.' },
  toSuspicions: { zh: '查看涉嫌违法告知', en: 'See what you were told' },
  nextReferred: { zh: '已转入研判，不再要求反馈。如形成涉嫌违法的线索，会告知您，您可以查询数据并陈述、申辩。', en: 'No answer is asked for any more: it went to the panel. If it leads to a suspicion you will be told, may query the data and state your side.' },
} as const satisfies Record<string, Text>;

const ACTS: Readonly<Record<string, Text>> = {
  remind: { zh: '发出提醒', en: 'reminder sent' }, warn: { zh: '发出警告', en: 'warning sent' }, arrive: { zh: '送达', en: 'arrived' }, answer: { zh: '反馈', en: 'answered' },
  lapse: { zh: '逾期', en: 'term passed' }, explain: { zh: '核查排除', en: 'found explained' }, accept: { zh: '认定自行纠正', en: 'self-correction accepted' },
  'send-back': { zh: '退回补充', en: 'sent back' }, refer: { zh: '转研判', en: 'referred for analysis' }, escalate: { zh: '升级', en: 'escalated' },
  order: { zh: '发出电子督办单', en: 'e-supervision sheet sent' }, send: { zh: '发送，开始计时', en: 'sent, the clock started' },
  establish: { zh: '复核属实，移交执法', en: 'found true, passed to enforcement' }, grow: { zh: '情况持续', en: 'still going on' },
  confirm: { zh: '确认收到', en: 'receipt confirmed' }, join: { zh: '并入新情况', en: 'new finding joined' },
};

const ANSWERABLE = ['FEEDBACK_PENDING', 'FEEDBACK_OVERDUE'];
const HOUR = 3_600_000;

function nextOf(sheet: SheetPage): Text {
  if (ANSWERABLE.includes(sheet.state)) return TEXT.nextAnswer;
  if (sheet.state === 'ESTABLISHED') return TEXT.nextEstablished;
  if (sheet.state === 'REFERRED') return TEXT.nextReferred;
  return sheet.open ? TEXT.nextDone : TEXT.nextClosed;
}

function Seen({ sheet }: { sheet: SheetPage }) {
  const { t } = useSpeech();
  const from = msOf(sheet.periodFrom) ?? 0;
  const to = msOf(sheet.periodTo) ?? from + 12 * HOUR;
  const shades = [{ from, to, color: TIERS[sheet.tier].hex }];
  const maySee = useMay('analysis.read');
  return (
    <Panel title={t(TEXT.seen)} extra={<PaperOfDocument documentId={sheet.documentId} />}>
      <p className="claim">{t(sheet.sentence)}</p>
      <DisputedValues outfall={sheet.outfall} factors={sheet.factors} />
      {sheet.provisional && <p><Tag>◌ {t(TEXT.provisional)}</Tag></p>}
      {maySee && (
        <Suspense fallback={<Skeleton active paragraph={{ rows: 6 }} />}>
          <OutfallCurves outfall={sheet.outfall} from={from - 12 * HOUR} to={to + 12 * HOUR} shades={shades} factors={sheet.factors} onlyLimited withFrames />
        </Suspense>
      )}
    </Panel>
  );
}

function Receipt({ sheet }: { sheet: SheetPage }) {
  const { t } = useSpeech();
  const may = useMay('supervision.confirm-receipt');
  const confirm = useAct(t(TEXT.confirm), () => call('POST /api/unit/sheets/:sheetId/receipt', { params: { sheetId: sheet.sheetId } }));
  if (sheet.confirmedAt !== null) return <span style={{ fontSize: 13, opacity: 0.85 }}>✓ {t(TEXT.confirmed, { time: formatTime(msOf(sheet.confirmedAt)) })}</span>;
  if (sheet.deliveryId === null || !may) return null;
  return (
    <Flex vertical gap={6}>
      <div><Button loading={confirm.isPending} onClick={() => confirm.mutate(undefined)}>{t(TEXT.confirm)}</Button></div>
      {confirm.isError && <ProblemAlert error={confirm.error} />}
    </Flex>
  );
}

function Given({ sheet }: { sheet: SheetPage }) {
  const { t } = useSpeech();
  const causes = useCauses();
  if (sheet.feedback.length === 0) return null;
  return (
    <Panel title={t(TEXT.given)}>
      {sheet.feedback.map((each) => (
        <div key={each.feedbackId} style={{ marginBottom: 10 }}>
          <strong>{t(causes.data?.[each.cause] ?? { zh: each.cause, en: each.cause })}</strong> <span style={{ fontSize: 12 }}>{formatTime(msOf(each.at))}</span> {each.late && <Tag>! {t(TEXT.late)}</Tag>}
          {each.agent !== null && <div style={{ fontSize: 13 }}>{t(TEXT.agent, { who: `${each.agent.name} ${each.agent.company}`.trim() })}</div>}
          <p className="said">{each.explanation}</p>
          {each.measures !== '' && <p className="said">{each.measures}</p>}
          <MaterialList items={each.materials} />
        </div>
      ))}
    </Panel>
  );
}

/** A paper of an earlier round stands where it was sent; that of the present round stands above. */
const earlier = (sheet: SheetPage, event: SheetPage['events'][number]): boolean =>
  event.documentId !== null && event.documentId !== sheet.documentId && sheet.events.find((one) => one.documentId === event.documentId)?.eventId === event.eventId;

/** One reminder or warning: what was seen, by when to answer, what happens next. */
export function SheetPageView() {
  const { t } = useSpeech();
  const article = useArticle();
  const query = useSheet(useWord('sheetId'));
  return (
    <Loaded query={query}>
      {(sheet) => {
        const clock = sheet.deadlines.find((row) => row.state === 'OPEN');
        const answerable = ANSWERABLE.includes(sheet.state);
        // A term of an answer ends with the sheet's leaving the unit's hands.
        const due = answerable ? msOf(clock?.dueAt) : null;
        return (
          <>
            <PageTitle extra={<Tag>{t({ zh: sheet.stateZh, en: sheet.stateEn })}</Tag>}><SheetTier tier={sheet.tier} /> {sheet.outfallName} {sheet.documentNo}</PageTitle>
            {due !== null && <Alert type="info" style={{ marginBottom: 14 }} title={<DueLine dueAt={due} kind="duty" article={clock?.article} />} />}
            <div className="columns">
              <div><Seen sheet={sheet} /><Given sheet={sheet} /></div>
              <div>
                {answerable && <Panel title={t(TEXT.answer)} extra={<Receipt sheet={sheet} />}><AnswerForm sheet={sheet} /></Panel>}
                <Panel title={t(TEXT.next)} extra={answerable ? undefined : <Receipt sheet={sheet} />}>{sheet.deliveredAt === null ? t(TEXT.wait) : t(nextOf(sheet))}{sheet.state === 'REFERRED' && <div style={{ marginTop: 8 }}><Go to="/suspicions">{t(TEXT.toSuspicions)} →</Go></div>}</Panel>
                <Panel title={t(TEXT.way)} extra={<Go to="/file">{t(FILE_TITLE)}</Go>}><SheetWayView way={sheet} /></Panel>
                <Panel title={t(TEXT.course)}>
                  <Timeline items={sheet.events.map((event) => ({ key: event.eventId, content: <><strong>{t(ACTS[event.act] ?? { zh: event.act, en: event.act })}</strong> <span style={{ fontVariantNumeric: 'tabular-nums' }}>{formatTime(msOf(event.at))}</span>{event.basis !== null && <div style={{ fontSize: 12, opacity: 0.8 }}>{article(event.basis)}</div>}{event.act === 'answer' && event.documentId !== null && <div><OwnPaper documentId={event.documentId} /></div>}{event.act !== 'answer' && earlier(sheet, event) && <PaperOfDocument documentId={event.documentId} label={t(TEXT.former)} />}</> }))} />
                </Panel>
              </div>
            </div>
          </>
        );
      }}
    </Loaded>
  );
}
