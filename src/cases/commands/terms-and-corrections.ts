import { z } from 'zod';
import { VIOLATION_KEYS } from '#law';
import { accountId, dayText, line, optionalText, text, yuan } from './fields.ts';
import { deliveryFacts, discussionMinutes } from './notice-to-decision.ts';

/** Terms, excluded time, and steps that put right an earlier one: always a new act, never an edit. */
export const termsAndCorrections = [
  /** The party asks that an officer stand aside; the head decides, and says what becomes of the work done before (行政处罚法 第四十三条). */
  z.object({ kind: z.literal('ASK_OFFICER_RECUSAL'), officerId: accountId, reason: text }),
  z.object({ kind: z.literal('ANSWER_OFFICER_RECUSAL'), accepted: z.boolean(), replacementId: accountId.optional(), workDone: text, excluded: z.array(line).max(100).default([]), reason: text }),
  z.object({ kind: z.literal('EXTEND_TERM'), reason: text }),
  z.object({ kind: z.literal('EXTEND_TERM_AGAIN'), ...discussionMinutes }),
  /** The time of monitoring, appraisal, public notice or service does not count (生态环境行政处罚办法). */
  z.object({ kind: z.literal('BEGIN_EXCLUSION'), ground: line, reason: text }),
  z.object({ kind: z.literal('END_EXCLUSION'), ground: line, result: text }),
  z.object({ kind: z.literal('WITHDRAW_NOTICE'), to: z.enum(['DISCRETION', 'INVESTIGATING']), reason: text }),
  /** 更正: a clerical error of a paper that reached the party. */
  z.object({ kind: z.literal('CORRECT_PAPER'), paperId: line, wrong: text, right: text, reason: text }),
  z.object({
    kind: z.literal('REOPEN_CASE'),
    ground: line,
    to: z.enum(['INVESTIGATING', 'DISCRETION', 'PERFORMING']),
    reason: text,
  }),
  z.object({
    kind: z.literal('ADD_VIOLATION'),
    violation: z.enum(VIOLATION_KEYS),
    actStart: dayText,
    actEnd: dayText,
    facts: text,
    reason: text,
    harm: line.default('NONE'),
    harmFinding: optionalText,
  }),
  /** What the clue grew by after its handover: part of this case, or left out of it with a reason. */
  z.object({
    kind: z.literal('SETTLE_LATER_FINDINGS'),
    way: z.enum(['TAKE_IN', 'LEAVE_OUT']),
    /** The version the officer read. */
    clueVersion: z.number().int().positive(),
    /** Where they are taken in: the whole span of the act and the facts as they then stand. */
    actStart: dayText.optional(),
    actEnd: dayText.optional(),
    facts: optionalText,
    reason: text,
  }),
  /** Why something the file points to is not followed; each of its conditions that was open, answered by a person. */
  z.object({
    kind: z.literal('ANSWER_SUGGESTION'),
    suggestion: line,
    /** `shownBy`: the paper of the file that shows it, where it goes against what the file says. */
    answers: z.array(z.object({ ground: line, holds: z.boolean(), shownBy: line.optional() })).max(20).default([]),
    reason: text,
    /** The provision that spares the authority what the applied one demands of it. */
    provision: line.optional(),
  }),
  z.object({ kind: z.literal('RENAME_PARTY'), newName: line, proof: line, reason: text }),
  /** A paper of the main procedure has reached the party; notice, order and decision have steps of their own. */
  z.object({ kind: z.literal('RECORD_PAPER_DELIVERED'), ...deliveryFacts.shape }),
  z.object({ kind: z.literal('RECORD_DEMAND_DELIVERED'), ...deliveryFacts.shape }),
  z.object({
    kind: z.literal('DECIDE_ON_SPOT'),
    basisId: line,
    penalties: z.array(z.enum(['WARNING', 'FINE'])).min(1).max(2),
    amount: z.number().int().nonnegative().max(1_000_000),
    facts: text,
    place: line,
    /** What the party said when it was told facts, grounds and rights on the spot (行政处罚法 第五十二条). */
    said: text,
    signedBy: line,
  }),
  z.object({ kind: z.literal('FILE_ON_SPOT'), reference: line }),
  z.object({ kind: z.literal('REQUEST_INSTALMENTS'), untilDay: dayText, reason: text }),
  z.object({ kind: z.literal('DEMAND_CORRECTION'), dueOn: dayText, reason: text }),
  z.object({ kind: z.literal('RECORD_CORRECTION_DEMAND_DELIVERED'), ...deliveryFacts.shape }),
  z.object({ kind: z.literal('ORDER_SUBSTITUTE'), ground: line, performer: line, dueOn: dayText, estimate: yuan, manner: text, reason: text }),
  z.object({ kind: z.literal('RECORD_SUBSTITUTE'), completedOn: dayText, cost: yuan, findings: text }),
] as const;
