import { z } from 'zod';
import { PENALTY_KINDS, VIOLATION_KEYS } from '#law';
import { accountId, dayText, instantMs, line, namedProvision, optionalText, proofFiles, text, yuan } from './fields.ts';

/** Who spoke how at a meeting; investigators report but do not vote. */
const member = z.object({
  accountId: accountId.optional(),
  name: line,
  post: line,
  opinion: text,
  agrees: z.boolean(),
});
export const members = z.array(member).min(2).max(20);

/** Minutes of the leaders' discussion together (行政处罚法 第五十七条). */
export const discussionMinutes = {
  heldAt: instantMs,
  place: line,
  /** Who keeps the minutes: another than who presides. */
  recorder: optionalText,
  members,
  reason: text,
  discussion: text,
  agreed: z.boolean(),
  conclusion: text,
};

/** How a paper reached the party, as the delivery module reports it. */
export const deliveryFacts = z.object({
  deliveryId: line,
  method: line,
  arrivedAt: instantMs,
  legalDay: dayText,
  /** Which paper of the file it was; absent in steps recorded before it was kept: then the newest of those posted. */
  paperId: line.optional(),
});

/** The points of 生态环境行政处罚办法 第五十条. */
export const legalReviewPoints = {
  subject: text,
  officers: text,
  procedure: text,
  factsAndEvidence: text,
  lawAndDiscretion: text,
  documents: text,
  crime: text,
  conclusion: text,
};

/** What the legal review looks at, point by point (行政处罚法 第五十八条; 生态环境行政处罚办法 第五十条), the duties of the applied provision among them. */
export const LEGAL_POINTS = ['PARTY', 'FACTS', 'EVIDENCE', 'PROCEDURE', 'LAW', 'DISCRETION', 'DUTIES'] as const;
export type LegalPoint = (typeof LEGAL_POINTS)[number];

export const OUTCOMES = ['PENALTY', 'NO_PENALTY', 'NOT_ESTABLISHED'] as const;

const mitigation = z.object({ ground: line, percentOff: z.string().regex(/^\d+(\.\d+)?$/) });

export const noticeToDecision = [
  z.object({
    kind: z.literal('SET_DISCRETION'),
    basisId: line,
    /** Why this era's law, where two touch the act (从旧兼从轻). */
    basisReason: optionalText,
    ...namedProvision,
    grades: z.record(z.string().max(64), z.string().max(64)),
    mitigation: mitigation.optional(),
    /** One entry for each further violation of the case: several violations are counted one by one. */
    further: z
      .array(
        z.object({
          violation: z.enum(VIOLATION_KEYS),
          basisId: line,
          basisReason: optionalText,
          grades: z.record(z.string().max(64), z.string().max(64)),
          mitigation: mitigation.optional(),
        }),
      )
      .max(8)
      .default([]),
  }),
  z.object({
    kind: z.literal('DELIBERATE'),
    outcome: z.enum([...OUTCOMES, 'RETURN']),
    heldAt: instantMs,
    place: line,
    recorder: optionalText,
    members,
    discussion: text,
    conclusion: text,
    penalties: z.array(z.enum(PENALTY_KINDS)).max(7).default([]),
    /** Sum of unlawful gains to be confiscated, yuan; where that kind is proposed. */
    confiscation: yuan.optional(),
    /** 免罚依据 when the outcome is NO_PENALTY. */
    exemptionId: line.optional(),
    /** Complex, serious, or leaving the benchmark: leads to collective discussion. */
    complex: z.boolean().default(false),
  }),
  z.object({ kind: z.literal('SEND_NOTICE') }),
  z.object({ kind: z.literal('RECORD_NOTICE_DELIVERED'), ...deliveryFacts.shape }),
  z.object({
    kind: z.literal('SUBMIT_DEFENCE'),
    points: z
      .array(z.object({ point: text, proof: optionalText }))
      .min(1)
      .max(30),
  }),
  /** A question or doubt of the party about inspection, review or penalty, and the officers' answer (沪环执法〔2021〕75号 三（十八）). */
  z.object({ kind: z.literal('ASK_QUESTION'), question: text }),
  z.object({ kind: z.literal('ANSWER_QUESTION'), questionId: line, answer: text, basis: optionalText }),
  /** Gives up what the notice offered and is not used yet; whoever signs and is not the legal representative (or the person himself) hands in his authorisation. */
  z.object({ kind: z.literal('WAIVE_RIGHTS'), signer: line, statement: optionalText, proof: proofFiles }),
  z.object({ kind: z.literal('CLOSE_WINDOW') }),
  z.object({
    kind: z.literal('REVIEW_DEFENCE'),
    answers: z.array(z.object({ pointId: line, accepted: z.boolean(), reason: text })).max(100),
    result: z.enum(['UPHELD', 'CHANGED', 'MORE_FACTS']),
    conclusion: text,
  }),
  z.object({
    kind: z.literal('PASS_LEGAL_REVIEW'),
    ...legalReviewPoints,
    /** What the reviewer says to points of the file; a point he leaves out he confirms as the file answers it. */
    checks: z.array(z.object({ point: z.enum(LEGAL_POINTS), holds: z.boolean(), remark: text })).max(LEGAL_POINTS.length).default([]),
  }),
  z.object({ kind: z.literal('RETURN_FROM_LEGAL'), to: z.enum(['INVESTIGATING', 'DISCRETION']), reason: text }),
  z.object({ kind: z.literal('RECORD_DISCUSSION'), ...discussionMinutes }),
  z.object({ kind: z.literal('RETURN_FROM_DECISION'), to: z.enum(['INVESTIGATING', 'DISCRETION']), reason: text }),
  z.object({ kind: z.literal('DECIDE'), opinion: text }),
  z.object({ kind: z.literal('SEND_DECISION') }),
  z.object({ kind: z.literal('RECORD_DECISION_DELIVERED'), ...deliveryFacts.shape }),
] as const;
