import { z } from 'zod';
import { accountsOf, allAuthorities, officeOf, refusalFor, visibilityOf, type Actor } from '#access';
import { decisionInBoth, inBoth, printedOf } from '#cases';
import { proofOf } from '#evidence';
import { isRefusal, toRfc3339, unstopped, type Instant } from '#kernel';
import { refuse as answer, type App } from '#platform/http';
import { refuse } from './errors.ts';
import type { DisclosureDeps } from './prepare-publication.ts';
import { answerReport, lookUpReport, reportProblem } from './public-report.ts';
import { ACT_TITLES, actionOf, actsOpenTo, PUBLICATION_ACTS, PUBLICATION_STATES, type DecisionContent, type Publication, type PublicationState } from './publication.ts';
import { actOnPublication, beforeService } from './publish-decision.ts';
import { HIDDEN_KINDS, type HiddenKind } from './redact.ts';
import { actsOn, findPublication, listPublications, listReports, publicDecisions, type PublicReport } from './store.ts';

const time = (at: Instant | null): string | null => (at === null ? null : toRfc3339(at));
const tags = ['disclosure'];
const params = z.object({ id: z.string() });

const provision = z.object({ instrument: z.string(), instrumentEn: z.string().describe('its English name; the Chinese one where law/instruments has none'), article: z.string() });
const words = z.object({ zh: z.string(), en: z.string() });
const decisionSchema = z.object({
  id: z.string(), authority: words, unit: z.string(), creditCode: z.string(), documentNo: z.string(), documentSha256: z.string().nullable(), textSha256: z.string().nullable().describe('digest of the published text, whose proof is at /proof; null where it is not public'), cause: words,
  content: z.object({
    evidence: z.array(z.object({ name: z.string(), proves: z.string() })), discretion: z.string(), performance: words,
    broken: z.array(provision), penal: z.array(provision), orders: z.array(words),
    remedies: z.object({ reconsiderationBody: words, reconsiderationTerm: words, court: words, suitTerm: words }),
  }).nullable().describe('what the decision says of evidence, law, discretion, orders, performance and remedies'),
  facts: z.string(), outcome: z.string(), amount: z.number(), decidedOn: z.string(), publishedAt: z.string().nullable(), withdrawnAt: z.string().nullable(),
  withdrawNote: z.string().nullable(), hidden: z.array(z.object({ zh: z.string(), en: z.string(), times: z.number() })),
});

/** A cause is kept in Chinese, several joined by a semicolon; what it is called in English says the law's own list. */
const causeInBoth = (law: DisclosureDeps['law'], zh: string) => ({ zh, en: zh.split('；').map((one) => law.data.violations.find(({ cause, title }) => cause === one || title.zh === one)?.title.en ?? one).join('; ') });

/** A law is named in full or without the name of the country; the list of English names has the short one. */
const provisionIn = (law: DisclosureDeps['law'], { instrument, article }: DecisionContent['broken'][number]) => ({ instrument, instrumentEn: law.data.instruments.find(({ zh }) => zh === instrument.replace(/^中华人民共和国/, ''))?.en ?? instrument, article });

/** What the decision says of law, orders, payment and remedies, in English where the law's own data or those of its authority have it. */
function contentIn({ law }: Pick<DisclosureDeps, 'law'>, { evidence = [], discretion = '', performance = '', broken, penal, orders, remedies }: DecisionContent, said: ReturnType<typeof decisionInBoth>) {
  return {
    evidence: [...evidence], discretion, performance: said(performance), broken: broken.map((one) => provisionIn(law, one)), penal: penal.map((one) => provisionIn(law, one)),
    orders: orders.map((order) => inBoth(unstopped(order))),
    remedies: {
      reconsiderationBody: said(remedies.reconsiderationBody), reconsiderationTerm: said(remedies.reconsiderationTerm), court: said(remedies.court), suitTerm: said(remedies.suitTerm),
    },
  };
}

/** A withdrawn decision stays in the list with its note, but its text does not. */
async function show(deps: Pick<DisclosureDeps, 'law' | 'db'>, p: Publication): Promise<z.infer<typeof decisionSchema>> {
  const { law, db } = deps;
  const gone = p.state === 'WITHDRAWN';
  const authority = (await allAuthorities(db)).find(({ authorityId }) => authorityId === p.authorityId);
  return {
    id: p.publicationId, authority: { zh: p.authorityName, en: authority?.nameZh === p.authorityName ? authority.nameEn : p.authorityName }, unit: p.unitName, creditCode: p.creditCode, documentNo: p.documentNo, documentSha256: gone ? null : p.documentSha, textSha256: gone ? null : p.textSha,
    cause: gone ? { zh: '', en: '' } : causeInBoth(law, p.violation), content: gone || p.content === null ? null : contentIn(deps, p.content, decisionInBoth(printedOf(await officeOf(db, p.authorityId)))),
    facts: gone ? '' : p.facts, outcome: p.outcome, amount: gone ? 0 : p.amount, decidedOn: p.decidedOn,
    publishedAt: time(p.publishedAt), withdrawnAt: time(p.withdrawnAt), withdrawNote: p.withdrawNote,
    hidden: Object.entries(p.redactions).map(([kind, times]) => ({ ...HIDDEN_KINDS[kind as HiddenKind], times })),
  };
}

