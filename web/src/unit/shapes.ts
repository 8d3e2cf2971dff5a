import type { Material } from '../shared/materials.tsx';
import type { SheetWay } from '../shared/supervision/words.ts';
import { call, type RouteName } from '../shared/api.ts';
import type { Routes } from '../shared/api.gen.ts';

/**
 * The one place where answers that the server's description leaves open get their type. A route with a described
 * answer never stands here.
 */
interface Shapes {
  'GET /api/unit/notices': { items: Notice[]; nextCursor: string | null };
  'GET /api/unit/notices/:deliveryId': Notice;
  'POST /api/unit/notices/:deliveryId/confirm': Notice;
  'GET /api/unit/consent': { consent: Consent | null };
  'POST /api/unit/consent': Consent;
  'POST /api/unit/consent/withdraw': Consent;
  'GET /api/unit/sheets/:sheetId': SheetPage;
  'GET /api/supervision/causes': Record<string, Words>;
  'GET /api/unit/suspicions': { items: SuspicionRow[]; nextCursor: string | null };
  'GET /api/unit/suspicions/:clueId': Suspicion;
  'POST /api/unit/suspicions/:clueId/receipt': Suspicion;
  'POST /api/unit/suspicions/:clueId/statements': Suspicion;
  'POST /api/cases/:id/acts': { caseId: string; caseNo: string; main: string; stateZh: string; version: number };
}
type Shaped = keyof Shapes & RouteName;

/** `call` for routes whose answer is typed here. */
export const ask = <R extends Shaped>(...given: Parameters<typeof call<R>>): Promise<Shapes[R]> =>
  call<R>(...given) as Promise<unknown> as Promise<Shapes[R]>;

export interface Words {
  readonly zh: string;
  readonly en: string;
}
export type SheetRow = Routes['GET /api/unit/sheets']['response']['items'][number];
export type Mark = Routes['GET /api/marks']['response']['items'][number];
export type UnitPage = Routes['GET /api/units/:unitId']['response'];
export type Outfall = UnitPage['outfallPages'][number];
export type { Material };
export type Cause = NonNullable<Routes['POST /api/unit/sheets/:sheetId/feedback']['body']>['cause'];

export interface Notice {
  readonly deliveryId: string;
  readonly documentId: string;
  readonly documentNumber: string;
  readonly documentTitle: string;
  readonly documentSha256: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** What it was about when it was sent. */
  readonly about: Words | null;
  readonly method: string;
  readonly methodZh: string;
  readonly state: string;
  readonly stateZh: string;
  readonly stateEn: string;
  readonly mustConfirm: boolean;
  readonly sentAt: string;
  readonly arrivedAt: string | null;
  readonly legalDay: string | null;
  readonly readAt: string | null;
  readonly confirmedAt: string | null;
}

export interface Consent {
  readonly consentId: string;
  readonly act: 'GIVEN' | 'WITHDRAWN';
  readonly account: string;
  readonly documentsCovered: string;
  readonly signerName: string;
  readonly signerRole: string;
  readonly documentNumber: string | null;
  readonly at: string;
}

export interface DeadlineRow {
  readonly deadlineId: string;
  readonly clockId: string;
  readonly article: string;
  readonly startedAt: string;
  readonly dueAt: string;
  readonly state: string;
  readonly overdue: boolean;
  readonly provisional: boolean;
}

export interface SheetPage extends Omit<SheetRow, 'rung' | 'channels' | 'heldFor'>, Pick<SheetWay, 'lapses' | 'messages' | 'held'> {
  readonly events: readonly { readonly eventId: string; readonly at: string; readonly act: string; readonly to: string; readonly basis: string | null; readonly documentId: string | null }[];
  readonly feedback: readonly {
    readonly feedbackId: string; readonly round: number; readonly at: string; readonly cause: string; readonly explanation: string;
    readonly measures: string; readonly materials: readonly Material[]; readonly marks: readonly string[]; readonly late: boolean;
    /** Who answered in the unit's name without being of the unit. */
    readonly agent: { readonly name: string; readonly company: string } | null;
  }[];
  readonly deadlines: readonly DeadlineRow[];
}

export interface SuspicionRow {
  readonly clueId: string;
  readonly state: string;
  readonly documentId: string | null;
  readonly documentNo: string | null;
  readonly stateUntil: string | null;
  readonly sentAt: string | null;
  readonly confirmedAt: string | null;
  readonly facts: Words;
  readonly late: boolean;
}

export interface FrameRange {
  readonly mn: string;
  readonly from: number;
  readonly to: number;
  readonly frames: number;
  readonly leafFrom: number | null;
  readonly leafTo: number | null;
}

export interface Suspicion extends Omit<SuspicionRow, 'late'> {
  readonly arrivedAt: string | null;
  readonly facts: Words;
  readonly outfall: string | null;
  readonly outfallName: string | null;
  readonly factors: readonly string[];
  readonly periodFrom: string;
  readonly periodTo: string | null;
  readonly opinionNo: string | null;
  readonly evidence: readonly FrameRange[];
  readonly handedOverAt: string | null;
  readonly statements: readonly { readonly statementId: string; readonly kind: 'QUERY' | 'STATEMENT' | 'DEFENCE'; readonly text: string; readonly materials: readonly Material[]; readonly at: string }[];
}

export type CaseRow = Routes['GET /api/unit/cases']['response']['items'][number];
export type CasePage = Routes['GET /api/unit/cases/:id']['response'];
/** What the prior notice proposes and what the decision says, as they were served. */
export type ServedProposal = NonNullable<CasePage['proposed']>;
export type ServedDecision = NonNullable<CasePage['decided']>;
/** An article relied on, with its text where the paper quotes it. */
export type Provision = ServedDecision['broken'][number];
