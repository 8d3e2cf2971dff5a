import { dutyOf, platformActor, refusalFor, type Actor } from '#access';
import { findClue } from '#analysis';
import { isRefusal, ok, type Result, type SheetId } from '#kernel';
import { transact, type Tx } from '#platform/db';
import { emit } from '#platform/outbox';
import { addLapse } from '../ladder/count-lapse.ts';
import { takeClue } from '../notice/open-sheet.ts';
import { askedOf, type Asked } from './asked-clues.ts';
import { emitConfirmed } from '../confirmed-event.ts';
import { checkRecheck, type RecheckCommand } from './decide-recheck.ts';
import { compareSources, stretchOf, type Comparisons } from './compare-sources.ts';
import { decideStep, type Cause } from './decide-sheet.ts';
import { refuse } from '../errors.ts';
import { closeFeedbackClock, openFeedbackClock } from './feedback-clock.ts';
import { makeRecheckNote } from './recheck-note.ts';
import { isOpen } from './sheet-machine.ts';
import { feedbackOf, lapsesOfSheet, leaveSheet, takeSheet, type Sheet, type StoredFeedback } from '../store/sheets.ts';
import { recordStep, referClues, sealStep, type SupervisionDeps } from './step-sheet.ts';

/**
 * Control staff compare the answer with marks, maintenance and plant condition, and say what it is worth. Where the
 * region's gate is their note (内蒙古), the note is a paper, and a finding of truth goes on to enforcement with it.
 *
 * @returns SUPV-001/002/003/005, SUPV-009 (a comparison is missing), SUPV-010 (not open on this sheet), SUPV-028 (nothing bears the answer out), SUPV-029 (against the record without a reason), papers' refusals
 */
export async function recheckSheet(deps: SupervisionDeps, actor: Actor, sheetId: SheetId, command: RecheckCommand): Promise<Result<Sheet>> {
  return transact<Result<Sheet>>(deps.db, async (tx) => {
    const sheet = await takeSheet(tx, sheetId);
    if (sheet === undefined) return refuse('SUPV-001');
    const stranger = refusalFor(actor, 'supervision.recheck', sheet);
    if (stranger !== undefined) return stranger;
    const answers = await feedbackOf(tx, sheetId);
    const asked = await askedOf(tx, sheet);
    const held = await comparisonsOf(deps, sheet, asked, answers.at(-1));
    const no = checkRecheck({ ...command, held }, deps.law, { ...sheet, lapses: await lapsesOfSheet(tx, sheetId) }, deps.clock.now());
    if (no !== undefined) return no;
    const row = decideStep(sheet.state, command.outcome, actor);
    if (!row.ok) return row;
    const note = await makeRecheckNote(tx, deps, actor, sheet, asked, answers.at(-1), { ...command, held });
    if (isRefusal(note)) return note;
    const detail = { note: command.note.trim(), falseAnswer: command.falseAnswer, compared: command.compared ?? {}, held, ...(command.against === undefined ? {} : { against: command.against.trim() }) };
    const documentId = note.value?.documentId ?? null;
    let after = await recordStep(tx, deps, { sheet, row: row.value, actor, from: sheet.state, duty: dutyOf('supervision.recheck') ?? '', documentId, detail });
    // What was never answered is decided without an answer: nobody owes one any more, the lapse stays counted.
    await closeFeedbackClock(tx, deps, sheet, 'CANCELLED');
    if (command.falseAnswer) await addLapse(tx, deps, sheet, 'FALSE');
    if (command.outcome === 'send-back') after = await askAgain(tx, deps, after, command.falseAnswer);
    if (command.outcome === 'refer') await referClues(tx, deps, after, command.falseAnswer ? 'FALSE_ANSWER' : 'RECHECKED');
    const { clues } = asked;
    if (command.outcome === 'establish') {
      const route = answers.length === 0 ? 'UNANSWERED' : 'RECHECKED';
      for (const clueId of clues) await emitConfirmed(tx, deps, { ...after, clueId, route, paper: note.value }, actor.accountId);
    }
    await emit(tx, deps.clock, { type: 'sheet.rechecked', subject: sheetId, payload: { sheetId, outcome: command.outcome, clues } });
    await sealStep(tx, deps, after, command.outcome, actor);
    if (!isOpen(after.state) && after.state !== 'REFERRED') await askOfLater(tx, deps, asked);
    return ok(after);
  });
}

/** What joined the sheet after its notice was not answered with it: the unit is asked of each by itself, unless it was explained meanwhile. */
async function askOfLater(tx: Tx, deps: SupervisionDeps, { later }: Asked): Promise<void> {
  for (const event of later) {
    if ((await findClue(tx, event.clueId))?.clue.cleared === true) continue;
    await leaveSheet(tx, event.clueId);
    await takeClue(tx, deps, event);
  }
}

/** What the platform's own records show beside the newest answer, over the time the unit was asked of. */
export async function comparisonsOf(deps: SupervisionDeps, sheet: Sheet, { period }: Asked, answer: StoredFeedback | undefined): Promise<Comparisons> {
  const { from, to } = stretchOf(period, deps.clock.now());
  return compareSources(await deps.holdings.heldOn(sheet.outfall, from, to), answer?.cause as Cause | undefined, sheet.rule);
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
  const sheet = await takeSheet(tx, sheetId);
  if (sheet === undefined) return;
  const actor = platformActor(sheet.region);
  const row = decideStep(sheet.state, 'lapse', actor);
  if (isRefusal(row)) return; // answered meanwhile
  const measure = await addLapse(tx, deps, sheet, 'OVERDUE');
  const after = await recordStep(tx, deps, { sheet, row: row.value, actor, from: sheet.state, detail: { measure } });
  await sealStep(tx, deps, after, 'lapse', actor);
}
