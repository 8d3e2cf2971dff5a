import { Alert, Button, Card, Flex, Form, Input, Modal, Radio, Typography } from 'antd';
import { useState } from 'react';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useLeaving } from '../../shared/leaving.ts';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { useAct } from '../parts/act.tsx';
import { ask, type Finding, type ReviewView } from '../shapes.ts';
import { FINDING_WORDS } from './findings.ts';

const TEXT = {
  title: { zh: '第二人盲审', en: 'Blind second opinion' },
  none: { zh: '本次审核未抽中', en: 'This review was not drawn' },
  waits: { zh: '已抽中，待第二人独立出具意见', en: 'Drawn: a second person is to look at it alone' },
  given: { zh: '已出具；首次技术审核签署后公开', en: 'Given; shown once the first technical reviewer has signed' },
  found: { zh: '第二人意见：{what}', en: 'Second finding: {what}' },
  blind: { zh: '您可以作为第二人：首次技术审核的认定和签署在您出具意见之前不向您显示。', en: 'You may be the second person: what the first technical reviewer found is not shown to you before you have spoken.' },
  give: { zh: '出具第二人意见', en: 'Give the second opinion' },
  conclusion: { zh: '意见', en: 'Finding' },
  reason: { zh: '独立核对了什么、结果如何', en: 'What you checked by yourself, and what it showed' },
} as const satisfies Record<string, Text>;

function GiveDialog({ review, close }: { review: ReviewView; close(): void }) {
  const { t } = useSpeech();
  const [form] = Form.useForm<{ conclusion: Finding; reason: string }>();
  const leave = useLeaving(form, close);
  const act = useAct(t(TEXT.give), (body: { conclusion: Finding; reason: string }) => ask('POST /api/review/reviews/:reviewId/second', { params: { reviewId: review.reviewId }, body }), close);
  return (
    <Modal open title={t(TEXT.give)} onCancel={leave} onOk={() => form.submit()} confirmLoading={act.isPending}>
      <Form form={form} layout="vertical" onFinish={(values) => act.mutate(values)}>
        <Form.Item name="conclusion" label={t(TEXT.conclusion)} rules={[{ required: true }]}>
          <Radio.Group options={(['PASS', 'RETURN', 'REJECT'] as const).map((value) => ({ value, label: t(FINDING_WORDS[value]) }))} />
        </Form.Item>
        <Form.Item name="reason" label={t(TEXT.reason)} rules={[{ required: true }]}><Input.TextArea rows={4} maxLength={4000} /></Form.Item>
      </Form>
      {act.isError && <ProblemAlert error={act.error} />}
    </Modal>
  );
}

/** Whether the review was drawn, and what became of it; who may be the second sees nothing of the first. */
export function SecondOpinion({ review }: { review: ReviewView }) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  const { second } = review;
  const state = !second.drawn ? TEXT.none : !second.given ? TEXT.waits : TEXT.given;
  return (
    <Card size="small" title={t(TEXT.title)}>
      <Flex vertical gap={8} align="start">
        {second.conclusion === null ? <Typography.Text type="secondary">{t(state)}</Typography.Text>
          : <span>{t(TEXT.found, { what: t(FINDING_WORDS[second.conclusion]) })} <Typography.Text type="secondary">{second.reason}</Typography.Text></span>}
        {second.mine && <><Alert type="info" showIcon title={t(TEXT.blind)} /><Button type="primary" onClick={() => setOpen(true)}>{t(TEXT.give)}</Button></>}
      </Flex>
      {open && <GiveDialog review={review} close={() => setOpen(false)} />}
    </Card>
  );
}
