import { accountsOf, conflictOf, nameActed, personsOf, refusalFor, type Actor } from '#access';
import { dayOf, instant, isRefusal, toRfc3339, type AccountId, type ClueId, type Instant, type Refusal } from '#kernel';
import { localBasis, termLeft, VIOLATION_KEYS } from '#law';
import { deadlinesOf, type Deadline } from '#platform/deadlines';
import { feedbackOf, sheetOfClue } from '#supervision';
import { ACTS, actorsOf, actsFrom, CLUE_STATES, isOn } from './clue-machine.ts';
import { aroundReview, firstReviewers } from '../finding/around-review.ts';
import { isLead, refuseStranger } from '../members/check-member.ts';
import { analysisOf, BODIES, GATE_PAPERS, listRouteIn, needsList, REVIEW_ROUTES } from './decide-route.ts';
import { obstacles, tracksOf, withAssessments } from '../finding/decide-review.ts';
import { refuse } from '../errors.ts';
import { GATES, gatesOf } from '../finding/gates.ts';
import { refuseDeferral, refuseIssuer } from '../handover/notify-unit.ts';
import type { ReviewDeps } from '../ports.ts';
import { GROUPS, PROPERTIES } from '../facts/precheck.ts';
import { clueHistory } from './step-clue.ts';
import { isDecidedOn, versionDecidedOn } from './take-up-clue.ts';
import { findClue, stepsOf, type PoolClue } from '../store/clues.ts';
import { findNotice, type Notice, notesOf, statementsOf } from '../store/notices.ts';
import { showOpinions } from '../second/show-opinions.ts';
import type { Second } from '../store/opinions.ts';
import { assessmentsOf, reviewsOf, signaturesOf, type Review } from '../store/reviews.ts';

const time = (at: Instant | null): string | null => (at === null ? null : toRfc3339(at));

/** A clock counted in working days says how many are left by the law's calendar. */
function showDeadline({ law, clock }: ReviewDeps, row: Deadline) {
  return { ...row, startedAt: toRfc3339(instant(row.startedAt)), dueAt: toRfc3339(instant(row.dueAt)), ...termLeft(law.calendar, row, clock.now()) };
}

/** A row of the pool as lists show it. */
export function showRow(deps: ReviewDeps, clue: PoolClue) {
  const state = CLUE_STATES[clue.state];
  return {
    clueId: clue.clueId, unitId: clue.unitId, unitName: deps.directory.unit(clue.unitId)?.name ?? clue.unitId, outfall: clue.outfall,
    outfallName: clue.outfall === null ? null : deps.directory.outfallName(clue.outfall), source: clue.source, route: clue.route, routeZh: REVIEW_ROUTES[clue.route].zh, routeEn: REVIEW_ROUTES[clue.route].en, body: clue.body,
    needsList: needsList(clue.route), tier: clue.tier, provisional: clue.provisional,
    state: clue.state, stateZh: state.zh, stateEn: state.en, closed: state.closed, sentence: { zh: clue.sentenceZh, en: clue.sentenceEn || clue.sentenceZh },
    factors: [...clue.factors], periodFrom: toRfc3339(clue.periodFrom), periodTo: time(clue.periodTo), rule: clue.rule, listId: clue.listId, reviewId: clue.reviewId,
    confirmedPaper: clue.confirmedPaper === null ? null : { documentId: clue.confirmedPaper.documentId, number: clue.confirmedPaper.number },
    handedOverAt: time(clue.handedOverAt), signedInAt: time(clue.signedInAt), priority: clue.priority, createdAt: toRfc3339(clue.createdAt), changedAt: toRfc3339(clue.changedAt),
  };
}

