import { visibleRows, type Visibility } from '#access';
import { asId, type CaseId } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';
import { firstDue, pageByUrgency, partBy, type ListPart, type Pressing, type UrgencyPlace } from '#platform/deadlines';

/** A case as lists show it. */
export interface CaseRow {
  readonly caseId: string;
  readonly caseNo: string;
  readonly unitId: string;
  /** Set where the party is a person, whom no register names. */
  readonly partyName: string | null;
  readonly outfallId: string | null;
  readonly clueId: string;
  readonly mainState: string;
  readonly rectification: string;
  readonly remedy: string;
  readonly violation: string | null;
  readonly amount: number | null;
  readonly handedOverAt: number;
  readonly filedAt: number | null;
  readonly decidedAt: number | null;
  readonly closedAt: number | null;
  readonly changedAt: number;
}

export interface CaseFilter {
  readonly state?: string | undefined;
  readonly unitId?: string | undefined;
  readonly open?: boolean | undefined;
  /** Only what the unit has learnt of: its own view. */
  readonly shownOnly?: boolean | undefined;
  /** `<changedAt>_<caseId>` of the last row seen. */
  readonly cursor?: string | undefined;
  /** By urgency instead, after the place where the page before ended. */
  readonly urgent?: { readonly pressing: Pressing; readonly after: UrgencyPlace | undefined } | undefined;
  readonly limit: number;
}

/** Cases the actor may see, newest change first or by urgency; `due` is the end of the clock that presses most where the list is by urgency. */
export async function listCases(db: Database, visibility: Visibility, filter: CaseFilter): Promise<(CaseRow & { readonly due: number | null })[]> {
  const visible = visibleRows(visibility, { unit: 'c.unit_id', authority: 'c.authority_id' });
  const { urgent, limit } = filter;
  const ask = async ({ due, join, where, order }: ListPart, most: number) =>
    (await sql<CaseRow & { due: number | null }>`SELECT ${due} AS due, c.case_id AS "caseId", c.case_no AS "caseNo", c.unit_id AS "unitId", c.party_name AS "partyName", c.outfall_id AS "outfallId",
      c.clue_id AS "clueId", c.main_state AS "mainState", c.rectification, c.remedy, c.violation, c.amount,
      c.handed_over_at AS "handedOverAt", c.filed_at AS "filedAt", c.decided_at AS "decidedAt", c.closed_at AS "closedAt", c.changed_at AS "changedAt"
    FROM penalty_case c ${join}
    WHERE ${visible}
      AND (${filter.state ?? null}::text IS NULL OR c.main_state = ${filter.state ?? null})
      AND (${filter.unitId ?? null}::text IS NULL OR c.unit_id = ${filter.unitId ?? null})
      AND (${filter.open ?? false}::boolean IS FALSE OR c.closed_at IS NULL)
      AND (${filter.shownOnly ?? false}::boolean IS FALSE OR c.shown_to_unit)
      AND ${where}
    ORDER BY ${order} LIMIT ${most}`.execute(db)).rows;
  const newest = (after: { readonly changed: number; readonly id: string } | undefined) =>
    partBy(after === undefined ? sql`true` : sql`(c.changed_at, c.case_id) < (${after.changed}::bigint, ${after.id})`, sql`c.changed_at DESC, c.case_id DESC`);
  if (urgent === undefined) return ask(newest(splitCursor(filter.cursor)), limit);
  const clocks = firstDue('case', { ...urgent.pressing, visible: visibleRows(visibility, { unit: 'unit_id', authority: 'authority_id' }) });
  return pageByUrgency({ clocks, after: urgent.after, limit }, { id: sql`c.case_id`, newest, ask });
}

function splitCursor(cursor: string | undefined): { readonly changed: number; readonly id: string } | undefined {
  const match = /^(\d{1,15})_(.+)$/.exec(cursor ?? '');
  return match === null ? undefined : { changed: Number(match[1]), id: match[2] ?? '' };
}

export const cursorOf = (row: CaseRow): string => `${row.changedAt}_${row.caseId}`;

