import { parseCalendarDay, parseId, type Brand } from '#kernel';
import type { Attributes } from './registry.ts';

/** One wrong cell: nothing is imported until a person has seen it. Line 1 is the header. */
export interface RegisterProblem {
  readonly file: string;
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly zh: string;
  readonly en: string;
}

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
const YES = new Set(['1', 'true', 'yes', 'y', '是']);
const NO = new Set(['', '0', 'false', 'no', 'n', '否']);

const controlCharacter = (value: string): boolean => {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 127) return true;
  }
  return false;
};

/**
 * Reads the cells of one CSV row and notes what is wrong instead of throwing. A text is only ever text:
 * `=cmd` and `<img onerror>` are stored as they came and made harmless where they are shown or exported.
 */
export class RowReader {
  readonly problems: RegisterProblem[] = [];
  readonly #file: string;
  readonly #line: number;
  readonly #cells: Readonly<Record<string, string>>;
  readonly #seen = new Set<string>();

  constructor(file: string, line: number, cells: Readonly<Record<string, string>>) {
    this.#file = file;
    this.#line = line;
    this.#cells = cells;
  }

  get line(): number {
    return this.#line;
  }

  wrong(column: string, zh: string, en: string): void {
    const value = (this.#cells[column] ?? '').slice(0, 80);
    this.problems.push({ file: this.#file, line: this.#line, column, value, zh, en });
  }

  #cell(column: string): string {
    this.#seen.add(column);
    const value = this.#cells[column] ?? '';
    if (controlCharacter(value)) this.wrong(column, '含有控制字符', 'contains a control character');
    return value.trim();
  }

  text(column: string, required = false): string {
    const value = this.#cell(column);
    if (required && value === '') this.wrong(column, '必填项为空', 'must not be empty');
    if (value.length > 2000) this.wrong(column, '超过2000字', 'longer than 2,000 characters');
    return value;
  }

  optionalText(column: string): string | undefined {
    return this.text(column) || undefined;
  }

  optionalId<Id extends Brand<string, string>>(column: string): Id | undefined {
    const value = this.#cell(column);
    if (value === '') return undefined;
    const id = parseId<Id>(value);
    if (id === undefined) this.wrong(column, '编号只能含字母、数字和 . _ : -，最长64位', 'no id: letters, digits and . _ : -, at most 64');
    return id;
  }

  id<Id extends Brand<string, string>>(column: string): Id {
    const id = this.optionalId<Id>(column);
    if (id === undefined && this.#cell(column) === '') this.wrong(column, '必填项为空', 'must not be empty');
    return id ?? ('' as Id);
  }

  optionalNumber(column: string, min = -Infinity, max = Infinity): number | undefined {
    const value = this.#cell(column);
    if (value === '') return undefined;
    const number = NUMBER.test(value) ? Number(value) : Number.NaN;
    if (!Number.isFinite(number)) this.wrong(column, '不是数字', 'not a number');
    else if (number < min || number > max) this.wrong(column, `应在 ${min} 与 ${max} 之间`, `must lie between ${min} and ${max}`);
    else return number;
    return undefined;
  }

  number(column: string, min = -Infinity, max = Infinity): number {
    if (this.#cell(column) === '') this.wrong(column, '必填项为空', 'must not be empty');
    return this.optionalNumber(column, min, max) ?? Number.NaN;
  }

  /** Epoch milliseconds between 2000 and 2100: seconds or a date text are the usual mistakes. */
  time(column: string): number {
    return this.number(column, 946_684_800_000, 4_102_444_800_000);
  }

  decimalText(column: string): string {
    const value = this.text(column, true);
    if (value !== '' && !/^[+-]?\d+(\.\d+)?$/.test(value)) this.wrong(column, '不是十进制数', 'not a decimal number');
    return value;
  }

  oneOf<const V extends string>(column: string, values: readonly V[], fallback?: V): V {
    const value = this.#cell(column);
    const found = values.find((candidate) => candidate === value);
    if (found !== undefined) return found;
    if (value === '' && fallback !== undefined) return fallback;
    this.wrong(column, `应为 ${values.join(' / ')}`, `must be one of ${values.join(', ')}`);
    return values[0] as V;
  }

  flag(column: string): boolean {
    const value = this.#cell(column).toLowerCase();
    if (!YES.has(value) && !NO.has(value)) this.wrong(column, '应为 1 或 0', 'must be 1 or 0');
    return YES.has(value);
  }

  day(column: string): string | undefined {
    const value = this.#cell(column);
    if (value === '') return undefined;
    if (parseCalendarDay(value) === undefined) this.wrong(column, '日期应为 YYYY-MM-DD', 'a date is written YYYY-MM-DD');
    return value;
  }

  /** Checks a column that stays an attribute. An empty cell says nothing and is right. */
  attribute(column: string, fits: (value: string) => boolean, zh: string, en: string): void {
    const value = (this.#cells[column] ?? '').trim();
    if (value !== '' && !fits(value)) this.wrong(column, zh, en);
  }

  /** Whatever no reader asked for. Call last. */
  rest(): Attributes {
    const rest: Record<string, string> = {};
    for (const [column, value] of Object.entries(this.#cells)) {
      if (!this.#seen.has(column) && value !== '') rest[column] = value;
    }
    return rest;
  }
}
