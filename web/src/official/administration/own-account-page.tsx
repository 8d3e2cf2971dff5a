import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Typography } from 'antd';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { AccountPage } from '../../shared/account-page.tsx';
import { Loaded } from '../../shared/room.tsx';
import { ProblemAlert, useMe, type Me } from '../../shared/sign-in.tsx';
import { whole } from '../../shared/pages.tsx';
import { useAct } from '../parts/act.tsx';
import { colleagues } from '../parts/colleagues.ts';
import { DelegationForm } from './delegation-form.tsx';
import { DelegationTable, type Delegation } from './delegation-table.tsx';

const TEXT = {
  title: { zh: '代办', en: 'Deputies' },
  about: { zh: '离岗期间可将本人岗位委托给本机关同事代办，到期自动终止；代办所做的事记在两人名下，职责分离按两人合并计算。', en: 'While away, hand your roles to a colleague; it ends by itself. What a deputy does counts for both of you, also for the separation of duties.' },
  stop: { zh: '结束代办，恢复本人', en: 'Be myself again' },
  begin: { zh: '开始代 {name} 办理（{roles}）', en: 'Act for {name} ({roles})' },
} as const satisfies Record<string, Text>;

/** Acts for another, or stops doing so; everything shown afterwards is that person's view. */
function Switch({ me, received }: { me: Me; received: readonly Delegation[] }) {
  const { t } = useSpeech();
  const act = useAct(t(TEXT.title), (delegationId: string | null) => call('POST /api/access/behalf', { body: { delegationId } }));
  return (
    <Flex vertical gap={8} align="flex-start" style={{ marginBottom: 12 }}>
      {act.isError && <ProblemAlert error={act.error} />}
      {me.behalf !== null && <Button type="primary" loading={act.isPending} onClick={() => act.mutate(null)}>{t(TEXT.stop)}</Button>}
      {me.behalf === null && received.map((one) => (
        <Button key={one.delegationId} type="primary" loading={act.isPending} onClick={() => act.mutate(one.delegationId)} style={{ whiteSpace: 'normal', height: 'auto' }}>
          {t(TEXT.begin, { name: one.from.name, roles: one.roles.map((role) => t(role)).join('、') })}
        </Button>
      ))}
    </Flex>
  );
}

function Deputies({ me }: { me: Me }) {
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['delegations'], queryFn: () => call('GET /api/access/delegations') });
  const people = useQuery({ queryKey: ['colleagues'], queryFn: colleagues, staleTime: 600_000 });
  return (
    <section style={{ marginBottom: 24 }}>
      <Typography.Title level={2} style={{ fontSize: 16 }}>{t(TEXT.title)}</Typography.Title>
      <Typography.Paragraph type="secondary">{t(TEXT.about)}</Typography.Paragraph>
      <Loaded query={query}>{({ items }) => (
        <>
          <Switch me={me} received={items.filter((one) => one.mine === 'received' && one.state === 'in-force')} />
          {items.length > 0 && <DelegationTable list={whole(query, items)} />}
          {me.behalf === null && <DelegationForm from={me.accountId} people={people.data?.items ?? []} send={(_, body) => call('POST /api/access/delegations', { body })} />}
        </>
      )}</Loaded>
    </section>
  );
}

/** An official's own account: whom he stands in for and who for him, and his factors. */
export function OwnAccountPage() {
  const { data: me } = useMe();
  return <AccountPage>{me !== undefined && me.actions.includes('access.delegate') && <Deputies me={me} />}</AccountPage>;
}