/** The lawful steps from here: which are this person's, and what stands in the way of the others. */
async function nextActs(deps: ReviewDeps, clue: PoolClue, actor: Actor) {
  const history = await clueHistory(deps.db, clue.clueId);
  const analysis = analysisOf(clue.state === 'LISTED' || clue.state === 'PANEL_ANALYSIS' || clue.state === 'RETURNED_FOR_MORE' ? clue.body : listRouteIn(deps.law, clue.region, dayOf(deps.clock.now())).body);
  const seats = {
    lead: await refuseStranger(deps.db, deps, clue, clue.body, actor, 'lead'), member: await refuseStranger(deps.db, deps, clue, clue.body, actor, 'member'),
    analyst: await refuseStranger(deps.db, deps, clue, analysis, actor, 'member'),
  };
  const cite = (basis: string) => localBasis(deps.law, basis, clue.region);
  return actsFrom(clue.state)
    .filter((row) => isOn(row, clue.route) && !row.actors.every((who) => who === 'platform'))
    .map((row) => {
      const actors = actorsOf(row, clue.body);
      const role = actors.some((who) => who !== 'platform' && actor.roles.includes(who));
      const conflict = role && row.duty !== undefined ? conflictOf(history, actor, row.duty) : undefined;
      const seat = seats[row.by === 'lead' ? 'lead' : row.by === 'reviewer' ? 'member' : 'analyst'];
      const stranger = role && (row.by !== undefined || row.duty === 'analyst') ? seat : undefined;
      const unsent = row.act === 'take' && needsList(clue.route) && clue.listId === null ? refuse('REVIEW-006') : undefined;
      const refusal = conflict ?? stranger ?? unsent;
      return { act: row.act, zh: ACTS[row.act].zh, en: ACTS[row.act].en, actors, basis: cite(row.basis), paper: row.paper, mine: role && refusal === undefined, refusal: refusal === undefined ? null : { ...refusal, basis: cite(refusal.basis ?? row.basis) } };
    });
}

/** What the second reviewer may still become, and what is hidden from him until he has spoken. */
async function secondFor(deps: ReviewDeps, clue: PoolClue, review: Review, actor: Actor, second: Second | undefined) {
  if (second === undefined) return { drawn: false, given: false, mine: false, blind: false } as const;
  const given = second.opinion !== null;
  const technical = tracksOf(actor, review.body).includes('TECHNICAL');
  const firsts = await firstReviewers(deps.db, review);
  const first = firsts.has(actor.accountId) || (await isLead(deps.db, deps, clue.groupId, clue.region, review.body, actor));
  const blind = review.state === 'OPEN' && !given && technical && !first;
  const seated = blind && (await refuseStranger(deps.db, deps, clue, review.body, actor, 'member')) === undefined;
  return { drawn: true, given, mine: seated && !personsOf(actor).some((who) => firsts.has(who)), blind } as const;
}

async function showReview(deps: ReviewDeps, clue: PoolClue, review: Review, actor: Actor) {
  const [allAssessments, allSignatures, standing] = await Promise.all([assessmentsOf(deps.db, review.reviewId), signaturesOf(deps.db, review.reviewId), aroundReview(deps.db, review)]);
  const second = await secondFor(deps, clue, review, actor, standing.second);
  const assessments = second.blind ? allAssessments.filter((a) => a.track !== 'TECHNICAL') : allAssessments;
  const signatures = second.blind ? allSignatures.filter((s) => s.track !== 'TECHNICAL') : allSignatures;
  const items = withAssessments(review.precheck, assessments);
  const { input } = review.precheck;
  const settled = allSignatures.some((s) => s.track === 'TECHNICAL') && second.given;
  return {
    ...review, openedAt: toRfc3339(review.openedAt), concludedAt: time(review.concludedAt), precheck: undefined, input,
    items: items.map((item) => ({
      ...item, propertyZh: PROPERTIES[item.property].zh, groupZh: GROUPS[item.group].zh, groupEn: GROUPS[item.group].en, article: localBasis(deps.law, GROUPS[item.group].article, clue.region),
      byProgram: review.precheck.items.find((original) => original.item === item.item)?.outcome ?? null,
      assessments: assessments.filter((a) => a.item === item.item).map((a) => ({ ...a, at: toRfc3339(a.at) })),
    })),
    gates: gatesOf(input, items).map((gate) => ({ ...gate, ...GATES[gate.gate] })),
    signatures: signatures.map((s) => ({ ...s, at: toRfc3339(s.at) })),
    missing: review.state === 'OPEN' && !second.blind ? obstacles(input, items, signatures, standing.around) : [],
    // Neither finding is shown before both are given.
    second: { ...second, conclusion: settled ? (standing.second?.opinion?.conclusion ?? null) : null, reason: settled ? (standing.second?.opinion?.reason ?? null) : null },
    bodyName: { zh: BODIES[review.body].zh, en: BODIES[review.body].en },
    paperName: GATE_PAPERS[review.paper],
    myTracks: tracksOf(actor, review.body),
    // A supplementary review leaves the clue where it stands: no step of the clue says who concludes it.
    leads: review.state === 'OPEN' && (await isLead(deps.db, deps, clue.groupId, clue.region, review.body, actor)),
  };
}

