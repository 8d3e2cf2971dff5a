import { z } from 'zod';
import { refusalFor, visibilityOf, type Actor } from '#access';
import { asId, dayOf, isRefusal, ok, parseCalendarDay, toRfc3339, type CalendarDay, type ClueId, type Instant, type OutfallId, type Result, type ReviewId, type UnitId } from '#kernel';
import { pressingClocks, VIOLATION_KEYS } from '#law';
import { transact } from '#platform/db';
import { urgencyCursor } from '#platform/deadlines';
import { refuse as answer, type App } from '#platform/http';
import { newId } from '#platform/ids';
import { TIERS } from '#supervision';
import type { FastifyReply } from 'fastify';
import { CLOSURE_REASONS, CLUE_STATES, type ClosureReason, type ClueState } from './clue/clue-machine.ts';
import { concludeReview } from './finding/conclude-review.ts';
import { refuse } from './errors.ts';
import { handOverClue, signInClue } from './handover/hand-over-clue.ts';
import { confirmNotice, deferNotice, notifyUnit, stateOnNotice } from './handover/notify-unit.ts';
import { requestSupplement, takeReview } from './finding/open-review.ts';
import type { ReviewDeps } from './ports.ts';
import { reportClue } from './clue/report-clue.ts';
import { showClue, showNotice, showRow } from './clue/show-clue.ts';
import { memberRoutes } from './routes/members.ts';
import { jointRoutes } from './routes/joint.ts';
import { materialRoutes } from './routes/materials.ts';
import { opinionRoutes } from './routes/opinions.ts';
import { replyWith } from './routes/reply-with.ts';
import { OUTSIDE_PAPERS, type OutsidePaper } from './finding/outside-papers.ts';
import { assessItem, signTrack } from './finding/sign-review.ts';
import { supplyClue } from './finding/supply-clue.ts';
import { CLUE_ORDERS, countByState, findClue, listClues, listsOf, type ClueOrder, type PoolClue, type PoolFilter } from './store/clues.ts';
import { gapsOf, insertNote, noticesOf } from './store/notices.ts';
import { freezeList, reopenClue, triageClue } from './panel/triage-clue.ts';

const tags = ['review'];
const clueParams = z.object({ clueId: z.string() });
const reviewParams = z.object({ reviewId: z.string() });
const note = z.string().max(4000);
const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text) as Instant);
const keysOf = <K extends string>(table: Record<K, unknown>) => Object.keys(table) as [K, ...K[]];
const material = z.object({
  name: z.string().min(1).max(200), sha256: z.string().regex(/^[0-9a-f]{64}$/),
  kind: z.enum(keysOf<OutsidePaper>(OUTSIDE_PAPERS)).optional(), issuer: z.string().min(2).max(200).optional().describe('who issued it; needed with `kind` where it is to prove something against the program'),
});

