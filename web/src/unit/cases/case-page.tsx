import { Collapse, Tag } from 'antd';
import { FactsText } from '../../shared/told/facts-text.tsx';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { DisputedValues } from '../../shared/register/dispute-list.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { OwnPaper, PaperOfDocument } from '../notices/open-paper.tsx';
import { DueLine } from '../parts/due.tsx';
import { useWord } from '../parts/go.tsx';
import { Fact, Panel } from '../parts/panel.tsx';
import { useCase } from '../parts/queries.ts';
import { CLOCKS, stageOf } from '../parts/words.ts';
import type { CasePage } from '../shapes.ts';
import { FineFacts, Served } from './served.tsx';
import { nextOf, OBJECTION } from './what-next.ts';
import { RIGHT_FORMS, RightAct } from './right-forms.tsx';
import { useArticle } from '../../shared/terms/article.ts';

const TEXT = {
  case: { zh: '案件', en: 'Case' },
  facts: { zh: '案件事实', en: 'Facts of the case' },
  noFacts: { zh: '调查尚未得出事实。', en: 'The investigation has no facts yet.' },
  terms: { zh: '期限', en: 'Terms' },
  noTerms: { zh: '现在没有您的期限。', en: 'No term of yours runs now.' },
  rights: { zh: '现在可以办理', en: 'What you can do now' },
  noRights: { zh: '这一步不需要您办理。有新的文书或期限时会通知您。', en: 'This step asks nothing of you. New papers and terms will be told to you.' },
  papers: { zh: '文书', en: 'Papers' },
  noPapers: { zh: '还没有送达给您的文书。', en: 'No papers have been served on you yet.' },
  questions: { zh: '您的疑问与答复', en: 'Your questions and the answers' },
  results: { zh: '监测（检测）结果', en: 'Results of the tests' },
  defence: { zh: '您的陈述、申辩与答复', en: 'Your defence and the answers' },
  sent: { zh: '已提交', en: 'sent' },
  accepted: { zh: '采纳', en: 'accepted' },
  rejected: { zh: '未采纳', en: 'not accepted' },
  waiting: { zh: '待复核', en: 'to be reviewed' },
  unanswered: { zh: '待答复', en: 'to be answered' },
  acts: { zh: '您已办理的事项', en: 'What you have done' },
  hearing: { zh: '听证', en: 'Hearing' },
  hearingAt: { zh: '{time}，{place}', en: '{time}, {place}' },
  measures: { zh: '采取的措施', en: 'Measures taken' },
  form: { zh: '现场形成的记录', en: 'recorded in the act' },
  order: { zh: '责令改正', en: 'Order to correct' },
  dueOn: { zh: '应于 {day} 前完成', en: 'to be done by {day}' },
  next: { zh: '接下来会怎样', en: 'What happens next' },
  object: { zh: '如何提出异议', en: 'How to object' },
  correction: { zh: '整改', en: 'Correction' },
} as const satisfies Record<string, Text>;

function Terms({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const article = useArticle();
  const { hearing } = page;
  // T7 binds the authority: its notice comes seven working days ahead. To the unit the hearing itself is what comes.
  const clocks = page.clocks.filter(({ clockId }) => clockId !== 'T7');
  const coming = hearing.at !== null && page.clocks.some(({ clockId, state }) => clockId === 'T7' && state === 'OPEN');
  if (clocks.length === 0 && !coming) return <span>{t(TEXT.noTerms)}</span>;
  return (
    <ul style={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 8 }}>
      {coming && <li><strong>{t(TEXT.hearing)}</strong> <DueLine dueAt={hearing.at ?? 0} kind="right" at article={hearing.place ?? ''} /></li>}
      {clocks.map((clock) => {
        const words = CLOCKS[clock.clockId];
        return (
          <li key={`${clock.clockId}-${clock.dueAt}`}>
            <strong>{t({ zh: clock.title, en: words?.en ?? clock.title })}</strong>{' '}
            {clock.end === null
              ? <DueLine dueAt={clock.dueAt} day={clock.dueDay} kind={words?.kind ?? 'right'} article={clock.article} dayKind={clock.dayKind} workingDaysLeft={clock.workingDaysLeft} paused={clock.state === 'PAUSED'} />
              : <span style={{ opacity: 0.8 }}>{t(clock.end)} · {article(clock.article)}</span>}
          </li>
        );
      })}
    </ul>
  );
}

