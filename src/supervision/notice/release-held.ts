import { behalfOf, refusalFor, type Actor } from '#access';
import { appendLeaf } from '#evidence';
import { isRefusal, ok, type Result } from '#kernel';
import { transact } from '#platform/db';
import { emitConfirmed } from '../confirmed-event.ts';
import { refuse } from '../errors.ts';
import { takeClue } from './open-sheet.ts';
import { makeTellingNote } from '../sheet/recheck-note.ts';
import { dueHeld, endHeld, findHeld, takeHeld, type Held } from '../store/held.ts';
import type { SupervisionDeps } from '../sheet/step-sheet.ts';

const PORTION = 50;

/**
 * Gives back what was held for a time and is due: each clue is decided anew, as it stands by now. Swept by the worker;
 * calling it at once from two places sends nothing twice.
 *
 * @returns number of rows looked at
 */
export async function releaseHeld(deps: SupervisionDeps): Promise<number> {
  const due = await dueHeld(deps.db, deps.clock.now(), PORTION);
  for (const heldId of due) {
    await transact(deps.db, async (tx) => {
      const held = await takeHeld(tx, heldId);
      if (held?.state === 'HELD') await takeClue(tx, deps, held.event, { waited: true });
    });
  }
  return due.length;
}

/** Control staff send a held notice now; the reason it was held for stays in the record with who sent it. */
export async function sendHeld(deps: SupervisionDeps, actor: Actor, heldId: string): Promise<Result<Held>> {
  return transact<Result<Held>>(deps.db, async (tx) => {
    const held = await takeHeld(tx, heldId);
    if (held === undefined) return refuse('SUPV-011');
    const no = refusalFor(actor, 'supervision.send-held', held);
    if (no !== undefined) return no;
    if (held.state !== 'HELD') return refuse('SUPV-012');
    await takeClue(tx, deps, held.event, { forced: true, by: actor.accountId });
    return ok((await findHeld(tx, heldId)) as Held);
  });
}

/**
 * A suspicion of falsification that the unit was not asked about goes to same-level enforcement at once, with a note
 * (内环办〔2021〕103号 二（四）).
 *
 * @returns SUPV-005, SUPV-011, SUPV-012, SUPV-013 when it was held for another reason
 */
export async function tellEnforcement(deps: SupervisionDeps, actor: Actor, heldId: string, note: string): Promise<Result<Held>> {
  return transact<Result<Held>>(deps.db, async (tx) => {
    const held = await takeHeld(tx, heldId);
    if (held === undefined) return refuse('SUPV-011');
    const no = refusalFor(actor, 'supervision.tell-enforcement', held);
    if (no !== undefined) return no;
    if (held.state !== 'HELD') return refuse('SUPV-012');
    if (held.reason !== 'EVIDENCE_FIRST') return refuse('SUPV-013');
    if (note.trim().length < 5) return refuse('SUPV-005', { field: 'note' });
    const paper = await makeTellingNote(tx, deps, actor, held, note);
    if (isRefusal(paper)) return paper;
    await endHeld(tx, heldId, { state: 'REPORTED', at: deps.clock.now(), by: actor.accountId, documentId: paper.value.documentId });
    await emitConfirmed(tx, deps, { ...held, route: 'EVIDENCE_FIRST', paper: paper.value }, actor.accountId);
    await appendLeaf(tx, deps.clock, { t: 'sheet', ref: heldId, act: 'tell-enforcement', clue: held.clueId, actor: actor.accountId, ...behalfOf(actor) });
    return ok((await findHeld(tx, heldId)) as Held);
  });
}
