import { behalfOf, refusalFor, type Actor } from '#access';
import { appendLeaf } from '#evidence';
import { dayOf, isRefusal, ok, type Instant, type Refusal, type RegionKey, type Result } from '#kernel';
import type { Tx } from '#platform/db';
import { transact } from '#platform/db';
import { newId } from '#platform/ids';
import { tellBoth } from '../notice/announce.ts';
import { lapseLine, partyOfUnit } from './climb-ladder.ts';
import { ladderBody, levelRefusal, type LadderBody } from './level.ts';
import { refuse } from '../errors.ts';
import type { Paper, UnitFacts } from '../ports.ts';
import { findTalk, insertTalkEvent, lapseEntries, updateTalk } from '../store/talks.ts';
import { decideTalk, type Talk, type TalkAct } from './talk.ts';
import type { SupervisionDeps } from '../sheet/step-sheet.ts';
import { paperBasis } from '../value-basis.ts';

interface Made {
  readonly talk: Talk;
  readonly documentId?: Paper['documentId'];
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** One act on a talk in one transaction: right, level, table, paper, ledger, leaf. */
async function act(deps: SupervisionDeps, actor: Actor, talkId: string, name: TalkAct, work: (tx: Tx, talk: Talk, unit: UnitFacts, body: LadderBody) => Promise<Result<Made>>): Promise<Result<Talk>> {
  return transact<Result<Talk>>(deps.db, async (tx) => {
    const talk = await findTalk(tx, talkId, true);
    if (talk === undefined) return refuse('SUPV-016');
    const no = refusalFor(actor, 'supervision.talk', talk) ?? (await atLevel(tx, deps, actor, talk.region));
    if (no !== undefined) return no;
    const to = decideTalk(talk.state, name);
    if (!to.ok) return to;
    const unit = deps.directory.unit(talk.unitId);
    if (unit === undefined) throw new Error(`unit ${talk.unitId} of talk ${talkId} is not registered`);
    const made = await work(tx, talk, unit, await ladderBody(tx, deps, unit));
    if (isRefusal(made)) return made;
    const now = deps.clock.now();
    const after: Talk = { ...made.value.talk, state: to.value, changedAt: now };
    await updateTalk(tx, after);
    await insertTalkEvent(tx, { eventId: newId('tev'), talkId, at: now, act: name, state: to.value, actorId: actor.accountId, documentId: made.value.documentId ?? null, detail: made.value.detail ?? {} });
    await appendLeaf(tx, deps.clock, { t: 'sheet', ref: talkId, act: `talk-${name}`, state: to.value, actor: actor.accountId, ...behalfOf(actor) });
    return ok(after);
  });
}

function atLevel(tx: Tx, deps: SupervisionDeps, actor: Actor, region: RegionKey): Promise<Refusal | undefined> {
  const { value, source, article } = deps.law.valueAt('supervision.ladderBody', region, dayOf(deps.clock.now()));
  return levelRefusal(tx, actor, value.level, `${source} ${article}`);
}

export interface Summons {
  readonly meetAt: Instant;
  readonly place: string;
  readonly attendees: string;
  readonly topics: string;
}

/**
 * Calls the unit to the talk: the notice goes to its portal and through the channels. Calling again moves the date.
 *
 * @returns SUPV-014/015/016, SUPV-017 (the moment has passed), SUPV-018 (place or topics missing)
 */
export function summonUnit(deps: SupervisionDeps, actor: Actor, talkId: string, summons: Summons): Promise<Result<Talk>> {
  return act(deps, actor, talkId, 'summon', async (tx, talk, unit, body) => {
    if (summons.meetAt <= deps.clock.now()) return refuse('SUPV-017', { field: 'meetAt' });
    const empty = (['place', 'attendees', 'topics'] as const).find((field) => summons[field].trim() === '');
    if (empty !== undefined) return refuse('SUPV-018', { field: empty });
    const ladder = deps.law.valueAt('supervision.feedbackLadder', talk.region, dayOf(deps.clock.now()));
    const lapses = await lapseEntries(tx, talk.unitId);
    const paper = await deps.papers.make(tx, {
      kind: 'REGULATORY_TALK_NOTICE', unitId: talk.unitId, authorityId: body.authorityId, preparedBy: actor, subject: { kind: 'talk', id: talkId },
      data: {
        party: partyOfUnit(unit), ground: groundOf(talk, lapses.find((one) => one.lapseId === talk.lapseIds[0])?.ordinal ?? 0), failures: lapses.slice(-10).map(lapseLine),
        heldAt: summons.meetAt, place: summons.place, attendees: summons.attendees, topics: summons.topics, basis: paperBasis(ladder, talk.region), contact: body.contact,
      },
    });
    if (isRefusal(paper)) return paper;
    const sent = await deps.papers.send(tx, {
      paper: paper.value, unitId: talk.unitId, authorityId: talk.authorityId, region: talk.region, confirm: true, subject: { kind: 'talk', id: talkId }, title: '约谈通知书', by: actor.accountId,
    });
    if (isRefusal(sent)) return sent;
    await tellBoth(tx, deps, unit, { kind: 'talk', ids: [talkId] }, `${unit.name}：请按约谈通知书${paper.value.number}参加约谈，详见企业端。`);
    return ok({ talk: { ...talk, meetAt: summons.meetAt, place: summons.place, noticeId: paper.value.documentId, noticeNo: paper.value.number }, documentId: paper.value.documentId });
  });
}

const groundOf = (talk: Talk, ordinal: number): string => `第${ordinal}次未按要求反馈电子督办信息${talk.lapseIds.length > 1 ? `（本次约谈共涉及${talk.lapseIds.length}次）` : ''}`;

export interface TalkRecord {
  readonly attendees: readonly { readonly name: string; readonly post: string }[];
  /** Official who wrote it down beside the host, who is the actor. */
  readonly recorder: string;
  readonly said: string;
  readonly answered: string;
  readonly commitments: string;
}

/**
 * The talk took place: its record is the paper.
 *
 * @returns SUPV-014/015/016, SUPV-018 (what is missing in the record), SUPV-019 (before its time)
 */
export function recordTalk(deps: SupervisionDeps, actor: Actor, talkId: string, record: TalkRecord): Promise<Result<Talk>> {
  return act(deps, actor, talkId, 'hold', async (tx, talk, unit, body) => {
    if (talk.meetAt === null || deps.clock.now() < talk.meetAt) return refuse('SUPV-019');
    const empty = (['recorder', 'said', 'answered', 'commitments'] as const).find((field) => record[field].trim() === '') ?? (record.attendees.length === 0 ? 'attendees' : undefined);
    if (empty !== undefined) return refuse('SUPV-018', { field: empty });
    const date = dayOf(talk.meetAt);
    const first = (await lapseEntries(tx, talk.unitId)).find((one) => one.lapseId === talk.lapseIds[0]);
    const paper = await deps.papers.make(tx, {
      kind: 'REGULATORY_TALK_RECORD', unitId: talk.unitId, authorityId: body.authorityId, preparedBy: actor, subject: { kind: 'talk', id: talkId },
      data: {
        noticeNumber: talk.noticeNo ?? '', unit: unit.name, ground: groundOf(talk, first?.ordinal ?? 0), heldAt: talk.meetAt, place: talk.place ?? '',
        host: { name: actor.name, date }, recorder: { name: record.recorder, date }, attendees: record.attendees, said: record.said, answered: record.answered, commitments: record.commitments,
      },
    });
    if (isRefusal(paper)) return paper;
    return ok({ talk: { ...talk, recordId: paper.value.documentId, recordNo: paper.value.number }, documentId: paper.value.documentId, detail: { commitments: record.commitments } });
  });
}

/** No talk after all; the reason stays in the unit's file. */
export function cancelTalk(deps: SupervisionDeps, actor: Actor, talkId: string, reason: string): Promise<Result<Talk>> {
  return act(deps, actor, talkId, 'cancel', async (_tx, talk) =>
    reason.trim().length < 5 ? refuse('SUPV-018', { field: 'reason' }) : ok({ talk, detail: { reason: reason.trim() } }));
}
