import { refusalFor, type Actor } from '#access';
import { appendLeaf } from '#evidence';
import { instant, ok, type CaseId, type Result } from '#kernel';
import { transact, type Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { refuse } from '../errors.ts';
import { elsewhere } from '../evidence/timed-records.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import type { CaseDeps } from '../ports.ts';
import { lockOfficersTime, openRooms } from '../store/timed-records.ts';
import { closeRoom, findRoom, insertRoom, insertSignal, openRoomOf, type InquiryRoom, type InquirySide, type SignalKind } from '../store/inquiry-rooms.ts';

type Deps = Pick<CaseDeps, 'db' | 'clock'>;

/**
 * Opens the room of a remote inquiry (行政处罚法 第五十五条): only an officer of the case, only while it is investigated.
 * The open room of the case when there is one.
 *
 * @returns CASE-008 for others, CASE-014 outside the investigation, CASE-018 while one of its officers is in the room of another case
 */
export async function openInquiryRoom(deps: Deps, actor: Actor, state: PenaltyCase): Promise<Result<InquiryRoom>> {
  const denied = refusalFor(actor, 'case.hold-inquiry', { unitId: state.unitId, authorityId: state.authorityId });
  if (denied !== undefined) return denied;
  if (!state.officers.some((officer) => officer.accountId === actor.accountId)) return refuse('CASE-008');
  if (state.main !== 'INVESTIGATING') return refuse('CASE-014');
  return transact<Result<InquiryRoom>>(deps.db, async (tx) => {
    await lockOfficersTime(tx, state);
    const now = deps.clock.now();
    const { caseId, caseNo, unitId, officers } = state;
    const [busy] = elsewhere({ caseId, caseNo, unitId, officers, kind: 'INQUIRY_ROOM', from: now, to: instant(now + 1) }, await openRooms(tx, state.authorityId, instant(now + 1)));
    if (busy !== undefined) return refuse('CASE-018', { args: { names: busy.names, caseNo: busy.other.caseNo } });
    const room: InquiryRoom = { roomId: newId('inq'), caseId: state.caseId, unitId: state.unitId, openedBy: actor.accountId, openedAt: now, closedAt: null };
    if (await insertRoom(tx, room)) {
      await note(tx, deps, room, actor, 'opened');
      return ok(room);
    }
    const open = await openRoomOf(tx, state.caseId);
    return open === undefined ? refuse('CASE-007') : ok(open);
  });
}

/** Start, end and who took part are acts in the log; what is said is not. */
async function note(tx: Tx, deps: Deps, room: InquiryRoom, actor: Actor, act: string): Promise<void> {
  await appendLeaf(tx, deps.clock, { t: 'case', ref: room.caseId, step: 'INQUIRY_ROOM', act, room: room.roomId, actor: actor.accountId });
}

/** May this person speak in this room? Officers of the case and people of the unit asked, nobody else; others see no room at all. */
export async function roomFor(deps: Deps, actor: Actor, side: InquirySide, roomId: string, officersOf: (caseId: CaseId) => Promise<PenaltyCase | undefined>): Promise<Result<InquiryRoom>> {
  const room = await findRoom(deps.db, roomId);
  if (room === undefined || room.closedAt !== null) return refuse('CASE-015');
  if (side === 'UNIT') return refusalFor(actor, 'case.join-inquiry', { unitId: room.unitId }) === undefined ? ok(room) : refuse('CASE-015');
  const state = await officersOf(room.caseId);
  const officer = state?.officers.some((one) => one.accountId === actor.accountId) === true;
  return officer && refusalFor(actor, 'case.hold-inquiry', { unitId: room.unitId, authorityId: state.authorityId }) === undefined ? ok(room) : refuse('CASE-015');
}

/** Passes a message on to the other side; answers with its place among the messages. Coming and going is noted in the log. */
export async function sendSignal(deps: Deps, actor: Actor, side: InquirySide, room: InquiryRoom, kind: SignalKind, body: string): Promise<number> {
  return transact(deps.db, async (tx) => {
    const seq = await insertSignal(tx, room.roomId, side, kind, body, deps.clock.now());
    if (kind === 'JOIN' || kind === 'LEAVE') await note(tx, deps, room, actor, kind === 'JOIN' ? 'joined' : 'left');
    return seq;
  });
}

export async function closeInquiryRoom(deps: Deps, actor: Actor, room: InquiryRoom): Promise<void> {
  await transact(deps.db, async (tx) => {
    if (await closeRoom(tx, room.roomId, actor.accountId, deps.clock.now())) await note(tx, deps, room, actor, 'closed');
  });
}