/** The facts for each violation that could be chosen, as far as what was gathered is a fact of it: drafts for the group's lead. */
function proposedFacts(deps: ReviewDeps, clue: PoolClue, open: Review | undefined): Record<string, { zh: string; en: string }> {
  if (open === undefined) return {};
  const sentence = { zh: clue.sentenceZh, en: clue.sentenceEn };
  return Object.fromEntries(VIOLATION_KEYS.flatMap((violation) => {
    const told = deps.facts.narrate(open.precheck.input, [violation]);
    return told === null ? [] : [[violation, told ?? sentence]];
  }));
}

/** What the findings charge by themselves; where nothing, they are a lead, and a person writes what was found. */
async function charged(deps: ReviewDeps, clue: PoolClue, review: Review | undefined): Promise<{ suggestedViolations: readonly string[]; leadOnly: boolean }> {
  const suggestedViolations = await deps.facts.suggestViolations(clue, review?.precheck.input);
  const byModels = (review?.precheck.input.observations ?? []).some((observed) => observed.rule === undefined);
  return { suggestedViolations, leadOnly: byModels && suggestedViolations.length === 0 };
}

/** What this person may do about the notice now: send it, or let it wait while evidence is fixed. */
async function noticeActs(deps: ReviewDeps, clue: PoolClue, notice: Notice | undefined, review: Review | undefined, actor: Actor) {
  const due = notice?.state === 'DUE' || notice?.state === 'DEFERRED';
  const send = due && (await refuseIssuer(deps.db, deps, clue, actor)) === undefined;
  return { send, defer: send && notice?.state === 'DUE' && refuseDeferral(deps, clue, review) === undefined };
}

