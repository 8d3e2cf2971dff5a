import { z } from 'zod';
import { accountsOf, can, refusalFor, visibilityOf, type Actor } from '#access';
import { dayOf, instant, toRfc3339, type FactorCode, type Instant, type OutfallId, type Result } from '#kernel';
import { DAY_KINDS, type ClockId } from '#law';
import { pageQuery, pageReply, refuse as answer, type App } from '#platform/http';
import { refuse } from '../errors.ts';
import { material, underItsName } from '../materials.ts';
import { outfallName } from '../show-register.ts';
import { findMatter, listMatters, MATTER_STATES, type DeviceMatter } from '../store/device-matters.ts';
import { isConsented, MATTER_KINDS, MATTER_RULES, standsStill } from './decide-device-matter.ts';
import { endDeviceMatter } from './end-device-matter.ts';
import { recordManualValue, reportDeviceMatter, type DeviceMatterDeps } from './report-device-matter.ts';

const texts = z.object({ zh: z.string(), en: z.string() });
const time = z.string().nullable();
const matterItem = z.object({
  matterId: z.string(), unitId: z.string(), unitName: z.string(), kind: z.enum(MATTER_KINDS), title: texts, outfall: z.string(), outfallName: z.string(), device: z.string(),
  factors: z.array(texts.extend({ factor: z.string(), unit: z.string() })), since: z.string(), reason: z.string(), meanwhile: z.string(), materials: z.array(material), raisedAt: z.string(),
  toldDueAt: time, toldArticle: time, late: z.boolean(), dueAt: time, article: time, state: z.enum(MATTER_STATES), endedAt: time, endedBy: z.string().nullable(), answer: z.string().nullable(),
  /** Ends that this person may put to it now. */
  ends: z.array(z.enum(MATTER_STATES)), mayMeasure: z.boolean(),
  manual: z.array(z.object({ factor: z.string(), sampledAt: z.string(), value: z.string(), basis: z.string() })),
});
type MatterItem = z.infer<typeof matterItem>;

/** Terms by which these matters are told and answered, as the reader's region has them today: within how long a fault is reported and repaired, a request answered, an acceptance handed in. */
const term = z.object({ n: z.number(), dayKind: z.enum(DAY_KINDS) });
const terms = z.object({ report: term, repair: term, answer: term, handIn: term });

function termsIn({ law, clock }: DeviceMatterDeps, { region }: Actor): z.infer<typeof terms> {
  const of = (id: ClockId) => {
    const { n, dayKind } = law.clock(id, region, dayOf(clock.now()));
    return { n, dayKind };
  };
  return { report: of('T25'), repair: of('T25r'), answer: of('T25b'), handIn: of('T25c') };
}

const shown = (at: Instant | null): string | null => (at === null ? null : toRfc3339(at));

async function show(deps: DeviceMatterDeps, actor: Actor, matters: readonly DeviceMatter[]): Promise<MatterItem[]> {
  const registry = deps.registry.current();
  const now = deps.clock.now();
  const people = can(actor, 'register.answer-device') ? await accountsOf(deps.db, [...new Set(matters.flatMap((one) => (one.endedBy === null ? [] : [one.endedBy])))]) : [];
  const manual = Map.groupBy(registry.data.selfMonitoring, (row) => row.attributes['device_matter']);
  return matters.map((one) => {
    const known = registry.factorsOf(one.outfall);
    const side = can(actor, 'register.report-device', one) ? 'UNIT' : can(actor, 'register.answer-device', one) ? 'AUTHORITY' : undefined;
    const { zh, en, ends } = MATTER_RULES[one.kind];
    return {
      matterId: one.matterId, unitId: one.unitId, unitName: registry.unit(one.unitId)?.name ?? one.unitId, kind: one.kind, title: { zh, en }, outfall: one.outfall,
      outfallName: outfallName(registry, one.outfall), device: one.device, since: toRfc3339(one.since), reason: one.reason, meanwhile: one.meanwhile, materials: [...one.materials],
      factors: one.factors.map((factor) => {
        const found = known.find((each) => each.factor === factor);
        return { factor, zh: found?.factorZh || factor, en: factor, unit: found?.unit ?? '' };
      }),
      raisedAt: toRfc3339(one.raisedAt), toldDueAt: shown(one.toldDueAt), toldArticle: one.toldArticle, late: one.toldDueAt !== null && one.raisedAt > one.toldDueAt,
      dueAt: shown(one.dueAt), article: one.article, state: one.state, endedAt: shown(one.endedAt), endedBy: people.find((p) => p.accountId === one.endedBy)?.name ?? null, answer: one.answer,
      ends: one.state !== 'OPEN' || isConsented(one, now) ? [] : MATTER_STATES.filter((state) => side !== undefined && ends[state] === side),
      mayMeasure: side === 'UNIT' && standsStill(one, now) !== undefined,
      manual: (manual.get(one.matterId) ?? []).map(({ factor, sampledAt, value, basis }) => ({ factor, sampledAt: toRfc3339(instant(sampledAt)), value, basis })),
    };
  });
}

