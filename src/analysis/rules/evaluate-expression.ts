import { Decimal, HOUR, roundHalfEven } from '#kernel';
import type { Context } from '../contract.ts';
import { MAX_STEPS } from './check-expression.ts';
import type { BinaryOp, Node } from './syntax.ts';
import { wordNamed, type Moment, type Value } from './vocabulary.ts';

/** Raised when an evaluation does more than its check allowed: the engine shows it as EXCEPTION, never as clean. */
export class TooManySteps extends Error {}

/** One evaluation: where it stands, what it may name, and what it found missing. */
export interface Run {
  readonly ctx: Context;
  readonly start: number;
  readonly factor: string | undefined;
  readonly params: Readonly<Record<string, number>>;
  /** Names that had no value, with their arguments. */
  readonly missing: Set<string>;
  /** First hour of the longest row that `consecutive` counted. */
  rowFrom: number;
  steps: number;
}

export const newRun = (ctx: Context, start: number, factor: string | undefined, params: Run['params']): Run => ({
  ctx, start, factor, params, missing: new Set(), rowFrom: start, steps: 0,
});

/** Share of a window's hours that must be known before anything is said of it (HJ 75: three quarters). */
const KNOWN_SHARE = 0.75;

function numbers(op: BinaryOp, a: Decimal, b: Decimal): Value {
  switch (op) {
    case '<': return a.lessThan(b);
    case '<=': return a.lessThanOrEqualTo(b);
    case '>': return a.greaterThan(b);
    case '>=': return a.greaterThanOrEqualTo(b);
    case '+': return a.plus(b);
    case '-': return a.minus(b);
    case '*': return a.times(b);
    // Nothing is known of a quotient by nought.
    case '/': return b.isZero() ? undefined : a.dividedBy(b);
    case '%': return b.isZero() ? undefined : a.modulo(b);
    default: return undefined;
  }
}

const same = (a: Value, b: Value): boolean => (Decimal.isDecimal(a) && Decimal.isDecimal(b) ? (a as Decimal).equals(b as Decimal) : a === b);
const finite = (value: Value): Value => (Decimal.isDecimal(value) && !(value as Decimal).isFinite() ? undefined : value);

/** Kleene: false and anything is false, true or anything is true; otherwise what is not known stays not known. */
function logic(run: Run, start: number, node: Node & { kind: 'binary' }): Value {
  const settles = node.op === '||';
  const left = evaluate(run, start, node.left);
  if (left === settles) return settles;
  const right = evaluate(run, start, node.right);
  if (right === settles) return settles;
  return left === undefined || right === undefined ? undefined : !settles;
}

function binary(run: Run, start: number, node: Node & { kind: 'binary' }): Value {
  if (node.op === '&&' || node.op === '||') return logic(run, start, node);
  const a = evaluate(run, start, node.left);
  const b = evaluate(run, start, node.right);
  if (a === undefined || b === undefined) return undefined;
  if (node.op === '==' || node.op === '!=') return same(a, b) === (node.op === '==');
  return finite(numbers(node.op, a as Decimal, b as Decimal));
}

/** Kleene again: found among the known ones is true; not found with one of them unknown is not known. */
function membership(run: Run, start: number, node: Node & { kind: 'in' }): Value {
  const item = evaluate(run, start, node.item);
  const list = node.list.map((one) => evaluate(run, start, one));
  if (item === undefined) return undefined;
  if (list.some((one) => one !== undefined && same(item, one))) return true;
  return list.includes(undefined) ? undefined : false;
}

function named(run: Run, start: number, name: string, args: readonly Node[]): Value {
  const word = wordNamed(name);
  if (word === undefined) {
    const given = run.params[name];
    if (given === undefined) throw new Error(`unchecked name: ${name}`);
    return new Decimal(given);
  }
  const values = args.map((arg) => evaluate(run, start, arg) as string);
  const moment: Moment = { ctx: run.ctx, start };
  const value = word.read(moment, values);
  if (value === undefined) run.missing.add(values.length === 0 ? name : `${name}(${values.join(', ')})`);
  return value;
}

