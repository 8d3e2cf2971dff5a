import { Button, Checkbox, DatePicker, Form, Input, InputNumber, Popconfirm, Radio, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import type { KeyboardEvent, ReactNode } from 'react';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useHold } from '../../shared/leaving.ts';
import { MaterialsItem } from '../../shared/materials.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { useAct } from '../parts/act.tsx';
import { ask, type CasePage, type Material } from '../shapes.ts';

const TEXT = {
  required: { zh: '请填写', en: 'Required' },
  point: { zh: '第 {n} 点意见', en: 'Point {n}' },
  proof: { zh: '依据或材料说明', en: 'What supports it' },
  addPoint: { zh: '+ 再加一点', en: '+ One more point' },
  reason: { zh: '理由', en: 'Reason' },
  signer: { zh: '签署人', en: 'Signer' },
  statement: { zh: '说明（可不填）', en: 'Remarks (optional)' },
  waives: { zh: '本声明放弃：{rights}。', en: 'This gives up the right {rights}.' },
  authorisation: { zh: '授权委托书（签署人不是法定代表人的，须附）', en: 'Authorisation (wanted where the signer is not the legal representative)' },
  sureWaive: { zh: '放弃后不能反悔，案件将直接进入下一步。', en: 'It cannot be undone; the case goes on at once.' },
  amount: { zh: '缴款金额（元）', en: 'Amount paid (yuan)' },
  paidOn: { zh: '缴款日期', en: 'Day of payment' },
  voucher: { zh: '票据或流水号', en: 'Voucher or transaction number' },
  measures: { zh: '整改措施与结果', en: 'Measures and their result' },
  completedOn: { zh: '完成日期', en: 'Day of completion' },
  untilDay: { zh: '希望延至', en: 'Until' },
  files: { zh: '证明材料', en: 'Supporting files' },
  defence: { zh: '陈述、申辩意见', en: 'Statement and defence' },
  question: { zh: '对检查、审核、处罚的疑问', en: 'Question about inspection, review or penalty' },
  plan: { zh: '整改方案', en: 'Correction plan' },
  publishedAt: { zh: '向社会公开的网址或者地点', en: 'Where it is published' },
  monitoringReport: { zh: '监测报告编号', en: 'Number of the monitoring report' },
  completion: { zh: '整改任务完成情况', en: 'How the correction was completed' },
  result: { zh: '监测（检测）结果', en: 'Result of the test' },
  officer: { zh: '申请回避的执法人员', en: 'The officer who is to stand aside' },
  position: { zh: '本单位', en: 'The unit' },
  objects: { zh: '有异议', en: 'objects' },
  accepts: { zh: '无异议', en: 'does not object' },
  asksRetest: { zh: '要求重新监测', en: 'asks for the test to be made again' },
  why: { zh: '意见和理由', en: 'What you say and why' },
  repair: { zh: '修复情况', en: 'The repair' },
} as const satisfies Record<string, Text>;

type Act = NonNullable<Routes['POST /api/cases/:id/acts']['body']>;
interface Values {
  officerId?: string; points?: { point: string; proof?: string }[]; reason?: string; signer?: string; statement?: string;
  samplingId?: string; objects?: boolean; asksRetest?: boolean; amount?: number; paidOn?: Dayjs; voucher?: string; measures?: string; completedOn?: Dayjs; untilDay?: Dayjs; proof?: Material[]; support?: string; plan?: string; publishedAt?: string; monitoringReport?: string;
}
interface RightForm {
  /** What the form hands over, as the act the platform knows. */
  readonly act: (v: Values) => Act;
  readonly fields: (page: CasePage) => ReactNode;
  readonly irreversible?: Text;
}

const day = (value: Dayjs | undefined): string => value?.format('YYYY-MM-DD') ?? '';

function Field({ name, label, children, value }: { name: string; label: Text; children: ReactNode; value?: unknown }) {
  const { t } = useSpeech();
  return <Form.Item name={name} label={t(label)} initialValue={value} rules={[{ required: true, message: t(TEXT.required) }]}>{children}</Form.Item>;
}

