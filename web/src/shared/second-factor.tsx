import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Flex, Form, Input, QRCode, Space, Typography } from 'antd';
import { useState } from 'react';
import { call } from './api.ts';
import { useSpeech, type Text } from './i18n.tsx';
import { passkeysWork, registerPasskey, showPasskey, type Proof } from './passkey.ts';
import { ProblemAlert } from './problem-alert.tsx';

const TEXT = {
  ask: { zh: '请输入身份验证器上的六位验证码，或一个恢复码', en: 'Enter the six digits of your authenticator, or a recovery code' },
  askRecovery: { zh: '通行密钥不在手边时，请输入一个恢复码', en: 'Without your passkey at hand, enter a recovery code' },
  usePasskey: { zh: '使用通行密钥', en: 'Use a passkey' },
  notHere: { zh: '本浏览器或本网址不能使用通行密钥（须为 https 或本机）', en: 'Passkeys do not work in this browser or at this address (https or this machine only)' },
  passkeyName: { zh: '名称（如：办公室电脑、U 盾）', en: 'Name, e.g. office computer, key on my ring' },
  addPasskey: { zh: '登记通行密钥', en: 'Register a passkey' },
  or: { zh: '或', en: 'or' },
  code: { zh: '验证码', en: 'Code' },
  next: { zh: '继续', en: 'Continue' },
  required: { zh: '请填写', en: 'Required' },
  must: { zh: '本岗位登录须有第二重验证，请先绑定身份验证器或登记通行密钥', en: 'Your role needs a second factor: enrol an authenticator or a passkey first' },
  begin: { zh: '绑定身份验证器', en: 'Enrol an authenticator' },
  scan: { zh: '用身份验证器应用扫描二维码，或手工输入密钥，然后填入它显示的六位数字。', en: 'Scan the picture with an authenticator app, or type the key, then enter the six digits it shows.' },
  picture: { zh: '绑定用二维码', en: 'picture for the authenticator' },
  key: { zh: '密钥', en: 'Key' },
  confirm: { zh: '确认绑定', en: 'Confirm' },
  codes: { zh: '恢复码只显示这一次，每个只能用一次。请抄下并妥善保管。', en: 'Recovery codes are shown only now; each counts once. Write them down and keep them safe.' },
  kept: { zh: '我已保存', en: 'I have kept them' },
} as const satisfies Record<string, Text>;

export type Codes = readonly string[];

/** Asks for one code. */
export function CodeForm({ submit, pending, error, onCode }: { submit: Text; pending: boolean; error: unknown; onCode: (code: string) => void }) {
  const { t } = useSpeech();
  return (
    <Form layout="vertical" requiredMark={false} onFinish={({ code }: { code: string }) => onCode(code)}>
      <Form.Item name="code" label={t(TEXT.code)} rules={[{ required: true, message: t(TEXT.required) }]}>
        <Input autoFocus autoComplete="one-time-code" size="large" style={{ maxWidth: 260 }} />
      </Form.Item>
      {error !== null && error !== undefined && <div style={{ marginBottom: 12 }}><ProblemAlert error={error} /></div>}
      <Button type="primary" htmlType="submit" loading={pending}>{t(submit)}</Button>
    </Form>
  );
}

/** Asks for any factor the person has: a passkey, a code of the app, or a recovery code. */
export function ProofForm({ factors, submit, pending, error, onProof }: { factors: readonly ('totp' | 'passkey')[]; submit: Text; pending: boolean; error: unknown; onProof: (proof: Proof) => void }) {
  const { t } = useSpeech();
  const passkey = useMutation({ mutationFn: showPasskey, onSuccess: onProof });
  const offered = factors.includes('passkey');
  return (
    <>
      {offered && (
        <div style={{ marginBottom: 16 }}>
          {passkey.isError && <div style={{ marginBottom: 12 }}><ProblemAlert error={passkey.error} /></div>}
          <Button type="primary" size="large" disabled={!passkeysWork()} loading={passkey.isPending} onClick={() => passkey.mutate()}>{t(TEXT.usePasskey)}</Button>
          {!passkeysWork() && <Typography.Paragraph type="secondary">{t(TEXT.notHere)}</Typography.Paragraph>}
        </div>
      )}
      <Typography.Paragraph>{t(factors.includes('totp') ? TEXT.ask : TEXT.askRecovery)}</Typography.Paragraph>
      <CodeForm submit={submit} pending={pending} error={error} onCode={(code) => onProof({ code })} />
    </>
  );
}

