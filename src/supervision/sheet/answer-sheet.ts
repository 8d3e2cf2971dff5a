import { grantFor, refusalFor, type Actor } from '#access';
import { ok, type Result, type SheetId } from '#kernel';
import { localBasis } from '#law';
import { transact } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import { checkFeedback, decideStep, isLate, type Feedback } from './decide-sheet.ts';
import { refuse } from '../errors.ts';
import { closeFeedbackClock } from './feedback-clock.ts';
import { WARNING_BASIS } from './sheet-machine.ts';
import { takeSheet, insertEvent, insertFeedback, updateSheet, type Material, type Sheet } from '../store/sheets.ts';
import { recordStep, sealStep, type SupervisionDeps } from './step-sheet.ts';

/** A unit's answer with its papers and the marks it refers to. */
export interface AnswerCommand extends Feedback {
  readonly materials: readonly Material[];
  readonly marks: readonly string[];
}

/** The unit's answer: cause, measures, materials, marks. Late is recorded, never refused: the unit may always be heard. */
export async function answerSheet(deps: SupervisionDeps, actor: Actor, sheetId: SheetId, command: AnswerCommand): Promise<Result<Sheet>> {
  return transact<Result<Sheet>>(deps.db, async (tx) => {
    const sheet = await takeSheet(tx, sheetId);
    if (sheet === undefined) return refuse('SUPV-001');
    const no = refusalFor(actor, 'supervision.feedback', sheet) ?? checkFeedback(command);
    if (no !== undefined) return no;
    const missing = command.materials.find((material) => !deps.blobs.has(material.sha256));
    if (missing !== undefined) return refuse('SUPV-006', { field: 'materials', args: { name: missing.name } });
    const row = decideStep(sheet.state, 'answer', actor);
    if (!row.ok) return row;
    const now = deps.clock.now();
    const late = isLate(sheet.feedbackDue, now);
    const grant = grantFor(actor, 'supervision.feedback', sheet)?.grantId;
    const feedbackId = newId('fbk');
    await insertFeedback(tx, {
      feedbackId, sheetId, round: sheet.round, at: now, accountId: actor.accountId, cause: command.cause,
      explanation: command.explanation.trim(), measures: command.measures.trim(), materials: command.materials, marks: command.marks, late,
    });
    await closeFeedbackClock(tx, deps, sheet, 'MET');
    const after = await recordStep(tx, deps, { sheet: { ...sheet, feedbackDue: null }, row: row.value, actor, from: sheet.state, detail: { feedbackId, late, ...(grant === undefined ? {} : { grant }) } });
    await emit(tx, deps.clock, { type: 'feedback.received', subject: sheetId, payload: { sheetId, feedbackId, late } });
    await sealStep(tx, deps, after, 'answer', actor, grant);
    return ok(after);
  });
}

/** The unit confirms that it has the notice: more than arrival, and asked for by the measures (江苏办法 第十三条). */
export async function confirmSheet(deps: SupervisionDeps, actor: Actor, sheetId: SheetId): Promise<Result<Sheet>> {
  return transact<Result<Sheet>>(deps.db, async (tx) => {
    const sheet = await takeSheet(tx, sheetId);
    if (sheet === undefined) return refuse('SUPV-001');
    const no = refusalFor(actor, 'supervision.confirm-receipt', sheet);
    if (no !== undefined) return no;
    if (sheet.confirmedAt !== null) return refuse('SUPV-007');
    if (sheet.deliveryId === null) return refuse('SUPV-008');
    const now = deps.clock.now();
    const after: Sheet = { ...sheet, confirmedAt: now, changedAt: now };
    await updateSheet(tx, after);
    await insertEvent(tx, {
      eventId: newId('sev'), sheetId, at: now, act: 'confirm', from: sheet.state, to: sheet.state, actorId: actor.accountId,
      duty: null, basis: localBasis(deps.law, WARNING_BASIS, sheet.region), documentId: sheet.documentId, detail: { deliveryId: sheet.deliveryId },
    });
    const confirmed = await deps.papers.confirm(tx, sheet.deliveryId, actor.accountId);
    if (!confirmed.ok) return confirmed;
    await sealStep(tx, deps, after, 'confirm', actor);
    return ok(after);
  });
}
