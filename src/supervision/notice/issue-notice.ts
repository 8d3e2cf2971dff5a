import { platformActor } from '#access';
import { modelWords } from '#analysis';
import { asId, dayOf, isRefusal, toMinuteText, type DeliveryId, type Instant, type SheetId } from '#kernel';
import type { Bilingual } from '#law';
import type { Tx } from '#platform/db';
import { emit } from '#platform/outbox';
import { ruleInWords } from '../clue-event.ts';
import { decideStep } from '../sheet/decide-sheet.ts';
import { clockRule, openFeedbackClock } from '../sheet/feedback-clock.ts';
import type { UnitFacts } from '../ports.ts';
import { takeSheet, type Sheet } from '../store/sheets.ts';
import { NOTICES } from '../sheet/sheet-machine.ts';
import { feedbackTerm, recordStep, sealStep, type Step, type SupervisionDeps } from '../sheet/step-sheet.ts';

/** A span of time as papers print it; open where it has not ended. */
export const windowOf = (from: Instant, to: Instant | null): string => `${toMinuteText(from)} 至 ${to === null ? '现在' : toMinuteText(to)}`;

/** Where and what, in the words of this round. */
function aboutOf(deps: SupervisionDeps, { outfall, sentenceZh, sentenceEn }: Sheet): Bilingual {
  const name = deps.directory.outfallName(outfall);
  return { zh: `${name}：${sentenceZh}`, en: `${name}: ${sentenceEn}` };
}

/** Data of paper D1. It says what was seen and what to do; it is no penalty, the template says so. */
export function noticeData(sheet: Sheet, unit: UnitFacts, portal: string, feedbackDue: Instant, rule: ReturnType<typeof ruleInWords>): Record<string, unknown> {
  return {
    party: {
      name: unit.name, creditCode: unit.creditCode, address: unit.address,
      legalRepresentative: unit.legalRepresentative, permitNumber: unit.permitNumber,
    },
    rule: rule.names === '' ? '平台预警规则' : rule.names,
    ruleVersion: rule.versions,
    window: windowOf(sheet.periodFrom, sheet.periodTo),
    sentence: sheet.sentenceZh,
    toDo: '请立即核查生产工况、治理设施和自动监测设备；属设备故障、校准维护或启停的，按规定标记并报告；确属超标的，立即采取措施消除。',
    feedback: `请登录企业端（${portal}）“待我答复”，如实填写原因、措施并上传佐证材料。`,
    feedbackDue,
    contact: { name: '监控值班', phone: '12369' },
  };
}

/**
 * Makes D1 and sends it; the unit's clock starts at the event the region names. Runs apart from the raising of the clue,
 * so that a printer's trouble never holds back what the platform has seen. A notice of an older round is not sent any more.
 */
export async function issueNotice(tx: Tx, deps: SupervisionDeps, sheetId: SheetId, round: number): Promise<void> {
  const sheet = await takeSheet(tx, sheetId);
  if (sheet === undefined || sheet.round !== round || sheet.documentId !== null) return;
  const unit = deps.directory.unit(sheet.unitId);
  if (unit === undefined) throw new Error(`unit ${sheet.unitId} of sheet ${sheetId} is not registered`);
  const actor = platformActor(sheet.region);
  const due = feedbackTerm(deps, sheet.region, unit.keyPolluter);
  const portal = deps.law.valueAt('delivery.portalName', sheet.region, dayOf(deps.clock.now())).value;
  const notice = NOTICES[sheet.tier];
  const made = await deps.papers.make(tx, {
    kind: notice.paper, data: noticeData(sheet, unit, portal, due.dueAt, ruleInWords(sheet.rule, await modelWords(tx))), subject: { kind: 'sheet', id: sheetId },
    unitId: sheet.unitId, authorityId: sheet.authorityId, preparedBy: actor,
  });
  if (!made.ok) throw new Error(`sheet ${sheetId}: ${made.code} ${made.en}`);
  const paper = made.value;
  const sent = await deps.papers.send(tx, {
    paper, unitId: sheet.unitId, authorityId: sheet.authorityId, region: sheet.region, confirm: true, subject: { kind: 'sheet', id: sheetId },
    title: notice.title, by: actor.accountId, about: aboutOf(deps, sheet),
  });
  if (!sent.ok) throw new Error(`sheet ${sheetId}: ${sent.code} ${sent.en}`);
  const { deliveryId, arrivedAt } = sent.value;
  const withPaper: Sheet = { ...sheet, documentId: paper.documentId, documentNo: paper.number, deliveryId, sentAt: deps.clock.now() };
  await setOut(tx, deps, withPaper, arrivedAt);
  await emit(tx, deps.clock, { type: 'sheet.sent', subject: sheet.unitId, payload: { sheetId, round, unitId: sheet.unitId } });
}

/** Under way: the clock starts now where the region counts from sending, else the sheet waits for its arrival. */
async function setOut(tx: Tx, deps: SupervisionDeps, sheet: Sheet, arrivedAt: Instant | null): Promise<void> {
  const row = decideStep(sheet.state, 'send', platformActor(sheet.region));
  if (clockRule(deps, sheet).startEvent === 'sheet.sent' && row.ok) {
    const timed = await openFeedbackClock(tx, deps, sheet);
    const running = await step(tx, deps, timed, row.value);
    return arrivedAt === null ? sealStep(tx, deps, running, 'send', platformActor(sheet.region)) : arrive(tx, deps, running, arrivedAt);
  }
  if (arrivedAt !== null) return arrive(tx, deps, sheet, arrivedAt);
  await step(tx, deps, sheet, { act: 'join', to: sheet.state, basis: '文书已制作' });
}

const step = (tx: Tx, deps: SupervisionDeps, sheet: Sheet, row: Step['row']): Promise<Sheet> =>
  recordStep(tx, deps, { sheet, row, actor: platformActor(sheet.region), from: sheet.state, documentId: sheet.documentId });

/** The notice of the present round, in whatever delivery of it, reached the unit later (by hand, by post); where the clock waits for arrival it starts only now. */
export async function noteArrival(
  tx: Tx, deps: SupervisionDeps, sheetId: SheetId, { documentId, deliveryId, arrivedAt }: { readonly documentId: string; readonly deliveryId: string; readonly arrivedAt: Instant },
): Promise<void> {
  const sheet = await takeSheet(tx, sheetId);
  if (sheet === undefined || sheet.deliveredAt !== null || sheet.documentId !== documentId) return;
  await arrive(tx, deps, { ...sheet, deliveryId: asId<DeliveryId>(deliveryId) }, arrivedAt);
}

/** The notice reached the unit's system. */
async function arrive(tx: Tx, deps: SupervisionDeps, sheet: Sheet, arrivedAt: Instant): Promise<void> {
  const arrived: Sheet = { ...sheet, deliveredAt: arrivedAt };
  const row = decideStep(sheet.state, 'arrive', platformActor(sheet.region));
  if (isRefusal(row)) {
    await step(tx, deps, arrived, { act: 'join', to: sheet.state, basis: '文书已送达' });
    return;
  }
  const timed = sheet.feedbackDue === null ? await openFeedbackClock(tx, deps, arrived) : arrived;
  const after = await step(tx, deps, timed, row.value);
  await sealStep(tx, deps, after, 'arrive', platformActor(sheet.region));
}
