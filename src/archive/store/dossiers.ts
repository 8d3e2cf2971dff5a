import { visibleRows, type Visibility } from '#access';
import type { AuthorityId, CalendarDay, CaseId, Instant } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';
import type { Dossier } from '../dossier.ts';

/** An archived case file; nothing is added to it afterwards. */
export interface ArchivedDossier {
  readonly caseId: string;
  readonly archiveNo: string;
  readonly authorityId: string;
  readonly unitId: string;
  readonly title: string;
  readonly pages: number;
  readonly retentionYears: number;
  readonly retainUntil: string;
  readonly archivedBy: string;
  readonly archivedAt: number;
  readonly catalogueSha256: string;
}

const COLUMNS = sql`d.case_id AS "caseId", d.archive_no AS "archiveNo", d.authority_id AS "authorityId", d.unit_id AS "unitId", d.title, d.pages,
  d.retention_years AS "retentionYears", d.retain_until AS "retainUntil", d.archived_by AS "archivedBy", d.archived_at AS "archivedAt",
  d.catalogue_sha AS "catalogueSha256"`;

/** Next archive number of the authority's year. */
export async function nextArchiveNo(tx: Tx, authorityId: AuthorityId, year: number): Promise<number> {
  const { rows } = await sql<{ last_no: number }>`INSERT INTO archive_number_series AS s (authority_id, year, last_no)
    VALUES (${authorityId}, ${year}, 1)
    ON CONFLICT (authority_id, year) DO UPDATE SET last_no = s.last_no + 1 RETURNING last_no`.execute(tx);
  return rows[0]?.last_no ?? 1;
}

export interface NewDossier {
  readonly caseId: CaseId;
  readonly archiveNo: string;
  readonly authorityId: AuthorityId;
  readonly unitId: string;
  readonly dossier: Dossier;
  readonly catalogueSha256: string;
  readonly retentionYears: number;
  readonly retainUntil: CalendarDay;
  readonly archivedBy: string;
  readonly archivedAt: Instant;
}

/** Files the dossier. A second filing of the same case is a defect of the caller. */
export async function insertDossier(tx: Tx, d: NewDossier): Promise<void> {
  await sql`INSERT INTO archive_dossier (case_id, archive_no, authority_id, unit_id, title, catalogue, catalogue_sha, pages, retention_years,
      retain_until, archived_by, archived_at)
    VALUES (${d.caseId}, ${d.archiveNo}, ${d.authorityId}, ${d.unitId}, ${d.dossier.title}, ${JSON.stringify(d.dossier)}::jsonb, ${d.catalogueSha256},
      ${d.dossier.pages}, ${d.retentionYears}, ${d.retainUntil}::date, ${d.archivedBy}, ${d.archivedAt})`.execute(tx);
}

/** Archived dossiers the actor may see, newest first; `before` is the archive time of the last row seen. */
export async function listDossiers(
  db: Database,
  visibility: Visibility,
  before: number | undefined,
  limit: number,
): Promise<ArchivedDossier[]> {
  const visible = visibleRows(visibility, { unit: 'd.unit_id', authority: 'd.authority_id' });
  const { rows } = await sql<ArchivedDossier>`SELECT ${COLUMNS} FROM archive_dossier d
    WHERE ${visible} AND (${before ?? null}::bigint IS NULL OR d.archived_at < ${before ?? null})
    ORDER BY d.archived_at DESC, d.case_id LIMIT ${limit}`.execute(db);
  return rows;
}

/** The dossier as filed, with its catalogue; undefined when the case is not archived. */
export async function findDossier(
  db: Database | Tx,
  caseId: CaseId,
): Promise<(ArchivedDossier & { readonly catalogue: Dossier }) | undefined> {
  const { rows } = await sql<
    ArchivedDossier & { readonly catalogue: Dossier }
  >`SELECT ${COLUMNS}, d.catalogue FROM archive_dossier d
    WHERE d.case_id = ${caseId}`.execute(db);
  return rows[0];
}
