import { z } from 'zod';
import { refusalFor, visibilityOf, type Action, type Actor } from '#access';
import { importedFileView, importFile, MAX_IMPORT_BYTES, namedFile, takeFiles, viewOfImport, type DocumentDeps } from '#documents';
import { asId, isRefusal, ok, parseCalendarDay, toRfc3339, type AccountId, type CalendarDay, type DeliveryId, type DocumentId, type Instant, type Result } from '#kernel';
import { transact, type Database } from '#platform/db';
import { refuse as answer, type App } from '#platform/http';
import { dutyOf, openActs } from './decide-delivery.ts';
import { DELIVERY_METHODS, DELIVERY_STATES, type Consent, type Delivery, type DeliveryMethod } from './delivery.ts';
import { fallBack } from './deliver-document.ts';
import { refuseDelivery } from './errors.ts';
import { giveConsent, withdrawConsent, type ConsentDeps } from './give-consent.ts';
import { confirmReceipt, earliestOf, recordProof, recordRead, serversOf } from './record-receipt.ts';
import { eventsOf, findDelivery, latestConsent, visibleDeliveries } from './store.ts';

/** What the routes of delivery work with. */
export type DeliveryRouteDeps = ConsentDeps & DocumentDeps & { readonly db: Database };

const idParam = z.object({ deliveryId: z.string().min(1).max(64) });
const page = z.object({ cursor: z.string().max(64).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) });
const tags = ['delivery'];

/** HTTP face of deliveries: the unit's letter box and consent, the officials' list and receipts. */
export function registerDeliveryRoutes(app: App, deps: DeliveryRouteDeps): void {
  unitNotices(app, deps);
  unitConsent(app, deps);
  officialRoutes(app, deps);
}

const time = (at: Instant | null): string | null => (at === null ? null : toRfc3339(at));

const shown = (d: Delivery) => ({
  deliveryId: d.deliveryId, documentId: d.documentId, documentNumber: d.documentNumber, documentTitle: d.documentTitle, documentSha256: d.documentSha256,
  unitId: d.unitId, authorityId: d.authorityId, subjectKind: d.subjectKind, subjectId: d.subjectId, about: d.about,
  method: d.method, methodZh: DELIVERY_METHODS[d.method].zh, methodEn: DELIVERY_METHODS[d.method].en, methodReason: d.methodReason, state: d.state, stateZh: DELIVERY_STATES[d.state].zh,
  stateEn: DELIVERY_STATES[d.state].en, mustConfirm: d.mustConfirm, sentAt: toRfc3339(d.sentAt), arrivedAt: time(d.arrivedAt), legalDay: d.legalDay,
  readAt: time(d.readAt), confirmedAt: time(d.confirmedAt), failure: d.failure, receiver: d.receiver, left: d.left, replaces: d.replaces,
});

/** For officials also where it goes, its receipt, from which day on one counts, and what this person may do about it now. */
function shownTo(deps: DeliveryRouteDeps, actor: Actor, d: Delivery) {
  const may = (action: Action) => refusalFor(actor, action, { unitId: d.unitId, authorityId: d.authorityId }) === undefined;
  const open = openActs(d);
  return {
    ...shown(d), address: d.account, proofSha256: d.proofSha256, provableFrom: earliestOf(d, deps.law), duty: dutyOf(d) ?? null,
    acts: { prove: open.prove && may('delivery.record-proof'), otherWay: open.otherWay && may('delivery.send') },
  };
}

/** A foreign delivery, or for a unit one that has not arrived, answers like one that does not exist. */
async function reachable(deps: DeliveryRouteDeps, actor: Actor, action: Action, id: string): Promise<Result<Delivery>> {
  const found = await findDelivery(deps.db, asId<DeliveryId>(id));
  if (found === undefined || refusalFor(actor, action, { unitId: found.unitId, authorityId: found.authorityId }) !== undefined) {
    return refuseDelivery('DLV-003');
  }
  const hidden = actor.unitId !== undefined && (found.arrivedAt === null || found.method !== 'ELECTRONIC');
  return hidden ? refuseDelivery('DLV-003') : ok(found);
}