function Points() {
  const { t } = useSpeech();
  return (
    <Form.List name="points" initialValue={[{ point: '' }]}>
      {(fields, { add }) => (
        <>
          {fields.map((field, i) => (
            <div key={field.key}>
              <Form.Item name={[field.name, 'point']} label={t(TEXT.point, { n: i + 1 })} rules={[{ required: true, message: t(TEXT.required) }]}><Input.TextArea rows={3} maxLength={5000} /></Form.Item>
              <Form.Item name={[field.name, 'proof']} label={t(TEXT.proof)}><Input maxLength={1000} /></Form.Item>
            </div>
          ))}
          {fields.length < 30 && <div><Button type="dashed" onClick={() => add({ point: '' })} style={{ marginBottom: 16 }}>{t(TEXT.addPoint)}</Button></div>}
        </>
      )}
    </Form.List>
  );
}

function Waiver({ page }: { page: CasePage }) {
  const { t, language } = useSpeech();
  return (
    <>
      <p>{t(TEXT.waives, { rights: page.unused.map((right) => right[language]).join(language === 'zh' ? '和' : ' and ') })}</p>
      <Field name="signer" label={TEXT.signer}><Input maxLength={300} /></Field>
      <Form.Item name="statement" label={t(TEXT.statement)}><Input.TextArea rows={3} maxLength={5000} /></Form.Item>
      <Files label={TEXT.authorisation} />
    </>
  );
}

const reasonOnly = () => <Field name="reason" label={TEXT.reason}><Input.TextArea rows={4} maxLength={5000} /></Field>;

const stated = (v: Values) => ({ statement: v.statement ?? '', proof: v.support ?? '' });
const statement = () => <><Field name="statement" label={TEXT.defence}><Input.TextArea rows={4} maxLength={5000} /></Field><Support /></>;

