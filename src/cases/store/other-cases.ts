import type { CalendarDay, Instant } from '#kernel';
import type { ViolationKey } from '#law';
import { sql, type Database, type Tx } from '#platform/db';
import type { ObservedFact } from '#review';
import type { PenaltyCase } from '../penalty-case.ts';
import type { MainState } from '../states.ts';

/** Another case of the same party: by it the repetition of an act is judged, and whether two acts are one matter. */
export interface OtherCase {
  readonly caseId: string;
  readonly caseNo: string;
  readonly mainState: MainState;
  readonly outfallId: string | null;
  readonly violation: ViolationKey | null;
  readonly handedOverAt: Instant;
  /** Span of the act as it was handed over. */
  readonly actStart: Instant;
  readonly actEnd: Instant;
  /** Its facts as the review handed them over; null where they were not kept as data. */
  readonly observed: readonly ObservedFact[] | null;
  readonly decidedAt: Instant | null;
  /** Legal day on which the decision reached the party; null until then. */
  readonly servedOn: CalendarDay | null;
  /** It was punished, and the decision was not revoked. */
  readonly punished: boolean;
  /** The newest decision that punishes; null where there is none. */
  readonly decisionNo: string | null;
  readonly decisionSha256: string | null;
}

/** A person has an id of his own in every case, for whichever unit he acted: who it is says the number of his identity paper. */
const ofParty = ({ unitId, person }: Pick<PenaltyCase, 'unitId' | 'person'>) =>
  person === undefined ? sql`c.unit_id = ${unitId}` : sql`c.party_name IS NOT NULL AND upper(o.event #>> '{origin,person,idNumber}') = ${person.idNumber.toUpperCase()}`;

/** Other cases of the party that were taken up, oldest first; those that are this very matter under another number are left out. */
export async function otherCases(db: Database | Tx, { caseId, kin, ...party }: Pick<PenaltyCase, 'caseId' | 'unitId' | 'person' | 'kin'>): Promise<OtherCase[]> {
  const same = [caseId, ...kin.filter(({ relation }) => relation !== 'JOINT_WITH').map((one) => one.caseId)];
  const { rows } = await sql<OtherCase>`SELECT c.case_id AS "caseId", c.case_no AS "caseNo", c.main_state AS "mainState", c.outfall_id AS "outfallId", c.violation, c.handed_over_at AS "handedOverAt",
      (o.event #>> '{origin,actStart}')::bigint AS "actStart", (o.event #>> '{origin,actEnd}')::bigint AS "actEnd", o.event #> '{origin,observed}' AS observed, c.decided_at AS "decidedAt",
      (SELECT CASE e.event #>> '{command,kind}' WHEN 'DECIDE_ON_SPOT' THEN to_char(to_timestamp(e.at / 1000.0) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') ELSE e.event #>> '{command,legalDay}' END
        FROM case_event e WHERE e.case_id = c.case_id AND e.seq >= p.seq AND e.event #>> '{command,kind}' IN ('RECORD_DECISION_DELIVERED', 'DECIDE_ON_SPOT') ORDER BY e.seq LIMIT 1) AS "servedOn",
      c.decided_at IS NOT NULL AND c.remedy <> 'REVOKED' AND p.number IS NOT NULL AS punished, p.number AS "decisionNo", p.sha256 AS "decisionSha256"
    FROM penalty_case c JOIN case_event o ON o.case_id = c.case_id AND o.seq = 1
    LEFT JOIN LATERAL (SELECT seq, number, sha256 FROM case_paper q WHERE q.case_id = c.case_id AND q.kind IN ('PENALTY_DECISION', 'ON_SPOT_DECISION') ORDER BY q.seq DESC LIMIT 1) p ON TRUE
    WHERE ${ofParty(party)} AND NOT c.case_id = ANY (${same}::text[]) AND c.main_state NOT IN ('NOT_FILED', 'TRANSFERRED_OUT', 'MERGED')
    ORDER BY c.handed_over_at, c.case_no`.execute(db);
  return rows;
}
