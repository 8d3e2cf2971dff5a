import { asId, type AuthorityId, type DocumentId, type Instant, type UnitId } from '#kernel';
import { visibleRows, type Visibility } from '#access';
import { groundOfUnit } from '#register';
import { sql, type Database, type Tx } from '#platform/db';
import { documentKindKeys, documentKinds, type DocumentKindKey } from './document-kinds.ts';

export type NumberState = 'RESERVED' | 'ISSUED' | 'VOID';

export interface NumberRow {
  readonly numberId: string;
  readonly authorityId: AuthorityId;
  readonly number: string;
  readonly kind: string;
  readonly state: NumberState;
  readonly documentId: DocumentId | null;
  readonly voidReason: string | null;
}

/** An issued document as stored. */
export interface DocumentRow {
  readonly documentId: DocumentId;
  readonly kind: DocumentKindKey;
  readonly title: string;
  readonly number: string;
  readonly authorityId: AuthorityId;
  readonly authorityName: string;
  readonly unitId: UnitId | null;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly data: unknown;
  readonly sha256: string;
  readonly unsignedSha256: string;
  readonly bytes: number;
  readonly pages: number;
  readonly sealed: boolean;
  readonly provider: 'development' | 'external';
  readonly preparedBy: string;
  readonly approvedBy: string | null;
  readonly approvedAt: number | null;
  readonly approvalRef: string | null;
  readonly issuedAt: Instant;
}

/** An issued document with the authority on whose ground the unit stands it is addressed to; null for papers addressed to no unit. */
export interface AddressedDocument extends DocumentRow {
  readonly groundId: AuthorityId | null;
}

/** One use of a seal or signature, with the digests of the file before and after it. */
export interface SealUse {
  readonly sealUseId: string;
  readonly position: number;
  readonly slot: string;
  readonly subjectKind: 'authority' | 'person' | 'platform';
  readonly subjectId: string;
  readonly subjectName: string;
  readonly certificate: string;
  readonly digestBefore: string;
  readonly digestAfter: string;
}

/** Takes the next number of the series. The row lock is held to the end of the transaction: that makes it gapless. */
export async function nextNumber(tx: Tx, authorityId: AuthorityId, series: string, year: number): Promise<number> {
  const row = await tx
    .insertInto('document_number_series')
    .values({ authority_id: authorityId, series, year, last_no: 1 })
    .onConflict((c) => c.columns(['authority_id', 'series', 'year']).doUpdateSet({ last_no: sql`document_number_series.last_no + 1` }))
    .returning('last_no')
    .executeTakeFirstOrThrow();
  return row.last_no;
}

export interface NewNumber {
  readonly numberId: string;
  readonly authorityId: AuthorityId;
  readonly series: string;
  readonly year: number;
  readonly no: number;
  readonly number: string;
  readonly kind: DocumentKindKey;
  readonly reservedBy: string;
  readonly reservedAt: Instant;
}

export async function insertNumber(tx: Tx, n: NewNumber): Promise<void> {
  await tx
    .insertInto('document_number')
    .values({
      number_id: n.numberId, authority_id: n.authorityId, series: n.series, year: n.year, no: n.no, number: n.number,
      kind: n.kind, state: 'RESERVED', reserved_by: n.reservedBy, reserved_at: n.reservedAt,
    })
    .execute();
}

export async function lockNumber(tx: Tx, numberId: string): Promise<NumberRow | undefined> {
  const row = await tx.selectFrom('document_number').selectAll().where('number_id', '=', numberId).forUpdate().executeTakeFirst();
  return row && {
    numberId: row.number_id, authorityId: asId<AuthorityId>(row.authority_id), number: row.number, kind: row.kind,
    state: row.state as NumberState, documentId: row.document_id === null ? null : asId<DocumentId>(row.document_id), voidReason: row.void_reason,
  };
}

export async function markNumberIssued(tx: Tx, numberId: string, documentId: DocumentId): Promise<void> {
  await tx.updateTable('document_number').set({ state: 'ISSUED', document_id: documentId }).where('number_id', '=', numberId).execute();
}

export async function markNumberVoid(tx: Tx, numberId: string, reason: string, by: string, at: Instant): Promise<void> {
  await tx
    .updateTable('document_number')
    .set({ state: 'VOID', void_reason: reason, voided_by: by, voided_at: at })
    .where('number_id', '=', numberId)
    .execute();
}

