import { Link } from '@tanstack/react-router';
import { Alert, Button, Card, Flex, Table, Typography } from 'antd';
import { useState } from 'react';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { formatTime, TIERS, type Tier } from '../../shared/tiers.ts';
import { OutfallChart } from '../parts/outfall-chart.tsx';
import { TierTag } from '../parts/tags.tsx';
import { Wide } from '../parts/wide.tsx';
import type { Difference, Example, Report } from './run-backtest.ts';

const TEXT = {
  months: { zh: '按月按级（现行 → 试验）', en: 'By month and tier (in force → tried)' },
  month: { zh: '月份', en: 'Month' },
  appears: { zh: '新出现', en: 'Appears' },
  vanishes: { zh: '消失', en: 'Vanishes' },
  moves: { zh: '级别变动', en: 'Changes tier' },
  unchanged: { zh: '不变', en: 'Unchanged' },
  none: { zh: '没有', en: 'None' },
  more: { zh: '列出最重的 {n} 条', en: 'the gravest {n} are shown' },
  curves: { zh: '看曲线', en: 'Curves' },
  hide: { zh: '收起', en: 'Hide' },
  summary: { zh: '{n} 个排放口 · {v} 个值 · {s} 秒', en: '{n} outfalls · {v} values · {s} s' },
  failed: { zh: '在 {n} 个排放口出错：{why}', en: 'Failed at {n} outfalls: {why}' },
  contacts: { zh: '此模型还看通信时间和报警，历史库不存：计数不完全可比。', en: 'This model also reads times of contact and alarms, which history does not hold: counts are not exact.' },
  peers: { zh: '此模型还看各排放口的日汇总，而日汇总不长期保存：凡须看日汇总之处，一律为“不能判断”。', en: 'This model also looks at daily summaries of outfalls, which are not kept: wherever it needs them it cannot tell.' },
} as const satisfies Record<string, Text>;

const MARGIN = 36 * 3_600_000;
const ORDER = Object.keys(TIERS) as Tier[];

function One({ example }: { example: Example }) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  const { outfall, start, end, tierInForce, tierChanged, factors } = example;
  return (
    <li style={{ marginBottom: 10 }}>
      <Flex gap={8} wrap align="center">
        {tierInForce !== undefined && <TierTag tier={tierInForce} />}
        {tierInForce !== undefined && tierChanged !== undefined && <span aria-hidden>→</span>}
        {tierChanged !== undefined && <TierTag tier={tierChanged} />}
        <Link to="/outfalls/$outfall" params={{ outfall }}>{outfall}</Link>
        <Typography.Text type="secondary">{formatTime(start)} – {formatTime(end, false)}</Typography.Text>
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>{t(open ? TEXT.hide : TEXT.curves)}</Button>
      </Flex>
      <div style={{ overflowWrap: 'anywhere' }}>{t(example.text)}</div>
      {open && <OutfallChart outfall={outfall} from={start - MARGIN} to={end + MARGIN} factors={factors} shades={[{ from: start, to: end, color: TIERS[tierChanged ?? tierInForce ?? 'REMIND'].hex }]} />}
    </li>
  );
}

function Side({ title, difference }: { title: string; difference: Difference }) {
  const { t } = useSpeech();
  const { count, examples } = difference;
  return (
    <Card size="small" title={`${title} ${count}`} extra={count > examples.length ? <Typography.Text type="secondary">{t(TEXT.more, { n: examples.length })}</Typography.Text> : null}>
      {count === 0 ? <Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text> : (
        <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>{examples.map((example) => <One key={`${example.outfall} ${example.start} ${example.factors.join()}`} example={example} />)}</ul>
      )}
    </Card>
  );
}

/** What a trial found: counts by month and tier, and what it makes, unmakes and moves, with the curves behind it. */
export function BenchReport({ report }: { report: Report }) {
  const { t } = useSpeech();
  const { basis, exceptions } = report;
  const [failure] = exceptions;
  return (
    <>
      <Typography.Text type="secondary">{t(TEXT.summary, { n: report.outfalls, v: report.values.toLocaleString('en'), s: (report.ms / 1000).toFixed(1) })} · {t(TEXT.unchanged)} {report.unchanged}</Typography.Text>
      {failure !== undefined && <Alert type="warning" showIcon title={t(TEXT.failed, { n: new Set(exceptions.map((one) => one.outfall)).size, why: failure.reason })} />}
      {basis.contactsMissing && <Alert type="info" showIcon title={t(TEXT.contacts)} />}
      {basis.peersMissing && <Alert type="info" showIcon title={t(TEXT.peers)} />}
      <Card size="small" title={t(TEXT.months)}>
        <Wide label={t(TEXT.months)} min={300}><Table size="small" rowKey="month" pagination={false} dataSource={[...report.months]} columns={[
          { title: t(TEXT.month), dataIndex: 'month' },
          ...ORDER.map((tier) => ({ title: <span>{TIERS[tier].shape} {t(TIERS[tier])}</span>, key: tier, className: 'num', render: (_: unknown, row: Report['months'][number]) => `${row.inForce[tier]} → ${row.changed[tier]}` })),
        ]} /></Wide>
      </Card>
      <Side title={t(TEXT.appears)} difference={report.appears} />
      <Side title={t(TEXT.vanishes)} difference={report.vanishes} />
      <Side title={t(TEXT.moves)} difference={report.moves} />
    </>
  );
}
