import type { Assessed, CheckItem, Finding, Words } from '../shapes.ts';

export const FINDING_WORDS: Readonly<Record<Finding, Words>> = {
  PASS: { zh: '✓ 通过', en: '✓ pass' },
  RETURN: { zh: '↩ 退回补充', en: '↩ return for more' },
  REJECT: { zh: '✗ 不予认定', en: '✗ reject' },
};

/** What a reviewer may find of one item. */
export const OUTCOME_CHOICES: readonly (Words & { readonly value: Assessed })[] = [
  { value: 'PASS', zh: '✓ 符合', en: '✓ met' },
  { value: 'FAIL', zh: '✗ 不符合', en: '✗ not met' },
  { value: 'CANNOT_TELL', zh: '? 不能判断', en: '? cannot tell' },
];

/** Nothing of it stands in the way. */
export const isMet = ({ outcome }: Pick<CheckItem, 'outcome'>): boolean => outcome === 'PASS' || outcome === 'NOT_CONCERNED';
