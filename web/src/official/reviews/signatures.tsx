import { Button, Card, Flex, Form, Input, Modal, Radio, Typography } from 'antd';
import { useState } from 'react';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useLeaving } from '../../shared/leaving.ts';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { useAct } from '../parts/act.tsx';
import { msOf } from '../../shared/moment.ts';
import { ask, type ReviewView } from '../shapes.ts';

const TEXT = {
  title: { zh: '签署（两人，各签一项）', en: 'Signatures (two people, one track each)' },
  TECHNICAL: { zh: '技术审核', en: 'Technical' },
  LEGAL: { zh: '合法性审核', en: 'Legality' },
  sign: { zh: '签署', en: 'Sign' },
  waits: { zh: '待签署', en: 'not signed' },
  conclusion: { zh: '意见', en: 'Finding' },
  reason: { zh: '理由', en: 'Reason' },
  PASS: { zh: '✓ 通过', en: '✓ pass' },
  RETURN: { zh: '↩ 退回补充', en: '↩ return for more' },
  REJECT: { zh: '✗ 不予认定', en: '✗ reject' },
} as const satisfies Record<string, Text>;

type Track = 'TECHNICAL' | 'LEGAL';
type Conclusion = 'PASS' | 'RETURN' | 'REJECT';
const isConclusion = (text: string): text is Conclusion => text === 'PASS' || text === 'RETURN' || text === 'REJECT';

function SignDialog({ review, track, close }: { review: ReviewView; track: Track; close(): void }) {
  const { t } = useSpeech();
  const [form] = Form.useForm<{ conclusion: Conclusion; reason: string }>();
  const leave = useLeaving(form, close);
  const act = useAct(t(TEXT.sign), (values: { conclusion: Conclusion; reason: string }) =>
    ask('POST /api/review/reviews/:reviewId/signatures', { params: { reviewId: review.reviewId }, body: { track, ...values } }), close);
  return (
    <Modal open title={`${t(TEXT.sign)} · ${t(TEXT[track])}`} onCancel={leave} onOk={() => form.submit()} confirmLoading={act.isPending}>
      <Form form={form} layout="vertical" initialValues={{ conclusion: 'PASS', reason: '' }} onFinish={(values) => act.mutate(values)}>
        <Form.Item name="conclusion" label={t(TEXT.conclusion)} rules={[{ required: true }]}>
          <Radio.Group options={(['PASS', 'RETURN', 'REJECT'] as const).map((value) => ({ value, label: t(TEXT[value]) }))} />
        </Form.Item>
        <Form.Item name="reason" label={t(TEXT.reason)}><Input.TextArea rows={3} maxLength={4000} /></Form.Item>
      </Form>
      {act.isError && <ProblemAlert error={act.error} />}
    </Modal>
  );
}

/** Two tracks, two people: the platform refuses a second signature of the same hand. */
export function Signatures({ review }: { review: ReviewView }) {
  const { t } = useSpeech();
  const [signing, sign] = useState<Track>();
  return (
    <Card size="small" title={t(TEXT.title)}>
      <Flex vertical gap={8}>
        {(['TECHNICAL', 'LEGAL'] as const).map((track) => {
          const done = review.signatures.find((one) => one.track === track);
          return (
            <Flex key={track} justify="space-between" align="center" gap={8}>
              <span>{t(TEXT[track])}</span>
              {done === undefined
                ? (review.state === 'OPEN' && review.myTracks.includes(track) ? <Button type="primary" size="small" onClick={() => sign(track)}>{t(TEXT.sign)}</Button> : <Typography.Text type="secondary">{t(TEXT.waits)}</Typography.Text>)
                : <span>{isConclusion(done.conclusion) ? t(TEXT[done.conclusion]) : done.conclusion} <Typography.Text type="secondary">{formatTime(msOf(done.at), false)}</Typography.Text></span>}
            </Flex>
          );
        })}
      </Flex>
      {signing && <SignDialog review={review} track={signing} close={() => sign(undefined)} />}
    </Card>
  );
}
