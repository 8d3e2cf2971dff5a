import { visibleRows, type Visibility } from '#access';
import { dayOf, endOfDay, startOfDay, type CalendarDay, type Instant } from '#kernel';
import { VIOLATION_KEYS, type ViolationKey } from '#law';
import { sql, type Database } from '#platform/db';
import type { CommandOf } from '../commands/index.ts';
import type { DecidedFine } from '../discretion/decide-replay.ts';

export interface FineFilter {
  readonly region: string;
  readonly violations: readonly ViolationKey[];
  readonly from?: CalendarDay;
  readonly to?: CalendarDay;
  /** Only what had been decided by then. */
  readonly before?: Instant;
  /** The case the question is asked for. */
  readonly except?: string;
  /** Fines on persons, whose range is another, instead of those on units. */
  readonly persons?: boolean;
}

/** Decided fines, each the sum of its own violation, with the run it rests on, newest decision first; whole region when no visibility is given. */
export async function decidedFines(db: Database, filter: FineFilter, visibility?: Visibility): Promise<DecidedFine[]> {
  const visible =
    visibility === undefined
      ? sql<boolean>`TRUE`
      : visibleRows(visibility, { unit: 'c.unit_id', authority: 'c.authority_id' });
  const from = filter.from === undefined ? 0 : startOfDay(filter.from);
  const to = filter.to === undefined ? Number.MAX_SAFE_INTEGER : endOfDay(filter.to);
  const { rows } = await sql<{
    caseId: string;
    caseNo: string;
    unitId: string;
    violation: string;
    decidedAt: number;
    amount: number;
    tableId: string;
    tableVersion: string;
    input: CommandOf<'SET_DISCRETION'>;
  }>`SELECT c.case_id AS "caseId", c.case_no AS "caseNo", c.unit_id AS "unitId", c.violation, c.decided_at AS "decidedAt", r.amount,
      r.table_id AS "tableId", r.table_version AS "tableVersion", r.input
    FROM penalty_case c
    JOIN LATERAL (SELECT * FROM case_discretion_run d WHERE d.case_id = c.case_id ORDER BY d.seq DESC LIMIT 1) r ON TRUE
    WHERE ${visible} AND c.region = ${filter.region} AND c.violation = ANY (${[...filter.violations]}::text[])
      AND c.decided_at >= ${from} AND c.decided_at < ${Math.min(to, filter.before ?? to)} AND c.amount > 0
      AND (c.party_name IS NOT NULL) = ${filter.persons ?? false}
      AND (${filter.except ?? null}::text IS NULL OR c.case_id <> ${filter.except ?? null})
    ORDER BY c.decided_at DESC LIMIT 5000`.execute(db);
  return rows.flatMap(({ violation, decidedAt, input, ...row }) => {
    const key = VIOLATION_KEYS.find((k) => k === violation);
    if (key === undefined) return [];
    const { basisId, grades, mitigation } = input;
    return [
      {
        ...row,
        violation: key,
        decidedOn: dayOf(decidedAt as Instant),
        basisId,
        input: { grades, ...(mitigation === undefined ? {} : { mitigation }) },
      },
    ];
  });
}

/** When the same violation of this unit was last found before; undefined when never. */
export async function lastFound(
  db: Database,
  unitId: string,
  violation: ViolationKey,
  before: Instant,
): Promise<Instant | undefined> {
  const { rows } = await sql<{ at: number }>`SELECT handed_over_at AS at FROM penalty_case
    WHERE unit_id = ${unitId} AND violation = ${violation} AND handed_over_at < ${before}
      AND main_state NOT IN ('NOT_FILED', 'TRANSFERRED_OUT')
    ORDER BY handed_over_at DESC LIMIT 1`.execute(db);
  return rows[0]?.at as Instant | undefined;
}
