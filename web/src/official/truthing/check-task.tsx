import { Button, DatePicker, Flex, Form, Input } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import type { Task } from '../../shared/truthing/task-list.tsx';
import { useAct } from '../parts/act.tsx';

const TEXT = {
  check: { zh: '核查意见', en: 'What the check found' },
  CLOSE: { zh: '办结', en: 'Close' },
  SEND_BACK: { zh: '退回重办', en: 'Send back' },
  WITHDRAW: { zh: '撤回任务', en: 'Withdraw' },
  day: { zh: '退回的，限哪天前', en: 'If sent back, by which day' },
  required: { zh: '请填写', en: 'Required' },
} as const satisfies Record<string, Text>;

type Act = 'CLOSE' | 'SEND_BACK' | 'WITHDRAW';
interface Values { text: string; day?: Dayjs | null }

/** The check of an answer: closed, or sent back with another day; a task asked in error is withdrawn. */
export function CheckTask({ task }: { task: Task }) {
  const { t } = useSpeech();
  const [act, choose] = useState<Act>('CLOSE');
  const params = { taskId: task.taskId };
  const send = useAct(t(TEXT[act]), ({ text, day }: Values) => call('POST /api/quality/truthing/:taskId/check', { params, body: act === 'SEND_BACK' ? { act, text, day: day?.format('YYYY-MM-DD') ?? '' } : { act, text } }));
  if (!task.mayCheck) return null;
  const acts: readonly Act[] = task.state === 'ANSWERED' ? ['CLOSE', 'SEND_BACK', 'WITHDRAW'] : ['WITHDRAW'];
  return (
    <Form<Values> layout="vertical" requiredMark={false} onFinish={(values) => send.mutate(values)} style={{ marginTop: 8 }}>
      <Form.Item name="text" label={t(TEXT.check)} rules={[{ required: true, whitespace: true, message: t(TEXT.required) }]}><Input.TextArea rows={2} maxLength={2000} /></Form.Item>
      {task.state === 'ANSWERED' && <Form.Item name="day" label={t(TEXT.day)} rules={[{ required: act === 'SEND_BACK', message: t(TEXT.required) }]}><DatePicker /></Form.Item>}
      {send.isError && <div style={{ marginBottom: 12 }}><ProblemAlert error={send.error} /></div>}
      <Flex gap={8} wrap>
        {acts.map((one) => <Button key={one} type={one === 'CLOSE' ? 'primary' : 'default'} htmlType="submit" loading={send.isPending && act === one} onClick={() => choose(one)}>{t(TEXT[one])}</Button>)}
      </Flex>
    </Form>
  );
}
