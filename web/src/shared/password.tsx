import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Typography } from 'antd';
import { call } from './api.ts';
import { useSpeech, type Text } from './i18n.tsx';
import { ProblemAlert } from './problem-alert.tsx';

const TEXT = {
  title: { zh: '修改密码', en: 'Change the password' },
  current: { zh: '现用密码', en: 'Present password' },
  password: { zh: '新密码（至少 12 位）', en: 'New password (at least 12 characters)' },
  rules: {
    zh: '小写字母、大写字母、数字、其他字符至少两类，不同的字符至少六个，不含用户名，不得与现用或此前五个密码相同。',
    en: 'At least two of small letters, capitals, digits and others; at least six different characters; without the user name; neither the present one nor one of the five before it.',
  },
  again: { zh: '再输入一次', en: 'Once more' },
  differs: { zh: '两次输入不一致', en: 'the two differ' },
  short: { zh: '至少 12 位', en: 'at least 12 characters' },
  required: { zh: '请填写', en: 'Required' },
  change: { zh: '修改密码', en: 'Change the password' },
  done: { zh: '密码已修改，您在别处的登录已全部结束', en: 'The password is changed; you are signed out everywhere else' },
  due: { zh: '您的密码由管理员设定，请先改为只有您自己知道的密码', en: 'Your password was given out by an administrator: set one only you know first' },
} as const satisfies Record<string, Text>;

/** The new password, twice; belongs into a form. */
export function NewPassword() {
  const { t } = useSpeech();
  return (
    <>
      <Form.Item name="password" label={t(TEXT.password)} extra={t(TEXT.rules)} rules={[{ min: 12, required: true, message: t(TEXT.short) }]}><Input.Password size="large" autoComplete="new-password" maxLength={256} /></Form.Item>
      <Form.Item
        name="again" label={t(TEXT.again)} dependencies={['password']}
        rules={[({ getFieldValue }) => ({ validator: (_, value) => (value === getFieldValue('password') ? Promise.resolve() : Promise.reject(new Error(t(TEXT.differs)))) })]}
      >
        <Input.Password size="large" autoComplete="new-password" maxLength={256} />
      </Form.Item>
    </>
  );
}

interface Values { readonly current: string; readonly password: string }

/** A person's own password, against the present one. */
function ChangePassword() {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const act = useMutation({
    mutationFn: ({ current, password }: Values) => call('POST /api/access/password', { body: { current, password } }),
    onSuccess: () => { form.resetFields(); return queries.invalidateQueries(); },
  });
  return (
    <Form<Values> form={form} layout="vertical" requiredMark={false} style={{ maxWidth: 400 }} onFinish={(values) => act.mutate(values)}>
      <Form.Item name="current" label={t(TEXT.current)} rules={[{ required: true, message: t(TEXT.required) }]}><Input.Password size="large" autoComplete="current-password" maxLength={256} /></Form.Item>
      <NewPassword />
      {act.isError && <div style={{ marginBottom: 12 }}><ProblemAlert error={act.error} /></div>}
      {act.isSuccess && <Alert type="success" showIcon title={t(TEXT.done)} style={{ marginBottom: 12 }} />}
      <Button type="primary" htmlType="submit" loading={act.isPending}>{t(TEXT.change)}</Button>
    </Form>
  );
}

/** The part of a person's own account that is about the password. */
export function OwnPassword() {
  const { t } = useSpeech();
  return <section style={{ marginBottom: 24 }}><Typography.Title level={2} style={{ fontSize: 16 }}>{t(TEXT.title)}</Typography.Title><ChangePassword /></section>;
}

/** In place of the room, for whoever signed in with a password an administrator gave out. */
export function MustChange() {
  const { t } = useSpeech();
  return <><Alert type="info" showIcon title={t(TEXT.due)} style={{ marginBottom: 12 }} /><ChangePassword /></>;
}
