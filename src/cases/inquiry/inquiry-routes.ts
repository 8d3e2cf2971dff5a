import type { Actor } from '#access';
import { isRefusal, toRfc3339, type CaseId } from '#kernel';
import { refuse as answer, type App } from '#platform/http';
import { z } from 'zod';
import { loadCase } from '../views/case-page.ts';
import { closeInquiryRoom, openInquiryRoom, roomFor, sendSignal } from './inquiry-room.ts';
import type { CaseDeps } from '../ports.ts';
import { openRoomOf, openRoomsOfUnit, signalsFor, type InquiryRoom, type InquirySide } from '../store/inquiry-rooms.ts';
import { visibleCase } from '../views/visible-case.ts';

const tags = ['cases'];
const params = z.object({ id: z.string() });
const inRoom = z.object({ roomId: z.string().max(64) });
const roomView = z.object({ roomId: z.string(), openedAt: z.string(), iceServers: z.array(z.string()) });
const message = z.object({ kind: z.enum(['JOIN', 'LEAVE', 'DESCRIPTION', 'CANDIDATE']), body: z.string().max(60_000).default('') });
const messages = z.object({ items: z.array(z.object({ seq: z.number(), kind: z.string(), body: z.string() })) });

/** Where the two sides of a room reach it, and the right each needs. */
const SIDES = [
  { side: 'OFFICER', url: '/api/inquiries', action: 'case.hold-inquiry' },
  { side: 'UNIT', url: '/api/unit/inquiries', action: 'case.join-inquiry' },
] as const;

/**
 * The meeting point of a remote inquiry: two browsers find each other here and then speak directly (WebRTC). The platform
 * passes on their introductions only; it neither carries nor records picture and sound.
 *
 * @param iceServers addresses of STUN or TURN servers; none by default: then only addresses of the two machines themselves are tried
 */
export function inquiryRoutes(app: App, deps: CaseDeps, iceServers: readonly string[]): void {
  const view = ({ roomId, openedAt }: InquiryRoom) => ({ roomId, openedAt: toRfc3339(openedAt), iceServers: [...iceServers] });
  const stateOf = async (caseId: CaseId) => (await loadCase(deps.db, caseId))?.state;
  const enter = (actor: Actor, side: InquirySide, roomId: string) => roomFor(deps, actor, side, roomId, stateOf);
  const hold = { action: 'case.hold-inquiry' } as const;
  app.get('/api/cases/:id/inquiry-room', { config: hold, schema: { tags, params, response: { 200: z.object({ room: roomView.nullable() }) } } }, async (request, reply) => {
    const loaded = await visibleCase(deps, request.actor, 'case.read', request.params.id);
    if (isRefusal(loaded)) return answer(reply, loaded) as never;
    const room = await openRoomOf(deps.db, loaded.state.caseId);
    return { room: room === undefined ? null : view(room) };
  });
  app.post('/api/cases/:id/inquiry-room', { config: hold, schema: { tags, params, response: { 200: roomView } } }, async (request, reply) => {
    const loaded = await visibleCase(deps, request.actor, 'case.read', request.params.id);
    if (isRefusal(loaded)) return answer(reply, loaded) as never;
    const room = await openInquiryRoom(deps, request.actor, loaded.state);
    return room.ok ? view(room.value) : (answer(reply, room) as never);
  });
  app.post('/api/inquiries/:roomId/close', { config: hold, schema: { tags, params: inRoom } }, async (request, reply) => {
    const room = await enter(request.actor, 'OFFICER', request.params.roomId);
    if (!room.ok) return answer(reply, room);
    await closeInquiryRoom(deps, request.actor, room.value);
    return { closed: true };
  });
  const invitation = roomView.extend({ caseNo: z.string() });
  app.get('/api/unit/inquiries', { config: { action: 'case.join-inquiry' }, schema: { tags, response: { 200: z.object({ items: z.array(invitation) }) } } }, async (request) => {
    const { unitId } = request.actor;
    const rooms = unitId === undefined ? [] : await openRoomsOfUnit(deps.db, unitId);
    return { items: rooms.map((room) => ({ ...view(room), caseNo: room.caseNo })) };
  });
  for (const { side, url, action } of SIDES) {
    app.post(`${url}/:roomId/signals`, { config: { action }, schema: { tags, params: inRoom, body: message, response: { 200: z.object({ seq: z.number() }) } } }, async (request, reply) => {
      const room = await enter(request.actor, side, request.params.roomId);
      if (!room.ok) return answer(reply, room) as never;
      return { seq: await sendSignal(deps, request.actor, side, room.value, request.body.kind, request.body.body) };
    });
    const query = z.object({ after: z.coerce.number().int().min(0).default(0) });
    app.get(`${url}/:roomId/signals`, { config: { action }, schema: { tags, params: inRoom, querystring: query, response: { 200: messages } } }, async (request, reply) => {
      const room = await enter(request.actor, side, request.params.roomId);
      if (!room.ok) return answer(reply, room) as never;
      return { items: await signalsFor(deps.db, room.value.roomId, side, request.query.after) };
    });
  }
}
