import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Input, Segmented, Space, Spin, Typography } from 'antd';
import type { ReactNode } from 'react';
import { call, Problem } from './api.ts';
import type { Routes } from './api.gen.ts';
import { useDemoClock } from './demo.tsx';
import { DemoPeople } from './demo-people.tsx';
import { useSpeech, type Text } from './i18n.tsx';

export type Me = Routes['GET /api/access/me']['response'];

const TEXT = {
  title: { zh: '登录', en: 'Sign in' },
  login: { zh: '账号', en: 'Account' },
  password: { zh: '密码', en: 'Password' },
  submit: { zh: '登录', en: 'Sign in' },
  required: { zh: '请填写', en: 'Required' },
} as const satisfies Record<string, Text>;

export const useMe = () =>
  useQuery({ queryKey: ['me'], queryFn: () => call('GET /api/access/me'), retry: false, staleTime: 60_000 });

/** The words of a refusal in the reader's language, with its article and what is missing. */
export function ProblemAlert({ error }: { error: unknown }) {
  const { language } = useSpeech();
  if (!(error instanceof Problem)) return <Alert type="error" showIcon title={String(error)} />;
  const text = language === 'zh' ? error.zh : error.en;
  const more = [error.basis, ...(language === 'zh' ? error.missing : error.missingEn)].filter(Boolean).join(' · ');
  return <Alert type="error" showIcon title={text} description={more === '' ? undefined : more} />;
}

export function LanguageSwitch() {
  const { language, setLanguage } = useSpeech();
  return (
    <Segmented
      size="small"
      aria-label="语言 language"
      value={language}
      options={[{ label: '中文', value: 'zh' }, { label: 'EN', value: 'en' }]}
      onChange={(value) => setLanguage(value === 'en' ? 'en' : 'zh')}
    />
  );
}

function SignInCard({ title, side }: { title: Text; side: 'official' | 'unit' }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const signIn = useMutation({
    mutationFn: (body: { login: string; password: string }) => call('POST /api/access/sign-in', { body }),
    onSuccess: () => queries.invalidateQueries(),
  });
  return (
    <main style={{ minHeight: '100vh', display: 'grid', placeItems: 'center', padding: 16 }}>
      <Card style={{ width: 380, maxWidth: '100%' }}>
        <Space style={{ width: '100%', justifyContent: 'space-between', marginBottom: 12 }}>
          <Typography.Title level={1} style={{ margin: 0, fontSize: 22 }}>{t(title)}</Typography.Title>
          <LanguageSwitch />
        </Space>
        <Form layout="vertical" requiredMark={false} onFinish={(values: { login: string; password: string }) => signIn.mutate(values)}>
          <Form.Item name="login" label={t(TEXT.login)} rules={[{ required: true, message: t(TEXT.required) }]}>
            <Input autoFocus autoComplete="username" size="large" />
          </Form.Item>
          <Form.Item name="password" label={t(TEXT.password)} rules={[{ required: true, message: t(TEXT.required) }]}>
            <Input.Password autoComplete="current-password" size="large" />
          </Form.Item>
          {signIn.isError && <div style={{ marginBottom: 16 }}><ProblemAlert error={signIn.error} /></div>}
          <Button block type="primary" size="large" htmlType="submit" loading={signIn.isPending}>{t(TEXT.submit)}</Button>
          <DemoPeople side={side} onChoose={(login, password) => signIn.mutate({ login, password })} />
        </Form>
      </Card>
    </main>
  );
}

/** Shows the room to a person who is signed in, and the door to everyone else. */
export function Door({ title, side, children }: { title: Text; side: 'official' | 'unit'; children: (me: Me) => ReactNode }) {
  const me = useMe();
  // Spans and terms are reckoned from the platform's clock: nothing is drawn before it is known.
  const clock = useDemoClock();
  if (me.isPending || clock.isPending) return <Spin fullscreen />;
  if (me.isError || me.data.side === 'public') return <SignInCard title={title} side={side} />;
  return children(me.data);
}
