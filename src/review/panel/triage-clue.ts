import { refusalFor, type Actor } from '#access';
import { modelWords } from '#analysis';
import { asId, dayOf, ok, type AccountId, type AuthorityId, type ClueId, type Result } from '#kernel';
import { transact, type Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import { BASES } from '../clue/bases.ts';
import { CLUE_STATES, type ClosureReason } from '../clue/clue-machine.ts';
import { listChanges, type ListChange, type ListEntry } from './decide-list.ts';
import { decideStep } from '../finding/decide-review.ts';
import { refuseStranger } from '../members/check-member.ts';
import { analysisOf, listRouteIn } from '../clue/decide-route.ts';
import { refuse } from '../errors.ts';
import { listPaper } from '../finding/paper-data.ts';
import type { ReviewDeps } from '../ports.ts';
import { findClue, insertList, lastList, nextListVersion, onTheList, stepsOf, type FrozenList, type PoolClue } from '../store/clues.ts';
import { missingMaterial, type Material } from '../clue/materials.ts';
import { closeClock, groupOf, openOwnClock, recordStep, refuseConflict, sealClue } from '../clue/step-clue.ts';

/** What the panel does with a clue; to dismiss or downgrade needs a reason from the list. Listed anew after a return, it comes with what the review asked for. */
export type TriageCommand =
  | { readonly decision: 'list'; readonly note: string; readonly materials?: readonly Material[] | undefined }
  | { readonly decision: 'dismiss' | 'downgrade'; readonly reason: ClosureReason; readonly note: string };

/** The panel's finding on one clue: listed, dismissed or downgraded, always with words and a name (sec:X15). */
export async function triageClue(deps: ReviewDeps, actor: Actor, clueId: ClueId, command: TriageCommand): Promise<Result<PoolClue>> {
  return transact<Result<PoolClue>>(deps.db, async (tx) => {
    const clue = await findClue(tx, clueId, true);
    if (clue === undefined) return refuse('REVIEW-001');
    const no = refusalFor(actor, 'clue.triage', clue);
    if (no !== undefined) return no;
    if (command.note.trim().length < 5) return refuse('REVIEW-004', { field: 'note' });
    const materials = command.decision === 'list' ? (command.materials ?? []) : [];
    const missing = missingMaterial(deps.blobs, materials);
    if (missing !== undefined) return missing;
    const row = decideStep(clue.state, command.decision, actor, clue);
    if (!row.ok) return row;
    // The unit may still mark the hours in time; until then a finding may remind, not accuse.
    if (command.decision === 'list' && clue.provisional) return refuse('REVIEW-013');
    const conflict = (await refuseConflict(tx, clue, actor, row.value.duty)) ?? (await refuseStranger(tx, deps, clue, analysisOf(clue.body), actor, 'member'));
    if (conflict !== undefined) return conflict;
    await closeClock(tx, deps, clueId, 'panel');
    // Listed anew after a return: it travels with the next frozen list.
    const next = command.decision === 'list' ? { ...clue, listId: null } : clue;
    const after = await recordStep(tx, deps, {
      clue: next, act: command.decision, to: row.value.to, from: clue.state, actor, basis: row.value.basis, duty: row.value.duty,
      detail: { note: command.note.trim(), ...('reason' in command ? { reason: command.reason } : {}), ...(materials.length === 0 ? {} : { materials }) },
    });
    await emit(tx, deps.clock, triageEvent(after, command));
    await sealClue(tx, deps, after, command.decision, actor);
    return ok(after);
  });
}

function triageEvent(clue: PoolClue, command: TriageCommand) {
  const facts = {
    clueId: clue.clueId, outfall: clue.outfall ?? '', unit: clue.unitId, tier: 'REMIND', provisional: false,
    sentence: { zh: clue.sentenceZh, en: clue.sentenceEn }, factors: clue.factors, period: { from: clue.periodFrom, to: clue.periodTo }, rule: clue.rule,
  };
  switch (command.decision) {
    case 'list':
      return { type: 'clue.listed', subject: clue.clueId, payload: { ...facts, tier: clue.tier } };
    case 'dismiss':
      return { type: 'clue.dismissed', subject: clue.clueId, payload: { ...facts, tier: clue.tier, reason: command.reason } };
    case 'downgrade':
      return { type: 'clue.downgraded', subject: clue.clueId, payload: { ...facts, reason: command.reason } };
  }
}

/** A closed clue is looked at again, with the reason; nothing that was decided is undone by forgetting it. */
export async function reopenClue(deps: ReviewDeps, actor: Actor, clueId: ClueId, note: string): Promise<Result<PoolClue>> {
  return transact<Result<PoolClue>>(deps.db, async (tx) => {
    const clue = await findClue(tx, clueId, true);
    if (clue === undefined) return refuse('REVIEW-001');
    const no = refusalFor(actor, 'clue.reopen', clue);
    if (no !== undefined) return no;
    if (note.trim().length < 5) return refuse('REVIEW-004', { field: 'note' });
    const row = decideStep(clue.state, 'reopen', actor);
    if (!row.ok) return row;
    const way = listRouteIn(deps.law, clue.region, dayOf(deps.clock.now()));
    const conflict = (await refuseConflict(tx, clue, actor, row.value.duty)) ?? (await refuseStranger(tx, deps, clue, analysisOf(way.body), actor, 'member'));
    if (conflict !== undefined) return conflict;
    const after = await recordStep(tx, deps, {
      clue: { ...clue, ...way, listId: null, reviewId: null }, act: 'reopen', to: row.value.to, from: clue.state, actor, basis: row.value.basis,
      duty: row.value.duty, detail: { note: note.trim() },
    });
    await openOwnClock(tx, deps, after, 'panel');
    await sealClue(tx, deps, after, 'reopen', actor);
    return ok(after);
  });
}

/** Why a clue came on the list or left it, from its own last step: the panel's words, or what the review made of it. */
async function whyOf(tx: Tx, clueId: ClueId): Promise<string> {
  const clue = await findClue(tx, clueId);
  const step = (await stepsOf(tx, clueId)).findLast((one) => one.act !== 'grow' && one.act !== 'sign');
  const words = [step?.detail['note'], step?.detail['reason']].find((text): text is string => typeof text === 'string' && text !== '');
  const state = clue === undefined ? '' : CLUE_STATES[clue.state].zh;
  return words === undefined ? state : `${state}：${words}`;
}

/** What changed against the version before, with every entry of both versions by its clue, the newer over the older. */
async function changesSince(tx: Tx, groupId: AuthorityId, now: readonly ListEntry[]): Promise<{ readonly changes: readonly ListChange[]; readonly entries: ReadonlyMap<string, ListEntry> }> {
  const before = (await lastList(tx, groupId))?.clues ?? [];
  const entries = new Map([...before, ...now].map((entry) => [entry.clueId, entry]));
  const reasons = new Map<string, string>();
  for (const id of entries.keys()) reasons.set(id, await whyOf(tx, asId<ClueId>(id)));
  return { changes: listChanges(before, now, (clueId) => reasons.get(clueId) ?? ''), entries };
}

/**
 * Freezes everything listed since the last time as the next version of the list of suspected violations and sends it
 * to the review group of the same level (江苏办法 第七条、第十条). From then on the group's clock runs.
 */
export async function freezeList(deps: ReviewDeps, actor: Actor): Promise<Result<FrozenList>> {
  const own = actor.authorityId;
  if (own === undefined) return refuse('REVIEW-003');
  return transact<Result<FrozenList>>(deps.db, async (tx) => {
    const groupId = await groupOf(tx, own);
    const no = refusalFor(actor, 'clue.freeze-list', { authorityId: groupId });
    if (no !== undefined) return no;
    const all = await onTheList(tx, groupId);
    const clues = all.filter((clue) => clue.listId === null);
    if (clues.length === 0) return refuse('REVIEW-005');
    for (const clue of clues) {
      const body = analysisOf(clue.body);
      // The lead of one team concludes the review later, so another of its members sends the list.
      const as = body === clue.body ? 'member' : 'lead';
      const conflict = (await refuseConflict(tx, clue, actor, 'analyst')) ?? (await refuseStranger(tx, deps, clue, body, actor, as));
      if (conflict !== undefined) return conflict;
    }
    const now = deps.clock.now();
    const version = await nextListVersion(tx, groupId);
    const entries = all.map((clue) => ({ clueId: clue.clueId, unit: clue.unitId, sentence: clue.sentenceZh }));
    const { changes, entries: known } = await changesSince(tx, groupId, entries);
    const made = await deps.papers.make(tx, {
      ...listPaper(deps, all, await modelWords(tx), { version, actor, day: dayOf(now), changes, entries: known }), subject: { kind: 'clue', id: clues[0]?.clueId ?? '' }, unitId: null,
      authorityId: groupId, preparedBy: actor,
    });
    if (!made.ok) return made;
    const paper = made.value;
    const listId = newId('lst');
    const list: FrozenList = {
      listId, groupId, version, frozenAt: now, frozenBy: asId<AccountId>(actor.accountId), documentId: paper.documentId, documentNo: paper.number,
      clues: entries, changes,
    };
    await insertList(tx, list);
    for (const clue of clues) {
      const sent = await recordStep(tx, deps, {
        clue: { ...clue, listId }, act: 'list', to: 'LISTED', from: 'LISTED', actor, basis: BASES.list, duty: 'analyst',
        documentId: paper.documentId, detail: { listId, version },
      });
      await openOwnClock(tx, deps, sent, 'review');
    }
    await emit(tx, deps.clock, { type: 'list.frozen', subject: listId, payload: { listId, groupId, version, clues: clues.map((c) => c.clueId) } });
    await sealClue(tx, deps, clues[0] as PoolClue, 'freeze', actor, { list: listId, version, clues: clues.length, document: paper.documentId, sha256: paper.sha256 });
    return ok(list);
  });
}
