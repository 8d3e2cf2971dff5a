import { unitPeople, visibleRows, type Visibility } from '#access';
import type { AccountId, DeliveryId, DocumentId, Instant, UnitId } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';
import type { Consent, Delivery, DeliveryMethod, DeliveryState } from './delivery.ts';

export async function insertDelivery(tx: Tx, d: Delivery): Promise<void> {
  await tx
    .insertInto('delivery')
    .values({
      delivery_id: d.deliveryId, document_id: d.documentId, document_number: d.documentNumber, document_title: d.documentTitle,
      document_sha256: d.documentSha256, unit_id: d.unitId, authority_id: d.authorityId, region: d.region, subject_kind: d.subjectKind,
      subject_id: d.subjectId, method: d.method, method_reason: d.methodReason, account: d.account, consent_id: d.consentId,
      must_confirm: d.mustConfirm, state: d.state, sent_by: d.sentBy, sent_at: d.sentAt, arrived_at: d.arrivedAt, legal_day: d.legalDay,
      read_at: d.readAt, confirmed_at: d.confirmedAt, confirmed_by: d.confirmedBy, failure: d.failure, proof_sha256: d.proofSha256,
      receiver: d.receiver, served_by: [...d.servedBy], replaces: d.replaces, about_zh: d.about?.zh ?? null, about_en: d.about?.en ?? null,
    })
    .execute();
}

/** Writes what may change: the state and the facts of arrival, reading, confirmation, failure, proof. */
export async function updateDelivery(tx: Tx, d: Delivery): Promise<void> {
  await tx
    .updateTable('delivery')
    .set({
      state: d.state, arrived_at: d.arrivedAt, legal_day: d.legalDay, read_at: d.readAt, confirmed_at: d.confirmedAt,
      confirmed_by: d.confirmedBy, failure: d.failure, proof_sha256: d.proofSha256, receiver: d.receiver, served_by: [...d.servedBy],
      left_reason: d.left?.reason ?? null, left_witness: d.left?.witness ?? null, left_recording: d.left?.recording ?? null,
    })
    .where('delivery_id', '=', d.deliveryId)
    .execute();
}

/** One fact of a delivery; rows are only ever added. */
export interface DeliveryEvent {
  readonly seq: number;
  readonly act: string;
  readonly state: DeliveryState;
  readonly actor: string;
  readonly at: Instant;
  readonly detail: unknown;
}

/** The row lock of the delivery (taken before) keeps the sequence free of collisions. */
export async function insertEvent(tx: Tx, deliveryId: DeliveryId, event: Omit<DeliveryEvent, 'seq'>): Promise<void> {
  await sql`INSERT INTO delivery_event (delivery_id, seq, act, state, actor, at, detail)
    SELECT ${deliveryId}, coalesce(max(seq), 0) + 1, ${event.act}::text, ${event.state}::text, ${event.actor}::text, ${event.at}::bigint,
      ${JSON.stringify(event.detail)}::jsonb
    FROM delivery_event WHERE delivery_id = ${deliveryId}`.execute(tx);
}

type Raw = Record<string, unknown>;

const toDelivery = (r: Raw): Delivery => ({
  deliveryId: r.delivery_id as DeliveryId, documentId: r.document_id as DocumentId, documentNumber: r.document_number as string,
  documentTitle: r.document_title as string, documentSha256: r.document_sha256 as string, unitId: r.unit_id as UnitId,
  authorityId: r.authority_id as Delivery['authorityId'], region: r.region as Delivery['region'], subjectKind: r.subject_kind as string,
  subjectId: r.subject_id as string, method: r.method as DeliveryMethod, methodReason: r.method_reason as string, account: r.account as string,
  consentId: r.consent_id as string | null, mustConfirm: r.must_confirm as boolean, state: r.state as DeliveryState,
  sentBy: r.sent_by as AccountId, sentAt: r.sent_at as Instant, arrivedAt: r.arrived_at as Instant | null,
  legalDay: r.legal_day as Delivery['legalDay'], readAt: r.read_at as Instant | null, confirmedAt: r.confirmed_at as Instant | null,
  confirmedBy: r.confirmed_by as string | null, failure: r.failure as string | null, proofSha256: r.proof_sha256 as string | null,
  receiver: r.receiver as string | null, left: r.left_reason === null ? null : { reason: r.left_reason as string, witness: r.left_witness as string, recording: r.left_recording as string },
  servedBy: r.served_by as AccountId[], replaces: r.replaces as DeliveryId | null,
  about: r.about_zh === null ? null : { zh: r.about_zh as string, en: r.about_en as string },
});

/** A delivery by id; with `lock` until the end of the transaction. */
export async function findDelivery(db: Database | Tx, deliveryId: DeliveryId, lock = false): Promise<Delivery | undefined> {
  let query = db.selectFrom('delivery').selectAll().where('delivery_id', '=', deliveryId);
  if (lock) query = query.forUpdate();
  const row = await query.executeTakeFirst();
  return row && toDelivery(row);
}

/** Deliveries of a case, clue or sheet, oldest first. */
export async function deliveriesOf(db: Database | Tx, subjectKind: string, subjectId: string): Promise<Delivery[]> {
  const rows = await db
    .selectFrom('delivery').selectAll()
    .where('subject_kind', '=', subjectKind).where('subject_id', '=', subjectId)
    .orderBy('sent_at').orderBy('delivery_id').execute();
  return rows.map(toDelivery);
}

