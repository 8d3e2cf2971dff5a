import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Modal, Tag, Typography } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import type { Column } from '../list/columns.ts';
import { ListTable } from '../list/list-table.tsx';
import { whole } from '../../shared/pages.tsx';
import { Asking } from '../parts/asking.tsx';
import { useRoleNames } from '../parts/use-words.ts';

export type AccountRow = Routes['GET /api/access/accounts']['response']['items'][number];

const TEXT = {
  title: { zh: '账号', en: 'Accounts' },
  roles: { zh: '角色', en: 'Roles' },
  login: { zh: '登录名', en: 'Sign-in name' },
  name: { zh: '姓名', en: 'Name' },
  belongs: { zh: '所属', en: 'Belongs to' },
  certificate: { zh: '执法证（有效期）', en: 'Certificate (valid)' },
  state: { zh: '状态', en: 'State' },
  active: { zh: '✓ 启用', en: '✓ active' },
  disabled: { zh: '✗ 停用', en: '✗ disabled' },
  due: { zh: '密码待修改', en: 'password to be changed' },
  sessions: { zh: '在线会话', en: 'Sessions' },
  none: { zh: '没有账号', en: 'No accounts' },
  demo: { zh: '演示', en: 'demonstration' },
  acts: { zh: '办理', en: 'Acts' },
  given: { zh: '{name} 的临时密码', en: 'A password for {name}' },
  once: { zh: '只显示这一次。请当面或经可靠途径交给本人；本人下次登录时须改为只有自己知道的密码。', en: 'Shown only now. Hand it over in person or by a way you trust; its bearer sets another at the next sign-in.' },
} as const satisfies Record<string, Text>;

/** What is done to an account, and what follows from it; everything stands in the evidence log. */
const ACTS = {
  'disable': { title: { zh: '停用', en: 'Disable' }, about: { zh: '{name}（{login}）立即失去全部权限，在线会话全部结束；已办事项和签署的文书不受影响。可以重新启用。', en: '{name} ({login}) loses every right at once and all sessions end; what was done and signed stays. The account can be enabled again.' } },
  'enable': { title: { zh: '启用', en: 'Enable' }, about: { zh: '{name}（{login}）可以重新登录，角色与停用前相同。', en: '{name} ({login}) may sign in again, with the roles held before.' } },
  'end-sessions': { title: { zh: '结束会话', en: 'End sessions' }, about: { zh: '{name}（{login}）在各处的登录立即结束，未保存的内容不再提交；可以再次登录。', en: '{name} ({login}) is signed out everywhere at once and may sign in again.' } },
  'new-password': { title: { zh: '重设密码', en: 'New password' }, about: { zh: '平台为{name}（{login}）另设临时密码，现用密码作废，在线会话全部结束；本人下次登录须先修改密码。', en: 'The platform gives {name} ({login}) another password; the present one is void, all sessions end, and the password must be changed at the next sign-in.' } },
} as const satisfies Record<string, { readonly title: Text; readonly about: Text }>;
type ActName = keyof typeof ACTS;

/** The password, where the act gives one out. */
async function send(act: ActName, accountId: string): Promise<string | undefined> {
  const params = { params: { accountId } };
  switch (act) {
    case 'disable': await call('POST /api/access/accounts/:accountId/disable', params); return undefined;
    case 'enable': await call('POST /api/access/accounts/:accountId/enable', params); return undefined;
    case 'end-sessions': await call('POST /api/access/accounts/:accountId/end-sessions', params); return undefined;
    case 'new-password': return (await call('POST /api/access/accounts/:accountId/new-password', params)).password;
  }
}

const actsOn = (row: AccountRow): readonly ActName[] =>
  row.disabledAt !== null ? ['enable'] : ['disable', ...(row.openSessions > 0 ? ['end-sessions' as const] : []), 'new-password'];

function Given({ name, password, close }: { name: string; password: string; close(): void }) {
  const { t } = useSpeech();
  return (
    <Modal open title={t(TEXT.given, { name })} onCancel={close} onOk={close} cancelButtonProps={{ style: { display: 'none' } }}>
      <Typography.Paragraph code copyable style={{ fontSize: 18 }}>{password}</Typography.Paragraph>
      <Alert type="warning" showIcon title={t(TEXT.once)} />
    </Modal>
  );
}

/** The accounts of one's area, and what may be done to each. */
export function Accounts() {
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['accounts'], queryFn: () => call('GET /api/access/accounts') });
  const roleName = useRoleNames();
  const [asked, ask] = useState<{ readonly act: ActName; readonly row: AccountRow }>();
  const [given, give] = useState<{ readonly name: string; readonly password: string }>();
  const rows = query.data?.items ?? [];
  const columns: readonly Column<AccountRow>[] = [
    { key: 'login', title: t(TEXT.login), width: 150, text: (row) => row.login },
    { key: 'name', title: t(TEXT.name), width: 200, text: (row) => row.name, render: (row) => <>{row.name} {row.demo && <Tag>{t(TEXT.demo)}</Tag>}</> },
    { key: 'roles', title: t(TEXT.roles), width: 220, text: (row) => row.roles.map(roleName).join('、') },
    { key: 'belongs', title: t(TEXT.belongs), width: 180, text: (row) => (row.authority === null ? (row.unitId ?? row.company) : t(row.authority)) },
    { key: 'certificate', title: t(TEXT.certificate), width: 250, num: true, away: true, text: (row) => (row.certificate === null ? null : `${row.certificate.number} ${row.certificate.from} – ${row.certificate.to}`) },
    { key: 'state', title: t(TEXT.state), width: 130, text: (row) => `${t(row.disabledAt === null ? TEXT.active : TEXT.disabled)}${row.passwordDue ? ` · ${t(TEXT.due)}` : ''}` },
    { key: 'sessions', title: t(TEXT.sessions), width: 90, num: true, text: (row) => row.openSessions },
    ...(rows.some((row) => row.mine) ? [{
      key: 'acts', title: t(TEXT.acts), width: 260,
      render: (row: AccountRow) => row.mine && <Flex gap={6} wrap>{actsOn(row).map((act) => <Button key={act} size="small" danger={act === 'disable'} onClick={() => ask({ act, row })}>{t(ACTS[act].title)}</Button>)}</Flex>,
    }] : []),
  ];
  return (
    <>
      <ListTable<AccountRow> name="accounts" title={t(TEXT.title)} list={whole(query, rows)} rowKey={(row) => row.accountId} columns={columns} empty={t(TEXT.none)} />
      {asked !== undefined && (
        <Asking<object, string | undefined>
          title={ACTS[asked.act].title} about={t(ACTS[asked.act].about, { name: asked.row.name, login: asked.row.login })}
          send={() => send(asked.act, asked.row.accountId)} close={() => ask(undefined)} done={(password) => { if (password !== undefined) give({ name: asked.row.name, password }); }}
        >{null}</Asking>
      )}
      {given !== undefined && <Given {...given} close={() => give(undefined)} />}
    </>
  );
}
