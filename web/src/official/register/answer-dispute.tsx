import { useMutation } from '@tanstack/react-query';
import { Button, DatePicker, Flex, Form, Input } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import type { Dispute } from '../../shared/register/dispute-list.tsx';
import { useReread } from '../../shared/reread.ts';
import { ProblemAlert } from '../../shared/sign-in.tsx';

const TEXT = {
  answer: { zh: '答复（写明理由）', en: 'Answer with its reason' },
  value: { zh: '登记值改为', en: 'The register shall say' },
  from: { zh: '自哪一天起（不填则按主张的日期，未主张则自今天起）', en: 'From which day (the day claimed, else today)' },
  accept: { zh: '采纳，更换登记值', en: 'Accept and change the register' },
  reject: { zh: '不予采纳', en: 'Do not accept' },
  required: { zh: '请填写', en: 'Required' },
} as const satisfies Record<string, Text>;

interface Values { answer: string; value?: string; from?: Dayjs }

/** The owner department's answer: accepting makes a new version of the value, rejecting needs its reason only. */
export function AnswerDispute({ dispute }: { dispute: Dispute }) {
  const { t } = useSpeech();
  const reread = useReread();
  const [accept, setAccept] = useState(true);
  const send = useMutation({
    mutationFn: ({ answer, value, from }: Values) => call('POST /api/register/disputes/:disputeId/answer', {
      params: { disputeId: dispute.disputeId }, body: { accept, answer, ...(value ? { value } : {}), ...(from === undefined || from === null ? {} : { from: from.format('YYYY-MM-DD') }) },
    }),
    onSuccess: reread,
  });
  if (!dispute.mayAnswer) return null;
  return (
    <Form layout="vertical" requiredMark={false} initialValues={{ value: dispute.proposed }} onFinish={(values: Values) => send.mutate(values)} style={{ marginTop: 8 }}>
      <Form.Item name="answer" label={t(TEXT.answer)} rules={[{ required: true, message: t(TEXT.required) }]}><Input.TextArea rows={2} maxLength={2000} /></Form.Item>
      <Flex gap={12} wrap>
        <Form.Item name="value" label={t(TEXT.value)}><Input suffix={dispute.measure} style={{ width: 180 }} /></Form.Item>
        <Form.Item name="from" label={t(TEXT.from)}><DatePicker /></Form.Item>
      </Flex>
      {send.isError && <div style={{ marginBottom: 12 }}><ProblemAlert error={send.error} /></div>}
      <Flex gap={8} wrap>
        <Button type="primary" htmlType="submit" loading={send.isPending && accept} onClick={() => setAccept(true)}>{t(TEXT.accept)}</Button>
        <Button htmlType="submit" loading={send.isPending && !accept} onClick={() => setAccept(false)}>{t(TEXT.reject)}</Button>
      </Flex>
    </Form>
  );
}
