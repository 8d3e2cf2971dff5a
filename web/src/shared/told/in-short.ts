interface Said {
  readonly zh: string;
  readonly en: string;
}

const first = (text: string, ends: RegExp): string => text.split(ends)[0] ?? text;

/** The first thing a finding says: what was seen, when and where. Codes of devices and operators and what was computed stand with the analysis. */
export const inShort = ({ zh, en }: Said): Said => ({ zh: first(zh, /；|（OP|，(?:仅为|惊异)/u), en: first(en, /;| \(OP/u) });
