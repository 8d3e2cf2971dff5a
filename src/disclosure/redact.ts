/** What is hidden before a text goes public (行政处罚法 第四十八条、第五十条: personal data and secrets stay out). */
export const HIDDEN_KINDS = {
  person: { zh: '个人姓名', en: 'personal name' },
  phone: { zh: '电话号码', en: 'telephone number' },
  identity: { zh: '身份证件号码', en: 'identity number' },
  account: { zh: '银行账号', en: 'bank account' },
  email: { zh: '电子邮箱', en: 'e-mail address' },
} as const;
export type HiddenKind = keyof typeof HIDDEN_KINDS;

export interface Redacted {
  readonly text: string;
  /** How often each kind was hidden; the words themselves are not kept. */
  readonly hidden: Readonly<Partial<Record<HiddenKind, number>>>;
}

// Order matters: an identity number is 18 digits and must go before the shorter patterns see its parts.
const PATTERNS: readonly (readonly [HiddenKind, RegExp])[] = [
  ['identity', /(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])/g],
  ['account', /(?<![0-9A-Za-z])\d{16,19}(?![0-9A-Za-z])/g],
  ['phone', /(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-\d{7,8})(?!\d)/g],
  ['email', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g],
];

/** Every text of a value with the people hidden. */
export const redactIn = (names: readonly string[]) => (text: string): string => redact(text, names).text;

/** 张三 → 张某. */
export const initial = (name: string): string => `${[...name][0] ?? ''}某`;

/**
 * Hides personal data in a text. Pure; names are given, because only the file knows who is a natural person.
 * Longer names first, so that 张三丰 does not become 张某丰.
 */
export function redact(text: string, names: readonly string[]): Redacted {
  const hidden: Partial<Record<HiddenKind, number>> = {};
  const count = (kind: HiddenKind, by = 1) => void (hidden[kind] = (hidden[kind] ?? 0) + by);
  let out = text;
  for (const [kind, pattern] of PATTERNS) {
    out = out.replace(pattern, () => {
      count(kind);
      return '＊＊＊';
    });
  }
  const people = [...new Set(names.map((name) => name.trim()).filter((name) => [...name].length >= 2))].sort((a, b) => b.length - a.length);
  for (const name of people) {
    const parts = out.split(name);
    if (parts.length === 1) continue;
    count('person', parts.length - 1);
    out = parts.join(initial(name));
  }
  return { text: out, hidden };
}
