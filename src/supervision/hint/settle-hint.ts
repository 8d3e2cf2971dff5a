import { behalfOf, refusalFor, type Actor } from '#access';
import { modelWords } from '#analysis';
import { appendLeaf } from '#evidence';
import { dayOf, ok, type Result } from '#kernel';
import { transact, type Tx } from '#platform/db';
import { tellUnit } from '../notice/announce.ts';
import { refuse } from '../errors.ts';
import type { SupervisionDeps } from '../sheet/step-sheet.ts';
import { findHint, settleHint } from '../store/hints.ts';
import { lockUnit } from '../store/lock.ts';
import { decideHint, type RiskHint } from './hint.ts';

async function settle(deps: SupervisionDeps, actor: Actor, hintId: string, to: 'SENT' | 'DECLINED', note: string | null, work: (tx: Tx, hint: RiskHint) => Promise<void>): Promise<Result<RiskHint>> {
  return transact<Result<RiskHint>>(deps.db, async (tx) => {
    const hint = await findHint(tx, hintId);
    if (hint === undefined) return refuse('SUPV-026');
    const no = refusalFor(actor, 'supervision.risk-hint', hint);
    if (no !== undefined) return no;
    const state = decideHint(hint.state, to);
    if (!state.ok) return state;
    const at = deps.clock.now();
    await settleHint(tx, hintId, { state: state.value, by: actor.accountId, at, note });
    await work(tx, hint);
    await appendLeaf(tx, deps.clock, { t: 'sheet', ref: hintId, act: to === 'SENT' ? 'send-hint' : 'decline-hint', model: hint.model, units: hint.units.length, actor: actor.accountId, ...behalfOf(actor) });
    return ok({ ...hint, state: state.value, settledBy: actor.accountId, settledAt: at, note });
  });
}

/**
 * Control staff send the hint: it lies in the portal of every unit named, and the region's channels say so. No sheet is
 * opened, no clock runs and nothing enters a unit's file.
 *
 * @returns SUPV-012, SUPV-026
 */
export async function sendHint(deps: SupervisionDeps, actor: Actor, hintId: string): Promise<Result<RiskHint>> {
  const words = await modelWords(deps.db);
  return settle(deps, actor, hintId, 'SENT', null, async (tx, hint) => {
    const portal = deps.law.valueAt('delivery.portalName', hint.region, dayOf(deps.clock.now())).value;
    for (const unitId of hint.units) {
      const unit = deps.directory.unit(unitId);
      if (unit === undefined) continue;
      await lockUnit(tx, unitId);
      await tellUnit(tx, deps, unit, { kind: 'risk-hint', ids: [hintId] }, `【${portal}】${unit.name}：同行业风险提示（${words(hint.model).title.zh}），请登录企业端查看并自查，无须反馈。`);
    }
  });
}

/** Control staff do not send it; the reason stays. SUPV-005 without one, SUPV-012, SUPV-026. */
export async function declineHint(deps: SupervisionDeps, actor: Actor, hintId: string, reason: string): Promise<Result<RiskHint>> {
  if (reason.trim().length < 5) return refuse('SUPV-005', { field: 'reason' });
  return settle(deps, actor, hintId, 'DECLINED', reason.trim(), async () => {});
}
