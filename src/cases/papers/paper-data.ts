import type { PaperKind } from './paper-kinds.ts';
import * as early from './early-papers.ts';
import * as late from './late-papers.ts';
import { filingPapers } from './filing-papers.ts';
import { hearingPapers } from './hearing-papers.ts';
import { kinPapers } from './kin-papers.ts';
import { innerPapers } from './inner-papers.ts';
import { recoveryPapers } from './recovery-papers.ts';
import { reliefPapers } from './relief-papers.ts';
import { sitePapers } from './site-papers.ts';
import { procedurePapers } from './procedure-papers.ts';
import * as measure from './measure-papers.ts';
import * as transfer from './transfer-papers.ts';
import { causeOf, commandOf, partyBlock, type PaperFacts } from './paper-facts.ts';

/** The data of each kind `#documents` typesets. Everything comes from the file: nobody types a fact twice. */
const BUILDERS: Readonly<Partial<Record<PaperKind, (facts: PaperFacts) => object>>> = {
  FILING_APPROVAL: early.filingApproval,
  EVIDENCE_EXTRACT_RECORD: early.extractRecord,
  REMOTE_INQUIRY_RECORD: early.inquiryRecord,
  INVESTIGATION_REPORT: early.investigationReport,
  CASE_REVIEW_OPINION: early.caseReviewOpinion,
  RECTIFICATION_ORDER: early.rectificationOrder,
  RECTIFICATION_CHECK: early.rectificationCheck,
  DISCRETION_SHEET: late.discretionSheet,
  DELIBERATION_RECORD: late.deliberationRecord,
  COLLECTIVE_DISCUSSION: late.collectiveDiscussion,
  PRIOR_NOTICE: late.priorNotice,
  DEFENCE_REVIEW: late.defenceReview,
  LEGAL_REVIEW: late.legalReview,
  DAILY_LEGAL_REVIEW: late.legalReview,
  DAILY_DISCUSSION: late.collectiveDiscussion,
  PENALTY_DECISION: late.penaltyDecision,
  DELIVERY_PROOF: late.deliveryProof,
  CLOSING_APPROVAL: late.closingApproval,
  ...filingPapers,
  ...hearingPapers,
  ...kinPapers,
  ...innerPapers,
  ...recoveryPapers,
  ...reliefPapers,
  ...sitePapers,
  ...procedurePapers,
  PRESERVATION_APPROVAL: measure.preservationApproval,
  PRESERVATION_ORDER: measure.preservationOrder,
  PRESERVATION_LIST: measure.thingsList,
  PRESERVATION_RECORD: measure.spotRecord,
  PRESERVATION_RESULT: measure.preservationResult,
  SEALING_APPROVAL: measure.sealingApproval,
  SEALING_ORDER: measure.sealingOrder,
  SEALING_LIST: measure.thingsList,
  SEALING_RECORD: measure.spotRecord,
  SEALING_EXTENSION: measure.sealingExtension,
  SEALING_RELEASE: measure.sealingRelease,
  PRODUCTION_ORDER: measure.productionOrder,
  PRODUCTION_EXTENSION: measure.productionExtension,
  DAILY_NOTICE: transfer.dailyNotice,
  DAILY_PENALTY: transfer.dailyPenalty,
  TRANSFER_APPROVAL: transfer.transferApproval,
  TRANSFER_LETTER: transfer.transferLetter,
  DETENTION_APPROVAL: transfer.detentionApproval,
  DETENTION_LETTER: transfer.detentionLetter,
  DAMAGE_CLUE: transfer.damageClue,
  NEGOTIATION_LETTER: transfer.negotiationLetter,
  DAMAGE_AGREEMENT: transfer.damageAgreement,
  DOSSIER_CATALOGUE: (facts) => commandOf(facts, 'ARCHIVE').catalogue,
};

/**
 * Is there a layout for this step's paper? An extraction record without a file digest (a note, a statement)
 * has nothing to list and stays a recorded form.
 */
export function canTypeset(kind: PaperKind, facts: PaperFacts): boolean {
  if (kind !== 'EVIDENCE_EXTRACT_RECORD') return BUILDERS[kind] !== undefined;
  return (
    'files' in (paperData(kind, facts) as object) && (paperData(kind, facts) as { files: unknown[] }).files.length > 0
  );
}

/** Data of a paper; kinds without a layout get the step itself with party and cause. */
export function paperData(kind: PaperKind, facts: PaperFacts): object {
  const build = BUILDERS[kind];
  if (build !== undefined) return build(facts);
  const { command, actor, at, from, to, article } = facts.event;
  return { kind, cause: causeOf(facts), party: partyBlock(facts), command, by: actor, at, from, to, article };
}
