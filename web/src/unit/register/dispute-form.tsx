import { Button, DatePicker, Form, Input } from 'antd';
import type { Dayjs } from 'dayjs';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useHold } from '../../shared/leaving.ts';
import { MaterialsItem } from '../../shared/materials.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { useAct } from '../parts/act.tsx';
import type { Material } from '../shapes.ts';

const TEXT = {
  proposed: { zh: '本单位主张的值', en: 'The value you claim' },
  number: { zh: '请填非负数，至多六位小数', en: 'a number of at most six decimals, not negative' },
  from: { zh: '应自哪一天起（不填则自答复之日起）', en: 'From which day (from the answer on if left empty)' },
  reason: { zh: '理由', en: 'Reason' },
  reasonHint: { zh: '例如：排污许可证 2026 年 3 月变更，附副本第 12 页', en: 'e.g. the permit was changed in March 2026, page 12 attached' },
  files: { zh: '证明材料', en: 'Supporting files' },
  send: { zh: '提出异议', en: 'Dispute this value' },
  required: { zh: '请填写', en: 'Required' },
} as const satisfies Record<string, Text>;

export type Value = Routes['GET /api/unit/register-values']['response']['values'][number];
interface Values { proposed: string; from?: Dayjs; reason: string; materials?: Material[] }

/** What the register should say instead, why, and the paper that shows it. */
export function DisputeForm({ value, done }: { value: Value; done: () => void }) {
  const { t } = useSpeech();
  const [form] = Form.useForm<Values>();
  useHold(form);
  const { kind, key, field } = value;
  const send = useAct(t(TEXT.send), ({ proposed, from, reason, materials = [] }: Values) =>
    call('POST /api/unit/disputes', { body: { kind, key, field, proposed, from: from?.format('YYYY-MM-DD') ?? null, reason, materials } }), done);
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={(values: Values) => send.mutate(values)} style={{ marginTop: 10 }}>
      <Form.Item name="proposed" label={t(TEXT.proposed)} rules={[{ required: true, message: t(TEXT.required) }, { pattern: /^\d{1,12}(\.\d{1,6})?$/, message: t(TEXT.number) }]}><Input inputMode="decimal" suffix={value.measure} /></Form.Item>
      <Form.Item name="from" label={t(TEXT.from)}><DatePicker style={{ width: '100%' }} /></Form.Item>
      <Form.Item name="reason" label={t(TEXT.reason)} rules={[{ required: true, message: t(TEXT.required) }]}><Input.TextArea rows={3} maxLength={2000} placeholder={t(TEXT.reasonHint)} /></Form.Item>
      <MaterialsItem to="POST /api/unit/materials" label={t(TEXT.files)} />
      {send.isError && <div style={{ marginBottom: 12 }}><ProblemAlert error={send.error} /></div>}
      <Button type="primary" htmlType="submit" loading={send.isPending}>{t(TEXT.send)}</Button>
    </Form>
  );
}
