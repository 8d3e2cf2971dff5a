import { z } from 'zod';
import { can, refusalFor, visibilityOf, type Actor } from '#access';
import { asId, dayOf, instant, parseCalendarDay, parseId, toRfc3339, type CalendarDay, type Instant, type OutfallId, type Result } from '#kernel';
import { pageQuery, pageReply, refuse as answer, type App } from '#platform/http';
import { partyOf, type Registry } from '#register';
import { refuse } from '../errors.ts';
import { ruleBook } from '../rules.ts';
import { eventsOf, findTask, listTasks } from '../store/truthing.ts';
import { answerTask, checkTask, raiseTask, type TruthingDeps } from './act-on-task.ts';
import { HOLDERS, isOverdue, SOURCES, TASK_ACTS, TASK_STATES, type TruthingTask } from './decide-truthing.ts';
import { failedChecks } from './failed-checks.ts';

const material = z.object({ name: z.string().min(1).max(200), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const taskItem = z.object({
  taskId: z.string(), unitId: z.string(), unitName: z.string(), outfall: z.string(), outfallName: z.string(), holder: z.enum(HOLDERS), operator: z.string(), source: z.enum(SOURCES), ref: z.string(),
  what: z.string(), state: z.enum(TASK_STATES), round: z.number(), dueDay: z.string(), dueAt: z.string(), overdue: z.boolean(), article: z.string(), raisedAt: z.string(), mayAnswer: z.boolean(), mayCheck: z.boolean(),
  history: z.array(z.object({ act: z.enum(TASK_ACTS), at: z.string(), by: z.string(), text: z.string(), materials: z.array(material), dueDay: z.string().nullable(), late: z.boolean() })),
});
const checkItem = z.object({
  ref: z.string(), from: z.string(), to: z.string(), what: z.string(), factors: z.array(z.object({ factor: z.string(), factorZh: z.string() })),
  zeroDrift: z.number().nullable(), spanDrift: z.number().nullable(), taskId: z.string().nullable(),
});

const lastDay = (due: Instant): CalendarDay => dayOf(instant(due - 1));
const outfallName = (registry: Registry, outfall: OutfallId): string => registry.outfall(outfall)?.attributes['name'] ?? outfall;

async function show(deps: TruthingDeps, actor: Actor, tasks: readonly TruthingTask[]): Promise<z.infer<typeof taskItem>[]> {
  const registry = deps.registry.current();
  const now = deps.clock.now();
  const events = await eventsOf(deps.db, tasks.map((task) => task.taskId));
  const official = can(actor, 'truthing.check');
  return tasks.map((task) => {
    const unit = registry.unit(task.unitId);
    return {
      ...task, unitName: unit?.name ?? task.unitId, outfallName: outfallName(registry, task.outfall), operator: unit?.operator ?? '', dueDay: lastDay(task.dueAt), dueAt: toRfc3339(task.dueAt),
      overdue: isOverdue(task, now), raisedAt: toRfc3339(task.raisedAt),
      mayAnswer: task.state === 'OPEN' && can(actor, 'truthing.answer', task) && (task.holder === 'OPERATOR' || actor.unitId !== undefined),
      mayCheck: (task.state === 'OPEN' || task.state === 'ANSWERED') && can(actor, 'truthing.check', task),
      history: events.filter((one) => one.taskId === task.taskId).map((one) => ({
        act: one.act, at: toRfc3339(one.at), by: official || one.act === 'ANSWER' ? one.byName : '', text: one.text, materials: [...one.materials], dueDay: one.dueAt === null ? null : lastDay(one.dueAt), late: one.late,
      })),
    };
  });
}

const day = z.string().refine((text) => parseCalendarDay(text) !== undefined).transform((text) => text as CalendarDay);
const words = z.string().trim().min(1).max(2000);
const raiseBody = z.object({ outfall: z.string().max(64), source: z.enum(SOURCES), ref: z.string().max(200).default(''), holder: z.enum(HOLDERS), what: words, day: day.nullable().default(null) });
const checkBody = z.discriminatedUnion('act', [z.object({ act: z.enum(['CLOSE', 'WITHDRAW']), text: words }), z.object({ act: z.literal('SEND_BACK'), text: words, day })]);
const answerBody = z.object({ text: words, materials: z.array(material).max(20).default([]) });
const params = z.object({ taskId: z.string() });
const tags = ['quality'];

function readRoutes(app: App, deps: TruthingDeps): void {
  const querystring = pageQuery.extend({ unit: z.string().max(64).optional(), outfall: z.string().max(64).optional(), ref: z.string().max(200).optional(), open: z.enum(['true', 'false']).optional() });
  app.get('/api/quality/truthing', { config: { action: 'truthing.read' }, schema: { tags, querystring, response: { 200: pageReply(taskItem) } } }, async ({ actor, query }) => {
    const { open, ...filter } = query;
    const { items, nextCursor } = await listTasks(deps.db, visibilityOf(actor, 'truthing.read'), { ...filter, openOnly: open === 'true' });
    return { items: await show(deps, actor, items), nextCursor };
  });
  app.get('/api/quality/truthing/:taskId/materials/:sha256', { config: { action: 'truthing.read' }, schema: { tags, params: params.extend({ sha256: z.string() }) } }, async (request, reply) => {
    const task = await findTask(deps.db, request.params.taskId);
    if (task === undefined || refusalFor(request.actor, 'truthing.read', task) !== undefined) return answer(reply, refuse('QUALITY-011'));
    const found = (await eventsOf(deps.db, [task.taskId])).flatMap((one) => one.materials).find((one) => one.sha256 === request.params.sha256);
    if (found === undefined) return answer(reply, refuse('QUALITY-011'));
    return reply.type('application/octet-stream').header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(found.name)}`).send(Buffer.from(await deps.blobs.get(found.sha256)));
  });
  const found = z.object({ items: z.array(checkItem) });
  app.get('/api/outfalls/:outfall/failed-checks', { config: { action: 'quality.read' }, schema: { tags, params: z.object({ outfall: z.string() }), response: { 200: found } } }, async (request, reply) => {
    await deps.registry.refresh();
    const registry = deps.registry.current();
    const id = parseId<OutfallId>(request.params.outfall);
    const outfall = id === undefined ? undefined : registry.outfall(id);
    const party = outfall && partyOf(registry, outfall.unit);
    if (outfall === undefined || party === undefined || refusalFor(request.actor, 'quality.read', { ...party, outfall: outfall.outfall }) !== undefined) return answer(reply, refuse('QUALITY-001')) as never;
    const { items: tasks } = await listTasks(deps.db, visibilityOf(request.actor, 'truthing.read'), { outfall: outfall.outfall, limit: 200 });
    const names = new Map(registry.factorsOf(outfall.outfall).map((factor) => [factor.factor as string, factor.factorZh]));
    const items = failedChecks(registry, outfall, ruleBook(deps.law, party.region), deps.clock.now()).slice(0, 50).map((check) => ({
      ref: check.ref, from: toRfc3339(asId(check.start)), to: toRfc3339(asId(check.end)), what: check.what, factors: check.factors.map((factor) => ({ factor, factorZh: names.get(factor) ?? factor })),
      zeroDrift: check.zeroDrift ?? null, spanDrift: check.spanDrift ?? null, taskId: tasks.find((task) => task.source === 'CHECK' && task.ref === check.ref)?.taskId ?? null,
    }));
    return { items };
  });
}

/** Tasks of putting data right (数据归真, 江苏办法 第六条): asked for by an official, answered by the unit or its operator, checked and closed or sent back. */
export function registerTruthingRoutes(app: App, deps: TruthingDeps): void {
  readRoutes(app, deps);
  const reply = async (response: Parameters<typeof answer>[0], actor: Actor, result: Result<TruthingTask>, status = 200): Promise<never> =>
    (result.ok ? response.code(status).send((await show(deps, actor, [result.value]))[0]) : answer(response, result)) as never;
  app.post('/api/quality/truthing', { config: { action: 'truthing.raise' }, schema: { tags, body: raiseBody, response: { 201: taskItem } } }, async (request, response) => {
    await deps.registry.refresh();
    return reply(response, request.actor, await raiseTask(deps, request.actor, request.body), 201);
  });
  app.post('/api/quality/truthing/:taskId/check', { config: { action: 'truthing.check' }, schema: { tags, params, body: checkBody, response: { 200: taskItem } } }, async (request, response) => {
    const { text, ...command } = request.body;
    return reply(response, request.actor, await checkTask(deps, request.actor, request.params.taskId, command, text));
  });
  app.post('/api/unit/truthing/:taskId/answer', { config: { action: 'truthing.answer' }, schema: { tags, params, body: answerBody, response: { 200: taskItem } } }, async (request, response) =>
    reply(response, request.actor, await answerTask(deps, request.actor, request.params.taskId, request.body)),
  );
}