export async function insertDocument(tx: Tx, d: DocumentRow): Promise<void> {
  await tx
    .insertInto('document')
    .values({
      document_id: d.documentId, kind: d.kind, title: d.title, number: d.number, authority_id: d.authorityId,
      authority_name: d.authorityName, unit_id: d.unitId, subject_kind: d.subjectKind, subject_id: d.subjectId,
      data: JSON.stringify(d.data), sha256: d.sha256, unsigned_sha256: d.unsignedSha256, bytes: d.bytes, pages: d.pages,
      sealed: d.sealed, provider: d.provider, prepared_by: d.preparedBy, approved_by: d.approvedBy, approved_at: d.approvedAt,
      approval_ref: d.approvalRef, issued_at: d.issuedAt,
    })
    .execute();
}

export async function insertSealUses(tx: Tx, documentId: DocumentId, uses: readonly SealUse[], approvalRef: string | null, at: Instant): Promise<void> {
  if (uses.length === 0) return;
  await tx
    .insertInto('document_seal_use')
    .values(
      uses.map((u) => ({
        seal_use_id: u.sealUseId, document_id: documentId, position: u.position, slot: u.slot, subject_kind: u.subjectKind,
        subject_id: u.subjectId, subject_name: u.subjectName, certificate: u.certificate, digest_before: u.digestBefore,
        digest_after: u.digestAfter, approval_ref: approvalRef, used_at: at,
      })),
    )
    .execute();
}

type Raw = Record<string, unknown>;

const toDocument = (r: Raw): DocumentRow => ({
  documentId: r.document_id as DocumentId, kind: r.kind as DocumentKindKey, title: r.title as string, number: r.number as string,
  authorityId: r.authority_id as AuthorityId, authorityName: r.authority_name as string, unitId: r.unit_id as UnitId | null,
  subjectKind: r.subject_kind as string, subjectId: r.subject_id as string, data: r.data, sha256: r.sha256 as string,
  unsignedSha256: r.unsigned_sha256 as string, bytes: r.bytes as number, pages: r.pages as number, sealed: r.sealed as boolean,
  provider: r.provider as DocumentRow['provider'], preparedBy: r.prepared_by as string, approvedBy: r.approved_by as string | null,
  approvedAt: r.approved_at as number | null, approvalRef: r.approval_ref as string | null, issuedAt: r.issued_at as Instant,
});

const OUTER = documentKindKeys.filter((key) => documentKinds[key].reach === 'outer');

/** Only papers that go to the party are addressed to it: what an authority writes for its own file stays there. */
const ground = sql<AuthorityId | null>`CASE WHEN document.kind = ANY(${OUTER}) THEN ${groundOfUnit('document.unit_id')} END`;

/** A document by id; undefined when there is none. */
export async function findDocument(db: Database | Tx, documentId: DocumentId): Promise<AddressedDocument | undefined> {
  const row = await db.selectFrom('document').selectAll().select(ground.as('ground_id')).where('document_id', '=', documentId).executeTakeFirst();
  return row && { ...toDocument(row), groundId: row.ground_id };
}

/** Documents of a clue, review or case, oldest first. */
export async function documentsOf(db: Database | Tx, subjectKind: string, subjectId: string): Promise<DocumentRow[]> {
  const rows = await db
    .selectFrom('document').selectAll()
    .where('subject_kind', '=', subjectKind).where('subject_id', '=', subjectId)
    .orderBy('issued_at').orderBy('document_id').execute();
  return rows.map(toDocument);
}

/** What a person may see, newest first; `before` is the id of the last row of the page before. */
export async function visibleDocuments(
  db: Database, visibility: Visibility, filter: { subjectId?: string; kind?: string; before?: string; limit: number },
): Promise<DocumentRow[]> {
  let query = db
    .selectFrom('document').selectAll()
    .where(visibleRows(visibility, { unit: 'document.unit_id', authority: 'document.authority_id', ground }))
    .orderBy('document_id', 'desc').limit(filter.limit);
  if (filter.subjectId !== undefined) query = query.where('subject_id', '=', filter.subjectId);
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind);
  if (filter.before !== undefined) query = query.where('document_id', '<', filter.before);
  return (await query.execute()).map(toDocument);
}

/** The uses of seals and signatures on a document, in their order. */
export async function sealUsesOf(db: Database | Tx, documentId: DocumentId): Promise<SealUse[]> {
  const rows = await db.selectFrom('document_seal_use').selectAll().where('document_id', '=', documentId).orderBy('position').execute();
  return rows.map((r) => ({
    sealUseId: r.seal_use_id, position: r.position, slot: r.slot, subjectKind: r.subject_kind as SealUse['subjectKind'],
    subjectId: r.subject_id, subjectName: r.subject_name, certificate: r.certificate, digestBefore: r.digest_before, digestAfter: r.digest_after,
  }));
}
