import { answerTo, recordLines, type Sheet } from './answers.ts';
import { regionTurn } from './at-region.ts';
import { chanceOf, isOfficeHour, isTime, unitLoginOf, type Troupe } from './habits.ts';
import { chinaTime, handIn } from './hand-in.ts';
import { MANAGER, personOf } from './persons.ts';
import type { HeldRow, Page } from './shapes.ts';

const isWaiting = ({ state }: Sheet): boolean => state === 'FEEDBACK_PENDING' || state === 'FEEDBACK_OVERDUE';

/** So many in a hundred let the term pass; of those, so many answer after the letter that follows. */
const [SLEEPY, WOKEN] = [12, 50];

async function unitTurn(cast: Troupe, sheet: Sheet): Promise<void> {
  const now = cast.now();
  const me = unitLoginOf(sheet.unitId);
  const url = `/api/unit/sheets/${sheet.sheetId}`;
  const woken = sheet.rung !== null && chanceOf(sheet.sheetId, 'woken') < WOKEN && isTime(now, sheet.changedAt, 6, 30, sheet.sheetId, 'woken');
  const sleepy = chanceOf(sheet.sheetId, 'sleepy') < SLEEPY && !woken;
  if (sheet.confirmedAt === null && sheet.deliveryId !== null && !sleepy) await cast.act(me, `${url}/receipt`);
  if (!isWaiting(sheet) || sleepy || !isTime(now, sheet.changedAt, 1, 3, sheet.sheetId)) return;
  // Some always need a day; the term of a key unit is four hours, so theirs comes late and is counted as such.
  const slow = chanceOf(sheet.sheetId, 'slow') < 15;
  if (slow && !isTime(now, sheet.changedAt, 20, 30, sheet.sheetId)) return;
  const { record, ...said } = answerTo(sheet);
  const lines = [...recordLines(sheet, { record, ...said }), ['记录时间', chinaTime(now)] as const, ['记录人', personOf(sheet.unitId, MANAGER).name] as const];
  const file = await handIn(cast, me, { title: record, as: 'csv', lines }, '/api/unit/materials');
  await cast.act(me, `${url}/feedback`, { ...said, materials: file === undefined ? [] : [file] });
}

/** What the platform's records show beside the answer, and the finding that follows from them. */
interface Recheck {
  readonly compares: boolean;
  readonly comparisons: Readonly<Record<string, { readonly result: string; readonly zh: string }>> | null;
  readonly suggested: { readonly outcome: string; readonly falseAnswer: boolean; readonly zh: string } | null;
}

/** Control staff compare the answer with marks, ledger and power; their finding is the one that follows. */
async function find(cast: Troupe, sheet: Sheet): Promise<void> {
  const url = `/api/supervision/sheets/${sheet.sheetId}`;
  const { compares = false, comparisons = null, suggested = null } = (await cast.look<Recheck>('monitor', url)) ?? {};
  if (comparisons === null || suggested === null) return;
  const compared = Object.fromEntries(Object.entries(comparisons).map(([source, { result }]) => [source, result]));
  const note = `${Object.values(comparisons).map(({ zh }) => zh).join('；')}。${suggested.zh}。`;
  await cast.act('monitor', `${url}/recheck`, { outcome: suggested.outcome, falseAnswer: suggested.falseAnswer, note, ...(compares ? { compared } : {}) });
}

/** An answer is weighed within a day; a term that passed is waited out two days more. A reminder of which nobody hears stays open until the ladder ends. */
async function monitorTurn(cast: Troupe, sheet: Sheet): Promise<void> {
  const due = sheet.tier !== 'REMIND' || sheet.rung === 'ENFORCE';
  if (sheet.state === 'FEEDBACK_OVERDUE' && due && isTime(cast.now(), sheet.changedAt, 48, 72, sheet.sheetId)) await find(cast, sheet);
  if (sheet.state === 'FEEDBACK_RECEIVED' && isTime(cast.now(), sheet.changedAt, 3, 24, sheet.sheetId)) await find(cast, sheet);
}

type Kept = HeldRow & { readonly sentence: { readonly zh: string } };

/** What the unit is not asked about first, because it may have falsified its data, goes to enforcement. */
async function heldTurn(cast: Troupe): Promise<void> {
  const list = await cast.look<{ readonly items: readonly Kept[] }>('monitor', '/api/supervision/held?open=true&limit=200');
  for (const { heldId, mayTell, heldAt, sentence } of list?.items ?? []) {
    if (!mayTell || !isTime(cast.now(), heldAt, 2, 30, heldId)) continue;
    const seen = sentence.zh.split(/；|（OP/u)[0]?.replace(/。$/u, '') ?? '';
    await cast.act('monitor', `/api/supervision/held/${heldId}/tell-enforcement`, { note: `研判发现“${seen}”，疑似数据造假或者设备不正常运行，未先告知单位，告知执法部门并配合现场调查取证。` });
  }
}

/** One look at the running sheets: units answer theirs, control staff weigh the answers, the region's people do theirs. */
export async function superviseTurn(cast: Troupe): Promise<void> {
  const list = await cast.look<Page<Sheet>>('monitor', '/api/supervision/sheets?open=true&limit=200');
  for (const sheet of list?.items ?? []) {
    await unitTurn(cast, sheet);
    if (isOfficeHour(cast.now())) await monitorTurn(cast, sheet);
  }
  if (!isOfficeHour(cast.now())) return;
  await heldTurn(cast);
  await regionTurn(cast);
}
