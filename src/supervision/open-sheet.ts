import { platformActor } from '#access';
import { asId, dayOf, isRefusal, type RegionKey, type SheetId } from '#kernel';
import type { Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import { ruleOf, tierRank, type ClueEvent } from './clue-event.ts';
import { closeFeedbackClock } from './feedback-clock.ts';
import { decideStep } from './decide-sheet.ts';
import { OPEN_STATES, isOpen } from './sheet-machine.ts';
import { insertEvent, insertSheet, joinClue, runningSheet, sheetOfClue, type Sheet } from './store/sheets.ts';
import { recordStep, sealStep, type SupervisionDeps } from './step-sheet.ts';

/** Does this region tell the unit at this tier at all (江苏: remind and warn; Shanghai: only after review)? */
function contactsUnit(deps: SupervisionDeps, region: RegionKey, tier: 'REMIND' | 'WARN'): boolean {
  return deps.law.valueAt('supervision.partyContact', region, dayOf(deps.clock.now())).value.includes(tier);
}

/** A growing episode tells its sheet more; tier never goes down, a shown span never shrinks. */
function grown(sheet: Sheet, event: ClueEvent): Sheet {
  const louder = event.tier !== 'WORK_ORDER' && tierRank(event.tier) > tierRank(sheet.tier);
  return {
    ...sheet,
    tier: louder ? (event.tier as 'REMIND' | 'WARN') : sheet.tier,
    provisional: event.provisional,
    ...(louder || event.tier === 'WORK_ORDER' ? { sentenceZh: event.sentence.zh, sentenceEn: event.sentence.en, rule: ruleOf(event) } : {}),
    factors: [...new Set([...sheet.factors, ...event.factors])].sort(),
    periodFrom: event.period.from < sheet.periodFrom ? event.period.from : sheet.periodFrom,
    periodTo: event.period.to === null || sheet.periodTo === null ? null : event.period.to > sheet.periodTo ? event.period.to : sheet.periodTo,
  };
}

async function openNew(tx: Tx, deps: SupervisionDeps, event: ClueEvent, tier: 'REMIND' | 'WARN'): Promise<void> {
  const unit = deps.directory.unit(event.unit);
  if (unit === undefined || !contactsUnit(deps, unit.region, tier)) return;
  const actor = platformActor(unit.region);
  const now = deps.clock.now();
  const row = decideStep('START', tier === 'REMIND' ? 'remind' : 'warn', actor);
  if (isRefusal(row)) throw new Error(row.en);
  const sheet: Sheet = {
    sheetId: asId<SheetId>(newId('sht')), unitId: event.unit, authorityId: unit.authorityId, region: unit.region, outfall: event.outfall,
    tier, state: row.value.to, provisional: event.provisional, sentenceZh: event.sentence.zh, sentenceEn: event.sentence.en,
    factors: event.factors, periodFrom: event.period.from, periodTo: event.period.to, rule: ruleOf(event), round: 1, documentId: null,
    documentNo: null, deliveryId: null, deliveredAt: null, confirmedAt: null, feedbackDue: null, createdAt: now, changedAt: now,
  };
  await insertSheet(tx, sheet);
  await joinClue(tx, event.clueId, sheet.sheetId, now);
  await recordStep(tx, deps, { sheet, row: row.value, actor, from: null, detail: { clueId: event.clueId } });
  await emit(tx, deps.clock, { type: 'sheet.issued', subject: sheet.sheetId, payload: { sheetId: sheet.sheetId, round: 1 } });
  await sealStep(tx, deps, sheet, row.value.act, actor);
}

async function joinRunning(tx: Tx, deps: SupervisionDeps, sheet: Sheet, event: ClueEvent): Promise<void> {
  const now = deps.clock.now();
  await joinClue(tx, event.clueId, sheet.sheetId, now);
  await insertEvent(tx, {
    eventId: newId('sev'), sheetId: sheet.sheetId, at: now, act: 'join', from: sheet.state, to: sheet.state,
    actorId: platformActor(sheet.region).accountId, duty: null, basis: '同一排放口一事一单', documentId: null, detail: { clueId: event.clueId, tier: event.tier },
  });
}

/** The sheet becomes a warning (new round, new clock), or leaves for the panel when the clue is a work order. */
async function escalate(tx: Tx, deps: SupervisionDeps, sheet: Sheet, event: ClueEvent): Promise<void> {
  const actor = platformActor(sheet.region);
  const next = grown(sheet, event);
  const toPanel = event.tier === 'WORK_ORDER' && !event.provisional;
  const louder = next.tier !== sheet.tier;
  if (!toPanel && !louder) {
    if (isOpen(sheet.state)) await recordStep(tx, deps, { sheet: next, row: { act: 'join', to: sheet.state, basis: '同一排放口一事一单' }, actor, from: sheet.state, detail: { clueId: event.clueId } });
    return;
  }
  const row = decideStep(sheet.state, toPanel ? 'escalate' : 'warn', actor);
  if (isRefusal(row)) return; // already with the panel
  await closeFeedbackClock(tx, deps, sheet, 'CANCELLED');
  const reopened: Sheet = toPanel
    ? { ...next, feedbackDue: null }
    : { ...next, round: sheet.round + 1, documentId: null, documentNo: null, deliveryId: null, deliveredAt: null, confirmedAt: null, feedbackDue: null };
  const after = await recordStep(tx, deps, { sheet: reopened, row: row.value, actor, from: sheet.state, detail: { clueId: event.clueId } });
  if (toPanel) await emit(tx, deps.clock, { type: 'sheet.referred', subject: event.clueId, payload: { clueId: event.clueId, sheetId: sheet.sheetId, why: 'ESCALATED' } });
  else await emit(tx, deps.clock, { type: 'sheet.issued', subject: sheet.sheetId, payload: { sheetId: sheet.sheetId, round: after.round } });
  await sealStep(tx, deps, after, row.value.act, actor);
}

/**
 * Takes a clue as ③ raised or raised higher. One episode has one sheet; a second clue of an outfall whose sheet still
 * runs joins that sheet. A work order goes to the panel without asking the unit first; its sheet, if any, follows it.
 * Calling it twice with the same event changes nothing more.
 */
export async function takeClue(tx: Tx, deps: SupervisionDeps, event: ClueEvent): Promise<void> {
  // A clue explained afterwards sends nothing new; a sheet already sent is closed by people, on its answer.
  if (event.cleared) return;
  const own = await sheetOfClue(tx, event.clueId, true);
  // Before the mark deadline a work order is only worth a warning (R6).
  const tier = event.tier === 'WORK_ORDER' ? 'WARN' : event.tier;
  const effective = event.provisional ? { ...event, tier } : event;
  if (own !== undefined) return escalate(tx, deps, own, effective);
  if (effective.tier === 'WORK_ORDER') return;
  const running = await runningSheet(tx, event.outfall, OPEN_STATES);
  if (running === undefined) return openNew(tx, deps, event, tier);
  await joinRunning(tx, deps, running, event);
  return escalate(tx, deps, running, { ...event, tier });
}