function unitNotices(app: App, deps: DeliveryRouteDeps): void {
  const read = { config: { action: 'delivery.read-own' } };
  const list = page.extend({ document: z.string().max(64).optional(), open: z.enum(['true', 'false']).optional().describe('true: only what is still to be confirmed') });
  app.get('/api/unit/notices', { ...read, schema: { tags, querystring: list } }, async (request) => {
    const { cursor, limit, document, open } = request.query;
    const rows = await visibleDeliveries(deps.db, visibilityOf(request.actor, 'delivery.read-own'), {
      limit, arrivedOnly: true, unconfirmed: open === 'true', ...(cursor === undefined ? {} : { before: cursor }), ...(document === undefined ? {} : { documentId: asId<DocumentId>(document) }),
    });
    return { items: rows.map(shown), nextCursor: rows.length < limit ? null : rows.at(-1)!.deliveryId };
  });
  app.get('/api/unit/notices/:deliveryId', { ...read, schema: { tags, params: idParam } }, async (request, reply) => {
    const found = await reachable(deps, request.actor, 'delivery.read-own', request.params.deliveryId);
    return isRefusal(found) ? answer(reply, found) : shown(found.value);
  });
  // Opening the file is what "read" means; the day of service is not touched by it.
  app.get('/api/unit/notices/:deliveryId/file', { ...read, schema: { tags, params: idParam } }, async (request, reply) => {
    const found = await reachable(deps, request.actor, 'delivery.read-own', request.params.deliveryId);
    if (isRefusal(found)) return answer(reply, found);
    const opened = await transact(deps.db, (tx) => recordRead(tx, deps, found.value.deliveryId, request.actor.accountId));
    if (isRefusal(opened) && found.value.state !== 'REPLACED') return answer(reply, opened);
    const { documentSha256, documentNumber, documentTitle } = found.value;
    return reply
      .type('application/pdf')
      .header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(`${documentNumber} ${documentTitle}.pdf`)}`)
      .send(Buffer.from(await deps.blobs.get(documentSha256)));
  });
  app.post('/api/unit/notices/:deliveryId/confirm', { config: { action: 'delivery.confirm' }, schema: { tags, params: idParam } }, async (request, reply) => {
    const found = await reachable(deps, request.actor, 'delivery.confirm', request.params.deliveryId);
    if (isRefusal(found)) return answer(reply, found);
    const confirmed = await transact(deps.db, (tx) => confirmReceipt(tx, deps, found.value.deliveryId, request.actor.accountId));
    return isRefusal(confirmed) ? answer(reply, confirmed) : shown(confirmed.value);
  });
}

const line = z.string().trim().min(1).max(200);
const consentBody = z.object({
  signerName: line, signerRole: line, documentsCovered: line.default('本单位案件的全部执法文书'), recipient: line,
  phone: z.string().trim().max(40).default(''), paperAddress: z.string().trim().max(200).default(''),
});

const shownConsent = (consent: Consent) => ({ ...consent, at: toRfc3339(consent.at) });

function unitConsent(app: App, deps: DeliveryRouteDeps): void {
  const guarded = { config: { action: 'delivery.consent' } };
  app.get('/api/unit/consent', { ...guarded, schema: { tags } }, async (request) => {
    const { unitId } = request.actor;
    const latest = unitId === undefined ? undefined : await latestConsent(deps.db, unitId);
    return { consent: latest === undefined ? null : shownConsent(latest) };
  });
  app.post('/api/unit/consent', { ...guarded, schema: { tags, body: consentBody } }, async (request, reply) => {
    const { unitId, accountId } = request.actor;
    if (unitId === undefined) return answer(reply, refuseDelivery('DLV-008'));
    const given = await transact(deps.db, (tx) => giveConsent(tx, deps, { ...request.body, unitId, by: accountId }));
    return isRefusal(given) ? answer(reply, given) : reply.code(201).send(shownConsent(given.value));
  });
  app.post('/api/unit/consent/withdraw', { ...guarded, schema: { tags } }, async (request, reply) => {
    const { unitId, accountId } = request.actor;
    if (unitId === undefined) return answer(reply, refuseDelivery('DLV-008'));
    const withdrawn = await transact(deps.db, (tx) => withdrawConsent(tx, deps, unitId, accountId));
    return isRefusal(withdrawn) ? answer(reply, withdrawn) : shownConsent(withdrawn.value);
  });
}

const methods = Object.keys(DELIVERY_METHODS) as [DeliveryMethod, ...DeliveryMethod[]];
const dayText = z.string().refine((value) => parseCalendarDay(value) !== undefined, '不是日期 not a calendar day').transform((value) => value as CalendarDay);
const said = z.string().trim().max(200).default('');
const proofBody = z.object({
  receivedOn: dayText, receiver: line, proofSha256: z.string().regex(/^[0-9a-f]{64}$/), left: z.object({ reason: line, witness: said, recording: said }).optional(),
  second: z.string().min(1).max(64).transform((id) => asId<AccountId>(id)).optional(),
});
const otherWayBody = z.object({ method: z.enum(methods), reason: line, address: z.string().trim().max(200).default('') });

function officialRoutes(app: App, deps: DeliveryRouteDeps): void {
  const list = page.extend({ subjectId: z.string().max(64).optional() });
  app.get('/api/deliveries', { config: { action: 'delivery.read' }, schema: { tags, querystring: list } }, async (request) => {
    const { cursor, limit, subjectId } = request.query;
    const rows = await visibleDeliveries(deps.db, visibilityOf(request.actor, 'delivery.read'), {
      limit, ...(cursor === undefined ? {} : { before: cursor }), ...(subjectId === undefined ? {} : { subjectId }),
    });
    return { items: rows.map((row) => shownTo(deps, request.actor, row)), nextCursor: rows.length < limit ? null : rows.at(-1)!.deliveryId };
  });
  app.get('/api/deliveries/:deliveryId', { config: { action: 'delivery.read' }, schema: { tags, params: idParam } }, async (request, reply) => {
    const found = await reachable(deps, request.actor, 'delivery.read', request.params.deliveryId);
    return isRefusal(found) ? answer(reply, found) : { ...shownTo(deps, request.actor, found.value), events: await eventsOf(deps.db, found.value.deliveryId) };
  });
  takeFiles(app);
  const receipt = { config: { action: 'delivery.record-proof' }, bodyLimit: MAX_IMPORT_BYTES, schema: { tags, params: idParam, querystring: namedFile, response: { 200: importedFileView } } } as const;
  app.post('/api/deliveries/:deliveryId/receipts', receipt, async (request, reply) => {
    const found = await reachable(deps, request.actor, 'delivery.record-proof', request.params.deliveryId);
    if (isRefusal(found)) return answer(reply, found) as never;
    const { subjectKind, subjectId, authorityId, unitId } = found.value;
    const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array();
    const taken = await importFile(deps, { bytes, fileName: request.query.name, subject: { kind: subjectKind, id: subjectId }, authorityId, unitId, by: request.actor.accountId });
    return taken.ok ? viewOfImport(taken.value) : (answer(reply, taken) as never);
  });
  const proof = { config: { action: 'delivery.record-proof' }, schema: { tags, params: idParam, body: proofBody } };
  app.post('/api/deliveries/:deliveryId/proof', proof, async (request, reply) => {
    const found = await reachable(deps, request.actor, 'delivery.record-proof', request.params.deliveryId);
    if (isRefusal(found)) return answer(reply, found);
    const { deliveryId } = found.value;
    const proved = await transact(deps.db, (tx) => recordProof(tx, deps, { ...request.body, deliveryId, by: request.actor.accountId }));
    return isRefusal(proved) ? answer(reply, proved) : shown(proved.value);
  });
  const servers = z.object({ items: z.array(z.object({ accountId: z.string(), name: z.string() })) });
  app.get('/api/deliveries/:deliveryId/servers', { config: { action: 'delivery.record-proof' }, schema: { tags, params: idParam, response: { 200: servers } } }, async (request, reply) => {
    const found = await reachable(deps, request.actor, 'delivery.record-proof', request.params.deliveryId);
    if (isRefusal(found)) return answer(reply, found) as never;
    const colleagues = await serversOf(deps.db, found.value.authorityId);
    return { items: colleagues.filter(({ accountId }) => accountId !== request.actor.accountId).map(({ accountId, name }) => ({ accountId, name })) };
  });
  const otherWay = { config: { action: 'delivery.send' }, schema: { tags, params: idParam, body: otherWayBody } };
  app.post('/api/deliveries/:deliveryId/other-way', otherWay, async (request, reply) => {
    const found = await reachable(deps, request.actor, 'delivery.send', request.params.deliveryId);
    if (isRefusal(found)) return answer(reply, found);
    const { method, reason, address } = request.body;
    const sent = await transact(deps.db, (tx) => fallBack(tx, deps, found.value.deliveryId, method, request.actor.accountId, reason, address));
    return isRefusal(sent) ? answer(reply, sent) : reply.code(201).send({ ...sent.value, arrivedAt: time(sent.value.arrivedAt) });
  });
}
