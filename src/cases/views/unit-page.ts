import { z } from 'zod';
import { dayOf, type CaseId } from '#kernel';
import { asPrinted, localBasis } from '#law';
import { deadlinesOf } from '#platform/deadlines';
import type { CaseEvent } from '../case-event.ts';
import { loadCase, trackViews, type TrackView } from './case-page.ts';
import { clockViews } from './clock-views.ts';
import { unansweredRequests } from '../guards/hearing.ts';
import { paperEntry, type PaperKind } from '../papers/paper-kinds.ts';
import type { PaperRef, PenaltyCase } from '../penalty-case.ts';
import type { CaseDeps } from '../ports.ts';
import { SIGNED_AT_THE_PLACE } from '../papers/site-papers.ts';
import { isOpenToComment, isTold } from '../evidence/samplings.ts';
import { NOTICE_RIGHTS, rightsLeft } from '../waiver.ts';
import { surchargeDays, surchargeOwed } from '../recovery/obligations.ts';
import { stateOn, STATE_TITLES, type Track } from '../states.ts';
import { openSteps, transitionOf, TRANSITIONS } from '../transitions/transitions.ts';
import { servedDecision, servedDecisionSchema, servedProposal, servedProposalSchema } from './served-papers.ts';
import { CLOCK_ENDS, clockEnd } from './unit-clocks.ts';
import { comesTooEarly } from './what-is-missing.ts';

const texts = z.object({ zh: z.string(), en: z.string() });
/** `state` as stored; the stage in words. */
const measure = texts.extend({ track: z.string(), state: z.string(), stateZh: z.string(), stateEn: z.string(), begun: z.boolean(), open: z.boolean() });
const clock = z.object({
  clockId: z.string(), title: z.string(), titleEn: z.string(), article: z.string(), state: z.string(), startedAt: z.number(), dueAt: z.number(),
  dueDay: z.string().describe('last day of the term, China time'), dayKind: z.string().optional(), workingDaysLeft: z.number().optional().describe('while it runs'),
  provisional: z.boolean(), overdue: z.boolean(), end: texts.nullable().describe('how the term ended; null while it runs'),
});

/** What the unit sees of its own case: its papers, its clocks, its rights. No internal opinion, no officer's notes. Instants in epoch ms, sums in yuan. */
export const unitCasePageSchema = z.object({
  caseId: z.string(), caseNo: z.string(), stage: z.string(), rectification: z.string(),
  measures: z.array(measure).describe('special measures under way against it; inner preparation is not shown'),
  facts: z.string(), outfall: z.string().nullable().describe('whose data it rests on; null where the case names no outfall'), factors: z.array(z.string()),
  papers: z.array(z.object({
    title: z.string(), number: z.string(), documentId: z.string(), kind: z.string(), own: z.boolean().describe('handed in by the unit itself: it reads it from the first'),
  })),
  clocks: z.array(clock),
  rights: z.array(texts.extend({ command: z.string(), article: z.string() })).describe('rights open now; these buttons are never hidden (江苏办法 第十三条)'),
  defence: z.array(z.object({ point: z.string(), at: z.number(), accepted: z.boolean().nullable(), reason: z.string().nullable() })),
  results: z.array(z.object({
    samplingId: z.string(), taken: z.string(), reportNo: z.string(), result: z.string(), comment: z.string().nullable(), answer: z.string().nullable(), open: z.boolean().describe('it may still comment'),
  })).describe('results of samples it was told, with what it said and was answered'),
  officers: z.array(z.object({ accountId: z.string(), name: z.string() })).describe('who investigates: any of them may be asked to stand aside'),
  questions: z.array(z.object({ question: z.string(), at: z.number(), answer: z.string().nullable() })),
  acts: z.array(texts.extend({ command: z.string(), at: z.number(), reason: z.string(), waits: z.boolean().describe('the authority owes an answer') })).describe('what it did so far, newest first'),
  unused: z.array(texts).describe('rights of the notice that are not used yet: what a waiver gives up'),
  hearing: z.object({ at: z.number().nullable(), place: z.string().nullable(), right: z.boolean() }),
  proposed: servedProposalSchema.nullable().describe('what the prior notice proposes; null until it has reached the unit'),
  decided: servedDecisionSchema.nullable().describe('what the decision says; null until it has reached the unit'),
  amount: z.number().nullable(), paid: z.number(), payBy: z.string().nullable(), surcharge: z.string().describe('what lateness has added by today'), lateDays: z.number(),
  forms: z.array(z.object({ paperId: z.string(), title: z.string(), sha256: z.string() })).describe('papers of steps taken before every paper had a layout: kept as their data'),
  order: z.object({ dueOn: z.string(), demands: z.array(z.string()) }).nullable(),
});
type UnitCasePage = z.infer<typeof unitCasePageSchema>;

// The growth of a surcharge is no term of the unit's: its sum stands beside the fine.
const OF_THE_PROCEDURE = ['TM', 'T5', 'T6', 'T7', 'T10', 'T12', 'T13', 'T14', 'T14r', 'TR'];
const OF_MEASURES = ['T10d', 'T21', 'T21x', 'T21c', 'T21d', 'T21p', 'T22b', 'T22bx', 'T22c', 'T22d', 'TDn'];
const THEIR_CLOCKS = [...OF_THE_PROCEDURE, ...OF_MEASURES];
const THEIR_STEPS = ['case.defend', 'case.pay', 'case.rectify', 'case.remedy', 'case.answer-measure'];
/** Told elsewhere on the page. */
const OWN_PLACE: readonly Track[] = ['MAIN', 'RECTIFICATION', 'REMEDY'];