const query = z.object({ q: z.string().max(60).default(''), cursor: z.string().optional(), limit: z.coerce.number().int().min(1).max(100).default(20) });

function decisionRoutes(app: App, deps: DisclosureDeps): void {
  const config = { action: 'public' };
  app.get('/api/public/decisions', { config, schema: { tags, querystring: query, response: { 200: z.object({ items: z.array(decisionSchema), nextCursor: z.string().nullable() }) } } }, async (request) => {
    const { q, cursor, limit } = request.query;
    const { items, nextCursor } = await publicDecisions(deps.db, q.trim(), { cursor, limit });
    return { items: await Promise.all(items.map((one) => show(deps, one))), nextCursor };
  });
  app.get('/api/public/decisions/:id', { config, schema: { tags, params, response: { 200: decisionSchema } } }, async (request, reply) => {
    const found = await findPublication(deps.db, { publicationId: request.params.id });
    const open = found?.state === 'PUBLISHED' || found?.state === 'WITHDRAWN';
    return found !== undefined && open ? reply.send(await show(deps, found)) : (answer(reply, refuse('DISC-001')) as never);
  });
  // What stands on the public page, as a file, and the proof that it stands in the log since then. Neither outlives a withdrawal.
  const shown = async (id: string) => {
    const found = await findPublication(deps.db, { publicationId: id });
    return found?.state === 'PUBLISHED' && found.textSha !== null && found.textLeaf !== null ? { ...found, textSha: found.textSha, textLeaf: found.textLeaf } : undefined;
  };
  const named = (p: Publication, ending: string) => `attachment; filename*=UTF-8''${encodeURIComponent(`${p.documentNo}${ending}`)}`;
  app.get('/api/public/decisions/:id/text', { config, schema: { tags, params } }, async (request, reply) => {
    const found = await shown(request.params.id);
    if (found === undefined) return answer(reply, refuse('DISC-001'));
    return reply.type('text/plain; charset=utf-8').header('content-disposition', named(found, '.txt')).send(Buffer.from(await deps.blobs.get(found.textSha)));
  });
  app.get('/api/public/decisions/:id/proof', { config, schema: { tags, params } }, async (request, reply) => {
    const found = await shown(request.params.id);
    if (found === undefined) return answer(reply, refuse('DISC-001'));
    const proof = await proofOf(deps, found.textLeaf, { withRecord: true });
    return isRefusal(proof) ? answer(reply, proof) : reply.type('text/plain; charset=utf-8').header('content-disposition', named(found, '.tlog-proof')).send(proof.value.proof);
  });
}

const paged = z.object({ cursor: z.string().max(120).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) });

const actBody = z.object({
  act: z.enum(PUBLICATION_ACTS), note: z.string().max(2000).default(''), facts: z.string().max(20_000).optional(), names: z.array(z.string().max(60)).max(50).optional(),
});

const insideSchema = decisionSchema.extend({
  caseId: z.string(), caseNo: z.string(), state: z.enum(Object.keys(PUBLICATION_STATES) as [PublicationState, ...PublicationState[]]), stateZh: z.string(), stateEn: z.string(), documentId: z.string().nullable(),
  next: z.array(z.enum(PUBLICATION_ACTS)).describe('what the reader may do now'),
  waits: z.object({ zh: z.string(), en: z.string(), basis: z.string() }).nullable().describe('why a prepared text may not be published yet'),
  acts: z.array(z.object({ at: z.string(), zh: z.string(), en: z.string(), to: z.string(), toEn: z.string(), actor: z.string(), note: z.string() })).describe('what was done to it, the first act first'),
});

/** Publications as officials read them, each with its course and what the reader may do now. */
export async function insideOf(deps: DisclosureDeps, actor: Actor, publications: readonly Publication[]): Promise<z.infer<typeof insideSchema>[]> {
  const events = await actsOn(deps.db, publications.map((one) => one.publicationId));
  const names = new Map((await accountsOf(deps.db, [...new Set(events.map((one) => one.actorId))])).map((one) => [one.accountId, one.name]));
  return Promise.all(publications.map(async (p) => {
    const { zh, en } = PUBLICATION_STATES[p.state];
    const early = p.state === 'PREPARED' ? await beforeService(deps, p) : undefined;
    return {
      ...await show(deps, { ...p, state: p.state === 'WITHDRAWN' ? 'PUBLISHED' : p.state }), caseId: p.caseId, caseNo: p.caseNo, state: p.state, stateZh: zh, stateEn: en, documentId: p.documentId,
      next: actsOpenTo(p, actor).filter((act) => (act !== 'publish' || early === undefined) && refusalFor(actor, actionOf(act), p) === undefined),
      waits: early === undefined ? null : { zh: early.zh, en: early.en, basis: early.basis ?? '' },
      acts: events.filter((one) => one.publicationId === p.publicationId).map(({ at, act, to, actorId, note }) => ({
        at: toRfc3339(at), ...ACT_TITLES[act], to: PUBLICATION_STATES[to].zh, toEn: PUBLICATION_STATES[to].en, actor: names.get(actorId) ?? '平台', note,
      })),
    };
  }));
}

