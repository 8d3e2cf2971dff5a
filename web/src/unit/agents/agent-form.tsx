import { Alert, Button, Checkbox, DatePicker, Form, Input, Radio, Typography } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { useAct } from '../parts/act.tsx';
import type { Outfall } from '../shapes.ts';
import type { Grants } from './grant-list.tsx';

const TEXT = {
  who: { zh: '代理人', en: 'The agent' },
  has: { zh: '已有账号', en: 'has an account' },
  invite: { zh: '邀请新人', en: 'is invited' },
  login: { zh: '登录账号', en: 'Sign-in name' },
  loginHint: { zh: '字母、数字和 . _ @ -，至少 3 位', en: 'letters, digits and . _ @ -, at least 3' },
  name: { zh: '姓名', en: 'Name' },
  company: { zh: '所属单位', en: 'Company' },
  outfalls: { zh: '可以代办的排口', en: 'Outfalls' },
  acts: { zh: '可以代办的事项', en: 'Acts' },
  days: { zh: '授权起止日', en: 'First and last day' },
  give: { zh: '授权', en: 'Authorise' },
  required: { zh: '请填写', en: 'Required' },
  code: { zh: '请把下面的邀请链接交给本人，由其自己设置密码。链接只显示这一次，七天内有效。', en: 'Give this link to the person, who sets the own password with it. It is shown once and holds for seven days.' },
} as const satisfies Record<string, Text>;

type Body = NonNullable<Routes['POST /api/unit/agents']['body']>;
interface Values { way: 'has' | 'invite'; login: string; name?: string; company: string; outfalls: string[]; acts: Body['acts']; days: [Dayjs, Dayjs] }

const bodyOf = ({ way, login, name, company, outfalls, acts, days }: Values): Body => ({
  login, company, outfalls, acts, from: days[0].format('YYYY-MM-DD'), until: days[1].format('YYYY-MM-DD'), ...(way === 'invite' ? { invite: { name: name ?? '' } } : {}),
});

const linkOf = (code: string): string => `${location.origin}/unit/invitation#${code}`;

/** Names a person, the places, the acts and the days; nothing is ticked beforehand. */
export function AgentForm({ outfalls, choices }: { outfalls: readonly Outfall[]; choices: Grants['choices'] }) {
  const { t } = useSpeech();
  const [form] = Form.useForm<Values>();
  const [code, setCode] = useState<string | null>(null);
  const way = Form.useWatch('way', form) ?? 'has';
  const send = useAct(t(TEXT.give), (values: Values) => call('POST /api/unit/agents', { body: bodyOf(values) }), (out) => {
    setCode(out.code);
    form.resetFields();
  });
  const rules = [{ required: true, message: t(TEXT.required) }];
  // Not `required`: the library would put aria-required on a group, where it means nothing.
  const some = [{ type: 'array' as const, min: 1, message: t(TEXT.required) }];
  return (
    <Form form={form} layout="vertical" requiredMark={false} initialValues={{ way: 'has' }} onFinish={(values) => send.mutate(values)}>
      {code !== null && <Alert type="success" showIcon style={{ marginBottom: 12 }} title={t(TEXT.code)} description={<Typography.Text copyable className="digest">{linkOf(code)}</Typography.Text>} />}
      <Form.Item name="way" label={t(TEXT.who)}><Radio.Group options={[{ value: 'has', label: t(TEXT.has) }, { value: 'invite', label: t(TEXT.invite) }]} /></Form.Item>
      <Form.Item name="login" label={t(TEXT.login)} extra={t(TEXT.loginHint)} rules={[...rules, { pattern: /^[A-Za-z0-9._@-]{3,64}$/, message: t(TEXT.loginHint) }]}><Input autoComplete="off" /></Form.Item>
      {way === 'invite' && <Form.Item name="name" label={t(TEXT.name)} rules={rules}><Input maxLength={60} /></Form.Item>}
      <Form.Item name="company" label={t(TEXT.company)} rules={rules}><Input maxLength={120} /></Form.Item>
      <Form.Item name="outfalls" label={t(TEXT.outfalls)} initialValue={[]} rules={some}><Checkbox.Group style={{ flexDirection: 'column' }} options={outfalls.map((one) => ({ value: one.outfall, label: one.name }))} /></Form.Item>
      <Form.Item name="acts" label={t(TEXT.acts)} initialValue={[]} rules={some}><Checkbox.Group style={{ flexDirection: 'column' }} options={choices.map((one) => ({ value: one.act, label: t(one) }))} /></Form.Item>
      <Form.Item name="days" label={t(TEXT.days)} rules={rules}><DatePicker.RangePicker style={{ width: '100%' }} /></Form.Item>
      {send.isError && <div style={{ marginBottom: 12 }}><ProblemAlert error={send.error} /></div>}
      <Button type="primary" htmlType="submit" loading={send.isPending}>{t(TEXT.give)}</Button>
    </Form>
  );
}
