import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '#kernel';
import { at as instantAt, COD, NOX, World } from '../models/testing/world.ts';
import { checkExpression, MAX_STEPS, type Scope } from './check-expression.ts';
import { evaluate, newRun, TooManySteps } from './evaluate-expression.ts';
import { readExpression } from './read-expression.ts';
import { readField } from './read-rule.ts';
import { MAX_DEPTH, MAX_LENGTH } from './syntax.ts';
import { HELPERS, STATISTICS, VOCABULARY, type Value, type ValueType } from './vocabulary.ts';

const NOW = instantAt(3, 12) + 5 * 60_000;
const ctx = new World('gas', 4, 5).contextAt(NOW);
const START = instantAt(3, 11);
const scope: Scope = { perFactor: true, params: ['share'] };

function value(text: string, wanted?: ValueType): Value {
  const { checked, problem } = readField(text, scope, wanted);
  if (checked === undefined) throw new Error(problem?.en);
  return evaluate(newRun(ctx, START, NOX, { share: 0.9 }), START, checked.node);
}
const problemOf = (text: string) => readField(text, scope, 'truth').problem;

describe('规则语言 the language of rules', () => {
  it('reckons in decimals, with the precedence of the Common Expression Language', () => {
    for (const text of ['0.1 + 0.2 == 0.3', '1 + 2 * 3 == 7', '(1 + 2) * 3 == 9', '-2 * -3 == 6', '7 % 4 == 3', '1 / 3 * 3 > 0.9999', 'true || false && false', '!false && 2 > 1', '2 in [1, 2]', '1 < 2 ? true : false']) {
      expect(value(text), text).toBe(true);
    }
    expect(value('round(2.345, 2) == 2.34 && round(2.355, 2) == 2.36')).toBe(true);
    expect(value('share * 50')).toEqual(new Decimal(45));
  });

  it('[JS-10.1] refuses an unknown name with its place and what was probably meant', () => {
    expect(problemOf('zs(factor) > limt(factor)')).toMatchObject({ at: 13, length: 4, suggestion: 'limit' });
    expect(problemOf('state == "RUNN"')).toMatchObject({ at: 9, suggestion: 'RUN' });
    expect(problemOf('avg("a21003") > 5')).toBeUndefined();
    expect(problemOf('avg("NOx") > 5')?.zh).toContain('没有这个因子代码');
    expect(problemOf('last(24).mena(zs(factor)) > 1')).toMatchObject({ at: 9, suggestion: 'mean' });
    expect(problemOf('zs(factor) ＞ 5')).toMatchObject({ at: 11, suggestion: '>' });
    expect(problemOf('zs(factor) = 5')).toMatchObject({ at: 11, suggestion: '==' });
    expect(problemOf('1 < 2 < 3')?.zh).toContain('&&');
    expect(problemOf('avg > 5')).toMatchObject({ at: 0, suggestion: 'avg(factor)' });
    expect(problemOf('zs(factor)')?.zh).toContain('成立与否');
    expect(problemOf('')?.zh).toContain('结束');
  });

  it('bounds what may be written and how much it may cost', () => {
    expect(problemOf('1'.repeat(MAX_LENGTH + 1))?.en).toContain(String(MAX_LENGTH));
    expect(problemOf(`${'('.repeat(MAX_DEPTH + 1)}true`)?.en).toContain('deeply');
    expect(problemOf(`${'!'.repeat(60)}true`)?.en).toContain('deeply');
    expect(problemOf(`${'true && '.repeat(200)}true`)?.en).toContain('too long');
    expect(problemOf('last(721).mean(avg(factor)) > 1')?.zh).toContain('720');
    expect(problemOf('last(720).mean(avg(factor) + avg(factor) + avg(factor) + avg(factor) + avg(factor)) > 1')?.zh).toContain('计算量过大');
    expect(problemOf('last(24).mean(last(24).max(avg(factor))) > 1')?.zh).toContain('不能再套');
    const run = newRun(ctx, START, NOX, {});
    run.steps = MAX_STEPS;
    expect(() => evaluate(run, START, { kind: 'truth', at: 0, value: true })).toThrow(TooManySteps);
  });

  it('answers "not known" where a value is missing, and never guesses', () => {
    const unknown = `avg("${COD}")`;
    for (const text of [`${unknown} > 1`, `!(${unknown} > 1)`, `${unknown} > 1 && true`, `${unknown} > 1 || false`, '1 / 0 > 1', `${unknown} in [1, 2]`, `last(24).share(${unknown} > 1) > 0.5`, `${unknown} > 1 ? true : true`]) {
      expect(value(text), text).toBeUndefined();
    }
    expect(value(`${unknown} > 1 && false`)).toBe(false);
    expect(value(`${unknown} > 1 || true`)).toBe(true);
    expect(value(`known(${unknown})`)).toBe(false);
    const { checked } = readField(`${unknown} > 1 && zs(factor) > 0`, scope, 'truth');
    const run = newRun(ctx, START, NOX, {});
    evaluate(run, START, (checked as NonNullable<typeof checked>).node);
    expect([...run.missing]).toEqual([`avg(${COD})`]);
  });

  it('reads windows: mean, highest, share, row, slope', () => {
    const hours = Array.from({ length: 6 }, (_, i) => (ctx.hour(NOX)?.avg.at(-1 - i) ?? 0));
    const mean = hours.reduce((sum, v) => sum.plus(v), new Decimal(0)).dividedBy(6);
    expect(value('last(6).mean(avg(factor))')?.toString()).toBe(mean.toString());
    expect(value('last(6).max(avg(factor))')?.toString()).toBe(String(Math.max(...hours)));
    expect(value('last(6).consecutive(avg(factor) > 0) == 6 && last(6).count(avg(factor) > 0) == 6 && last(6).share(avg(factor) < 0) == 0')).toBe(true);
    expect(value('before(1, avg(factor))')?.toString()).toBe(String(hours[1]));
    expect(value('last(6).slope(hour_of_day)')?.toString()).toBe('1');
  });

  it('describes every name in both languages, and every name can be used', () => {
    const sample: Record<string, string> = { factor: 'factor', role: '"production"', mark: '"STOP"' };
    for (const word of VOCABULARY) {
      expect(word.zh).toMatch(/\p{Script=Han}/u);
      expect(word.en.length).toBeGreaterThan(3);
      const text = word.args.length === 0 ? word.name : `${word.name}(${word.args.map((arg) => sample[arg]).join(', ')})`;
      expect(() => value(`known(${text})`), text).not.toThrow();
    }
    for (const one of [...STATISTICS, ...HELPERS]) expect(one.zh).toMatch(/\p{Script=Han}/u);
    for (const one of STATISTICS) expect(() => value(`last(3).${one.name}(${one.takes === 'truth' ? 'zs(factor) > 1' : 'zs(factor)'})`)).not.toThrow();
  });
});

