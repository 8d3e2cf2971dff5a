import { platformActor } from '#access';
import { addDays, DAY, dayOf, instant, type ClueId, type OutfallId } from '#kernel';
import type { Tx } from '#platform/db';
import { transact } from '#platform/db';
import { newId } from '#platform/ids';
import type { Handler } from '#platform/outbox';
import type { PermitAccount, PermitStanding } from '#quality';
import { emitConfirmed } from '../confirmed-event.ts';
import { tellBoth } from '../notice/announce.ts';
import { CONTACT, partyOfUnit } from '../ladder/climb-ladder.ts';
import { readClueEvent, type ClueEvent } from '../clue-event.ts';
import type { UnitFacts } from '../ports.ts';
import { daysToNextLook, isOver, kgText, periodText, placesFor, ratioToTell, shareText, toldToday, type PermittedAmount, type QuotaDeps, type QuotaWarning, warnedTexts } from './quota.ts';
import { lockUnit } from '../store/lock.ts';
import { attachClue, clueTold, dueLooks, expectLooks, findReport, insertQuota, ratiosTold, setNextLook } from '../store/quotas.ts';
import { paperBasis } from '../value-basis.ts';

const QUOTA_MODEL = 'B05';
/** Amounts looked at in one turn of the sweep: a year of hours is read for each. */
const PORTION = 3;
/** A clue may come so long after the end of the period it speaks of: late hours are still counted then. */
const CLUE_MAY_LAG = 31 * DAY;

const TO_DO = {
  over: '请立即采取措施，核对自动监测、补遗数据和许可排放量；如有异议，请登录企业端说明并提交材料。',
  near: '请合理安排生产和治理，确保排放量不超过许可排放量。',
} as const;

async function warn(tx: Tx, deps: QuotaDeps, unit: UnitFacts, outfall: OutfallId, factor: string, standing: PermitAccount, ratio: string, clueId: ClueId | null): Promise<void> {
  const now = deps.clock.now();
  const actor = platformActor(unit.region);
  const { cap, usedKg, share, projectedKg } = standing;
  const amounts = { capKg: cap.kg, usedKg, share };
  const [start, end] = [instant(cap.start), instant(cap.end)];
  const over = isOver(ratio);
  const rule = deps.law.valueAt('supervision.quotaWarnRatios', unit.region, dayOf(now));
  const quotaId = newId('quo');
  const made = await deps.papers.make(tx, {
    kind: 'QUOTA_WARNING', unitId: unit.unitId, authorityId: unit.authorityId, preparedBy: actor, subject: { kind: 'quota', id: quotaId },
    data: {
      party: partyOfUnit(unit), asOf: now, exceeded: over, toDo: over ? TO_DO.over : TO_DO.near, basis: paperBasis(rule, unit.region), contact: CONTACT,
      forecast: projectedKg === undefined || over ? '' : `按目前排放速度，至期末约为 ${kgText(projectedKg, placesFor(amounts))}。`,
      quantity: { outfall: deps.directory.outfallName(outfall), factor: deps.directory.factorName(outfall, factor), period: periodText(cap.period, start), ...warnedTexts(standing) },
    },
  });
  if (!made.ok) throw new Error(`quota of ${outfall} ${factor}: ${made.code} ${made.en}`);
  const sent = await deps.papers.send(tx, {
    paper: made.value, unitId: unit.unitId, authorityId: unit.authorityId, region: unit.region, confirm: false, subject: { kind: 'quota', id: quotaId }, title: '许可排放量预警单', by: actor.accountId,
  });
  if (!sent.ok) throw new Error(`quota of ${outfall} ${factor}: ${sent.code} ${sent.en}`);
  const row: QuotaWarning = {
    quotaId, unitId: unit.unitId, authorityId: unit.authorityId, region: unit.region, outfall, factor, period: cap.period, periodStart: start, periodEnd: end, ratio,
    capKg: cap.kg, usedKg: usedKg.toString(), share: share.toString(), projectedKg: projectedKg?.toString() ?? null, state: over ? 'TO_CONFIRM' : 'WARNED', clueId,
    documentId: made.value.documentId, documentNo: made.value.number, deliveryId: sent.value.deliveryId, asOf: now, confirmedBy: null, confirmedAt: null, note: null, reportId: null, createdAt: now,
  };
  await insertQuota(tx, row);
  await tellBoth(tx, deps, unit, { kind: 'quota', ids: [quotaId] }, `${unit.name}：${deps.directory.outfallName(outfall)}${deps.directory.factorName(outfall, factor)}已用许可排放量的${shareText(share)}，详见企业端${made.value.number}。`);
}

/** What was told at four fifths is not yet about more than is permitted: that is the clue of the model's highest tier. */
const overClue = (clue: ClueEvent | undefined): ClueId | null => (clue?.tier === 'WORK_ORDER' ? clue.clueId : null);

/** Where an amount stands after a look, and whether it passed a ratio that is told on another day. */
interface Looked {
  readonly standings: readonly PermitStanding[];
  readonly waits: boolean;
}

