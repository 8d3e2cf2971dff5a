import { causeFor } from './case-words.ts';
import { chanceOf, isOfficeHour, isTime, unitLoginOf, type Troupe } from './habits.ts';
import { chinaTime, handIn, type HandedIn } from './hand-in.ts';
import { personOf } from './persons.ts';
import type { HeldRow, Page, SheetRow } from './shapes.ts';

/** What a unit says depends on the model that spoke; most explain, some admit, one in eight lets the term pass. */
const ANSWERS: Readonly<Record<string, { readonly cause: string; readonly explanation: string; readonly measures: string }>> = {
  A: { cause: 'transport', explanation: '数采仪网络中断，已由运维单位恢复，数据已补传。', measures: '更换通讯模块，加装断网告警。' },
  B: { cause: 'exceedance', explanation: '治理设施出力不足导致浓度升高，确属超标，正在处置。', measures: '降低负荷，检修治理设施，预计当日恢复达标。' },
  C: { cause: 'device-fault', explanation: '分析仪取样泵故障造成读数不变，运维人员已到场检查。', measures: '更换取样泵并重新校准，提交运维记录。' },
  D: { cause: 'process', explanation: '该时段生产负荷调整，烟气参数随之变化，并非设备异常。', measures: '加强工况记录，向监控部门报备。' },
  E: { cause: 'treatment-fault', explanation: '治理设施短时停运检修，期间未及时降低生产负荷。', measures: '恢复治理设施运行，修订停机规程。' },
  F: { cause: 'maintenance', explanation: '运维人员进站校准设备，未在规定时限内提交标记。', measures: '补充运维记录，培训标记人员。' },
};
const OTHER = { cause: 'other', explanation: '已组织核查，原因正在查明，将按要求补充说明。', measures: '加强巡检。' };

/** The answer names what it answers, and of an exceedance the cause at this outfall. */
function answerTo({ rule, sentence, unitId, outfallName }: SheetRow): { cause: string; explanation: string; measures: string } {
  const family = rule.charAt(0);
  const answer = ANSWERS[family] ?? OTHER;
  const about = sentence.zh.split(/；|（OP/u)[0]?.replace(/。$/u, '') ?? '';
  if (family !== 'B') return { ...answer, explanation: `关于“${about}”：${answer.explanation}` };
  const { cause, done } = causeFor(about, unitId, outfallName);
  return { ...answer, explanation: `“${about}”确属超标，原因是${cause}。`, measures: `${done}，并降低负荷运行，观察至恢复达标。` };
}

/** The page of the operator's log that goes along. */
const recordFile = (sheet: SheetRow, { explanation, measures }: ReturnType<typeof answerTo>, now: number): HandedIn => ({
  title: '运维记录摘录', as: 'csv',
  lines: [['单位', sheet.unitName], ['排放口', sheet.outfallName], ['提示的情况', sheet.sentence.zh], ['查明的原因', explanation], ['采取的措施', measures], ['记录时间', chinaTime(now)], ['记录人', personOf(sheet.unitId, '运维人员').name]],
});

async function unitTurn(cast: Troupe, sheet: SheetRow): Promise<void> {
  const now = cast.now();
  const me = unitLoginOf(sheet.unitId);
  const url = `/api/unit/sheets/${sheet.sheetId}`;
  const sleepy = chanceOf(sheet.sheetId, 'sleepy') < 12;
  if (sheet.confirmedAt === null && sheet.deliveryId !== null && !sleepy) await cast.act(me, `${url}/receipt`);
  const waiting = sheet.state === 'FEEDBACK_PENDING' || sheet.state === 'FEEDBACK_OVERDUE';
  if (!waiting || sleepy || !isTime(now, sheet.changedAt, 1, 3, sheet.sheetId)) return;
  // Some always need a day; the term of a key unit is four hours, so theirs comes late and is counted as such.
  const slow = chanceOf(sheet.sheetId, 'slow') < 15;
  if (slow && !isTime(now, sheet.changedAt, 20, 30, sheet.sheetId)) return;
  const said = answerTo(sheet);
  const file = await handIn(cast, me, recordFile(sheet, said, now), '/api/unit/materials');
  await cast.act(me, `${url}/feedback`, { ...said, materials: file === undefined ? [] : [file] });
}

/** What the region lets control staff find, and whether each source must be compared. */
interface Ways {
  readonly outcomes: readonly string[];
  readonly compares: boolean;
}

const compared = { marks: 'NOTHING', maintenance: 'AGREES', condition: 'AGREES' };

async function find(cast: Troupe, sheet: SheetRow, outcome: 'onward' | 'explain' | 'accept' | 'send-back', note: string): Promise<void> {
  const url = `/api/supervision/sheets/${sheet.sheetId}`;
  const ways = await cast.look<Ways>('monitor', url);
  const said = outcome === 'onward' ? ways?.outcomes.at(-1) : outcome;
  await cast.act('monitor', `${url}/recheck`, { outcome: said, note, ...(ways?.compares === true ? { compared } : {}) });
}

/** Control staff compare the answer with what the devices say: what admits or repeats a breach goes on, to panel or enforcement. */
async function monitorTurn(cast: Troupe, sheet: SheetRow): Promise<void> {
  const now = cast.now();
  const loud = sheet.tier !== 'REMIND';
  if (sheet.state === 'FEEDBACK_OVERDUE' && loud && chanceOf(sheet.sheetId, 'leave') >= 40 && isTime(now, sheet.changedAt, 48, 72, sheet.sheetId)) {
    await find(cast, sheet, 'onward', '逾期未反馈，结合数据异常程度移交处理。');
  }
  if (sheet.state !== 'FEEDBACK_RECEIVED' || !isTime(now, sheet.changedAt, 3, 24, sheet.sheetId)) return;
  const luck = chanceOf(sheet.sheetId, 'recheck');
  const serious = loud && (sheet.rule.startsWith('B') || luck < 35);
  if (serious) await find(cast, sheet, 'onward', '比对标记、运维记录与工况，反馈不能消除疑点。');
  else if (luck < 55) await find(cast, sheet, 'explain', '运维记录与反馈一致，工况可以解释，予以排除。');
  else if (luck < 92) await find(cast, sheet, 'accept', '后续数据恢复正常，认定已自行纠正。');
  else await find(cast, sheet, 'send-back', '未说明具体时间和措施，退回补充。');
}

/** What the unit is not asked about first because it may have falsified its data: most go to enforcement at once, some wait for the visitor. */
async function heldTurn(cast: Troupe): Promise<void> {
  const list = await cast.look<{ readonly items: readonly HeldRow[] }>('monitor', '/api/supervision/held?open=true&limit=200');
  for (const { heldId, mayTell, heldAt } of list?.items ?? []) {
    if (!mayTell || chanceOf(heldId, 'tell') >= 70 || !isTime(cast.now(), heldAt, 2, 20, heldId)) continue;
    await cast.act('monitor', `/api/supervision/held/${heldId}/tell-enforcement`, { note: '疑似数据造假，比对用电、门禁和校准记录后告知执法部门，配合固定证据。' });
  }
}

/** One look at the running sheets: units answer theirs, control staff weigh the answers. */
export async function superviseTurn(cast: Troupe): Promise<void> {
  const list = await cast.look<Page<SheetRow>>('monitor', '/api/supervision/sheets?open=true&limit=200');
  for (const sheet of list?.items ?? []) {
    await unitTurn(cast, sheet);
    if (isOfficeHour(cast.now())) await monitorTurn(cast, sheet);
  }
  if (isOfficeHour(cast.now())) await heldTurn(cast);
}
