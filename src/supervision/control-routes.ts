import { z } from 'zod';
import { areaOf, refusalFor, visibilityOf } from '#access';
import { asId, dayOf, instant, toRfc3339, type Instant, type UnitId } from '#kernel';
import { pageQuery, pageReply, refuse as answer, type App } from '#platform/http';
import { confirmQuota, reportQuotas } from './quantity/confirm-quota.ts';
import { LEVELS, type Level } from './ladder/level.ts';
import { LAPSE_KINDS } from './sheet/decide-sheet.ts';
import { cancelTalk, recordTalk, summonUnit } from './ladder/hold-talk.ts';
import { refuse } from './errors.ts';
import { accountOfQuota, accountTexts, amountTexts, periodText, QUOTA_STATES, type QuotaDeps, type QuotaState, type QuotaWarning } from './quantity/quota.ts';
import { findQuota, listQuotas, listReports, type QuotaReport } from './store/quotas.ts';
import { listTalks } from './store/talks.ts';
import { TALK_ACTS, TALK_STATES, talkActsFrom, type Talk, type TalkAct, type TalkState } from './ladder/talk.ts';
import type { SupervisionDeps } from './sheet/step-sheet.ts';

const texts = z.object({ zh: z.string(), en: z.string() });
const nullable = z.string().nullable();
const time = (at: Instant | null): string | null => (at === null ? null : toRfc3339(at));
const keys = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as [K, ...K[]];
const listQuery = pageQuery.extend({ open: z.enum(['true', 'false']).optional(), unit: z.string().optional() });
const tags = ['supervision'];
/** Whose act it is, by the region's text. */
const levels = keys<Level>(LEVELS);

const talkSchema = z.object({
  talkId: z.string(), unitId: z.string(), unitName: z.string(), state: z.enum(keys<TalkState>(TALK_STATES)), stateText: texts, lapses: z.number(), meetAt: nullable, place: nullable,
  noticeId: nullable, noticeNo: nullable, recordId: nullable, recordNo: nullable, createdAt: z.string(), level: z.enum(levels), acts: z.array(z.enum(keys<TalkAct>(TALK_ACTS))),
});

const showTalk = (deps: SupervisionDeps, t: Talk): z.infer<typeof talkSchema> => ({
  talkId: t.talkId, unitId: t.unitId, unitName: deps.directory.unit(t.unitId)?.name ?? t.unitId, state: t.state, stateText: { zh: TALK_STATES[t.state].zh, en: TALK_STATES[t.state].en },
  lapses: t.lapseIds.length, meetAt: time(t.meetAt), place: t.place, noticeId: t.noticeId, noticeNo: t.noticeNo, recordId: t.recordId, recordNo: t.recordNo, createdAt: toRfc3339(t.createdAt),
  level: deps.law.valueAt('supervision.ladderBody', t.region, dayOf(deps.clock.now())).value.level, acts: [...talkActsFrom(t.state)],
});

function talkRoutes(app: App, deps: SupervisionDeps): void {
  const params = z.object({ talkId: z.string() });
  const word = z.string().trim().max(2000);
  const moment = z.iso.datetime({ offset: true }).transform((text) => instant(Date.parse(text)));
  const config = { action: 'supervision.talk' };
  const response = { 200: talkSchema };
  app.get(
    '/api/supervision/talks',
    { config: { action: 'supervision.read' }, schema: { tags, querystring: listQuery, response: { 200: pageReply(talkSchema).extend({ failures: z.record(z.string(), texts) }) } } },
    async ({ actor, query }) => {
      const unitId = query.unit === undefined ? undefined : asId<UnitId>(query.unit);
      const { items, nextCursor } = await listTalks(deps.db, visibilityOf(actor, 'supervision.read'), { ...query, open: query.open === 'true', unitId });
      return { items: items.map((row) => showTalk(deps, row)), nextCursor, failures: LAPSE_KINDS };
    },
  );
  const summons = z.object({ meetAt: moment, place: word, attendees: word, topics: word });
  app.post('/api/supervision/talks/:talkId/summons', { config, schema: { tags, params, body: summons, response } }, async (request, reply) => {
    const result = await summonUnit(deps, request.actor, request.params.talkId, request.body);
    return result.ok ? reply.send(showTalk(deps, result.value)) : answer(reply, result);
  });
  const record = z.object({ attendees: z.array(z.object({ name: word, post: word })).max(20), recorder: word, said: word, answered: word, commitments: word });
  app.post('/api/supervision/talks/:talkId/record', { config, schema: { tags, params, body: record, response } }, async (request, reply) => {
    const result = await recordTalk(deps, request.actor, request.params.talkId, request.body);
    return result.ok ? reply.send(showTalk(deps, result.value)) : answer(reply, result);
  });
  app.post('/api/supervision/talks/:talkId/cancellation', { config, schema: { tags, params, body: z.object({ reason: word }), response } }, async (request, reply) => {
    const result = await cancelTalk(deps, request.actor, request.params.talkId, request.body.reason);
    return result.ok ? reply.send(showTalk(deps, result.value)) : answer(reply, result);
  });
}

