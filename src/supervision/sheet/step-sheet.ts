import { actedAs, behalfOf, type Actor } from '#access';
import type { Clock, DocumentId, RegionKey } from '#kernel';
import { appendLeaf } from '#evidence';
import { localBasis, type Law } from '#law';
import type { BlobStore } from '#platform/blobs';
import type { Database, Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import type { Logger } from '#platform/log';
import type { SheetState, SheetTransition } from './sheet-machine.ts';
import { cluesOfSheet, insertEvent, updateSheet, type Sheet, type SheetEvent } from '../store/sheets.ts';
import type { Directory, Holdings, Papers } from '../ports.ts';

/** What supervision works with. */
export interface SupervisionDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly blobs: BlobStore;
  readonly law: Law;
  readonly directory: Directory;
  readonly papers: Papers;
  readonly holdings: Holdings;
}

export interface Step {
  readonly sheet: Sheet;
  readonly row: Pick<SheetTransition, 'basis' | 'to'> & { readonly act: SheetEvent['act'] };
  readonly actor: Actor;
  readonly from: SheetState | null;
  readonly duty?: string;
  readonly documentId?: DocumentId | null;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Projection and ledger row of one act. The leaf comes apart, see `sealStep`. */
export async function recordStep(tx: Tx, deps: SupervisionDeps, step: Step): Promise<Sheet> {
  const now = deps.clock.now();
  const sheet: Sheet = { ...step.sheet, state: step.row.to, changedAt: now };
  await updateSheet(tx, sheet);
  await insertEvent(tx, {
    eventId: newId('sev'),
    sheetId: sheet.sheetId,
    at: now,
    act: step.row.act,
    from: step.from,
    to: step.row.to,
    actorId: step.actor.accountId,
    duty: step.duty ?? null,
    basis: localBasis(deps.law, step.row.basis, sheet.region),
    documentId: step.documentId ?? null,
    detail: { ...step.detail, ...actedAs(step.actor) },
  });
  return sheet;
}

/** The act's leaf: ids and codes only; `grant` where an agent acted for the unit. */
export async function sealStep(tx: Tx, deps: SupervisionDeps, sheet: Sheet, act: string, actor: Actor, grant?: string): Promise<void> {
  await appendLeaf(tx, deps.clock, { t: 'sheet', ref: sheet.sheetId, act, state: sheet.state, tier: sheet.tier, actor: actor.accountId, ...behalfOf(actor), ...(grant === undefined ? {} : { grant, unit: sheet.unitId }) });
}

/** Key units answer on the shorter clock (T1b), everybody else on T1; both are regional. */
export const feedbackClock = (keyPolluter: boolean): 'T1' | 'T1b' => (keyPolluter ? 'T1b' : 'T1');

export const feedbackTerm = (deps: SupervisionDeps, region: RegionKey, keyPolluter: boolean) =>
  deps.law.due(feedbackClock(keyPolluter), region, deps.clock.now());

/** A sheet that leaves ④ takes every clue that lies in it along: none stays behind with a matter that has ended. */
export async function referClues(tx: Tx, deps: SupervisionDeps, sheet: Sheet, why: string): Promise<void> {
  for (const clueId of await cluesOfSheet(tx, sheet.sheetId)) {
    await emit(tx, deps.clock, { type: 'sheet.referred', subject: clueId, payload: { clueId, sheetId: sheet.sheetId, why } });
  }
}
