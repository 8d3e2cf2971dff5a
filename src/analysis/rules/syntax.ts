import type { Decimal } from '#kernel';

/** A rule's expression as a tree. `at` is the offset of its first character, for messages that point at the place. */
export type Node =
  | { readonly kind: 'number'; readonly at: number; readonly value: Decimal }
  | { readonly kind: 'text'; readonly at: number; readonly value: string }
  | { readonly kind: 'truth'; readonly at: number; readonly value: boolean }
  | { readonly kind: 'name'; readonly at: number; readonly name: string }
  | { readonly kind: 'call'; readonly at: number; readonly name: string; readonly args: readonly Node[] }
  | { readonly kind: 'method'; readonly at: number; readonly on: Node; readonly name: string; readonly nameAt: number; readonly args: readonly Node[] }
  | { readonly kind: 'unary'; readonly at: number; readonly op: '!' | '-'; readonly of: Node }
  | { readonly kind: 'binary'; readonly at: number; readonly op: BinaryOp; readonly left: Node; readonly right: Node }
  | { readonly kind: 'in'; readonly at: number; readonly item: Node; readonly list: readonly Node[] }
  | { readonly kind: 'choice'; readonly at: number; readonly test: Node; readonly yes: Node; readonly no: Node };

export type BinaryOp = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';

/** What is wrong with an expression, where, and what was probably meant. */
export interface RuleProblem {
  readonly at: number;
  readonly length: number;
  readonly zh: string;
  readonly en: string;
  readonly suggestion?: string;
}

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: RuleProblem };

/** Bounds of what a person may write: an expression stays one that can be read, and its work can be foretold. */
export const MAX_LENGTH = 2_000;
export const MAX_NODES = 300;
export const MAX_DEPTH = 24;

/** Thrown inside reading and checking, caught at their one entrance. */
export class Misread extends Error {
  readonly problem: RuleProblem;
  constructor(problem: RuleProblem) {
    super(problem.en);
    this.problem = problem;
  }
}

export function misread(at: number, length: number, zh: string, en: string, suggestion?: string): never {
  throw new Misread({ at, length: Math.max(1, length), zh, en, ...(suggestion === undefined ? {} : { suggestion }) });
}

/** Runs a reader; a misreading becomes a value, anything else is a defect. */
export function reading<T>(read: () => T): Read<T> {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (error instanceof Misread) return { ok: false, problem: error.problem };
    throw error;
  }
}
