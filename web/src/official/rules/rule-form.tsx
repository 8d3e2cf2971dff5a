import { Button, Card, Checkbox, Flex, Input, InputNumber, Select } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { ExpressionField, Field } from './expression-field.tsx';
import type { RuleBody, RuleProblem, Vocabulary } from './rule-body.ts';

const TEXT = {
  who: { zh: '归属与范围', en: 'Owner and scope' },
  titleZh: { zh: '名称（中文）', en: 'Name (Chinese)' }, titleEn: { zh: '名称（英文）', en: 'Name (English)' },
  department: { zh: '归口部门', en: 'Department' }, family: { zh: '证据来源', en: 'Kind of evidence' }, trigger: { zh: '何时判断', en: 'When it judges' },
  media: { zh: '废气或废水', en: 'Gas or water' }, gas: { zh: '废气', en: 'gas' }, water: { zh: '废水', en: 'water' },
  factors: { zh: '逐个判断的因子', en: 'Factors judged one by one' }, factorsHint: { zh: '留空则每个排放口判断一次', en: 'empty: once per outfall' },
  conditions: { zh: '条件', en: 'Conditions' },
  applies: { zh: '适用条件', en: 'Where it applies' }, always: { zh: '留空为始终适用', en: 'empty: always' },
  remind: { zh: '提醒（3级）', en: 'Reminder (tier 3)' }, warn: { zh: '警告（2级）', en: 'Warning (tier 2)' }, workOrder: { zh: '工单（1级）', en: 'Work order (tier 1)' }, none: { zh: '可留空', en: 'may stay empty' },
  alone: { zh: '法定事实，可单独开工单（否则须另一类来源佐证）', en: 'a fact of law: may open a work order alone (otherwise evidence of another kind is needed)' },
  excused: { zh: '有下列情形的不提出', en: 'Not raised under these reasons' },
  params: { zh: '阈值', en: 'Thresholds' }, paramName: { zh: '阈值名称 {n}', en: 'Name of threshold {n}' }, paramValue: { zh: '阈值 {n} 的值', en: 'Value of threshold {n}' }, add: { zh: '增加阈值', en: 'Add a threshold' }, remove: { zh: '删除 {name}', en: 'Remove {name}' },
  words: { zh: '文字', en: 'Words' },
  textZh: { zh: '说明文字（中文）', en: 'Text (Chinese)' }, textEn: { zh: '说明文字（英文）', en: 'Text (English)' }, braces: { zh: '花括号内写表达式，如 {zs(factor)}', en: 'expressions in braces, such as {zs(factor)}' },
  purposeZh: { zh: '目的（中文）', en: 'Purpose (Chinese)' }, purposeEn: { zh: '目的（英文）', en: 'Purpose (English)' },
  adviceZh: { zh: '处置要求（中文）', en: 'Handling (Chinese)' }, adviceEn: { zh: '处置要求（英文）', en: 'Handling (English)' },
  hooks: { zh: '法律指向', en: 'Legal hooks' },
} as const satisfies Record<string, Text>;

export type ExpressionName = 'applies' | 'remind' | 'warn' | 'workOrder';

interface Props {
  readonly rule: RuleBody;
  readonly vocabulary: Vocabulary;
  readonly problems: readonly RuleProblem[];
  change(part: Partial<RuleBody>): void;
  focus(field: ExpressionName): void;
}

const HOOKS = Array.from({ length: 12 }, (_, i) => ({ value: `H${i + 1}`, label: `H${i + 1}` }));

function Choice<K extends string>({ label, value, options, onChange }: { label: string; value: K; options: readonly (Text & { key: string })[]; onChange(key: K): void }) {
  const { t } = useSpeech();
  return (
    <Field label={label} problems={[]}>
      {(id) => <Select id={id} aria-label={label} style={{ width: '100%' }} value={value} options={options.map((one) => ({ value: one.key as K, label: t(one) }))} onChange={onChange} />}
    </Field>
  );
}

function Scope({ rule, vocabulary, problems, change }: Props) {
  const { t } = useSpeech();
  const of = (field: string) => problems.filter((one) => one.field === field);
  return (
    <Card size="small" title={t(TEXT.who)}>
      <div className="facts">
        {(['zh', 'en'] as const).map((language) => (
          <Field key={language} label={t(language === 'zh' ? TEXT.titleZh : TEXT.titleEn)} problems={of(`title.${language}`)}>
            {(id, described) => <Input id={id} aria-describedby={described} value={rule.title[language]} maxLength={40} onChange={(event) => change({ title: { ...rule.title, [language]: event.target.value } })} />}
          </Field>
        ))}
        <Choice label={t(TEXT.department)} value={rule.department} options={vocabulary.departments} onChange={(department) => change({ department })} />
        <Choice label={t(TEXT.family)} value={rule.family} options={vocabulary.families} onChange={(family) => change({ family })} />
        <Choice label={t(TEXT.trigger)} value={rule.trigger} options={vocabulary.triggers} onChange={(trigger) => change({ trigger })} />
        <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
          <legend style={{ marginBottom: 4, padding: 0 }}>{t(TEXT.media)}</legend>
          <Checkbox.Group value={[...rule.media]} options={(['gas', 'water'] as const).map((value) => ({ value, label: t(TEXT[value]) }))} onChange={(media) => change({ media })} />
          {of('media').map((one) => <div key={one.en} role="alert" style={{ color: 'var(--ink-FAIL)' }}>✗ {t(one)}</div>)}
        </fieldset>
      </div>
      <Field label={t(TEXT.factors)} hint={t(TEXT.factorsHint)} problems={of('factors')}>
        {(id) => <Select id={id} aria-label={t(TEXT.factors)} mode="multiple" style={{ width: '100%' }} value={rule.factors} options={vocabulary.factors.map((one) => ({ value: one.key, label: `${t(one)} ${one.key}` }))} onChange={(factors) => change({ factors })} />}
      </Field>
    </Card>
  );
}

