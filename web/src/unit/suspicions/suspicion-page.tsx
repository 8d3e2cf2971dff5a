import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Skeleton, Tag } from 'antd';
import { lazy, Suspense } from 'react';
import { FactsText } from '../../shared/told/facts-text.tsx';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { DisputedValues } from '../../shared/register/dispute-list.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { PaperOfDocument } from '../notices/open-paper.tsx';
import { useAct } from '../parts/act.tsx';
import { DueLine } from '../parts/due.tsx';
import { useWord } from '../parts/go.tsx';
import { MaterialList } from '../../shared/materials.tsx';
import { msOf } from '../../shared/moment.ts';
import { Fact, Panel } from '../parts/panel.tsx';
import { ProofBadge } from '../../shared/verify/proof-badge.tsx';
import { TOLD } from '../parts/words.ts';
import { ask, type FrameRange, type Suspicion } from '../shapes.ts';
import { STATEMENT_KINDS, StatementForm } from './statement-form.tsx';

const OutfallCurves = lazy(() => import('../outfalls/outfall-curves.tsx'));

const TEXT = {
  title: { zh: '涉嫌违法告知', en: 'Notice of suspicion' },
  facts: { zh: '涉嫌的事实', en: 'What you are suspected of' },
  notYet: { zh: '这是涉嫌，不是认定；您可以查询数据、陈述和申辩，您的意见会被记录并随案移送。', en: 'This is a suspicion, not a finding. You may query the data, state and defend; what you say is kept and goes with the file.' },
  confirm: { zh: '确认收到', en: 'Confirm receipt' },
  confirmed: { zh: '已于 {time} 确认收到', en: 'receipt confirmed {time}' },
  data: { zh: '查询证据', en: 'Query the evidence' },
  dataHint: { zh: '以下是支持该事实的数据。每条报文收到时即写入存证日志，您可以下载证明并自行核验。', en: 'The data behind it. Every frame was written to the evidence log on arrival; take the proof and check it yourself.' },
  device: { zh: '设备', en: 'Device' },
  frames: { zh: '报文数', en: 'Frames' },
  first: { zh: '首条', en: 'First' },
  last: { zh: '末条', en: 'Last' },
  verify: { zh: '去核验页', en: 'To the verification page' },
  opinion: { zh: '数据审核意见', en: 'Data review opinion' },
  period: { zh: '时段', en: 'Period' },
  outfall: { zh: '排口', en: 'Outfall' },
  handed: { zh: '移送执法机构', en: 'Handed to enforcement' },
  say: { zh: '陈述与申辩', en: 'Statement and defence' },
  late: { zh: '过了这一天仍可提交，一样会被听取。', en: 'After that day you may still send it, and it is heard all the same.' },
  said: { zh: '已提交的意见', en: 'What you have said' },
  next: { zh: '接下来会怎样', en: 'What happens next' },
  nextText: { zh: '线索移送后，执法机构在规定的期限内决定是否立案。立案后会在“案件”中看到每一步、期限和您的权利；作出处罚前还会书面告知，您可以再次陈述、申辩，符合条件的可以要求听证。', en: 'After the handover enforcement decides within the term set for it whether to open a case. Then “Cases” shows each step, its term and your rights; before any penalty you are told in writing and may state, defend and, where the law provides it, ask for a hearing.' },
} as const satisfies Record<string, Text>;

const HOUR = 3_600_000;

function Receipt({ suspicion }: { suspicion: Suspicion }) {
  const { t } = useSpeech();
  const confirm = useAct(t(TEXT.confirm), () => ask('POST /api/unit/suspicions/:clueId/receipt', { params: { clueId: suspicion.clueId } }));
  return (
    <Flex gap={10} wrap align="center">
      <PaperOfDocument documentId={suspicion.documentId} />
      {suspicion.confirmedAt === null
        ? <Button type="primary" loading={confirm.isPending} onClick={() => confirm.mutate(undefined)}>{t(TEXT.confirm)}</Button>
        : <span>✓ {t(TEXT.confirmed, { time: formatTime(msOf(suspicion.confirmedAt)) })}</span>}
      {confirm.isError && <ProblemAlert error={confirm.error} />}
    </Flex>
  );
}

