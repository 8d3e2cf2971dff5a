import { platformActor } from '#access';
import { dayOf, isRefusal, type ClueId, type RegionKey } from '#kernel';
import type { Tx } from '#platform/db';
import { ruleOf, sheetOfClue, tierRank, type ClueEvent, type SupervisionConfirmed } from '#supervision';
import { CLUE_STATES, type ClueAct, type ClueState } from './clue-machine.ts';
import { basisOf, entersAtOnce, listRouteIn, routeIn, type Routed } from './decide-route.ts';
import { priorityOf } from './decide-priority.ts';
import { decideStep } from '../finding/decide-review.ts';
import type { ReviewDeps } from '../ports.ts';
import { findClue, insertClue, insertStep, updateClue, type ClueStep, type PoolClue } from '../store/clues.ts';
import { groupOf, openOwnClock, recordStep, sealClue } from './step-clue.ts';
import { newId } from '#platform/ids';

/**
 * What the platform does by rule with a clue of this tier (江苏办法 第十条), not before the marks are final. Where
 * control staff check the unit's answer first, nothing goes further before they have (内环办〔2021〕103号 二（二）).
 */
export function actFor(event: Pick<ClueEvent, 'tier' | 'provisional'>, entry: Routed['entry']): 'take-up' | 'wait' | 'to-panel' | 'submit' {
  if (event.tier !== 'WORK_ORDER' || entry === 'RECHECK') return 'take-up';
  if (event.provisional) return 'wait';
  return entry === 'AT_ONCE' ? 'submit' : 'to-panel';
}

/** The way of the clue as the law stands today. Without a rule, e.g. in a test event, it is not an exceedance. */
const wayOf = (deps: ReviewDeps, region: RegionKey, rule: string): Routed => routeIn(deps.law, region, dayOf(deps.clock.now()), { source: 'PLATFORM', rule });

async function step(tx: Tx, deps: ReviewDeps, clue: PoolClue, act: ClueAct, from: ClueState | 'START', detail: Record<string, unknown>): Promise<void> {
  const actor = platformActor(clue.region);
  const today = dayOf(deps.clock.now());
  // What is analysed anew goes on by way of a list, whatever way it came.
  const way = act === 'to-panel' || act === 'reopen' ? { ...clue, ...listRouteIn(deps.law, clue.region, today) } : clue;
  const row = decideStep(from, act, actor, way);
  if (isRefusal(row)) return; // the clue has gone further meanwhile: nothing to do
  const basis = act === 'submit' ? basisOf(deps.law, clue.region, today, clue.body) : row.value.basis;
  const after = await recordStep(tx, deps, { clue: way, act, to: row.value.to, from: from === 'START' ? null : from, actor, basis, detail });
  if (after.state === 'PANEL_ANALYSIS') await openOwnClock(tx, deps, after, 'panel');
  if (after.state === 'LISTED') await openOwnClock(tx, deps, after, 'review');
  await sealClue(tx, deps, after, act, actor);
}

async function insertNew(tx: Tx, deps: ReviewDeps, event: ClueEvent): Promise<void> {
  const unit = deps.directory.unit(event.unit);
  if (unit === undefined) return; // an unregistered unit has no authority: ③ keeps the clue, the quarantine shows it
  const now = deps.clock.now();
  const { entry, ...way } = wayOf(deps, unit.region, ruleOf(event));
  const seen = { tier: event.tier, provisional: event.provisional, rule: ruleOf(event), factors: event.factors, periodFrom: event.period.from, periodTo: event.period.to };
  const clue: PoolClue = {
    clueId: event.clueId, authorityId: unit.authorityId, groupId: await groupOf(tx, unit.authorityId), region: unit.region, unitId: event.unit,
    outfall: event.outfall, source: 'PLATFORM', ...way, ...seen, priority: priorityOf(seen, deps.law, unit.region, dayOf(now)), state: 'SUPERVISED', sentenceZh: event.sentence.zh, sentenceEn: event.sentence.en,
    listId: null, reviewId: null, confirmedPaper: null, handedOverAt: null, signedInAt: null, createdAt: now, changedAt: now,
  };
  await insertClue(tx, clue);
  await step(tx, deps, clue, actFor(event, entry), 'START', { tier: event.tier, version: event.version });
  // ④ hears of a clue on its own: what it found before the clue was here is made up for.
  const sheet = await sheetOfClue(tx, event.clueId);
  if (sheet?.state === 'REFERRED') await takeReferred(tx, deps, event.clueId, 'SHEET_ENDED');
  if (sheet?.state === 'EXPLAINED' || sheet?.state === 'SELF_CORRECTED') await closeExplained(tx, deps, event.clueId, sheet.sheetId, sheet.state === 'EXPLAINED' ? 'explain' : 'accept');
}

/** Before the list the pool follows what ③ knows; from then on what people decided about stays as it was. */
const FOLLOWS: ReadonlySet<ClueState> = new Set(['SUPERVISED', 'WAITING_MARKS', 'PANEL_ANALYSIS', 'DISMISSED', 'DOWNGRADED', 'EXPLAINED', 'RETURNED_FOR_MORE']);

/** Nor did anybody decide about a clue that the platform alone put before its body, until the body takes it. */
const follows = (state: ClueState, { route }: Pick<PoolClue, 'route'>): boolean => FOLLOWS.has(state) || (state === 'LISTED' && entersAtOnce(route));

/** While the pool follows ③ there is no version anybody has decided about. */
export const isDecidedOn = (clue: Pick<PoolClue, 'state' | 'route'>): boolean => !follows(clue.state, clue);

