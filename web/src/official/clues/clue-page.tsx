import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Card, Flex, Timeline, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { call } from '../../shared/api.ts';
import { useArticle } from '../../shared/terms/article.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import type { Material } from '../../shared/materials.tsx';
import { DisputedValues } from '../../shared/register/dispute-list.tsx';
import { MaterialLinks } from '../../shared/register/material-links.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { formatTime, TIERS } from '../../shared/tiers.ts';
import { msOf, useNow } from '../../shared/moment.ts';
import { Neighbours } from '../keys/neighbours.tsx';
import { useActName } from '../parts/act-words.ts';
import { Due } from '../parts/due.tsx';
import { OutfallChart } from '../parts/outfall-chart.tsx';
import { ProvisionalTag, TierTag } from '../parts/tags.tsx';
import { useClockName } from '../parts/use-words.ts';
import { ask, type CluePage, type ClueRow, type ClueStep } from '../shapes.ts';
import { ClueActs } from './clue-acts.tsx';
import { Fusion } from './fusion.tsx';
import { Grown } from './grown.tsx';
import { howFound } from './how-found.ts';
import { ClueSide } from './clue-side.tsx';
import { usePool } from './pool.ts';
import { Thread } from './thread.tsx';
import { Why, type Analysis } from './why.tsx';
import { inShort } from '../../shared/told/in-short.ts';

const TEXT = {
  clue: { zh: '线索', en: 'Clue' },
  evidence: { zh: '证据：各来源对齐', en: 'Evidence: all sources aligned' },
  history: { zh: '办理经过', en: 'History' },
  rule: { zh: '依据', en: 'By' },
  noOutfall: { zh: '该线索不针对某个排放口，没有自动监测曲线', en: 'This clue names no outfall; there are no curves' },
} as const satisfies Record<string, Text>;

const DAY = 86_400_000;
const route = getRouteApi('/clues/$clueId');

function Head({ clue, beside }: { clue: CluePage; beside: ReactNode }) {
  const { t, language } = useSpeech();
  const clockName = useClockName();
  const clock = clue.deadlines.filter((row) => row.state === 'OPEN').sort((a, b) => a.dueAt.localeCompare(b.dueAt))[0];
  return (
    <PageTitle extra={<Flex wrap gap={16} align="center">{clock && <span>{clockName(clock.clockId)} <Due dueAt={Date.parse(clock.dueAt)} state={clock.state} overdue={clock.overdue} dayKind={clock.dayKind} workingDaysLeft={clock.workingDaysLeft} /></span>}{beside}</Flex>}>
      <Flex wrap gap={8} align="center">
        <TierTag tier={clue.tier} />
        <span>{t(TEXT.clue)} {clue.clueId}</span>
        <Link to="/units/$unitId" params={{ unitId: clue.unitId }}>{clue.unitName}</Link>
        {clue.outfall !== null && <Link to="/outfalls/$outfall" params={{ outfall: clue.outfall }}>{clue.outfallName ?? clue.outfall}</Link>}
        <Typography.Text type="secondary" style={{ fontWeight: 400 }}>{language === 'zh' ? clue.stateZh : clue.stateEn}</Typography.Text>
        {clue.provisional && <ProvisionalTag />}
      </Flex>
    </PageTitle>
  );
}

/** The models behind the claim by name; their ids where the analysis is not at hand. */
const rulesOf = (clue: CluePage, analysis: Analysis | undefined, t: (text: Text) => string): string =>
  analysis === undefined ? clue.rule : [...new Set(analysis.episodes.map((one) => `${one.model} ${t(one.title)}`))].join(' · ');

/** The span of the claim, with room before and after so that the ordinary is seen beside it. */
function windowOf(from: number, to: number): { from: number; to: number } {
  const pad = Math.min(3 * DAY, Math.max(0.75 * DAY, (to - from) * 0.6));
  return { from: from - pad, to: to + pad };
}

function Chart({ clue, analysis, asOf }: { clue: CluePage; analysis: Analysis | undefined; asOf: number | undefined }) {
  const { t } = useSpeech();
  const now = useNow();
  const [end] = useState(now);
  if (clue.outfall === null) return <Typography.Text type="secondary">{t(TEXT.noOutfall)}</Typography.Text>;
  const starts = [clue.periodFrom, ...(analysis === undefined ? [] : [analysis.from])].map((text) => Date.parse(text));
  const ends = [msOf(clue.periodTo) ?? end, ...(analysis === undefined ? [] : [Date.parse(analysis.to)])];
  const from = Math.min(...starts);
  const to = Math.max(...ends);
  const shades = analysis === undefined ? [{ from, to, color: TIERS[clue.tier].hex }]
    : analysis.episodes.filter((one) => one.cleared === null).map((one) => ({ from: Date.parse(one.from), to: Date.parse(one.to), color: TIERS[one.tier].hex }));
  return <OutfallChart outfall={clue.outfall} {...windowOf(from, to)} shades={shades} factors={clue.factors} asOf={asOf} peers />;
}