const quotaSchema = z.object({
  quotaId: z.string(), unitId: z.string(), unitName: z.string(), outfall: z.string(), outfallName: z.string(), factor: z.string(), factorName: z.string(), period: z.string(), ratio: z.string(),
  permitted: z.string(), used: z.string(), share: z.string(), state: z.enum(keys<QuotaState>(QUOTA_STATES)), stateText: texts, documentId: z.string(), documentNo: z.string(), note: nullable,
  createdAt: z.string(), confirmedAt: nullable, reportId: nullable, clueId: nullable, level: z.enum(levels),
});

const showQuota = (deps: SupervisionDeps, q: QuotaWarning): z.infer<typeof quotaSchema> => ({
  quotaId: q.quotaId, unitId: q.unitId, unitName: deps.directory.unit(q.unitId)?.name ?? q.unitId, outfall: q.outfall, outfallName: deps.directory.outfallName(q.outfall), factor: q.factor,
  factorName: deps.directory.factorName(q.outfall, q.factor), period: periodText(q.period, q.periodStart), ratio: q.ratio, ...amountTexts(q),
  state: q.state, stateText: QUOTA_STATES[q.state], documentId: q.documentId, documentNo: q.documentNo, note: q.note, createdAt: toRfc3339(q.createdAt), confirmedAt: time(q.confirmedAt),
  reportId: q.reportId, clueId: q.clueId, level: deps.law.valueAt('supervision.quotaConfirmLevel', q.region, dayOf(deps.clock.now())).value,
});

const reportSchema = z.object({ reportId: z.string(), month: z.string(), documentId: z.string(), documentNo: z.string(), at: z.string() });
const showReport = (r: QuotaReport): z.infer<typeof reportSchema> => ({ reportId: r.reportId, month: r.month, documentId: r.documentId, documentNo: r.documentNo, at: toRfc3339(r.at) });

function quotaRoutes(app: App, deps: QuotaDeps): void {
  app.get(
    '/api/supervision/quotas',
    { config: { action: 'supervision.read' }, schema: { tags, querystring: listQuery, response: { 200: pageReply(quotaSchema) } } },
    async ({ actor, query }) => {
      const unitId = query.unit === undefined ? undefined : asId<UnitId>(query.unit);
      const { items, nextCursor } = await listQuotas(deps.db, visibilityOf(actor, 'supervision.read'), { ...query, open: query.open === 'true', unitId });
      return { items: items.map((row) => showQuota(deps, row)), nextCursor };
    },
  );
  app.get('/api/supervision/quota-reports', { config: { action: 'supervision.read' }, schema: { tags, querystring: pageQuery, response: { 200: pageReply(reportSchema) } } }, async ({ actor, query }) => {
    const { items, nextCursor } = await listReports(deps.db, areaOf(actor), query);
    return { items: items.map(showReport), nextCursor };
  });
  const account = z.object({ until: z.string(), permitted: z.string(), used: z.string(), share: z.string(), standIn: z.string(), over: z.boolean() });
  app.get('/api/supervision/quotas/:quotaId/account', { config: { action: 'supervision.read' }, schema: { tags, params: z.object({ quotaId: z.string() }), response: { 200: account.nullable() } } }, async (request, reply) => {
    const quota = await findQuota(deps.db, request.params.quotaId);
    if (quota === undefined || refusalFor(request.actor, 'supervision.read', quota) !== undefined) return answer(reply, refuse('SUPV-020'));
    const found = await accountOfQuota(deps, quota);
    return found === undefined ? null : { ...accountTexts(found), over: found.over };
  });
  app.post(
    '/api/supervision/quotas/:quotaId/confirmation',
    { config: { action: 'supervision.confirm-quota' }, schema: { tags, params: z.object({ quotaId: z.string() }), body: z.object({ holds: z.boolean(), note: z.string().max(2000) }), response: { 200: quotaSchema } } },
    async (request, reply) => {
      const result = await confirmQuota(deps, request.actor, request.params.quotaId, request.body);
      return result.ok ? reply.send(showQuota(deps, result.value)) : answer(reply, result);
    },
  );
  app.post(
    '/api/supervision/quota-reports',
    { config: { action: 'supervision.report-quota' }, schema: { tags, body: z.object({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/) }), response: { 200: reportSchema } } },
    async (request, reply) => {
      const result = await reportQuotas(deps, request.actor, request.body.month);
      return result.ok ? reply.send(showReport(result.value)) : answer(reply, result);
    },
  );
}

/** Talks and permitted quantities: what control staff and enforcement do beside the sheets. */
export function controlRoutes(app: App, deps: QuotaDeps): void {
  talkRoutes(app, deps);
  quotaRoutes(app, deps);
}
