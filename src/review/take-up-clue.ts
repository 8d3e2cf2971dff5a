import { platformActor } from '#access';
import { isRefusal, type ClueId } from '#kernel';
import type { Tx } from '#platform/db';
import { ruleOf, tierRank, type ClueEvent } from '#supervision';
import { CLUE_STATES, type ClueAct, type ClueState } from './clue-machine.ts';
import { decideStep } from './decide-review.ts';
import type { ReviewDeps } from './ports.ts';
import { findClue, insertClue, insertStep, updateClue, type PoolClue } from './store/clues.ts';
import { groupOf, openOwnClock, recordStep, sealClue } from './step-clue.ts';
import { newId } from '#platform/ids';

/** What the platform does by rule with a clue of this tier (江苏办法 第十条; R6: not before the marks are final). */
export function actFor(event: Pick<ClueEvent, 'tier' | 'provisional'>): 'take-up' | 'wait' | 'to-panel' {
  if (event.tier !== 'WORK_ORDER') return 'take-up';
  return event.provisional ? 'wait' : 'to-panel';
}

async function step(tx: Tx, deps: ReviewDeps, clue: PoolClue, act: ClueAct, from: ClueState | 'START', detail: Record<string, unknown>): Promise<void> {
  const actor = platformActor(clue.region);
  const row = decideStep(from, act, actor);
  if (isRefusal(row)) return; // the clue has gone further meanwhile: nothing to do
  const after = await recordStep(tx, deps, { clue, act, to: row.value.to, from: from === 'START' ? null : from, actor, basis: row.value.basis, detail });
  if (after.state === 'PANEL_ANALYSIS') await openOwnClock(tx, deps, after, 'panel');
  await sealClue(tx, deps, after, act, actor);
}

async function insertNew(tx: Tx, deps: ReviewDeps, event: ClueEvent): Promise<void> {
  const unit = deps.directory.unit(event.unit);
  if (unit === undefined) return; // an unregistered unit has no authority: ③ keeps the clue, the quarantine shows it
  const now = deps.clock.now();
  const clue: PoolClue = {
    clueId: event.clueId, authorityId: unit.authorityId, groupId: await groupOf(tx, unit.authorityId), region: unit.region, unitId: event.unit,
    outfall: event.outfall, source: 'PLATFORM', tier: event.tier, provisional: event.provisional, state: 'SUPERVISED', sentenceZh: event.sentence.zh,
    sentenceEn: event.sentence.en, factors: event.factors, periodFrom: event.period.from, periodTo: event.period.to, rule: ruleOf(event),
    listId: null, reviewId: null, handedOverAt: null, signedInAt: null, createdAt: now, changedAt: now,
  };
  await insertClue(tx, clue);
  await step(tx, deps, clue, actFor(event), 'START', { tier: event.tier });
}

/** Before the list the pool follows what ③ knows; from then on what people decided about stays as it was. */
const FOLLOWS: ReadonlySet<ClueState> = new Set(['SUPERVISED', 'WAITING_MARKS', 'PANEL_ANALYSIS', 'DISMISSED', 'DOWNGRADED', 'EXPLAINED', 'RETURNED_FOR_MORE']);

async function followGrowth(tx: Tx, deps: ReviewDeps, clue: PoolClue, event: ClueEvent): Promise<PoolClue> {
  const now = deps.clock.now();
  const louder = tierRank(event.tier) > tierRank(clue.tier);
  const next: PoolClue = FOLLOWS.has(clue.state)
    ? {
        ...clue, tier: louder ? event.tier : clue.tier, provisional: event.provisional, sentenceZh: event.sentence.zh, sentenceEn: event.sentence.en,
        factors: event.factors, periodFrom: event.period.from, periodTo: event.period.to, rule: ruleOf(event), changedAt: now,
      }
    : clue;
  await updateClue(tx, next);
  await insertStep(tx, {
    eventId: newId('rev'), clueId: clue.clueId, reviewId: null, at: now, act: 'grow', from: clue.state, to: clue.state, actorId: platformActor(clue.region).accountId,
    duty: null, basis: null, documentId: null, detail: { tier: event.tier, from: event.period.from, to: event.period.to, cleared: event.cleared },
  });
  return next;
}

/** `clue.raised`, `clue.escalated`, `clue.settled` of ③. A closed clue that grows into a work order is opened again. */
export async function takeUpClue(tx: Tx, deps: ReviewDeps, event: ClueEvent): Promise<void> {
  const known = await findClue(tx, event.clueId, true);
  if (known === undefined) return insertNew(tx, deps, event);
  const clue = await followGrowth(tx, deps, known, event);
  if (event.cleared) {
    // Explained before any person saw it; what people already hold is theirs to close.
    if (clue.state === 'WAITING_MARKS') await step(tx, deps, clue, 'explain', clue.state, { reason: 'explained-by-mark' });
    return;
  }
  const reopens = CLUE_STATES[clue.state].closed && tierRank(event.tier) > tierRank(known.tier) && actFor(event) === 'to-panel';
  await step(tx, deps, clue, reopens ? 'reopen' : actFor(event), clue.state, { tier: event.tier });
}

/** `sheet.referred` of ④: control staff, or the clue's own growth, send it to the panel. */
export async function takeReferred(tx: Tx, deps: ReviewDeps, clueId: ClueId, why: string): Promise<void> {
  const clue = await findClue(tx, clueId, true);
  if (clue === undefined) return;
  await step(tx, deps, clue, CLUE_STATES[clue.state].closed ? 'reopen' : 'to-panel', clue.state, { why });
}

/** `sheet.rechecked` of ④ with a harmless outcome: the clue ends there, with that reason, and can be reopened. */
export async function closeExplained(tx: Tx, deps: ReviewDeps, clueId: ClueId, sheetId: string, outcome: string): Promise<void> {
  const clue = await findClue(tx, clueId, true);
  if (clue !== undefined) await step(tx, deps, clue, 'explain', clue.state, { sheetId, outcome });
}
