import { Button, Flex, Form, Input } from 'antd';
import { useState } from 'react';
import { useSpeech, type Text } from '../i18n.tsx';
import { ProblemAlert } from '../sign-in.tsx';
import type { DeviceMatter } from './device-matter-list.tsx';

export type MatterEnd = DeviceMatter['ends'][number];
export interface EndValues { readonly end: MatterEnd; readonly answer: string }

const TEXT = {
  answer: { zh: '情况说明（写明理由）', en: 'What was done, or why' },
  required: { zh: '请填写', en: 'Required' },
} as const satisfies Record<string, Text>;

const ACTS = {
  REPAIRED: { zh: '已修复，恢复正常运行', en: 'Repaired and running' }, WITHDRAWN: { zh: '撤回申请', en: 'Withdraw' }, AGREED: { zh: '同意', en: 'Agree' },
  REFUSED: { zh: '不同意', en: 'Refuse' }, REGISTERED: { zh: '予以登记', en: 'Register' }, RETURNED: { zh: '退回补正', en: 'Send back' },
} as const satisfies Partial<Record<MatterEnd, Text>>;

/** The ends this person may put to a matter, each with its reason. */
export function EndMatter({ matter, send, pending, error }: { matter: DeviceMatter; send: (values: EndValues) => void; pending: boolean; error: unknown }) {
  const { t } = useSpeech();
  const [form] = Form.useForm<{ answer: string }>();
  const [chosen, choose] = useState<MatterEnd>();
  const ends = (Object.keys(ACTS) as (keyof typeof ACTS)[]).filter((end) => matter.ends.includes(end));
  if (ends.length === 0) return null;
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={({ answer }: { answer: string }) => chosen !== undefined && send({ end: chosen, answer })} style={{ marginTop: 8 }}>
      <Form.Item name="answer" label={t(TEXT.answer)} rules={[{ required: true, message: t(TEXT.required) }]}><Input.TextArea rows={2} maxLength={2000} /></Form.Item>
      {error !== null && error !== undefined && <div style={{ marginBottom: 12 }}><ProblemAlert error={error} /></div>}
      <Flex gap={8} wrap>
        {ends.map((end, i) => <Button key={end} {...(i === 0 ? { type: 'primary' as const } : {})} loading={pending && chosen === end} onClick={() => { choose(end); form.submit(); }}>{t(ACTS[end])}</Button>)}
      </Flex>
    </Form>
  );
}
