import type { CodeList } from '#law';

/** Nothing is missing. */
export const fine: readonly string[] = [];

/** What is missing, in words a person can act on, unless it holds. */
export const need = (holds: boolean, missing: string): readonly string[] => (holds ? fine : [missing]);

/** A closed list that one has to be named of, in the titles a person reads: the codes are for programs. */
export const oneOf = ({ title, codes }: Pick<CodeList, 'title' | 'codes'>): string => `${title.zh}（${codes.map((one) => one.title.zh).join('、')}）`;
/** Title of one code of a list; the code itself where the list does not know it. */
export const titleIn = ({ codes }: Pick<CodeList, 'codes'>, code: string): string => codes.find((one) => one.code === code)?.title.zh ?? code;
