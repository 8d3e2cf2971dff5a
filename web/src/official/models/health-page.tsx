import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Empty, Select, Typography } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { formatTime } from '../../shared/tiers.ts';
import type { Column } from '../list/columns.ts';
import { ListTable } from '../list/list-table.tsx';
import { whole } from '../../shared/pages.tsx';
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
  const number = (field: 'expected' | 'evaluated' | 'met' | 'notMet' | 'cannotTell' | 'exception' | 'excused'): Column<Row> => ({
    key: field, title: t(TEXT[field]), width: 96, num: true, text: (row) => row[field], render: (row) => row[field].toLocaleString('en'),
  });
  const same = (row: Row) => (row.expected === row.evaluated && row.differing.length === 0 ? t(TEXT.same) : t(TEXT.different, { n: row.differing.length }));
  const columns: readonly Column<Row>[] = [
    { key: 'model', title: t(TEXT.model), width: 260, text: (row) => `${row.model} ${t(row.title)}`, render: (row) => <Link to="/models/$modelId" params={{ modelId: row.model }}>{row.model} {t(row.title)}</Link> },
    number('expected'), number('evaluated'),
    { key: 'state', title: t(TEXT.state), width: 150, text: same },
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
              <ListTable<Row> name="model-health" title={t(TEXT.title)} list={whole(query, models)} rowKey={(row) => `${row.model}@${row.version}`} columns={columns} empty={t(TEXT.none)}
                filters={<><label>{t(TEXT.day)} <Select aria-label={t(TEXT.day)} value={shown} onChange={pick} options={days.map((value) => ({ value, label: formatTime(msOf(value)) }))} style={{ width: 180 }} /></label> <Typography.Text type="secondary">{t(TEXT.until, { t: formatTime(msOf(until)) })}</Typography.Text></>} />
            </>
          );
        }}
      </Loaded>
    </>
  );
}
