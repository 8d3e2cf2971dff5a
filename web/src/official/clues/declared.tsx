import { Card, Flex, Tag, Typography } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { msOf } from '../../shared/moment.ts';

/** What was approved, permitted and declared around a clue. */
export interface Declared {
  readonly approvals: readonly (Text & { readonly number: string; readonly from: string | null; readonly to: string | null; readonly covers: boolean | null })[];
  readonly totals: readonly { readonly factor: string; readonly name: string; readonly annualKg: number }[];
  readonly samples: readonly { readonly at: string; readonly name: string; readonly value: string; readonly unit: string }[];
  readonly waste: readonly { readonly month: string; readonly waste: string; readonly generated: number; readonly shipped: number; readonly disposed: number; readonly stock: number; readonly submittedAt: string | null }[];
}

const TEXT = {
  title: { zh: '审批、许可与申报', en: 'Approved, permitted, declared' },
  none: { zh: '登记表中没有相关资料', en: 'The register holds nothing of the kind' },
  days: { zh: '{from} 至 {to}', en: '{from} to {to}' },
  open: { zh: '未登记', en: 'not registered' },
  covers: { zh: '✓ 覆盖当日', en: '✓ covers the day' },
  lapsed: { zh: '! 当日不在有效期内', en: '! does not cover the day' },
  total: { zh: '许可年排放量 {name} {kg} kg', en: 'permitted a year: {name} {kg} kg' },
  samples: { zh: '手工监测（前后三十日）', en: 'Manual measurements (30 days around)' },
  waste: { zh: '危险废物申报（吨）', en: 'Declared waste (t)' },
  month: { zh: '{month} {waste} 产生 {generated}、转移 {shipped}、处置 {disposed}、贮存 {stock}', en: '{month} {waste} generated {generated}, shipped {shipped}, disposed {disposed}, stock {stock}' },
} as const satisfies Record<string, Text>;

const list = { margin: 0, paddingInlineStart: 18 } as const;

/** What the unit was allowed and what it declared, beside what was measured. */
export function DeclaredCard({ declared: { approvals, totals, samples, waste } }: { declared: Declared }) {
  const { t } = useSpeech();
  const nothing = approvals.length + totals.length + samples.length + waste.length === 0;
  return (
    <Card size="small" title={t(TEXT.title)}>
      <Flex vertical gap={6}>
        {nothing && <Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text>}
        {approvals.map((one) => (
          <div key={one.zh}>
            {t(one)} {one.number} {(one.from ?? one.to) !== null && <Typography.Text type="secondary">{t(TEXT.days, { from: one.from ?? t(TEXT.open), to: one.to ?? t(TEXT.open) })}</Typography.Text>}{' '}
            {one.covers !== null && <Tag>{t(one.covers ? TEXT.covers : TEXT.lapsed)}</Tag>}
          </div>
        ))}
        {totals.map((one) => <div key={one.factor} className="num">{t(TEXT.total, { name: one.name, kg: one.annualKg })}</div>)}
        {samples.length > 0 && <div>{t(TEXT.samples)}<ul style={list}>{samples.map((one) => <li key={`${one.at} ${one.name}`}>{formatTime(msOf(one.at))} {one.name} {one.value} {one.unit}</li>)}</ul></div>}
        {waste.length > 0 && <div>{t(TEXT.waste)}<ul style={list}>{waste.map((one) => <li key={`${one.month} ${one.waste}`}>{t(TEXT.month, { month: one.month, waste: one.waste, generated: one.generated, shipped: one.shipped, disposed: one.disposed, stock: one.stock })}</li>)}</ul></div>}
      </Flex>
    </Card>
  );
}
