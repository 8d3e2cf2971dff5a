import { z } from 'zod';
import { accountId, instantMs, line, optionalText, text } from './fields.ts';

const postponement = { ground: line, heldAt: instantMs, place: line, /** Another host, where the one named cannot. */ hostId: accountId.optional(), reason: text };
/** When and where a hearing is held, who keeps the record, who else hears. */
export const session = { heldAt: instantMs, place: line, recorder: optionalText, hearers: optionalText };
/** What the record of a hearing holds (评查细则 环执法发〔2024〕4号): who was there, proof, debate, last words, signatures. */
export const hearingMinutes = { attended: z.boolean(), people: optionalText, record: text, proof: optionalText, debate: optionalText, lastWords: optionalText, signatures: optionalText };
const hostAnswer = { accepted: z.boolean(), hostId: accountId.optional(), reason: text };

/** The same on the hearing about the daily penalty. */
export const dailyHearing = [
  z.object({ kind: z.literal('REQUEST_DAILY_POSTPONEMENT'), reason: text, proof: optionalText }),
  z.object({ kind: z.literal('POSTPONE_DAILY_HEARING'), ...postponement }),
  z.object({ kind: z.literal('REFUSE_DAILY_POSTPONEMENT'), reason: text }),
  z.object({ kind: z.literal('ASK_DAILY_HOST_RECUSAL'), reason: text }),
  z.object({ kind: z.literal('ANSWER_DAILY_HOST_RECUSAL'), ...hostAnswer }),
] as const;

/** Hearing: asked for, notified, postponed, adjourned, held (行政处罚法 第六十三条至第六十五条; 环境行政处罚听证程序规定). */
export const hearing = [
  z.object({ kind: z.literal('REQUEST_HEARING'), reason: text }),
  z.object({ kind: z.literal('GRANT_HEARING'), hostId: accountId, ...session }),
  z.object({ kind: z.literal('REFUSE_HEARING'), reason: text }),
  z.object({ kind: z.literal('WITHDRAW_HEARING'), reason: text }),
  z.object({ kind: z.literal('REQUEST_POSTPONEMENT'), reason: text, proof: optionalText }),
  z.object({ kind: z.literal('POSTPONE_HEARING'), ...postponement }),
  /** Told why, the party knows that its reasons were looked at. */
  z.object({ kind: z.literal('REFUSE_POSTPONEMENT'), reason: text }),
  z.object({ kind: z.literal('ASK_HOST_RECUSAL'), reason: text }),
  z.object({ kind: z.literal('ANSWER_HOST_RECUSAL'), ...hostAnswer }),
  z.object({ kind: z.literal('ADJOURN_HEARING'), ground: line, record: text }),
  z.object({ kind: z.literal('RESUME_HEARING'), heldAt: instantMs, place: line, reason: text }),
  z.object({
    kind: z.literal('HOLD_HEARING'),
    ...hearingMinutes,
    points: z.array(text).max(30),
    report: text,
  }),
] as const;
