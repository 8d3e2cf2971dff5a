import type { CaseId } from '#kernel';
import { sql, type Database } from '#platform/db';

/** A paper of a case as stored; a drawn one has a document, a received one only its digest. */
export interface StoredPaper {
  readonly paperId: string;
  readonly seq: number;
  readonly kind: string;
  readonly title: string;
  readonly number: string;
  readonly documentId: string | null;
  readonly sha256: string;
  readonly data: unknown;
}

/** Every paper of a case with its data, in the order it was made; for the evidence package. */
export async function papersOf(db: Database, caseId: CaseId): Promise<StoredPaper[]> {
  const { rows } =
    await sql<StoredPaper>`SELECT paper_id AS "paperId", seq, kind, title, number, document_id AS "documentId", sha256, data
    FROM case_paper WHERE case_id = ${caseId} ORDER BY seq, paper_id`.execute(db);
  return rows;
}

/** Stored discretion runs of a case, oldest first. */
export async function discretionRunsOf(
  db: Database,
  caseId: CaseId,
): Promise<{ runId: string; lawDigest: string; input: unknown; trace: unknown; amount: number; madeAt: number }[]> {
  const { rows } = await sql<{
    runId: string;
    lawDigest: string;
    input: unknown;
    trace: unknown;
    amount: number;
    madeAt: number;
  }>`SELECT run_id AS "runId",
      law_digest AS "lawDigest", input, trace, amount, made_at AS "madeAt"
    FROM case_discretion_run WHERE case_id = ${caseId} ORDER BY seq`.execute(db);
  return rows;
}
