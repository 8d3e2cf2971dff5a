import { z } from 'zod';
import { dayText, instantMs, line, meansShown, optionalText, sha256, text } from './fields.ts';
import { deliveryFacts } from './notice-to-decision.ts';

/**
 * What happened on the spot: two officers, the party or a witness, what was told and said, the recording. The party signs the record;
 * where it refuses or is not there, the record says why and a witness signs (行政强制法 第十八条第八、九项; 生态环境行政处罚办法, article to be verified).
 */
export const onTheSpot = {
  takenAt: instantMs,
  endedAt: instantMs,
  place: line,
  partyPresent: z.boolean(),
  partyName: optionalText,
  witness: optionalText,
  toldRights: text,
  statement: text,
  recordingId: line,
  signed: z.boolean().default(true),
  refusal: optionalText,
};

const role = { partyRole: optionalText };

/** Which sampling of the case a step is about. */
const ofSampling = { samplingId: line };

/** Inspection of the place, sampling, and what the laboratory found. */
export const siteAndSampling = [
  z.object({
    kind: z.literal('RECORD_SITE_INSPECTION'),
    ...onTheSpot,
    production: text,
    /** Impact assessment, acceptance, permit. */
    formalities: text,
    treatment: text,
    found: text,
    ...meansShown,
    /** When the act was done, as what was found there says. */
    actAt: instantMs.optional(),
    photos: optionalText,
    ...role,
  }),
  z.object({
    kind: z.literal('RECORD_SAMPLING'),
    ...onTheSpot,
    laboratory: line,
    samplers: line,
    spot: line,
    items: line,
    method: text,
    instrument: optionalText,
    samples: z.array(z.object({ number: line, quantity: line, storage: line })).min(1).max(50),
    ...role,
  }),
  z.object({
    kind: z.literal('RECEIVE_TEST_REPORT'),
    ...ofSampling,
    laboratory: line,
    /** Number of the laboratory's qualification (CMA). */
    qualification: line,
    reportNo: line,
    /** Who ordered it, by which method and instrument, which signatures and seals it bears (评查细则 环执法发〔2024〕4号). */
    client: optionalText,
    method: optionalText,
    signatures: optionalText,
    issuedOn: dayText,
    receivedOn: dayText,
    result: text,
    exceeds: z.boolean(),
    report: z.object({ fileName: line, sha256 }),
  }),
  z.object({ kind: z.literal('TELL_TEST_RESULT'), ...ofSampling, note: optionalText }),
  z.object({ kind: z.literal('RECORD_TEST_RESULT_DELIVERED'), ...deliveryFacts.shape }),
  /** The party accepts the result, or objects and may ask for the test to be made again. */
  z.object({ kind: z.literal('COMMENT_ON_RESULT'), ...ofSampling, objects: z.boolean(), asksRetest: z.boolean().default(false), statement: text }),
  z.object({ kind: z.literal('ANSWER_RESULT_COMMENT'), ...ofSampling, accepted: z.boolean(), retest: z.boolean().default(false), answer: text }),
] as const;
