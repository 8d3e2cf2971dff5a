import { Button, Input } from 'antd';
import { useId, type ReactNode } from 'react';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import type { RuleProblem } from './rule-body.ts';

const TEXT = {
  at: { zh: '第 {n} 个字符：{what}', en: 'character {n}: {what}' },
  use: { zh: '改为 {word}', en: 'use {word}' },
} as const satisfies Record<string, Text>;

/** A label above a control, with what is wrong below it. */
export function Field({ label, hint, problems, children }: { label: string; hint?: string; problems: readonly RuleProblem[]; children: (id: string, described: string | undefined) => ReactNode }) {
  const { t } = useSpeech();
  const id = useId();
  const described = problems.length > 0 ? `${id}p` : undefined;
  return (
    <div style={{ marginBottom: 12, minWidth: 0 }}>
      <label htmlFor={id} style={{ display: 'block', marginBottom: 4 }}>{label}{hint !== undefined && <span style={{ opacity: 0.72, fontSize: 12 }}>　{hint}</span>}</label>
      {children(id, described)}
      {described !== undefined && <div id={described} role="alert">{problems.map((one) => <div key={`${one.at}${one.en}`} style={{ color: 'var(--ink-FAIL)' }}>✗ {t(one)}</div>)}</div>}
    </div>
  );
}

/** Puts the suggested word in the place of the wrong one. */
export const repaired = (text: string, problem: RuleProblem): string =>
  problem.suggestion === null ? text : text.slice(0, problem.at) + quotedLike(text, problem) + text.slice(problem.at + problem.length);

/** Words of a closed list stand in quotation marks; the problem covers them too. */
const quotedLike = (text: string, { at, suggestion }: RuleProblem): string => {
  const mark = text.charAt(at);
  return mark === '"' || mark === "'" ? `${mark}${suggestion ?? ''}${mark}` : (suggestion ?? '');
};

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly problems: readonly RuleProblem[];
  onChange(text: string): void;
  onFocus?(): void;
}

/** An expression with its problem shown at its place, and a button that puts in what was probably meant. */
export function ExpressionField({ label, hint, value, problems, onChange, onFocus }: Props) {
  const { t } = useSpeech();
  const id = useId();
  const [first] = problems;
  return (
    <div style={{ marginBottom: 12, minWidth: 0 }}>
      <label htmlFor={id} style={{ display: 'block', marginBottom: 4 }}>{label}{hint !== undefined && <span style={{ opacity: 0.72, fontSize: 12 }}>　{hint}</span>}</label>
      <Input.TextArea
        id={id} value={value} autoSize={{ minRows: 1, maxRows: 6 }} maxLength={2000} spellCheck={false} status={first === undefined ? '' : 'error'} aria-invalid={first !== undefined}
        {...(first === undefined ? {} : { 'aria-describedby': `${id}p` })} style={{ fontFamily: 'ui-monospace, Menlo, Consolas, monospace' }}
        onChange={(event) => onChange(event.target.value)} {...(onFocus === undefined ? {} : { onFocus })}
      />
      {first !== undefined && (
        <div id={`${id}p`} role="alert" style={{ color: 'var(--ink-FAIL)' }}>
          <pre className="frame-text" aria-hidden>{value.slice(Math.max(0, first.at - 24), first.at)}<mark>{value.slice(first.at, first.at + first.length) || '▁'}</mark>{value.slice(first.at + first.length, first.at + first.length + 24)}</pre>
          ✗ {t(TEXT.at, { n: first.at + 1, what: t(first) })}{' '}
          {first.suggestion !== null && <Button size="small" onClick={() => onChange(repaired(value, first))}>{t(TEXT.use, { word: first.suggestion })}</Button>}
        </div>
      )}
    </div>
  );
}
