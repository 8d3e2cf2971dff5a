import { observedFactSchema } from '#review';
import { z } from 'zod';
import { MEANS, VIOLATION_KEYS } from '#law';
import { EVIDENCE_MODES, evidenceSourceSchema } from './filing-and-investigation.ts';
import { dayText, identityNumber, line, optionalText, sha256, text } from './fields.ts';

const act = z.object({ violation: z.enum(VIOLATION_KEYS), actStart: dayText, actEnd: dayText, facts: text });
const item = z.object({
  itemId: line, title: line, evidenceKind: line, point: line, mode: z.enum(EVIDENCE_MODES), obtainedOn: dayText, provider: line,
  proves: text,
  shows: z.array(z.enum(MEANS)).readonly().optional(), factors: z.array(line).readonly().optional(), source: evidenceSourceSchema,
});
const ref = z.object({
  reviewId: z.string(), dataRef: line, title: z.string(), sha256: sha256.optional(),
  frames: z.object({ mn: z.string(), from: z.number(), to: z.number() }).optional(),
});

/** Several cases about one matter: split, joined by a further party, merged, handled anew after the archive. */
export const kin = [
  z.object({ kind: z.literal('SPLIT_CASE'), violation: z.enum(VIOLATION_KEYS), reason: text }),
  z.object({ kind: z.literal('ADD_PARTY'), otherUnitId: line, part: text, reason: optionalText }),
  /** A natural person the law fines beside the unit. */
  z.object({
    kind: z.literal('ADD_PERSON'), name: line, idNumber: identityNumber, role: z.enum(['IN_CHARGE', 'RESPONSIBLE']), post: line, address: line, part: text,
  }),
  /** What the other party to an act is suspected of, told to it in its own case. */
  z.object({ kind: z.literal('TELL_SUSPICION') }),
  z.object({ kind: z.literal('MERGE_CASE'), intoCaseId: line, reason: text }),
  /** Recorded by the platform on the case that goes on. */
  z.object({
    kind: z.literal('TAKE_IN_CASE'),
    fromCaseId: line,
    fromCaseNo: line,
    acts: z.array(act).min(1).max(9),
    evidence: z.array(item).max(500),
    refs: z.array(ref).max(500),
    reason: text,
    /** Who merged them; absent, like the two after it, in files merged before it was kept. */
    by: z.object({ name: line, certificate: z.string().optional() }).optional(),
    /** From the first to the last data of the case taken in, epoch ms, and its factors. */
    span: z.object({ from: z.number(), to: z.number() }).optional(),
    factors: z.array(line).max(50).optional(),
    /** What was done before it is open again, and whether its own matter was ordered to be put right already; absent in files merged before that was asked. */
    reopens: z.object({ ordered: z.boolean() }).optional(),
    /** Its facts as data; absent where its file holds none. */
    observed: z.array(observedFactSchema).max(500).optional(),
    /** The facts of violations both cases have, told as one; absent in files merged before that was done. */
    told: z.array(z.object({ violation: z.enum(VIOLATION_KEYS), facts: text })).max(9).optional(),
  }),
  z.object({ kind: z.literal('REOPEN_ARCHIVED'), ground: line, reason: text }),
] as const;
