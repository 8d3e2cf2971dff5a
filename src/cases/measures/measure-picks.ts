import { dailyDebt } from './daily-sum.ts';
import type { PickTable } from '../transitions/next-state.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import type { StateOf } from '../states.ts';

/** A release that is not due leaves the sealing where its term stands. */
function stillSealed({ latest, running }: PenaltyCase): StateOf<'SEALING'> {
  if (latest.RECORD_SEALING_OVERRUN !== undefined) return 'SEALING_OVERRUN';
  return running.T21x === undefined ? 'SEALED' : 'SEALED_LONGER';
}

const limitOf = ({ latest }: PenaltyCase): StateOf<'PRODUCTION'> =>
  latest.ORDER_PRODUCTION?.command.measure === 'LIMIT_PRODUCTION' ? 'UNDER_LIMIT' : 'UNDER_STOP';

/** Next state of the measures' steps that have several. */
export const MEASURE_PICK: PickTable = {
  REJECT_PRESERVATION: (s) => (s.preservation === 'PRESERVED_URGENTLY' ? 'PRESERVATION_HANDLED' : 'NO_PRESERVATION'),
  REJECT_SEALING: (s) => (s.sealing === 'SEALED_URGENTLY' ? 'RELEASE_DECIDED' : 'NO_SEALING'),
  CHECK_RELEASE: (s, c) => (c.fit ? 'RELEASE_PROPOSED' : stillSealed(s)),
  RECORD_PRODUCTION_DELIVERED: limitOf,
  RETURN_COMPLETION: (s) => (s.latest.EXPIRE_LIMIT === undefined ? limitOf(s) : 'LIMIT_EXPIRED'),
  FOLLOW_UP_PRODUCTION: (_, c) => (c.obeyed ? 'FOLLOWED_UP' : 'LIMIT_BROKEN'),
  CLOSE_DAILY_WINDOW: (s) =>
    s.latest.DEFEND_AGAINST_DAILY === undefined ? 'DAILY_LEGAL_REVIEW' : 'DAILY_DEFENCE_REVIEW',
  REVIEW_DAILY_DEFENCE: (_, c) => (c.accepted ? 'DAILY_PROPOSED' : 'DAILY_LEGAL_REVIEW'),
  DISCUSS_DAILY_PENALTY: (_, c) => (c.agreed ? 'DAILY_READY' : 'DAILY_PROPOSED'),
  // What was paid on one that was revoked counts towards the new one.
  RECORD_DAILY_DELIVERED: (s) => (dailyDebt(s).owed > 0 ? 'DAILY_PAYING' : 'DAILY_PAID'),
  REGISTER_DAILY_PAYMENT: (s, c) => (c.amount >= dailyDebt(s).owed ? 'DAILY_PAID' : s.daily),
  RECORD_DAMAGE_JUDGMENT: (_, c) => (c.granted ? 'REPAIRING' : 'DAMAGE_DROPPED'),
  EVALUATE_REPAIR: (_, c) => (c.passed ? 'DAMAGE_SETTLED' : 'REPAIRING'),
};
