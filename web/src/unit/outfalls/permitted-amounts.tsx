import { Button, Form, Input, InputNumber, Modal, Table } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { MaterialsItem } from '../../shared/materials.tsx';
import { useNow } from '../../shared/moment.ts';
import { formatTime } from '../../shared/tiers.ts';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { useFactorName } from '../../shared/terms/article.ts';
import { useAct } from '../parts/act.tsx';
import { Panel } from '../parts/panel.tsx';
import { useMay } from '../parts/queries.ts';
import type { Material, Outfall } from '../shapes.ts';

const TEXT = {
  title: { zh: '许可排放量', en: 'Permitted amounts' },
  factor: { zh: '因子', en: 'Factor' },
  annual: { zh: '许可年排放量', en: 'Permitted a year' },
  used: { zh: '接入平台前已用', en: 'Used before connection' },
  report: { zh: '佐证的执行报告', en: 'Execution report behind it' },
  file: { zh: '报送执行报告', en: 'File the report' },
  why: { zh: '接入前已用量须有排污许可执行报告佐证；数值与登记不符的，先提出登记参数异议。', en: 'What was used before connection needs an execution report behind it. Where the registered figure is wrong, dispute it first.' },
  name: { zh: '报告名称和编号', en: 'Name and number of the report' },
  year: { zh: '所属年度', en: 'Year' },
  material: { zh: '报告文件', en: 'The report' },
  send: { zh: '报送', en: 'File' },
  required: { zh: '请填写', en: 'Required' },
} as const satisfies Record<string, Text>;

type Permit = Outfall['permits'][number];
interface Values { title: string; year: number; materials: Material[] }

function ReportForm({ outfall, permit, onDone }: { outfall: string; permit: Permit; onDone: () => void }) {
  const { t } = useSpeech();
  const year = Number(formatTime(useNow(), true).slice(0, 4));
  const send = useAct(t(TEXT.file), ({ title, year, materials: [material] }: Values) => {
    if (material === undefined) throw new Error(t(TEXT.required));
    return call('POST /api/unit/permit-reports', { body: { outfall, factor: permit.factor, year, usedKg: String(permit.usedBeforeStartKg), title, material } });
  }, onDone);
  const rules = [{ required: true, message: t(TEXT.required) }];
  return (
    <Form layout="vertical" requiredMark={false} initialValues={{ year }} onFinish={(values: Values) => send.mutate(values)}>
      <p>{t(TEXT.why)}</p>
      <Form.Item name="title" label={t(TEXT.name)} rules={rules}><Input maxLength={200} /></Form.Item>
      <Form.Item name="year" label={t(TEXT.year)} rules={rules}><InputNumber min={2000} max={2100} precision={0} /></Form.Item>
      <MaterialsItem to="POST /api/unit/materials" label={t(TEXT.material)} required />
      {send.isError && <div style={{ marginBottom: 12 }}><ProblemAlert error={send.error} /></div>}
      <Button type="primary" htmlType="submit" loading={send.isPending}>{t(TEXT.send)}</Button>
    </Form>
  );
}

/** What the permit allows a year, what of it had been used before the platform counted, and the report that shows it. */
export function PermittedAmounts({ outfall }: { outfall: Outfall }) {
  const { t } = useSpeech();
  const factorName = useFactorName();
  const mayFile = useMay('register.file-permit-report');
  const [filing, setFiling] = useState<Permit>();
  return (
    <Panel title={t(TEXT.title)}>
      <div className="scroll-x">
        <Table
          size="small" rowKey="factor" dataSource={outfall.permits} pagination={false}
          columns={[
            { title: t(TEXT.factor), render: (_, row) => factorName(outfall.factors.find((one) => one.factor === row.factor) ?? { ...row, factorZh: '' }) },
            { title: t(TEXT.annual), className: 'num', render: (_, row) => `${row.annualKg} kg` },
            { title: t(TEXT.used), className: 'num', render: (_, row) => `${row.usedBeforeStartKg} kg` },
            { title: t(TEXT.report), render: (_, row) => {
              if (row.report !== null) return <a href={`/api/outfalls/${encodeURIComponent(outfall.outfall)}/permit-reports/${row.report.sha256}`}>{row.report.title} · {formatTime(Date.parse(row.report.filedAt), false)}</a>;
              return row.usedBeforeStartKg > 0 && mayFile ? <Button size="small" onClick={() => setFiling(row)}>{t(TEXT.file)}</Button> : '—';
            } },
          ]}
        />
      </div>
      <Modal open={filing !== undefined} title={t(TEXT.file)} footer={null} onCancel={() => setFiling(undefined)} destroyOnHidden>
        {filing !== undefined && <ReportForm outfall={outfall.outfall} permit={filing} onDone={() => setFiling(undefined)} />}
      </Modal>
    </Panel>
  );
}