const at = z.iso.datetime({ offset: true }).transform((text) => instant(Date.parse(text)));
const params = z.object({ matterId: z.string() });
const reportBody = z.object({
  kind: z.enum(MATTER_KINDS), outfall: z.string().max(64).transform((id) => id as OutfallId), device: z.string().trim().min(1).max(200), factors: z.array(z.string().max(40)).max(60),
  since: at, reason: z.string().trim().min(1).max(2000), meanwhile: z.string().trim().max(2000).default(''), materials: z.array(material).max(20).default([]),
});
const endBody = z.object({ end: z.enum(MATTER_STATES), answer: z.string().trim().min(1).max(2000) });
const manualBody = z.object({ factor: z.string().max(40).transform((code) => code as FactorCode), sampledAt: at, value: z.string().trim().max(20), basis: z.enum(['c', 'zs']).default('c') });

/** Device matters: reported or asked by the unit, answered by the authority, seen by both with their terms. */
export function registerDeviceRoutes(app: App, deps: DeviceMatterDeps): void {
  const tags = ['register'];
  const reply = { 200: matterItem };
  const one = async (actor: Actor, result: Result<DeviceMatter>): Promise<MatterItem | undefined> => {
    if (!result.ok) return undefined;
    await deps.registry.refresh();
    return (await show(deps, actor, [result.value]))[0];
  };
  const querystring = pageQuery.extend({ unit: z.string().max(64).optional(), outfall: z.string().max(64).optional(), open: z.enum(['true', 'false']).optional() });
  app.get('/api/register/device-matters', { config: { action: 'register.device-matters' }, schema: { tags, querystring, response: { 200: pageReply(matterItem).extend({ terms }) } } }, async (request) => {
    const { open, ...filter } = request.query;
    await deps.registry.refresh();
    const { items, nextCursor } = await listMatters(deps.db, visibilityOf(request.actor, 'register.device-matters'), { ...filter, openOnly: open === 'true' });
    return { items: await show(deps, request.actor, items), nextCursor, terms: termsIn(deps, request.actor) };
  });
  app.post('/api/unit/device-matters', { config: { action: 'register.report-device' }, schema: { tags, body: reportBody, response: { 201: matterItem } } }, async (request, response) => {
    await deps.registry.refresh();
    const result = await reportDeviceMatter(deps, request.actor, request.body);
    return result.ok ? response.code(201).send((await one(request.actor, result)) as never) : (answer(response, result) as never);
  });
  app.post('/api/unit/device-matters/:matterId/manual-values', { config: { action: 'register.report-device' }, schema: { tags, params, body: manualBody, response: reply } }, async (request, response) => {
    const result = await recordManualValue(deps, request.actor, request.params.matterId, request.body);
    return result.ok ? ((await one(request.actor, result)) as never) : (answer(response, result) as never);
  });
  app.post('/api/unit/device-matters/:matterId/end', { config: { action: 'register.report-device' }, schema: { tags, params, body: endBody, response: reply } }, async (request, response) => {
    const result = await endDeviceMatter(deps, request.actor, request.params.matterId, 'UNIT', request.body);
    return result.ok ? ((await one(request.actor, result)) as never) : (answer(response, result) as never);
  });
  app.post('/api/register/device-matters/:matterId/answer', { config: { action: 'register.answer-device' }, schema: { tags, params, body: endBody, response: reply } }, async (request, response) => {
    const result = await endDeviceMatter(deps, request.actor, request.params.matterId, 'AUTHORITY', request.body);
    return result.ok ? ((await one(request.actor, result)) as never) : (answer(response, result) as never);
  });
  app.get('/api/register/device-matters/:matterId/materials/:sha256', { config: { action: 'register.device-matters' }, schema: { tags, params: params.extend({ sha256: z.string() }) } }, async (request, response) => {
    const matter = await findMatter(deps.db, request.params.matterId);
    const found = matter?.materials.find((each) => each.sha256 === request.params.sha256);
    if (matter === undefined || found === undefined || refusalFor(request.actor, 'register.device-matters', matter) !== undefined) return answer(response, refuse('REGISTER-036'));
    return response.type('application/octet-stream').header('content-disposition', underItsName(found)).send(Buffer.from(await deps.blobs.get(found.sha256)));
  });
}
