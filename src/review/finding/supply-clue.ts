import { refusalFor, type Actor } from '#access';
import { ok, type ClueId, type Result } from '#kernel';
import { transact } from '#platform/db';
import { decideStep } from './decide-review.ts';
import { refuse } from '../errors.ts';
import type { ReviewDeps } from '../ports.ts';
import { findClue, type PoolClue } from '../store/clues.ts';
import { missingMaterial, type Material } from '../clue/materials.ts';
import { openOwnClock, recordStep, refuseConflict, sealClue } from '../clue/step-clue.ts';

export interface SupplyCommand {
  readonly text: string;
  readonly materials: readonly Material[];
}

/** A clue that came without a list and was returned for more goes back with what was asked; who supplies it may not review it. */
export async function supplyClue(deps: ReviewDeps, actor: Actor, clueId: ClueId, command: SupplyCommand): Promise<Result<PoolClue>> {
  return transact<Result<PoolClue>>(deps.db, async (tx) => {
    const clue = await findClue(tx, clueId, true);
    if (clue === undefined) return refuse('REVIEW-001');
    const no = refusalFor(actor, 'clue.supply', clue);
    if (no !== undefined) return no;
    if (command.text.trim().length < 5) return refuse('REVIEW-004', { field: 'text' });
    const missing = missingMaterial(deps.blobs, command.materials);
    if (missing !== undefined) return missing;
    const row = decideStep(clue.state, 'supply', actor, clue);
    if (!row.ok) return row;
    const conflict = await refuseConflict(tx, clue, actor, row.value.duty);
    if (conflict !== undefined) return conflict;
    const after = await recordStep(tx, deps, {
      clue, act: 'supply', to: row.value.to, from: clue.state, actor, basis: row.value.basis, duty: row.value.duty,
      detail: { note: command.text.trim(), materials: command.materials },
    });
    await openOwnClock(tx, deps, after, 'review');
    await sealClue(tx, deps, after, 'supply', actor);
    return ok(after);
  });
}
