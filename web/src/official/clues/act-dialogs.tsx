import { useQuery } from '@tanstack/react-query';
import { Flex, Form, Input, Modal, Select, Typography } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { useAct } from '../parts/act.tsx';
import { ask, type CluePage, type NextAct } from '../shapes.ts';

const TEXT = {
  reason: { zh: '理由', en: 'Reason' },
  note: { zh: '说明', en: 'Explanation' },
  until: { zh: '暂缓至（年-月-日）', en: 'Deferred until (YYYY-MM-DD)' },
  defer: { zh: '暂缓告知', en: 'Defer the notice' },
} as const satisfies Record<string, Text>;

interface Props {
  readonly clue: CluePage;
  readonly step: NextAct;
  close(): void;
}

type Reason = 'explained-by-mark' | 'explained-by-maintenance' | 'process-change' | 'transport-fault' | 'model-error' | 'too-weak' | 'duplicate' | 'minor';

/** Setting a clue aside: a reason from the list, counted for the model's false alarms, and words of one's own. */
export function ReasonDialog({ clue, step, decision, close }: Props & { decision: 'dismiss' | 'downgrade' }) {
  const { t } = useSpeech();
  const [form] = Form.useForm<{ reason: Reason; note: string }>();
  const reasons = useQuery({ queryKey: ['clue-reasons'], queryFn: () => ask('GET /api/review/reasons'), staleTime: 3_600_000 });
  const act = useAct(t(step), (values: { reason: Reason; note: string }) => ask('POST /api/review/clues/:clueId/triage', { params: { clueId: clue.clueId }, body: { decision, ...values } }), close);
  return (
    <Modal open title={t(step)} onCancel={close} onOk={() => form.submit()} confirmLoading={act.isPending}>
      <Form form={form} layout="vertical" onFinish={(values) => act.mutate(values)} initialValues={{ note: '' }}>
        <Form.Item name="reason" label={t(TEXT.reason)} rules={[{ required: true }]}>
          <Select options={Object.entries(reasons.data ?? {}).map(([value, words]) => ({ value, label: t(words) }))} />
        </Form.Item>
        <Form.Item name="note" label={t(TEXT.note)} rules={[{ required: true }]}><Input.TextArea rows={4} maxLength={4000} /></Form.Item>
      </Form>
      {act.isError && <ProblemAlert error={act.error} />}
    </Modal>
  );
}

/** Listing and reopening: the words of the panel go into the list and the record. */
export function NoteDialog({ clue, step, close }: Props) {
  const { t } = useSpeech();
  const [form] = Form.useForm<{ note: string }>();
  const params = { clueId: clue.clueId };
  const act = useAct(t(step), ({ note }: { note: string }) => (step.act === 'list'
    ? ask('POST /api/review/clues/:clueId/triage', { params, body: { decision: 'list', note } })
    : step.act === 'supply' ? ask('POST /api/review/clues/:clueId/supply', { params, body: { text: note, materials: [] } })
    : ask('POST /api/review/clues/:clueId/reopen', { params, body: { note } })), close);
  return (
    <Modal open title={t(step)} onCancel={close} onOk={() => form.submit()} confirmLoading={act.isPending}>
      <Flex vertical gap={8}>
        <Typography.Text type="secondary">{step.basis}</Typography.Text>
        <Form form={form} layout="vertical" onFinish={(values) => act.mutate(values)} initialValues={{ note: t(clue.sentence) }}>
          <Form.Item name="note" label={t(TEXT.note)} rules={[{ required: true }]}><Input.TextArea rows={5} maxLength={4000} /></Form.Item>
        </Form>
        {act.isError && <ProblemAlert error={act.error} />}
      </Flex>
    </Modal>
  );
}

/** The notice may wait while evidence is fixed first; the day and the reason are kept. */
export function DeferDialog({ clue, close }: { clue: CluePage; close(): void }) {
  const { t } = useSpeech();
  const [form] = Form.useForm<{ until: string; reason: string }>();
  const act = useAct(t(TEXT.defer), (body: { until: string; reason: string }) => ask('POST /api/review/clues/:clueId/notice/deferral', { params: { clueId: clue.clueId }, body }), close);
  return (
    <Modal open title={t(TEXT.defer)} onCancel={close} onOk={() => form.submit()} confirmLoading={act.isPending}>
      <Form form={form} layout="vertical" onFinish={(values) => act.mutate(values)}>
        <Form.Item name="until" label={t(TEXT.until)} rules={[{ required: true }]}><Input type="date" /></Form.Item>
        <Form.Item name="reason" label={t(TEXT.reason)} rules={[{ required: true }]}><Input.TextArea rows={3} maxLength={4000} /></Form.Item>
      </Form>
      {act.isError && <ProblemAlert error={act.error} />}
    </Modal>
  );
}