/** Deliveries of a document, newest first. */
export async function deliveriesOfDocument(db: Database | Tx, documentId: DocumentId): Promise<Delivery[]> {
  const rows = await db.selectFrom('delivery').selectAll().where('document_id', '=', documentId).orderBy('delivery_id', 'desc').execute();
  return rows.map(toDelivery);
}

export interface DeliveryFilter {
  readonly subjectId?: string;
  /** Only what has reached the unit's own system: a unit never sees a paper before it arrived. */
  readonly documentId?: DocumentId;
  readonly arrivedOnly?: boolean;
  /** Only what its unit still has to confirm. */
  readonly unconfirmed?: boolean;
  readonly before?: string;
  readonly limit: number;
}

/** What a person may see, newest first; `before` is the last id of the page before. */
export async function visibleDeliveries(db: Database, visibility: Visibility, filter: DeliveryFilter): Promise<Delivery[]> {
  let query = db
    .selectFrom('delivery').selectAll()
    .where(visibleRows(visibility, { unit: 'delivery.unit_id', authority: 'delivery.authority_id' }))
    .orderBy('delivery_id', 'desc').limit(filter.limit);
  if (filter.subjectId !== undefined) query = query.where('subject_id', '=', filter.subjectId);
  if (filter.documentId !== undefined) query = query.where('document_id', '=', filter.documentId);
  if (filter.arrivedOnly === true) query = query.where('arrived_at', 'is not', null).where('method', '=', 'ELECTRONIC');
  if (filter.unconfirmed === true) query = query.where('must_confirm', '=', true).where('state', 'in', ['DELIVERED', 'READ']);
  if (filter.before !== undefined) query = query.where('delivery_id', '<', filter.before);
  return (await query.execute()).map(toDelivery);
}

/**
 * Deliveries of these kinds of matters about which the authority has something to do (`dutyOf`), the longest waiting first, and how
 * many there are. What arrived in a portal counts, for the kinds `toConfirm`, once it has lain there unconfirmed since before `arrivedBefore` (江苏办法 第十三条).
 */
export async function deliveryDuties(
  db: Database, visibility: Visibility, { kinds, toConfirm, arrivedBefore, limit }: { readonly kinds: readonly string[]; readonly toConfirm: readonly string[]; readonly arrivedBefore: Instant; readonly limit: number },
): Promise<{ items: Delivery[]; total: number }> {
  const visible = visibleRows(visibility, { authority: 'authority_id' });
  const { rows } = await sql<Raw & { total: number }>`SELECT *, count(*) OVER ()::int AS total FROM delivery
    WHERE (state IN ('SENT', 'FAILED') OR (must_confirm AND state IN ('DELIVERED', 'READ') AND method = 'ELECTRONIC' AND arrived_at < ${arrivedBefore} AND subject_kind = ANY(${[...toConfirm]}::text[])))
      AND subject_kind = ANY(${[...kinds]}::text[]) AND ${visible}
    ORDER BY sent_at, delivery_id LIMIT ${limit}`.execute(db);
  return { items: rows.map(toDelivery), total: rows[0]?.total ?? 0 };
}

/** The facts of a delivery, oldest first. */
export async function eventsOf(db: Database | Tx, deliveryId: DeliveryId): Promise<DeliveryEvent[]> {
  const rows = await db.selectFrom('delivery_event').selectAll().where('delivery_id', '=', deliveryId).orderBy('seq').execute();
  return rows.map((r) => ({ seq: r.seq, act: r.act, state: r.state as DeliveryState, actor: r.actor, at: r.at as Instant, detail: r.detail }));
}

export async function insertConsent(tx: Tx, c: Consent): Promise<void> {
  await tx
    .insertInto('delivery_consent')
    .values({
      consent_id: c.consentId, unit_id: c.unitId, act: c.act, channel: c.channel, account: c.account, documents_covered: c.documentsCovered,
      signer_name: c.signerName, signer_role: c.signerRole, signed_by: c.signedBy, document_id: c.documentId, document_number: c.documentNumber, at: c.at,
    })
    .execute();
}

const toConsent = (r: Raw): Consent => ({
  consentId: r.consent_id as string, unitId: r.unit_id as UnitId, act: r.act as Consent['act'], channel: r.channel as Consent['channel'],
  account: r.account as string, documentsCovered: r.documents_covered as string, signerName: r.signer_name as string,
  signerRole: r.signer_role as string, signedBy: r.signed_by as AccountId, documentId: r.document_id as DocumentId | null,
  documentNumber: r.document_number as string | null, at: r.at as Instant,
});

/** The newest act of consent or withdrawal of a unit; undefined when it never said anything. */
export async function latestConsent(db: Database | Tx, unitId: UnitId): Promise<Consent | undefined> {
  const row = await db
    .selectFrom('delivery_consent').selectAll().where('unit_id', '=', unitId)
    .orderBy('at', 'desc').orderBy('consent_id', 'desc').limit(1).executeTakeFirst();
  return row && toConsent(row);
}

/** A consent or withdrawal by its id; undefined where there is none. */
export async function findConsent(db: Database | Tx, consentId: string): Promise<Consent | undefined> {
  const row = await db.selectFrom('delivery_consent').selectAll().where('consent_id', '=', consentId).executeTakeFirst();
  return row && toConsent(row);
}

/** Sign-in name of somebody at the unit who may open what arrives and confirm it; undefined when there is nobody. */
export async function portalAccountOf(db: Database | Tx, unitId: UnitId): Promise<string | undefined> {
  return (await unitPeople(db, unitId, 'delivery.read-own', 'delivery.confirm'))[0]?.login;
}
