import type { Edition } from './edition.ts';

/**
 * How the host answers what a field device sends: `data` by 9014, `notice` by 9013, `request` by 9011, `answer` not at
 * all (HJ 212-2017 表 6, 表 9; HJ 212-2025 by secondary sources).
 */
export type CommandKind = 'data' | 'notice' | 'request' | 'answer';

const NOTICES: ReadonlySet<string> = new Set(['1013', '2072', '9015', '9021']);
const ANSWERS: ReadonlySet<string> = new Set(['9011', '9012', '9013', '9014']);

/** 1001 and 3014 changed their meaning between editions: decide with the device's own edition. */
export function kindOfCommand(cn: string, edition: Edition): CommandKind {
  if (ANSWERS.has(cn)) return 'answer';
  if (NOTICES.has(cn) || (cn === '1001' && edition === '2025')) return 'notice';
  if (cn === '1014') return 'request';
  return 'data';
}