function Rights({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const article = useArticle();
  const offered = page.rights.filter((right) => RIGHT_FORMS[right.command] !== undefined && (right.command !== 'REQUEST_HEARING' || page.hearing.right));
  if (offered.length === 0) return <span>{t(TEXT.noRights)}</span>;
  return (
    <Collapse
      defaultActiveKey={offered[0]?.command ?? ''}
      items={offered.map((right) => ({ key: right.command, label: <><strong>{t(right)}</strong> <span style={{ fontSize: 12, opacity: 0.8 }}>{article(right.article)}</span></>, children: <RightAct page={page} command={right.command} label={t(right)} /> }))}
    />
  );
}

function Papers({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const article = useArticle();
  if (page.papers.length + page.forms.length === 0) return <span>{t(TEXT.noPapers)}</span>;
  return (
    <ul className="todo">
      {page.papers.map((paper) => (
        <li key={paper.documentId} className="quiet"><strong>{article(paper.title)}</strong> {paper.number}<div style={{ marginTop: 6 }}>{paper.own ? <OwnPaper documentId={paper.documentId} /> : <PaperOfDocument documentId={paper.documentId} />}</div></li>
      ))}
      {page.forms.map((form) => <li key={form.paperId} className="quiet"><strong>{article(form.title)}</strong> <span style={{ fontSize: 12 }}>{t(TEXT.form)}</span> <span className="digest">SHA-256 {form.sha256.slice(0, 12)}…</span></li>)}
    </ul>
  );
}

function Defence({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  if (page.defence.length === 0) return null;
  return (
    <Panel title={t(TEXT.defence)}>
      {page.defence.map((each, i) => (
        <div key={`${each.at}-${i}`} style={{ marginBottom: 8 }}>
          <Tag>{each.accepted === null ? `◌ ${t(TEXT.waiting)}` : each.accepted ? `✓ ${t(TEXT.accepted)}` : `✗ ${t(TEXT.rejected)}`}</Tag> <span style={{ fontSize: 12 }}>{formatTime(each.at)}</span>
          <p className="said">{each.point}</p>
          {each.reason !== null && <p className="said" style={{ borderLeft: '3px solid rgba(128,128,128,.5)', paddingLeft: 8 }}>{each.reason}</p>}
        </div>
      ))}
    </Panel>
  );
}

function Questions({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  if (page.questions.length === 0) return null;
  return (
    <Panel title={t(TEXT.questions)}>
      {page.questions.map((each) => (
        <div key={each.at} style={{ marginBottom: 8 }}>
          {each.answer === null && <Tag>◌ {t(TEXT.unanswered)}</Tag>} <span style={{ fontSize: 12 }}>{formatTime(each.at)}</span>
          <p className="said">{each.question}</p>
          {each.answer !== null && <p className="said" style={{ borderLeft: '3px solid rgba(128,128,128,.5)', paddingLeft: 8 }}>{each.answer}</p>}
        </div>
      ))}
    </Panel>
  );
}

function Results({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  if (page.results.length === 0) return null;
  return (
    <Panel title={t(TEXT.results)}>
      {page.results.map((each) => (
        <div key={each.samplingId} style={{ marginBottom: 8 }}>
          <strong>{each.reportNo}</strong> <span style={{ fontSize: 12 }}>{each.taken}</span>
          <p className="said">{each.result}</p>
          {each.comment !== null && <p className="said">{each.comment}</p>}
          {each.answer !== null && <p className="said" style={{ borderLeft: '3px solid rgba(128,128,128,.5)', paddingLeft: 8 }}>{each.answer}</p>}
        </div>
      ))}
    </Panel>
  );
}

/** Every act leaves a line here: what was sent, when, and whether an answer is still owed. */
function Acts({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  if (page.acts.length === 0) return null;
  return (
    <Panel title={t(TEXT.acts)}>
      {page.acts.map((each) => (
        <div key={`${each.command}-${each.at}`} style={{ marginBottom: 8 }}>
          <Tag>{each.waits ? `◌ ${t(TEXT.unanswered)}` : `✓ ${t(TEXT.sent)}`}</Tag> <strong>{t(each)}</strong> <span style={{ fontSize: 12 }}>{formatTime(each.at)}</span>
          {each.reason !== '' && <p className="said">{each.reason}</p>}
        </div>
      ))}
    </Panel>
  );
}

function Measures({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  if (page.measures.length === 0) return null;
  return (
    <Panel title={t(TEXT.measures)}>
      {page.measures.map((one) => (
        <div key={one.track} style={{ marginBottom: 6 }}><strong>{t(one)}</strong> <Tag>{t({ zh: one.stateZh, en: one.stateEn })}</Tag></div>
      ))}
    </Panel>
  );
}

function Outcome({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const fine = page.decided === null && page.amount !== null;
  if (!fine && page.order === null && page.hearing.at === null) return null;
  return (
    <div className="facts" style={{ marginTop: 12 }}>
      {fine && <FineFacts page={page} />}
      {page.hearing.at !== null && <Fact label={t(TEXT.hearing)}>{t(TEXT.hearingAt, { time: formatTime(page.hearing.at), place: page.hearing.place ?? '' })}</Fact>}
      {page.order !== null && <Fact label={t(TEXT.order)}>{t(TEXT.dueOn, { day: page.order.dueOn })}<ul style={{ margin: 0, paddingInlineStart: 18 }}>{page.order.demands.map((demand) => <li key={demand}>{demand}</li>)}</ul></Fact>}
    </div>
  );
}

/** The unit's own case: where it stands, its terms, its rights, its papers, what comes next. */
export function CasePageView() {
  const { t } = useSpeech();
  const query = useCase(useWord('caseId'));
  return (
    <Loaded query={query}>
      {(page) => (
        <>
          <PageTitle extra={<span><Tag>{t(stageOf(page.stage))}</Tag>{page.rectification !== '未责令改正' && <Tag>{t(TEXT.correction)}：{t(stageOf(page.rectification))}</Tag>}</span>}>{t(TEXT.case)} {page.caseNo}</PageTitle>
          <div className="columns">
            <div>
              <Panel title={t(TEXT.terms)}><Terms page={page} /></Panel>
              <Served page={page} />
              <Panel title={t(TEXT.rights)}><Rights page={page} /></Panel>
              <Panel title={t(TEXT.facts)}><DisputedValues outfall={page.outfall} factors={page.factors} /><FactsText className="claim" text={page.facts === '' ? t(TEXT.noFacts) : page.facts} /><Outcome page={page} /></Panel>
              <Measures page={page} />
              <Results page={page} />
              <Defence page={page} />
              <Questions page={page} />
              <Acts page={page} />
            </div>
            <div>
              <Panel title={t(TEXT.papers)}><Papers page={page} /></Panel>
              <Panel title={t(TEXT.next)}>{t(nextOf(page.stage))}</Panel>
              <Panel title={t(TEXT.object)}>{t(OBJECTION)}</Panel>
            </div>
          </div>
        </>
      )}
    </Loaded>
  );
}
