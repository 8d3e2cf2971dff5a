import { KNOWN_FACTORS } from '../models/parts/factors.ts';
import { closest } from './closest.ts';
import { misread, reading, type Node, type Read } from './syntax.ts';
import { DOMAINS, HELPERS, isFactorCode, STATISTICS, VOCABULARY, wordNamed, type ValueType } from './vocabulary.ts';

export const MAX_WINDOW_HOURS = 720;
/** Parts evaluated for one hour of one factor; more than this would slow the judging of thirty thousand outfalls. */
export const MAX_STEPS = 10_000;

/** What is known of an expression before it ever runs. */
export interface Checked {
  readonly node: Node;
  readonly gives: ValueType;
  /** Upper bound of the steps one evaluation takes. */
  readonly steps: number;
  /** Hours back from the judged one that it may look at; 0 for the hour itself. */
  readonly reach: number;
  /** Factor codes it names; the scope's own factor is not among them. */
  readonly factors: readonly string[];
  /** Whether it speaks of the factor that the rule goes over. */
  readonly perFactor: boolean;
}

export interface Scope {
  /** Whether the rule goes over factors, so that `factor` means something. */
  readonly perFactor: boolean;
  /** Names of the rule's own thresholds. */
  readonly params: readonly string[];
}

const TYPE_WORDS = {
  number: ['数值', 'a number'], truth: ['成立与否', 'true or false'], factor: ['因子代码', 'a factor code'], flag: ['数据标记', 'a flag'],
  state: ['运行状态', 'a state of the plant'], mark: ['标记类别', 'a kind of mark'], role: ['电表类别', 'a kind of meter'],
} as const satisfies Record<ValueType, readonly [string, string]>;

class Checker {
  readonly #scope: Scope;
  readonly factors = new Set<string>();
  perFactor = false;
  #inWindow = false;
  /** Types are asked for more than once; a deep tree would take for ever without this. */
  readonly #types = new Map<Node, readonly [ValueType, number, number]>();

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** Checks `node` against the type that is wanted and returns [steps, reach]. */
  expect(node: Node, wanted: ValueType): readonly [number, number] {
    if (node.kind === 'text') return this.#literal(node, wanted);
    const [type, steps, reach] = this.type(node);
    if (type !== wanted) {
      misread(node.at, 1, `这里应是${TYPE_WORDS[wanted][0]}，却是${TYPE_WORDS[type][0]}`, `${TYPE_WORDS[wanted][1]} is expected here, this is ${TYPE_WORDS[type][1]}`);
    }
    return [steps, reach];
  }

