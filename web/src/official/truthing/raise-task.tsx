import { Button, DatePicker, Form, Input, Modal, Radio } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useLeaving } from '../../shared/leaving.ts';
import { ProblemAlert, useMe } from '../../shared/sign-in.tsx';
import { useAct } from '../parts/act.tsx';

const TEXT = {
  raise: { zh: '交办数据归真', en: 'Ask for data to be put right' },
  what: { zh: '要归真的内容', en: 'What is to be put right' },
  whatHint: { zh: '例如：9月10日 8 时至 12 时二氧化硫小时数据，按质控结果修约后补传', en: 'e.g. the SO₂ hours of 10 September 8–12, corrected by the check and sent again' },
  who: { zh: '由谁办理', en: 'By whom' },
  UNIT: { zh: '排污单位', en: 'the unit' },
  OPERATOR: { zh: '运维单位（排污单位也可办理）', en: 'its operator (or the unit)' },
  day: { zh: '哪天前办理（不填的按本地区期限）', en: 'By which day (the term of the region if left empty)' },
  required: { zh: '请填写', en: 'Required' },
} as const satisfies Record<string, Text>;

type Body = Routes['POST /api/quality/truthing']['body'];
interface Values { what: string; holder: Body['holder']; day?: Dayjs | null }

/** The button and the form behind it, for whoever may ask; `source` and `cause` say what gave cause. */
export function RaiseTask({ outfall, source, cause = '', what = '', small = false }: { outfall: string; source: Body['source']; cause?: string; what?: string; small?: boolean }) {
  const { t } = useSpeech();
  const [open, show] = useState(false);
  const [form] = Form.useForm<Values>();
  const leave = useLeaving(form, () => show(false));
  const may = useMe().data?.actions.includes('truthing.raise') ?? false;
  const send = useAct(t(TEXT.raise), ({ day, ...values }: Values) => call('POST /api/quality/truthing', { body: { outfall, source, ref: cause, ...values, day: day?.format('YYYY-MM-DD') ?? null } }), () => { show(false); form.resetFields(); });
  if (!may) return null;
  return (
    <>
      <Button size={small ? 'small' : 'middle'} onClick={() => show(true)}>{t(TEXT.raise)}</Button>
      <Modal open={open} title={t(TEXT.raise)} onCancel={leave} onOk={() => form.submit()} okText={t(TEXT.raise)} confirmLoading={send.isPending} destroyOnHidden>
        <Form form={form} layout="vertical" requiredMark={false} initialValues={{ what, holder: 'UNIT' }} onFinish={(values) => send.mutate(values)}>
          <Form.Item name="what" label={t(TEXT.what)} rules={[{ required: true, whitespace: true, message: t(TEXT.required) }]}><Input.TextArea rows={3} maxLength={2000} placeholder={t(TEXT.whatHint)} /></Form.Item>
          <Form.Item name="holder" label={t(TEXT.who)}><Radio.Group options={(['UNIT', 'OPERATOR'] as const).map((value) => ({ value, label: t(TEXT[value]) }))} /></Form.Item>
          <Form.Item name="day" label={t(TEXT.day)}><DatePicker style={{ width: '100%' }} /></Form.Item>
        </Form>
        {send.isError && <ProblemAlert error={send.error} />}
      </Modal>
    </>
  );
}
