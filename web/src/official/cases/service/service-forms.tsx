import { useQuery } from '@tanstack/react-query';
import { Flex, Form, Input, Modal, Select, Typography, type FormInstance } from 'antd';
import type { ReactNode } from 'react';
import type { Routes } from '../../../shared/api.gen.ts';
import { call } from '../../../shared/api.ts';
import { useSpeech, type Text } from '../../../shared/i18n.tsx';
import { useLeaving } from '../../../shared/leaving.ts';
import { ProblemAlert } from '../../../shared/sign-in.tsx';
import { useAct } from '../../parts/act.tsx';
import { FilePicker } from '../evidence/file-picker.tsx';
import type { DeliveryRow } from './service-shapes.ts';
import { PAPER_WAYS } from './service-words.ts';
import { useArticle } from '../../../shared/terms/article.ts';

const TEXT = {
  from: { zh: '最早 {day}', en: 'not before {day}' },
  receipt: { zh: '回证（扫描件或者照片）', en: 'Receipt (scan or photograph)' },
  fileMust: { zh: '请选择文件', en: 'Choose a file' },
  refused: { zh: '拒收事由', en: 'Why it was refused' },
  witness: { zh: '见证人（姓名、所在单位；不得是送达人员）', en: 'Witness (name, employer; none of those who serve it)' },
  recording: { zh: '拍照、录像编号（没有见证人的）', en: 'Number of the pictures or film (where there is no witness)' },
  second: { zh: '同去的另一名送达人员', en: 'Who else brought it' },
  way: { zh: '送达方式', en: 'Way of service' },
  reason: { zh: '改换的理由', en: 'Why another way' },
} as const satisfies Record<string, Text>;

interface Props { readonly row: DeliveryRow; readonly title: string; close(): void }
type PaperWay = keyof typeof PAPER_WAYS;
type Receipt = NonNullable<Routes['POST /api/deliveries/:deliveryId/proof']['body']>;

function Dialog({ row, title, close, form, busy, error, children }: Props & { form: FormInstance; busy: boolean; error: unknown; children: ReactNode }) {
  const leave = useLeaving(form, close);
  const article = useArticle();
  return (
    <Modal open title={title} onCancel={leave} onOk={form.submit} okText={title} confirmLoading={busy}>
      <Flex vertical gap={8}>
        <Typography.Text type="secondary">{article(row.documentTitle)} {row.documentNumber}</Typography.Text>
        {children}
        {error !== null && <ProblemAlert error={error} />}
      </Flex>
    </Modal>
  );
}

/** The receipt of a service on paper: who took it, on which day, and the receipt itself. */
export function ProofForm(props: Props) {
  const { row, title, close } = props;
  const { t } = useSpeech();
  const [form] = Form.useForm<Receipt>();
  const words = PAPER_WAYS[row.method as PaperWay];
  const byHand = row.method === 'DIRECT' || row.method === 'LEFT';
  const { data: colleagues } = useQuery({ queryKey: ['servers', row.deliveryId], enabled: byHand, queryFn: () => call('GET /api/deliveries/:deliveryId/servers', { params: { deliveryId: row.deliveryId } }) });
  const act = useAct(title, (body: Receipt) => call('POST /api/deliveries/:deliveryId/proof', { params: { deliveryId: row.deliveryId }, body }), close);
  return (
    <Dialog {...props} form={form} busy={act.isPending} error={act.error}>
      <Form form={form} layout="vertical" onFinish={(values) => act.mutate(values)}>
        <Form.Item name="receivedOn" label={t(words.day)} extra={t(TEXT.from, { day: row.provableFrom })} rules={[{ required: true }]}><Input type="date" min={row.provableFrom} /></Form.Item>
        <Form.Item name="receiver" label={t(words.receiver)} rules={[{ required: true, whitespace: true }]}><Input maxLength={200} /></Form.Item>
        {byHand && <Form.Item name="second" label={t(TEXT.second)} rules={[{ required: true }]}><Select options={(colleagues?.items ?? []).map(({ accountId, name }) => ({ value: accountId, label: name }))} /></Form.Item>}
        {row.method === 'LEFT' && (
          <>
            <Form.Item name={['left', 'reason']} label={t(TEXT.refused)} rules={[{ required: true, whitespace: true }]}><Input maxLength={200} /></Form.Item>
            <Form.Item name={['left', 'witness']} label={t(TEXT.witness)}><Input maxLength={200} /></Form.Item>
            <Form.Item name={['left', 'recording']} label={t(TEXT.recording)}><Input maxLength={200} /></Form.Item>
          </>
        )}
        <Form.Item name="proofSha256" label={t(TEXT.receipt)} rules={[{ required: true, message: t(TEXT.fileMust) }]}><FilePicker door={`/api/deliveries/${row.deliveryId}/receipts`} /></Form.Item>
      </Form>
    </Dialog>
  );
}

/** Another way of service on paper, with the reason; what was tried stays in the record. */
export function OtherWayForm(props: Props) {
  const { row, title, close } = props;
  const { t } = useSpeech();
  const [form] = Form.useForm<{ method: PaperWay; reason: string; address: string }>();
  const method = Form.useWatch('method', form);
  const act = useAct(title, (body: { method: PaperWay; reason: string; address: string }) => call('POST /api/deliveries/:deliveryId/other-way', { params: { deliveryId: row.deliveryId }, body }), close);
  const ways = (Object.keys(PAPER_WAYS) as PaperWay[]).filter((way) => way !== row.method);
  return (
    <Dialog {...props} form={form} busy={act.isPending} error={act.error}>
      <Form form={form} layout="vertical" onFinish={(values) => act.mutate(values)}>
        <Form.Item name="method" label={t(TEXT.way)} rules={[{ required: true }]}><Select options={ways.map((value) => ({ value, label: t(PAPER_WAYS[value].name) }))} /></Form.Item>
        {method !== undefined && <Form.Item name="address" label={t(PAPER_WAYS[method].place)} rules={[{ required: true, whitespace: true }]}><Input maxLength={200} /></Form.Item>}
        <Form.Item name="reason" label={t(TEXT.reason)} rules={[{ required: true, whitespace: true }]}><Input.TextArea rows={2} maxLength={200} /></Form.Item>
      </Form>
    </Dialog>
  );
}
