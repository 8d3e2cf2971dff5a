import { platformActor } from '#access';
import { appendLeaf, type LeafInput } from '#evidence';
import {
  asId,
  dayOf,
  instant,
  yearOf,
  type AccountId,
  type AuthorityId,
  type CaseId,
  type DocumentId,
  type OutfallId,
  type RegionKey,
  type UnitId,
} from '#kernel';
import { MEANS, VIOLATION_KEYS, type ViolationKey } from '#law';
import type { Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import { observedFactSchema } from '#review';
import { z } from 'zod';
import type { ReceivedEvent } from './case-event.ts';
import { digestOfEvent } from './event-digest.ts';
import { foldCase } from './fold.ts';
import { keepClocks } from './clocks/keep-clocks.ts';
import { filingClocks } from './clocks/open-clock.ts';
import { reviewerOf, type CaseOrigin, type PaperRef, type PenaltyCase, type ReviewedData } from './penalty-case.ts';
import type { CaseDeps } from './ports.ts';
import { fileTitle } from './evidence/file-title.ts';
import * as store from './store/case-store.ts';

/** `clue.handed_over` of ⑤, as far as a case relies on it. */
export const handoverSchema = z.object({
  clueId: z.string(),
  /** Version of the clue the review decided about. */
  clueVersion: z.number().int().nullish(),
  reviewId: z.string(),
  opinionDocumentId: z.string().nullish(),
  opinionNo: z.string().nullish(),
  opinionSha256: z.string().nullish(),
  /** The note of control staff before the review, where the region's way goes by one. */
  confirmedDocumentId: z.string().nullish(),
  handoverDocumentId: z.string().nullish(),
  handoverNo: z.string().nullish(),
  unit: z.string(),
  outfall: z.string().nullish(),
  /** Whose review group handed it over: enforcement of the same level takes it. */
  groupId: z.string(),
  region: z.string(),
  /** By which way the clue came to its review. */
  route: z.string().nullish(),
  /** Which body reviewed it, as papers name it. */
  reviewedBy: z.string().nullish(),
  facts: z.object({ zh: z.string(), en: z.string() }),
  factors: z.array(z.string()),
  period: z.object({ from: z.number(), to: z.number() }),
  violations: z.array(z.string()),
  /** Means of the act the reviewed records themselves show. */
  acts: z.array(z.enum(MEANS)).nullish(),
  /** The facts as data; left out by reviews from before they were kept. */
  observed: z.array(observedFactSchema).nullish(),
  evidence: z.object({
    frames: z.array(z.object({ mn: z.string(), from: z.number(), to: z.number() })),
    materials: z.array(z.object({ name: z.string(), sha256: z.string() })),
  }),
  handedOverAt: z.number(),
  handedOverBy: z.string(),
});
/** What review hands over with a confirmed clue. */
export type Handover = z.infer<typeof handoverSchema>;

/**
 * Opens a case file from a handed-over clue, inside the handler's transaction. The seven working days of filing run
 * from the dispatch, not from the moment somebody looks at it. A second delivery of the event changes nothing.
 */
export async function receiveHandover(tx: Tx, deps: CaseDeps, handover: Handover): Promise<CaseId | undefined> {
  const authorityId = asId<AuthorityId>(handover.groupId);
  if ((await store.caseOfReview(tx, handover.reviewId)) !== undefined) return undefined;
  const handedOverAt = instant(handover.handedOverAt);
  const year = yearOf(dayOf(handedOverAt));
  const origin: CaseOrigin = {
    caseId: asId<CaseId>(newId('case')),
    caseNo: caseNoOf(authorityId, year, await store.nextCaseNo(tx, authorityId, year)),
    authorityId,
    region: asId<RegionKey>(handover.region),
    unitId: asId<UnitId>(handover.unit),
    ...(handover.outfall ? { outfallId: asId<OutfallId>(handover.outfall) } : {}),
    clueId: handover.clueId,
    ...(handover.clueVersion ? { clueVersion: handover.clueVersion } : {}),
    reviewId: handover.reviewId,
    ...(handover.route ? { route: handover.route } : {}),
    ...(handover.reviewedBy ? { reviewedBy: handover.reviewedBy } : {}),
    ...(handover.opinionDocumentId ? { opinionDocumentId: handover.opinionDocumentId } : {}),
    ...(handover.handoverDocumentId ? { handoverDocumentId: handover.handoverDocumentId } : {}),
    facts: handover.facts.zh,
    ...(handover.facts.en ? { factsEn: handover.facts.en } : {}),
    factors: handover.factors,
    ...spanOfAct(handover),
    suggestions: handover.violations.filter(isViolation),
    ...(handover.acts?.length ? { acts: handover.acts } : {}),
    ...(handover.observed ? { observed: handover.observed } : {}),
    evidenceRefs: reviewedData(handover),
    handedOverAt,
    history: await deps.reviews.history(tx, handover.clueId),
  };
  const event: ReceivedEvent = {
    kind: 'RECEIVED',
    at: deps.clock.now(),
    actor: { accountId: asId<AccountId>(handover.handedOverBy), name: reviewerOf(origin) },
    origin,
    opened: filingClocks(deps.law, origin),
    papers: await sourcePapers(tx, deps, handover),
  };
  const leaf = await openFile(tx, event);
  if (leaf === undefined) return undefined;
  await emit(tx, deps.clock, {
    type: 'case.received',
    subject: origin.caseId,
    payload: { caseId: origin.caseId, caseNo: origin.caseNo, clueId: origin.clueId, unitId: origin.unitId },
  });
  await appendLeaf(tx, deps.clock, leaf);
  return origin.caseId;
}

/** A number as it is shown, e.g. `qingchuan-2026-0007`. */
export const caseNoOf = (authorityId: AuthorityId, year: number, no: number): string => `${authorityId}-${year}-${String(no).padStart(4, '0')}`;

/** Writes the first event of a file with its papers, evidence and terms; undefined when the handover has become a case before. */
export async function openFile(tx: Tx, event: ReceivedEvent): Promise<LeafInput | undefined> {
  const { caseId, reviewId } = event.origin;
  const state = foldCase([event]);
  if (!(await store.insertCase(tx, state, event.at))) return undefined;
  await store.appendEvent(tx, caseId, 1, event);
  for (const paper of event.papers) await store.insertPaper(tx, caseId, 1, paper, { from: reviewId }, event.at);
  for (const item of state.evidence) await store.insertEvidence(tx, caseId, item, event.at);
  await store.projectCase(tx, state, false, event.at);
  await keepClocks(tx, {}, state, event, event.at);
  return leafOfReceived(state, event);
}

function leafOfReceived(state: PenaltyCase, event: ReceivedEvent): LeafInput {
  const { caseId, region, reviewId } = state;
  const papers = event.papers.map((p) => p.sha256);
  return {
    t: 'case',
    ref: caseId,
    seq: 1,
    step: 'RECEIVED',
    to: state.main,
    actor: platformActor(region).accountId,
    review: reviewId,
    papers,
    digest: digestOfEvent(event),
  };
}

/** The act lasts from the first to the last of its facts (行政处罚法 第三十六条); as long as the clue where none is kept as data. */
function spanOfAct({ observed, period }: Handover): Pick<CaseOrigin, 'actStart' | 'actEnd'> {
  const spans = observed?.length ? observed : [period];
  return { actStart: instant(Math.min(...spans.map(({ from }) => from))), actEnd: instant(Math.max(...spans.map(({ to }) => to))) };
}

const isViolation = (key: string): key is ViolationKey => VIOLATION_KEYS.some((k) => k === key);

/** Exactly the spans and files the review covered. */
function reviewedData({ reviewId, outfall, evidence }: Handover): ReviewedData[] {
  const frames = evidence.frames.map((r) => ({
    reviewId,
    dataRef: `data:${outfall ?? r.mn}:${r.from}:${r.to}`,
    title: `自动监测数据与原始报文（${r.mn}）`,
    frames: { mn: r.mn, from: r.from, to: r.to },
  }));
  const materials = evidence.materials.map((m) => ({
    reviewId,
    dataRef: `material:${m.sha256}`,
    title: fileTitle(m.name),
    sha256: m.sha256,
  }));
  return [...frames, ...materials];
}

/** Note of control staff, opinion and handover sheet come with the clue and stand first in the file, as they were made. */
async function sourcePapers(tx: Tx, deps: CaseDeps, handover: Handover): Promise<PaperRef[]> {
  const wanted = [
    ['CONTROL_RECHECK_NOTE', handover.confirmedDocumentId],
    ['REVIEW_OPINION', handover.opinionDocumentId],
    ['HANDOVER_SHEET', handover.handoverDocumentId],
  ] as const;
  const papers: PaperRef[] = [];
  for (const [kind, id] of wanted) {
    const found = id === null || id === undefined ? undefined : await deps.papers.find(tx, asId<DocumentId>(id));
    if (found !== undefined) papers.push({ kind, paperId: newId('ppr'), ...found });
  }
  return papers;
}
