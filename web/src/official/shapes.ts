import type { Declared } from './clues/declared.tsx';
import type { Weighed } from './sheets/recheck-shapes.ts';
import type { SheetWay } from '../shared/supervision/words.ts';
import { call, type RouteName } from '../shared/api.ts';
import type { Routes } from '../shared/api.gen.ts';
import type { Material } from '../shared/materials.tsx';
import type { Tier } from '../shared/tiers.ts';
import type { CaseStory } from './cases/story-shapes.ts';
import type { DiscretionTable, ExcludedPeriod, LawView, NotFollowed, QualityLine, LikeCases, Replay } from './cases/discretion/law-shapes.ts';
import type { AskedView } from './cases/asked-shapes.ts';
import type { ContestedState, OwedView } from './cases/recovery-shapes.ts';
import type { DeliveryRow, DossierPage } from './cases/service/service-shapes.ts';
import type { HearingView } from './cases/hearing-shapes.ts';
import type { PaperChanges, PaperPreview } from './cases/papers/paper-shapes.ts';

/**
 * The one place where answers that the server's description leaves open get their type. A route with a described
 * answer never stands here.
 */
interface Shapes {
  'GET /api/review/clues/:clueId': CluePage;
  'POST /api/review/clues': CluePage;
  'POST /api/review/clues/:clueId/supplements': CluePage;
  'POST /api/review/clues/:clueId/triage': CluePage;
  'POST /api/review/clues/:clueId/reopen': CluePage;
  'POST /api/review/clues/:clueId/take': CluePage;
  'POST /api/review/clues/:clueId/hand-over': CluePage;
  'POST /api/review/clues/:clueId/sign-in': CluePage;
  'POST /api/review/clues/:clueId/notice': CluePage;
  'POST /api/review/clues/:clueId/notice/deferral': CluePage;
  'POST /api/review/clues/:clueId/notes': CluePage;
  'POST /api/review/reviews/:reviewId/assessments': CluePage;
  'POST /api/review/reviews/:reviewId/signatures': CluePage;
  'POST /api/review/reviews/:reviewId/conclusion': CluePage;
  'POST /api/review/clues/:clueId/supply': CluePage;
  'POST /api/review/reviews/:reviewId/second': CluePage;
  'POST /api/review/clues/:clueId/invitations': CluePage;
  'POST /api/review/clues/:clueId/invitations/:invitationId/answer': CluePage;
  'POST /api/review/clues/:clueId/recusals': CluePage;
  'POST /api/review/clues/:clueId/recusals/:recusalId/decision': CluePage;
  'GET /api/review/counts': { states: Record<string, Words & { closed: boolean }>; counts: Record<string, number> };
  'GET /api/review/reasons': Record<string, Words>;
  'GET /api/review/lists': { items: FrozenList[]; nextCursor: string | null };
  'POST /api/review/lists': FrozenList;
  'GET /api/review/gaps': { items: Gap[]; nextCursor: string | null };
  'GET /api/supervision/sheets/:sheetId': SheetPage;
  'GET /api/supervision/causes': Record<string, Words>;
  'GET /api/supervision/comparisons': { sources: Record<string, Words>; results: Record<string, Words> };
  'GET /api/cases': { items: CaseRow[]; nextCursor: string | null };
  'GET /api/cases/counts': Record<string, number>;
  'GET /api/cases/:id': CasePage;
  'POST /api/cases/:id/acts': { caseId: string; caseNo: string; main: string; stateZh: string; version: number };
  'POST /api/cases/:id/previews': { items: PaperPreview[] };
  'GET /api/cases/:id/papers/:paper/changes': PaperChanges;
  'POST /api/cases/:id/discretion-preview': DiscretionTrace;
  'POST /api/cases/:id/like-cases': LikeCases;
  'GET /api/discretion/tables': { items: DiscretionTable[]; regions: (Words & { key: string })[] };
  'POST /api/discretion/replay': Replay;
  'GET /api/documents': { items: DocumentRow[]; nextCursor: string | null };
  'GET /api/deliveries': { items: DeliveryRow[]; nextCursor: string | null };
  'GET /api/archive/:id': DossierPage;
  'POST /api/archive/:id': { archiveNo: string; pages: number };
}
type Shaped = keyof Shapes & RouteName;

