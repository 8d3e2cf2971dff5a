import { z } from 'zod';
import { PENALTY_KINDS } from '#law';
import { dayText, instantMs, line, namedProvision, optionalText, proofFiles, text, yuan } from './fields.ts';
import { deliveryFacts } from './notice-to-decision.ts';

/** Off-site first (江苏办法 第十八条). */
export const CHECK_METHODS = ['DATA', 'DRONE', 'VEHICLE', 'ONSITE'] as const;

/** A later day, and the parts where there are some; they come to what is still owed. */
export const instalments = {
  untilDay: dayText,
  reason: text,
  schedule: z
    .array(z.object({ dueOn: dayText, amount: yuan }))
    .max(24)
    .default([]),
};

const STAYED_BY = ['AUTHORITY', 'RECONSIDERATION_BODY', 'COURT'] as const;
const stay = { by: z.enum(STAYED_BY), reference: line, reason: text };

/** What is put before the court, and what came of it. */
/** `lateReason`: why it comes after the three months, where it does. */
export const toTheCourt = { court: line, reason: text, lateReason: optionalText };
/** In full; in part, and the court goes on; ended by the court without all of it, because there is nothing to take. */
const ENFORCEMENT_OUTCOMES = ['FULL', 'PART', 'TERMINATED'] as const;
const enforcement = { outcome: z.enum(ENFORCEMENT_OUTCOMES), reference: line, note: text };
export const enforced = { ...enforcement, amount: z.number().int().nonnegative().max(1_000_000_000) };

/** What the party says after a demand, and what it is answered. */
const said = { statement: text, proof: optionalText };
const answered = { statementId: line, accepted: z.boolean(), reason: text };

const remedyAsked = { remedy: z.enum(['RECONSIDERATION', 'LITIGATION']), body: line, receivedOn: dayText };
const remedyEnded = {
  /** REMANDED: set aside, to be decided anew. */
  outcome: z.enum(['UPHELD', 'CHANGED', 'REMANDED', 'REVOKED']),
  /** What the changed decision says, in yuan; only where a sum was changed. */
  amount: z.number().int().nonnegative().optional(),
  /** When the decision on the remedy was received; today where nothing is said. The fifteen days for a suit run from it. */
  receivedOn: dayText.optional(),
  reference: line,
  note: text,
};

/** Kinds of penalty whose carrying out somebody has to record. */
export const RECORDED_PENALTIES = ['CONFISCATION', 'PERMIT_REVOCATION', 'CLOSURE'] as const;

