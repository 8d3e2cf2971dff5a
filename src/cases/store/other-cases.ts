import type { Instant } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';
import type { PenaltyCase } from '../penalty-case.ts';
import type { MainState } from '../states.ts';

/** Another case of the same party, as far as the repetition of an act is judged by it. */
export interface OtherCase {
  readonly caseId: string;
  readonly caseNo: string;
  readonly mainState: MainState;
  readonly handedOverAt: Instant;
  readonly decidedAt: Instant | null;
  /** It was punished, and the decision was not revoked. */
  readonly punished: boolean;
}

/** Other cases of the party that were taken up, oldest first; those that are this very matter under another number are left out. */
export async function otherCases(db: Database | Tx, { caseId, unitId, kin }: Pick<PenaltyCase, 'caseId' | 'unitId' | 'kin'>): Promise<OtherCase[]> {
  const same = [caseId, ...kin.filter(({ relation }) => relation !== 'JOINT_WITH').map((one) => one.caseId)];
  const { rows } = await sql<OtherCase>`SELECT c.case_id AS "caseId", c.case_no AS "caseNo", c.main_state AS "mainState", c.handed_over_at AS "handedOverAt", c.decided_at AS "decidedAt",
      c.decided_at IS NOT NULL AND c.remedy <> 'REVOKED' AND EXISTS (SELECT 1 FROM case_paper p WHERE p.case_id = c.case_id AND p.kind IN ('PENALTY_DECISION', 'ON_SPOT_DECISION')) AS punished
    FROM penalty_case c WHERE c.unit_id = ${unitId} AND NOT c.case_id = ANY (${same}::text[]) AND c.main_state NOT IN ('NOT_FILED', 'TRANSFERRED_OUT', 'MERGED')
    ORDER BY c.handed_over_at, c.case_no`.execute(db);
  return rows;
}
