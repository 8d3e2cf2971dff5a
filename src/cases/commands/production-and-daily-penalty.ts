import { z } from 'zod';
import { accountId, dayText, instantMs, line, optionalText, proofFiles, text, yuan } from './fields.ts';
import { dailyHearing, hearingMinutes, session } from './hearing.ts';
import { enforced, instalments, toTheCourt } from './after-decision.ts';
import { deliveryFacts, discussionMinutes, legalReviewPoints } from './notice-to-decision.ts';

export const LIMIT_KINDS = ['LIMIT_PRODUCTION', 'STOP_PRODUCTION'] as const;

export const productionAndDailyPenalty = [
  z.object({
    kind: z.literal('ORDER_PRODUCTION'),
    measure: z.enum(LIMIT_KINDS),
    situation: line,
    way: text,
    demands: z.array(text).min(1).max(20),
    reason: text,
  }),
  z.object({ kind: z.literal('RECORD_PRODUCTION_DELIVERED'), ...deliveryFacts.shape }),
  z.object({ kind: z.literal('FILE_PLAN'), plan: text, publishedAt: line, proof: proofFiles }),
  z.object({ kind: z.literal('EXTEND_LIMIT'), reason: text }),
  z.object({ kind: z.literal('REPORT_COMPLETION'), completedOn: dayText, measures: text, monitoringReport: line, proof: proofFiles }),
  z.object({ kind: z.literal('RETURN_COMPLETION'), checkedOn: dayText, findings: text }),
  z.object({ kind: z.literal('FILE_COMPLETION'), statement: text, publishedAt: line }),
  z.object({ kind: z.literal('EXPIRE_LIMIT'), expiredAt: instantMs }),
  z.object({ kind: z.literal('CHECK_PRODUCTION'), checkedOn: dayText, findings: text }),
  z.object({ kind: z.literal('RECORD_BREACH'), checkedOn: dayText, findings: text }),
  z.object({ kind: z.literal('FOLLOW_UP_PRODUCTION'), checkedOn: dayText, findings: text, obeyed: z.boolean() }),
  z.object({ kind: z.literal('PROPOSE_CLOSURE'), government: line, reason: text }),
  z.object({ kind: z.literal('END_PRODUCTION'), reason: text }),

  z.object({ kind: z.literal('RECEIVE_MONITORING_REPORT'), laboratory: line, reportNo: line, receivedOn: dayText, result: text }),
  z.object({ kind: z.literal('PROPOSE_DAILY_PENALTY'), reason: text }),
  z.object({ kind: z.literal('DROP_DAILY_PENALTY'), reason: text }),
  z.object({ kind: z.literal('SEND_DAILY_NOTICE') }),
  z.object({ kind: z.literal('RECORD_DAILY_NOTICE_DELIVERED'), ...deliveryFacts.shape }),
  z.object({ kind: z.literal('DEFEND_AGAINST_DAILY'), statement: text, proof: optionalText }),
  z.object({ kind: z.literal('REQUEST_DAILY_HEARING'), reason: text }),
  z.object({ kind: z.literal('NOTIFY_DAILY_HEARING'), hostId: accountId, ...session }),
  ...dailyHearing,
  z.object({ kind: z.literal('HOLD_DAILY_HEARING'), ...hearingMinutes, report: text }),
  z.object({ kind: z.literal('CLOSE_DAILY_WINDOW') }),
  z.object({ kind: z.literal('REVIEW_DAILY_DEFENCE'), accepted: z.boolean(), reason: text }),
  z.object({ kind: z.literal('PASS_DAILY_LEGAL_REVIEW'), ...legalReviewPoints }),
  z.object({ kind: z.literal('RETURN_DAILY_FROM_LEGAL'), reason: text }),
  z.object({ kind: z.literal('DISCUSS_DAILY_PENALTY'), ...discussionMinutes }),
  z.object({ kind: z.literal('DECIDE_DAILY_PENALTY'), opinion: text }),
  z.object({ kind: z.literal('RECORD_DAILY_DELIVERED'), ...deliveryFacts.shape }),
  z.object({ kind: z.literal('REQUEST_DAILY_INSTALMENTS'), untilDay: dayText, reason: text }),
  z.object({ kind: z.literal('GRANT_DAILY_INSTALMENTS'), ...instalments }),
  z.object({ kind: z.literal('REFUSE_DAILY_INSTALMENTS'), reason: text }),
  z.object({ kind: z.literal('RECORD_DAILY_OVERDUE'), expiredAt: instantMs }),
  z.object({ kind: z.literal('ISSUE_DAILY_DEMAND'), reason: text }),
  z.object({ kind: z.literal('RECORD_DAILY_DEMAND_DELIVERED'), ...deliveryFacts.shape }),
  z.object({ kind: z.literal('APPLY_TO_COURT_DAILY'), ...toTheCourt }),
  z.object({ kind: z.literal('RECORD_DAILY_ENFORCEMENT'), ...enforced }),
  z.object({ kind: z.literal('REVOKE_DAILY_PENALTY'), reason: text }),
  z.object({ kind: z.literal('REGISTER_DAILY_PAYMENT'), amount: yuan, paidOn: dayText, voucher: line }),
] as const;
