import { Alert, Button, Flex, Result, Skeleton, Typography } from 'antd';
import { lazy, Suspense } from 'react';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { DueLine } from '../parts/due.tsx';
import { InquiryPanel } from '../cases/inquiry-panel.tsx';
import { Go } from '../parts/go.tsx';
import { useNow } from '../../shared/moment.ts';
import { Panel } from '../parts/panel.tsx';
import { useConsent, useMay, useOutfalls, useUnit } from '../parts/queries.ts';
import type { Outfall } from '../shapes.ts';
import { RiskHints } from '../notices/risk-hints.tsx';
import { useDuties, type Duty } from './duties.ts';
import { useArticle } from '../../shared/terms/article.ts';

const OutfallCurves = lazy(() => import('../outfalls/outfall-curves.tsx'));

const TEXT = {
  title: { zh: '今天', en: 'Today' },
  must: { zh: '需要您办理的', en: 'What you must do' },
  may: { zh: '您可以行使的权利', en: 'What you may do' },
  nothing: { zh: '现在没有需要您办理的事项', en: 'Nothing waits for you' },
  nothingMore: { zh: '有新的提醒、文书或期限时，会出现在这里。', en: 'New reminders, papers and terms will appear here.' },
  nothingBut: { zh: '没有必须办理的；您仍可行使的权利列在下面，是否行使由您决定。', en: 'Nothing has to be done. What you may still do is listed below; whether you do it is up to you.' },
  noTerm: { zh: '收到即可确认；确认收到不等于同意其内容', en: 'Confirm when you have it; confirming is not agreeing' },
  moreRights: { zh: '另有 {n} 项期限较晚的权利', en: '{n} more rights that end later' },
  old: { zh: '早前的提醒、警告待确认收到（{n} 份）', en: 'Earlier reminders and warnings to confirm ({n})' },
  others: { zh: '还有 {n} 份文书待确认收到', en: '{n} more papers to confirm' },
  curves: { zh: '最近 24 小时', en: 'Last 24 hours' },
  more: { zh: '查看排口', en: 'Open the outfall' },
  consent: { zh: '尚未同意电子送达', en: 'Electronic service has not been agreed' },
  consentMore: { zh: '同意后，告知书、决定书等文书直接到达本账号；不同意也可以，文书将以其他方式送达。', en: 'With your consent papers of the procedure arrive here; without it they are served another way.' },
  consentGo: { zh: '了解并填写', en: 'Read and fill in' },
} as const satisfies Record<string, Text>;

const PAPERS_SHOWN = 4;
const RIGHTS_SHOWN = 4;
const DAY = 24 * 3_600_000;

function DutyItem({ duty }: { duty: Duty }) {
  const { t } = useSpeech();
  const article = useArticle();
  const now = useNow();
  const overdue = duty.kind === 'duty' && duty.dueAt !== null && duty.dueAt < now;
  return (
    <li className={overdue ? 'overdue' : duty.kind === 'right' ? 'quiet' : ''}>
      <Flex justify="space-between" align="center" gap={10} wrap>
        <div style={{ flex: '1 1 240px', minWidth: 0 }}>
          <strong>{t(duty.title)}</strong>
          <div style={{ opacity: 0.85, overflowWrap: 'anywhere' }}>{t(duty.about)}</div>
          {duty.dueAt === null
            ? <div style={{ fontSize: 13 }}>{t(TEXT.noTerm)} · <span style={{ opacity: 0.8, fontSize: 12 }}>{article(duty.article)}</span></div>
            : <DueLine dueAt={duty.dueAt} kind={duty.kind} article={duty.article} dayKind={duty.dayKind} workingDaysLeft={duty.workingDaysLeft} day={duty.day} paused={duty.paused ?? false} />}
        </div>
        <Go to={duty.to}><Button type={duty.kind === 'duty' ? 'primary' : 'default'} tabIndex={-1}>{t(duty.act)}</Button></Go>
      </Flex>
    </li>
  );
}

