import { platformActor } from '#access';
import { dayOf, isRefusal, toRfc3339, type Instant, type SheetId } from '#kernel';
import type { Tx } from '#platform/db';
import { decideStep } from './decide-sheet.ts';
import { openFeedbackClock } from './feedback-clock.ts';
import type { UnitFacts } from './ports.ts';
import { findSheet, type Sheet } from './store/sheets.ts';
import { feedbackTerm, recordStep, sealStep, type SupervisionDeps } from './step-sheet.ts';

const shown = (at: Instant): string => toRfc3339(at).slice(0, 16).replace('T', ' ');

export const windowOf = (from: Instant, to: Instant | null): string => `${shown(from)} 至 ${to === null ? '现在' : shown(to)}`;

/** Data of paper D1. It says what was seen and what to do; it is no penalty, the template says so. */
export function noticeData(sheet: Sheet, unit: UnitFacts, portal: string, feedbackDue: Instant): Record<string, unknown> {
  return {
    party: {
      name: unit.name, creditCode: unit.creditCode, address: unit.address,
      legalRepresentative: unit.legalRepresentative, permitNumber: unit.permitNumber,
    },
    rule: sheet.rule === '' ? '平台预警规则' : sheet.rule,
    ruleVersion: '',
    window: windowOf(sheet.periodFrom, sheet.periodTo),
    sentence: sheet.sentenceZh,
    toDo: '请立即核查生产工况、治理设施和自动监测设备；属设备故障、校准维护或启停的，按规定标记并报告；确属超标的，立即采取措施消除。',
    feedback: `请登录企业端（${portal}）“待我答复”，如实填写原因、措施并上传佐证材料。`,
    feedbackDue,
    contact: { name: '监控值班', phone: '12369' },
  };
}

/**
 * Makes D1 and sends it; when it has arrived, the unit's clock starts. Runs apart from the raising of the clue, so that
 * a printer's trouble never holds back what the platform has seen. A notice of an older round is not sent any more.
 */
export async function issueNotice(tx: Tx, deps: SupervisionDeps, sheetId: SheetId, round: number): Promise<void> {
  const sheet = await findSheet(tx, sheetId, true);
  if (sheet === undefined || sheet.round !== round || sheet.documentId !== null) return;
  const unit = deps.directory.unit(sheet.unitId);
  if (unit === undefined) throw new Error(`unit ${sheet.unitId} of sheet ${sheetId} is not registered`);
  const actor = platformActor(sheet.region);
  const due = feedbackTerm(deps, sheet.region, unit.keyPolluter);
  const portal = deps.law.valueAt('delivery.portalName', sheet.region, dayOf(deps.clock.now())).value;
  const made = await deps.papers.make(tx, {
    kind: sheet.tier === 'REMIND' ? 'REMINDER_NOTICE' : 'WARNING_NOTICE',
    data: noticeData(sheet, unit, portal, due.dueAt),
    subject: { kind: 'sheet', id: sheetId },
    unitId: sheet.unitId,
    authorityId: sheet.authorityId,
    preparedBy: actor,
  });
  if (!made.ok) throw new Error(`sheet ${sheetId}: ${made.code} ${made.en}`);
  const paper = made.value;
  const sent = await deps.papers.send(tx, {
    paper, unitId: sheet.unitId, authorityId: sheet.authorityId, region: sheet.region, confirm: true, subject: { kind: 'sheet', id: sheetId },
    title: sheet.tier === 'REMIND' ? '预警提醒单' : '预警警告单', by: actor.accountId,
  });
  if (!sent.ok) throw new Error(`sheet ${sheetId}: ${sent.code} ${sent.en}`);
  const withPaper: Sheet = { ...sheet, documentId: paper.documentId, documentNo: paper.number, deliveryId: sent.value.deliveryId };
  await arrive(tx, deps, withPaper, sent.value.arrivedAt);
}

/** A notice that went another way (by hand, by post) reached the unit later; the clock starts only now. */
export async function noteArrival(tx: Tx, deps: SupervisionDeps, sheetId: SheetId, deliveryId: string, arrivedAt: Instant): Promise<void> {
  const sheet = await findSheet(tx, sheetId, true);
  if (sheet === undefined || sheet.deliveredAt !== null || sheet.deliveryId !== deliveryId) return;
  await arrive(tx, deps, sheet, arrivedAt);
}

/** The notice reached the unit's system. Until then the sheet waits and no clock runs against the unit. */
export async function arrive(tx: Tx, deps: SupervisionDeps, sheet: Sheet, arrivedAt: Instant | null): Promise<void> {
  const actor = platformActor(sheet.region);
  const row = decideStep(sheet.state, 'arrive', actor);
  if (arrivedAt === null || isRefusal(row)) {
    await recordStep(tx, deps, { sheet, row: { act: 'join', to: sheet.state, basis: '文书已制作' }, actor, from: sheet.state, documentId: sheet.documentId });
    return;
  }
  const timed = await openFeedbackClock(tx, deps, { ...sheet, deliveredAt: arrivedAt });
  const after = await recordStep(tx, deps, { sheet: timed, row: row.value, actor, from: sheet.state, documentId: sheet.documentId });
  await sealStep(tx, deps, after, 'arrive', actor);
}
