import { Link } from '@tanstack/react-router';
import { Collapse, Table, Typography } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { formatTime, TIERS, type Tier } from '../../shared/tiers.ts';
import { msOf } from '../../shared/moment.ts';
import { Fact, TierTag } from '../parts/tags.tsx';
import type { Comparison } from './rule-body.ts';

const TEXT = {
  appears: { zh: '新增', en: 'Appears' },
  vanishes: { zh: '消失', en: 'Vanishes' },
  moves: { zh: '级别变化', en: 'Tier moves' },
  same: { zh: '不变', en: 'Unchanged' },
  month: { zh: '月份', en: 'Month' },
  before: { zh: '现行', en: 'in force' },
  after: { zh: '改后', en: 'changed' },
  examples: { zh: '{what}：{n} 项，示例', en: '{what}: {n}, examples' },
  nothing: { zh: '没有差别', en: 'No difference' },
} as const satisfies Record<string, Text>;

const ORDER: readonly Tier[] = ['WORK_ORDER', 'WARN', 'REMIND'];

function Examples({ examples }: { examples: Comparison['appears']['examples'] }) {
  const { t } = useSpeech();
  return (
    <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {examples.map((one) => (
        <li key={`${one.outfall}${one.model}${one.from}${one.factors.join()}`} style={{ marginBottom: 8 }}>
          {one.inForce && <TierTag tier={one.inForce} />}{one.inForce && one.changed && ' → '}{one.changed && <TierTag tier={one.changed} />}{' '}
          <Link to="/outfalls/$outfall" params={{ outfall: one.outfall }}>{one.outfall}</Link>{' '}
          <Typography.Text type="secondary" style={{ fontVariantNumeric: 'tabular-nums' }}>{formatTime(msOf(one.from), false)} – {formatTime(msOf(one.to), false)}</Typography.Text>
          <div style={{ overflowWrap: 'anywhere' }}>{t(one.text)}</div>
        </li>
      ))}
    </ul>
  );
}

/** What a change makes, unmakes and moves: counts by month and tier, then examples. */
export function ComparisonView({ comparison }: { comparison: Comparison }) {
  const { t } = useSpeech();
  const parts = (['appears', 'vanishes', 'moves'] as const).filter((key) => comparison[key].count > 0);
  return (
    <>
      <div className="facts" style={{ marginBottom: 12 }}>
        {(['appears', 'vanishes', 'moves'] as const).map((key) => <Fact key={key} label={t(TEXT[key])}>{comparison[key].count}</Fact>)}
        <Fact label={t(TEXT.same)}>{comparison.unchanged}</Fact>
      </div>
      {comparison.months.length > 0 && (
        <Table
          size="small" pagination={false} rowKey="month" dataSource={comparison.months} style={{ marginBottom: 12 }}
          columns={[
            { title: t(TEXT.month), dataIndex: 'month', width: 90 },
            ...ORDER.map((tier) => ({ title: `${TIERS[tier].shape} ${t(TIERS[tier])}`, key: tier, className: 'num', render: (_: unknown, row: Comparison['months'][number]) => <span aria-label={`${t(TEXT.before)} ${row.inForce[tier]}, ${t(TEXT.after)} ${row.changed[tier]}`} role="img">{row.inForce[tier]} → {row.changed[tier]}</span> })),
          ]}
        />
      )}
      {parts.length === 0 ? <Typography.Text type="secondary">{t(TEXT.nothing)}</Typography.Text> : (
        <Collapse size="small" defaultActiveKey={parts[0] ?? ''} items={parts.map((key) => ({ key, label: t(TEXT.examples, { what: t(TEXT[key]), n: comparison[key].count }), children: <Examples examples={comparison[key].examples} /> }))} />
      )}
    </>
  );
}
