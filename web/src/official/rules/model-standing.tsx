import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Alert, Button, Card, Flex, Form, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useLeaving } from '../../shared/leaving.ts';
import { ProblemAlert, useMe } from '../../shared/sign-in.tsx';
import { formatTime, TIERS } from '../../shared/tiers.ts';
import { useAct } from '../parts/act.tsx';
import { msOf } from '../../shared/moment.ts';
import { Fact } from '../parts/tags.tsx';
import type { ProposalPage } from './rule-body.ts';

type Standing = Routes['GET /api/analysis/standing']['response']['items'][number];
type Wish = Routes['POST /api/analysis/proposals']['body']['wish'];

const TEXT = {
  title: { zh: '误报预算（按人的复核）', en: 'False-alarm budget (as people found)' },
  days: { zh: '近 {n} 天', en: 'last {n} days' },
  spent: { zh: '复核 {n} 条，误报 {w} 条；误报率下界 {b}，预算 {s}', en: '{n} reviewed, {w} wrong; lower bound {b}, budget {s}' },
  capped: {
    zh: '自 {at} 起最高只到“{tier}”：近 {days} 天复核 {n} 条，误报 {w} 条（下界 {b}，预算 {s}）。由人决定恢复之前不再升级。',
    en: 'From {at} no higher than “{tier}”: of {n} clues reviewed in {days} days {w} were wrong (lower bound {b}, budget {s}). Until a person decides.',
  },
  off: { zh: '该模型未施行', en: 'The model is not in force' },
  propose: { zh: '提议调整参数', en: 'Propose parameters' }, restore: { zh: '申请恢复级别', en: 'Ask to restore the tier' }, withdraw: { zh: '提议停用', en: 'Propose withdrawal' }, release: { zh: '提议启用', en: 'Propose release' },
  refit: { zh: '提议按复核结论重新拟合', en: 'Propose a refit on reviewed clues' },
  reason: { zh: '理由', en: 'Reason' }, short: { zh: '请写明理由（至少五个字）', en: 'Please state the reason (five characters or more)' },
  open: { zh: '未结提案', en: 'Open proposal' },
} as const satisfies Record<string, Text>;

const percent = (share: number): string => `${Math.round(share * 100)} %`;

type Act = 'PARAMETERS' | 'REFIT' | 'RESTORE' | 'RELEASE';

function ProposeDialog({ act, model, inForce, params, close }: { act: Act; model: string; inForce: boolean; params: Readonly<Record<string, number>>; close(): void }) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const [form] = Form.useForm<{ reason: string } & Record<string, number>>();
  const leave = useLeaving(form, close);
  const label = t({ PARAMETERS: TEXT.propose, REFIT: TEXT.refit, RESTORE: TEXT.restore, RELEASE: inForce ? TEXT.withdraw : TEXT.release }[act]);
  const wishOf = (values: Record<string, unknown>): Wish => {
    if (act === 'REFIT') return { kind: 'REFIT' };
    if (act === 'RESTORE') return { kind: 'RESTORE', model };
    if (act === 'RELEASE') return { kind: 'RELEASE', model, inForce: !inForce };
    return { kind: 'PARAMETERS', model, set: Object.fromEntries(Object.keys(params).flatMap((name) => (typeof values[name] === 'number' && values[name] !== params[name] ? [[name, values[name]]] : []))) };
  };
  const send = useAct<Record<string, unknown>, ProposalPage>(label, (values) => call('POST /api/analysis/proposals', { body: { wish: wishOf(values), reason: String(values['reason']) } }), (page) => {
    close();
    void navigate({ to: '/rules/proposals/$proposalId', params: { proposalId: page.proposal } });
  });
  return (
    <Modal open title={label} onCancel={leave} onOk={() => form.submit()} confirmLoading={send.isPending}>
      <Form form={form} layout="vertical" onFinish={(values) => send.mutate(values)} initialValues={{ ...params, reason: '' }}>
        {act === 'PARAMETERS' && <div className="facts">{Object.keys(params).map((name) => <Form.Item key={name} name={name} label={name}><InputNumber style={{ width: '100%' }} /></Form.Item>)}</div>}
        <Form.Item name="reason" label={t(TEXT.reason)} rules={[{ required: true, min: 5, message: t(TEXT.short) }]}><Input.TextArea rows={3} maxLength={2000} /></Form.Item>
      </Form>
      {send.isError && <ProblemAlert error={send.error} />}
    </Modal>
  );
}

function Lost({ lost }: { lost: NonNullable<Standing['lost']> }) {
  const { t } = useSpeech();
  const words = { at: formatTime(msOf(lost.from)), tier: t(TIERS[lost.cap]), days: lost.days, n: lost.reviewed, w: lost.wrong, b: percent(lost.bound), s: percent(lost.share) };
  return <Alert type="warning" showIcon style={{ marginBottom: 8 }} title={t(TEXT.capped, words)} />;
}

/** How a model stands: its tier, its budget as people found, and the ways to propose a change. */
export function ModelStanding({ modelId, params }: { modelId: string; params: Readonly<Record<string, number>> }) {
  const { t } = useSpeech();
  const { data: me } = useMe();
  const [act, setAct] = useState<Act>();
  const query = useQuery({ queryKey: ['standing', modelId], queryFn: () => call('GET /api/analysis/standing', { query: { model: modelId } }) });
  const seesProposals = me?.actions.includes('model.proposals') ?? false;
  const open = useQuery({ queryKey: ['proposals-open', modelId], enabled: seesProposals, queryFn: () => call('GET /api/analysis/proposals', { query: { model: modelId, state: 'PROPOSED,BACKTESTED,IN_SHADOW' } }) });
  const standing = query.data?.items[0];
  if (standing === undefined) return null;
  const mayPropose = me?.actions.includes('model.propose') ?? false;
  return (
    <Card size="small" title={t(TEXT.title)}>
      {!standing.inForce && <Alert type="warning" showIcon style={{ marginBottom: 8 }} title={t(TEXT.off)} />}
      {standing.lost !== null && <Lost lost={standing.lost} />}
      <div className="facts">
        {standing.spending.map((row) => (
          <Fact key={row.days} label={t(TEXT.days, { n: row.days })}>{t(TEXT.spent, { n: row.reviewed, w: row.wrong, b: percent(row.bound), s: percent(row.share) })}</Fact>
        ))}
      </div>
      {open.data?.items.map((one) => <p key={one.proposal}>{t(TEXT.open)}：<Link to="/rules/proposals/$proposalId" params={{ proposalId: one.proposal }}>{t(one.title)}（{t(one.stateText)}）</Link></p>)}
      {mayPropose && (
        <Flex wrap gap={8} style={{ marginTop: 8 }}>
          {Object.keys(params).length > 0 && <Button size="small" onClick={() => setAct('PARAMETERS')}>{t(TEXT.propose)}</Button>}
          {standing.refits && <Button size="small" onClick={() => setAct('REFIT')}>{t(TEXT.refit)}</Button>}
          {standing.lost !== null && <Button size="small" type="primary" onClick={() => setAct('RESTORE')}>{t(TEXT.restore)}</Button>}
          <Button size="small" onClick={() => setAct('RELEASE')}>{t(standing.inForce ? TEXT.withdraw : TEXT.release)}</Button>
        </Flex>
      )}
      {act !== undefined && <ProposeDialog act={act} model={modelId} inForce={standing.inForce} params={params} close={() => setAct(undefined)} />}
    </Card>
  );
}
