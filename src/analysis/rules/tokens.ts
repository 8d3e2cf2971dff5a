import { misread } from './syntax.ts';

export type TokenKind = 'number' | 'text' | 'word' | 'sign' | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly at: number;
  readonly text: string;
}

const SPACE = /[ \t\r\n]+|\/\/[^\n]*/y;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?/y;
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const SIGN = /\|\||&&|==|!=|<=|>=|[<>!?:+\-*/%(),.[\]]/y;
const QUOTED = /"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/y;

/** Signs that Chinese input methods produce, and the ones that were meant. */
const FULL_WIDTH: Readonly<Record<string, string>> = {
  '（': '(', '）': ')', '，': ',', '。': '.', '：': ':', '？': '?', '！': '!', '“': '"', '”': '"', '‘': "'", '’': "'", '＞': '>', '＜': '<', '＝': '==',
  '≥': '>=', '≤': '<=', '≠': '!=', '×': '*', '÷': '/', '＋': '+', '－': '-', '【': '[', '】': ']', '、': ',',
};

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const unescape = (quoted: string): string => quoted.replace(/\\(.)/gu, (_, sign: string) => (sign === 'n' ? '\n' : sign === 't' ? '\t' : sign));

function strange(text: string, at: number): never {
  const sign = String.fromCodePoint(text.codePointAt(at) as number);
  const meant = FULL_WIDTH[sign];
  if (meant !== undefined) misread(at, sign.length, `“${sign}”是全角或数学符号，请写“${meant}”`, `“${sign}” is a full-width or mathematical sign: write “${meant}”`, meant);
  if (sign === '=') misread(at, 1, '比较是否相等请写“==”', 'to compare write “==”', '==');
  if (sign === '&' || sign === '|') misread(at, 1, `请写“${sign}${sign}”`, `write “${sign}${sign}”`, sign + sign);
  if (sign === '"' || sign === "'") misread(at, text.length - at, '引号没有成对', 'the quotation mark is not closed');
  return misread(at, sign.length, `不认识的字符“${sign}”`, `unknown character “${sign}”`);
}

/** Cuts an expression into tokens; the last one is `end`. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const space = match(SPACE, text, at);
    if (space !== null) {
      at += space[0].length;
      continue;
    }
    const quoted = match(QUOTED, text, at);
    const found = quoted ?? match(NUMBER, text, at) ?? match(WORD, text, at) ?? match(SIGN, text, at) ?? strange(text, at);
    const first = found[0].charAt(0);
    const kind: TokenKind = quoted !== null ? 'text' : /\d/u.test(first) ? 'number' : /\w/u.test(first) ? 'word' : 'sign';
    const inner = quoted === null ? found[0] : unescape(quoted[1] ?? quoted[2] ?? '');
    if (kind === 'number' && /[A-Za-z_]/u.test(text.charAt(at + found[0].length))) {
      misread(at, found[0].length + 1, '数字后面不能直接跟字母；单位不写在表达式里', 'a number is not followed by letters; units are not written in expressions');
    }
    tokens.push({ kind, at, text: inner });
    at += found[0].length;
  }
  tokens.push({ kind: 'end', at: text.length, text: '' });
  return tokens;
}