/** What each of the unit's acts asks for; an act without a form here is not offered. */
export const RIGHT_FORMS: Readonly<Record<string, RightForm>> = {
  SUBMIT_DEFENCE: { act: (v) => ({ kind: 'SUBMIT_DEFENCE', points: (v.points ?? []).map(({ point, proof = '' }) => ({ point, proof })) }), fields: () => <Points /> },
  REQUEST_HEARING: { act: (v) => ({ kind: 'REQUEST_HEARING', reason: v.reason ?? '' }), fields: reasonOnly },
  REQUEST_POSTPONEMENT: { act: (v) => ({ kind: 'REQUEST_POSTPONEMENT', reason: v.reason ?? '', proof: v.support ?? '' }), fields: () => <>{reasonOnly()}<Support /></> },
  ASK_HOST_RECUSAL: { act: (v) => ({ kind: 'ASK_HOST_RECUSAL', reason: v.reason ?? '' }), fields: reasonOnly },
  ASK_QUESTION: { act: (v) => ({ kind: 'ASK_QUESTION', question: v.statement ?? '' }), fields: () => <Field name="statement" label={TEXT.question}><Input.TextArea rows={4} maxLength={5000} /></Field> },
  COMMENT_ON_RESULT: {
    act: (v) => ({ kind: 'COMMENT_ON_RESULT', samplingId: v.samplingId ?? '', objects: v.objects ?? false, asksRetest: v.objects === true && v.asksRetest === true, statement: v.statement ?? '' }),
    fields: (page) => <ResultComment page={page} />,
  },
  ASK_OFFICER_RECUSAL: {
    act: (v) => ({ kind: 'ASK_OFFICER_RECUSAL', officerId: v.officerId ?? '', reason: v.reason ?? '' }),
    fields: (page) => <><Field name="officerId" label={TEXT.officer}><Select options={page.officers.map((one) => ({ value: one.accountId, label: one.name }))} /></Field>{reasonOnly()}</>,
  },
  WITHDRAW_HEARING: { act: (v) => ({ kind: 'WITHDRAW_HEARING', reason: v.reason ?? '' }), fields: reasonOnly },
  WAIVE_RIGHTS: { act: (v) => ({ kind: 'WAIVE_RIGHTS', signer: v.signer ?? '', statement: v.statement ?? '', proof: v.proof ?? [] }), fields: (page) => <Waiver page={page} />, irreversible: TEXT.sureWaive },
  REQUEST_RELEASE: { act: (v) => ({ kind: 'REQUEST_RELEASE', reason: v.reason ?? '' }), fields: reasonOnly },
  REQUEST_DAILY_HEARING: { act: (v) => ({ kind: 'REQUEST_DAILY_HEARING', reason: v.reason ?? '' }), fields: reasonOnly },
  DEFEND_AGAINST_DAILY: { act: (v) => ({ kind: 'DEFEND_AGAINST_DAILY', ...stated(v) }), fields: statement },
  STATE_AGAINST_DEMAND: { act: (v) => ({ kind: 'STATE_AGAINST_DEMAND', ...stated(v) }), fields: statement },
  STATE_AGAINST_DAILY_DEMAND: { act: (v) => ({ kind: 'STATE_AGAINST_DAILY_DEMAND', ...stated(v) }), fields: statement },
  STATE_AGAINST_CORRECTION_DEMAND: { act: (v) => ({ kind: 'STATE_AGAINST_CORRECTION_DEMAND', ...stated(v) }), fields: statement },
  FILE_PLAN: {
    act: (v) => ({ kind: 'FILE_PLAN', plan: v.plan ?? '', publishedAt: v.publishedAt ?? '', proof: v.proof ?? [] }),
    fields: () => (
      <>
        <Field name="plan" label={TEXT.plan}><Input.TextArea rows={5} maxLength={5000} /></Field>
        <Field name="publishedAt" label={TEXT.publishedAt}><Input maxLength={300} /></Field>
        <Files />
      </>
    ),
  },
  REPORT_COMPLETION: {
    act: (v) => ({ kind: 'REPORT_COMPLETION', completedOn: day(v.completedOn), measures: v.measures ?? '', monitoringReport: v.monitoringReport ?? '', proof: v.proof ?? [] }),
    fields: () => (
      <>
        <Field name="measures" label={TEXT.measures}><Input.TextArea rows={5} maxLength={5000} /></Field>
        <Field name="completedOn" label={TEXT.completedOn}><DatePicker allowClear={false} style={{ width: '100%' }} /></Field>
        <Field name="monitoringReport" label={TEXT.monitoringReport}><Input maxLength={300} /></Field>
        <Files />
      </>
    ),
  },
  FILE_COMPLETION: {
    act: (v) => ({ kind: 'FILE_COMPLETION', statement: v.statement ?? '', publishedAt: v.publishedAt ?? '' }),
    fields: () => (
      <>
        <Field name="statement" label={TEXT.completion}><Input.TextArea rows={4} maxLength={5000} /></Field>
        <Field name="publishedAt" label={TEXT.publishedAt}><Input maxLength={300} /></Field>
      </>
    ),
  },
  REPORT_REPAIR: {
    act: (v) => ({ kind: 'REPORT_REPAIR', measures: v.measures ?? '', completedOn: day(v.completedOn) }),
    fields: () => (
      <>
        <Field name="measures" label={TEXT.repair}><Input.TextArea rows={5} maxLength={5000} /></Field>
        <Field name="completedOn" label={TEXT.completedOn}><DatePicker allowClear={false} style={{ width: '100%' }} /></Field>
      </>
    ),
  },
  REPORT_PAYMENT: {
    act: (v) => ({ kind: 'REPORT_PAYMENT', amount: v.amount ?? 0, paidOn: day(v.paidOn), voucher: v.voucher ?? '' }),
    fields: ({ amount, paid }) => (
      <>
        <Field name="amount" label={TEXT.amount} value={amount === null ? undefined : amount - paid}><InputNumber min={1} precision={0} style={{ width: '100%' }} /></Field>
        <Field name="paidOn" label={TEXT.paidOn}><DatePicker allowClear={false} style={{ width: '100%' }} /></Field>
        <Field name="voucher" label={TEXT.voucher}><Input maxLength={300} /></Field>
      </>
    ),
  },
  REQUEST_INSTALMENTS: {
    act: (v) => ({ kind: 'REQUEST_INSTALMENTS', untilDay: day(v.untilDay), reason: v.reason ?? '' }),
    fields: () => <><Field name="untilDay" label={TEXT.untilDay}><DatePicker allowClear={false} style={{ width: '100%' }} /></Field>{reasonOnly()}</>,
  },
  REQUEST_DAILY_INSTALMENTS: {
    act: (v) => ({ kind: 'REQUEST_DAILY_INSTALMENTS', untilDay: day(v.untilDay), reason: v.reason ?? '' }),
    fields: () => <><Field name="untilDay" label={TEXT.untilDay}><DatePicker allowClear={false} style={{ width: '100%' }} /></Field>{reasonOnly()}</>,
  },
  REPORT_RECTIFICATION: {
    act: (v) => ({ kind: 'REPORT_RECTIFICATION', measures: v.measures ?? '', completedOn: day(v.completedOn), proof: v.proof ?? [] }),
    fields: () => (
      <>
        <Field name="measures" label={TEXT.measures}><Input.TextArea rows={5} maxLength={5000} /></Field>
        <Field name="completedOn" label={TEXT.completedOn}><DatePicker allowClear={false} style={{ width: '100%' }} /></Field>
        <Files />
      </>
    ),
  },
};

