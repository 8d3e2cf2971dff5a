import { Button, Flex, Form, Input, Modal, Radio, Typography } from 'antd';
import { useState } from 'react';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useLeaving } from '../../shared/leaving.ts';
import { MaterialsItem, type Material } from '../../shared/materials.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { useAct } from '../parts/act.tsx';
import { OutcomeMark } from '../parts/tags.tsx';
import { ask, type Assessed, type CheckItem, type ReviewView } from '../shapes.ts';
import { isMet, OUTCOME_CHOICES } from './findings.ts';
import type { Issued } from './issued.tsx';
import { ShownItem, shownOf } from './shown.tsx';

const TEXT = {
  open: { zh: '逐项确认（{n} 项待定）', en: 'Assess open items ({n})' },
  title: { zh: '逐项确认必备项和须说明的事项', en: 'Assess the mandatory items and what has to be answered' },
  outcome: { zh: '认定：{item}', en: 'Finding: {item}' },
  note: { zh: '依据和说明：{item}', en: 'Grounds: {item}' },
  files: { zh: '证明文件', en: 'Files that show it' },
  choose: { zh: '请认定', en: 'Give a finding' },
  own: { zh: '认定与程序不同，请改写依据', en: 'The finding differs from the program’s: say on what grounds' },
} as const satisfies Record<string, Text>;

interface Values {
  readonly items: Readonly<Record<string, { readonly outcome: Assessed; readonly note: string; readonly chosen?: readonly string[]; readonly issued?: Issued }>>;
  readonly files?: readonly Material[];
}
/** Keys of items hold dots, which a form would read as a path. */
const fieldOf = (item: CheckItem): string => item.item.replaceAll('.', '_');

/** Items of the reader's own unsigned tracks, mandatory or to be answered, that the program left open and nobody has assessed. */
const openItems = (review: ReviewView): readonly CheckItem[] =>
  review.state !== 'OPEN' || review.second.blind ? [] : review.items.filter((item) =>
    (item.force === 'MANDATORY' || item.asks === true) && !isMet(item) && item.assessments.length === 0 && review.myTracks.includes(item.track) && !review.signatures.some((signed) => signed.track === item.track));

function Dialog({ review, items, close }: { review: ReviewView; items: readonly CheckItem[]; close(): void }) {
  const { t } = useSpeech();
  const [form] = Form.useForm<Values>();
  const leave = useLeaving(form, close);
  const found = (item: CheckItem): string => item.detailZh;
  const files = Form.useWatch('files', form);
  const act = useAct(t(TEXT.title), async ({ items: given, files: handed }: Values) => {
    for (const item of items) {
      const { outcome = 'CANNOT_TELL', note = '', chosen, issued } = given[fieldOf(item)] ?? {};
      await ask('POST /api/review/reviews/:reviewId/assessments', { params: { reviewId: review.reviewId }, body: { item: item.item, outcome, note, shown: shownOf(chosen, handed, issued) } });
    }
  }, close);
  return (
    <Modal open width={760} title={t(TEXT.title)} onCancel={leave} onOk={() => form.submit()} confirmLoading={act.isPending}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => act.mutate(values)}
        initialValues={{ items: Object.fromEntries(items.map((item) => [fieldOf(item), { outcome: item.outcome === 'FAIL' ? item.outcome : undefined, note: item.asks === true ? '' : found(item) }])) }}>
        <MaterialsItem to="POST /api/review/proofs" name="files" label={t(TEXT.files)} />
        {items.map((item) => (
          <div key={item.item} style={{ borderTop: '1px solid rgba(128,128,128,.18)', paddingTop: 8 }}>
            <Flex justify="space-between" gap={8}><Typography.Text strong>{t(item)}</Typography.Text><OutcomeMark outcome={item.outcome} /></Flex>
            <Form.Item name={['items', fieldOf(item), 'outcome']} rules={[{ required: true, message: t(TEXT.choose) }]} style={{ marginBottom: 6 }}>
              <Radio.Group aria-label={t(TEXT.outcome, { item: t(item) })} options={OUTCOME_CHOICES.map((one) => ({ value: one.value, label: t(one) }))} />
            </Form.Item>
            <Form.Item name={['items', fieldOf(item), 'note']} dependencies={[['items', fieldOf(item), 'outcome']]} style={{ marginBottom: 10 }}
              rules={[{ required: true, whitespace: true, message: t(TEXT.own) }, ({ getFieldValue }) => ({
                validator: (_, note: string) => (getFieldValue(['items', fieldOf(item), 'outcome']) !== item.outcome && note.trim() === found(item).trim() ? Promise.reject(new Error(t(TEXT.own))) : Promise.resolve()),
              })]}>
              <Input.TextArea aria-label={t(TEXT.note, { item: t(item) })} autoSize={{ minRows: 1, maxRows: 4 }} maxLength={4000} />
            </Form.Item>
            <ShownItem review={review} item={item} within={['items', fieldOf(item)]} files={files} />
          </div>
        ))}
      </Form>
      {act.isError && <ProblemAlert error={act.error} />}
    </Modal>
  );
}

/** All that is open on one's own track in one dialog: a finding and its grounds for each item, one word of consent. */
export function AssessOpen({ review }: { review: ReviewView }) {
  const { t } = useSpeech();
  const [items, show] = useState<readonly CheckItem[]>();
  const open = openItems(review);
  return (
    <>
      {open.length > 0 && <Button type="primary" style={{ marginBottom: 8 }} onClick={() => show(open)}>{t(TEXT.open, { n: open.length })}</Button>}
      {items !== undefined && <Dialog review={review} items={items} close={() => show(undefined)} />}
    </>
  );
}
