import { z } from 'zod';
import { dayText, instantMs, line, optionalText, text } from './fields.ts';
import { onTheSpot } from './on-the-spot.ts';
import { deliveryFacts } from './notice-to-decision.ts';

/** One thing kept, sealed or seized, and what ties it to the act: nothing else may be touched (行政强制法 第二十三条). */
const thing = z.object({ item: line, model: optionalText, serial: optionalText, quantity: line, place: line, relation: text });
const things = z.array(thing).min(1).max(100);
export type Thing = z.infer<typeof thing>;

/** Why nothing lighter will do, and whom it touches besides (沪环执法〔2021〕75号 三（五）二). */
const proportion = z.object({ necessity: text, lighterMeans: text, impact: text });

const plan = { situation: line, things, reason: text, proportion, sparedKind: line.optional(), sparedReason: optionalText };

export const SEALING_KINDS = ['SEALING', 'SEIZURE'] as const;
export const PRESERVATION_OUTCOMES = ['COPIED', 'APPRAISED', 'SEALED', 'CONFISCATED', 'RETURNED'] as const;

/** Who took over the order and the list at the place; empty where the party is absent and they go by post (行政强制法 第二十四条). */
const handedOver = { orderHandedTo: optionalText };

export const preservationAndSealing = [
  z.object({ kind: z.literal('PROPOSE_PRESERVATION'), ground: line, things, keeper: line, reason: text }),
  z.object({ kind: z.literal('APPROVE_PRESERVATION'), opinion: text }),
  z.object({ kind: z.literal('REJECT_PRESERVATION'), reason: text }),
  z.object({ kind: z.literal('CARRY_OUT_PRESERVATION'), things, keeper: line, ...handedOver, ...onTheSpot }),
  z.object({ kind: z.literal('PRESERVE_URGENTLY'), ground: line, things, keeper: line, reason: text, ...onTheSpot }),
  z.object({ kind: z.literal('CONFIRM_PRESERVATION'), opinion: text }),
  z.object({ kind: z.literal('HANDLE_PRESERVATION'), outcome: z.enum(PRESERVATION_OUTCOMES), note: text }),
  z.object({ kind: z.literal('LAPSE_PRESERVATION'), expiredAt: instantMs }),

  z.object({ kind: z.literal('PROPOSE_SEALING'), measure: z.enum(SEALING_KINDS), ...plan }),
  z.object({ kind: z.literal('APPROVE_SEALING'), opinion: text }),
  z.object({ kind: z.literal('REJECT_SEALING'), reason: text }),
  z.object({
    kind: z.literal('CARRY_OUT_SEALING'),
    things,
    ...handedOver,
    sealNumbers: line,
    endsDischarge: z.boolean().default(false),
    ...onTheSpot,
  }),
  z.object({
    kind: z.literal('SEAL_URGENTLY'),
    measure: z.enum(SEALING_KINDS),
    ...plan,
    sealNumbers: line,
    endsDischarge: z.boolean().default(false),
    ...onTheSpot,
  }),
  z.object({ kind: z.literal('CONFIRM_SEALING'), opinion: text }),
  z.object({ kind: z.literal('EXTEND_SEALING'), reason: text }),
  /** Time that does not count towards the term: what is tested, by whom, until when. */
  z.object({ kind: z.literal('BEGIN_APPRAISAL'), subject: text, institution: line, untilDay: dayText }),
  z.object({ kind: z.literal('END_APPRAISAL'), result: text }),
  z.object({ kind: z.literal('LAPSE_APPRAISAL'), expiredAt: instantMs }),
  z.object({ kind: z.literal('REQUEST_RELEASE'), reason: text }),
  z.object({ kind: z.literal('CHECK_RELEASE'), findings: text, fit: z.boolean() }),
  z.object({ kind: z.literal('RELEASE_SEALING'), ground: line, reason: text, handedBackTo: line }),
  z.object({ kind: z.literal('RECORD_RELEASE_DELIVERED'), ...deliveryFacts.shape }),
  z.object({ kind: z.literal('RECORD_SEALING_OVERRUN'), expiredAt: instantMs }),
] as const;
