import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Card, Empty, Flex, Form, InputNumber, Select, Table, Typography } from 'antd';
import { useState } from 'react';
import { useSpeech, type Text } from '../../../shared/i18n.tsx';
import { useNow } from '../../../shared/moment.ts';
import { Loaded, PageTitle } from '../../../shared/room.tsx';
import { ProblemAlert } from '../../../shared/sign-in.tsx';
import { useMoney } from '../../parts/money.ts';
import { Fact, VerifiedTag } from '../../parts/tags.tsx';
import { ask } from '../../shapes.ts';
import type { DiscretionTable, Replay } from './law-shapes.ts';
import { SpreadLine } from './spread-line.tsx';

const TEXT = {
  title: { zh: '裁量基准推演', en: 'Replay under a changed table' },
  about: { zh: '把一年内已作出的罚款决定按改动后的裁量表重算：同样的情节档次、同样的处罚依据，只换表。', en: 'Decided fines of a year, computed again with the same grades and legal basis under a changed table.' },
  table: { zh: '裁量表', en: 'Table' },
  region: { zh: '地区', en: 'Region' },
  year: { zh: '年度', en: 'Year' },
  cap: { zh: '调整上限（%）', en: 'Adjustment cap (%)' },
  run: { zh: '重算', en: 'Compute again' },
  changed: { zh: '金额变化', en: 'Sums that change' },
  impossible: { zh: '不能重算', en: 'Cannot be computed' },
  all: { zh: '案件', en: 'Cases' },
  before: { zh: '原决定', en: 'As decided' },
  after: { zh: '改表后', en: 'Under the changed table' },
  diff: { zh: '差额', en: 'Difference' },
  no: { zh: '案号', en: 'Number' },
  day: { zh: '决定日期', en: 'Decided on' },
  empty: { zh: '这一年没有可重算的罚款决定', en: 'No fine was decided in that year' },
  note: { zh: '罚款总额不是考核目标（行政处罚法第七十四条），此处只比较分布。', en: 'Fines are no target (penalty law art. 74); only spreads are compared.' },
} as const satisfies Record<string, Text>;

type Percents = Record<string, Record<string, string>>;
interface Given {
  readonly region: string;
  readonly year: number;
  readonly cap: string;
  readonly percents: Percents;
}
const NATIONAL = 'national';
const idOf = (table: DiscretionTable): string => `${table.id}@${table.version}`;

/** The chosen table with the percentages as changed on the page. */
const changedTable = (table: DiscretionTable, { cap, percents }: Given): DiscretionTable => ({
  ...table, adjustCapPercent: cap,
  factors: table.factors.map((factor) => ({ ...factor, grades: factor.grades.map((grade) => ({ ...grade, percent: percents[factor.id]?.[grade.id] ?? grade.percent })) })),
});

function TableForm({ table, regions, run }: { table: DiscretionTable; regions: readonly { value: string; label: string }[]; run(given: Given): void }) {
  const { t } = useSpeech();
  const year = new Date(useNow()).getFullYear();
  const percents: Percents = Object.fromEntries(table.factors.map((factor) => [factor.id, Object.fromEntries(factor.grades.map((grade) => [grade.id, grade.percent]))]));
  const first = table.region === NATIONAL ? regions[0]?.value : table.region;
  return (
    <Form layout="vertical" initialValues={{ region: first, year: year - 1, cap: table.adjustCapPercent, percents }} onFinish={(given: Given) => run(given)}>
      <Flex wrap gap={12}>
        <Form.Item name="region" label={t(TEXT.region)} rules={[{ required: true }]}><Select style={{ width: 160 }} options={[...regions]} /></Form.Item>
        <Form.Item name="year" label={t(TEXT.year)} rules={[{ required: true }]}><InputNumber min={2000} max={2100} precision={0} /></Form.Item>
        <Form.Item name="cap" label={t(TEXT.cap)} rules={[{ required: true }]}><InputNumber stringMode min="0" max="100" /></Form.Item>
      </Flex>
      <div className="grid-2">
        {table.factors.map((factor) => (
          <Card key={factor.id} size="small" title={t(factor.title)}>
            {factor.grades.map((grade) => (
              <Form.Item key={grade.id} name={['percents', factor.id, grade.id]} label={t(grade.title)} layout="horizontal" style={{ marginBottom: 4 }}><InputNumber stringMode size="small" min="-100" max="100" suffix="%" /></Form.Item>
            ))}
          </Card>
        ))}
      </div>
      <Button type="primary" htmlType="submit" style={{ marginTop: 12 }}>{t(TEXT.run)}</Button>
    </Form>
  );
}

