import { appendLeaves, type LeafInput } from '#evidence';
import type { Tx } from '#platform/db';
import { emit, type Handler } from '#platform/outbox';
import { decideCap } from './decide-cap.ts';
import { effectiveFrom } from './decide-proposal.ts';
import type { GovernanceDeps } from './deps.ts';
import { budgetsOf } from './store/proposals.ts';
import { insertCap, lastDecision, readCaps } from './store/standing.ts';
import { lockBudget, reviewedOf } from './store/verdicts.ts';

/** Takes a tier from a model that overspent its budget; returns the leaf to append, if so. */
export async function watchBudget(tx: Tx, deps: GovernanceDeps, model: string): Promise<LeafInput | undefined> {
  await lockBudget(tx, model);
  const now = deps.clock.now();
  const last = (await readCaps(tx, model)).at(-1);
  const since = await lastDecision(tx, model);
  const over = decideCap(await reviewedOf(tx, model), await budgetsOf(tx, model, now), last?.cap ?? undefined, since, now);
  if (over === undefined) return undefined;
  const { cap, budget, reviewed, wrong, bound } = over;
  const validFrom = effectiveFrom(now, since);
  await insertCap(tx, { model, cap, validFrom, reviewed, wrong, days: budget.days, share: budget.share, bound, proposal: null }, now);
  await emit(tx, deps.clock, { type: 'model.capped', subject: model, payload: { model, cap, validFrom, reviewed, wrong, days: budget.days, share: budget.share, bound } });
  return { t: 'rule', ref: model, act: 'cap', tier: cap, from: validFrom, reviewed, wrong, days: budget.days };
}

/** Every verdict of a person is held against the budgets of the models that raised the clue. */
export const governanceHandlers: readonly Handler<GovernanceDeps>[] = [
  {
    on: 'clue.judged',
    name: 'analysis.watch-budget',
    async handle(deps, tx, event) {
      const { models } = event.payload as { models: readonly string[] };
      const leaves: LeafInput[] = [];
      for (const model of [...models].sort()) {
        const leaf = await watchBudget(tx, deps, model);
        if (leaf !== undefined) leaves.push(leaf);
      }
      await appendLeaves(tx, deps.clock, leaves);
    },
  },
];