function Range({ range }: { range: FrameRange }) {
  const { t } = useSpeech();
  return (
    <div className="facts" style={{ marginTop: 10 }}>
      <Fact label={t(TEXT.device)}><span className="digest">{range.mn}</span></Fact>
      <Fact label={t(TEXT.frames)}>{range.frames}</Fact>
      {range.leafFrom !== null && <Fact label={t(TEXT.first)}><ProofBadge index={range.leafFrom} /></Fact>}
      {range.leafTo !== null && <Fact label={t(TEXT.last)}><ProofBadge index={range.leafTo} /></Fact>}
    </div>
  );
}

function Evidence({ suspicion }: { suspicion: Suspicion }) {
  const { t } = useSpeech();
  const from = msOf(suspicion.periodFrom) ?? 0;
  const to = msOf(suspicion.periodTo) ?? from + 12 * HOUR;
  return (
    <Panel title={t(TEXT.data)} extra={<a href="/public/verify">{t(TEXT.verify)}</a>}>
      <p style={{ marginTop: 0 }}>{t(TEXT.dataHint)}</p>
      {suspicion.outfall !== null && (
        <Suspense fallback={<Skeleton active paragraph={{ rows: 6 }} />}>
          <OutfallCurves outfall={suspicion.outfall} from={from - 12 * HOUR} to={to + 12 * HOUR} shades={[{ from, to, color: '#cf1322' }]} factors={suspicion.factors} onlyLimited withFrames />
        </Suspense>
      )}
      {suspicion.evidence.map((range) => <Range key={range.mn} range={range} />)}
    </Panel>
  );
}

function Said({ suspicion }: { suspicion: Suspicion }) {
  const { t } = useSpeech();
  if (suspicion.statements.length === 0) return null;
  return (
    <Panel title={t(TEXT.said)}>
      {suspicion.statements.map((each) => (
        <div key={each.statementId} style={{ marginBottom: 10 }}>
          <Tag>{t(STATEMENT_KINDS[each.kind])}</Tag> <span style={{ fontSize: 12 }}>{formatTime(msOf(each.at))}</span>
          <p className="said">{each.text}</p>
          <MaterialList items={each.materials} />
        </div>
      ))}
    </Panel>
  );
}

/** A suspicion as the unit sees it: the facts, the same data the officials have, and the way to answer. */
export function SuspicionPageView() {
  const { t } = useSpeech();
  const clueId = useWord('clueId');
  const query = useQuery({ queryKey: ['suspicion', clueId], queryFn: () => ask('GET /api/unit/suspicions/:clueId', { params: { clueId } }) });
  return (
    <Loaded query={query}>
      {(suspicion) => (
        <>
          <PageTitle>{t(TEXT.title)} {suspicion.documentNo}</PageTitle>
          <Alert type="info" showIcon style={{ marginBottom: 14 }} title={t(TEXT.notYet)} />
          <div className="columns">
            <div>
              <Panel title={t(TEXT.facts)}>
                <FactsText className="claim" text={t(suspicion.facts)} />
                <DisputedValues outfall={suspicion.outfall} factors={suspicion.factors} />
                <div className="facts" style={{ marginBottom: 12 }}>
                  <Fact label={t(TEXT.outfall)}>{suspicion.outfallName ?? '—'}</Fact>
                  <Fact label={t(TEXT.period)}>{formatTime(msOf(suspicion.periodFrom))} – {formatTime(msOf(suspicion.periodTo))}</Fact>
                  <Fact label={t(TEXT.opinion)}>{suspicion.opinionNo ?? '—'}</Fact>
                  <Fact label={t(TEXT.handed)}>{formatTime(msOf(suspicion.handedOverAt))}</Fact>
                </div>
                <Receipt suspicion={suspicion} />
              </Panel>
              <Evidence suspicion={suspicion} />
            </div>
            <div>
              <Panel title={t(TEXT.say)}>
                {suspicion.stateUntil !== null && <p style={{ marginTop: 0 }}><DueLine dueAt={Date.parse(`${suspicion.stateUntil}T24:00:00+08:00`)} day={suspicion.stateUntil} kind="right" article={TOLD} /><br />{t(TEXT.late)}</p>}
                <StatementForm clueId={suspicion.clueId} />
              </Panel>
              <Said suspicion={suspicion} />
              <Panel title={t(TEXT.next)}>{t(TEXT.nextText)}</Panel>
            </div>
          </div>
        </>
      )}
    </Loaded>
  );
}
