import { paperEntry, type PaperKind } from './paper-kinds.ts';
import * as early from './early-papers.ts';
import * as late from './late-papers.ts';
import { filingPapers } from './filing-papers.ts';
import { hearingPapers } from './hearing-papers.ts';
import { kinPapers } from './kin-papers.ts';
import { innerPapers } from './inner-papers.ts';
import { recoveryPapers } from './recovery-papers.ts';
import { reliefPapers } from './relief-papers.ts';
import { sitePapers } from './site-papers.ts';
import { partyPapers } from './party-papers.ts';
import { procedurePapers } from './procedure-papers.ts';
import { trackPapers } from './track-papers.ts';
import * as measure from './measure-papers.ts';
import { transferGoods, transferReport } from './transfer-file.ts';
import * as transfer from './transfer-papers.ts';
import { commandOf, type PaperFacts } from './paper-facts.ts';

/** Made before there was a case, by the review that handed it over: the case only keeps them. */
type HandedOver = 'HANDOVER_SHEET' | 'CONTROL_RECHECK_NOTE' | 'REVIEW_OPINION';
const HANDED_OVER: readonly PaperKind[] = ['HANDOVER_SHEET', 'CONTROL_RECHECK_NOTE', 'REVIEW_OPINION'] satisfies HandedOver[];
const isHandedOver = (kind: PaperKind): kind is HandedOver => HANDED_OVER.includes(kind);
/** Papers a step of a case makes. */
export type OwedPaper = Exclude<PaperKind, HandedOver>;

/** The data of each kind. Everything comes from the file: nobody types a fact twice. */
const BUILDERS: Readonly<Record<OwedPaper, (facts: PaperFacts) => object>> = {
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
  ...trackPapers,
  ...partyPapers,
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
  TRANSFER_REPORT: transferReport,
  TRANSFER_GOODS: transferGoods,
  TRANSFER_LETTER: transfer.transferLetter,
  DETENTION_APPROVAL: transfer.detentionApproval,
  DETENTION_LETTER: transfer.detentionLetter,
  DAMAGE_CLUE: transfer.damageClue,
  NEGOTIATION_LETTER: transfer.negotiationLetter,
  DAMAGE_AGREEMENT: transfer.damageAgreement,
  DOSSIER_CATALOGUE: (facts) => commandOf(facts, 'ARCHIVE').catalogue,
};

/** Sentences joined to a list keep one stop between them. */
const stops = (text: string): string => text.replace(/[，。；]+(?=[；。])/gu, '').replace(/([；。，])[；，]+/gu, '$1');

/** The same data with every text stopped once. */
function tidied(value: unknown): unknown {
  if (typeof value === 'string') return stops(value);
  if (Array.isArray(value)) return value.map(tidied);
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, tidied(part)])) : value;
}

/** Data of a paper a step owes. What the party wrote itself stays as it is. */
export function paperData(kind: PaperKind, facts: PaperFacts): object {
  if (isHandedOver(kind)) throw new Error(`cases: ${kind} comes with the handover`);
  const data = BUILDERS[kind](facts);
  return paperEntry(kind).by === 'PARTY' ? data : (tidied(data) as object);
}
