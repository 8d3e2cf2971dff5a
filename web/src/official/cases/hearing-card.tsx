import { useQuery } from '@tanstack/react-query';
import { Card, Flex, Tag, Typography } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { colleagues } from '../parts/colleagues.ts';
import { Fact } from '../parts/tags.tsx';
import type { CasePage } from '../shapes.ts';

const TEXT = {
  title: { zh: '听证', en: 'Hearing' },
  at: { zh: '时间', en: 'Time' },
  place: { zh: '地点', en: 'Place' },
  host: { zh: '主持人', en: 'Host' },
  waits: { zh: '◌ 待答复', en: '◌ not yet answered' },
  postponement: { zh: '当事人申请延期听证', en: 'The party asks for a later hearing' },
  recusal: { zh: '当事人申请主持人回避', en: 'The party asks the host to stand aside' },
} as const satisfies Record<string, Text>;

/** What the party asked for that nobody has answered yet. */
const REQUESTS = [
  { asked: 'REQUEST_POSTPONEMENT', answers: ['POSTPONE_HEARING', 'REFUSE_POSTPONEMENT', 'RESUME_HEARING', 'GRANT_HEARING'], words: TEXT.postponement },
  { asked: 'ASK_HOST_RECUSAL', answers: ['ANSWER_HOST_RECUSAL', 'GRANT_HEARING'], words: TEXT.recusal },
] as const;

/** When, where and under whom the hearing is held, and what the party asks about it. */
export function HearingCard({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const { hearing, latest } = page.state;
  const people = useQuery({ queryKey: ['colleagues'], queryFn: colleagues, staleTime: 600_000 });
  if (hearing?.heldAt === undefined) return null;
  const open = REQUESTS.flatMap(({ asked, answers, words }) => {
    const request = latest[asked];
    return request === undefined || answers.some((answer) => (latest[answer]?.version ?? -1) > request.version) ? [] : [{ words, at: request.at, reason: String(request.command['reason'] ?? '') }];
  });
  return (
    <Card size="small" title={t(TEXT.title)}>
      <div className="facts">
        <Fact label={t(TEXT.at)}>{formatTime(hearing.heldAt)}</Fact>
        <Fact label={t(TEXT.place)}>{hearing.place ?? '—'}</Fact>
        <Fact label={t(TEXT.host)}>{people.data?.items.find((one) => one.accountId === hearing.hostId)?.name ?? '—'}</Fact>
      </div>
      <Flex vertical gap={6} style={{ marginTop: open.length > 0 ? 10 : 0 }}>
        {open.map((one) => <div key={one.at}><Tag>{t(TEXT.waits)}</Tag><strong>{t(one.words)}</strong> <Typography.Text type="secondary">{formatTime(one.at)}</Typography.Text><div>{one.reason}</div></div>)}
      </Flex>
    </Card>
  );
}
