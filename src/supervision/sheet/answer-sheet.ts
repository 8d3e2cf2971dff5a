import { grantFor, refusalFor, type Actor } from '#access';
import { ok, type Result, type SheetId } from '#kernel';
import { localBasis } from '#law';
import { transact, type Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import { CAUSES, checkFeedback, decideStep, isLate, type Feedback } from './decide-sheet.ts';
import { refuse } from '../errors.ts';
import { closeFeedbackClock } from './feedback-clock.ts';
import { partyOfUnit } from '../ladder/climb-ladder.ts';
import type { Paper } from '../ports.ts';
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
    const paper = await answerPaper(tx, deps, actor, sheet, command, grant);
    if (!paper.ok) return paper;
    const feedbackId = newId('fbk');
    await insertFeedback(tx, {
      feedbackId, sheetId, round: sheet.round, at: now, accountId: actor.accountId, cause: command.cause,
      explanation: command.explanation.trim(), measures: command.measures.trim(), materials: command.materials, marks: command.marks, late,
    });
    await closeFeedbackClock(tx, deps, sheet, 'MET');
    const after = await recordStep(tx, deps, { sheet: { ...sheet, feedbackDue: null }, row: row.value, actor, from: sheet.state, documentId: paper.value.documentId, detail: { feedbackId, late, ...(grant === undefined ? {} : { grant }) } });
    await emit(tx, deps.clock, { type: 'feedback.received', subject: sheetId, payload: { sheetId, feedbackId, late } });
    await sealStep(tx, deps, after, 'answer', actor, grant);
    return ok(after);
  });
}

/** The answer as a paper of its own, in the unit's words; its number is the receipt. */
function answerPaper(tx: Tx, deps: SupervisionDeps, actor: Actor, sheet: Sheet, { cause, explanation, measures, materials, marks }: AnswerCommand, grant: string | undefined): Promise<Result<Paper>> {
  const unit = deps.directory.unit(sheet.unitId);
  if (unit === undefined) throw new Error(`unit ${sheet.unitId} of sheet ${sheet.sheetId} is not registered`);
  const said = [['原因', CAUSES[cause].zh], ['情况说明', explanation], ['采取的措施', measures], ['所依据的标记', marks.length === 0 ? '' : `数据标记 ${marks.length} 条`]] as const;
  return deps.papers.make(tx, {
    kind: 'SHEET_ANSWER', subject: { kind: 'sheet', id: sheet.sheetId }, unitId: sheet.unitId, authorityId: sheet.authorityId, preparedBy: actor,
    data: {
      cause: `${deps.directory.outfallName(sheet.outfall)}：${sheet.sentenceZh}`, party: partyOfUnit(unit), matter: `督办反馈（第${sheet.round}次）`, submitter: actor.name,
      identity: grant === undefined ? '企业端账号登录' : '运维单位账号登录，经单位授权', submittedAt: deps.clock.now(), about: sheet.documentNo ?? '',
      statements: said.flatMap(([label, text]) => (text.trim() === '' ? [] : [{ label, text: text.trim() }])), attachments: materials.map(({ name, sha256 }) => ({ name, sha256 })),
    },
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