/** The second half of a sign-in. */
export function AskSecondFactor({ factors }: { factors: readonly ('totp' | 'passkey')[] }) {
  const queries = useQueryClient();
  const pass = useMutation({ mutationFn: (body: Proof) => call('POST /api/access/second-factor', { body }), onSuccess: () => queries.invalidateQueries() });
  return <ProofForm factors={factors} submit={TEXT.next} pending={pass.isPending} error={pass.error} onProof={(proof) => pass.mutate(proof)} />;
}

/** Registers a passkey under a name; a first factor shows its recovery codes. */
export function AddPasskey({ onDone }: { onDone: () => void }) {
  const { t } = useSpeech();
  const [codes, setCodes] = useState<Codes>();
  const [form] = Form.useForm<{ name: string }>();
  const done = () => { setCodes(undefined); form.resetFields(); onDone(); };
  const add = useMutation({ mutationFn: registerPasskey, onSuccess: ({ recoveryCodes }) => (recoveryCodes.length === 0 ? done() : setCodes(recoveryCodes)) });
  if (codes !== undefined) return <RecoveryCodes codes={codes} onKept={done} />;
  if (!passkeysWork()) return <Typography.Text type="secondary">{t(TEXT.notHere)}</Typography.Text>;
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={({ name }) => add.mutate(name)}>
      <Form.Item name="name" label={t(TEXT.passkeyName)} rules={[{ required: true, whitespace: true, message: t(TEXT.required) }]}><Input maxLength={40} style={{ maxWidth: 260 }} /></Form.Item>
      {add.isError && <div style={{ marginBottom: 12 }}><ProblemAlert error={add.error} /></div>}
      <Button htmlType="submit" loading={add.isPending}>{t(TEXT.addPasskey)}</Button>
    </Form>
  );
}

/** Shows recovery codes the one time they are shown. */
export function RecoveryCodes({ codes, onKept }: { codes: Codes; onKept: () => void }) {
  const { t } = useSpeech();
  return (
    <Space orientation="vertical" size={12}>
      <Alert type="warning" showIcon title={t(TEXT.codes)} />
      <ul aria-label={t(TEXT.codes)} style={{ columns: 2, listStyle: 'none', padding: 0, margin: 0, fontFamily: 'monospace' }}>
        {codes.map((code) => <li key={code}>{code}</li>)}
      </ul>
      <Button type="primary" onClick={onKept}>{t(TEXT.kept)}</Button>
    </Space>
  );
}

/** Enrols an authenticator app: picture, key, first code, recovery codes. */
export function EnrolTotp({ onDone }: { onDone: () => void }) {
  const { t } = useSpeech();
  const [codes, setCodes] = useState<Codes>();
  const begin = useMutation({ mutationFn: () => call('POST /api/access/factors/totp') });
  const confirm = useMutation({
    mutationFn: (code: string) => call('POST /api/access/factors/totp/confirmation', { body: { code } }),
    onSuccess: ({ recoveryCodes }) => setCodes(recoveryCodes),
  });
  if (codes !== undefined) return <RecoveryCodes codes={codes} onKept={onDone} />;
  if (begin.data === undefined) {
    return (
      <Space orientation="vertical">
        {begin.isError && <ProblemAlert error={begin.error} />}
        <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate()}>{t(TEXT.begin)}</Button>
      </Space>
    );
  }
  return (
    <>
      <Typography.Paragraph>{t(TEXT.scan)}</Typography.Paragraph>
      <Flex gap={16} wrap style={{ marginBottom: 12 }}>
        <QRCode aria-label={t(TEXT.picture)} value={begin.data.uri} color="#000" bgColor="#fff" />
        <div><Typography.Text type="secondary">{t(TEXT.key)}</Typography.Text><br /><Typography.Text code copyable>{begin.data.secret}</Typography.Text></div>
      </Flex>
      <CodeForm submit={TEXT.confirm} pending={confirm.isPending} error={confirm.error} onCode={(code) => confirm.mutate(code)} />
    </>
  );
}

/** In place of the room, for a role that demands a factor its bearer does not have. */
export function MustEnrol() {
  const { t } = useSpeech();
  const queries = useQueryClient();
  return (
    <Space orientation="vertical" size={12}>
      <Alert type="info" showIcon title={t(TEXT.must)} />
      <EnrolTotp onDone={() => void queries.invalidateQueries()} />
      <Typography.Text type="secondary">{t(TEXT.or)}</Typography.Text>
      <AddPasskey onDone={() => void queries.invalidateQueries()} />
    </Space>
  );
}
