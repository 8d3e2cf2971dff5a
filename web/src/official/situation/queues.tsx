import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Card, Flex, Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import type { Routes } from '../../shared/api.gen.ts';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { msOf } from '../../shared/moment.ts';
import { Loaded } from '../../shared/room.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { DUTIES } from '../cases/service/service-words.ts';
import { NEXT_STEP } from '../keys/neighbours.tsx';
import { useArticle } from '../../shared/terms/article.ts';

const TEXT = {
  title: { zh: '待办由谁负责', en: 'Whose turn it is' },
  lead: { zh: '执法部门牵头日常工作：{names}', en: 'Enforcement leads the daily work: {names}' },
  nobody: { zh: '本机关无人担任', en: 'nobody here holds this role' },
  none: { zh: '没有等待办理的事项', en: 'Nothing waits for anybody' },
  papers: { zh: '待送达的文书', en: 'Papers to be served' },
  mine: { zh: '由我办理', en: 'mine' },
  case: { zh: '案件', en: 'case' },
  clue: { zh: '线索', en: 'clue' },
  sheet: { zh: '督办', en: 'supervision' },
  talk: { zh: '约谈', en: 'talk' },
  quota: { zh: '排放量预警', en: 'permitted quantity' },
  more: { zh: '共 {n} 件，以上为最早的 {s} 件', en: '{n} in all, the {s} longest waiting shown' },
} as const satisfies Record<string, Text>;

type Papers = Routes['GET /api/queues']['response']['papers'];

/** The way to the page with the acts of service. */
function ToPaper({ one, children }: { one: Papers['items'][number]; children: ReactNode }) {
  if (one.subjectKind === 'case') return <Link to="/cases/$caseId" params={{ caseId: one.subjectId }} hash={NEXT_STEP}>{children}</Link>;
  if (one.subjectKind === 'clue') return <Link to="/clues/$clueId" params={{ clueId: one.subjectId }} hash={NEXT_STEP}>{children}</Link>;
  if (one.subjectKind === 'sheet') return <Link to="/sheets/$sheetId" params={{ sheetId: one.subjectId }}>{children}</Link>;
  return <Link to={one.subjectKind === 'talk' ? '/sheets/talks' : '/sheets/quotas'}>{children}</Link>;
}

/** Papers that wait for somebody to hand them over, each with the people of its case and the way to the act. */
function PapersToServe({ items, total }: Papers) {
  const { t } = useSpeech();
  const article = useArticle();
  if (items.length === 0) return null;
  return (
    <div>
      <strong>{t(TEXT.papers)}</strong> <span style={{ fontVariantNumeric: 'tabular-nums' }}>{total}</span>
      <Flex vertical gap={4} style={{ overflowWrap: 'anywhere' }}>
        {items.map((one) => (
          <div key={one.deliveryId}>
            {one.mine && <Tag color="processing">{t(TEXT.mine)}</Tag>}
            <ToPaper one={one}>{article(one.title)} {one.number}</ToPaper>
            <br /><Typography.Text type="secondary" style={{ fontSize: 12 }}>{[t(DUTIES[one.duty].name), t(one.method), t(DUTIES[one.duty].since, { time: formatTime(msOf(one.since)) }), one.caseNo ?? t(TEXT[one.subjectKind]), one.unitName, one.people.join('、')].join(' · ')}</Typography.Text>
          </div>
        ))}
        {total > items.length && <Typography.Text type="secondary">{t(TEXT.more, { n: total, s: items.length })}</Typography.Text>}
      </Flex>
    </div>
  );
}

/** Every queue that waits for an official, with the roles whose turn it is and the people who hold them here; first the papers that wait to be served. */
export function Queues() {
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['queues'], queryFn: () => call('GET /api/queues'), refetchInterval: 15_000 });
  return (
    <Card size="small" title={t(TEXT.title)}>
      <Loaded query={query}>
        {({ lead, items, papers }) => (
          <Flex vertical gap={8}>
            {lead.length > 0 && <Typography.Text type="secondary">{t(TEXT.lead, { names: lead.join('、') })}</Typography.Text>}
            <PapersToServe {...papers} />
            {items.length === 0 && papers.total === 0 && <Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text>}
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
