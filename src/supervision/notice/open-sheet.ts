import { platformActor } from '#access';
import { outfallsWithOnly } from '#analysis';
import { asId, dayOf, HOUR, isRefusal, MINUTE, startOfDay, type AccountId, type SheetId } from '#kernel';
import type { Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import { ruleOf, tierRank, type ClueEvent, type Tier } from '../clue-event.ts';
import { closeFeedbackClock } from '../sheet/feedback-clock.ts';
import { decideNotice, isSilence, noticeRules, SILENCES, type NoticeQuestion, type NoticeRules, type Trigger } from './decide-notice.ts';
import { decideStep } from '../sheet/decide-sheet.ts';
import { endHold, holdNotice } from './hold-notice.ts';
import type { UnitFacts } from '../ports.ts';
import { NOTICES, OPEN_STATES, isOpen } from '../sheet/sheet-machine.ts';
import { sentSoFar } from '../store/held.ts';
import { lockUnit } from '../store/lock.ts';
import { insertEvent, insertSheet, joinClue, runningSheet, sheetOfClue, updateSheet, type Sheet } from '../store/sheets.ts';
import { recordStep, referClues, sealStep, type SupervisionDeps } from '../sheet/step-sheet.ts';

const ONE_SHEET = '同一排放口一事一单';

/** A growing episode tells its sheet more; tier never goes down, a shown span never shrinks. What was served keeps its words: a paper cannot have told of what came after it. */
function grown(sheet: Sheet, event: ClueEvent, tier: Tier): Sheet {
  const speaks = sheet.sentAt === null && tierRank(tier) >= tierRank(sheet.tier);
  return {
    ...sheet,
    tier: tierRank(tier) >= tierRank(sheet.tier) ? tier : sheet.tier,
    provisional: event.provisional,
    ...(speaks ? { sentenceZh: event.sentence.zh, sentenceEn: event.sentence.en, rule: ruleOf(event) } : {}),
    factors: [...new Set([...sheet.factors, ...event.factors])].sort(),
    periodFrom: event.period.from < sheet.periodFrom ? event.period.from : sheet.periodFrom,
    periodTo: event.period.to === null || sheet.periodTo === null ? null : event.period.to > sheet.periodTo ? event.period.to : sheet.periodTo,
  };
}

const saysMore = (a: Sheet, b: Sheet): boolean =>
  a.periodFrom !== b.periodFrom || a.periodTo !== b.periodTo || a.sentenceZh !== b.sentenceZh || a.provisional !== b.provisional || a.factors.join() !== b.factors.join();

const issued = (tx: Tx, deps: SupervisionDeps, { sheetId, round }: Sheet) => emit(tx, deps.clock, { type: 'sheet.issued', subject: sheetId, payload: { sheetId, round } });

async function openNew(tx: Tx, deps: SupervisionDeps, unit: UnitFacts, event: ClueEvent, tier: Tier, trigger: Trigger): Promise<Sheet> {
  const actor = platformActor(unit.region);
  const now = deps.clock.now();
  const row = decideStep('START', NOTICES[tier].act, actor);
  if (isRefusal(row)) throw new Error(row.en);
  const sheet: Sheet = {
    sheetId: asId<SheetId>(newId('sht')), unitId: event.unit, authorityId: unit.authorityId, region: unit.region, outfall: event.outfall,
    tier, state: row.value.to, provisional: event.provisional, sentenceZh: event.sentence.zh, sentenceEn: event.sentence.en,
    factors: event.factors, periodFrom: event.period.from, periodTo: event.period.to, rule: ruleOf(event), round: 1, documentId: null,
    documentNo: null, deliveryId: null, sentAt: null, deliveredAt: null, confirmedAt: null, feedbackDue: null, createdAt: now, changedAt: now,
  };
  await insertSheet(tx, sheet);
  await joinClue(tx, event.clueId, sheet.sheetId, now);
  await recordStep(tx, deps, { sheet, row: row.value, actor, from: null, detail: { clueId: event.clueId, trigger } });
  await issued(tx, deps, sheet);
  await sealStep(tx, deps, sheet, row.value.act, actor);
  return sheet;
}

/** The clue of an outfall whose sheet runs: it lies in that sheet, which shows the longer span; the unit hears nothing new, and is asked of it when the sheet ends (`asked-clues.ts`). */
async function growQuietly(tx: Tx, deps: SupervisionDeps, sheet: Sheet, event: ClueEvent): Promise<void> {
  const joined = await joinClue(tx, event.clueId, sheet.sheetId, deps.clock.now());
  const next = grown(sheet, event, tierRank(event.tier) > tierRank(sheet.tier) ? sheet.tier : event.tier);
  if (!joined && !saysMore(sheet, next)) return;
  await updateSheet(tx, next);
  await insertEvent(tx, {
    eventId: newId('sev'), sheetId: sheet.sheetId, at: deps.clock.now(), act: joined ? 'join' : 'grow', from: sheet.state, to: sheet.state,
    actorId: platformActor(sheet.region).accountId, duty: null, basis: ONE_SHEET, documentId: null, detail: { clueId: event.clueId, tier: event.tier, event },
  });
}

/** The sheet becomes louder: a new round with a paper and a clock of its own. Undefined when it is no longer ours to move. */
async function newRound(tx: Tx, deps: SupervisionDeps, sheet: Sheet, event: ClueEvent, tier: Tier, trigger: Trigger): Promise<Sheet | undefined> {
  const actor = platformActor(sheet.region);
  const row = decideStep(sheet.state, NOTICES[tier].act, actor);
  if (isRefusal(row)) return undefined;
  await joinClue(tx, event.clueId, sheet.sheetId, deps.clock.now());
  await closeFeedbackClock(tx, deps, sheet, 'CANCELLED');
  const next: Sheet = {
    ...grown({ ...sheet, sentAt: null }, event, tier), round: sheet.round + 1, documentId: null, documentNo: null, deliveryId: null, sentAt: null, deliveredAt: null,
    confirmedAt: null, feedbackDue: null,
  };
  const after = await recordStep(tx, deps, { sheet: next, row: row.value, actor, from: sheet.state, detail: { clueId: event.clueId, trigger } });
  await issued(tx, deps, after);
  await sealStep(tx, deps, after, row.value.act, actor);
  return after;
}

/** The sheet leaves for the panel with its clues (江苏办法 第十条); nothing to do when it is there already. */
async function toPanel(tx: Tx, deps: SupervisionDeps, sheet: Sheet, event: ClueEvent): Promise<void> {
  const actor = platformActor(sheet.region);
  const row = decideStep(sheet.state, 'escalate', actor);
  if (isRefusal(row)) return;
  await closeFeedbackClock(tx, deps, sheet, 'CANCELLED');
  const gone = { ...grown(sheet, event, sheet.tier), feedbackDue: null };
  const after = await recordStep(tx, deps, { sheet: gone, row: row.value, actor, from: sheet.state, detail: { clueId: event.clueId } });
  await referClues(tx, deps, after, 'ESCALATED');
  await sealStep(tx, deps, after, 'escalate', actor);
}

/** A missing hour is known at the latest so long after it began (A01 waits two hours from its end): what is silent still may be told of so much later. */
const KNOWN_WITHIN = 3 * HOUR;

/** How many outfalls of the region fell silent about the time this one did and are silent still; looked up for silences only. */
async function silentWith(tx: Tx, deps: SupervisionDeps, unit: UnitFacts, event: ClueEvent, { outage }: NoticeRules): Promise<NoticeQuestion['silent']> {
  if (!isSilence(event.models)) return undefined;
  const outfalls = deps.directory.outfallsIn(unit.region);
  const near = outage.minutes * MINUTE;
  const { from, to } = event.period;
  const span = { from: from - near, to: from + near, lastsTo: (to ?? deps.clock.now()) - near - KNOWN_WITHIN };
  return { outfalls: await outfallsWithOnly(tx, SILENCES, outfalls, span), of: outfalls.length };
}

/** How a held clue comes back: its time has come (`waited`), or a person sends it now (`forced`, `by`). */
export type Comeback = Pick<NoticeQuestion, 'waited' | 'forced'> & { readonly by?: AccountId };

/**
 * Takes a clue as ③ raised it, raised it higher or saw it grow. One episode has one sheet; a second clue of an outfall
 * whose sheet still runs joins that sheet. Whether the unit is told at all, at which tier and when is `decideNotice`;
 * what is not told is kept with its reason. Calling it twice with the same event changes nothing more.
 */
export async function takeClue(tx: Tx, deps: SupervisionDeps, event: ClueEvent, how: Comeback = {}): Promise<void> {
  const unit = deps.directory.unit(event.unit);
  if (unit === undefined) return; // an unregistered unit has no authority and no region
  await lockUnit(tx, event.unit);
  // A clue explained afterwards sends nothing new; a sheet already sent is closed by people, on its answer.
  if (event.cleared) return endHold(tx, deps, event, 'CLEARED');
  const now = deps.clock.now();
  const own = await sheetOfClue(tx, event.clueId);
  const running = own !== undefined && isOpen(own.state) ? own : await runningSheet(tx, event.outfall, OPEN_STATES);
  const rules = noticeRules(deps.law, unit.region, now);
  const question = { event, medium: deps.directory.medium(event.outfall), now, silent: await silentWith(tx, deps, unit, event, rules), ...(await sentSoFar(tx, event.unit, startOfDay(dayOf(now)))), ...how };
  const answer = decideNotice(question, rules);
  if (answer.kind === 'quantity') return;
  if (answer.kind === 'panel') {
    await endHold(tx, deps, event, 'PANEL');
    return own === undefined ? undefined : toPanel(tx, deps, own, event);
  }
  const sheet = running ?? own;
  const louder = sheet === undefined || tierRank(answer.tier) > tierRank(sheet.tier);
  if (answer.kind === 'hold') {
    await (louder ? holdNotice(tx, deps, unit, event, answer) : endHold(tx, deps, event, 'JOINED', how.by, sheet));
    return running === undefined ? undefined : growQuietly(tx, deps, running, event);
  }
  if (sheet === undefined) return endHold(tx, deps, event, 'SENT', how.by, await openNew(tx, deps, unit, event, answer.tier, answer.trigger));
  if (louder) return endHold(tx, deps, event, 'SENT', how.by, (await newRound(tx, deps, sheet, event, answer.tier, answer.trigger)) ?? sheet);
  await endHold(tx, deps, event, 'JOINED', how.by, sheet);
  if (running !== undefined) await growQuietly(tx, deps, running, event);
}