function officialRoutes(app: App, deps: DisclosureDeps): void {
  app.get('/api/disclosure/publications', { config: { action: 'disclosure.read' }, schema: { tags, querystring: paged.extend({ case: z.string().optional() }), response: { 200: z.object({ items: z.array(insideSchema), nextCursor: z.string().nullable() }) } } }, async ({ actor, query: { limit, cursor, case: caseId } }) => {
    const { items, nextCursor } = await listPublications(deps.db, visibilityOf(actor, 'disclosure.read'), { caseId, cursor, limit });
    return { items: await insideOf(deps, actor, items), nextCursor };
  });
  // The use case asks for the right of whoever prepares or approves, by the act.
  app.post('/api/disclosure/publications/:id', { config: { action: 'disclosure.read' }, schema: { tags, params, body: actBody, response: { 200: insideSchema } } }, async (request, reply) => {
    const { act, note, facts, names } = request.body;
    const command = { act, note, ...(facts === undefined ? {} : { facts }), ...(names === undefined ? {} : { names }) };
    const result = await actOnPublication(deps, request.actor, request.params.id, command);
    if (!result.ok) return answer(reply, result) as never;
    const [changed] = await insideOf(deps, request.actor, [result.value]);
    return changed === undefined ? (answer(reply, refuse('DISC-001')) as never) : reply.send(changed);
  });
}

const reportBody = z.object({ text: z.string().max(4000), place: z.string().max(200).default(''), contact: z.string().max(200).default('') });
const reportSchema = z.object({ state: z.enum(['RECEIVED', 'HANDLING', 'ANSWERED']), text: z.string(), place: z.string(), answer: z.string().nullable(), at: z.string(), changedAt: z.string() });
const receivedSchema = reportSchema.extend({ reportId: z.string(), contact: z.string() });
const showReport = (r: PublicReport): z.infer<typeof reportSchema> => ({ state: r.state, text: r.text, place: r.place, answer: r.answer, at: toRfc3339(r.at), changedAt: toRfc3339(r.changedAt) });

function reportRoutes(app: App, deps: DisclosureDeps): void {
  const config = { action: 'public' };
  app.post('/api/public/reports', { config, schema: { tags, body: reportBody, response: { 201: z.object({ code: z.string() }) } } }, async (request, reply) => {
    const result = await reportProblem(deps, request.body, request.ip);
    return result.ok ? reply.code(201).send(result.value) : (answer(reply, result) as never);
  });
  // POST, so that the code does not end up in an address, a log or a history.
  app.post('/api/public/reports/look-up', { config, schema: { tags, body: z.object({ code: z.string().min(8).max(64) }), response: { 200: reportSchema } } }, async (request, reply) => {
    const result = await lookUpReport(deps.db, request.body.code);
    return result.ok ? reply.send(showReport(result.value)) : (answer(reply, result) as never);
  });
  app.get('/api/disclosure/reports', { config: { action: 'disclosure.reports-read' }, schema: { tags, querystring: paged, response: { 200: z.object({ items: z.array(receivedSchema), nextCursor: z.string().nullable() }) } } }, async ({ actor, query: { limit, cursor } }) => {
    const { items, nextCursor } = await listReports(deps.db, visibilityOf(actor, 'disclosure.reports-read'), { cursor, limit });
    return { items: items.map((r) => ({ ...showReport(r), reportId: r.reportId, contact: r.contact })), nextCursor };
  });
  app.post('/api/disclosure/reports/:id', { config: { action: 'disclosure.reports-answer' }, schema: { tags, params, body: z.object({ answer: z.string().max(4000).default('') }), response: { 200: reportSchema } } }, async (request, reply) => {
    const result = await answerReport(deps, request.actor, request.params.id, request.body.answer);
    return result.ok ? reply.send(showReport(result.value)) : (answer(reply, result) as never);
  });
}

/** Public pages and what stands behind them. */
export function disclosureRoutes(app: App, deps: DisclosureDeps): void {
  decisionRoutes(app, deps);
  officialRoutes(app, deps);
  reportRoutes(app, deps);
}
