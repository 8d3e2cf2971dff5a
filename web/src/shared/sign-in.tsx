import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { Button, Card, Form, Input, Modal, Segmented, Space, Spin, Typography } from 'antd';
import { Fragment, useEffect, type ReactNode } from 'react';
import { call, Problem } from './api.ts';
import type { Routes } from './api.gen.ts';
import { useDemoClock } from './demo.tsx';
import { DemoPeople } from './demo-people.tsx';
import { useSpeech, type Text } from './i18n.tsx';
import { ME } from './me.ts';
import { MustChange } from './password.tsx';
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
  ended: { zh: '登录已失效，请重新登录；页面上已填写的内容仍在', en: 'Your session has ended: sign in again; what you have filled in is still there' },
  by: { zh: '用{name}登录', en: 'Sign in with {name}' },
} as const satisfies Record<string, Text>;

/** The session of a person who works here ended: what stands on the screen stays until he, or another, signs in. */
class SessionEnded extends Problem {
  readonly door: Me;
  constructor(door: Me) {
    super(401, { title: TEXT.ended.zh, detail: TEXT.ended.en });
    this.door = door;
  }
}

async function whoAmI(client: QueryClient): Promise<Me> {
  const me = await call('GET /api/access/me');
  const before = client.getQueryData<Me>(ME);
  if (before === undefined || before.side === 'public') return me;
  if (me.side === 'public') throw new SessionEnded(me);
  // Nothing that was shown to one person is shown to the next.
  if (me.accountId !== before.accountId) client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME[0] && queryKey[0] !== 'demo-clock' });
  return me;
}

export const useMe = () => useQuery({ queryKey: ME, queryFn: ({ client }) => whoAmI(client), retry: false, staleTime: 60_000 });

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

type Side = 'official' | 'unit';

function SignIn({ side, me }: { side: Side; me: Me | undefined }) {
  const waitingFor = me?.waitingFor ?? null;
  if (waitingFor === null) return <><PasswordForm side={side} /><IdentitySignIn side={side} /></>;
  if (waitingFor === 'new-password') return <MustChange />;
  return waitingFor === 'enrol' ? <MustEnrol /> : <AskSecondFactor factors={me?.factors ?? []} />;
}

function SignInCard({ title, side, me, error }: { title: Text; side: Side; me: Me | undefined; error: unknown }) {
  const { t } = useSpeech();
  return (
    <main style={{ minHeight: '100vh', display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', placeItems: 'center', padding: 16 }}>
      <Card style={{ width: me?.waitingFor === 'enrol' ? 480 : 380, maxWidth: '100%' }}>
        <Space style={{ width: '100%', justifyContent: 'space-between', marginBottom: 12 }}>
          <Typography.Title level={1} style={{ margin: 0, fontSize: 22 }}>{t(title)}</Typography.Title>
          <LanguageSwitch />
        </Space>
        {error !== null && !(error instanceof Problem && error.status === 401) && <div style={{ marginBottom: 12 }}><ProblemAlert error={error} /></div>}
        <SignIn side={side} me={me} />
      </Card>
    </main>
  );
}

function PasswordForm({ side }: { side: Side }) {
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
function IdentitySignIn({ side }: { side: Side }) {
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

/** Shows the room to a person who is signed in, and the door to everyone else; whose session ends signs in over the page as it stands. */
export function Door({ title, side, children }: { title: Text; side: Side; children: (me: Me) => ReactNode }) {
  const { t } = useSpeech();
  const me = useMe();
  // Spans and terms are reckoned from the platform's clock: nothing is drawn before it is known.
  const clock = useDemoClock();
  if (me.isPending || clock.isPending) return <Spin fullscreen />;
  if (me.data === undefined || me.data.side === 'public') return <SignInCard title={title} side={side} me={me.data} error={me.error} />;
  const ended = me.error instanceof SessionEnded ? me.error : undefined;
  return (
    <>
      <Fragment key={me.data.accountId}>{children(me.data)}</Fragment>
      {ended !== undefined && <Modal open title={t(TEXT.ended)} closable={false} keyboard={false} mask={{ closable: false }} footer={null} zIndex={1500} width={480}><SignIn side={side} me={ended.door} /></Modal>}
    </>
  );
}