/**
 * Compares what was emitted with what is permitted and tells each ratio once in its period, the highest passed and at
 * most one a day (内环办〔2021〕103号 二（三）).
 */
async function lookAtQuota(tx: Tx, deps: QuotaDeps, outfall: OutfallId, unit: UnitFacts, factor: string, clue?: ClueEvent): Promise<Looked> {
  const now = deps.clock.now();
  const standings = await deps.quantities.standings(outfall, factor, now);
  if (standings.every((standing) => standing.reached === undefined)) return { standings, waits: false };
  await lockUnit(tx, unit.unitId);
  let waits = false;
  for (const standing of standings) {
    const of = { outfall, factor, period: standing.cap.period, periodStart: instant(standing.cap.start) };
    const told = await ratiosTold(tx, of);
    const ratio = ratioToTell(standing, told);
    if (ratio === undefined) continue;
    if (toldToday(told, now)) waits = true;
    else await warn(tx, deps, unit, outfall, factor, standing, ratio, isOver(ratio) ? overClue(clue) : (clue?.clueId ?? (await clueTold(tx, of))));
  }
  return { standings, waits };
}

const keyOf = (one: { readonly outfall: string; readonly factor: string }): string => `${one.outfall} ${one.factor}`;

/** One look, and the day of the next: not before the amount could have reached its next ratio. */
async function look(deps: QuotaDeps, { outfall, unit: unitId, factor }: PermittedAmount): Promise<void> {
  const unit = deps.directory.unit(unitId);
  const now = deps.clock.now();
  await transact(deps.db, async (tx) => {
    const { standings, waits } = unit === undefined ? { standings: [], waits: false } : await lookAtQuota(tx, deps, outfall, unit, factor);
    const ratios = unit === undefined ? [] : deps.law.valueAt('supervision.quotaWarnRatios', unit.region, dayOf(now)).value;
    await setNextLook(tx, outfall, factor, addDays(dayOf(now), waits ? 1 : daysToNextLook(standings, ratios, now)));
  });
}

/**
 * The sweep over all permitted amounts, a few in one turn. What it remembers is only which amounts the register named at
 * the last turn.
 *
 * @returns a turn; it answers how many amounts it looked at
 */
export function quotaSweep(deps: QuotaDeps): () => Promise<number> {
  let seen: readonly PermittedAmount[] = [];
  let amounts = new Map<string, PermittedAmount>();
  return async () => {
    const today = dayOf(deps.clock.now());
    const permits = deps.quantities.permits();
    if (permits !== seen) {
      await expectLooks(deps.db, permits.filter((one) => !amounts.has(keyOf(one))), today);
      [seen, amounts] = [permits, new Map(permits.map((one) => [keyOf(one), one]))];
    }
    const due = await dueLooks(deps.db, today, PORTION);
    for (const one of due) {
      const amount = amounts.get(keyOf(one));
      await (amount === undefined ? transact(deps.db, (tx) => setNextLook(tx, one.outfall, one.factor, 'infinity')) : look(deps, amount));
    }
    return due.length;
  };
}

/** What the daily look found first gets its clue now; what was already reported goes to enforcement with that report. */
async function giveClue(tx: Tx, deps: QuotaDeps, of: Pick<QuotaWarning, 'outfall' | 'factor'>, clue: ClueEvent): Promise<void> {
  for (const quota of await attachClue(tx, of, clue.clueId, overClue(clue) !== null, instant(deps.clock.now() - CLUE_MAY_LAG))) {
    const report = quota.reportId === null ? undefined : await findReport(tx, quota.reportId);
    if (report === undefined || report.sha256 === null) continue;
    const paper = { documentId: report.documentId, number: report.documentNo, sha256: report.sha256 };
    await emitConfirmed(tx, deps, { ...quota, clueId: clue.clueId, sheetId: null, route: 'OVER_QUANTITY', paper }, report.reportedBy);
  }
}

const onClue = (on: string): Handler<QuotaDeps> => ({
  on,
  name: `supervision.quota.${on}`,
  async handle(deps, tx, event) {
    const clue = readClueEvent(event.payload);
    const unit = deps.directory.unit(clue.unit);
    if (unit === undefined || !clue.models.some(({ model }) => model === QUOTA_MODEL)) return;
    const factors = deps.quantities.permits().filter((one) => one.outfall === clue.outfall && (clue.factors.length === 0 || clue.factors.includes(one.factor)));
    for (const { factor } of factors) {
      const { waits } = await lookAtQuota(tx, deps, clue.outfall, unit, factor, clue);
      if (waits) await setNextLook(tx, clue.outfall, factor, addDays(dayOf(deps.clock.now()), 1));
      await giveClue(tx, deps, { outfall: clue.outfall, factor }, clue);
    }
  },
});

/** Model B05 speaks of an amount: it is looked at at once. */
export const quotaHandlers: readonly Handler<QuotaDeps>[] = [onClue('clue.raised'), onClue('clue.escalated')];