/** `call` for routes whose answer is typed here. */
export const ask = <R extends Shaped>(...given: Parameters<typeof call<R>>): Promise<Shapes[R]> =>
  call<R>(...given) as Promise<unknown> as Promise<Shapes[R]>;

export interface Words {
  readonly zh: string;
  readonly en: string;
}
export type ClueRow = Routes['GET /api/review/clues']['response']['items'][number];
export type SheetRow = Routes['GET /api/supervision/sheets']['response']['items'][number];
export type UnitPage = Routes['GET /api/units/:unitId']['response'];
export type OutfallPage = Routes['GET /api/outfalls/:outfall']['response'];
export type FrameRow = Routes['GET /api/outfalls/:outfall/frames']['response']['items'][number];
export type Finding = 'PASS' | 'RETURN' | 'REJECT';
export type Outcome = 'PASS' | 'FAIL' | 'CANNOT_TELL' | 'NOT_CONCERNED';
export type Assessed = Exclude<Outcome, 'NOT_CONCERNED'>;

export interface DeadlineRow {
  readonly deadlineId: string;
  readonly clockId: string;
  readonly holder: string;
  readonly article: string;
  readonly dayKind: string;
  readonly startedAt: string;
  readonly dueAt: string;
  readonly state: string;
  readonly overdue: boolean;
  readonly provisional: boolean;
  /** Where the server counts it by the law's calendar. */
  readonly workingDaysLeft?: number;
}
export interface ClueStep {
  readonly eventId: string;
  readonly at: string;
  readonly act: string;
  readonly from: string | null;
  readonly to: string;
  readonly actor: string;
  readonly basis: string | null;
  readonly documentId: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}