const listQuery = z.object({
  state: z.string().optional().describe('one or more states, joined by commas'),
  tier: z.enum(TIERS).optional(),
  unit: z.string().optional(),
  order: z.enum(CLUE_ORDERS).default('newest').describe('priority: expected harm × certainty ÷ effort; urgent: the clock that is overdue or ends first comes first'),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const rowSchema = z.object({
  clueId: z.string(), unitId: z.string(), unitName: z.string(), outfall: z.string().nullable(), outfallName: z.string().nullable(), source: z.string(), route: z.string(), routeZh: z.string(), routeEn: z.string(), body: z.string(), needsList: z.boolean(),
  tier: z.enum(TIERS), provisional: z.boolean(), state: z.string(), stateZh: z.string(), stateEn: z.string(), closed: z.boolean(),
  sentence: z.object({ zh: z.string(), en: z.string() }), factors: z.array(z.string()), periodFrom: z.string(), periodTo: z.string().nullable(), rule: z.string(),
  confirmedPaper: z.object({ documentId: z.string(), number: z.string() }).nullable(), listId: z.string().nullable(), reviewId: z.string().nullable(), handedOverAt: z.string().nullable(), signedInAt: z.string().nullable(),
  priority: z.number(), createdAt: z.string(), changedAt: z.string(),
});

/** In which order, and after which row; a cursor that is none begins anew. */
function placeIn(deps: ReviewDeps, actor: Actor, order: ClueOrder, cursor: string | undefined): Pick<PoolFilter, 'order' | 'urgent' | 'before'> {
  if (order === 'urgent') return { order: 'newest', urgent: { pressing: pressingClocks(deps.law, actor.region, deps.clock.now()), after: urgencyCursor.read(cursor) } };
  const [value, clueId] = cursor?.split('~') ?? [];
  return { order, before: value === undefined || clueId === undefined || Number.isNaN(Number(value)) ? undefined : { value: Number(value), clueId } };
}

const cursorAfter = (order: ClueOrder, { due, priority, changedAt, clueId }: PoolClue & { readonly due: number | null }): string =>
  order === 'urgent' ? urgencyCursor.of({ due, changed: changedAt, id: clueId }) : `${order === 'priority' ? priority : changedAt}~${clueId}`;

const paged = z.object({ cursor: z.string().max(120).optional(), limit: z.coerce.number().int().min(1).max(200).default(100) });

function poolRoutes(app: App, deps: ReviewDeps): void {
  const config = { action: 'clue.read' };
  app.get('/api/review/clues', { config, schema: { tags, querystring: listQuery, response: { 200: z.object({ items: z.array(rowSchema), nextCursor: z.string().nullable() }) } } }, async (request) => {
    const { state, tier, unit, order, cursor, limit } = request.query;
    const states = state?.split(',').filter((s): s is ClueState => Object.hasOwn(CLUE_STATES, s));
    const unitId = unit === undefined ? undefined : asId<UnitId>(unit);
    const clues = await listClues(deps.db, visibilityOf(request.actor, 'clue.read'), { states, tier, unitId, limit, ...placeIn(deps, request.actor, order, cursor) });
    const last = clues.at(-1);
    return { items: clues.map((clue) => showRow(deps, clue)), nextCursor: clues.length === limit && last !== undefined ? cursorAfter(order, last) : null };
  });
  app.get('/api/review/counts', { config, schema: { tags } }, async (request) => ({ states: CLUE_STATES, counts: await countByState(deps.db, visibilityOf(request.actor, 'clue.read')) }));
  app.get('/api/review/reasons', { config, schema: { tags } }, async () => CLOSURE_REASONS);
  app.get('/api/review/clues/:clueId', { config, schema: { tags, params: clueParams } }, async (request, reply) => {
    const shown = await showClue(deps, request.actor, asId<ClueId>(request.params.clueId));
    return isRefusal(shown) ? answer(reply, shown) : reply.send(shown);
  });
  app.get('/api/review/lists', { config, schema: { tags, querystring: paged } }, async ({ actor, query }) => {
    const { items, nextCursor } = await listsOf(deps.db, visibilityOf(actor, 'clue.read'), query);
    return { items: items.map((list) => ({ ...list, frozenAt: toRfc3339(list.frozenAt) })), nextCursor };
  });
  app.post('/api/review/clues/:clueId/notes', { config, schema: { tags, params: clueParams, body: z.object({ text: note.min(1) }) } }, async (request, reply) => {
    const clueId = asId<ClueId>(request.params.clueId);
    const result = await transact<Result<{ clueId: ClueId }>>(deps.db, async (tx) => {
      const clue = await findClue(tx, clueId);
      const no = clue === undefined ? refuse('REVIEW-001') : refusalFor(request.actor, 'clue.read', clue);
      if (no !== undefined) return no;
      await insertNote(tx, newId('nte'), clueId, request.actor.accountId, request.body.text, deps.clock.now());
      return ok({ clueId });
    });
    return replyWith(deps, reply, result);
  });
  app.get('/api/review/gaps', { config: { action: 'review.gaps' }, schema: { tags, querystring: paged } }, async ({ actor, query }) => {
    const { items, nextCursor } = await gapsOf(deps.db, visibilityOf(actor, 'review.gaps'), query);
    return { items: items.map((gap) => ({ ...gap, dueAt: toRfc3339(gap.dueAt), foundAt: toRfc3339(gap.foundAt) })), nextCursor };
  });
}

const triageBody = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('list'), note, materials: z.array(material).max(50).default([]) }),
  z.object({ decision: z.enum(['dismiss', 'downgrade']), reason: z.enum(keysOf<ClosureReason>(CLOSURE_REASONS)), note }),
]);
const reportBody = z.object({
  unitId: z.string(), outfall: z.string().nullable().default(null), sentenceZh: note, sentenceEn: note.default(''), factors: z.array(z.string().max(32)).max(20).default([]),
  from: moment, to: moment, how: z.string().min(1).max(200), materials: z.array(material).max(50).default([]),
});

