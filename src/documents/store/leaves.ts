import type { DocumentId, LeafIndex } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';

export async function insertDocumentLeaf(tx: Tx, documentId: DocumentId, leaf: LeafIndex): Promise<void> {
  await sql`INSERT INTO document_leaf (document_id, leaf) VALUES (${documentId}, ${leaf}) ON CONFLICT DO NOTHING`.execute(tx);
}

/** The leaf that names this file as one we issued; undefined where none does. */
export async function leafOfFile(db: Database, sha256: string): Promise<LeafIndex | undefined> {
  const { rows } = await sql<{ leaf: LeafIndex }>`SELECT l.leaf FROM document_leaf l JOIN document d USING (document_id) WHERE d.sha256 = ${sha256} ORDER BY l.leaf LIMIT 1`.execute(db);
  return rows[0]?.leaf;
}