export interface CheckItem {
  readonly item: string;
  readonly group: string;
  readonly groupZh: string; readonly groupEn: string;
  readonly article: string;
  readonly property: 'RELEVANCE' | 'AUTHENTICITY' | 'COMPLETENESS' | 'LEGALITY';
  readonly propertyZh: string;
  readonly track: 'TECHNICAL' | 'LEGAL';
  readonly force: 'MANDATORY' | 'ADVISORY'; readonly asks?: boolean;
  readonly outcome: Outcome;
  readonly byProgram: Outcome | null;
  readonly assessments: readonly { readonly outcome: Outcome; readonly note: string }[];
  readonly zh: string;
  readonly en: string;
  readonly detailZh: string;
  readonly detailEn: string;
  readonly refs: readonly string[]; readonly figures?: readonly string[]; readonly absent?: boolean;
}
export interface ReviewView {
  readonly reviewId: string;
  readonly kind: 'INITIAL' | 'SUPPLEMENT';
  readonly state: 'OPEN' | 'PASSED' | 'RETURNED' | 'REJECTED';
  readonly openedAt: string;
  readonly concludedAt: string | null;
  readonly factsZh: string | null;
  readonly factsEn: string | null;
  readonly violations: readonly string[];
  readonly opinionId: string | null;
  readonly opinionNo: string | null;
  readonly input: { readonly frames: { readonly sealed: number; readonly ranges: readonly { readonly mn: string; readonly frames: number; readonly leafFrom: number | null; readonly leafTo: number | null }[] } | null; readonly materials: readonly { readonly name: string; readonly sha256: string }[] };
  readonly items: readonly CheckItem[];
  readonly gates: readonly (Words & { readonly gate: string; readonly outcome: Outcome; readonly force: string })[];
  readonly signatures: readonly { readonly track: 'TECHNICAL' | 'LEGAL'; readonly accountId: string; readonly conclusion: string; readonly reason: string; readonly at: string }[];
  readonly missing: readonly Words[];
  /** Neither finding is shown before both are given. */
  readonly second: { readonly drawn: boolean; readonly given: boolean; readonly mine: boolean; readonly blind: boolean; readonly conclusion: Finding | null; readonly reason: string | null };
  readonly bodyName: Words;
  readonly paperName: Words;
  readonly myTracks: readonly ('TECHNICAL' | 'LEGAL')[];
  readonly leads: boolean;
}
export interface NextAct extends Words {
  readonly act: string;
  readonly actors: readonly string[];
  readonly basis: string;
  readonly paper: string;
  readonly mine: boolean;
  readonly refusal: { readonly zh: string; readonly en: string; readonly basis?: string } | null;
}
export interface CluePage extends ClueRow {
  readonly next: readonly NextAct[];
  readonly suggestedViolations: readonly string[]; readonly leadOnly: boolean;
  /** Facts drafted for each violation that what was measured is a fact of, while a review is open. */
  readonly proposedFacts: Readonly<Record<string, Words>>;
  readonly declared: Declared;
  /** Version of the clue that people decided about; null before, and where it was not kept. */
  readonly decidedVersion: number | null;
  readonly leadsHere: boolean;
  readonly invitations: readonly {
    readonly invitationId: string; readonly name: string; readonly department: Words; readonly question: string; readonly invitedBy: string; readonly at: string; readonly mine: boolean; readonly excusable: boolean;
    readonly answer: null | { readonly outcome: 'HEARD' | 'EXCUSED'; readonly text: string; readonly at: string };
  }[];
  readonly recusals: readonly {
    readonly recusalId: string; readonly name: string; readonly kind: 'DECLARED' | 'REQUESTED'; readonly reason: string; readonly by: string; readonly at: string; readonly decidable: boolean;
    readonly decision: null | { readonly granted: boolean; readonly reason: string; readonly at: string };
  }[];
  readonly steps: readonly ClueStep[];
  readonly reviews: readonly ReviewView[];
  readonly notice: null | { readonly state: string; readonly documentId: string | null; readonly documentNo: string | null; readonly sentAt: string | null; readonly confirmedAt: string | null; readonly deferUntil: string | null; readonly stateUntil: string | null };
  readonly noticeActs: { readonly send: boolean; readonly defer: boolean };
  readonly statements: readonly { readonly statementId: string; readonly kind: 'QUERY' | 'STATEMENT' | 'DEFENCE'; readonly text: string; readonly materials: readonly Material[]; readonly at: string; readonly by: string }[];
  readonly notes: readonly { readonly noteId: string; readonly text: string; readonly at: string; readonly by: string }[];
  readonly deadlines: readonly DeadlineRow[];
  readonly sheet: null | { readonly sheetId: string; readonly state: string; readonly documentNo: string | null; readonly answers: readonly Answer[] };
}
export interface Answer {
  readonly at: string;
  readonly cause: string;
  readonly explanation: string;
  readonly measures: string;
  readonly materials: readonly Material[];
}
export interface Gap {
  readonly gapId: string;
  readonly clueId: string;
  readonly kind: string;
  readonly holder: string;
  readonly dueAt: string;
}
export interface SheetPage extends Omit<SheetRow, 'rung' | 'channels' | 'heldFor'>, Pick<SheetWay, 'lapses' | 'messages' | 'held'>, Weighed {
  readonly clues: readonly (string | { readonly clueId: string })[];
  readonly events: readonly { readonly at: string; readonly act: string; readonly to: string; readonly actor: string | null; readonly basis: string | null; readonly detail: Readonly<Record<string, unknown>> }[];
  readonly feedback: readonly Answer[];
  readonly deadlines: readonly DeadlineRow[];
}
export interface CaseRow {
  readonly caseId: string;
  readonly caseNo: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly outfallId: string | null;
  readonly clueId: string;
  readonly mainState: string;
  readonly stateZh: string;
  readonly stateEn: string;
  readonly cause: string | null;
  readonly causeEn: string | null;
  readonly amount: number | null;
  readonly handedOverAt: number;
  readonly filedAt: number | null;
  readonly decidedAt: number | null;
  readonly closedAt: number | null;
  readonly changedAt: number;
}
export interface ClockView {
  readonly clockId: string;
  readonly title: string;
  readonly titleEn: string;
  readonly article: string;
  readonly holder: string;
  readonly state: string;
  readonly startedAt: number;
  readonly dueAt: number;
  readonly dueDay: string;
  readonly dayKind?: string;
  readonly workingDaysLeft?: number;
  readonly provisional: boolean;
  readonly overdue: boolean;
  readonly effect: string;
  readonly verified: boolean;
}
export interface NextStep extends Words {
  readonly command: string;
  readonly track: string;
  readonly article: string;
  readonly papers: readonly string[];
  readonly primary: boolean;
  readonly allowed: boolean;
  readonly why?: string;
  readonly whyEn?: string;
  readonly missing: readonly string[];
}
export interface DiscretionTrace {
  readonly tableId: string;
  readonly tableVersion: string;
  readonly tableVerified: boolean;
  readonly basisId: string;
  readonly min: string;
  readonly max: string;
  readonly lines: readonly { readonly factor: string; readonly grade: string; readonly zh: string; readonly percent: string }[];
  readonly amount: number;
  readonly steps: readonly string[];
  readonly sentence: string;
}
export interface DiscretionFactor {
  readonly id: string;
  readonly title: Words;
  readonly group: string;
  readonly grades: readonly { readonly id: string; readonly title: Words; readonly percent: string }[];
}
export interface EvidenceItem {
  readonly itemId: string;
  readonly title: string;
  readonly evidenceKind: string;
  readonly point: string;
  readonly obtainedOn: string;
  readonly provider: string;
  readonly proves: string;
  readonly shows?: readonly string[];
  readonly source: { readonly from: string; readonly dataRef?: string; readonly reviewId?: string; readonly fileName?: string; readonly sha256?: string };
}
export interface CaseState extends ContestedState {
  readonly caseId: string;
  readonly caseNo: string;
  readonly authorityId: string;
  readonly unitId: string;
  readonly outfallId?: string;
  readonly clueId: string;
  readonly reviewId: string;
  readonly facts: string;
  readonly factsEn?: string; readonly observed?: readonly { readonly factId: string; readonly told: Words }[];
  readonly factors: readonly string[];
  readonly actStart: number;
  readonly actEnd: number;
  readonly suggestions: readonly string[]; readonly region: string;
  readonly evidenceRefs: readonly { readonly reviewId: string; readonly dataRef: string; readonly title: string }[];
  readonly handedOverAt: number;
  readonly main: string;
  readonly rectification: string;
  readonly remedy: string;
  readonly papers: readonly { readonly kind: string; readonly paperId: string; readonly documentId?: string; readonly number: string; readonly title: string; readonly pages: number }[];
  readonly officers: readonly { readonly accountId: string; readonly name: string; readonly certificate?: string }[];
  readonly violation?: string;
  readonly filing?: { readonly facts: string; readonly actStart: string; readonly actEnd: string };
  readonly filedAt?: number;
  readonly evidence: readonly EvidenceItem[];
  readonly samplings: readonly { readonly samplingId: string; readonly spot: string; readonly takenOn: string; readonly report?: { readonly reportNo: string }; readonly toldBy?: string; readonly comment?: { readonly objects: boolean; readonly answer?: string } }[];
  readonly report?: { readonly facts: string; readonly conclusion: string; readonly proposal: string };
  readonly namedProvision?: { readonly article: string; readonly source: string };
  readonly discretion?: { readonly trace: DiscretionTrace; readonly basisId: string; readonly basisReason: string; readonly further: readonly { readonly violation: string; readonly trace: DiscretionTrace }[] };
  readonly further: readonly { readonly violation: string; readonly facts: string }[];
  readonly proposal?: { readonly outcome: string; readonly amount: number; readonly penalties: readonly string[]; readonly hearingRight: boolean; readonly collectiveDue: boolean };
  readonly defence: readonly { readonly pointId: string; readonly point: string; readonly proof: string; readonly at: number; readonly answer?: { readonly accepted: boolean; readonly reason: string } }[];
  readonly questions: readonly { readonly questionId: string; readonly question: string; readonly at: number; readonly answer?: string }[];
  readonly hearing?: { readonly heldAt?: number; readonly place?: string; readonly hostId?: string };
  readonly decision?: { readonly outcome: string; readonly decidedAt: number; readonly amount: number; readonly payBy?: string; readonly file?: { readonly name: string; readonly manifestSha256: string } };
  readonly excluded: readonly ExcludedPeriod[];
  /** Legal day on which a paper reached the party, by paper id. */
  readonly arrived: Readonly<Record<string, string>>;
  /** The newest step of each remembered kind. */
  readonly latest: Readonly<Record<string, { readonly at: number; readonly version: number; readonly command: Readonly<Record<string, unknown>> } | undefined>>;
  readonly partyName?: string;
  readonly paid: number;
  readonly order?: { readonly dueOn: string; readonly demands: readonly string[] };
  readonly dailyPayBy?: string;
  readonly archiveNo?: string;
}
/** A measure the file points to, with its grounds: those with the same `of` hold together, and of several such cases any one suffices. */
export interface MeasureProposal extends Words {
  readonly command: string;
  readonly force: 'SHALL' | 'MAY';
  readonly article: string;
  readonly grounds: readonly (Words & { readonly holds: 'YES' | 'NO' | 'UNKNOWN'; readonly of?: Words })[];
}
/** One procedure of a case and where it stands; the main one comes first. */
export interface TrackView extends Words {
  readonly track: string;
  readonly state: string;
  readonly stateZh: string;
  readonly stateEn: string;
  readonly begun: boolean;
  readonly open: boolean;
}
export interface CasePage extends OwedView, AskedView {
  readonly state: CaseState;
  readonly quality: readonly QualityLine[];
  /** What the party paid without owing it, in yuan. */
  readonly refund: number;
  readonly tracks: readonly TrackView[];
  readonly cause: Words;
  readonly unitName: string;
  readonly outfallName: string;
  /** What was measured there, in words. */
  readonly factorNames: readonly string[];
  readonly timeline: readonly { readonly seq: number; readonly at: number; readonly step: string; readonly zh: string; readonly en: string; readonly actor: string; readonly article: string; readonly to: string; readonly toEn: string; readonly papers: readonly { readonly paperId: string; readonly documentId?: string; readonly title: string; readonly number: string }[] }[];
  readonly clocks: readonly ClockView[];
  /** The authority's own next clock; the party's where none of its own runs. */
  readonly nextClock: ClockView | null;
  readonly next: readonly NextStep[];
  readonly hearings: readonly HearingView[];
  readonly proposals: readonly (MeasureProposal & { readonly notFollowed: NotFollowed | null; readonly over: boolean })[];
  /** The clue as handed over and what it grew by; null for one no model raised. */
  readonly story: CaseStory | null;
  /** What the file points to and is neither followed nor answered. */
  readonly unanswered: readonly (Words & { readonly id: string; readonly grounds: MeasureProposal['grounds'] })[];
  readonly evidencePoints: readonly { readonly id: string; readonly zh: string; readonly required: boolean; readonly kinds: readonly string[]; readonly items: readonly string[]; readonly proves: string; readonly provider: string }[];
  /** The facts as found so far: a draft for the report of the investigation. */
  readonly foundFacts: string;
  readonly law: LawView | null;
  readonly furtherLaw: readonly (LawView | null)[];
  readonly kin: readonly (Words & { readonly caseId: string; readonly caseNo: string; readonly unitName: string; readonly stateZh: string; readonly stateEn: string; readonly amount: number | null })[];
  /** What was learnt later about the data the case stands on, newest first. */
  readonly notices: readonly (Words & { readonly kind: 'VALIDITY_CHANGED'; readonly clueId: string; readonly clueVersion: number; readonly notedAt: number; readonly left: string })[];
  readonly mergeTargets: readonly { readonly caseId: string; readonly caseNo: string }[];
  readonly partner: string | null;
  /** Last day an order to correct proposes. */
  readonly correctBy: string;
  /** What an order to correct proposes to demand. */
  readonly demands: readonly string[];
}
export interface DocumentRow {
  readonly documentId: string;
  readonly kind: string;
  readonly title: string;
  readonly number: string;
  readonly unitId: string | null;
  readonly subjectId: string;
  readonly bytes: number;
  readonly pages: number;
  readonly development: boolean;
  readonly issuedAt: number;
}
export interface FrozenList {
  readonly listId: string;
  readonly version: number;
  readonly frozenAt: string;
  readonly documentId: string;
  readonly documentNo: string;
  readonly clues: readonly { readonly clueId: string; readonly unit: string; readonly sentence: string }[];
  readonly changes: readonly { readonly clueId: string; readonly change: 'ADDED' | 'CHANGED' | 'REMOVED'; readonly why: string }[];
}
export type { Tier };
