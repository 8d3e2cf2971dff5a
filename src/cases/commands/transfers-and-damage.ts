import { z } from 'zod';
import { dayText, instantMs, line, optionalText, text, yuan } from './fields.ts';

/** What goes along with a transfer beside what the case holds; the platform lists that itself (移送规定 第六条). */
const materials = z
  .array(z.object({ material: line, pages: z.number().int().positive().max(10_000) }))
  .max(100)
  .default([]);

export const transfersAndDamage = [
  z.object({ kind: z.literal('PROPOSE_TRANSFER'), suspectedCrime: line, reason: text }),
  z.object({ kind: z.literal('GIVE_TRANSFER_OPINION'), opinion: text, agrees: z.boolean() }),
  z.object({ kind: z.literal('APPROVE_TRANSFER'), opinion: text }),
  z.object({ kind: z.literal('REJECT_TRANSFER'), reason: text }),
  z.object({ kind: z.literal('SEND_TRANSFER'), to: line, reference: line, procuratorate: line, materials }),
  z.object({ kind: z.literal('ENTER_TWO_LAW_PLATFORM'), reference: line }),
  /** The police need more than three days: to check the clue (7) or because the case is complex (30). */
  z.object({ kind: z.literal('RECORD_POLICE_TERM'), need: z.enum(['TO_BE_CHECKED', 'COMPLEX']), reference: line, note: text }),
  z.object({ kind: z.literal('RECORD_POLICE_FILED'), reference: line, filedOn: dayText, note: text }),
  z.object({ kind: z.literal('RECORD_POLICE_REFUSED'), reference: line, reason: text }),
  /** Not theirs: they pass it on within 24 hours and say to whom. */
  z.object({ kind: z.literal('RECORD_POLICE_FORWARDED'), reference: line, to: line }),
  z.object({ kind: z.literal('HAND_OVER_GOODS'), goods: text, receivedBy: line, takenAt: instantMs }),
  z.object({ kind: z.literal('ACCEPT_REFUSAL'), reason: text }),
  z.object({ kind: z.literal('ASK_REFUSAL_REVIEW'), body: z.enum(['POLICE', 'PROCURATORATE']), reason: text }),
  z.object({ kind: z.literal('RECORD_REFUSAL_UPHELD'), reference: line, note: text }),
  z.object({ kind: z.literal('RECORD_REFUSAL_REVERSED'), reference: line, filedOn: dayText, note: text }),
  z.object({ kind: z.literal('RECORD_NO_PUNISHMENT'), outcome: z.enum(['WITHDRAWN', 'NOT_PROSECUTED', 'EXEMPTED', 'ACQUITTED']), reference: line, note: text }),
  z.object({ kind: z.literal('RECORD_CONVICTION'), reference: line, note: text }),

  z.object({ kind: z.literal('PROPOSE_DETENTION'), persons: z.array(z.object({ name: line, post: line, part: text })).min(1).max(20), basis: line, reason: text }),
  z.object({ kind: z.literal('APPROVE_DETENTION'), opinion: text }),
  z.object({ kind: z.literal('REJECT_DETENTION'), reason: text }),
  z.object({ kind: z.literal('SEND_DETENTION'), to: line, reference: line, materials }),
  z.object({ kind: z.literal('RECORD_DETENTION_ANSWER'), result: z.enum(['DETAINED', 'NOT_DETAINED', 'RETURNED']), reference: line, note: text }),
  z.object({ kind: z.literal('WITHDRAW_DETENTION'), to: line, reason: text }),

  z.object({ kind: z.literal('OPEN_DAMAGE_CLAIM'), damage: text, evidenceNote: text }),
  z.object({ kind: z.literal('APPRAISE_DAMAGE'), way: z.enum(['SIMPLE', 'FORMAL']), institution: line, estimate: yuan, findings: text }),
  z.object({ kind: z.literal('DROP_DAMAGE_CLAIM'), reason: text }),
  z.object({ kind: z.literal('INVITE_TO_NEGOTIATE'), heldAt: instantMs, place: line, claim: text }),
  z.object({ kind: z.literal('RECORD_NEGOTIATION'), heldAt: instantMs, place: line, attended: optionalText, discussion: text, conclusion: text }),
  z.object({ kind: z.literal('SIGN_AGREEMENT'), amount: yuan, repair: text, dueOn: dayText, signer: line, terms: text }),
  z.object({ kind: z.literal('CONFIRM_AGREEMENT'), court: line, reference: line }),
  z.object({ kind: z.literal('SUE_FOR_DAMAGE'), court: line, reason: text }),
  z.object({ kind: z.literal('RECORD_DAMAGE_JUDGMENT'), reference: line, granted: z.boolean(), note: text }),
  z.object({ kind: z.literal('REPORT_REPAIR'), measures: text, completedOn: dayText }),
  z.object({ kind: z.literal('EVALUATE_REPAIR'), institution: line, findings: text, passed: z.boolean() }),

  z.object({ kind: z.literal('MARK_MAJOR_CASE'), ground: line, happenedAt: instantMs, reason: text }),
  z.object({ kind: z.literal('REPORT_MAJOR_CASE'), to: line, course: text }),
  z.object({ kind: z.literal('RECORD_INSTRUCTION'), from: line, instruction: text, listed: z.boolean() }),
] as const;
