import type { Flag } from './flags.ts';

/** Logger roll-up of HJ 212-2017 附录C: gas 75 % normal children → normal, water one abnormal → abnormal. */
export function rollUpFlag(medium: 'gas' | 'water', children: readonly Flag[]): Flag {
  const normal = children.filter((flag) => flag === 'NORMAL').length;
  if (medium === 'gas') return children.length > 0 && normal / children.length >= 0.75 ? 'NORMAL' : 'FAULT';
  return children.find((flag) => flag !== 'NORMAL') ?? 'NORMAL';
}

export type GapPolicy = 'BREAK' | 'SKIP' | 'COUNT_AS_OVER';
export type HourJudgement = 'OVER' | 'NOT_OVER' | 'INVALID' | 'EXEMPT_CANDIDATE';

/** Longest run of exceeding hours under a policy for hours that cannot be judged (§5.3 CONSEC_HOURS; default BREAK). */
export function longestRun(hours: readonly HourJudgement[], policy: GapPolicy): number {
  let run = 0;
  let longest = 0;
  for (const hour of hours) {
    const counts = hour === 'OVER' || (hour === 'INVALID' && policy === 'COUNT_AS_OVER');
    if (counts) run += 1;
    else if (!(hour === 'INVALID' && policy === 'SKIP')) run = 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
