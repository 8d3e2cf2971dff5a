import { useQuery } from '@tanstack/react-query';
import { Card, Flex, Tag, Typography } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { colleagues } from '../parts/colleagues.ts';
import { Fact } from '../parts/tags.tsx';
import type { CasePage } from '../shapes.ts';

const TEXT = {
  at: { zh: '时间', en: 'Time' },
  place: { zh: '地点', en: 'Place' },
  host: { zh: '主持人', en: 'Host' },
  waits: { zh: '◌ 待答复', en: '◌ not yet answered' },
} as const satisfies Record<string, Text>;

const STATES = {
  NOTICED: { zh: '已通知', en: 'notified' }, ADJOURNED: { zh: '已中止', en: 'adjourned' }, HELD: { zh: '已举行', en: 'held' }, ABSENT: { zh: '当事人未到场', en: 'the party did not come' },
} as const satisfies Record<string, Text>;
const REQUESTS = {
  POSTPONEMENT: { zh: '当事人申请延期听证', en: 'The party asks for a later hearing' },
  HOST_RECUSAL: { zh: '当事人申请主持人回避', en: 'The party asks the host to stand aside' },
} as const satisfies Record<string, Text>;

/** When, where and under whom each hearing is held, on the penalty or on a daily penalty beside it, and what the party asks about it. */
export function HearingCard({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const people = useQuery({ queryKey: ['colleagues'], queryFn: colleagues, staleTime: 600_000 });
  return (
    <>
      {page.hearings.map(({ key, heldAt, place, hostId, state, open, ...name }) => (
        <Card key={key} size="small" title={t(name)} extra={<Tag>{t(STATES[state])}</Tag>}>
          <div className="facts">
            <Fact label={t(TEXT.at)}>{formatTime(heldAt)}</Fact>
            <Fact label={t(TEXT.place)}>{place ?? '—'}</Fact>
            <Fact label={t(TEXT.host)}>{people.data?.items.find((one) => one.accountId === hostId)?.name ?? '—'}</Fact>
          </div>
          <Flex vertical gap={6} style={{ marginTop: open.length > 0 ? 10 : 0 }}>
            {open.map(({ asked, at, reason }) => <div key={asked}><Tag>{t(TEXT.waits)}</Tag><strong>{t(REQUESTS[asked])}</strong> <Typography.Text type="secondary">{formatTime(at)}</Typography.Text><div>{reason}</div></div>)}
          </Flex>
        </Card>
      ))}
    </>
  );
}
