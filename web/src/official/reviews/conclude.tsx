import { Alert, Button, Card, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import type { Routes } from '../../shared/api.gen.ts';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { useAct } from '../parts/act.tsx';
import { useLaw } from '../parts/use-law.ts';
import { ask, type CluePage, type ReviewView } from '../shapes.ts';

const TEXT = {
  title: { zh: '审核结论（牵头人）', en: 'Conclusion (group lead)' },
  pass: { zh: '✓ 通过', en: '✓ pass' },
  return: { zh: '↩ 退回补充', en: '↩ return for more' },
  reject: { zh: '✗ 不予认定', en: '✗ reject' },
  conclusion: { zh: '结论', en: 'Conclusion' },
  facts: { zh: '认定的事实（中文，写入审核意见）', en: 'Facts found (Chinese, printed in the opinion)' },
  factsEn: { zh: '认定的事实（英文）', en: 'Facts found (English)' },
  violations: { zh: '涉嫌违法行为', en: 'Suspected violations' },
  reason: { zh: '理由', en: 'Reason' },
  asked: { zh: '要求补充的材料（逐项，回车分隔）', en: 'What is asked for, item by item (Enter)' },
  submit: { zh: '作出结论并出具意见书', en: 'Conclude and issue the opinion' },
  lead: {
    zh: '所列发现只是线索，本身不足以认定违法行为。认定违法行为的，由审核人写明查明的事实。',
    en: 'The findings are a lead only and charge nothing by themselves. Who passes them writes the facts that were found.',
  },
  missing: { zh: '还缺 {n} 项，暂不能通过', en: '{n} things missing: it cannot pass yet' },
} as const satisfies Record<string, Text>;

type Facts = CluePage['proposedFacts'];

/** The facts drafted for these violations, a line that several share once. */
const draftFor = (facts: Facts, violations: readonly string[], language: 'zh' | 'en'): string =>
  [...new Set(violations.flatMap((violation) => facts[violation]?.[language].split('\n') ?? []))].join('\n');

type Body = Routes['POST /api/review/reviews/:reviewId/conclusion']['body'];

/** The lead's conclusion: facts and violation types come prefilled from the clue and are edited, not typed anew. */
export function Conclude({ clue, review }: { clue: CluePage; review: ReviewView }) {
  const { t } = useSpeech();
  const law = useLaw();
  const [form] = Form.useForm<Body>();
  const conclusion = Form.useWatch('conclusion', form) ?? 'pass';
  const act = useAct(t(TEXT.title), (body: Body) => ask('POST /api/review/reviews/:reviewId/conclusion', { params: { reviewId: review.reviewId }, body }));
  const blocked = conclusion === 'pass' && review.missing.length > 0;
  /** What the findings show best; more is the reviewer's to add. */
  const first = clue.suggestedViolations.slice(0, 1);
  const [drafted, setDrafted] = useState<readonly string[]>(first);
  /** Other violations are shown by other facts; what somebody has written stays. */
  const follow = (violations: readonly string[]) => {
    for (const [name, language] of [['factsZh', 'zh'], ['factsEn', 'en']] as const)
      if (form.getFieldValue(name) === draftFor(clue.proposedFacts, drafted, language)) form.setFieldValue(name, draftFor(clue.proposedFacts, violations, language));
    setDrafted(violations);
  };
  return (
    <Card size="small" title={t(TEXT.title)}>
      <Form<Body> form={form} layout="vertical" onFinish={(body) => act.mutate(body)}
        initialValues={{ conclusion: 'pass', reason: '', factsZh: draftFor(clue.proposedFacts, first, 'zh'), factsEn: draftFor(clue.proposedFacts, first, 'en'), violations: [...first] }}>
        <Form.Item name="conclusion" label={t(TEXT.conclusion)}>
          <Radio.Group options={(['pass', 'return', 'reject'] as const).map((value) => ({ value, label: t(TEXT[value]) }))} />
        </Form.Item>
        {conclusion === 'pass' && (
          <>
            {clue.leadOnly && <Alert type="info" showIcon title={t(TEXT.lead)} style={{ marginBottom: 12 }} />}
            <Form.Item name="factsZh" label={t(TEXT.facts)} rules={[{ required: true }]}><Input.TextArea rows={8} maxLength={4000} /></Form.Item>
            <Form.Item name="factsEn" label={t(TEXT.factsEn)}><Input.TextArea rows={3} maxLength={4000} /></Form.Item>
            <Form.Item name="violations" label={t(TEXT.violations)}><Select mode="multiple" options={law.violations} onChange={follow} /></Form.Item>
          </>
        )}
        {conclusion === 'return' && <Form.Item name="asked" label={t(TEXT.asked)}><Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['；', ';', '\n']} /></Form.Item>}
        <Form.Item name="reason" label={t(TEXT.reason)} rules={[{ required: conclusion !== 'pass' }]}><Input.TextArea rows={2} maxLength={4000} /></Form.Item>
        <Button type="primary" htmlType="submit" block loading={act.isPending} disabled={blocked}>{blocked ? t(TEXT.missing, { n: review.missing.length }) : t(TEXT.submit)}</Button>
      </Form>
      {act.isError && <div style={{ marginTop: 8 }}><ProblemAlert error={act.error} /></div>}
    </Card>
  );
}
