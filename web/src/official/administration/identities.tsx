import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Select, Typography } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded } from '../../shared/room.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import type { Column } from '../list/columns.ts';
import { ListTable } from '../list/list-table.tsx';
import { whole } from '../../shared/pages.tsx';
import { useAct } from '../parts/act.tsx';
import { SureButton } from '../parts/sure-button.tsx';
import type { AccountRow } from './accounts.tsx';

type Identity = Routes['GET /api/access/identities']['response']['items'][number];

const TEXT = {
  about: { zh: '在统一身份服务登录过的人列在这里；关联到账号之前不能进入本平台。请按标识核实本人，姓名由对方服务提供，仅供参考。', en: 'People who signed in at the identity service stand here; none gets in before he is linked to an account. Check the person by the identifier: the name is only what the service says.' },
  absent: { zh: '未接入统一身份服务（见运行手册 MINGJIAN_OIDC_ISSUER）。', en: 'No identity service is connected (operations: MINGJIAN_OIDC_ISSUER).' },
  label: { zh: '姓名（对方提供）', en: 'Name, as the service says' },
  subject: { zh: '标识', en: 'Identifier' },
  issuer: { zh: '身份服务', en: 'Service' },
  seen: { zh: '最近登录', en: 'Last seen' },
  account: { zh: '本平台账号', en: 'Account here' },
  link: { zh: '关联', en: 'Link' },
  unlink: { zh: '解除关联', en: 'Unlink' },
  unlinkAbout: { zh: '此后“{label}”（{subject}）不能再以账号{name}进入本平台；须再次核实本人才能重新关联。', en: '“{label}” ({subject}) no longer enters as {name}; the person is to be checked again before a new link.' },
  choose: { zh: '选择账号', en: 'Choose an account' },
} as const satisfies Record<string, Text>;

function LinkCell({ row, accounts }: { row: Identity; accounts: readonly AccountRow[] }) {
  const { t } = useSpeech();
  const [accountId, choose] = useState<string>();
  const link = useAct(t(TEXT.link), () => call('POST /api/access/identities/link', { body: { issuer: row.issuer, subject: row.subject, accountId: accountId ?? '' } }));
  const { linkId } = row;
  return (
    <Flex wrap gap={8} align="center">
      {linkId === null
        ? <>
            <Select aria-label={t(TEXT.choose)} placeholder={t(TEXT.choose)} showSearch={{ optionFilterProp: 'label' }} style={{ width: 220 }} onChange={choose} options={accounts.filter((one) => one.disabledAt === null).map((one) => ({ value: one.accountId, label: `${one.name} ${one.login}` }))} />
            <Button type="primary" disabled={accountId === undefined} loading={link.isPending} onClick={() => link.mutate(undefined)}>{t(TEXT.link)}</Button>
          </>
        : <><span>{row.accountName}</span><SureButton size="small" danger title={TEXT.unlink} about={t(TEXT.unlinkAbout, { label: row.label, subject: row.subject, name: row.accountName ?? '' })} send={() => call('POST /api/access/identities/unlink', { body: { linkId } })} /></>}
      {link.isError && <ProblemAlert error={link.error} />}
    </Flex>
  );
}

/** Which identity of the authority's own service opens which account. */
export function Identities() {
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['identities'], queryFn: () => call('GET /api/access/identities') });
  const accounts = useQuery({ queryKey: ['accounts'], queryFn: () => call('GET /api/access/accounts') });
  const columns: readonly Column<Identity>[] = [
    { key: 'label', title: t(TEXT.label), width: 140, text: (row) => row.label },
    { key: 'subject', title: t(TEXT.subject), width: 200, text: (row) => row.subject },
    { key: 'issuer', title: t(TEXT.issuer), width: 220, text: (row) => row.issuer },
    { key: 'seen', title: t(TEXT.seen), width: 150, num: true, text: (row) => formatTime(row.lastSeen) },
    { key: 'account', title: t(TEXT.account), width: 360, text: (row) => row.accountName, render: (row) => <LinkCell row={row} accounts={accounts.data?.items ?? []} /> },
  ];
  return (
    <Loaded query={query}>{({ connected, items }) => (
      <>
        <Typography.Paragraph type="secondary">{t(connected ? TEXT.about : TEXT.absent)}</Typography.Paragraph>
        {items.length > 0 && <ListTable<Identity> name="identities" title={t(TEXT.subject)} list={whole(query, items)} rowKey={(row) => `${row.issuer} ${row.subject}`} columns={columns} empty="" />}
      </>
    )}</Loaded>
  );
}