/** The case with this number, e.g. for `case export`. */
export async function caseIdByNo(db: Database, caseNo: string): Promise<CaseId | undefined> {
  const { rows } = await sql<{ case_id: string }>`SELECT case_id FROM penalty_case WHERE case_no = ${caseNo}`.execute(
    db,
  );
  return rows[0] === undefined ? undefined : asId<CaseId>(rows[0].case_id);
}

/** The case a clue became, for links from the clue page. */
export async function caseOfClue(
  db: Database,
  clueId: string,
): Promise<{ caseId: string; caseNo: string; mainState: string } | undefined> {
  const { rows } = await sql<{
    caseId: string;
    caseNo: string;
    mainState: string;
  }>`SELECT case_id AS "caseId", case_no AS "caseNo", main_state AS "mainState"
    FROM penalty_case WHERE clue_id = ${clueId} AND opened_from IS NULL ORDER BY handed_over_at LIMIT 1`.execute(db);
  return rows[0];
}

export interface CaseHead {
  readonly caseId: string;
  readonly caseNo: string;
  readonly unitId: string;
  readonly partyName: string | null;
  readonly mainState: string;
  readonly amount: number | null;
  /** Accounts of the officers in charge, the lead first. */
  readonly officers: readonly string[];
}

/** Heads of these cases, for links between cases about one matter. */
export async function caseHeads(db: Database, ids: readonly CaseId[]): Promise<CaseHead[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<CaseHead>`SELECT case_id AS "caseId", case_no AS "caseNo", unit_id AS "unitId", party_name AS "partyName", main_state AS "mainState", amount, officers
    FROM penalty_case WHERE case_id = ANY(${[...ids]}::text[]) ORDER BY case_no`.execute(db);
  return rows;
}

/** Cases of the same party and authority under investigation and filed no later: those a case may be merged into. */
export async function mergeTargets(db: Database, of: { readonly caseId: CaseId; readonly unitId: string; readonly authorityId: string; readonly filedAt: number }): Promise<Omit<CaseHead, 'officers'>[]> {
  const { rows } = await sql<Omit<CaseHead, 'officers'>>`SELECT case_id AS "caseId", case_no AS "caseNo", unit_id AS "unitId", party_name AS "partyName", main_state AS "mainState", amount
    FROM penalty_case WHERE unit_id = ${of.unitId} AND authority_id = ${of.authorityId} AND main_state = 'INVESTIGATING' AND filed_at <= ${of.filedAt} AND case_id <> ${of.caseId}
    ORDER BY filed_at, case_no LIMIT 50`.execute(db);
  return rows;
}

/** How many cases stand in each state, for the funnel of the situation page. */
export async function countByState(db: Database, visibility: Visibility): Promise<Record<string, number>> {
  const visible = visibleRows(visibility, { unit: 'c.unit_id', authority: 'c.authority_id' });
  const { rows } = await sql<{
    state: string;
    n: number;
  }>`SELECT c.main_state AS state, count(*)::int AS n FROM penalty_case c
    WHERE ${visible} GROUP BY c.main_state`.execute(db);
  return Object.fromEntries(rows.map((r) => [r.state, r.n]));
}

/** Recorded data of a paper without PDF; undefined when it is not of this case. */
export async function paperOf(
  db: Database | Tx,
  caseId: string,
  paperId: string,
): Promise<{ kind: string; title: string; data: unknown; sha256: string } | undefined> {
  const { rows } = await sql<{
    kind: string;
    title: string;
    data: unknown;
    sha256: string;
  }>`SELECT kind, title, data, sha256 FROM case_paper
    WHERE case_id = ${caseId} AND paper_id = ${paperId}`.execute(db);
  return rows[0];
}

/** Whether the paper lies in the file of a case that these authorities or units may see. */
export async function caseHoldsPaper(db: Database | Tx, visibility: Visibility, documentId: string): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM case_paper p JOIN penalty_case c ON c.case_id = p.case_id
    WHERE p.document_id = ${documentId} AND ${visibleRows(visibility, { unit: 'c.unit_id', authority: 'c.authority_id' })} LIMIT 1`.execute(db);
  return rows.length > 0;
}