/** What can wait, one touch away. */
function Folded({ title, duties }: { title: string; duties: readonly Duty[] }) {
  if (duties.length === 0) return null;
  return <details style={{ marginTop: 10 }}><summary>{title}</summary><ul className="todo" style={{ marginTop: 10 }}>{duties.map((duty) => <DutyItem key={duty.key} duty={duty} />)}</ul></details>;
}

function Duties({ duties }: { duties: readonly Duty[] }) {
  const { t } = useSpeech();
  const must = duties.filter((duty) => duty.kind === 'duty');
  const timed = must.filter((duty) => duty.dueAt !== null);
  const papers = must.filter((duty) => duty.dueAt === null && duty.old !== true);
  const old = must.filter((duty) => duty.old === true);
  const may = duties.filter((duty) => duty.kind === 'right');
  return (
    <>
      <Panel title={t(TEXT.must)}>
        {must.length === old.length
          ? <Result status="success" title={<span style={{ fontSize: 16 }}>{t(TEXT.nothing)}</span>} subTitle={<span style={{ color: 'inherit', opacity: 0.85 }}>{t(may.length > 0 ? TEXT.nothingBut : TEXT.nothingMore)}</span>} style={{ padding: 12 }} />
          : <ul className="todo">{[...timed, ...papers.slice(0, PAPERS_SHOWN)].map((duty) => <DutyItem key={duty.key} duty={duty} />)}</ul>}
        {papers.length > PAPERS_SHOWN && <p style={{ marginBottom: 0 }}><Go to="/notices">{t(TEXT.others, { n: papers.length - PAPERS_SHOWN })} →</Go></p>}
        <Folded title={t(TEXT.old, { n: old.length })} duties={old} />
      </Panel>
      {may.length > 0 && (
        <Panel title={t(TEXT.may)}>
          <ul className="todo">{may.slice(0, RIGHTS_SHOWN).map((duty) => <DutyItem key={duty.key} duty={duty} />)}</ul>
          <Folded title={t(TEXT.moreRights, { n: may.length - RIGHTS_SHOWN })} duties={may.slice(RIGHTS_SHOWN)} />
        </Panel>
      )}
    </>
  );
}

function ConsentHint() {
  const { t } = useSpeech();
  const { data } = useConsent();
  if (data === undefined || data.consent?.act === 'GIVEN') return null;
  return (
    <Alert type="info" showIcon style={{ marginBottom: 14 }} title={t(TEXT.consent)} description={<>{t(TEXT.consentMore)} <Go to="/consent">{t(TEXT.consentGo)}</Go></>} />
  );
}

function Curves({ outfall }: { outfall: Outfall }) {
  const { t } = useSpeech();
  // The hour is the step of this picture: the address of the request stays the same until the next one begins.
  const to = Math.ceil(useNow() / 3_600_000) * 3_600_000;
  return (
    <Panel title={`${outfall.name} · ${t(TEXT.curves)}`} extra={<Go to={`/outfalls/${outfall.outfall}`}>{t(TEXT.more)}</Go>}>
      <Suspense fallback={<Skeleton active />}><OutfallCurves outfall={outfall.outfall} from={to - DAY} to={to} onlyLimited /></Suspense>
    </Panel>
  );
}

/** What I must answer and by when; today's curves against the limits. */
export function TodayPage() {
  const { t } = useSpeech();
  const duties = useDuties();
  const unit = useUnit();
  const outfalls = useOutfalls();
  const maySee = useMay('analysis.read');
  return (
    <>
      <PageTitle extra={<Typography.Text type="secondary">{unit.data?.name}</Typography.Text>}>{t(TEXT.title)}</PageTitle>
      <InquiryPanel />
      <ConsentHint />
      <div className="columns">
        <div>
          <Loaded query={duties}>{(items) => <Duties duties={items} />}</Loaded>
          <RiskHints days={30} />
        </div>
        <div>{maySee && <Loaded query={outfalls}>{(items) => items.slice(0, 3).map((outfall) => <Curves key={outfall.outfall} outfall={outfall} />)}</Loaded>}</div>
      </div>
    </>
  );
}