/** The version of the clue that people decided about; undefined where its steps do not say. */
export function versionDecidedOn(steps: readonly Pick<ClueStep, 'act' | 'from' | 'detail'>[], clue: Pick<PoolClue, 'route'>): number | undefined {
  const taken = steps.findLast(({ act, from, detail }) => typeof detail['version'] === 'number' && (act !== 'grow' || (from !== null && follows(from, clue))));
  return taken?.detail['version'] as number | undefined;
}

async function followGrowth(tx: Tx, deps: ReviewDeps, clue: PoolClue, event: ClueEvent, more: Readonly<Record<string, unknown>> = {}): Promise<PoolClue> {
  const now = deps.clock.now();
  const louder = tierRank(event.tier) > tierRank(clue.tier);
  const { route, body } = wayOf(deps, clue.region, ruleOf(event));
  // A clue on the desk of those who analyse keeps its way; before it the models that joined may change it.
  const way = clue.state === 'SUPERVISED' || clue.state === 'WAITING_MARKS' ? { route, body } : {};
  const seen = {
    tier: louder ? event.tier : clue.tier, provisional: event.provisional, rule: ruleOf(event), factors: event.factors, periodFrom: event.period.from, periodTo: event.period.to,
  };
  const next: PoolClue = follows(clue.state, clue)
    ? { ...clue, ...way, ...seen, priority: priorityOf(seen, deps.law, clue.region, dayOf(now)), sentenceZh: event.sentence.zh, sentenceEn: event.sentence.en, changedAt: now }
    : clue;
  await updateClue(tx, next);
  await insertStep(tx, {
    eventId: newId('rev'), clueId: clue.clueId, reviewId: null, at: now, act: 'grow', from: clue.state, to: clue.state, actorId: platformActor(clue.region).accountId,
    duty: null, basis: null, documentId: null, detail: { tier: event.tier, version: event.version, from: event.period.from, to: event.period.to, cleared: event.cleared, ...more },
  });
  return next;
}

/**
 * `clue.raised`, `clue.escalated`, `clue.joined`, `clue.settled` of ③. A closed clue that grows into a work order is opened again, and so is one of
 * a work order that a strong fact has `joined` since: whoever closed it did not know of that.
 */
export async function takeUpClue(tx: Tx, deps: ReviewDeps, event: ClueEvent, joined = false): Promise<void> {
  const known = await findClue(tx, event.clueId, true);
  if (known === undefined) return insertNew(tx, deps, event);
  const clue = await followGrowth(tx, deps, known, event);
  if (event.cleared) {
    // Explained before any person saw it; what people already hold is theirs to close.
    if (clue.state === 'WAITING_MARKS') await step(tx, deps, clue, 'explain', clue.state, { reason: 'explained-by-mark' });
    return;
  }
  const act = actFor(event, wayOf(deps, clue.region, clue.rule).entry);
  const reopens = CLUE_STATES[clue.state].closed && (joined || tierRank(event.tier) > tierRank(known.tier)) && act !== 'take-up' && act !== 'wait';
  await step(tx, deps, clue, reopens ? 'reopen' : act, clue.state, { tier: event.tier });
}

/**
 * `clue.validity_changed` of ③: written into the history of the clue, whoever holds it, and sealed. What people decide about is not
 * altered; they read what became of the data under it.
 */
export async function noteValidity(tx: Tx, deps: ReviewDeps, event: ClueEvent): Promise<void> {
  const clue = await findClue(tx, event.clueId, true);
  if (clue === undefined || event.validity === undefined) return;
  const next = await followGrowth(tx, deps, clue, event, { validity: event.validity.left, note: event.validity.zh, noteEn: event.validity.en });
  await sealClue(tx, deps, next, 'validity-changed', platformActor(clue.region));
}

/** `sheet.referred` of ④: control staff, or the clue's own growth, send it on: to the panel, or where there is none, to its review. */
export async function takeReferred(tx: Tx, deps: ReviewDeps, clueId: ClueId, why: string): Promise<void> {
  const clue = await findClue(tx, clueId, true);
  if (clue === undefined) return;
  const { entry, route, body } = wayOf(deps, clue.region, clue.rule);
  if (entry === 'RECHECK') return; // there a finding of truth comes with its note, see `takeConfirmed`
  if (entry === 'LIST') return step(tx, deps, clue, CLUE_STATES[clue.state].closed ? 'reopen' : 'to-panel', clue.state, { why });
  await step(tx, deps, { ...clue, route, body }, 'submit', clue.state, { why });
}

/** `supervision.confirmed` of ④: control staff found it true; with their note it goes before the review of its body. */
export async function takeConfirmed(tx: Tx, deps: ReviewDeps, confirmed: SupervisionConfirmed): Promise<void> {
  const clue = await findClue(tx, confirmed.clueId, true);
  if (clue === undefined) return;
  const { route, body } = wayOf(deps, clue.region, clue.rule);
  const { documentId, number, sha256 } = confirmed.paper;
  await step(tx, deps, { ...clue, route, body, confirmedPaper: confirmed.paper }, 'submit', clue.state, { why: confirmed.route, documentId, number, sha256 });
}

/** `sheet.rechecked` of ④ with a harmless outcome: the clue ends there, with that reason, and can be reopened. */
export async function closeExplained(tx: Tx, deps: ReviewDeps, clueId: ClueId, sheetId: string, outcome: string): Promise<void> {
  const clue = await findClue(tx, clueId, true);
  if (clue !== undefined) await step(tx, deps, clue, 'explain', clue.state, { sheetId, outcome });
}
