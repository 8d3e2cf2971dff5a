import { z } from 'zod';
import { accountsOf, can, refusalFor, ROLES, visibilityOf, type Actor } from '#access';
import { dayOf, parseCalendarDay, toRfc3339, type CalendarDay, type UnitId } from '#kernel';
import { pageQuery, pageReply, refuse as answer, type App } from '#platform/http';
import { refuse } from '../errors.ts';
import { material, underItsName } from '../materials.ts';
import { partyOf } from '../open-registry.ts';
import { outfallName } from '../show-register.ts';
import { findDispute, listDisputes, type Dispute } from '../store/disputes.ts';
import { answerDispute } from './answer-dispute.ts';
import { raiseDispute, withdrawDispute, type DisputeDeps } from './raise-dispute.ts';
import { DISPUTE_KINDS, fieldOf, registeredValues, type RegisteredValue } from './registered-values.ts';

const texts = z.object({ zh: z.string(), en: z.string() });
const disputeItem = z.object({
  disputeId: z.string(), unitId: z.string(), unitName: z.string(), kind: z.enum(DISPUTE_KINDS), key: z.string(), field: z.string(), title: texts, measure: z.string(),
  outfall: z.string().nullable(), outfallName: z.string().nullable(), factor: z.string().nullable(), registered: z.string(), proposed: z.string(), fromDay: z.string().nullable(),
  reason: z.string(), materials: z.array(material), raisedAt: z.string(), dueAt: z.string(), article: z.string(), state: z.enum(['OPEN', 'ACCEPTED', 'REJECTED', 'WITHDRAWN']),
  owner: texts, mayAnswer: z.boolean(), endedAt: z.string().nullable(), endedBy: z.string().nullable(), answer: z.string().nullable(), newValue: z.string().nullable(), newFrom: z.string().nullable(),
});
const valueItem = texts.extend({
  kind: z.enum(DISPUTE_KINDS), key: z.string(), field: z.string(), outfall: z.string().nullable(), outfallName: z.string().nullable(), value: z.string(), measure: z.string(), owner: texts,
  judged: texts, source: z.string(), validFrom: z.string().nullable(), validTo: z.string().nullable(), thresholds: z.array(texts.extend({ value: z.string() })), openDispute: z.string().nullable(),
});

async function show(deps: DisputeDeps, actor: Actor, disputes: readonly Dispute[]): Promise<z.infer<typeof disputeItem>[]> {
  const registry = deps.registry.current();
  const people = await accountsOf(deps.db, [...new Set(disputes.flatMap((one) => (one.endedBy === null ? [] : [one.endedBy])))]);
  const official = can(actor, 'register.decide-dispute');
  return disputes.map((one) => {
    const field = fieldOf(one.kind, one.field);
    const owner = field?.owner ?? 'monitoring-control';
    const factor = one.outfall === null || one.factor === null ? undefined : registry.factorsOf(one.outfall as never).find((each) => each.factor === one.factor);
    return {
      disputeId: one.disputeId, unitId: one.unitId, unitName: registry.unit(one.unitId)?.name ?? one.unitId, kind: one.kind, key: one.key, field: one.field,
      title: { zh: `${factor?.factorZh ?? one.factor ?? ''}${field?.zh ?? one.field}`, en: `${one.factor ?? ''} ${field?.en ?? one.field}`.trim() }, measure: field?.unit || (factor?.unit ?? ''),
      outfall: one.outfall, outfallName: one.outfall === null ? null : outfallName(registry, one.outfall), factor: one.factor, registered: one.registered, proposed: one.proposed,
      fromDay: one.fromDay, reason: one.reason, materials: [...one.materials], raisedAt: toRfc3339(one.raisedAt), dueAt: toRfc3339(one.dueAt), article: one.article, state: one.state,
      owner: { zh: ROLES[owner].zh, en: ROLES[owner].en }, mayAnswer: one.state === 'OPEN' && actor.roles.includes(owner) && can(actor, 'register.decide-dispute', one),
      endedAt: one.endedAt === null ? null : toRfc3339(one.endedAt), endedBy: official ? (people.find((p) => p.accountId === one.endedBy)?.name ?? null) : null,
      answer: one.answer, newValue: one.newValue, newFrom: one.newFrom,
    };
  });
}

/** Lines that a permitted amount is compared with, by the region's own ratios. */
function thresholdsOf(deps: DisputeDeps, unit: UnitId, value: RegisteredValue, day: CalendarDay): { zh: string; en: string; value: string }[] {
  const region = partyOf(deps.registry.current(), unit)?.region;
  if (value.field !== 'annualKg' || value.value === '' || region === undefined) return [];
  return deps.law.valueAt('supervision.quotaWarnRatios', region, day).value.map((ratio) => ({
    zh: `达到 ${Math.round(Number(ratio) * 100)}%`, en: `at ${Math.round(Number(ratio) * 100)} %`, value: `${Math.round(Number(ratio) * Number(value.value) * 100) / 100} kg`,
  }));
}

