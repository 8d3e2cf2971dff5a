import { z } from 'zod';
import { asId, type AccountId, type AuthorityId, type ClueId, type DocumentId, type Instant, type OutfallId, type RegionKey, type SheetId, type UnitId } from '#kernel';
import type { Tx } from '#platform/db';
import { emit } from '#platform/outbox';
import type { Paper } from './ports.ts';
import type { SupervisionDeps } from './sheet/step-sheet.ts';

/** On what ground control staff pass a clue to enforcement (内环办〔2021〕103号 二（二）、（三）、（四）). */
export const CONFIRM_ROUTES = {
  RECHECKED: { zh: '企业反馈经复核属实', en: 'the answer was rechecked and the finding is true' },
  UNANSWERED: { zh: '企业未反馈，经核实属实', en: 'not answered, found true' },
  EVIDENCE_FIRST: { zh: '疑似造假或设备不正常运行，未先告知企业', en: 'suspected falsification, the unit was not asked first' },
  OVER_QUANTITY: { zh: '超许可排放量经确认并已月报', en: 'over the permitted quantity, confirmed and reported' },
} as const;
export type ConfirmRoute = keyof typeof CONFIRM_ROUTES;

/** By what paper they pass it on. */
export const CONFIRM_PAPERS = {
  CONTROL_RECHECK_NOTE: { zh: '监控部门复核单', en: 'recheck note of control staff' },
  OVER_QUANTITY_REPORT: { zh: '超许可排放量情况月报', en: 'monthly report on over-quantities' },
} as const;
type ConfirmPaper = keyof typeof CONFIRM_PAPERS;

/** The type of the outbox event; its subject is the clue. One event for each clue. */
export const CONFIRMED = 'supervision.confirmed';

const confirmedSchema = z.object({
  clueId: z.string().transform((id) => asId<ClueId>(id)),
  /** Null where no sheet was sent. */
  sheetId: z.string().nullable().transform((id) => id as SheetId | null),
  unitId: z.string().transform((id) => asId<UnitId>(id)),
  authorityId: z.string().transform((id) => asId<AuthorityId>(id)),
  region: z.string().transform((key) => asId<RegionKey>(key)),
  outfall: z.string().transform((id) => asId<OutfallId>(id)),
  route: z.enum(Object.keys(CONFIRM_ROUTES) as [ConfirmRoute, ...ConfirmRoute[]]),
  /** What satisfies the region's `review.gatePaper`; older events do not name its kind. */
  paper: z.object({
    kind: z.enum(Object.keys(CONFIRM_PAPERS) as [ConfirmPaper, ...ConfirmPaper[]]).optional(),
    documentId: z.string().transform((id) => asId<DocumentId>(id)), number: z.string(), sha256: z.string(),
  }),
  confirmedBy: z.string().transform((id) => asId<AccountId>(id)),
  confirmedAt: z.number().transform((at) => at as Instant),
});

/** Control staff found a clue true in a region whose `review.model` is CONTROL_RECHECK; enforcement takes it from here. */
export type SupervisionConfirmed = z.infer<typeof confirmedSchema>;

/** Reads the payload of `supervision.confirmed`; throws on one that ④ should never have sent. */
export const readConfirmed = (payload: unknown): SupervisionConfirmed => confirmedSchema.parse(payload);

type What = Pick<SupervisionConfirmed, 'clueId' | 'unitId' | 'authorityId' | 'region' | 'outfall' | 'route'> & {
  readonly sheetId: SheetId | null;
  readonly paper: Paper | undefined;
};

/** Tells ⑤ in the transaction of the finding. A finding without its paper is a defect: enforcement could not rely on it. */
export async function emitConfirmed(tx: Tx, deps: Pick<SupervisionDeps, 'clock'>, what: What, confirmedBy: AccountId): Promise<void> {
  const { clueId, sheetId, unitId, authorityId, region, outfall, route, paper } = what;
  if (paper === undefined) throw new Error(`clue ${clueId} is confirmed without its recheck note`);
  const payload: SupervisionConfirmed = {
    clueId, sheetId, unitId, authorityId, region, outfall, route, confirmedBy, confirmedAt: deps.clock.now(),
    paper: { kind: route === 'OVER_QUANTITY' ? 'OVER_QUANTITY_REPORT' : 'CONTROL_RECHECK_NOTE', documentId: paper.documentId, number: paper.number, sha256: paper.sha256 },
  };
  await emit(tx, deps.clock, { type: CONFIRMED, subject: clueId, payload });
}