/** Files handed in with a step of the clue. */
const filesOf = ({ detail }: ClueStep) => (detail['materials'] ?? []) as readonly Material[];

function History({ clue }: { clue: CluePage }) {
  const { t } = useSpeech();
  const article = useArticle();
  const actName = useActName();
  return (
    <Card size="small" title={t(TEXT.history)}>
      <Timeline
        items={clue.steps.map((step) => ({
          content: (
            <span>
              <span style={{ fontVariantNumeric: 'tabular-nums' }}>{formatTime(msOf(step.at))}</span> {step.actor} · {actName(step.act)}
              {step.basis !== null && <Typography.Text type="secondary"> {article(step.basis)}</Typography.Text>}
              {step.documentId !== null && <> <a href={`/api/documents/${step.documentId}/file`} target="_blank" rel="noreferrer">PDF</a></>}
              {Array.isArray(step.detail['asked']) && step.detail['asked'].length > 0 && <ul style={{ margin: 0, paddingInlineStart: 18 }}>{step.detail['asked'].map((item) => <li key={String(item)}>{String(item)}</li>)}</ul>}
              {typeof step.detail['how'] === 'string' && <> · {t(howFound(step.detail['how']))}</>}
              {step.act === 'supplement' && typeof step.detail['reason'] === 'string' && <div>{step.detail['reason']}</div>}
              <MaterialLinks base={`/api/review/clues/${clue.clueId}`} items={filesOf(step)} />
              {typeof step.detail['note'] === 'string' && step.detail['note'] !== '' && <div>{step.detail['note']}</div>}
            </span>
          ),
        }))}
      />
    </Card>
  );
}

function Clue({ clueId, beside }: { clueId: string; beside: ReactNode }) {
  const { t } = useSpeech();
  const [asOf, setAsOf] = useState<number>();
  const query = useQuery({ queryKey: ['clue', clueId], queryFn: () => ask('GET /api/review/clues/:clueId', { params: { clueId } }), refetchInterval: 15_000 });
  const analysis = useQuery({
    queryKey: ['analysis', clueId, asOf],
    queryFn: () => call('GET /api/analysis/clues/:clueId', { params: { clueId }, query: asOf === undefined ? {} : { asOf: new Date(asOf).toISOString() } }),
    retry: false, enabled: query.data !== undefined && query.data.source === 'PLATFORM',
  });
  return (
    <Loaded query={query}>
      {(clue) => (
        <>
          <Head clue={clue} beside={beside} />
          <Flex vertical gap={12}>
            <Card size="small">
              <p className="claim">「{t(inShort(asOf === undefined ? clue.sentence : (analysis.data?.claim ?? clue.sentence)))}」</p>
              <Typography.Text type="secondary">
                {t(TEXT.rule)} {rulesOf(clue, analysis.data, t)} · {formatTime(msOf(clue.periodFrom))} – {formatTime(msOf(clue.periodTo))}
              </Typography.Text>
              {asOf === undefined && <Grown clue={clue} analysis={analysis.data} />}
            </Card>
            <DisputedValues outfall={clue.outfall} factors={clue.factors} />
            <ClueActs clue={clue} />
            <div className="grid-2">
              <Flex vertical gap={12} style={{ minWidth: 0 }}>
                <Card size="small" title={t(TEXT.evidence)}><Chart clue={clue} analysis={analysis.data} asOf={asOf} /></Card>
                {analysis.data && <Why analysis={analysis.data} />}
                {analysis.data?.fusion && <Fusion sheet={analysis.data.fusion} />}
                <History clue={clue} />
                <Thread clue={clue} />
              </Flex>
              <ClueSide clue={clue} analysis={analysis.data} asOf={asOf} setAsOf={setAsOf} />
            </div>
          </Flex>
        </>
      )}
    </Loaded>
  );
}

/** One claim, its evidence aligned, the next lawful step at hand; j and k go on through the list it was opened from. */
export function CluePageView() {
  const { clueId } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  const list = usePool(search);
  const go = (clue: ClueRow) => void navigate({ to: '/clues/$clueId', params: { clueId: clue.clueId }, search });
  return <Clue key={clueId} clueId={clueId} beside={<Neighbours list={list} here={(clue) => clue.clueId === clueId} go={go} what={TEXT.clue} />} />;
}
