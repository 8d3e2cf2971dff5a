import type { Bilingual } from '#law';
import type { PenaltyCase } from './penalty-case.ts';

/** Rights that a prior notice offers (行政处罚法 第四十五条、第六十三条), as a waiver names them. */
export const NOTICE_RIGHTS = {
  STATEMENT: { zh: '陈述、申辩', en: 'to state and to defend' },
  HEARING: { zh: '要求听证', en: 'to ask for a hearing' },
} as const satisfies Record<string, Bilingual>;
export type NoticeRight = keyof typeof NOTICE_RIGHTS;

/** Rights that the notice in force offered and the party has not used: nothing else can be given up, and nothing else lapses with the term. */
export function rightsLeft({ notice, proposal, defence, hearing }: PenaltyCase): NoticeRight[] {
  if (notice === undefined) return [];
  const said = defence.some(({ at }) => at >= notice.sentAt);
  return [...(said ? [] : (['STATEMENT'] as const)), ...(proposal?.hearingRight === true && hearing === undefined ? (['HEARING'] as const) : [])];
}

/** The same in the words of a paper: 陈述、申辩和要求听证. */
export const rightsText = (rights: readonly NoticeRight[]): string => rights.map((right) => NOTICE_RIGHTS[right].zh).join('和');

const UNUSED = { STATEMENT: '未提出陈述、申辩', HEARING: '未要求听证' } as const satisfies Record<NoticeRight, string>;
/** That the term passed without these: 未提出陈述、申辩，未要求听证. */
export const notUsed = (rights: readonly NoticeRight[]): string => rights.map((right) => UNUSED[right]).join('，');