/** Boolean expressions over true, false and unknown (`1/0>0`), with what Kleene's tables say of them. */
type Truth = boolean | undefined;
interface Case { readonly text: string; readonly truth: Truth }
const leaf = fc.constantFrom<Case>({ text: 'true', truth: true }, { text: 'false', truth: false }, { text: '(1/0>0)', truth: undefined });
const truths = fc.letrec<{ tree: Case }>((tie) => ({
  tree: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf,
    tie('tree').map((a) => ({ text: `(!${a.text})`, truth: a.truth === undefined ? undefined : !a.truth })),
    fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => ({ text: `(${a.text}&&${b.text})`, truth: a.truth === false || b.truth === false ? false : a.truth === undefined || b.truth === undefined ? undefined : true })),
    fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => ({ text: `(${a.text}||${b.text})`, truth: a.truth === true || b.truth === true ? true : a.truth === undefined || b.truth === undefined ? undefined : false }))),
})).tree;

const sums = fc.letrec<{ tree: { text: string; value: Decimal } }>((tie) => ({
  tree: fc.oneof({ depthSize: 'small' }, fc.integer({ min: 0, max: 99_999 }).map((n) => ({ text: String(n / 1000), value: new Decimal(n).dividedBy(1000) })),
    fc.tuple(tie('tree'), fc.constantFrom('+', '-', '*'), tie('tree')).map(([a, op, b]) => ({
      text: `(${a.text} ${op} ${b.text})`, value: op === '+' ? a.value.plus(b.value) : op === '-' ? a.value.minus(b.value) : a.value.times(b.value),
    }))),
})).tree;

const words = fc.array(fc.constantFrom(
  ...VOCABULARY.map((w) => w.name), ...STATISTICS.map((s) => `.${s.name}(`), 'last(24)', 'before(1,', 'factor', '"a21002"', '(', ')', '[', ']', ',', '.', '&&', '||', '!', '>', '==', '?', ':', '+', '/', '1', '0.5', 'in', '"', '，',
), { maxLength: 40 }).map((parts) => parts.join(' '));

describe('规则语言之随机检验 the language under random input', () => {
  it('agrees with Kleene\'s tables', () => {
    fc.assert(fc.property(truths, ({ text, truth }) => {
      if (readExpression(text).ok) expect(value(text)).toBe(truth);
    }), { numRuns: 500 });
  });

  it('agrees with decimal arithmetic', () => {
    fc.assert(fc.property(sums, ({ text, value: expected }) => {
      if (readExpression(text).ok) expect(value(text)?.toString()).toBe(expected.toString());
    }), { numRuns: 300 });
  });

  it('never fails otherwise than with a problem inside the text, and what it accepts can be evaluated', () => {
    fc.assert(fc.property(fc.oneof(words, fc.string({ maxLength: 200, unit: 'grapheme' }), truths.map((one) => one.text)), (text) => {
      const read = readExpression(text);
      const checked = read.ok ? checkExpression(read.value, scope, undefined) : read;
      if (!checked.ok) {
        expect(checked.problem.at).toBeGreaterThanOrEqual(0);
        expect(checked.problem.at).toBeLessThanOrEqual(text.length);
        expect(checked.problem.zh.length * checked.problem.en.length).toBeGreaterThan(0);
        return;
      }
      const run = newRun(ctx, START, NOX, { share: 0.9 });
      evaluate(run, START, checked.value.node);
      expect(run.steps).toBeLessThanOrEqual(checked.value.steps + 1);
    }), { numRuns: 2_000 });
  });
});
