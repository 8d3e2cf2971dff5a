import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Card, Flex, Typography } from 'antd';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded } from '../../shared/room.tsx';

const TEXT = {
  title: { zh: '待办由谁负责', en: 'Whose turn it is' },
  lead: { zh: '执法部门牵头日常工作：{names}', en: 'Enforcement leads the daily work: {names}' },
  nobody: { zh: '本机关无人担任', en: 'nobody here holds this role' },
  none: { zh: '没有等待办理的事项', en: 'Nothing waits for anybody' },
} as const satisfies Record<string, Text>;

/** Every queue that waits for an official, with the roles whose turn it is and the people who hold them here. */
export function Queues() {
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['queues'], queryFn: () => call('GET /api/queues'), refetchInterval: 15_000 });
  return (
    <Card size="small" title={t(TEXT.title)}>
      <Loaded query={query}>
        {({ lead, items }) => (
          <Flex vertical gap={8}>
            {lead.length > 0 && <Typography.Text type="secondary">{t(TEXT.lead, { names: lead.join('、') })}</Typography.Text>}
            {items.length === 0 && <Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text>}
            {items.map(({ owners, people, queues }) => (
              <div key={owners.map((one) => one.role).join()}>
                <strong>{owners.map((one) => t(one)).join(' / ')}</strong> <Typography.Text type="secondary">{people.length === 0 ? t(TEXT.nobody) : people.join('、')}</Typography.Text>
                <Flex wrap gap={12}>{queues.map((queue) => <Link key={`${queue.room} ${queue.zh}`} to={queue.room}>{t(queue)} <span style={{ fontVariantNumeric: 'tabular-nums' }}>{queue.waiting}</span></Link>)}</Flex>
              </div>
            ))}
          </Flex>
        )}
      </Loaded>
    </Card>
  );
}