const shownMeasures = (state: PenaltyCase): TrackView[] =>
  trackViews(state).filter(
    ({ track, begun }) => begun && !OWN_PLACE.includes(track) && STATE_TITLES[stateOn(state, track)].inside !== true,
  );

/**
 * Does the unit know of the case? From the first inquiry, the first visit or the first paper that reached it; before that the facts may
 * still have to be fixed, which is why the notice itself may be deferred.
 */
export const isShownToUnit = (state: PenaltyCase): boolean =>
  state.evidence.some((e) => e.point === 'INQUIRY') ||
  state.papers.some((p) => SIGNED_AT_THE_PLACE.includes(p.kind)) ||
  Object.keys(state.arrived).length > 0 ||
  shownMeasures(state).length > 0;

/** The unit's page of a case; undefined when there is none. The caller has checked that it is the unit's own. */
export async function unitCasePage(deps: CaseDeps, caseId: CaseId): Promise<UnitCasePage | undefined> {
  const loaded = await loadCase(deps.db, caseId);
  if (loaded === undefined) return undefined;
  const { state, events } = loaded;
  const clocks = clockViews(deps.law, state, await deadlinesOf(deps.db, 'case', caseId), deps.clock.now());
  const rows = openSteps(state);
  const today = dayOf(deps.clock.now());
  const authority = await deps.directory.authority(deps.db, state.authorityId);
  // What has not been delivered is not the unit's yet.
  const papers = state.papers.filter((p) => isTheirs(p.kind) && p.documentId !== undefined);
  return {
    caseId: state.caseId,
    caseNo: state.caseNo,
    stage: STATE_TITLES[state.main].zh,
    rectification: STATE_TITLES[state.rectification].zh,
    measures: shownMeasures(state),
    facts: state.report?.facts ?? state.facts,
    outfall: state.outfallId ?? null,
    factors: [...state.factors],
    papers: papers
      .filter((p) => hasReached(state, p))
      .map((p) => ({ title: p.title, number: p.number, documentId: p.documentId ?? '', kind: p.kind, own: paperEntry(p.kind).by === 'PARTY' })),
    clocks: clocks.filter((c) => THEIR_CLOCKS.includes(c.clockId)).map((clock) => {
      const end = clockEnd(clock, events);
      return { ...clock, article: asPrinted(clock.article), end: end === undefined ? null : CLOCK_ENDS[end] };
    }),
    rights: rows
      .filter((r) => THEIR_STEPS.includes(r.actor) && !comesTooEarly(r, { state, law: deps.law, now: deps.clock.now() }))
      .map(({ command, zh, en, article }) => ({ command, zh, en, article: asPrinted(localBasis(deps.law, article, state.region)) })),
    defence: state.defence.map((d) => ({
      point: d.point,
      at: d.at,
      accepted: d.answer?.accepted ?? null,
      reason: d.answer?.reason ?? null,
    })),
    results: state.samplings.filter((s) => isTold(state, s)).map((s) => ({
      samplingId: s.samplingId, taken: `${s.takenOn} ${s.spot}`, reportNo: s.report?.reportNo ?? '', result: s.report?.result ?? '',
      comment: s.comment?.statement ?? null, answer: s.comment?.answer ?? null, open: isOpenToComment(state, s),
    })),
    officers: state.officers.map(({ accountId, name }) => ({ accountId, name })),
    questions: state.questions.map(({ question, at, answer = null }) => ({ question, at, answer })),
    acts: actsOf(state, events),
    unused: rightsLeft(state).map((right) => NOTICE_RIGHTS[right]),
    hearing: {
      at: state.hearing?.heldAt ?? null,
      place: state.hearing?.place ?? null,
      right: state.notice?.delivery !== undefined && state.proposal?.hearingRight === true,
    },
    proposed: (await servedProposal(deps.db, deps.papers, state)) ?? null,
    decided: (await servedDecision(deps.db, deps.papers, state, authority)) ?? null,
    amount: state.decision?.delivery === undefined ? null : state.decision.amount,
    paid: state.paid,
    payBy: state.decision?.payBy ?? null,
    surcharge: String(surchargeOwed(state, 'FINE', today)),
    lateDays: surchargeDays(state, 'FINE', today),
    forms: state.papers
      .filter((p) => isTheirs(p.kind) && p.documentId === undefined && hasReached(state, p))
      .map(({ paperId, title, sha256 }) => ({ paperId, title, sha256 })),
    order: state.order?.delivery === undefined ? null : { dueOn: state.order.dueOn, demands: [...state.order.demands] },
  };
}

function actsOf(state: PenaltyCase, events: readonly CaseEvent[]): UnitCasePage['acts'] {
  const waiting = unansweredRequests(state);
  const own = events.flatMap(({ at, ...event }) => {
    if (event.kind !== 'STEP') return [];
    const { command, zh, en, actor } = transitionOf(event.command.kind);
    const reason = 'reason' in event.command && typeof event.command.reason === 'string' ? event.command.reason : '';
    return THEIR_STEPS.includes(actor) ? [{ command, zh, en, at, reason, waits: false }] : [];
  });
  const newest = own.toReversed();
  // Only the newest request of a kind can still wait.
  return newest.map((act, i) => ({ ...act, waits: waiting.includes(act.command) && newest.findIndex((one) => one.command === act.command) === i }));
}

/** What the authority hands it, and what it handed in itself. */
const isTheirs = (kind: PaperKind): boolean => {
  const { outer, by } = paperEntry(kind);
  return outer === true || by === 'PARTY';
};

/** A paper that goes by post is the unit's from its arrival; others were handed over in the act itself. */
const hasReached = (state: PenaltyCase, paper: PaperRef): boolean =>
  state.arrived[paper.paperId] !== undefined || !TRANSITIONS.some((row) => row.posts?.papers.includes(paper.kind));
