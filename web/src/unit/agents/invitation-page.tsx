import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Form, Typography } from 'antd';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { NewPassword } from '../../shared/password.tsx';
import { LanguageSwitch, ProblemAlert } from '../../shared/sign-in.tsx';

const TEXT = {
  title: { zh: '接受授权邀请', en: 'Accept an invitation' },
  why: { zh: '一家排污单位授权您代其办理事项。请设置只有您知道的密码；以后用它登录。', en: 'A unit authorised you to act for it. Set a password only you know; you sign in with it.' },
  set: { zh: '设置密码', en: 'Set the password' },
  done: { zh: '密码已设置。您的登录账号是 {login}。', en: 'The password is set. Your sign-in name is {login}.' },
  go: { zh: '前往登录', en: 'Sign in' },
} as const satisfies Record<string, Text>;

/** Opened with the link of an invitation; the code stands behind the #, so that it reaches no log of addresses. */
export function InvitationPage() {
  const { t } = useSpeech();
  const code = location.hash.slice(1);
  const accept = useMutation({ mutationFn: ({ password }: { password: string }) => call('POST /api/access/invitations/accept', { body: { code, password } }) });
  return (
    <main style={{ minHeight: '100vh', display: 'grid', placeItems: 'center', padding: 16 }}>
      <Card style={{ width: 'min(400px, calc(100vw - 32px))' }}>
        <Flex justify="space-between" align="center" style={{ marginBottom: 12 }}>
          <Typography.Title level={1} style={{ margin: 0, fontSize: 20 }}>{t(TEXT.title)}</Typography.Title>
          <LanguageSwitch />
        </Flex>
        {accept.isSuccess ? <Alert type="success" showIcon title={t(TEXT.done, { login: accept.data.login })} description={<Button type="primary" href="/unit">{t(TEXT.go)}</Button>} /> : (
          <Form layout="vertical" requiredMark={false} onFinish={(values: { password: string }) => accept.mutate(values)}>
            <p>{t(TEXT.why)}</p>
            <NewPassword />
            {accept.isError && <div style={{ marginBottom: 12 }}><ProblemAlert error={accept.error} /></div>}
            <Button block type="primary" htmlType="submit" loading={accept.isPending}>{t(TEXT.set)}</Button>
          </Form>
        )}
      </Card>
    </main>
  );
}
