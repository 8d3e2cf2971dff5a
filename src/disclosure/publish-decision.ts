import { behalfOf, refusalFor, type Actor } from '#access';
import { loadCase } from '#cases';
import { appendLeaf } from '#evidence';
import { ok, type CaseId, type RegionKey, type Result } from '#kernel';
import { closeDeadline, openDeadline } from '#platform/deadlines';
import { transact, type Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import { refuse } from './errors.ts';
import type { DisclosureDeps } from './prepare-publication.ts';
import { actionOf, decidePublication, type Publication, type PublicationAct } from './publication.ts';
import { redact } from './redact.ts';
import { findPublication, insertAct, updatePublication } from './store.ts';

/** A step of a publication with its reason. */
export interface PublicationCommand {
  readonly act: PublicationAct;
  readonly note: string;
  /** For `edit`: the new text and further names to hide in it. */
  readonly facts?: string;
  readonly names?: readonly string[];
}

function changed(publication: Publication, command: PublicationCommand, actor: Actor, at: Publication['changedAt']): Publication {
  switch (command.act) {
    case 'edit': {
      const { text, hidden } = redact(command.facts ?? publication.facts, command.names ?? []);
      const kinds = Object.entries(hidden).map(([kind, n]) => [kind, n + (publication.redactions[kind as keyof typeof hidden] ?? 0)]);
      return { ...publication, facts: text, redactions: { ...publication.redactions, ...Object.fromEntries(kinds) }, preparedBy: actor.accountId, preparedFor: actor.behalf?.accountId ?? null };
    }
    case 'publish':
      return { ...publication, publishedAt: at };
    case 'withhold':
      return publication;
    case 'withdraw':
      return { ...publication, withdrawnAt: at, withdrawNote: command.note.trim() };
  }
}

/** One step of a publication. Publishing ends the clock of order 30 article 65 by its event; withdrawing ends T17. */
export async function actOnPublication(deps: DisclosureDeps, actor: Actor, publicationId: string, command: PublicationCommand): Promise<Result<Publication>> {
  return transact<Result<Publication>>(deps.db, async (tx) => {
    const publication = await findPublication(tx, { publicationId }, true);
    if (publication === undefined) return refuse('DISC-001');
    const no = refusalFor(actor, actionOf(command.act), publication);
    if (no !== undefined) return no;
    const to = decidePublication(publication, command.act, actor, command.note);
    if (!to.ok) return to;
    const now = deps.clock.now();
    const next: Publication = { ...changed(publication, command, actor, now), state: to.value, changedAt: now };
    await updatePublication(tx, next);
    await insertAct(tx, { eventId: newId('pev'), publicationId, at: now, act: command.act, to: to.value, actorId: actor.accountId, note: command.note.trim() });
    if (command.act === 'withdraw') await closeDeadline(tx, { clockId: 'T17', subjectKind: 'publication', subjectId: publicationId, closedAt: now });
    if (command.act === 'publish' || command.act === 'withhold') {
      await emit(tx, deps.clock, { type: 'decision.published', subject: publication.caseId, payload: { caseId: publication.caseId, publicationId, state: to.value } });
    }
    await appendLeaf(tx, deps.clock, { t: 'doc', ref: publicationId, act: command.act, state: to.value, actor: actor.accountId, ...behalfOf(actor), case: publication.caseId });
    return ok(next);
  });
}

/** A remedy that left the decision standing leaves its publication standing, too. */
const OVERTURNED: ReadonlySet<string> = new Set(['CHANGED', 'REVOKED']);

async function overturnedIn(deps: DisclosureDeps, caseId: CaseId): Promise<RegionKey | undefined> {
  const state = (await loadCase(deps.db, caseId))?.state;
  return state !== undefined && OVERTURNED.has(state.remedy) ? state.region : undefined;
}

/** A decision changed or revoked, by a remedy or by a new decision of the authority itself, must leave the public page within three working days, with a word (处罚法 第四十八条). */
export async function openWithdrawal(tx: Tx, deps: DisclosureDeps, caseId: CaseId, newDecisionIn?: RegionKey): Promise<void> {
  const publication = await findPublication(tx, { caseId }, true);
  if (publication?.state !== 'PUBLISHED') return;
  const region = newDecisionIn ?? (await overturnedIn(deps, caseId));
  if (region === undefined) return;
  const due = deps.law.due('T17', region, deps.clock.now());
  await openDeadline(tx, {
    clockId: 'T17', subjectKind: 'publication', subjectId: publication.publicationId, holder: publication.authorityId, article: due.article,
    dayKind: due.dayKind, startedAt: due.startedAt, dueAt: due.dueAt, provisional: due.provisional,
  });
}