  #literal(node: Node & { kind: 'text' }, wanted: ValueType): readonly [number, number] {
    const { value, at } = node;
    const length = value.length + 2;
    if (wanted === 'factor') {
      if (!isFactorCode(value)) this.#unknown(at, length, value, KNOWN_FACTORS, '没有这个因子代码', 'no such factor code');
      this.factors.add(value);
      return [1, 0];
    }
    if (wanted === 'number' || wanted === 'truth') {
      return misread(at, length, `这里应是${TYPE_WORDS[wanted][0]}，却是文字`, `${TYPE_WORDS[wanted][1]} is expected here, this is text`);
    }
    const words: readonly string[] = DOMAINS[wanted];
    if (!words.includes(value)) this.#unknown(at, length, value, words, `没有这个${TYPE_WORDS[wanted][0]}`, `not ${TYPE_WORDS[wanted][1]}`);
    return [1, 0];
  }

  #unknown(at: number, length: number, given: string, all: readonly string[], zh: string, en: string): never {
    const near = closest(given, all);
    const tip = near === undefined ? ['', ''] : [`，是否指“${near}”`, `; did you mean “${near}”?`];
    return misread(at, length, `${zh}“${given}”${tip[0]}`, `${en}: “${given}”${tip[1]}`, near);
  }

  /** Type, steps and reach of a node; text has no type of its own, it takes the one of what it stands beside. */
  type(node: Node): readonly [ValueType, number, number] {
    const known = this.#types.get(node) ?? this.#typeOf(node);
    this.#types.set(node, known);
    return known;
  }

  #typeOf(node: Node): readonly [ValueType, number, number] {
    switch (node.kind) {
      case 'number':
        return ['number', 1, 0];
      case 'truth':
        return ['truth', 1, 0];
      case 'text':
        return misread(node.at, node.value.length + 2, '文字只能与标记、状态等比较，或作为因子代码', 'text can only be compared with a flag or a state, or name a factor');
      case 'name':
        return this.#name(node);
      case 'call':
        return this.#call(node);
      case 'method':
        return this.#method(node);
      case 'unary':
        return this.#joined(node.op === '!' ? 'truth' : 'number', [[node.of, node.op === '!' ? 'truth' : 'number']]);
      case 'binary':
        return this.#binary(node);
      case 'in':
        return this.#membership(node);
      case 'choice': {
        const [type] = this.type(node.yes);
        return this.#joined(type, [[node.test, 'truth'], [node.yes, type], [node.no, type]]);
      }
    }
  }

  #joined(gives: ValueType, parts: readonly (readonly [Node, ValueType])[]): readonly [ValueType, number, number] {
    let steps = 1;
    let reach = 0;
    for (const [part, wanted] of parts) {
      const [more, far] = this.expect(part, wanted);
      steps += more;
      reach = Math.max(reach, far);
    }
    return [gives, steps, reach];
  }

  #name({ name, at }: Node & { kind: 'name' }): readonly [ValueType, number, number] {
    if (name === 'factor') {
      if (!this.#scope.perFactor) misread(at, name.length, '规则没有逐因子判断，不能用 factor；请写因子代码', 'the rule does not go over factors: write a factor code');
      this.perFactor = true;
      return ['factor', 1, 0];
    }
    if (this.#scope.params.includes(name)) return ['number', 1, 0];
    const found = wordNamed(name);
    if (found === undefined) return this.#unknown(at, name.length, name, this.#names(0), '没有这个名称', 'unknown name');
    if (found.args.length > 0) misread(at, name.length, `${name} 后面要写括号和${TYPE_WORDS[found.args[0] as ValueType][0]}`, `${name} needs brackets with ${TYPE_WORDS[found.args[0] as ValueType][1]}`, `${name}(factor)`);
    return [found.gives, 1, 0];
  }

  #names(args: number): readonly string[] {
    const words = VOCABULARY.filter((one) => args === 0 || one.args.length > 0).map((one) => one.name);
    return args === 0 ? [...words, ...this.#scope.params, ...(this.#scope.perFactor ? ['factor'] : [])] : [...words, ...HELPERS.map((one) => one.name), 'last', 'before'];
  }

  #arguments(node: Node & { kind: 'call' }, count: number): void {
    if (node.args.length !== count) misread(node.at, node.name.length, `${node.name} 需要 ${count} 个参数，给了 ${node.args.length} 个`, `${node.name} takes ${count} arguments, ${node.args.length} were given`);
  }

  #call(node: Node & { kind: 'call' }): readonly [ValueType, number, number] {
    const { name, at, args } = node;
    if (name === 'before') return this.#before(node);
    if (name === 'last') return misread(at, 4, '时段后面要接统计方法，如 last(24).mean(…)', 'a window needs a statistic, such as last(24).mean(…)', 'last(24).mean(avg(factor))');
    const helper = HELPERS.find((one) => one.name === name);
    if (helper !== undefined) {
      this.#arguments(node, helper.args.length);
      return this.#joined(helper.gives, args.map((arg, i) => [arg, helper.args[i] === 'any' ? this.type(arg)[0] : 'number'] as const));
    }
    const found = wordNamed(name);
    if (found === undefined) return this.#unknown(at, name.length, name, this.#names(1), '没有这个函数', 'unknown function');
    this.#arguments(node, found.args.length);
    return this.#joined(found.gives, args.map((arg, i) => [arg, found.args[i] as ValueType] as const));
  }

  #hours(node: Node | undefined, at: number, least: number): number {
    const hours = node?.kind === 'number' ? node.value.toNumber() : Number.NaN;
    if (!Number.isInteger(hours) || hours < least || hours > MAX_WINDOW_HOURS) {
      misread(node?.at ?? at, 1, `小时数应是 ${least}–${MAX_WINDOW_HOURS} 的整数`, `hours must be a whole number from ${least} to ${MAX_WINDOW_HOURS}`);
    }
    return hours;
  }

  /** Windows do not lie inside windows: the work of a rule stays linear in its longest one. */
  #outermost(at: number, length: number): void {
    if (this.#inWindow) misread(at, length, '时段统计不能再套时段统计', 'a window cannot lie inside another');
  }

  #before(node: Node & { kind: 'call' }): readonly [ValueType, number, number] {
    this.#arguments(node, 2);
    this.#outermost(node.at, 6);
    const hours = this.#hours(node.args[0], node.at, 1);
    this.#inWindow = true;
    const [type, steps, reach] = this.type(node.args[1] as Node);
    this.#inWindow = false;
    return [type, steps + 1, reach + hours];
  }

  #method(node: Node & { kind: 'method' }): readonly [ValueType, number, number] {
    const { on, name, nameAt, args, at } = node;
    if (on.kind !== 'call' || on.name !== 'last' || on.args.length !== 1) {
      misread(at, 1, '统计方法只能接在 last(小时数) 后面', 'a statistic can only follow last(hours)', 'last(24)');
    }
    this.#outermost(at, 4);
    const hours = this.#hours(on.args[0], at, 1);
    const statistic = STATISTICS.find((one) => one.name === name);
    if (statistic === undefined) return this.#unknown(nameAt, name.length, name, STATISTICS.map((one) => one.name), '没有这个统计方法', 'unknown statistic');
    const [body] = args;
    if (body === undefined || args.length !== 1) return misread(nameAt, name.length, `${name} 的括号里要写一个表达式`, `${name} takes one expression`);
    this.#inWindow = true;
    const [steps, reach] = this.expect(body, statistic.takes);
    this.#inWindow = false;
    return ['number', steps * hours + 1, reach + hours - 1];
  }

  #binary(node: Node & { kind: 'binary' }): readonly [ValueType, number, number] {
    const { op, left, right } = node;
    if (op === '&&' || op === '||') return this.#joined('truth', [[left, 'truth'], [right, 'truth']]);
    if (op !== '==' && op !== '!=') return this.#joined(op.startsWith('<') || op.startsWith('>') ? 'truth' : 'number', [[left, 'number'], [right, 'number']]);
    const [type] = this.type(left.kind === 'text' ? right : left);
    return this.#joined('truth', [[left, type], [right, type]]);
  }

  #membership({ item, list, at }: Node & { kind: 'in' }): readonly [ValueType, number, number] {
    if (list.length === 0) misread(at, 2, '列表不能为空', 'the list is empty');
    const [type] = this.type(item);
    return this.#joined('truth', [[item, type], ...list.map((one) => [one, type] as const)]);
  }
}

/** Types, names, windows and work of an expression. `wanted` is what it must give. */
export function checkExpression(node: Node, scope: Scope, wanted: ValueType | undefined): Read<Checked> {
  return reading(() => {
    const checker = new Checker(scope);
    const gives = wanted ?? checker.type(node)[0];
    const [steps, reach] = checker.expect(node, gives);
    if (steps > MAX_STEPS) misread(node.at, 1, `计算量过大：约 ${steps} 步，最多 ${MAX_STEPS} 步；请缩短时段`, `too much work: about ${steps} steps, at most ${MAX_STEPS}; shorten the window`);
    return { node, gives, steps, reach, factors: [...checker.factors].sort(), perFactor: checker.perFactor };
  });
}