function call(run: Run, start: number, node: Node & { kind: 'call' }): Value {
  const { name, args } = node;
  if (name === 'before') return evaluate(run, start - Number((args[0] as Node & { kind: 'number' }).value) * HOUR, args[1] as Node);
  if (!['abs', 'least', 'greatest', 'round', 'known'].includes(name)) return named(run, start, name, args);
  if (name === 'known') {
    const missing = new Set(run.missing);
    const value = evaluate(run, start, args[0] as Node);
    // Asking whether there is a value is not missing it.
    run.missing.clear();
    for (const one of missing) run.missing.add(one);
    return value !== undefined;
  }
  const [a, b] = args.map((arg) => evaluate(run, start, arg) as Decimal | undefined);
  if (a === undefined) return undefined;
  if (name === 'abs') return a.abs();
  if (b === undefined) return undefined;
  if (name === 'round') return roundHalfEven(a, Math.max(0, Math.min(9, Math.trunc(b.toNumber()))));
  return name === 'least' ? Decimal.min(a, b) : Decimal.max(a, b);
}

/** Least squares over the known hours; `values[0]` is the judged hour, the following ones lie before it. */
function slope(values: readonly (Decimal | undefined)[]): Decimal | undefined {
  const points = values.flatMap((y, i) => (y === undefined ? [] : [[-i, y.toNumber()] as const]));
  const n = points.length;
  const mx = points.reduce((sum, [x]) => sum + x, 0) / n;
  const my = points.reduce((sum, [, y]) => sum + y, 0) / n;
  const xx = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  return xx === 0 ? undefined : new Decimal((points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / xx).toPrecision(12));
}

function consecutive(run: Run, start: number, hours: number, body: Node): Value {
  for (let i = 0; i <= hours; i++) {
    const holds = i < hours && evaluate(run, start - i * HOUR, body);
    if (holds === true) continue;
    if (i === 0 && holds === undefined) return undefined;
    if (i > 0) run.rowFrom = Math.min(run.rowFrom, start - (i - 1) * HOUR);
    return new Decimal(i);
  }
  return undefined;
}

function method(run: Run, start: number, node: Node & { kind: 'method' }): Value {
  const hours = Number(((node.on as Node & { kind: 'call' }).args[0] as Node & { kind: 'number' }).value);
  const body = node.args[0] as Node;
  if (node.name === 'consecutive') return consecutive(run, start, hours, body);
  const values = Array.from({ length: hours }, (_, i) => evaluate(run, start - i * HOUR, body));
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0 || known.length < KNOWN_SHARE * hours) return undefined;
  if (node.name === 'share' || node.name === 'count') {
    const holds = known.filter((value) => value === true).length;
    return node.name === 'count' ? new Decimal(holds) : new Decimal(holds).dividedBy(known.length);
  }
  const decimals = known as Decimal[];
  switch (node.name) {
    case 'max': return Decimal.max(...decimals);
    case 'min': return Decimal.min(...decimals);
    case 'sum': return finite(decimals.reduce((sum, one) => sum.plus(one)));
    case 'mean': return finite(decimals.reduce((sum, one) => sum.plus(one)).dividedBy(decimals.length));
    default: return slope(values as (Decimal | undefined)[]);
  }
}

/** The value of a checked expression for the hour beginning at `start`; undefined when it is not known. */
export function evaluate(run: Run, start: number, node: Node): Value {
  run.steps += 1;
  if (run.steps > MAX_STEPS) throw new TooManySteps(`more than ${MAX_STEPS} steps`);
  switch (node.kind) {
    case 'number':
    case 'text':
    case 'truth':
      return node.value;
    case 'name':
      return node.name === 'factor' ? run.factor : named(run, start, node.name, []);
    case 'call':
      return call(run, start, node);
    case 'method':
      return method(run, start, node);
    case 'unary': {
      const of = evaluate(run, start, node.of);
      return of === undefined ? undefined : node.op === '!' ? !of : (of as Decimal).negated();
    }
    case 'binary':
      return binary(run, start, node);
    case 'in':
      return membership(run, start, node);
    case 'choice': {
      const test = evaluate(run, start, node.test);
      return test === undefined ? undefined : evaluate(run, start, test === true ? node.yes : node.no);
    }
  }
}
