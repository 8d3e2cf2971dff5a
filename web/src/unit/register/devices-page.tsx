import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Empty, Flex, Form, Input, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { DEVICE_MATTERS_TITLE, DeviceMatterList, type DeviceMatter } from '../../shared/register/device-matter-list.tsx';
import { EndMatter, type EndValues } from '../../shared/register/end-matter.tsx';
import { More, usePages } from '../../shared/pages.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { useAct } from '../parts/act.tsx';
import { chinaTime } from '../../shared/moment.ts';
import { Go } from '../parts/go.tsx';
import { Panel } from '../parts/panel.tsx';
import { ANEW_MS, useOutfalls } from '../parts/queries.ts';
import { DeviceForm } from './device-form.tsx';

const TEXT = {
  add: { zh: '报送', en: 'Report or ask' },
  mine: { zh: '已报送的事项', en: 'Handed in' },
  none: { zh: '还没有报送过设备事项', en: 'Nothing has been handed in' },
  end: { zh: '办结', en: 'End' },
  mark: { zh: '故障报告不代替数据标记：受影响的小时请去标记。', en: 'The report does not mark data: mark the hours concerned yourself.' },
  toMarks: { zh: '去标记数据', en: 'Mark data' },
  measure: { zh: '报手工监测结果', en: 'Hand in a result' },
  factor: { zh: '因子', en: 'Factor' },
  sampled: { zh: '采样时间', en: 'Sampled at' },
  value: { zh: '结果', en: 'Result' },
  basis: { zh: '口径', en: 'Basis' },
  c: { zh: '实测', en: 'as measured' },
  zs: { zh: '折算', en: 'converted' },
  send: { zh: '提交结果', en: 'Send the result' },
  required: { zh: '请填写', en: 'Required' },
  number: { zh: '请填非负数，至多六位小数', en: 'a number of at most six decimals, not negative' },
} as const satisfies Record<string, Text>;

interface Result { factor: string; sampledAt: Dayjs; value: string; basis: 'c' | 'zs' }

function ManualForm({ matter, done }: { matter: DeviceMatter; done: () => void }) {
  const { t } = useSpeech();
  const send = useAct(t(TEXT.send), ({ sampledAt, ...rest }: Result) => call('POST /api/unit/device-matters/:matterId/manual-values', { params: { matterId: matter.matterId }, body: { ...rest, sampledAt: chinaTime(sampledAt) } }), done);
  const rules = [{ required: true, message: t(TEXT.required) }];
  return (
    <Form layout="vertical" requiredMark={false} initialValues={{ factor: matter.factors[0]?.factor, basis: 'c' }} onFinish={(values: Result) => send.mutate(values)} style={{ marginTop: 10 }}>
      <Form.Item name="factor" label={t(TEXT.factor)} rules={rules}><Select aria-label={t(TEXT.factor)} options={matter.factors.map((one) => ({ value: one.factor, label: `${t(one)} ${one.unit}` }))} /></Form.Item>
      <Form.Item name="sampledAt" label={t(TEXT.sampled)} rules={rules}><DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" style={{ width: '100%' }} /></Form.Item>
      <Form.Item name="value" label={t(TEXT.value)} rules={[...rules, { pattern: /^\d{1,12}(\.\d{1,6})?$/, message: t(TEXT.number) }]}><Input inputMode="decimal" /></Form.Item>
      <Form.Item name="basis" label={t(TEXT.basis)}><Select aria-label={t(TEXT.basis)} options={[{ value: 'c', label: t(TEXT.c) }, { value: 'zs', label: t(TEXT.zs) }]} /></Form.Item>
      {send.isError && <div style={{ marginBottom: 12 }}><ProblemAlert error={send.error} /></div>}
      <Button type="primary" htmlType="submit" loading={send.isPending}>{t(TEXT.send)}</Button>
    </Form>
  );
}

function Own({ matter }: { matter: DeviceMatter }) {
  const { t } = useSpeech();
  const [measures, measure] = useState(false);
  const end = useAct(t(TEXT.end), (body: EndValues) => call('POST /api/unit/device-matters/:matterId/end', { params: { matterId: matter.matterId }, body }));
  return (
    <>
      {matter.kind === 'FAULT' && <p style={{ margin: '6px 0' }}>{t(TEXT.mark)} <Go to={`/marks?outfall=${matter.outfall}`}>{t(TEXT.toMarks)} →</Go></p>}
      {matter.mayMeasure && (measures ? <ManualForm matter={matter} done={() => measure(false)} /> : <Flex><Button size="small" onClick={() => measure(true)}>{t(TEXT.measure)}</Button></Flex>)}
      <EndMatter matter={matter} send={end.mutate} pending={end.isPending} error={end.error} />
    </>
  );
}

/** Faults, requests and acceptances of the unit's devices: what runs, and the way to hand in the next. */
export function DevicesPage() {
  const { t } = useSpeech();
  const outfalls = useOutfalls();
  const terms = useQuery({ queryKey: ['device-terms'], queryFn: async () => (await call('GET /api/register/device-matters', { query: { limit: 1 } })).terms });
  const list = usePages(['device-matters'], (at) => call('GET /api/register/device-matters', { query: at }), ANEW_MS);
  return (
    <>
      <PageTitle>{t(DEVICE_MATTERS_TITLE)}</PageTitle>
      <div className="columns">
        <Panel title={t(TEXT.mine)}><Loaded query={list.query}>{() => (list.rows.length === 0 ? <Empty description={t(TEXT.none)} /> : <><DeviceMatterList items={list.rows} extra={(matter) => <Own matter={matter} />} /><More list={list} /></>)}</Loaded></Panel>
        <Panel title={t(TEXT.add)}><Loaded query={outfalls} isEmpty={(items) => items.length === 0}>{(items) => <Loaded query={terms}>{(known) => <DeviceForm outfalls={items} terms={known} />}</Loaded>}</Loaded></Panel>
      </div>
    </>
  );
}
