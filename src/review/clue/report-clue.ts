import { refusalFor, type Actor } from '#access';
import { asId, dayOf, ok, type ClueId, type Instant, type OutfallId, type Result, type UnitId } from '#kernel';
import { transact, type Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { priorityOf } from './decide-priority.ts';
import { decideStep } from '../finding/decide-review.ts';
import { routeIn } from './decide-route.ts';
import { refuse } from '../errors.ts';
import type { ReviewDeps } from '../ports.ts';
import { missingMaterial, type Material } from './materials.ts';
import { insertClue, type PoolClue } from '../store/clues.ts';
import { groupOf, openOwnClock, recordStep, sealClue } from './step-clue.ts';

/** A clue found by people, on patrol or from a report; it needs neither factor nor value. */
export interface ReportCommand {
  readonly unitId: UnitId;
  readonly outfall: OutfallId | null;
  readonly sentenceZh: string;
  readonly sentenceEn: string;
  readonly factors: readonly string[];
  readonly from: Instant;
  readonly to: Instant;
  /** How it was found: on-line patrol, drone, vehicle, satellite, report of the public. */
  readonly how: string;
  readonly materials: readonly Material[];
}

/** A finding of a daily patrol goes straight to the review group, without the panel (江苏办法 第十条第二款). */
export async function reportClue(deps: ReviewDeps, actor: Actor, command: ReportCommand): Promise<Result<PoolClue>> {
  return transact<Result<PoolClue>>(deps.db, (tx) => reportInside(tx, deps, actor, command));
}

/** The same inside a transaction another act began. */
export async function reportInside(tx: Tx, deps: ReviewDeps, actor: Actor, command: ReportCommand): Promise<Result<PoolClue>> {
  const unit = deps.directory.unit(command.unitId);
  if (unit === undefined) return refuse('REVIEW-050', { field: 'unitId' });
  const no = refusalFor(actor, 'clue.report', unit);
  if (no !== undefined) return no;
  if (command.sentenceZh.trim().length < 5) return refuse('REVIEW-004', { field: 'sentenceZh' });
  if (command.to < command.from || command.to > deps.clock.now()) return refuse('REVIEW-088', { field: 'to' });
  const missing = missingMaterial(deps.blobs, command.materials);
  if (missing !== undefined) return missing;
  const row = decideStep('START', 'report', actor);
  if (!row.ok) return row;
  const now = deps.clock.now();
  const { route, body } = routeIn(deps.law, unit.region, dayOf(now), { source: 'PATROL', rule: '' });
  const seen = { tier: 'WORK_ORDER', provisional: false, rule: '', factors: command.factors, periodFrom: command.from, periodTo: command.to } as const;
  const clue: PoolClue = {
    clueId: asId<ClueId>(newId('clu')), authorityId: unit.authorityId, groupId: await groupOf(tx, unit.authorityId), region: unit.region, unitId: command.unitId,
    outfall: command.outfall, source: 'PATROL', route, body, ...seen, priority: priorityOf(seen, deps.law, unit.region, dayOf(now)), state: row.value.to, sentenceZh: command.sentenceZh.trim(),
    sentenceEn: command.sentenceEn.trim(), listId: null, reviewId: null, confirmedPaper: null,
    handedOverAt: null, signedInAt: null, createdAt: now, changedAt: now,
  };
  await insertClue(tx, clue);
  const after = await recordStep(tx, deps, {
    clue, act: 'report', to: row.value.to, from: null, actor, basis: row.value.basis, duty: row.value.duty,
    detail: { how: command.how, materials: command.materials },
  });
  await openOwnClock(tx, deps, after, 'review');
  await sealClue(tx, deps, after, 'report', actor);
  return ok(after);
}
