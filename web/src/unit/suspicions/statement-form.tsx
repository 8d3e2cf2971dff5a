import { Button, Form, Input, Radio } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useHold } from '../../shared/leaving.ts';
import { MaterialsItem } from '../../shared/materials.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { useAct } from '../parts/act.tsx';
import { ask, type Material } from '../shapes.ts';

const TEXT = {
  kind: { zh: '我要', en: 'I want to' },
  text: { zh: '内容', en: 'Text' },
  hint: { zh: '请写明事实、理由；可以附材料', en: 'Facts and reasons; files may be added' },
  materials: { zh: '材料', en: 'Files' },
  send: { zh: '提交', en: 'Send' },
  required: { zh: '请填写', en: 'Required' },
} as const satisfies Record<string, Text>;

export const STATEMENT_KINDS = {
  QUERY: { zh: '查询（请求说明数据）', en: 'ask about the data' },
  STATEMENT: { zh: '陈述情况', en: 'state what happened' },
  DEFENCE: { zh: '申辩', en: 'defend myself' },
} as const satisfies Record<string, Text>;

interface Values { kind: keyof typeof STATEMENT_KINDS; text: string; materials?: Material[] }

/** Query, statement or defence; open as long as the suspicion stands, before and after the day asked for. */
export function StatementForm({ clueId }: { clueId: string }) {
  const { t } = useSpeech();
  const [form] = Form.useForm<Values>();
  useHold(form);
  const send = useAct(t(TEXT.send), ({ kind, text, materials = [] }: Values) => ask('POST /api/unit/suspicions/:clueId/statements', { params: { clueId }, body: { kind, text, materials } }), () => form.resetFields());
  return (
    <Form form={form} layout="vertical" requiredMark={false} initialValues={{ kind: 'STATEMENT' }} onFinish={(values) => send.mutate(values)}>
      <Form.Item name="kind" label={t(TEXT.kind)}>
        <Radio.Group options={Object.entries(STATEMENT_KINDS).map(([value, words]) => ({ value, label: t(words) }))} />
      </Form.Item>
      <Form.Item name="text" label={t(TEXT.text)} rules={[{ required: true, message: t(TEXT.required) }]}><Input.TextArea rows={5} maxLength={4000} placeholder={t(TEXT.hint)} /></Form.Item>
      <MaterialsItem to="POST /api/unit/materials" label={t(TEXT.materials)} />
      {send.isError && <div style={{ marginBottom: 12 }}><ProblemAlert error={send.error} /></div>}
      <Button type="primary" size="large" htmlType="submit" loading={send.isPending}>{t(TEXT.send)}</Button>
    </Form>
  );
}
