import { Button, DatePicker, Form, Input, Modal, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useLeaving } from '../../shared/leaving.ts';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { useAct } from '../parts/act.tsx';
import { useRoleNames } from '../parts/use-words.ts';

const TEXT = {
  add: { zh: '委托代办', en: 'Appoint a deputy' },
  from: { zh: '委托人', en: 'For' },
  to: { zh: '受托人（同一机关）', en: 'Deputy, of the same authority' },
  roles: { zh: '委托的岗位', en: 'Roles handed over' },
  first: { zh: '起始日', en: 'First day' },
  last: { zh: '终止日（当日 24 时自动终止）', en: 'Last day, ends by itself at midnight' },
  reason: { zh: '理由', en: 'Reason' },
} as const satisfies Record<string, Text>;

type Body = Exclude<Routes['POST /api/access/delegations']['body'], undefined>;
interface Values { from: string; to: string; roles: Body['roles']; firstDay: Dayjs; lastDay: Dayjs; reason: string }
export interface Someone { readonly accountId: string; readonly name: string; readonly roles: readonly string[] }

/** Hands roles to a deputy. With `from` it is the own roles; else somebody is chosen. */
export function DelegationForm({ from, people, send }: { from?: string; people: readonly Someone[]; send(from: string, body: Body): Promise<unknown> }) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  return <><Button onClick={() => setOpen(true)}>{t(TEXT.add)}</Button>{open && <Dialog {...(from === undefined ? {} : { from })} people={people} send={send} close={() => setOpen(false)} />}</>;
}

function Dialog({ from, people, send, close }: Parameters<typeof DelegationForm>[0] & { close(): void }) {
  const { t } = useSpeech();
  const roleName = useRoleNames();
  const [form] = Form.useForm<Values>();
  const leave = useLeaving(form, close);
  const chosen = Form.useWatch('from', form);
  const giver = people.find((one) => one.accountId === (from ?? chosen));
  const act = useAct(t(TEXT.add), (v: Values) =>
    send(from ?? v.from, { to: v.to, roles: v.roles, firstDay: v.firstDay.format('YYYY-MM-DD'), lastDay: v.lastDay.format('YYYY-MM-DD'), reason: v.reason }), close);
  const options = (except: string | undefined) => people.filter((one) => one.accountId !== except).map((one) => ({ value: one.accountId, label: `${one.name}（${one.roles.map(roleName).join('、')}）` }));
  return (
    <Modal open title={t(TEXT.add)} onCancel={leave} onOk={() => form.submit()} confirmLoading={act.isPending}>
      <Form form={form} layout="vertical" onFinish={(values) => act.mutate(values)}>
        {from === undefined && <Form.Item name="from" label={t(TEXT.from)} rules={[{ required: true }]}><Select showSearch={{ optionFilterProp: 'label' }} options={options(undefined)} /></Form.Item>}
        <Form.Item name="to" label={t(TEXT.to)} rules={[{ required: true }]}><Select showSearch={{ optionFilterProp: 'label' }} options={options(giver?.accountId)} /></Form.Item>
        <Form.Item name="roles" label={t(TEXT.roles)} rules={[{ required: true }]}><Select mode="multiple" options={(giver?.roles ?? []).map((role) => ({ value: role, label: roleName(role) }))} /></Form.Item>
        <Form.Item name="firstDay" label={t(TEXT.first)} rules={[{ required: true }]}><DatePicker style={{ width: '100%' }} /></Form.Item>
        <Form.Item name="lastDay" label={t(TEXT.last)} rules={[{ required: true }]}><DatePicker style={{ width: '100%' }} /></Form.Item>
        <Form.Item name="reason" label={t(TEXT.reason)} rules={[{ required: true }]}><Input.TextArea rows={2} maxLength={500} /></Form.Item>
      </Form>
      {act.isError && <ProblemAlert error={act.error} />}
    </Modal>
  );
}
