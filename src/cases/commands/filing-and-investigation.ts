import { z } from 'zod';
import { VIOLATION_KEYS } from '#law';
import { accountId, dayText, instantMs, line, meansShown, namedProvision, optionalIdentity, optionalText, sha256, text } from './fields.ts';

/** The four conditions of filing (生态环境行政处罚办法 第十八条). */
const filingConditions = z.object({
  initialProof: z.boolean(),
  punishable: z.boolean(),
  jurisdiction: z.boolean(),
  withinLimitation: z.boolean(),
});

export const EVIDENCE_MODES = ['OFFSITE', 'ONSITE'] as const;

/**
 * Where an item of evidence comes from. Electronic data of the platform name the review that passed them
 * (江苏办法 第十二条); a file brought in otherwise names its digest.
 */
export const evidenceSourceSchema = z.discriminatedUnion('from', [
  /** `data:<outfall>:<from ms>:<to ms>` or `material:<sha256>`; the platform finds the review that covers it. */
  z.object({
    from: z.literal('REVIEWED_DATA'),
    reviewId: z.string().max(64).default(''),
    dataRef: line,
    sha256: sha256.optional(),
  }),
  z.object({ from: z.literal('PLATFORM_DATA'), dataRef: line, sha256: sha256.optional() }),
  z.object({ from: z.literal('FILE'), fileName: line, sha256 }),
  z.object({ from: z.literal('RECORD'), note: text }),
]);
export type EvidenceSource = z.infer<typeof evidenceSourceSchema>;

export const filingAndInvestigation = [
  z.object({
    kind: z.literal('PROPOSE_FILING'),
    violation: z.enum(VIOLATION_KEYS),
    assistOfficerId: accountId,
    actStart: dayText,
    actEnd: dayText,
    facts: text,
    reason: text,
    /** Code of `law/codes/harm-kinds.yaml`: harm makes the limitation five years (行政处罚法 第三十六条). */
    harm: line.default('NONE'),
    harmFinding: optionalText,
    /** Which act of the region's list it is, where the region names some (内环办〔2021〕103号 三（一）). */
    namedAct: line.optional(),
    conditions: filingConditions,
    /** Cases of the same outfall that were filed before and lie close: taken into that case once this one is filed, or why it is another act. */
    beside: z.array(z.object({ caseNo: line, way: z.enum(['JOIN', 'SEPARATE']), reason: text })).max(20).default([]),
  }),
  z.object({ kind: z.literal('ENDORSE_FILING'), opinion: text }),
  z.object({ kind: z.literal('RETURN_FILING'), reason: text }),
  z.object({ kind: z.literal('EXTEND_FILING'), reason: text }),
  z.object({ kind: z.literal('APPROVE_FILING'), opinion: text }),
  z.object({ kind: z.literal('REFUSE_FILING'), ground: line, reason: text }),
  z.object({ kind: z.literal('TRANSFER_OUT'), to: line, reason: text }),
  z.object({ kind: z.literal('REVOKE_FILING'), ground: line, reason: text }),
  z.object({ kind: z.literal('ASSIGN_OFFICERS'), assistOfficerId: accountId, reason: text }),
  z.object({ kind: z.literal('DECLARE_INTEREST'), reason: text }),
  z.object({
    kind: z.literal('ATTACH_EVIDENCE'),
    title: line,
    evidenceKind: line,
    point: line,
    mode: z.enum(EVIDENCE_MODES),
    obtainedOn: dayText,
    provider: line,
    proves: text,
    ...meansShown,
    source: evidenceSourceSchema,
    /** First and last moment of what a log or a recording holds. */
    coversFrom: instantMs.optional(),
    coversTo: instantMs.optional(),
    /** How it was taken: from when (until the step itself), with what, and who of the party signed; a signature that is wanting is noted, with a witness. */
    startedAt: instantMs.optional(),
    environment: optionalText,
    partySigned: optionalText,
    absence: optionalText,
    witness: optionalText,
  }),
  z.object({
    kind: z.literal('RECORD_INQUIRY'),
    startedAt: instantMs,
    endedAt: instantMs,
    platform: line,
    recordingId: line,
    identityCheck: line,
    asked: z.object({ name: line, role: line, idNumber: optionalIdentity, phone: optionalText }),
    rightsTold: text,
    dialogue: z
      .array(z.object({ question: text, answer: text }))
      .min(1)
      .max(200),
    /** Fault, duration, number of times, consequences (评查细则 环执法发〔2024〕4号). */
    circumstances: optionalText,
    /** Where papers may be served, as the person asked confirms it; the registered address where nothing is said. */
    serviceAddress: optionalText,
    confirmedByAsked: text,
    ...meansShown,
  }),
  /** The party told the authority before it was found (沪环执法〔2021〕75号 三（五）二). */
  z.object({ kind: z.literal('RECORD_SELF_REPORT'), reportedOn: dayText, way: line, content: text, proof: line }),
  z.object({ kind: z.literal('SWITCH_MODE'), mode: z.enum(EVIDENCE_MODES), ground: line, reason: text }),
  z.object({ kind: z.literal('SUSPEND'), ground: line, reason: text }),
  z.object({ kind: z.literal('RESUME'), reason: text }),
  z.object({ kind: z.literal('TERMINATE'), ground: line, reason: text }),
  /** Established, or not: then nothing is weighed, and the party is told (生态环境行政处罚办法 第三十七条、第三十八条). */
  z.object({
    kind: z.literal('FINISH_INVESTIGATION'),
    outcome: z.enum(['ESTABLISHED', 'NOT_ESTABLISHED']).default('ESTABLISHED'), facts: text,
    /** Facts of the review the investigation does not find, each with the reason: they count in no figure. Absent in files reported before it was asked. */
    setAside: z.array(z.object({ factId: line, reason: text })).max(50).optional(),
    /** Why what the review handed over is no falsification, where it looked like one and something else is charged. Absent in files reported before it was asked. */
    notFalsified: text.optional(),
    /** Why a device that did not run had no lawful reason: when the fault was reported, mended and marked. Absent in files reported before it was asked. */
    unexcused: text.optional(),
    ...namedProvision, conclusion: text, proposal: text,
  }),
  z.object({
    kind: z.literal('PASS_CASE_REVIEW'),
    jurisdiction: text,
    facts: text,
    evidence: text,
    procedure: text,
    limitation: text,
    lawAndDiscretion: text,
    conclusion: text,
  }),
  z.object({ kind: z.literal('RETURN_CASE'), reason: text }),
] as const;
