import { useQuery } from '@tanstack/react-query';
import { Card, Typography } from 'antd';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { msOf } from '../../shared/moment.ts';
import { Loaded } from '../../shared/room.tsx';
import { useMe } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { TaskList, TRUTHING_TITLE } from '../../shared/truthing/task-list.tsx';
import { CheckTask } from './check-task.tsx';
import { RaiseTask } from './raise-task.tsx';
import { useFactorName } from '../../shared/terms/article.ts';

const TEXT = {
  none: { zh: '没有交办过', en: 'Nothing was asked' },
  checks: { zh: '未通过的质控检查', en: 'Checks that failed' },
  what: { zh: '{time} {what} 未通过（{factors}），其间数据需核实归真', en: '{what} of {time} failed ({factors}); the data around it are to be put right' },
  raised: { zh: '已交办', en: 'asked' },
} as const satisfies Record<string, Text>;

type Check = Routes['GET /api/outfalls/:outfall/failed-checks']['response']['items'][number];

function FailedChecks({ outfall }: { outfall: string }) {
  const { t } = useSpeech();
  const factorName = useFactorName();
  const query = useQuery({ queryKey: ['failed-checks', outfall], queryFn: () => call('GET /api/outfalls/:outfall/failed-checks', { params: { outfall } }) });
  const words = (check: Check) => t(TEXT.what, { time: formatTime(msOf(check.from)), what: check.what, factors: check.factors.map(factorName).join('、') });
  const items = query.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <>
      <Typography.Title level={5} style={{ marginTop: 12 }}>{t(TEXT.checks)}</Typography.Title>
      <ul style={{ margin: 0, paddingInlineStart: 18, display: 'grid', gap: 6 }}>
        {items.map((check) => <li key={check.ref}>{words(check)} {check.taskId === null ? <RaiseTask small outfall={outfall} source="CHECK" cause={check.ref} what={words(check)} /> : t(TEXT.raised)}</li>)}
      </ul>
    </>
  );
}

/** Tasks of one outfall, or those a clue gave cause to; asked for here. */
export function TruthingCard({ outfall, clue, what }: { outfall: string; clue?: string; what?: string }) {
  const { t } = useSpeech();
  const may = useMe().data?.actions.includes('truthing.read') ?? false;
  const query = useQuery({ queryKey: ['truthing', outfall, clue], enabled: may, queryFn: () => call('GET /api/quality/truthing', { query: { outfall, ...(clue === undefined ? {} : { ref: clue }) } }) });
  if (!may) return null;
  return (
    <Card size="small" title={t(TRUTHING_TITLE)} extra={<RaiseTask small outfall={outfall} source={clue === undefined ? 'OUTFALL' : 'CLUE'} cause={clue ?? ''} what={what ?? ''} />}>
      <Loaded query={query}>{({ items }) => items.length === 0 ? <Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text> : <TaskList items={items} extra={(one) => <CheckTask task={one} />} />}</Loaded>
      {clue === undefined && <FailedChecks outfall={outfall} />}
    </Card>
  );
}
