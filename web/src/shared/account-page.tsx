import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Space, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { call } from './api.ts';
import type { Routes } from './api.gen.ts';
import { useSpeech, type Text } from './i18n.tsx';
import type { Proof } from './passkey.ts';
import { OwnPassword } from './password.tsx';
import { Loaded, PageTitle } from './room.tsx';
import { AddPasskey, EnrolTotp, ProofForm, RecoveryCodes, type Codes } from './second-factor.tsx';
import { formatTime } from './tiers.ts';

const TEXT = {
  account: { zh: '我的账号', en: 'My account' },
  title: { zh: '第二重验证', en: 'Second factor' },
  off: { zh: '尚未绑定身份验证器', en: 'No authenticator is enrolled' },
  on: { zh: '✓ 已绑定身份验证器，剩余恢复码 {n} 个', en: '✓ An authenticator is enrolled; {n} recovery codes are left' },
  codesLeft: { zh: '剩余恢复码 {n} 个', en: '{n} recovery codes are left' },
  renew: { zh: '重新生成恢复码', en: 'New recovery codes' },
  remove: { zh: '解除绑定', en: 'Remove' },
  demanded: { zh: '本岗位必须使用，不得解除最后一种', en: 'demanded by your role: the last one stays' },
  passkeys: { zh: '通行密钥', en: 'Passkeys' },
  none: { zh: '尚未登记通行密钥', en: 'No passkey is registered' },
  used: { zh: '登记于 {made}，最近使用 {used}', en: 'registered {made}, last used {used}' },
  removeKey: { zh: '移除“{name}”', en: 'Remove “{name}”' },
  prove: { zh: '请先验证：{what}', en: 'Prove yourself first: {what}' },
  back: { zh: '取消', en: 'Cancel' },
} as const satisfies Record<string, Text>;

type State = Routes['GET /api/access/factors']['response'];
type Passkey = State['passkeys'][number];
/** What the person wants to change; each asks for a fresh proof. */
type Wish = { readonly kind: 'renew' } | { readonly kind: 'totp' } | { readonly kind: 'passkey'; readonly key: Passkey };

/** New recovery codes, where that was the wish. */
const send = async (wish: Wish, body: Proof): Promise<Codes | undefined> => {
  switch (wish.kind) {
    case 'renew':
      return (await call('POST /api/access/factors/recovery-codes', { body })).recoveryCodes;
    case 'totp':
      await call('POST /api/access/factors/totp/removal', { body });
      return undefined;
    case 'passkey':
      await call('POST /api/access/factors/passkey/:passkeyId/removal', { params: { passkeyId: wish.key.passkeyId }, body });
      return undefined;
  }
};

function Prove({ wish, state, what, done, cancel }: { wish: Wish; state: State; what: string; done(codes: Codes | undefined): void; cancel(): void }) {
  const { t } = useSpeech();
  const act = useMutation({ mutationFn: (proof: Proof) => send(wish, proof), onSuccess: done });
  return (
    <section aria-label={t(TEXT.prove, { what })}>
      <Typography.Paragraph strong>{t(TEXT.prove, { what })}</Typography.Paragraph>
      <ProofForm factors={[...(state.totp ? ['totp' as const] : []), ...(state.passkeys.length > 0 ? ['passkey' as const] : [])]} submit={{ zh: what, en: what }} pending={act.isPending} error={act.error} onProof={(proof) => act.mutate(proof)} />
      <Button type="link" style={{ paddingInline: 0, marginTop: 8 }} onClick={cancel}>{t(TEXT.back)}</Button>
    </section>
  );
}

function Keys({ state, may, wish }: { state: State; may: boolean; wish(wish: Wish): void }) {
  const { t } = useSpeech();
  if (state.passkeys.length === 0) return <Typography.Text>{t(TEXT.none)}</Typography.Text>;
  return (
    <ul aria-label={t(TEXT.passkeys)} style={{ listStyle: 'none', padding: 0, margin: 0, display: 'grid', gap: 8 }}>
      {state.passkeys.map((key) => (
        <li key={key.passkeyId}>
          <Flex wrap gap={8} align="center">
            <span>{key.name}</span>
            <Typography.Text type="secondary">{t(TEXT.used, { made: formatTime(key.createdAt), used: formatTime(key.usedAt) })}</Typography.Text>
            <Button size="small" danger disabled={!may} onClick={() => wish({ kind: 'passkey', key })}>{t(TEXT.removeKey, { name: key.name })}</Button>
          </Flex>
        </li>
      ))}
    </ul>
  );
}

function Factors({ state }: { state: State }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const [wish, setWish] = useState<Wish>();
  const [codes, setCodes] = useState<Codes>();
  const again = () => { setWish(undefined); setCodes(undefined); void queries.invalidateQueries({ queryKey: ['factors'] }); };
  const held = (state.totp ? 1 : 0) + state.passkeys.length;
  const may = !state.required || held > 1;
  if (codes !== undefined) return <RecoveryCodes codes={codes} onKept={again} />;
  if (wish !== undefined) {
    const what = wish.kind === 'renew' ? t(TEXT.renew) : wish.kind === 'totp' ? t(TEXT.remove) : t(TEXT.removeKey, { name: wish.key.name });
    return <Prove wish={wish} state={state} what={what} done={(made) => (made === undefined ? again() : setCodes(made))} cancel={() => setWish(undefined)} />;
  }
  return (
    <Space orientation="vertical" size={16}>
      {state.totp
        ? <Space wrap><Typography.Text>{t(TEXT.on, { n: state.recoveryCodesLeft })}</Typography.Text><Button danger size="small" disabled={!may} onClick={() => setWish({ kind: 'totp' })}>{t(TEXT.remove)}</Button></Space>
        : <Space orientation="vertical"><Typography.Text>{t(TEXT.off)}</Typography.Text><EnrolTotp onDone={again} /></Space>}
      <Typography.Title level={3} style={{ fontSize: 15, margin: 0 }}>{t(TEXT.passkeys)}</Typography.Title>
      <Keys state={state} may={may} wish={setWish} />
      <AddPasskey onDone={again} />
      {!may && held > 0 && <Typography.Text type="secondary">{t(TEXT.demanded)}</Typography.Text>}
      {held > 0 && <Space wrap>{!state.totp && <Typography.Text>{t(TEXT.codesLeft, { n: state.recoveryCodesLeft })}</Typography.Text>}<Button onClick={() => setWish({ kind: 'renew' })}>{t(TEXT.renew)}</Button></Space>}
    </Space>
  );
}

function OwnFactors() {
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['factors'], queryFn: () => call('GET /api/access/factors') });
  return (
    <>
      <Typography.Title level={2} style={{ fontSize: 16 }}>{t(TEXT.title)}</Typography.Title>
      <Loaded query={query}>{(state) => <Factors state={state} />}</Loaded>
    </>
  );
}

/** What a person keeps of the own account; officials see more of it than units. */
export function AccountPage({ children }: { children?: ReactNode }) {
  const { t } = useSpeech();
  return <><PageTitle>{t(TEXT.account)}</PageTitle>{children}<OwnPassword /><OwnFactors /></>;
}
