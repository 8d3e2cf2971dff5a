import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { Alert, Button, Drawer, Empty, Flex, Grid, Layout, Menu, Result, Skeleton, Typography, theme } from 'antd';
import { useState, type ReactNode } from 'react';
import { call, Problem } from './api.ts';
import { useDemo } from './demo.tsx';
import { forgetDrafts } from './drafts.ts';
import { useSpeech, type Text } from './i18n.tsx';
import { LanguageSwitch, ProblemAlert, type Me } from './sign-in.tsx';

export interface NavItem {
  readonly to: string;
  readonly label: Text;
}

const TEXT = {
  signOut: { zh: '退出', en: 'Sign out' },
  menu: { zh: '菜单', en: 'Menu' },
  account: { zh: '我的账号', en: 'My account' },
  empty: { zh: '这里还没有内容', en: 'Nothing here yet' },
  denied: { zh: '您没有查看此内容的权限', en: 'You may not see this' },
  again: { zh: '再试一次', en: 'Try again' },
  stale: { zh: '刷新失败', en: 'Could not refresh' },
  missing: { zh: '没有找到', en: 'Not found' },
  acting: { zh: '正在代{name}办理：所做各事记明代{name}', en: 'Acting for {name}: everything done says so' },
  demo: { zh: '演示环境：数据为虚构，演示时钟 {time}', en: 'Demonstration: invented data, clock {time}' },
} as const satisfies Record<string, Text>;

function SignOut() {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const leave = useMutation({ mutationFn: () => call('POST /api/access/sign-out'), onSuccess: () => { forgetDrafts(); return queries.resetQueries(); } });
  return <Button size="small" onClick={() => leave.mutate()}>{t(TEXT.signOut)}</Button>;
}

/** The same address in both rooms; each router has it. */
const ACCOUNT: string = '/account';

function AccountLink({ onClick }: { onClick?: () => void }) {
  const { t } = useSpeech();
  return <Link to={ACCOUNT} {...(onClick === undefined ? {} : { onClick })}>{t(TEXT.account)}</Link>;
}

/** The frame of a room: name, navigation, who I am, the demonstration's banner, and the page. */
export function Room({ title, nav, me }: { title: Text; nav: readonly NavItem[]; me: Me | undefined }) {
  const { t, language } = useSpeech();
  const { token } = theme.useToken();
  const wide = Grid.useBreakpoint().lg ?? false;
  const [open, setOpen] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const demo = useDemo();
  const roles = me?.roles.map((role) => t(role)).join(language === 'zh' ? '、' : ', ') ?? '';
  const current = [...nav].sort((a, b) => b.to.length - a.to.length).find((item) => path === item.to || path.startsWith(`${item.to}/`));
  const menu = (mode: 'horizontal' | 'inline') => (
    <Menu
      mode={mode}
      // What does not fit is scrolled to: the library would hide it where a keyboard still finds it.
      disabledOverflow
      selectedKeys={current ? [current.to] : nav[0] && path === '/' ? [nav[0].to] : []}
      style={{ flex: 1, minWidth: 0, border: 0, background: 'transparent', ...(mode === 'horizontal' ? { display: 'flex', flexWrap: 'nowrap' as const, whiteSpace: 'nowrap' as const, minWidth: 'max-content' } : {}) }}
      items={nav.map((item) => ({ key: item.to, label: <Link to={item.to} onClick={() => setOpen(false)}>{t(item.label)}</Link> }))}
    />
  );
  return (
    <Layout style={{ minHeight: '100vh' }}>
      {demo !== undefined && <Alert banner type="info" title={t(TEXT.demo, { time: demo })} />}
      {me !== undefined && me.behalf !== null && <Alert banner type="warning" title={t(TEXT.acting, { name: me.behalf.name })} />}
      <Layout.Header style={{ background: token.colorBgContainer, borderBottom: `1px solid ${token.colorBorderSecondary}`, paddingInline: 16, height: 52, lineHeight: '50px' }}>
        <Flex align="center" gap={12} style={{ height: '100%' }}>
          <Typography.Text strong style={{ fontSize: 17, whiteSpace: 'nowrap', color: token.colorLink }}>{t(title)}</Typography.Text>
          {wide ? <nav style={{ flex: 1, minWidth: 0, overflowX: 'auto', scrollbarWidth: 'none' }}>{menu('horizontal')}</nav> : <span style={{ flex: 1 }} />}
          {wide && me && <Typography.Text type="secondary" title={roles} style={{ lineHeight: 1.25, textAlign: 'end', whiteSpace: 'nowrap' }}>{me.name}<br /><Typography.Text type="secondary" ellipsis style={{ fontSize: 12, maxWidth: 132 }}>{roles}</Typography.Text></Typography.Text>}
          {me && wide && <AccountLink />}
          <LanguageSwitch />
          {me && wide && <SignOut />}
          {!wide && <Button size="small" onClick={() => setOpen(true)}>{t(TEXT.menu)}</Button>}
        </Flex>
      </Layout.Header>
      <Drawer title={me?.name ?? t(title)} open={open && !wide} onClose={() => setOpen(false)} size={280} footer={me && <Flex gap={12} align="center" justify="space-between"><AccountLink onClick={() => setOpen(false)} /><SignOut /></Flex>}>{menu('inline')}</Drawer>
      <Layout.Content style={{ padding: wide ? 16 : 10, maxWidth: 1720, width: '100%', margin: '0 auto' }}>
        <Outlet />
      </Layout.Content>
    </Layout>
  );
}

/** A page's heading with what belongs beside it. */
export function PageTitle({ children, extra }: { children: ReactNode; extra?: ReactNode }) {
  return (
    <Flex justify="space-between" align="center" wrap gap={8} style={{ marginBottom: 12 }}>
      <Typography.Title level={1} style={{ fontSize: 20, margin: 0 }}>{children}</Typography.Title>
      {extra}
    </Flex>
  );
}

/** The states of anything that is loaded: waiting, refused, empty, there; what is there stays when it cannot be asked for again. */
export function Loaded<T>({ query, children, isEmpty, empty = TEXT.empty }: {
  query: { isPending: boolean; isError: boolean; error: unknown; data: T | undefined; refetch?(): unknown };
  children: (data: T) => ReactNode;
  isEmpty?: (data: T) => boolean;
  /** What is said where there is nothing. */
  empty?: Text;
}) {
  const { t } = useSpeech();
  if (query.isError && query.data === undefined) {
    const status = query.error instanceof Problem ? query.error.status : 0;
    if (status === 403) return <Result status="403" title={t(TEXT.denied)} />;
    if (status === 404) return <Result status="404" title={t(TEXT.missing)} />;
    return <Flex vertical gap={8} align="start"><ProblemAlert error={query.error} />{query.refetch && <Button onClick={() => void query.refetch?.()}>{t(TEXT.again)}</Button>}</Flex>;
  }
  if (query.isPending || query.data === undefined) return <Skeleton active paragraph={{ rows: 6 }} />;
  return (
    <>
      {query.isError && <Alert banner type="warning" style={{ marginBottom: 8 }} title={t(TEXT.stale)} action={query.refetch && <Button size="small" onClick={() => void query.refetch?.()}>{t(TEXT.again)}</Button>} />}
      {isEmpty?.(query.data) ? <Empty description={t(empty)} /> : children(query.data)}
    </>
  );
}
