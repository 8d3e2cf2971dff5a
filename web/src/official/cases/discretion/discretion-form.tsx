import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Form, Input, Radio, Select, Typography } from 'antd';
import type { Routes } from '../../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../../shared/i18n.tsx';
import { ProblemAlert } from '../../../shared/sign-in.tsx';
import { useMoney } from '../../parts/money.ts';
import { VerifiedTag } from '../../parts/tags.tsx';
import { ask, type CasePage } from '../../shapes.ts';
import type { LawView } from './law-shapes.ts';
import { LikeCasesCard } from './like-cases.tsx';
import { TraceSteps } from './trace.tsx';

const TEXT = {
  basis: { zh: '处罚依据', en: 'Legal basis' },
  reason: { zh: '适用该法律的理由', en: 'Why this law applies' },
  broken: { zh: '违反的条文（法规数据未载明，由承办人写明）', en: 'Provision broken (the data of law give none: the officer names it)' },
  brokenSource: { zh: '该条文的出处', en: 'Where its text stands' },
  range: { zh: '{min} – {max}', en: '{min} – {max}' },
  choose: { zh: '两部法律都可能适用，由人选择并写明理由：{reason}', en: 'Two laws touch the act; a person chooses and says why: {reason}' },
  none: { zh: '本违法类型没有裁量基准', en: 'There is no discretion table for this violation' },
  preview: { zh: '计算结果', en: 'Result' },
  further: { zh: '另一项违法行为', en: 'A further violation' },
  answer: { zh: '逐项选择裁量因子后显示计算过程', en: 'Answer every factor to see the calculation' },
} as const satisfies Record<string, Text>;

type Grades = Record<string, string | undefined>;
type Name = readonly (string | number)[];
type Body = Routes['POST /api/cases/:id/discretion-preview']['body'];

/** One violation: its legal basis and grades; the sum and each of its steps are computed by the server while one chooses. */
function OneViolation({ page, law, name, further }: { page: CasePage; law: LawView | null; name: Name; further: boolean }) {
  const { t } = useSpeech();
  const yuan = useMoney();
  const form = Form.useFormInstance();
  const basisId: string | undefined = Form.useWatch([...name, 'basisId'], form);
  const grades: Grades | undefined = Form.useWatch([...name, 'grades'], form);
  const factors = law?.table?.factors ?? [];
  const chosen = Object.fromEntries(Object.entries(grades ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined));
  const complete = basisId !== undefined && factors.length > 0 && factors.every((factor) => chosen[factor.id] !== undefined);
  const of = further && law !== null ? { violation: law.violation as NonNullable<Body['violation']> } : {};
  const preview = useQuery({
    queryKey: ['discretion', page.state.caseId, law?.violation, basisId, chosen], enabled: complete, retry: false,
    queryFn: () => ask('POST /api/cases/:id/discretion-preview', { params: { id: page.state.caseId }, body: { ...of, basisId: basisId ?? '', grades: chosen } }),
  });
  if (!law?.table) return <Alert type="warning" showIcon title={t(TEXT.none)} />;
  return (
    <>
      {law.choiceRequired && <Alert type="info" showIcon style={{ marginBottom: 12 }} title={t(TEXT.choose, { reason: law.reason })} />}
      {further && <Form.Item name={[...name, 'violation']} initialValue={law.violation} hidden><Input /></Form.Item>}
      <Form.Item name={[...name, 'basisId']} label={t(TEXT.basis)} rules={[{ required: true }]} initialValue={law.reported ?? (law.candidates.length === 1 ? law.candidates[0]?.id : undefined)}>
        <Select options={law.candidates.map((one) => ({ value: one.id, label: `${one.instrument}${one.article} ${one.min === null ? '' : t(TEXT.range, { min: yuan(one.min), max: yuan(one.max) })}` }))} />
      </Form.Item>
      <Form.Item name={[...name, 'basisReason']} label={t(TEXT.reason)} rules={[{ required: law.choiceRequired || (law.reported !== null && basisId !== undefined && basisId !== law.reported) }]} initialValue=""><Input.TextArea rows={2} maxLength={5000} /></Form.Item>
      {!further && law.candidates.some((one) => one.id === basisId && !one.brokenKnown) && (
        <>
          <Form.Item name={[...name, 'brokenArticle']} label={t(TEXT.broken)} initialValue={page.state.namedProvision?.article}><Input maxLength={300} /></Form.Item>
          <Form.Item name={[...name, 'brokenSource']} label={t(TEXT.brokenSource)} initialValue={page.state.namedProvision?.source}><Input maxLength={300} /></Form.Item>
        </>
      )}
      <Typography.Paragraph title={`${law.table.id}@${law.table.version}`}>{t(law.table.title)} <VerifiedTag verified={law.table.verified} /></Typography.Paragraph>
      {factors.map((factor) => ({ factor, known: law.computed.find((one) => one.factor === factor.id) })).map(({ factor, known }) => (
        <Form.Item key={factor.id} name={[...name, 'grades', factor.id]} label={t(factor.title)} rules={[{ required: true }]} {...(known === undefined ? {} : { initialValue: known.grade, extra: t(known) })}>
          <Radio.Group style={{ display: 'flex', flexWrap: 'wrap', gap: '2px 12px' }} options={factor.grades.map((grade) => ({ value: grade.id, label: `${t(grade.title)}（${grade.percent}%）`, disabled: known?.refused.includes(grade.id) === true }))} />
        </Form.Item>
      ))}
      <Typography.Title level={3} style={{ fontSize: 15 }}>{t(TEXT.preview)}</Typography.Title>
      {preview.isError ? <ProblemAlert error={preview.error} /> : preview.data ? <TraceSteps trace={preview.data} /> : <Typography.Text type="secondary">{t(TEXT.answer)}</Typography.Text>}
      {!further && <LikeCasesCard caseId={page.state.caseId} grades={chosen} amount={preview.data?.amount} />}
    </>
  );
}

/** Each violation of the case is weighed by itself; the sums are added in the decision. */
export function DiscretionForm({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  return (
    <>
      <OneViolation page={page} law={page.law} name={[]} further={false} />
      {page.furtherLaw.map((law, i) => (
        <Card key={law?.violation ?? i} size="small" style={{ marginTop: 12 }} title={law === null ? t(TEXT.further) : `${t(TEXT.further)} · ${t(law.title)}`}>
          <OneViolation page={page} law={law} name={['further', i]} further />
        </Card>
      ))}
    </>
  );
}