function Thresholds({ rule, problems, change }: Props) {
  const { t } = useSpeech();
  const entries = Object.entries(rule.params);
  const set = (next: readonly (readonly [string, number])[]) => change({ params: Object.fromEntries(next) });
  return (
    <fieldset style={{ border: 0, margin: '0 0 12px', padding: 0 }}>
      <legend style={{ padding: 0, marginBottom: 4 }}>{t(TEXT.params)}</legend>
      {entries.map(([name, value], i) => (
        <Flex key={i} gap={8} style={{ marginBottom: 4 }} align="center">
          <Input aria-label={t(TEXT.paramName, { n: i + 1 })} value={name} style={{ maxWidth: 180 }} maxLength={32} onChange={(event) => set(entries.map((one, j) => (j === i ? [event.target.value, value] : one)))} />
          <InputNumber aria-label={t(TEXT.paramValue, { n: i + 1 })} value={value} onChange={(next) => set(entries.map((one, j) => (j === i ? [name, next ?? 0] : one)))} />
          <Button size="small" aria-label={t(TEXT.remove, { name })} onClick={() => set(entries.filter((_, j) => j !== i))}>×</Button>
        </Flex>
      ))}
      <Button size="small" onClick={() => set([...entries, [`threshold_${entries.length + 1}`, 0]])}>{t(TEXT.add)}</Button>
      {problems.filter((one) => one.field === 'params').map((one) => <div key={one.en} role="alert" style={{ color: 'var(--ink-FAIL)' }}>✗ {t(one)}</div>)}
    </fieldset>
  );
}

function Conditions(props: Props) {
  const { rule, vocabulary, problems, change, focus } = props;
  const { t } = useSpeech();
  const hint = { applies: t(TEXT.always), remind: '', warn: t(TEXT.none), workOrder: t(TEXT.none) };
  return (
    <Card size="small" title={t(TEXT.conditions)}>
      {(['applies', 'remind', 'warn', 'workOrder'] as const).map((field) => (
        <ExpressionField key={field} label={t(TEXT[field])} hint={hint[field]} value={rule[field]} problems={problems.filter((one) => one.field === field)} onChange={(text) => change({ [field]: text })} onFocus={() => focus(field)} />
      ))}
      <Thresholds {...props} />
      <Field label={t(TEXT.excused)} problems={[]}>
        {(id) => <Select id={id} aria-label={t(TEXT.excused)} mode="multiple" style={{ width: '100%' }} value={rule.excusedBy} options={vocabulary.excuses.map((one) => ({ value: one.key as RuleBody['excusedBy'][number], label: t(one) }))} onChange={(excusedBy) => change({ excusedBy })} />}
      </Field>
      <Checkbox checked={rule.standsAlone} onChange={(event) => change({ standsAlone: event.target.checked })}>{t(TEXT.alone)}</Checkbox>
    </Card>
  );
}

function Words({ rule, problems, change }: Props) {
  const { t } = useSpeech();
  const labels = { text: [TEXT.textZh, TEXT.textEn], purpose: [TEXT.purposeZh, TEXT.purposeEn], advice: [TEXT.adviceZh, TEXT.adviceEn] } as const;
  return (
    <Card size="small" title={t(TEXT.words)}>
      {(['text', 'purpose', 'advice'] as const).flatMap((field) => (['zh', 'en'] as const).map((language, i) => (
        <Field key={`${field}${language}`} label={t(labels[field][i] as Text)} {...(field === 'text' ? { hint: t(TEXT.braces) } : {})} problems={problems.filter((one) => one.field === `${field}.${language}`)}>
          {(id, described) => <Input.TextArea id={id} aria-describedby={described} autoSize={{ minRows: 1, maxRows: 4 }} maxLength={400} value={rule[field][language]} onChange={(event) => change({ [field]: { ...rule[field], [language]: event.target.value } })} />}
        </Field>
      )))}
      <Field label={t(TEXT.hooks)} problems={problems.filter((one) => one.field === 'legalHooks')}>
        {(id) => <Select id={id} aria-label={t(TEXT.hooks)} mode="multiple" style={{ width: '100%' }} value={rule.legalHooks} options={HOOKS} onChange={(legalHooks) => change({ legalHooks })} />}
      </Field>
    </Card>
  );
}

/** A rule as a form; everything is checked while it is written. */
export function RuleForm(props: Props) {
  return <Flex vertical gap={12} style={{ minWidth: 0 }}><Scope {...props} /><Conditions {...props} /><Words {...props} /></Flex>;
}