const day = z.string().refine((text) => parseCalendarDay(text) !== undefined).transform((text) => text as CalendarDay);
const params = z.object({ disputeId: z.string() });
const raiseBody = z.object({
  kind: z.enum(DISPUTE_KINDS), key: z.string().max(300), field: z.string().max(40), proposed: z.string().trim().max(20), from: day.nullable().default(null),
  reason: z.string().trim().min(1).max(2000), materials: z.array(material).max(20).default([]),
});
const answerBody = z.object({ accept: z.boolean(), answer: z.string().trim().min(1).max(2000), value: z.string().trim().max(20).optional(), from: day.optional() });

function unitRoutes(app: App, deps: DisputeDeps): void {
  const tags = ['register'];
  const reply = z.object({ values: z.array(valueItem) });
  app.get('/api/unit/register-values', { config: { action: 'register.dispute' }, schema: { tags, response: { 200: reply } } }, async (request, response) => {
    const { unitId } = request.actor;
    if (unitId === undefined) return answer(response, refuse('REGISTER-002')) as never;
    await deps.registry.refresh();
    const registry = deps.registry.current();
    const today = dayOf(deps.clock.now());
    const { items: open } = await listDisputes(deps.db, visibilityOf(request.actor, 'register.disputes'), { unit: unitId, openOnly: true, limit: 10_000 });
    const values = registeredValues(registry, unitId, today).map(({ owner, unit, factor: _, ...value }) => ({
      ...value, measure: unit, outfallName: value.outfall === null ? null : outfallName(registry, value.outfall), owner: { zh: ROLES[owner].zh, en: ROLES[owner].en },
      thresholds: thresholdsOf(deps, unitId, { ...value, owner, unit, factor: _ }, today),
      openDispute: open.find((one) => one.kind === value.kind && one.key === value.key && one.field === value.field)?.disputeId ?? null,
    }));
    return { values };
  });
  app.post('/api/unit/disputes', { config: { action: 'register.dispute' }, schema: { tags, body: raiseBody, response: { 201: disputeItem } } }, async (request, response) => {
    await deps.registry.refresh();
    const result = await raiseDispute(deps, request.actor, request.body);
    return result.ok ? response.code(201).send((await show(deps, request.actor, [result.value]))[0] as never) : (answer(response, result) as never);
  });
  app.post('/api/unit/disputes/:disputeId/withdrawal', { config: { action: 'register.dispute' }, schema: { tags, params, response: { 200: disputeItem } } }, async (request, response) => {
    const result = await withdrawDispute(deps, request.actor, request.params.disputeId);
    return result.ok ? response.send((await show(deps, request.actor, [result.value]))[0] as never) : (answer(response, result) as never);
  });
}

/** Disputes of registered values: raised by the unit, answered by the department that owns the value, seen by both. */
export function registerDisputeRoutes(app: App, deps: DisputeDeps): void {
  unitRoutes(app, deps);
  const tags = ['register'];
  const querystring = pageQuery.extend({ unit: z.string().max(64).optional(), outfall: z.string().max(64).optional(), open: z.enum(['true', 'false']).optional() });
  app.get('/api/register/disputes', { config: { action: 'register.disputes' }, schema: { tags, querystring, response: { 200: pageReply(disputeItem) } } }, async (request) => {
    const { open, ...filter } = request.query;
    const { items, nextCursor } = await listDisputes(deps.db, visibilityOf(request.actor, 'register.disputes'), { ...filter, openOnly: open === 'true' });
    return { items: await show(deps, request.actor, items), nextCursor };
  });
  app.post('/api/register/disputes/:disputeId/answer', { config: { action: 'register.decide-dispute' }, schema: { tags, params, body: answerBody, response: { 200: disputeItem } } }, async (request, response) => {
    const result = await answerDispute(deps, request.actor, request.params.disputeId, request.body);
    if (!result.ok) return answer(response, result) as never;
    await deps.registry.refresh();
    return (await show(deps, request.actor, [result.value]))[0] as never;
  });
  app.get('/api/register/disputes/:disputeId/materials/:sha256', { config: { action: 'register.disputes' }, schema: { tags, params: params.extend({ sha256: z.string() }) } }, async (request, response) => {
    const dispute = await findDispute(deps.db, request.params.disputeId);
    const found = dispute?.materials.find((one) => one.sha256 === request.params.sha256);
    if (dispute === undefined || found === undefined || refusalFor(request.actor, 'register.disputes', dispute) !== undefined) return answer(response, refuse('REGISTER-025'));
    return response.type('application/octet-stream').header('content-disposition', underItsName(found)).send(Buffer.from(await deps.blobs.get(found.sha256)));
  });
}