function ResultComment({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const open = page.results.filter((one) => one.open);
  const objects = Form.useWatch<boolean | undefined>('objects');
  return (
    <>
      <Field name="samplingId" label={TEXT.result} value={open[0]?.samplingId}><Select options={open.map((one) => ({ value: one.samplingId, label: `${one.taken} ${one.reportNo}` }))} /></Field>
      <Field name="objects" label={TEXT.position}><Radio.Group options={[{ value: true, label: t(TEXT.objects) }, { value: false, label: t(TEXT.accepts) }]} /></Field>
      {objects === true && <Form.Item name="asksRetest" valuePropName="checked"><Checkbox>{t(TEXT.asksRetest)}</Checkbox></Form.Item>}
      <Field name="statement" label={TEXT.why}><Input.TextArea rows={3} maxLength={5000} /></Field>
    </>
  );
}

function Support() {
  const { t } = useSpeech();
  return <Form.Item name="support" label={t(TEXT.proof)}><Input maxLength={1000} /></Form.Item>;
}

function Files({ label = TEXT.files }: { label?: Text }) {
  const { t } = useSpeech();
  return <MaterialsItem to="POST /api/unit/materials" name="proof" label={t(label)} />;
}

/** The Enter that ends a date or a number must not send what is not yet complete: an act with legal effect is taken by its button. */
function onlyByButton(event: KeyboardEvent): void {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
}

/** One act of the unit on its case; a refusal stays beside the form with the article it rests on. */
export function RightAct({ page, command, label }: { page: CasePage; command: string; label: string }) {
  const { t } = useSpeech();
  const [form] = Form.useForm<Values>();
  useHold(form);
  const entry = RIGHT_FORMS[command];
  const send = useAct(label, (body: Act) => ask('POST /api/cases/:id/acts', { params: { id: page.caseId }, body }), () => form.resetFields());
  if (entry === undefined) return null;
  return (
    <Form form={form} layout="vertical" requiredMark={false} onKeyDown={onlyByButton} onFinish={(values) => send.mutate(entry.act(values))}>
      {entry.fields(page)}
      {send.isError && <div style={{ marginBottom: 12 }}><ProblemAlert error={send.error} /></div>}
      {entry.irreversible === undefined
        ? <Button type="primary" htmlType="submit" loading={send.isPending}>{label}</Button>
        : <Popconfirm title={label} description={t(entry.irreversible)} onConfirm={() => form.submit()}><Button loading={send.isPending}>{label}</Button></Popconfirm>}
    </Form>
  );
}
