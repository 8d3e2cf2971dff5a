import { withoutHours } from '../../shared/told/without-hours.ts';

/** The order of what waits: what costs money or a right before an answer, an answer before a receipt. */
const STAKES = ['LOSS', 'ANSWER', 'RECEIPT'] as const;
/** What is lost when a thing is missed. */
export type Stake = (typeof STAKES)[number];

interface Waiting {
  readonly stake: Stake;
  readonly dueAt: number | null;
}

/** What is lost first, then what ends first. */
export const byStake = (a: Waiting, b: Waiting): number => STAKES.indexOf(a.stake) - STAKES.indexOf(b.stake) || (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || 0;

interface Text {
  readonly zh: string;
  readonly en: string;
}

const first = (text: string, ends: RegExp): string => text.split(ends)[0] ?? text;
/** The first thing a notice tells, from the outfall on: who the unit is it knows, the rest and the hours stand in the notice. */
export const factsInShort = ({ zh, en }: Text): Text => ({
  zh: first(withoutHours(zh).text.replace(/^[^：]*?）(?=[^）：]*：)/u, ''), /；|。/u), en: first(withoutHours(en).text.replace(/^[^:]*?\), /u, ''), /;|\. /u),
});
/** Where it was: what stands before the colon. */
export const place = ({ zh, en }: Text): Text => ({ zh: first(zh, /：/u), en: first(en, /:/u) });
