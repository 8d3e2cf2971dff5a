import { z } from 'zod';
import { foundRight } from '#analysis';
import { asId, DAY, dayOf, instant, type UnitId } from '#kernel';
import type { Tx } from '#platform/db';
import { newId } from '#platform/ids';
import type { SupervisionDeps } from '../sheet/step-sheet.ts';
import { insertHint, lockRisk, wasOffered } from '../store/hints.ts';
import { recipientsOf } from './hint.ts';

/** Events written before they named the unit offer nothing. */
const judged = z.object({ unit: z.string().transform((id) => asId<UnitId>(id)).optional(), verdict: z.string(), models: z.array(z.string()) });

/** What a model finds again and again in one trade is offered to the control staff of every authority with other units of it, once within the region's days. */
async function lookAtRisk(tx: Tx, deps: SupervisionDeps, unitId: UnitId, model: string): Promise<void> {
  const unit = deps.directory.unit(unitId);
  const trade = deps.directory.tradeOf(unitId);
  if (unit === undefined || trade === undefined) return;
  const now = deps.clock.now();
  const { value, source, article } = deps.law.valueAt('supervision.riskHint', unit.region, dayOf(now));
  const risk = { model, trade: trade.key, region: unit.region };
  await lockRisk(tx, risk);
  const since = instant(now - value.days * DAY);
  if (await wasOffered(tx, risk, since)) return;
  const ofTrade = deps.directory.unitsOfTrade(trade.key, unit.region);
  const own = new Set(ofTrade.map((one) => one.unitId));
  const found = (await foundRight(tx, model, since)).filter((one) => own.has(one.unit));
  for (const [authorityId, units] of recipientsOf(found, ofTrade, value.units)) {
    await insertHint(tx, {
      hintId: newId('hnt'), ...risk, authorityId, clues: found.map((one) => one.clue), foundUnits: [...new Set(found.map((one) => one.unit))].sort(), units: units.map((one) => one.unitId),
      days: value.days, basis: `${source} ${article}`, state: 'OFFERED', offeredAt: now, settledBy: null, settledAt: null, note: null,
    });
  }
}

/** `clue.judged`: people found a clue right; every model that raised it may have found a risk of the trade. */
export async function offerHints(tx: Tx, deps: SupervisionDeps, payload: unknown): Promise<void> {
  const { unit, verdict, models } = judged.parse(payload);
  if (verdict !== 'RIGHT' || unit === undefined) return;
  for (const model of [...models].sort()) await lookAtRisk(tx, deps, unit, model);
}