function Result({ replay }: { replay: Replay }) {
  const { t } = useSpeech();
  const yuan = useMoney();
  const sign = (n: number) => (n > 0 ? `+${yuan(n)}` : yuan(n));
  return (
    <Flex vertical gap={12}>
      <div className="facts">
        <Fact label={t(TEXT.all)}>{replay.rows.length}</Fact>
        <Fact label={t(TEXT.changed)}>{replay.changed}</Fact>
        <Fact label={t(TEXT.impossible)}>{replay.impossible}</Fact>
      </div>
      <div><strong>{t(TEXT.before)}</strong><SpreadLine spread={replay.before} /></div>
      <div><strong>{t(TEXT.after)}</strong><SpreadLine spread={replay.after} /></div>
      <Typography.Text type="secondary">{t(TEXT.note)}</Typography.Text>
      <Table
        size="small" rowKey="caseId" dataSource={[...replay.rows]} scroll={{ x: 720 }} pagination={{ defaultPageSize: 50 }} locale={{ emptyText: <Empty description={t(TEXT.empty)} /> }}
        columns={[
          { title: t(TEXT.no), key: 'no', render: (_, row) => <Link to="/cases/$caseId" params={{ caseId: row.caseId }}>{row.caseNo}</Link> },
          { title: t(TEXT.day), dataIndex: 'decidedOn', className: 'num', width: 120 },
          { title: t(TEXT.before), key: 'before', className: 'num', render: (_, row) => yuan(row.before) },
          { title: t(TEXT.after), key: 'after', className: 'num', render: (_, row) => (row.why === null ? yuan(row.after) : t(row.why)) },
          { title: t(TEXT.diff), key: 'diff', className: 'num', render: (_, row) => (row.after === null ? '—' : sign(row.after - row.before)) },
        ]}
      />
    </Flex>
  );
}

/** What last year's fines would have been under a changed discretion table. */
export function ReplayPage() {
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['discretion-tables'], queryFn: () => ask('GET /api/discretion/tables', {}), staleTime: 600_000 });
  const [chosen, choose] = useState<string>();
  const replay = useMutation({
    mutationFn: ({ table, given }: { table: DiscretionTable; given: Given }) =>
      ask('POST /api/discretion/replay', { body: { region: given.region, year: given.year, table: changedTable(table, given) as never } }),
  });
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      <Typography.Paragraph type="secondary">{t(TEXT.about)}</Typography.Paragraph>
      <Loaded query={query}>
        {({ items, regions }) => {
          const table = items.find((one) => idOf(one) === chosen) ?? items[0];
          const offered = regions.filter((one) => one.key !== NATIONAL).map((one) => ({ value: one.key, label: t(one) }));
          return table === undefined ? <Empty /> : (
            <Flex vertical gap={12}>
              <Flex wrap gap={8} align="center">
                <Select aria-label={t(TEXT.table)} style={{ minWidth: 320 }} value={idOf(table)} onChange={(id: string) => { replay.reset(); choose(id); }}
                  options={items.map((one) => ({ value: idOf(one), label: `${t(one.title)} ${idOf(one)} ${one.family}` }))} />
                <VerifiedTag verified={table.verified} />
              </Flex>
              <TableForm key={idOf(table)} table={table} regions={offered} run={(given) => replay.mutate({ table, given })} />
              {replay.isError && <ProblemAlert error={replay.error} />}
              {replay.data && <Result replay={replay.data} />}
            </Flex>
          );
        }}
      </Loaded>
    </>
  );
}
