import { Button, Checkbox, Form, Input, Select } from 'antd';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useHold } from '../../shared/leaving.ts';
import { MaterialsItem } from '../../shared/materials.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { useAct } from '../parts/act.tsx';
import { Go } from '../parts/go.tsx';
import { msOf } from '../../shared/moment.ts';
import { useCauses, useMarks } from '../parts/queries.ts';
import type { Cause, Material, SheetPage } from '../shapes.ts';

const TEXT = {
  cause: { zh: '原因', en: 'Cause' },
  explanation: { zh: '说明', en: 'Explanation' },
  explanationHint: { zh: '发生了什么、从何时到何时、如何得知（至少 5 个字）', en: 'What happened, from when to when, how you know (at least 5 characters)' },
  measures: { zh: '已采取或将采取的措施', en: 'Measures taken or planned' },
  materials: { zh: '证明材料', en: 'Supporting files' },
  marks: { zh: '有关的数据标记', en: 'Marks that belong to it' },
  noMarks: { zh: '这一时段没有标记。', en: 'No marks touch this period.' },
  toMarks: { zh: '去标记数据', en: 'Mark data' },
  send: { zh: '提交反馈', en: 'Send the answer' },
  required: { zh: '请填写', en: 'Required' },
  short: { zh: '至少 5 个字', en: 'at least 5 characters' },
  truth: { zh: '提交即表示所述属实；提交后不可修改，可以补充。', en: 'By sending you state that this is true; it cannot be changed, but may be added to.' },
} as const satisfies Record<string, Text>;

interface Values { cause: Cause; explanation: string; measures?: string; materials?: Material[]; marks?: string[] }

const DAY = 24 * 3_600_000;

function MarkChoice({ sheet, value = [], onChange }: { sheet: SheetPage; value?: string[]; onChange?: (value: string[]) => void }) {
  const { t } = useSpeech();
  const { data } = useMarks(sheet.outfall);
  const from = msOf(sheet.periodFrom) ?? 0;
  const to = msOf(sheet.periodTo) ?? from + DAY;
  const near = (data?.items ?? []).filter((mark) => (msOf(mark.to) ?? 0) >= from && (msOf(mark.from) ?? 0) <= to);
  if (near.length === 0) return <span>{t(TEXT.noMarks)} <Go to={`/marks?outfall=${sheet.outfall}`}>{t(TEXT.toMarks)}</Go></span>;
  return (
    <Checkbox.Group
      value={value} onChange={(next) => onChange?.(next.map(String))} style={{ display: 'flex', flexDirection: 'column', gap: 4 }}
      options={near.map((mark) => ({ value: mark.mark, label: `${t(mark.kindText)} ${formatTime(msOf(mark.from), false)} – ${formatTime(msOf(mark.to), false)}` }))}
    />
  );
}

/** The unit's answer to a reminder or a warning: cause, words, measures, files, marks. */
export function AnswerForm({ sheet }: { sheet: SheetPage }) {
  const { t } = useSpeech();
  const causes = useCauses();
  const [form] = Form.useForm<Values>();
  useHold(form);
  const send = useAct(t(TEXT.send), ({ cause, explanation, measures = '', materials = [], marks = [] }: Values) =>
    call('POST /api/unit/sheets/:sheetId/feedback', { params: { sheetId: sheet.sheetId }, body: { cause, explanation, measures, materials, marks } }), () => form.resetFields());
  const rules = [{ required: true, message: t(TEXT.required) }];
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => send.mutate(values)}>
      <Form.Item name="cause" label={t(TEXT.cause)} rules={rules}>
        <Select aria-label={t(TEXT.cause)} loading={causes.isPending} options={Object.entries(causes.data ?? {}).map(([value, words]) => ({ value, label: t(words) }))} />
      </Form.Item>
      <Form.Item name="explanation" label={t(TEXT.explanation)} rules={[...rules, { min: 5, message: t(TEXT.short) }]}>
        <Input.TextArea rows={4} maxLength={4000} placeholder={t(TEXT.explanationHint)} />
      </Form.Item>
      <Form.Item name="measures" label={t(TEXT.measures)}><Input.TextArea rows={2} maxLength={4000} /></Form.Item>
      <Form.Item name="marks" label={t(TEXT.marks)}><MarkChoice sheet={sheet} /></Form.Item>
      <MaterialsItem to="POST /api/unit/materials" label={t(TEXT.materials)} />
      {send.isError && <div style={{ marginBottom: 12 }}><ProblemAlert error={send.error} /></div>}
      <Button type="primary" size="large" htmlType="submit" loading={send.isPending}>{t(TEXT.send)}</Button>
      <p style={{ fontSize: 12, opacity: 0.85, marginBottom: 0 }}>{t(TEXT.truth)}</p>
    </Form>
  );
}
