/**
 * An expected "no": returned, never thrown. It names the rule or paper that stands in the way,
 * so that a screen can show what is missing before the act is tried again.
 */
export interface Refusal {
  readonly ok: false;
  /** Stable public number from the module's `errors.ts`, e.g. `CASE-014`. */
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** Article or standard relied on, e.g. `行政处罚法 第五十四条`. */
  readonly basis?: string;
  /** Papers, facts or steps that are still missing. */
  readonly missing?: readonly string[];
  /** The same in English; where it is absent the Chinese words stand in both languages. */
  readonly missingEn?: readonly string[];
  /** The field of the command that is wrong, in the caller's notation. */
  readonly field?: string;
  /** HTTP status that fits; 409 (state forbids it) when not given. */
  readonly status?: 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 503;
}

/** What went well, with its value. */
export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

/** A value or an expected "no". Defects are thrown, never returned. */
export type Result<T> = Ok<T> | Refusal;

/** A value as a result. */
export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });

/** Details a particular refusal adds to its catalogue entry. */
export type RefusalDetail = Pick<Partial<Refusal>, 'basis' | 'missing' | 'missingEn' | 'field'> & {
  readonly args?: Readonly<Record<string, string | number>>;
};

type CatalogueEntry = Pick<Refusal, 'zh' | 'en'> & Pick<Partial<Refusal>, 'basis' | 'status'>;

/**
 * Numbered refusals of one module. `{name}` in a text is filled from `args`.
 *
 * @example const refuse = defineRefusals({ 'CASE-001': { zh: '案件不存在', en: 'no such case', status: 404 } });
 *          return refuse('CASE-001');
 */
export function defineRefusals<const C extends Record<string, CatalogueEntry>>(catalogue: C) {
  const refuse = (code: keyof C & string, detail: RefusalDetail = {}): Refusal => {
    const entry = catalogue[code] as CatalogueEntry;
    const { args = {}, ...rest } = detail;
    const fill = (text: string) => text.replace(/\{(\w+)\}/g, (whole, key: string) => String(args[key] ?? whole));
    return { ok: false, code, ...entry, zh: fill(entry.zh), en: fill(entry.en), ...rest };
  };
  return Object.assign(refuse, { catalogue });
}

/** Whether a result is a refusal. */
export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && (value as { ok?: unknown }).ok === false && 'code' in value;
