import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Form, Input, Segmented, Space, Spin, Typography } from 'antd';
import { useEffect, type ReactNode } from 'react';
import { call } from './api.ts';
import type { Routes } from './api.gen.ts';
import { useDemoClock } from './demo.tsx';
import { DemoPeople } from './demo-people.tsx';
import { useSpeech, type Text } from './i18n.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import { AskSecondFactor, MustEnrol } from './second-factor.tsx';

export { ProblemAlert };

export type Me = Routes['GET /api/access/me']['response'];

const TEXT = {
  title: { zh: '登录', en: 'Sign in' },
  login: { zh: '账号', en: 'Account' },
  password: { zh: '密码', en: 'Password' },
  submit: { zh: '登录', en: 'Sign in' },
  required: { zh: '请填写', en: 'Required' },
  by: { zh: '用{name}登录', en: 'Sign in with {name}' },
} as const satisfies Record<string, Text>;

export const useMe = () =>
  useQuery({ queryKey: ['me'], queryFn: () => call('GET /api/access/me'), retry: false, staleTime: 60_000 });

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

function SignInCard({ title, side, me }: { title: Text; side: 'official' | 'unit'; me: Me | undefined }) {
  const { t } = useSpeech();
  const waitingFor = me?.waitingFor ?? null;
  return (
    <main style={{ minHeight: '100vh', display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', placeItems: 'center', padding: 16 }}>
      <Card style={{ width: waitingFor === 'enrol' ? 480 : 380, maxWidth: '100%' }}>
        <Space style={{ width: '100%', justifyContent: 'space-between', marginBottom: 12 }}>
          <Typography.Title level={1} style={{ margin: 0, fontSize: 22 }}>{t(title)}</Typography.Title>
          <LanguageSwitch />
        </Space>
        {waitingFor === null ? <><PasswordForm side={side} /><IdentitySignIn side={side} /></> : waitingFor === 'enrol' ? <MustEnrol /> : <AskSecondFactor factors={me?.factors ?? []} />}
      </Card>
    </main>
  );
}

function PasswordForm({ side }: { side: 'official' | 'unit' }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const signIn = useMutation({
    mutationFn: (body: { login: string; password: string }) => call('POST /api/access/sign-in', { body }),
    onSuccess: () => queries.invalidateQueries(),
  });
  return (
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
  );
}

/** The button to the authority's own identity service, where one is connected, and what follows when it sends the person back. */
function IdentitySignIn({ side }: { side: 'official' | 'unit' }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const service = useQuery({ queryKey: ['identity-service'], queryFn: () => call('GET /api/access/identity'), staleTime: 600_000 });
  const start = useMutation({ mutationFn: () => call('POST /api/access/identity/start', { body: { side } }), onSuccess: ({ url }) => location.assign(url) });
  const { mutate: hear, ...answer } = useMutation({ mutationFn: (query: string) => call('POST /api/access/identity/answer', { body: { query } }), onSuccess: () => queries.invalidateQueries() });
  useEffect(() => {
    const { search, pathname } = location;
    if (!new URLSearchParams(search).has('state')) return;
    // An answer counts once: it leaves the address before it is heard.
    history.replaceState(null, '', pathname);
    hear(search);
  }, [hear]);
  const { name } = service.data ?? { name: null };
  const error = start.error ?? answer.error;
  return (
    <Space orientation="vertical" style={{ width: '100%', marginTop: 12 }}>
      {error !== null && <ProblemAlert error={error} />}
      {name !== null && <Button block size="large" loading={start.isPending || answer.isPending} onClick={() => start.mutate()}>{t(TEXT.by, { name })}</Button>}
    </Space>
  );
}

/** Shows the room to a person who is signed in, and the door to everyone else. */
export function Door({ title, side, children }: { title: Text; side: 'official' | 'unit'; children: (me: Me) => ReactNode }) {
  const me = useMe();
  // Spans and terms are reckoned from the platform's clock: nothing is drawn before it is known.
  const clock = useDemoClock();
  if (me.isPending || clock.isPending) return <Spin fullscreen />;
  if (me.isError || me.data.side === 'public') return <SignInCard title={title} side={side} me={me.data} />;
  return children(me.data);
}
