import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Card, Flex, Steps, Timeline, Typography } from 'antd';
import { useEffect, useRef, type ReactNode } from 'react';
import { useArticle } from '../../shared/terms/article.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { DisputedValues } from '../../shared/register/dispute-list.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { formatTime, TIERS } from '../../shared/tiers.ts';
import { Neighbours } from '../keys/neighbours.tsx';
import { Due } from '../parts/due.tsx';
import { OutfallChart } from '../parts/outfall-chart.tsx';
import { Fact } from '../parts/tags.tsx';
import { useMoney } from '../parts/money.ts';
import { Wide } from '../parts/wide.tsx';
import { ask, type CasePage, type CaseRow } from '../shapes.ts';
import { Clocks } from './clocks.tsx';
import { Documents } from './papers/documents.tsx';
import { DossierCard } from './evidence/dossier-card.tsx';
import { Evidence } from './evidence/evidence.tsx';
import { ExcludedTime } from './excluded-time.tsx';
import { FileQuality } from './evidence/file-quality.tsx';
import { FrozenFiles } from './evidence/frozen-files.tsx';
import { HearingCard } from './hearing-card.tsx';
import { InquiryCard } from './inquiry-card.tsx';
import { LawCard, LawChoice } from './discretion/law-card.tsx';
import { LikeCasesCard } from './discretion/like-cases.tsx';
import { Measures } from './measures.tsx';
import { NextSteps } from './next-steps.tsx';
import { Part, PartLinks } from './page-parts.tsx';
import { Notices } from './service/notices.tsx';
import { PublicationCard } from './service/publication-card.tsx';
import { usePublication } from './service/use-publication.ts';
import { ReadingsCard } from './evidence/readings-card.tsx';
import { STAGES, stageOf, standing, STOPPED } from './stages.ts';
import { OpenFindings, StoryCard } from './story.tsx';
import { TraceSteps } from './discretion/trace.tsx';
import { useCases } from './use-cases.ts';

const TEXT = {
  case: { zh: '案件', en: 'case' },
  stages: { zh: '办案阶段', en: 'Stages of the case' },
  clue: { zh: '线索与证据', en: 'Clue and evidence' },
  facts: { zh: '案情', en: 'Facts' },
  cause: { zh: '案由', en: 'Cause' },
  officers: { zh: '办案人员', en: 'Officers' },
  amount: { zh: '罚款', en: 'Fine' },
  paid: { zh: '已缴', en: 'Paid' },
  rectification: { zh: '整改', en: 'Correction' },
  remedy: { zh: '救济', en: 'Remedy' },
  actRemedies: { zh: '对其他决定的救济', en: 'Remedies against other acts' },
  surcharge: { zh: '尚欠加处罚款', en: 'Surcharge owed' },
  statements: { zh: '对催告的陈述申辩', en: 'Said against the demand' },
  discretion: { zh: '裁量：每个数的来源', en: 'Discretion: where each number comes from' },
  history: { zh: '办理经过', en: 'Course of the case' },
  chart: { zh: '涉案时段各来源数据', en: 'All sources in the period of the act' },
  kin: { zh: '关联案件（各自立卷、告知、送达）', en: 'Cases about the same matter, each with its own file' },
  close: { zh: '同一排放口、时间相近（立案时须说明并入或者分别立案）', en: 'Same outfall, close in time (the filing says: taken in, or apart)' },
  sameOutfall: { zh: '同一排放口', en: 'Same outfall' },
  sameUnit: { zh: '同一单位', en: 'Same unit' },
  questions: { zh: '当事人的疑问与答复', en: 'Questions of the party' },
  defence: { zh: '陈述申辩', en: 'Defence' },
  accepted: { zh: '✓ 采纳', en: '✓ accepted' },
  rejected: { zh: '✗ 不采纳', en: '✗ not accepted' },
  waits: { zh: '待复核', en: 'not yet answered' },
} as const satisfies Record<string, Text>;

const DAY = 86_400_000;
const route = getRouteApi('/cases/$caseId');

