import { closest } from './closest.ts';
import { checkExpression, MAX_STEPS, type Checked, type Scope } from './check-expression.ts';
import { readExpression } from './read-expression.ts';
import type { RuleBody } from './rule.ts';
import type { RuleProblem } from './syntax.ts';
import { HELPERS, isFactorCode, wordNamed, type ValueType } from './vocabulary.ts';
import { KNOWN_FACTORS } from '../models/parts/factors.ts';

/** A part of a text: words as they stand, or a value to be filled in. */
export type TextPart = { readonly kind: 'words'; readonly words: string } | { readonly kind: 'value'; readonly checked: Checked };

/** A rule whose every expression has been read and checked. */
export interface ReadRule {
  readonly body: RuleBody;
  readonly applies: Checked | undefined;
  readonly tiers: { readonly remind: Checked; readonly warn: Checked | undefined; readonly workOrder: Checked | undefined };
  readonly text: { readonly zh: readonly TextPart[]; readonly en: readonly TextPart[] };
  /** Hours back that any expression may look. */
  readonly reach: number;
}

export interface FieldProblem extends RuleProblem {
  /** Field of the form: `remind`, `text.zh`, `params` … */
  readonly field: string;
}

class Problems {
  readonly found: FieldProblem[] = [];
  add(field: string, problem: RuleProblem): undefined {
    this.found.push({ ...problem, field });
    return undefined;
  }
}

/** Reads and checks one expression; empty text is undefined where the field may stay empty. */
export function readField(text: string, scope: Scope, wanted: ValueType | undefined): { checked?: Checked; problem?: RuleProblem } {
  const read = readExpression(text);
  if (!read.ok) return { problem: read.problem };
  const checked = checkExpression(read.value, scope, wanted);
  return checked.ok ? { checked: checked.value } : { problem: checked.problem };
}

function expression(problems: Problems, field: string, text: string, scope: Scope): Checked | undefined {
  if (text.trim() === '') return undefined;
  const { checked, problem } = readField(text, scope, 'truth');
  if (problem !== undefined) problems.add(field, problem);
  return checked;
}

function textParts(problems: Problems, field: string, text: string, scope: Scope): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const found of text.matchAll(/\{([^{}]*)\}/gu)) {
    parts.push({ kind: 'words', words: text.slice(at, found.index) });
    const { checked, problem } = readField(found[1] ?? '', scope, undefined);
    if (problem !== undefined) problems.add(field, { ...problem, at: problem.at + found.index + 1 });
    if (checked !== undefined) parts.push({ kind: 'value', checked });
    at = found.index + found[0].length;
  }
  const rest = text.slice(at);
  const loose = rest.search(/[{}]/u);
  if (loose >= 0) problems.add(field, { at: at + loose, length: 1, zh: '花括号没有成对', en: 'a brace is not closed' });
  return [...parts, { kind: 'words', words: rest }];
}

const PARAM = /^[a-z][a-z0-9_]{0,31}$/u;

function checkNames(problems: Problems, body: RuleBody): void {
  for (const [name, value] of Object.entries(body.params)) {
    const taken = name === 'factor' || name === 'in' || name === 'true' || name === 'false' || name === 'last' || name === 'before'
      || wordNamed(name) !== undefined || HELPERS.some((one) => one.name === name);
    if (taken) problems.add('params', { at: 0, length: name.length, zh: `“${name}”已有含义，请换一个名称`, en: `“${name}” already has a meaning: choose another name` });
    else if (!PARAM.test(name)) problems.add('params', { at: 0, length: name.length, zh: `阈值名称“${name}”应为小写字母、数字和下划线`, en: `the name “${name}” must be lower-case letters, digits and underscores` });
    if (!Number.isFinite(value)) problems.add('params', { at: 0, length: name.length, zh: `阈值“${name}”不是数`, en: `“${name}” is not a number` });
  }
  for (const code of body.factors) {
    if (isFactorCode(code)) continue;
    const near = closest(code, KNOWN_FACTORS);
    problems.add('factors', { at: 0, length: code.length, zh: `没有因子代码“${code}”`, en: `no factor code “${code}”`, ...(near === undefined ? {} : { suggestion: near }) });
  }
}

function checkWords(problems: Problems, body: RuleBody): void {
  for (const field of ['title', 'text', 'purpose', 'advice'] as const) {
    for (const language of ['zh', 'en'] as const) {
      if (body[field][language].trim().length < 2) problems.add(`${field}.${language}`, { at: 0, length: 1, zh: '请填写', en: 'please fill this in' });
    }
  }
  if (body.media.length === 0) problems.add('media', { at: 0, length: 1, zh: '至少选择废气或废水', en: 'choose gas or water' });
}

/**
 * Reads every expression of a rule. All problems are found at once, each with its field and place, so that a form can
 * show them together.
 */
export function readRule(body: RuleBody): { readonly rule?: ReadRule; readonly problems: readonly FieldProblem[] } {
  const problems = new Problems();
  const scope: Scope = { perFactor: body.factors.length > 0, params: Object.keys(body.params) };
  checkNames(problems, body);
  checkWords(problems, body);
  const applies = expression(problems, 'applies', body.applies, scope);
  const remind = expression(problems, 'remind', body.remind, scope);
  const warn = expression(problems, 'warn', body.warn, scope);
  const workOrder = expression(problems, 'workOrder', body.workOrder, scope);
  if (body.remind.trim() === '') problems.add('remind', { at: 0, length: 1, zh: '提醒条件必须填写', en: 'the condition for a reminder is needed' });
  const text = { zh: textParts(problems, 'text.zh', body.text.zh, scope), en: textParts(problems, 'text.en', body.text.en, scope) };
  const steps = [applies, remind, warn, workOrder].reduce((sum, one) => sum + (one?.steps ?? 0), 0) * Math.max(1, body.factors.length);
  if (steps > MAX_STEPS) {
    problems.add('remind', { at: 0, length: 1, zh: `整条规则计算量过大：约 ${steps} 步，最多 ${MAX_STEPS} 步；请缩短时段或减少因子`, en: `the whole rule is too much work: about ${steps} steps, at most ${MAX_STEPS}; shorten windows or name fewer factors` });
  }
  if (remind === undefined || problems.found.length > 0) return { problems: problems.found };
  const reach = Math.max(0, ...[applies, remind, warn, workOrder].map((one) => one?.reach ?? 0));
  return { rule: { body, applies, tiers: { remind, warn, workOrder }, text, reach }, problems: [] };
}
