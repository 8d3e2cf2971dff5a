import { accountsOf, type Actor } from '#access';
import { modelWords } from '#analysis';
import { dayOf, ok, type Refusal, type Result, type ReviewId } from '#kernel';
import type { ViolationKey } from '#law';
import type { Tx } from '#platform/db';
import { transact } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import type { Paper } from '#supervision';
import { aroundReview } from './around-review.ts';
import { countsFor, decideConclusion, decideStep, withAssessments, type Conclusion } from './decide-review.ts';
import { BASES } from '../clue/bases.ts';
import { GATE_PAPERS } from '../clue/decide-route.ts';
import { refuse } from '../errors.ts';
import { opinionPaper } from './paper-data.ts';
import type { ReviewDeps } from '../ports.ts';
import type { CheckItem, PrecheckInput } from '../facts/precheck.ts';
import { wouldBeFact } from '../facts/words-for.ts';
import { openFor, type OpenReview } from './sign-review.ts';
import type { PoolClue } from '../store/clues.ts';
import { keepNotice } from '../store/notices.ts';
import { assessmentsOf, concludeRow, insertScope, signaturesOf, type Review, type ScopeRow, type StoredAssessment, type StoredSignature } from '../store/reviews.ts';
import { closeClock, openLawClock, recordStep, sealClue } from '../clue/step-clue.ts';

/** The body's conclusion on a clue, with the facts as it finds them. */
export interface ConcludeCommand {
  readonly conclusion: Conclusion;
  readonly reason: string;
  /** The facts as the group finds them: what the unit and enforcement are told. */
  readonly factsZh: string;
  readonly factsEn: string;
  readonly violations: readonly ViolationKey[];
  /** What is asked for when it is returned, item by item. */
  readonly asked?: readonly string[] | undefined;
}

const STATE = { pass: 'PASSED', return: 'RETURNED', reject: 'REJECTED' } as const;

/** Exactly what this review looked at: only that may be evidence afterwards (江苏办法 第十二条). */
function scopesOf(clue: PoolClue, review: Review, assessments: readonly StoredAssessment[]): ScopeRow[] {
  const { input } = review.precheck;
  const ranges = input.frames?.ranges ?? [];
  const { outfall } = clue;
  const whole = { kind: 'DATA' as const, from: input.from, to: input.to };
  const data: ScopeRow[] =
    outfall === null ? []
    : ranges.length === 0 ? [{ ...whole, outfall, mn: null, frames: 0, leafFrom: null, leafTo: null }]
    : ranges.map((range) => ({ ...whole, outfall, mn: range.mn, frames: range.frames, leafFrom: range.leafFrom, leafTo: range.leafTo }));
  const files = [...input.materials, ...assessments.flatMap(({ shown }) => shown?.files ?? [])];
  return [...data, ...[...new Map(files.map((file) => [file.sha256, file])).values()].map((material) => ({ kind: 'MATERIAL' as const, sha256: material.sha256 }))];
}

async function makeOpinion(tx: Tx, deps: ReviewDeps, open: OpenReview, actor: Actor, items: readonly CheckItem[], signatures: readonly StoredSignature[], text: string) {
  const people = await accountsOf(tx, signatures.map((s) => s.accountId));
  const day = dayOf(deps.clock.now());
  return deps.papers.make(tx, {
    ...opinionPaper(deps, open.clue, { review: open.review, items, signatures, people, lead: actor, conclusion: text, day, words: await modelWords(tx) }),
    // An inner paper: the unit learns the facts from its notice and sees the opinion in the file.
    subject: { kind: 'clue', id: open.clue.clueId }, unitId: null, authorityId: open.clue.groupId, preparedBy: actor, signers: [...people, actor].map(({ accountId, name }) => ({ accountId, name })),
  });
}

/** The opinion, made now; where the region's gate rests on the note of control staff, not without that. */
async function paperFor(...given: Parameters<typeof makeOpinion>): Promise<Result<Paper>> {
  const { clue, review } = given[2];
  const { zh, en } = GATE_PAPERS[review.paper];
  const lacks = review.paper === 'CONTROL_RECHECK_NOTE' && clue.confirmedPaper === null;
  return lacks ? refuse('REVIEW-011', { missing: [zh], missingEn: [en] }) : makeOpinion(...given);
}

