import type { Finding, Words } from '../shapes.ts';

export const FINDING_WORDS: Readonly<Record<Finding, Words>> = {
  PASS: { zh: '✓ 通过', en: '✓ pass' },
  RETURN: { zh: '↩ 退回补充', en: '↩ return for more' },
  REJECT: { zh: '✗ 不予认定', en: '✗ reject' },
};
