import { useQuery } from '@tanstack/react-query';
import { Button, Card, Flex, Form, Input, Modal, Select, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useLeaving } from '../../shared/leaving.ts';
import { msOf } from '../../shared/moment.ts';
import { ProblemAlert, useMe } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { useAct } from '../parts/act.tsx';
import { colleagues } from '../parts/colleagues.ts';
import { ask, type CluePage, type Words } from '../shapes.ts';

const TEXT = {
  invited: { zh: '受邀成员', en: 'Invited members' },
  noneInvited: { zh: '未邀请其他部门人员', en: 'Nobody of another department was invited' },
  invite: { zh: '邀请部门人员', en: 'Invite a member' },
  question: { zh: '请其就何事发表意见', en: 'What is asked' },
  speak: { zh: '发表意见', en: 'Speak' },
  excuse: { zh: '记明不能参加', en: 'Note that he cannot' },
  excused: { zh: '未能参加', en: 'could not take part' },
  waits: { zh: '待听取', en: 'not heard yet' },
  recusal: { zh: '回避（行政处罚法 第四十三条）', en: 'Recusal (Penalty Law art. 43)' },
  noRecusal: { zh: '无人申请或者申报回避', en: 'Nobody declared or asked for it' },
  declare: { zh: '申报或申请回避', en: 'Declare or ask for recusal' },
  DECLARED: { zh: '本人申报', en: 'declared' },
  REQUESTED: { zh: '他人申请', en: 'asked for' },
  decide: { zh: '决定', en: 'Decide' },
  granted: { zh: '准予回避', en: 'granted' },
  refused: { zh: '不予回避', en: 'refused' },
  pending: { zh: '待决定', en: 'undecided' },
  person: { zh: '人员', en: 'Person' },
  department: { zh: '部门', en: 'Department' },
  reason: { zh: '理由', en: 'Reason' },
  words: { zh: '意见', en: 'Words' },
} as const satisfies Record<string, Text>;

type Department = 'MONITORING' | 'LEGAL' | 'EIA' | 'WATER' | 'AIR' | 'SOLID';
const DEPARTMENTS: Readonly<Record<Department, Words>> = {
  MONITORING: { zh: '监测', en: 'monitoring' }, LEGAL: { zh: '法制', en: 'legal' }, EIA: { zh: '环评', en: 'EIA' },
  WATER: { zh: '水', en: 'water' }, AIR: { zh: '气', en: 'air' }, SOLID: { zh: '固', en: 'solid waste' },
};

interface Asked { accountId?: string; department?: Department; text: string; granted?: boolean }
interface FormProps { title: Text; person?: boolean; department?: boolean; verdict?: boolean; label: Text; send(values: Asked): Promise<unknown>; close(): void }

/** One small form for all four acts: who, which department, what is decided, and the words. */
function AskForm({ title, person, department, verdict, label, send, close }: FormProps) {
  const { t } = useSpeech();
  const [form] = Form.useForm<Asked>();
  const leave = useLeaving(form, close);
  const people = useQuery({ queryKey: ['colleagues'], queryFn: colleagues, staleTime: 600_000, enabled: person === true });
  const act = useAct(t(title), send, close);
  return (
    <Modal open title={t(title)} onCancel={leave} onOk={() => form.submit()} confirmLoading={act.isPending}>
      <Form form={form} layout="vertical" onFinish={(values) => act.mutate(values)}>
        {person && <Form.Item name="accountId" label={t(TEXT.person)} rules={[{ required: true }]}><Select showSearch={{ optionFilterProp: 'label' }} options={(people.data?.items ?? []).map((one) => ({ value: one.accountId, label: one.name }))} /></Form.Item>}
        {department && <Form.Item name="department" label={t(TEXT.department)} rules={[{ required: true }]}><Select options={(Object.keys(DEPARTMENTS) as Department[]).map((value) => ({ value, label: t(DEPARTMENTS[value]) }))} /></Form.Item>}
        {verdict && <Form.Item name="granted" label={t(TEXT.decide)} rules={[{ required: true }]}><Select options={[{ value: true, label: t(TEXT.granted) }, { value: false, label: t(TEXT.refused) }]} /></Form.Item>}
        <Form.Item name="text" label={t(label)} rules={[{ required: true }]}><Input.TextArea rows={4} maxLength={4000} /></Form.Item>
      </Form>
      {act.isError && <ProblemAlert error={act.error} />}
    </Modal>
  );
}

