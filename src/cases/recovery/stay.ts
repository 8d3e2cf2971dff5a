import type { PenaltyCase } from '../penalty-case.ts';

/** What a stay of execution rests on. */
export const STAY = '行政复议法 第四十二条；行政诉讼法 第五十六条';

/** Is execution stopped by a decision of the authority, the reviewing body or the court? It ends with the remedy itself. */
export function isStayed({ remedy, latest }: PenaltyCase): boolean {
  const pending = remedy === 'RECONSIDERATION' || remedy === 'LITIGATION';
  return pending && latest.RECORD_STAY !== undefined && (latest.LIFT_STAY?.version ?? -1) < latest.RECORD_STAY.version;
}

/** Execution goes on: the days of payment are those of the terms that stood still. */
export function withPayDays(state: PenaltyCase): PenaltyCase {
  const { T10, T10d } = state.running;
  return {
    ...state,
    ...(T10 === undefined || state.decision === undefined ? {} : { decision: { ...state.decision, payBy: T10.dueDay } }),
    ...(T10d === undefined ? {} : { dailyPayBy: T10d.dueDay }),
  };
}