/** A first review moves the clue; a supplementary one leaves it with enforcement and only ends its own clock. */
async function moveClue(tx: Tx, deps: ReviewDeps, open: OpenReview, review: Review, actor: Actor, command: ConcludeCommand): Promise<Result<PoolClue>> {
  const { clue } = open;
  const detail = { conclusion: command.conclusion, reason: command.reason.trim(), opinion: review.opinionNo, ...(command.conclusion === 'return' ? { asked: command.asked ?? [], note: command.reason.trim() } : {}) };
  const common = { clue, actor, reviewId: review.reviewId, documentId: review.opinionId, detail, from: clue.state, duty: 'data-reviewer' } as const;
  if (review.kind === 'SUPPLEMENT') {
    await closeClock(tx, deps, clue.clueId, 'T2s');
    return ok(await recordStep(tx, deps, { ...common, act: 'supplement', to: clue.state, basis: BASES.evidence }));
  }
  const row = decideStep(clue.state, command.conclusion, actor, clue);
  if (!row.ok) return row;
  await closeClock(tx, deps, clue.clueId, 'review');
  const after = await recordStep(tx, deps, { ...common, act: command.conclusion, to: row.value.to, basis: row.value.basis });
  if (command.conclusion === 'pass') {
    await openLawClock(tx, deps, after, 'T2');
    await openLawClock(tx, deps, after, 'T2n');
    await keepNotice(tx, {
      clueId: clue.clueId, unitId: clue.unitId, state: 'DUE', documentId: null, documentNo: null, deliveryId: null, sentAt: null, arrivedAt: null,
      confirmedAt: null, deferReason: null, deferUntil: null, stateUntil: null, changedAt: deps.clock.now(),
    });
  }
  return ok(after);
}

/**
 * What values alone can show is not charged where findings in the data stand behind the clue and none of them is a fact of it; nor is anything on values none
 * of which counts, or on an outage within the terms in which a fault is mended.
 */
function refuseUnmeasured({ law, facts }: ReviewDeps, input: PrecheckInput, violations: readonly ViolationKey[]): Refusal | undefined {
  const found = violations.map((key) => law.violation(key)).find(({ key, measured }) => facts.narrate(input, [key]) === null && (measured || wouldBeFact(law.narratives(), input, key)));
  return found && refuse('REVIEW-024', { field: 'violations', args: { violation: found.title.zh, violationEn: found.title.en } });
}

/**
 * The review group's opinion (D3), given by its lead on the two signatures. Passed data, and only those, may be
 * evidence; data a signature rejects may not be from now on, and where both found them good but they show no violation, other reviews of the
 * same data stand; returned clues go back to the panel with the reason.
 */
export async function concludeReview(deps: ReviewDeps, actor: Actor, reviewId: ReviewId, command: ConcludeCommand): Promise<Result<Review>> {
  return transact<Result<Review>>(deps.db, async (tx) => {
    const open = await openFor(tx, deps, actor, reviewId, 'review.conclude');
    if ('ok' in open) return open;
    const signatures = await signaturesOf(tx, reviewId);
    const assessments = await assessmentsOf(tx, reviewId);
    const items = withAssessments(open.review.precheck, assessments);
    if (signatures.some((s) => countsFor(s, actor))) return refuse('REVIEW-014');
    const { around } = await aroundReview(tx, open.review);
    const no = decideConclusion(command.conclusion, command.reason, open.review.precheck.input, items, signatures, around);
    if (no !== undefined) return no;
    const passes = command.conclusion === 'pass';
    const { input } = open.review.precheck;
    const told = deps.facts.narrate(input, command.violations);
    const unmeasured = passes ? refuseUnmeasured(deps, input, command.violations) : undefined;
    if (unmeasured !== undefined) return unmeasured;
    const written = command.factsZh.trim();
    if (passes && told === null && written === '') return refuse('REVIEW-015', { field: 'factsZh' });
    const facts = written || told?.zh || open.clue.sentenceZh;
    if (passes && open.review.kind === 'INITIAL' && command.violations.length === 0) return refuse('REVIEW-012', { field: 'violations' });
    const text = passes ? `经审核，${facts}涉嫌存在违法行为，所审电子数据符合作为行政执法证据的要求。` : command.reason.trim();
    const made = command.conclusion === 'return' ? undefined : await paperFor(tx, deps, open, actor, items, signatures, text);
    if (made !== undefined && !made.ok) return made;
    const paper = made?.value;
    const now = deps.clock.now();
    const review: Review = {
      ...open.review, state: STATE[command.conclusion], concludedAt: now, factsZh: facts, factsEn: command.factsEn.trim() || (written === '' ? told?.en : undefined) || open.clue.sentenceEn,
      violations: command.violations, opinionId: paper?.documentId ?? null, opinionNo: paper?.number ?? null, opinionSha: paper?.sha256 ?? null,
    };
    await concludeRow(tx, review);
    const ofData = passes ? 'PASSED' : command.conclusion === 'reject' && signatures.some((s) => s.conclusion !== 'PASS') ? 'REJECTED' : undefined;
    if (ofData !== undefined) {
      for (const scope of scopesOf(open.clue, review, assessments)) await insertScope(tx, newId('rsc'), reviewId, ofData, scope, now);
    }
    const moved = await moveClue(tx, deps, open, review, actor, command);
    if (!moved.ok) return moved;
    await emit(tx, deps.clock, {
      type: `review.${review.state.toLowerCase()}`, subject: review.clueId,
      payload: { clueId: review.clueId, reviewId, kind: review.kind, unit: open.clue.unitId, outfall: open.clue.outfall, opinionDocumentId: review.opinionId },
    });
    await sealClue(tx, deps, moved.value, command.conclusion, actor, {
      review: reviewId, precheck: review.precheckSha, ...(paper === undefined ? {} : { document: paper.documentId, sha256: paper.sha256 }),
    });
    return ok(review);
  });
}
