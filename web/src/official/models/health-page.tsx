import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Empty, Select, Table, Typography, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { Wide } from '../parts/wide.tsx';
import { msOf } from '../../shared/moment.ts';

const TEXT = {
  title: { zh: '模型到岗', en: 'Model health' },
  what: { zh: '每个模型应判的时刻（由日历和到达的数据点数）与已判的时刻逐一相等，才算都看过；出错算出错，不算正常。', en: 'Moments due to each model, counted from the calendar and from what arrived, must equal the moments it judged; a failure is a failure, never clean.' },
  exact: { zh: '✓ {n} 个排放口：应判 {e} = 已判 {e}', en: '✓ {n} outfalls: {e} due = {e} judged' },
  differs: { zh: '✗ 应判 {e}，已判 {v}', en: '✗ {e} due, {v} judged' },
  day: { zh: '研判日（自 02:00 起）', en: 'Day of judging (from 02:00)' },
  until: { zh: '截至 {t}', en: 'up to {t}' },
  none: { zh: '还没有研判记录', en: 'Nothing has been judged yet' },
  model: { zh: '模型', en: 'Model' },
  expected: { zh: '应判', en: 'Due' },
  evaluated: { zh: '已判', en: 'Judged' },
  met: { zh: '提出', en: 'Met' },
  notMet: { zh: '未见', en: 'Not met' },
  cannotTell: { zh: '不能判断', en: 'Cannot tell' },
  exception: { zh: '出错', en: 'Failed' },
  excused: { zh: '不适用', en: 'Not applicable' },
  state: { zh: '相符', en: 'Equal' },
  same: { zh: '✓ 相等', en: '✓ equal' },
  different: { zh: '✗ {n} 个排放口不等', en: '✗ differ at {n} outfalls' },
} as const satisfies Record<string, Text>;

type Row = Routes['GET /api/analysis/health']['response']['models'][number];

/** Whether every model looked at everything it was due to look at. */
export function HealthPage() {
  const { t } = useSpeech();
  const [day, pick] = useState<string>();
  const query = useQuery({ queryKey: ['model-health', day], queryFn: () => call('GET /api/analysis/health', { query: day === undefined ? {} : { day } }) });
  const number = (field: 'expected' | 'evaluated' | 'met' | 'notMet' | 'cannotTell' | 'exception' | 'excused') => ({
    title: t(TEXT[field]), key: field, className: 'num', render: (_: unknown, row: Row) => row[field].toLocaleString('en'),
  });
  const columns: TableColumnsType<Row> = [
    { title: t(TEXT.model), key: 'model', render: (_, row) => <Link to="/models/$modelId" params={{ modelId: row.model }}>{row.model} {t(row.title)}</Link> },
    number('expected'), number('evaluated'),
    { title: t(TEXT.state), key: 'state', render: (_, row) => (row.expected === row.evaluated && row.differing.length === 0 ? t(TEXT.same) : t(TEXT.different, { n: row.differing.length })) },
    number('met'), number('notMet'), number('cannotTell'), number('exception'), number('excused'),
  ];
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      <Typography.Paragraph type="secondary">{t(TEXT.what)}</Typography.Paragraph>
      <Loaded query={query}>
        {({ days, day: shown, until, outfalls, models }) => {
          if (shown === null) return <Empty description={t(TEXT.none)} />;
          const expected = models.reduce((sum, row) => sum + row.expected, 0);
          const evaluated = models.reduce((sum, row) => sum + row.evaluated, 0);
          const exact = models.every((row) => row.differing.length === 0 && row.expected === row.evaluated);
          return (
            <>
              <Alert type={exact ? 'success' : 'error'} style={{ marginBottom: 12 }} title={exact ? t(TEXT.exact, { n: outfalls, e: expected.toLocaleString('en') }) : t(TEXT.differs, { e: expected, v: evaluated })} />
              <label>{t(TEXT.day)} <Select aria-label={t(TEXT.day)} value={shown} onChange={pick} options={days.map((value) => ({ value, label: formatTime(msOf(value)) }))} style={{ width: 180 }} /></label> <Typography.Text type="secondary">{t(TEXT.until, { t: formatTime(msOf(until)) })}</Typography.Text>
              <Wide label={t(TEXT.title)} min={900}><Table<Row> size="small" rowKey={(row) => `${row.model}@${row.version}`} pagination={false} dataSource={models} columns={columns} style={{ marginTop: 12 }} /></Wide>
            </>
          );
        }}
      </Loaded>
    </>
  );
}