type Dialog = { readonly kind: 'invite' | 'recuse' } | { readonly kind: 'speak' | 'excuse' | 'decide'; readonly id: string };

function Dialogs({ clue, dialog, close }: { clue: CluePage; dialog: Dialog; close(): void }) {
  const params = { clueId: clue.clueId };
  switch (dialog.kind) {
    case 'invite':
      return <AskForm title={TEXT.invite} person department label={TEXT.question} close={close}
        send={({ accountId = '', department = 'AIR', text }) => ask('POST /api/review/clues/:clueId/invitations', { params, body: { accountId, department, question: text } })} />;
    case 'recuse':
      return <AskForm title={TEXT.declare} person label={TEXT.reason} close={close} send={({ accountId = '', text }) => ask('POST /api/review/clues/:clueId/recusals', { params, body: { accountId, reason: text } })} />;
    case 'decide':
      return <AskForm title={TEXT.recusal} verdict label={TEXT.reason} close={close}
        send={({ granted = false, text }) => ask('POST /api/review/clues/:clueId/recusals/:recusalId/decision', { params: { ...params, recusalId: dialog.id }, body: { granted, reason: text } })} />;
    default:
      return <AskForm title={TEXT[dialog.kind]} label={TEXT.words} close={close}
        send={({ text }) => ask('POST /api/review/clues/:clueId/invitations/:invitationId/answer', { params: { ...params, invitationId: dialog.id }, body: { outcome: dialog.kind === 'speak' ? 'HEARD' : 'EXCUSED', text } })} />;
  }
}

/** Members of other departments who were asked to join, and who withdrew: heard and decided before the conclusion. */
export function Others({ clue }: { clue: CluePage }) {
  const { t } = useSpeech();
  const { data: me } = useMe();
  const [dialog, open] = useState<Dialog>();
  const may = (action: string) => me?.actions.includes(action) ?? false;
  return (
    <>
      <Card size="small" title={t(TEXT.invited)} extra={clue.leadsHere && may('review.invite') && <Button size="small" onClick={() => open({ kind: 'invite' })}>{t(TEXT.invite)}</Button>}>
        <Flex vertical gap={8}>
          {clue.invitations.length === 0 && <Typography.Text type="secondary">{t(TEXT.noneInvited)}</Typography.Text>}
          {clue.invitations.map((one) => (
            <div key={one.invitationId}>
              <Tag>{t(one.department)}</Tag>{one.name} · {one.question} <Typography.Text type="secondary">{formatTime(msOf(one.at))}</Typography.Text>
              {one.answer === null ? (
                <Flex gap={8} align="center"><Typography.Text type="secondary">{t(TEXT.waits)}</Typography.Text>
                  {one.mine && <Button size="small" type="primary" onClick={() => open({ kind: 'speak', id: one.invitationId })}>{t(TEXT.speak)}</Button>}
                  {one.excusable && <Button size="small" onClick={() => open({ kind: 'excuse', id: one.invitationId })}>{t(TEXT.excuse)}</Button>}
                </Flex>
              ) : <div>{one.answer.outcome === 'EXCUSED' && <Tag>{t(TEXT.excused)}</Tag>}{one.answer.text}</div>}
            </div>
          ))}
        </Flex>
      </Card>
      <Card size="small" title={t(TEXT.recusal)} extra={may('review.recuse') && clue.state !== 'HANDED_OVER' && <Button size="small" onClick={() => open({ kind: 'recuse' })}>{t(TEXT.declare)}</Button>}>
        <Flex vertical gap={8}>
          {clue.recusals.length === 0 && <Typography.Text type="secondary">{t(TEXT.noRecusal)}</Typography.Text>}
          {clue.recusals.map((one) => (
            <div key={one.recusalId}>
              {one.name} <Tag>{t(TEXT[one.kind])}</Tag>{one.reason}
              <div>{one.decision === null ? <Typography.Text type="secondary">{t(TEXT.pending)}</Typography.Text> : <><Tag>{t(one.decision.granted ? TEXT.granted : TEXT.refused)}</Tag>{one.decision.reason}</>}
                {one.decidable && <Button size="small" onClick={() => open({ kind: 'decide', id: one.recusalId })}>{t(TEXT.decide)}</Button>}</div>
            </div>
          ))}
        </Flex>
      </Card>
      {dialog && <Dialogs clue={clue} dialog={dialog} close={() => open(undefined)} />}
    </>
  );
}
