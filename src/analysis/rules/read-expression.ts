import { Decimal } from '#kernel';
import { MAX_DEPTH, MAX_LENGTH, MAX_NODES, misread, reading, type BinaryOp, type Node, type Read } from './syntax.ts';
import { tokensOf, type Token } from './tokens.ts';

/** Operators by how tightly they bind, loosest first (Common Expression Language, language definition: grammar). */
const LEVELS: readonly (readonly BinaryOp[])[] = [['||'], ['&&'], ['==', '!=', '<', '<=', '>', '>='], ['+', '-'], ['*', '/', '%']];
const COMPARISON = 2;

class Reader {
  readonly #tokens: readonly Token[];
  #next = 0;
  #nodes = 0;
  #depth = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  get #token(): Token {
    return this.#tokens[this.#next] as Token;
  }

  #is(sign: string): boolean {
    return this.#token.kind === 'sign' && this.#token.text === sign;
  }

  #take(sign: string): boolean {
    if (!this.#is(sign)) return false;
    this.#next += 1;
    return true;
  }

  #expect(sign: string): void {
    if (!this.#take(sign)) this.#unexpected(`这里应是“${sign}”`, `“${sign}” is expected here`);
  }

  #unexpected(zh: string, en: string): never {
    const { at, text, kind } = this.#token;
    const found = kind === 'end' ? { zh: '表达式在此结束', en: 'the expression ends here' } : { zh: `却是“${text}”`, en: `but “${text}” was found` };
    return misread(at, text.length, `${zh}，${found.zh}`, `${en}, ${found.en}`);
  }

  #made<N extends Node>(node: N): N {
    this.#nodes += 1;
    if (this.#nodes > MAX_NODES) misread(node.at, 1, `表达式过长：最多 ${MAX_NODES} 个元素`, `the expression is too long: at most ${MAX_NODES} parts`);
    return node;
  }

  whole(): Node {
    const node = this.#expression();
    if (this.#token.kind !== 'end') this.#unexpected('这里应是运算符或结尾', 'an operator or the end is expected here');
    return node;
  }

  #expression(): Node {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) misread(this.#token.at, 1, `括号嵌套过深：最多 ${MAX_DEPTH} 层`, `nested too deeply: at most ${MAX_DEPTH} levels`);
    const test = this.#binary(0);
    let node = test;
    if (this.#take('?')) {
      const yes = this.#expression();
      this.#expect(':');
      node = this.#made({ kind: 'choice', at: test.at, test, yes, no: this.#expression() });
    }
    this.#depth -= 1;
    return node;
  }

  #binary(level: number): Node {
    const ops = LEVELS[level];
    if (ops === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (let compared = false; ; compared = true) {
      const { kind, text, at } = this.#token;
      if (level === COMPARISON && kind === 'word' && text === 'in') left = this.#membership(left);
      else if (kind === 'sign' && (ops as readonly string[]).includes(text)) {
        if (level === COMPARISON && compared) misread(at, text.length, '比较不能连写，请用 && 连接两个比较', 'comparisons cannot be chained: join two with &&');
        this.#next += 1;
        left = this.#made({ kind: 'binary', at, op: text as BinaryOp, left, right: this.#binary(level + 1) });
      } else return left;
    }
  }

  #membership(item: Node): Node {
    const { at } = this.#token;
    this.#next += 1;
    this.#expect('[');
    return this.#made({ kind: 'in', at, item, list: this.#list(']') });
  }

  #unary(): Node {
    const { at } = this.#token;
    for (const op of ['!', '-'] as const) {
      if (!this.#take(op)) continue;
      this.#depth += 1;
      if (this.#depth > MAX_DEPTH) misread(at, 1, `嵌套过深：最多 ${MAX_DEPTH} 层`, `nested too deeply: at most ${MAX_DEPTH} levels`);
      const node = this.#made({ kind: 'unary', at, op, of: this.#unary() });
      this.#depth -= 1;
      return node;
    }
    return this.#member();
  }

  #member(): Node {
    let node = this.#primary();
    while (this.#take('.')) {
      const { kind, text, at } = this.#token;
      if (kind !== 'word') this.#unexpected('“.”后面应是统计方法的名称', 'the name of a statistic is expected after “.”');
      this.#next += 1;
      this.#expect('(');
      node = this.#made({ kind: 'method', at: node.at, on: node, name: text, nameAt: at, args: this.#list(')') });
    }
    return node;
  }

  #list(close: ')' | ']'): Node[] {
    const items: Node[] = [];
    if (this.#take(close)) return items;
    do items.push(this.#expression());
    while (this.#take(','));
    this.#expect(close);
    return items;
  }

  #primary(): Node {
    const token = this.#token;
    const { kind, at, text } = token;
    if (kind === 'sign' && text === '(') {
      this.#next += 1;
      const inside = this.#expression();
      this.#expect(')');
      return inside;
    }
    if (kind === 'end' || kind === 'sign') this.#unexpected('这里应是数值、名称或括号', 'a value, a name or a bracket is expected here');
    this.#next += 1;
    if (kind === 'number') return this.#made({ kind: 'number', at, value: new Decimal(text) });
    if (kind === 'text') return this.#made({ kind: 'text', at, value: text });
    if (text === 'true' || text === 'false') return this.#made({ kind: 'truth', at, value: text === 'true' });
    if (!this.#take('(')) return this.#made({ kind: 'name', at, name: text });
    return this.#made({ kind: 'call', at, name: text, args: this.#list(')') });
  }
}

/** Reads an expression in the syntax of the Common Expression Language, as far as rules need it. */
export function readExpression(text: string): Read<Node> {
  return reading(() => {
    if (text.length > MAX_LENGTH) misread(MAX_LENGTH, 1, `最多 ${MAX_LENGTH} 个字符`, `at most ${MAX_LENGTH} characters`);
    return new Reader(text).whole();
  });
}
