import { actsNotFound } from '../evidence/act-found.ts';
import type { Guard } from './guards.ts';
import { fine } from './need.ts';

export const ACT_GUARD_ARTICLES = {
  ACT_FOUND: '行政处罚法 第四十条、第五十四条',
} as const;

/** Values that look tampered with lead to an act; only what shows the act itself charges it. */
export const ACT_GUARDS = {
  ACT_FOUND: ({ state, command, law }) => {
    const outcome = command?.kind === 'FINISH_INVESTIGATION' ? command.outcome : state.report?.outcome;
    return outcome === 'NOT_ESTABLISHED' ? fine : actsNotFound(state, law);
  },
} as const satisfies Record<keyof typeof ACT_GUARD_ARTICLES, Guard>;