function panelRoutes(app: App, deps: ReviewDeps): void {
  app.post('/api/review/clues', { config: { action: 'clue.report' }, schema: { tags, body: reportBody } }, async (request, reply) => {
    const body = { ...request.body, unitId: asId<UnitId>(request.body.unitId), outfall: request.body.outfall === null ? null : asId<OutfallId>(request.body.outfall) };
    return replyWith(deps, reply, await reportClue(deps, request.actor, body));
  });
  app.post('/api/review/clues/:clueId/triage', { config: { action: 'clue.triage' }, schema: { tags, params: clueParams, body: triageBody } }, async (request, reply) =>
    replyWith(deps, reply, await triageClue(deps, request.actor, asId<ClueId>(request.params.clueId), request.body)));
  app.post('/api/review/clues/:clueId/supply', { config: { action: 'clue.supply' }, schema: { tags, params: clueParams, body: supplyBody } }, async (request, reply) =>
    replyWith(deps, reply, await supplyClue(deps, request.actor, asId<ClueId>(request.params.clueId), request.body)));
  app.post('/api/review/clues/:clueId/reopen', { config: { action: 'clue.reopen' }, schema: { tags, params: clueParams, body: z.object({ note }) } }, async (request, reply) =>
    replyWith(deps, reply, await reopenClue(deps, request.actor, asId<ClueId>(request.params.clueId), request.body.note)));
  app.post('/api/review/lists', { config: { action: 'clue.freeze-list' }, schema: { tags } }, async (request, reply) => {
    const result = await freezeList(deps, request.actor);
    return result.ok ? reply.send({ ...result.value, frozenAt: toRfc3339(result.value.frozenAt) }) : answer(reply, result);
  });
}

const supplyBody = z.object({ text: note, materials: z.array(material).max(50).default([]) });
const assessBody = z.object({ item: z.string(), outcome: z.enum(['PASS', 'FAIL', 'CANNOT_TELL']), note, shown: z.object({ refs: z.array(z.string().max(120)).max(20).default([]), files: z.array(material).max(20).default([]) }).optional() });
const signBody = z.object({ track: z.enum(['TECHNICAL', 'LEGAL']), conclusion: z.enum(['PASS', 'RETURN', 'REJECT']), reason: note.default('') });
const concludeBody = z.object({
  conclusion: z.enum(['pass', 'return', 'reject']), reason: note.default(''), factsZh: note.default(''), factsEn: note.default(''),
  violations: z.array(z.enum(VIOLATION_KEYS)).max(6).default([]), asked: z.array(z.string().min(1).max(400)).max(20).default([]),
});
const supplementBody = z.object({ from: moment, to: moment, materials: z.array(material).max(50).default([]), reason: note });

function groupRoutes(app: App, deps: ReviewDeps): void {
  const id = (text: string) => asId<ReviewId>(text);
  app.post('/api/review/clues/:clueId/take', { config: { action: 'review.take' }, schema: { tags, params: clueParams } }, async (request, reply) =>
    replyWith(deps, reply, await takeReview(deps, request.actor, asId<ClueId>(request.params.clueId))));
  app.post('/api/review/reviews/:reviewId/assessments', { config: { action: 'review.assess' }, schema: { tags, params: reviewParams, body: assessBody } }, async (request, reply) =>
    replyWith(deps, reply, await assessItem(deps, request.actor, id(request.params.reviewId), request.body)));
  app.post('/api/review/reviews/:reviewId/signatures', { config: { action: 'review.sign' }, schema: { tags, params: reviewParams, body: signBody } }, async (request, reply) =>
    replyWith(deps, reply, await signTrack(deps, request.actor, id(request.params.reviewId), request.body)));
  app.post('/api/review/reviews/:reviewId/conclusion', { config: { action: 'review.conclude' }, schema: { tags, params: reviewParams, body: concludeBody } }, async (request, reply) =>
    replyWith(deps, reply, await concludeReview(deps, request.actor, id(request.params.reviewId), request.body)));
  app.post('/api/review/clues/:clueId/hand-over', { config: { action: 'review.hand-over' }, schema: { tags, params: clueParams } }, async (request, reply) =>
    replyWith(deps, reply, await handOverClue(deps, request.actor, asId<ClueId>(request.params.clueId))));
  app.post('/api/review/clues/:clueId/sign-in', { config: { action: 'review.sign-in' }, schema: { tags, params: clueParams } }, async (request, reply) =>
    replyWith(deps, reply, await signInClue(deps, request.actor, asId<ClueId>(request.params.clueId))));
  app.post('/api/review/clues/:clueId/supplements', { config: { action: 'review.request-supplement' }, schema: { tags, params: clueParams, body: supplementBody } }, async (request, reply) =>
    replyWith(deps, reply, await requestSupplement(deps, request.actor, asId<ClueId>(request.params.clueId), request.body)));
}

