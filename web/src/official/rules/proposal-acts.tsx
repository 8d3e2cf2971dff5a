import { useNavigate } from '@tanstack/react-router';
import { Alert, Button, Card, Flex, Form, Input, InputNumber, Modal, Typography } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useLeaving } from '../../shared/leaving.ts';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { TrialProgress } from '../models/trial-progress.tsx';
import { useProposalBacktest } from '../models/run-backtest.ts';
import { useAct, useDone } from '../parts/act.tsx';
import type { ProposalPage } from './rule-body.ts';

const TEXT = {
  next: { zh: '下一步', en: 'Next step' },
  done: { zh: '提案已办结', en: 'The proposal is closed' },
  days: { zh: '回测最近天数', en: 'Back-test the last days' },
  cancel: { zh: '取消', en: 'Cancel' },
  reason: { zh: '理由', en: 'Reason' },
  short: { zh: '请写明理由（至少五个字）', en: 'Please state the reason (five characters or more)' },
  cannot: { zh: '不能办理：{why}', en: 'Not possible: {why}' },
} as const satisfies Record<string, Text>;

type Act = ProposalPage['next'][number];

function Backtest({ page, act, primary }: { page: ProposalPage; act: Act; primary: boolean }) {
  const { t } = useSpeech();
  const [days, setDays] = useState(30);
  const done = useDone(t(act.text));
  const { run, cancel, running, progress, error } = useProposalBacktest(page.proposal, () => void done());
  return (
    <Flex vertical gap={4}>
      <Flex gap={8} align="center" wrap>
        <label htmlFor="backtest-days">{t(TEXT.days)}</label>
        <InputNumber id="backtest-days" min={1} max={366} value={days} onChange={(value) => setDays(value ?? 30)} style={{ width: 90 }} />
        <Button type={primary ? 'primary' : 'default'} disabled={act.refusal !== null} loading={running} onClick={() => void run({ days })}>{t(act.text)}</Button>
        {running && <Button onClick={cancel}>{t(TEXT.cancel)}</Button>}
      </Flex>
      {running && progress !== undefined && <TrialProgress progress={progress} running={running} />}
      {error !== undefined && <ProblemAlert error={error} />}
    </Flex>
  );
}

function Shadow({ page, act }: { page: ProposalPage; act: Act }) {
  const { t } = useSpeech();
  const send = useAct(t(act.text), () => call('POST /api/analysis/proposals/:proposal/shadow', { params: { proposal: page.proposal } }));
  return (
    <>
      <Button type="primary" disabled={act.refusal !== null} loading={send.isPending} onClick={() => send.mutate(undefined)}>{t(act.text)}</Button>
      {send.isError && <ProblemAlert error={send.error} />}
    </>
  );
}

function WithReason({ page, act, primary }: { page: ProposalPage; act: Act; primary: boolean }) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<{ reason: string }>();
  const leave = useLeaving(form, () => setOpen(false));
  const params = { proposal: page.proposal };
  const send = useAct(t(act.text), ({ reason }: { reason: string }) => (act.act === 'withdraw'
    ? call('POST /api/analysis/proposals/:proposal/withdrawal', { params, body: { reason } })
    : call('POST /api/analysis/proposals/:proposal/decision', { params, body: { act: act.act === 'approve' ? 'approve' : 'refuse', reason } })), () => setOpen(false));
  return (
    <>
      <Button type={primary ? 'primary' : 'default'} disabled={act.refusal !== null} onClick={() => setOpen(true)}>{t(act.text)}</Button>
      <Modal open={open} title={t(act.text)} onCancel={leave} onOk={() => form.submit()} confirmLoading={send.isPending} destroyOnHidden>
        <Form form={form} layout="vertical" onFinish={(values) => send.mutate(values)} initialValues={{ reason: '' }}>
          <Form.Item name="reason" label={t(TEXT.reason)} rules={[{ required: true, min: 5, message: t(TEXT.short) }]}><Input.TextArea rows={4} maxLength={2000} /></Form.Item>
        </Form>
        {send.isError && <ProblemAlert error={send.error} />}
      </Modal>
    </>
  );
}

/** The next lawful steps, each with what stands in its way. */
export function ProposalActs({ page }: { page: ProposalPage }) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const refused = page.next.filter((act) => act.refusal !== null && act.act !== 'revise' && act.act !== 'withdraw');
  const main = page.next.find((act) => act.act === 'approve' || act.act === 'start-shadow')?.act ?? 'attach-backtest';
  const element = (act: Act) => {
    const primary = act.act === main;
    if (act.act === 'attach-backtest') return <Backtest key={act.act} page={page} act={act} primary={primary} />;
    if (act.act === 'start-shadow') return <Shadow key={act.act} page={page} act={act} />;
    if (act.act !== 'revise') return <WithReason key={act.act} page={page} act={act} primary={primary} />;
    if (page.rule === null) return null;
    return <Button key={act.act} disabled={act.refusal !== null} onClick={() => void navigate({ to: '/rules/edit', search: { proposal: page.proposal } })}>{t(act.text)}</Button>;
  };
  return (
    <Card size="small" title={t(TEXT.next)}>
      {page.next.length === 0 ? <Typography.Text type="secondary">{t(TEXT.done)}</Typography.Text> : <Flex wrap gap={8} align="start">{page.next.map(element)}</Flex>}
      {refused.map((act) => act.refusal !== null && <Alert key={act.act} type="info" style={{ marginTop: 8 }} title={`${t(act.text)}：${t(TEXT.cannot, { why: t(act.refusal) })}`} />)}
    </Card>
  );
}