/** Everything a person in charge sees of one clue. A clue of another place answers like one that does not exist. */
export async function showClue(deps: ReviewDeps, actor: Actor, clueId: ClueId): Promise<Refusal | object> {
  const clue = await findClue(deps.db, clueId);
  if (clue === undefined || isRefusal(refusalFor(actor, 'clue.read', clue))) return refuse('REVIEW-001');
  const [steps, reviews, notice, statements, notes, deadlines, sheet] = await Promise.all([
    stepsOf(deps.db, clueId), reviewsOf(deps.db, clueId), findNotice(deps.db, clueId), statementsOf(deps.db, clueId), notesOf(deps.db, clueId),
    deadlinesOf(deps.db, 'clue', clueId), sheetOfClue(deps.db, clueId),
  ]);
  const people = await accountsOf(deps.db, [...new Set([...steps.map((s) => s.actorId), ...notes.map((n) => n.accountId), ...statements.map((s) => s.accountId)])]);
  const nameOf = (id: AccountId) => people.find((person) => person.accountId === id)?.name ?? '信息平台';
  const answers = sheet === undefined ? [] : await feedbackOf(deps.db, sheet.sheetId);
  // Under supervision the term that runs is that of the sheet.
  const underSheet = sheet === undefined || clue.state !== 'SUPERVISED' ? [] : await deadlinesOf(deps.db, 'sheet', sheet.sheetId);
  const shownReviews = await Promise.all(reviews.map((review) => showReview(deps, clue, review, actor)));
  const blind = shownReviews.some((review) => review.second.blind);
  return {
    ...showRow(deps, clue),
    next: await nextActs(deps, clue, actor),
    ...(await charged(deps, clue, reviews.find((review) => review.state === 'OPEN') ?? reviews.at(-1))),
    proposedFacts: proposedFacts(deps, clue, reviews.find((review) => review.state === 'OPEN')),
    declared: deps.facts.declared(clue),
    decidedVersion: (isDecidedOn(clue) ? versionDecidedOn(steps, clue) : undefined) ?? null,
    steps: steps.map((s) => ({ ...s, detail: blind && s.act === 'sign' ? {} : s.detail, at: toRfc3339(s.at), actor: nameActed(s, nameOf(s.actorId)) })),
    ...(await showOpinions(deps, clue, actor)),
    reviews: shownReviews,
    notice: notice === undefined ? null : { ...notice, sentAt: time(notice.sentAt), arrivedAt: time(notice.arrivedAt), confirmedAt: time(notice.confirmedAt), changedAt: toRfc3339(notice.changedAt) },
    noticeActs: await noticeActs(deps, clue, notice, reviews.find((r) => r.reviewId === clue.reviewId), actor),
    statements: statements.map((s) => ({ ...s, at: toRfc3339(s.at), by: nameOf(s.accountId) })),
    notes: notes.map((n) => ({ ...n, at: toRfc3339(n.at), by: nameOf(n.accountId) })),
    deadlines: [...deadlines, ...underSheet].map((d) => showDeadline(deps, d)),
    sheet: sheet === undefined ? null : { sheetId: sheet.sheetId, state: sheet.state, documentNo: sheet.documentNo, answers: answers.map((a) => ({ ...a, at: toRfc3339(a.at) })) },
  };
}

/** What the unit sees of the suspicion against it: the same facts and data, not who works on it or what they think. */
export async function showNotice(deps: ReviewDeps, actor: Actor, clueId: ClueId): Promise<Refusal | object> {
  const [clue, notice] = await Promise.all([findClue(deps.db, clueId), findNotice(deps.db, clueId)]);
  if (clue === undefined || notice === undefined || notice.sentAt === null) return refuse('REVIEW-001');
  if (isRefusal(refusalFor(actor, 'review.notice-read', clue))) return refuse('REVIEW-001');
  const review = (await reviewsOf(deps.db, clueId)).find((r) => r.reviewId === clue.reviewId);
  const statements = await statementsOf(deps.db, clueId);
  return {
    clueId, state: notice.state, documentId: notice.documentId, documentNo: notice.documentNo, sentAt: toRfc3339(notice.sentAt), arrivedAt: time(notice.arrivedAt),
    confirmedAt: time(notice.confirmedAt), stateUntil: notice.stateUntil, facts: { zh: review?.factsZh ?? clue.sentenceZh, en: review?.factsEn ?? clue.sentenceEn },
    outfall: clue.outfall, outfallName: clue.outfall === null ? null : deps.directory.outfallName(clue.outfall), factors: clue.factors,
    periodFrom: toRfc3339(clue.periodFrom), periodTo: time(clue.periodTo), opinionNo: review?.opinionNo ?? null,
    evidence: review?.precheck.input.frames?.ranges ?? [], handedOverAt: time(clue.handedOverAt),
    statements: statements.map((s) => ({ statementId: s.statementId, kind: s.kind, text: s.text, materials: s.materials, at: toRfc3339(s.at) })),
  };
}