const deferBody = z.object({ until: z.string().refine((text) => parseCalendarDay(text) !== undefined, 'not a calendar day'), reason: note });
const statementBody = z.object({ kind: z.enum(['QUERY', 'STATEMENT', 'DEFENCE']), text: note.min(1), materials: z.array(material).max(20).default([]) });

function noticeRoutes(app: App, deps: ReviewDeps): void {
  app.post('/api/review/clues/:clueId/notice', { config: { action: 'review.notify' }, schema: { tags, params: clueParams } }, async (request, reply) =>
    replyWith(deps, reply, await notifyUnit(deps, request.actor, asId<ClueId>(request.params.clueId))));
  app.post('/api/review/clues/:clueId/notice/deferral', { config: { action: 'review.notify' }, schema: { tags, params: clueParams, body: deferBody } }, async (request, reply) =>
    replyWith(deps, reply, await deferNotice(deps, request.actor, asId<ClueId>(request.params.clueId), request.body.until as CalendarDay, request.body.reason)));
  const show = async (reply: FastifyReply, clueId: ClueId) => {
    const shown = await showNotice(deps, reply.request.actor, clueId);
    return isRefusal(shown) ? answer(reply, shown) : reply.send(shown);
  };
  app.get('/api/unit/suspicions', { config: { action: 'review.notice-read' }, schema: { tags, querystring: paged } }, async (request) => {
    const { items, nextCursor } = await noticesOf(deps.db, visibilityOf(request.actor, 'review.notice-read'), request.query);
    return { nextCursor, items: items.map((n) => ({
      clueId: n.clueId, state: n.state, documentId: n.documentId, documentNo: n.documentNo, stateUntil: n.stateUntil,
      sentAt: n.sentAt === null ? null : toRfc3339(n.sentAt), confirmedAt: n.confirmedAt === null ? null : toRfc3339(n.confirmedAt),
      facts: { zh: n.factsZh, en: n.factsEn }, late: n.stateUntil !== null && n.stateUntil < dayOf(deps.clock.now()),
    })) };
  });
  app.get('/api/unit/suspicions/:clueId', { config: { action: 'review.notice-read' }, schema: { tags, params: clueParams } }, async (request, reply) => show(reply, asId<ClueId>(request.params.clueId)));
  app.post('/api/unit/suspicions/:clueId/receipt', { config: { action: 'review.notice-confirm' }, schema: { tags, params: clueParams } }, async (request, reply) => {
    const result = await confirmNotice(deps, request.actor, asId<ClueId>(request.params.clueId));
    return result.ok ? show(reply, result.value.clueId) : answer(reply, result);
  });
  app.post('/api/unit/suspicions/:clueId/statements', { config: { action: 'review.notice-state' }, schema: { tags, params: clueParams, body: statementBody } }, async (request, reply) => {
    const result = await stateOnNotice(deps, request.actor, asId<ClueId>(request.params.clueId), request.body);
    return result.ok ? show(reply, result.value.clueId) : answer(reply, result);
  });
}

/** Pool, panel, review group, handover and notice over HTTP; the unit's side lives under /api/unit/suspicions. */
export function reviewRoutes(app: App, deps: ReviewDeps): void {
  poolRoutes(app, deps);
  panelRoutes(app, deps);
  groupRoutes(app, deps);
  noticeRoutes(app, deps);
  memberRoutes(app, deps);
  opinionRoutes(app, deps);
  jointRoutes(app, deps);
  materialRoutes(app, deps);
}