export const afterDecision = [
  z.object({ kind: z.literal('REPORT_PAYMENT'), amount: yuan, paidOn: dayText, voucher: line }),
  z.object({ kind: z.literal('REGISTER_PAYMENT'), amount: yuan, paidOn: dayText, voucher: line }),
  z.object({ kind: z.literal('GRANT_INSTALMENTS'), ...instalments }),
  z.object({ kind: z.literal('RECORD_OVERDUE'), expiredAt: instantMs }),
  z.object({ kind: z.literal('ISSUE_DEMAND'), reason: text }),
  z.object({ kind: z.literal('APPLY_TO_COURT'), ...toTheCourt }),
  z.object({ kind: z.literal('RECORD_ENFORCEMENT'), ...enforced }),
  z.object({ kind: z.literal('STATE_AGAINST_DEMAND'), ...said }),
  z.object({ kind: z.literal('ANSWER_DEMAND_STATEMENT'), ...answered }),
  z.object({ kind: z.literal('STATE_AGAINST_DAILY_DEMAND'), ...said }),
  z.object({ kind: z.literal('ANSWER_DAILY_DEMAND_STATEMENT'), ...answered }),
  z.object({ kind: z.literal('STATE_AGAINST_CORRECTION_DEMAND'), ...said }),
  z.object({ kind: z.literal('ANSWER_CORRECTION_STATEMENT'), ...answered }),
  /** Reduced or waived for a ground of the list; never what was paid already. */
  z.object({ kind: z.literal('WAIVE_SURCHARGE'), of: z.enum(['FINE', 'DAILY']), amount: yuan, ground: line, reason: text }),
  z.object({ kind: z.literal('APPLY_TO_COURT_CORRECTION'), ...toTheCourt }),
  z.object({ kind: z.literal('RECORD_CORRECTION_ENFORCED'), ...enforcement }),
  z.object({ kind: z.literal('REFUSE_INSTALMENTS'), reason: text }),
  /** Execution stops while a remedy is pending, by whom and on which ground (行政复议法 第四十二条; 行政诉讼法 第五十六条). */
  z.object({ kind: z.literal('RECORD_STAY'), ground: line, ...stay }),
  z.object({ kind: z.literal('LIFT_STAY'), ...stay }),
  z.object({ kind: z.literal('RECORD_ACT_STAY'), remedyId: line, ground: line, ...stay }),
  z.object({ kind: z.literal('LIFT_ACT_STAY'), remedyId: line, ...stay }),
  z.object({ kind: z.literal('DECIDE_REFUND'), amount: yuan, reason: text }),
  z.object({ kind: z.literal('RECORD_REFUND'), amount: yuan, interest: z.number().int().nonnegative().max(1_000_000_000).default(0), paidOn: dayText, voucher: line }),
  /** Confiscation, permit, closure: carried out when and how. Fines are paid, production orders have their own track, a warning is given with the decision. */
  z.object({ kind: z.literal('RECORD_PENALTY_CARRIED_OUT'), penalty: z.enum(RECORDED_PENALTIES), carriedOutOn: dayText, reference: line, note: text }),
  z.object({ kind: z.literal('PROPOSE_CLOSING'), ground: line, course: text, remedyCourse: text }),
  z.object({ kind: z.literal('RETURN_CLOSING'), reason: text }),
  z.object({ kind: z.literal('APPROVE_CLOSING'), opinion: text }),
  /** Sent by the archive module only; the catalogue is the data of 卷内文件目录. */
  z.object({ kind: z.literal('ARCHIVE'), archiveNo: line, catalogue: z.record(z.string(), z.unknown()) }),
  z.object({
    kind: z.literal('ORDER_RECTIFICATION'),
    demands: z.array(text).min(1).max(20),
    dueOn: dayText,
    consequence: optionalText,
    ...namedProvision,
  }),
  z.object({ kind: z.literal('RECORD_ORDER_DELIVERED'), ...deliveryFacts.shape }),
  z.object({
    kind: z.literal('REPORT_RECTIFICATION'),
    measures: text,
    completedOn: dayText,
    proof: proofFiles,
  }),
  z.object({
    kind: z.literal('CHECK_RECTIFICATION'),
    method: z.enum(CHECK_METHODS),
    methodReason: optionalText,
    from: dayText,
    to: dayText,
    findings: text,
    corrected: z.boolean(),
    /** The unit kept the inspectors out: that counts as refusal to correct (按日连续处罚办法 第十三条). */
    obstructed: z.boolean().default(false),
    /** Told beforehand; the re-check that starts a daily penalty may not be (第十条). */
    announced: z.boolean().default(false),
  }),
  z.object({ kind: z.literal('WAIVE_RECTIFICATION'), ground: text }),
  z.object({ kind: z.literal('RECORD_REMEDY'), ...remedyAsked }),
  z.object({
    kind: z.literal('RECORD_REMEDY_OUTCOME'),
    ...remedyEnded,
    penalties: z.array(z.enum(PENALTY_KINDS)).max(7).optional(),
  }),
  /** Against another act of the case: the paper that makes it. */
  z.object({ kind: z.literal('RECORD_ACT_REMEDY'), paperId: line, ...remedyAsked }),
  z.object({ kind: z.literal('RECORD_ACT_REMEDY_OUTCOME'), remedyId: line, ...remedyEnded }),
] as const;
