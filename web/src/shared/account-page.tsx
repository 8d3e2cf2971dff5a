import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Space, Typography } from 'antd';
import { useState } from 'react';
import { call } from './api.ts';
import type { Routes } from './api.gen.ts';
import { useSpeech, type Text } from './i18n.tsx';
import { Loaded, PageTitle } from './room.tsx';
import { CodeForm, EnrolTotp, RecoveryCodes, type Codes } from './second-factor.tsx';

const TEXT = {
  account: { zh: '我的账号', en: 'My account' },
  title: { zh: '第二重验证', en: 'Second factor' },
  off: { zh: '尚未绑定身份验证器', en: 'No authenticator is enrolled' },
  on: { zh: '✓ 已绑定身份验证器，剩余恢复码 {n} 个', en: '✓ An authenticator is enrolled; {n} recovery codes are left' },
  renew: { zh: '重新生成恢复码', en: 'New recovery codes' },
  remove: { zh: '解除绑定', en: 'Remove' },
  demanded: { zh: '本岗位必须使用，不得解除', en: 'demanded by your role' },
} as const satisfies Record<string, Text>;

type State = Routes['GET /api/access/factors']['response'];

function Enrolled({ state }: { state: State }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const [codes, setCodes] = useState<Codes>();
  const again = () => void queries.invalidateQueries({ queryKey: ['factors'] });
  const renew = useMutation({ mutationFn: (code: string) => call('POST /api/access/factors/recovery-codes', { body: { code } }), onSuccess: ({ recoveryCodes }) => setCodes(recoveryCodes) });
  const remove = useMutation({ mutationFn: (code: string) => call('POST /api/access/factors/totp/removal', { body: { code } }), onSuccess: again });
  const [wish, setWish] = useState<'renew' | 'remove'>();
  if (codes !== undefined) return <RecoveryCodes codes={codes} onKept={() => { setCodes(undefined); setWish(undefined); again(); }} />;
  const act = wish === 'remove' ? remove : renew;
  return (
    <Space orientation="vertical" size={12}>
      <Typography.Text>{t(TEXT.on, { n: state.recoveryCodesLeft })}</Typography.Text>
      {wish === undefined
        ? <Space wrap><Button onClick={() => setWish('renew')}>{t(TEXT.renew)}</Button><Button danger disabled={state.required} onClick={() => setWish('remove')}>{t(TEXT.remove)}</Button>{state.required && <Typography.Text type="secondary">{t(TEXT.demanded)}</Typography.Text>}</Space>
        : <CodeForm submit={wish === 'renew' ? TEXT.renew : TEXT.remove} pending={act.isPending} error={act.error} onCode={(code) => act.mutate(code)} />}
    </Space>
  );
}

function OwnFactors() {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const query = useQuery({ queryKey: ['factors'], queryFn: () => call('GET /api/access/factors') });
  return (
    <>
      <Typography.Title level={2} style={{ fontSize: 16 }}>{t(TEXT.title)}</Typography.Title>
      <Loaded query={query}>{(state) => (state.totp ? <Enrolled state={state} /> : (
        <Space orientation="vertical" size={12}>
          <Typography.Text>{t(TEXT.off)}</Typography.Text>
          <EnrolTotp onDone={() => void queries.invalidateQueries({ queryKey: ['factors'] })} />
        </Space>
      ))}</Loaded>
    </>
  );
}

/** What a person keeps of the own account; the same page in both rooms. */
export function AccountPage() {
  const { t } = useSpeech();
  return <><PageTitle>{t(TEXT.account)}</PageTitle><OwnFactors /></>;
}
