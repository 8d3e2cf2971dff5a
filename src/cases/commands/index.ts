import { z } from 'zod';
import { afterDecision } from './after-decision.ts';
import { filingAndInvestigation } from './filing-and-investigation.ts';
import { hearing } from './hearing.ts';
import { kin } from './kin.ts';
import { noticeToDecision } from './notice-to-decision.ts';
import { siteAndSampling } from './on-the-spot.ts';
import { preservationAndSealing } from './preservation-and-sealing.ts';
import { productionAndDailyPenalty } from './production-and-daily-penalty.ts';
import { transfersAndDamage } from './transfers-and-damage.ts';
import { termsAndCorrections } from './terms-and-corrections.ts';

const measures = [...preservationAndSealing, ...productionAndDailyPenalty, ...transfersAndDamage] as const;

/** Every act on a case. One schema for HTTP, the use case and the fold. */
export const commandSchema = z.discriminatedUnion('kind', [
  ...filingAndInvestigation,
  ...siteAndSampling,
  ...noticeToDecision,
  ...hearing,
  ...afterDecision,
  ...termsAndCorrections,
  ...kin,
  ...measures,
]);
/** A command to a case, checked at the door: one kind with its fields. */
export type CaseCommand = z.infer<typeof commandSchema>;
/** Name of a command. */
export type CommandKind = CaseCommand['kind'];
/** Acts of the special measures. */
export type MeasureCommandKind = z.infer<(typeof measures)[number]>['kind'];
export type CommandOf<K extends CommandKind> = Extract<CaseCommand, { kind: K }>;

/** Every kind of command a case knows. */
export const COMMAND_KINDS = commandSchema.options.map((option) => option.shape.kind.value);

export { CHECK_METHODS } from './after-decision.ts';
export { EVIDENCE_MODES, type EvidenceSource } from './filing-and-investigation.ts';
export { OUTCOMES } from './notice-to-decision.ts';