function Course({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const current = stageOf(page.state.main);
  const stopped = STOPPED.has(page.state.main);
  const here = useRef<HTMLDivElement>(null);
  // On a phone the row is wider than the screen: it stands where the case stands.
  useEffect(() => void here.current?.querySelectorAll('.ant-steps-item')[current]?.scrollIntoView({ block: 'nearest', inline: 'center' }), [current]);
  const where = standing(page, 'MAIN');
  return (
    <Card size="small">
      <Wide label={t(TEXT.stages)} min={1080}>
        <div ref={here}><Steps
          size="small" current={current} titlePlacement="vertical" responsive={false} {...(stopped ? { status: 'wait' as const } : {})}
          items={STAGES.map((stage, i) => ({ title: t(stage), ...(i === current && where.zh !== stage.zh ? { content: t(where) } : {}) }))}
        /></div>
      </Wide>
    </Card>
  );
}

function Facts({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const yuan = useMoney();
  const { state } = page;
  const told = [state.filing?.facts ?? state.facts, ...state.further.map((one) => one.facts)];
  return (
    <Card size="small" title={t(TEXT.facts)} extra={<Link to="/clues/$clueId" params={{ clueId: state.clueId }}>{t(TEXT.clue)} →</Link>}>
      <p className="claim" style={{ fontSize: 15, marginBottom: 8 }}>{told.map((text) => <span key={text} style={{ display: 'block', whiteSpace: 'pre-line' }}>{text === state.facts ? t({ zh: text, en: state.factsEn ?? text }) : text}</span>)}</p>
      <div className="facts">
        <Fact label={t(TEXT.cause)}>{t(page.cause) || '—'}</Fact>
        <Fact label={t(TEXT.officers)}>{state.officers.map((one) => `${one.name} ${one.certificate ?? ''}`).join('、') || '—'}</Fact>
        <Fact label={t(TEXT.amount)}>{yuan(state.decision?.amount ?? state.proposal?.amount ?? state.discretion?.trace.amount)}</Fact>
        <Fact label={t(TEXT.paid)}>{yuan(state.paid)}</Fact>
        <Fact label={t(TEXT.rectification)}>{t(standing(page, 'RECTIFICATION'))}</Fact>
        <Fact label={t(TEXT.remedy)}>{t(standing(page, 'REMEDY'))}</Fact>
        {state.actRemedies.length > 0 && <Fact label={t(TEXT.actRemedies)}>{state.actRemedies.map((one) => one.number).join('、')}：{t(standing(page, 'ACT_REMEDY'))}</Fact>}
        {page.surcharge.FINE + page.surcharge.DAILY > 0 && <Fact label={t(TEXT.surcharge)}>{yuan(page.surcharge.FINE + page.surcharge.DAILY)}</Fact>}
        {state.demandStatements.length > 0 && <Fact label={t(TEXT.statements)}>{state.demandStatements.map((one) => one.statement).join('；')}</Fact>}
      </div>
    </Card>
  );
}

function KinCard({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const yuan = useMoney();
  if (page.kin.length + page.siblings.length === 0) return null;
  return (
    <Card size="small" title={t(TEXT.kin)}>
      {page.kin.map((one) => (
        <p key={`${one.caseId}${one.zh}`} style={{ margin: 0 }}>
          {t(one)} <Link to="/cases/$caseId" params={{ caseId: one.caseId }}>{one.caseNo}</Link> {one.unitName} · {t({ zh: one.stateZh, en: one.stateEn })} {one.amount === null ? '' : yuan(one.amount)}
        </p>
      ))}
      {page.siblings.map((one) => (
        <p key={one.caseId} style={{ margin: 0 }}>
          {t(one.close ? TEXT.close : one.sameOutfall ? TEXT.sameOutfall : TEXT.sameUnit)} <Link to="/cases/$caseId" params={{ caseId: one.caseId }}>{one.caseNo}</Link> {one.actStart} – {one.actEnd} · {t({ zh: one.stateZh, en: one.stateEn })}
        </p>
      ))}
    </Card>
  );
}

function Questions({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  if (page.state.questions.length === 0) return null;
  return (
    <Card size="small" title={t(TEXT.questions)}>
      {page.state.questions.map((one) => (
        <div key={one.questionId} style={{ marginBottom: 8 }}>
          <strong>{one.question}</strong> <Typography.Text type="secondary">{formatTime(one.at)}</Typography.Text>
          <div>{one.answer ?? t(TEXT.waits)}</div>
        </div>
      ))}
    </Card>
  );
}

function Defence({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  if (page.state.defence.length === 0) return null;
  return (
    <Card size="small" title={t(TEXT.defence)}>
      {page.state.defence.map((point) => (
        <div key={point.pointId} style={{ marginBottom: 8 }}>
          <strong>{point.point}</strong> <Typography.Text type="secondary">{formatTime(point.at)} {point.proof}</Typography.Text>
          <div>{point.answer === undefined ? t(TEXT.waits) : `${t(point.answer.accepted ? TEXT.accepted : TEXT.rejected)}：${point.answer.reason}`}</div>
        </div>
      ))}
    </Card>
  );
}

/** What may be published of a decision, and when it is taken back. */
const PUBLICATION_BASIS = '行政处罚法 第四十八条';

/** The steps of the case and, among them by their time, what was done to its publication. */
function History({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const article = useArticle();
  const publication = usePublication(page);
  const told = (publication?.acts ?? []).map((act) => ({ ...act, at: Date.parse(act.at), article: PUBLICATION_BASIS, papers: [] }));
  const course = [...page.timeline.map((step) => ({ ...step, note: '' })), ...told].sort((a, b) => a.at - b.at);
  return (
    <Card size="small" title={t(TEXT.history)}>
      <Timeline items={course.reverse().map((step) => ({
        content: (
          <span>
            <span style={{ fontVariantNumeric: 'tabular-nums' }}>{formatTime(step.at)}</span> {step.actor} <strong>{t(step)}</strong> → {t({ zh: step.to, en: step.toEn })}
            <br /><Typography.Text type="secondary">{article(step.article)} {step.note}</Typography.Text>
            {step.papers.map((paper) => paper.documentId === undefined
              ? <span key={paper.paperId}> · {article(paper.title)} {paper.number}</span>
              : <span key={paper.paperId}> · <a href={`/api/documents/${paper.documentId}/file`} target="_blank" rel="noreferrer">{article(paper.title)} {paper.number}</a></span>)}
          </span>
        ),
      }))} />
    </Card>
  );
}

/** Where the case stands and the authority's next term: on a phone the list of clocks lies far below. */
function Standing({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const first = page.nextClock;
  return <span><strong>{t(standing(page, 'MAIN'))}</strong>{first && <> · {t({ zh: first.title, en: first.titleEn })} <Due dueAt={first.dueAt} state={first.state} overdue={first.overdue} dayKind={first.dayKind} workingDaysLeft={first.workingDaysLeft} /></>}</span>;
}

function Case({ caseId, beside }: { caseId: string; beside: ReactNode }) {
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['case', caseId], queryFn: () => ask('GET /api/cases/:id', { params: { id: caseId } }), refetchInterval: 15_000 });
  return (
    <Loaded query={query}>
      {(page) => (
        <>
          <PageTitle extra={<Flex wrap gap={16} align="center"><Standing page={page} />{beside}</Flex>}>
            <Flex wrap gap={8}>{page.state.caseNo} · <Link to="/units/$unitId" params={{ unitId: page.state.unitId }}>{page.unitName}</Link>{page.outfallName !== '' && ` · ${page.outfallName}`}</Flex>
          </PageTitle>
          <PartLinks page={page} />
          <Flex vertical gap={12}>
            <Course page={page} />
            <DisputedValues outfall={page.state.outfallId ?? null} factors={page.state.factors} />
            <Part of="next"><Notices page={page} /><OpenFindings page={page} /><NextSteps page={page} /><Measures page={page} /></Part>
            <div className="grid-2">
              <Flex vertical gap={12} style={{ minWidth: 0 }}>
                <InquiryCard page={page} />
                <Part of="facts"><Facts page={page} /><StoryCard page={page} /><KinCard page={page} /><HearingCard page={page} /></Part>
                <Part of="evidence"><Evidence page={page} /></Part>
                {page.state.discretion && (
                  <Part of="discretion">
                    <Card size="small" title={t(TEXT.discretion)}>{page.law && <LawChoice law={page.law} />}<TraceSteps trace={page.state.discretion.trace} />{page.state.discretion.further.map((one) => <TraceSteps key={one.violation} trace={one.trace} />)}</Card>
                    <LikeCasesCard caseId={page.state.caseId} grades={Object.fromEntries(page.state.discretion.trace.lines.map((line) => [line.factor, line.grade]))} amount={page.state.discretion.trace.amount} />
                  </Part>
                )}
                <Part of="law"><LawCard page={page} /></Part>
                <Part of="defence"><Defence page={page} /><Questions page={page} /></Part>
                {page.state.outfallId !== undefined && (
                  <Card size="small" title={t(TEXT.chart)}>
                    <OutfallChart outfall={page.state.outfallId} from={page.state.actStart - DAY} to={page.state.actEnd + DAY} factors={page.state.factors} shades={[{ from: page.state.actStart, to: page.state.actEnd, color: TIERS.WORK_ORDER.hex }]} />
                  </Card>
                )}
                <Part of="history"><History page={page} /><ReadingsCard page={page} /></Part>
              </Flex>
              <Flex vertical gap={12}>
                <Part of="clocks"><Clocks clocks={page.clocks} names={{ [page.state.unitId]: page.unitName }} /><ExcludedTime page={page} /></Part>
                <Part of="papers"><PublicationCard page={page} /><DossierCard page={page} /><FrozenFiles page={page} /><Documents page={page} /></Part>
                <Part of="quality"><FileQuality page={page} /></Part>
              </Flex>
            </div>
          </Flex>
        </>
      )}
    </Loaded>
  );
}

/** Where the case stands, what the law wants next, by when, what is still missing; j and k go on through the list it was opened from. */
export function CasePageView() {
  const { caseId } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  const list = useCases(search);
  const go = (row: CaseRow) => void navigate({ to: '/cases/$caseId', params: { caseId: row.caseId }, search });
  return <Case key={caseId} caseId={caseId} beside={<Neighbours list={list} here={(row) => row.caseId === caseId} go={go} what={TEXT.case} />} />;
}
