import { Button, Collapse, Flex, Form, Input, Modal, Radio, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useLeaving } from '../../shared/leaving.ts';
import { useArticle } from '../../shared/terms/article.ts';
import { MaterialsItem, type Material } from '../../shared/materials.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { useAct } from '../parts/act.tsx';
import { OutcomeMark } from '../parts/tags.tsx';
import { ask, type Assessed, type CheckItem, type Outcome, type ReviewView } from '../shapes.ts';
import { AssessOpen } from './assess-open.tsx';
import { isMet, OUTCOME_CHOICES } from './findings.ts';
import type { Issued } from './issued.tsx';
import { ShownItem, shownOf } from './shown.tsx';

const TEXT = {
  group: { zh: '内容', en: 'Content' },
  assess: { zh: '改判', en: 'Assess' },
  assessTitle: { zh: '审核人认定：{item}', en: 'Reviewer’s finding: {item}' },
  outcome: { zh: '认定', en: 'Finding' },
  note: { zh: '依据和说明', en: 'Grounds' },
  files: { zh: '证明文件', en: 'Files that show it' },
  program: { zh: '程序：', en: 'program: ' },
  mandatory: { zh: '必备', en: 'mandatory' },
  advisory: { zh: '参考', en: 'advisory' },
  technical: { zh: '技术', en: 'technical' },
  legal: { zh: '合法性', en: 'legality' },
} as const satisfies Record<string, Text>;

const PROPERTIES = [
  { key: 'RELEVANCE', zh: '关联性', en: 'Relevance' },
  { key: 'AUTHENTICITY', zh: '真实性', en: 'Authenticity' },
  { key: 'COMPLETENESS', zh: '完整性', en: 'Completeness' },
  { key: 'LEGALITY', zh: '合法性', en: 'Legality' },
] as const;
const RANK: readonly Outcome[] = ['FAIL', 'CANNOT_TELL', 'PASS', 'NOT_CONCERNED'];

/** The worst of a cell; nothing was due there when there is no item. */
function worst(items: readonly CheckItem[]): Outcome | undefined {
  return RANK.find((outcome) => items.some((item) => item.outcome === outcome));
}

interface Given { outcome: Assessed; note: string; chosen?: string[]; files?: Material[]; issued?: Issued }

function AssessDialog({ review, item, close }: { review: ReviewView; item: CheckItem; close(): void }) {
  const { t } = useSpeech();
  const [form] = Form.useForm<Given>();
  const files = Form.useWatch('files', form);
  const leave = useLeaving(form, close);
  const act = useAct(t(TEXT.assess), ({ outcome, note, chosen, files: handed, issued }: Given) =>
    ask('POST /api/review/reviews/:reviewId/assessments', { params: { reviewId: review.reviewId }, body: { item: item.item, outcome, note, shown: shownOf(chosen, handed, issued) } }), close);
  return (
    <Modal open title={t(TEXT.assessTitle, { item: t(item) })} onCancel={leave} onOk={() => form.submit()} confirmLoading={act.isPending}>
      <Form form={form} layout="vertical" initialValues={{ outcome: item.outcome === 'NOT_CONCERNED' ? undefined : item.outcome }} onFinish={(values) => act.mutate(values)}>
        <Form.Item name="outcome" label={t(TEXT.outcome)} rules={[{ required: true }]}>
          <Radio.Group options={OUTCOME_CHOICES.map((one) => ({ value: one.value, label: t(one) }))} />
        </Form.Item>
        <Form.Item name="note" label={t(TEXT.note)} rules={[{ required: true }]}><Input.TextArea rows={4} maxLength={4000} /></Form.Item>
        <MaterialsItem to="POST /api/review/proofs" name="files" label={t(TEXT.files)} />
        <ShownItem review={review} item={item} within={[]} files={files} />
      </Form>
      {act.isError && <ProblemAlert error={act.error} />}
    </Modal>
  );
}

function ItemRow({ review, item }: { review: ReviewView; item: CheckItem }) {
  const { t, language } = useSpeech();
  const [open, setOpen] = useState(false);
  const mine = review.state === 'OPEN' && review.myTracks.includes(item.track);
  return (
    <li style={{ padding: '6px 0', borderTop: '1px solid rgba(128,128,128,.18)' }}>
      <Flex justify="space-between" gap={8} align="start">
        <span style={{ minWidth: 0 }}>
          {t(item)} <Tag style={{ marginInlineEnd: 0 }}>{t(item.force === 'MANDATORY' ? TEXT.mandatory : TEXT.advisory)}</Tag> <Tag>{t(item.track === 'TECHNICAL' ? TEXT.technical : TEXT.legal)}</Tag>
          <br /><Typography.Text type="secondary">{language === 'zh' ? item.detailZh : item.detailEn}</Typography.Text>
          {item.byProgram !== null && item.byProgram !== item.outcome && <div>{t(TEXT.program)}<OutcomeMark outcome={item.byProgram} /></div>}
        </span>
        <Flex vertical align="end" gap={4}>
          <OutcomeMark outcome={item.outcome} />
          {mine && <Button size="small" onClick={() => setOpen(true)}>{t(TEXT.assess)}</Button>}
        </Flex>
      </Flex>
      {open && <AssessDialog review={review} item={item} close={() => setOpen(false)} />}
    </li>
  );
}

/** The matrix at a glance, each cell opened below item by item. */
export function Checklist({ review }: { review: ReviewView }) {
  const { t, language } = useSpeech();
  const article = useArticle();
  const groups = [...new Map(review.items.map((item) => [item.group, item])).values()];
  return (
    <>
      <AssessOpen review={review} />
      <div className="scroll-x">
        <table style={{ width: '100%', borderCollapse: 'collapse', marginBottom: 8 }}>
          <thead><tr><th scope="col" style={{ textAlign: 'start' }}>{t(TEXT.group)}</th>{PROPERTIES.map((property) => <th key={property.key} scope="col">{t(property)}</th>)}</tr></thead>
          <tbody>
            {groups.map((group) => (
              <tr key={group.group} style={{ borderTop: '1px solid rgba(128,128,128,.2)' }}>
                <th scope="row" style={{ textAlign: 'start', fontWeight: 400, padding: '5px 0' }}>{language === 'zh' ? group.groupZh : group.groupEn} <Typography.Text type="secondary" style={{ fontSize: 12 }}>{article(group.article)}</Typography.Text></th>
                {PROPERTIES.map((property) => {
                  const outcome = worst(review.items.filter((item) => item.group === group.group && item.property === property.key && item.force === 'MANDATORY'))
                    ?? worst(review.items.filter((item) => item.group === group.group && item.property === property.key));
                  return <td key={property.key} style={{ textAlign: 'center' }}>{outcome === undefined ? <Typography.Text type="secondary">—</Typography.Text> : <OutcomeMark outcome={outcome} bare />}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Collapse
        size="small" defaultActiveKey={groups.filter((group) => review.items.some((item) => item.group === group.group && !isMet(item))).map((group) => group.group)}
        items={groups.map((group) => ({
          key: group.group, label: `${language === 'zh' ? group.groupZh : group.groupEn} · ${article(group.article)}`,
          children: <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>{review.items.filter((item) => item.group === group.group).map((item) => <ItemRow key={item.item} review={review} item={item} />)}</ul>,
        }))}
      />
    </>
  );
}
