import type { Flag } from './flags.ts';

/** Logger roll-up of HJ 212-2017 附录C: gas 75 % normal children → normal, water one abnormal → abnormal. */
export function rollUpFlag(medium: 'gas' | 'water', children: readonly Flag[]): Flag {
  const normal = children.filter((flag) => flag === 'NORMAL').length;
  if (medium === 'gas') return children.length > 0 && normal / children.length >= 0.75 ? 'NORMAL' : 'FAULT';
  return children.find((flag) => flag !== 'NORMAL') ?? 'NORMAL';
}

/** What an hour that cannot be judged does to a run of exceeding hours. */
export type GapPolicy = 'BREAK' | 'SKIP' | 'COUNT_AS_OVER';
/** How an hour counts in a run. */
export type HourJudgement = 'OVER' | 'NOT_OVER' | 'INVALID' | 'EXEMPT_CANDIDATE';

/** Exceeding hours in a row, as indices into the hours given; `counted` is what the policy counts. */
export interface OverRun {
  readonly first: number;
  readonly last: number;
  readonly counted: number;
}

/**
 * Runs of exceeding hours (内环办〔2021〕103号 二（二）: three hours in a row). An hour that cannot be judged breaks a run, is passed over, or counts as
 * over; an hour under a condition mark breaks it or is passed over. A run begins and ends with an hour that is over.
 */
export function overRuns(hours: readonly HourJudgement[], policy: GapPolicy, exemptBreaks = true): OverRun[] {
  const runs: OverRun[] = [];
  let run: OverRun | undefined;
  let waiting = 0;
  hours.forEach((hour, i) => {
    if (hour === 'OVER') {
      run = run === undefined ? { first: i, last: i, counted: 1 } : { ...run, last: i, counted: run.counted + waiting + 1 };
      waiting = 0;
      return;
    }
    const passes = hour === 'INVALID' ? policy !== 'BREAK' : hour === 'EXEMPT_CANDIDATE' && !exemptBreaks;
    if (run !== undefined && hour === 'INVALID' && policy === 'COUNT_AS_OVER') waiting += 1;
    if (passes || run === undefined) return;
    runs.push(run);
    run = undefined;
    waiting = 0;
  });
  return run === undefined ? runs : [...runs, run];
}

/** The most hours any run counts; trailing hours that cannot be judged do not lengthen it. */
export const longestRun = (hours: readonly HourJudgement[], policy: GapPolicy, exemptBreaks = true): number =>
  Math.max(0, ...overRuns(hours, policy, exemptBreaks).map((run) => run.counted));
