import { dutyOf, platformActor, refusalFor, type Actor } from '#access';
import { dayOf, isRefusal, ok, type Result, type SheetId } from '#kernel';
import { transact, type Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import { decideStep, measureFor, type LapseKind } from './decide-sheet.ts';
import { refuse } from './errors.ts';
import { openFeedbackClock } from './feedback-clock.ts';
import { cluesOfSheet, findSheet, insertLapse, lapsesOfUnit, type Sheet } from './store/sheets.ts';
import { recordStep, sealStep, type SupervisionDeps } from './step-sheet.ts';

export const RECHECK_OUTCOMES = ['explain', 'accept', 'send-back', 'refer'] as const;
export type RecheckOutcome = (typeof RECHECK_OUTCOMES)[number];

export interface RecheckCommand {
  readonly outcome: RecheckOutcome;
  /** What marks, maintenance records and plant condition showed when compared. */
  readonly note: string;
  /** Set when the answer was found untrue; counted as such on the unit's ladder. */
  readonly falseAnswer: boolean;
}

async function addLapse(tx: Tx, deps: SupervisionDeps, sheet: Sheet, kind: LapseKind): Promise<string> {
  const now = deps.clock.now();
  const earlier = await lapsesOfUnit(tx, sheet.unitId);
  const ladder = deps.law.valueAt('supervision.feedbackLadder', sheet.region, dayOf(now)).value;
  const measure = measureFor(earlier, ladder);
  await insertLapse(tx, { lapseId: newId('lps'), unitId: sheet.unitId, sheetId: sheet.sheetId, kind, ordinal: earlier + 1, measure, at: now });
  await emit(tx, deps.clock, { type: 'unit.lapsed', subject: sheet.unitId, payload: { unit: sheet.unitId, sheetId: sheet.sheetId, kind, ordinal: earlier + 1, measure } });
  return measure;
}

async function referClues(tx: Tx, deps: SupervisionDeps, sheet: Sheet, why: string): Promise<void> {
  for (const clueId of await cluesOfSheet(tx, sheet.sheetId)) {
    await emit(tx, deps.clock, { type: 'sheet.referred', subject: clueId, payload: { clueId, sheetId: sheet.sheetId, why } });
  }
}

/** Control staff compare the answer with marks, maintenance and plant condition, and say what it is worth. */
export async function recheckSheet(deps: SupervisionDeps, actor: Actor, sheetId: SheetId, command: RecheckCommand): Promise<Result<Sheet>> {
  return transact<Result<Sheet>>(deps.db, async (tx) => {
    const sheet = await findSheet(tx, sheetId, true);
    if (sheet === undefined) return refuse('SUPV-001');
    const no = refusalFor(actor, 'supervision.recheck', sheet);
    if (no !== undefined) return no;
    if (command.note.trim().length < 5) return refuse('SUPV-005', { field: 'note' });
    const row = decideStep(sheet.state, command.outcome, actor);
    if (!row.ok) return row;
    const detail = { note: command.note.trim(), falseAnswer: command.falseAnswer };
    const step = { row: row.value, actor, from: sheet.state, duty: dutyOf('supervision.recheck') ?? '', detail };
    let after = await recordStep(tx, deps, { ...step, sheet });
    if (command.falseAnswer) await addLapse(tx, deps, sheet, 'FALSE');
    if (command.outcome === 'send-back') after = await askAgain(tx, deps, after, command.falseAnswer);
    if (command.outcome === 'refer') await referClues(tx, deps, after, command.falseAnswer ? 'FALSE_ANSWER' : 'RECHECKED');
    const clues = await cluesOfSheet(tx, sheetId);
    await emit(tx, deps.clock, { type: 'sheet.rechecked', subject: sheetId, payload: { sheetId, outcome: command.outcome, clues } });
    await sealStep(tx, deps, after, command.outcome, actor);
    return ok(after);
  });
}

/** A poor answer goes back to the unit, which already has the notice: the clock starts anew at once. */
async function askAgain(tx: Tx, deps: SupervisionDeps, sheet: Sheet, countedAsFalse: boolean): Promise<Sheet> {
  if (!countedAsFalse) await addLapse(tx, deps, sheet, 'POOR');
  const actor = platformActor(sheet.region);
  const row = decideStep(sheet.state, 'arrive', actor);
  if (isRefusal(row)) throw new Error(row.en);
  const timed = await openFeedbackClock(tx, deps, { ...sheet, round: sheet.round + 1 });
  return recordStep(tx, deps, { sheet: timed, row: row.value, actor, from: sheet.state });
}

/** The clock ran out. Counted once per round; the unit may still answer, control staff may refer without an answer. */
export async function lapseSheet(tx: Tx, deps: SupervisionDeps, sheetId: SheetId): Promise<void> {
  const sheet = await findSheet(tx, sheetId, true);
  if (sheet === undefined) return;
  const actor = platformActor(sheet.region);
  const row = decideStep(sheet.state, 'lapse', actor);
  if (isRefusal(row)) return; // answered meanwhile
  const measure = await addLapse(tx, deps, sheet, 'OVERDUE');
  const after = await recordStep(tx, deps, { sheet, row: row.value, actor, from: sheet.state, detail: { measure } });
  await sealStep(tx, deps, after, 'lapse', actor);
}

