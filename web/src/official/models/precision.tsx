import { Link } from '@tanstack/react-router';
import { Card, Table, Typography } from 'antd';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { msOf } from '../../shared/moment.ts';
import { Wide } from '../parts/wide.tsx';

type OverTime = Routes['GET /api/analysis/models/:model']['response']['overTime'];
type Share = OverTime['changes'][number]['before'];

const TEXT = {
  title: { zh: '预警属实率随时间的变化', en: 'How often it was right, over time' },
  intro: { zh: '按线索产生的月份，只计人工复核过的线索；括号内为 95 % 区间。', en: 'By the month in which the clues were raised; reviewed clues only; 95 % intervals in brackets.' },
  none: { zh: '还没有复核过它提出的线索', en: 'None of its clues has been reviewed yet' },
  month: { zh: '月份', en: 'Month' },
  share: { zh: '属实', en: 'Right' },
  changes: { zh: '每次修改前后', en: 'Around each change' },
  change: { zh: '修改', en: 'Change' },
  from: { zh: '生效', en: 'From' },
  before: { zh: '之前', en: 'Before' },
  after: { zh: '之后', en: 'After' },
} as const satisfies Record<string, Text>;

const percent = (share: number): string => (share * 100).toFixed(0);
const spoken = ({ right, reviewed, low, high }: Share): string => (reviewed === 0 ? '—' : `${right}/${reviewed} = ${percent(right / reviewed)} % (${percent(low)}–${percent(high)} %)`);

/** The share of a model's clues that people found right by month, and on both sides of each change of its rule or thresholds. */
export function Precision({ overTime: { months, changes } }: { overTime: OverTime }) {
  const { t } = useSpeech();
  return (
    <Card size="small" title={t(TEXT.title)}>
      <Typography.Text type="secondary">{months.length === 0 ? t(TEXT.none) : t(TEXT.intro)}</Typography.Text>
      {months.length > 0 && (
        <Wide label={t(TEXT.title)} min={300}><Table size="small" pagination={false} rowKey="month" dataSource={months} columns={[
          { title: t(TEXT.month), dataIndex: 'month', className: 'num' }, { title: t(TEXT.share), key: 'share', className: 'num', render: (_, row) => spoken(row) },
        ]} /></Wide>
      )}
      {changes.length > 0 && (
        <Wide label={t(TEXT.changes)} min={520}><Table size="small" pagination={false} rowKey="proposal" dataSource={changes} title={() => t(TEXT.changes)} columns={[
          { title: t(TEXT.from), key: 'from', className: 'num', render: (_, row) => formatTime(msOf(row.from)) },
          { title: t(TEXT.change), key: 'change', render: (_, row) => <><Link to="/rules/proposals/$proposalId" params={{ proposalId: row.proposal }}>{t(row.kindText)}</Link><br />{row.reason}</> },
          { title: t(TEXT.before), key: 'before', className: 'num', render: (_, row) => spoken(row.before) },
          { title: t(TEXT.after), key: 'after', className: 'num', render: (_, row) => spoken(row.after) },
        ]} /></Wide>
      )}
    </Card>
  );
}
