import { Button, Card, Flex, Form, Input, Typography } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { useAct } from '../parts/act.tsx';
import { msOf } from '../../shared/moment.ts';
import { ask, type CluePage } from '../shapes.ts';

const TEXT = {
  title: { zh: '研判记录', en: 'Notes' },
  add: { zh: '记录', en: 'Add' },
  label: { zh: '补充说明', en: 'Note' },
} as const satisfies Record<string, Text>;

/** What people in charge told each other about the clue; kept with name and time. */
export function Thread({ clue }: { clue: CluePage }) {
  const { t } = useSpeech();
  const [form] = Form.useForm<{ text: string }>();
  const act = useAct(t(TEXT.add), (body: { text: string }) => ask('POST /api/review/clues/:clueId/notes', { params: { clueId: clue.clueId }, body }), () => form.resetFields());
  return (
    <Card size="small" title={t(TEXT.title)}>
      <Flex vertical gap={8}>
        {clue.notes.map((note) => <div key={note.noteId}><Typography.Text type="secondary">{note.by} {formatTime(msOf(note.at))}</Typography.Text><div>{note.text}</div></div>)}
        <Form form={form} onFinish={(values) => act.mutate(values)}>
          <Flex gap={8}>
            <Form.Item name="text" rules={[{ required: true }]} style={{ flex: 1, margin: 0 }}><Input.TextArea aria-label={t(TEXT.label)} placeholder={t(TEXT.label)} autoSize={{ minRows: 1, maxRows: 5 }} maxLength={4000} /></Form.Item>
            <Button htmlType="submit" loading={act.isPending}>{t(TEXT.add)}</Button>
          </Flex>
        </Form>
        {act.isError && <ProblemAlert error={act.error} />}
      </Flex>
    </Card>
  );
}
