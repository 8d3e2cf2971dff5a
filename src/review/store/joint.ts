import { visibleRows, type Visibility } from '#access';
import type { AccountId, AuthorityId, ClueId, Instant, RegionKey, UnitId } from '#kernel';
import { behindCursor, inListOrder, pageOf, sql, type Database, type ListOrder, type PageAsked, type PageOf, type Tx } from '#platform/db';
import type { JointKind, JointState, JointSubject, JointWord, Seat } from '../joint/decide-joint.ts';

export interface Conclusion {
  readonly text: string;
  readonly clueId: ClueId | null;
  readonly at: Instant;
}

export interface JointMatter extends JointState {
  readonly matterId: string;
  readonly kind: JointKind;
  readonly unitId: UnitId;
  readonly authorityId: AuthorityId;
  readonly region: RegionKey;
  readonly subject: JointSubject | null;
  readonly question: string;
  readonly convenedAt: Instant;
  readonly words: readonly (JointWord & { readonly at: Instant })[];
  readonly conclusion: Conclusion | null;
}

type Row = Omit<JointMatter, 'concluded'>;

const SELECT = sql`SELECT m.matter_id AS "matterId", m.kind, m.unit_id AS "unitId", m.authority_id AS "authorityId", m.region, m.subject, m.question,
    m.convened_by AS "convenedBy", m.convened_at AS "convenedAt",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('accountId', account_id, 'department', department) ORDER BY department, account_id), '[]') FROM joint_seat s WHERE s.matter_id = m.matter_id) AS seats,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('accountId', account_id, 'outcome', outcome, 'text', text, 'at', at) ORDER BY at), '[]') FROM joint_word w WHERE w.matter_id = m.matter_id) AS words,
    (SELECT jsonb_build_object('text', text, 'clueId', clue_id, 'at', at) FROM joint_conclusion c WHERE c.matter_id = m.matter_id) AS conclusion
  FROM joint_matter m`;

const matterOf = (row: Row): JointMatter => ({ ...row, concluded: row.conclusion !== null });

/** The matter for an act that follows: under its own lock. */
export async function takeMatter(tx: Tx, matterId: string): Promise<JointMatter | undefined> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`joint_matter:${matterId}`}, 8))`.execute(tx);
  const { rows } = await sql<Row>`${SELECT} WHERE m.matter_id = ${matterId}`.execute(tx);
  return rows[0] === undefined ? undefined : matterOf(rows[0]);
}

const NEWEST: ListOrder = { table: sql`joint_matter m`, keys: [sql`m.convened_at`], id: sql`m.matter_id` };

/** Matters the reader may see, of one unit where it is named, newest first. */
export async function listMatters(db: Database, visibility: Visibility, filter: PageAsked & { readonly unitId?: UnitId | undefined }): Promise<PageOf<JointMatter>> {
  const { rows } = await sql<Row>`${SELECT} WHERE ${visibleRows(visibility, { unit: 'm.unit_id', authority: 'm.authority_id' })}
    AND ${filter.unitId === undefined ? sql`true` : sql`m.unit_id = ${filter.unitId}`} AND ${behindCursor(NEWEST, filter)} ${inListOrder(NEWEST, filter)}`.execute(db);
  return pageOf(rows.map(matterOf), filter, (one) => one.matterId);
}

export async function insertMatter(tx: Tx, m: Omit<JointMatter, 'concluded' | 'words' | 'conclusion'>): Promise<void> {
  await sql`INSERT INTO joint_matter (matter_id, kind, unit_id, authority_id, region, subject, question, convened_by, convened_at)
    VALUES (${m.matterId}, ${m.kind}, ${m.unitId}, ${m.authorityId}, ${m.region}, ${m.subject}, ${m.question}, ${m.convenedBy}, ${m.convenedAt})`.execute(tx);
  for (const { accountId, department } of m.seats satisfies readonly Seat[]) {
    await sql`INSERT INTO joint_seat (matter_id, account_id, department) VALUES (${m.matterId}, ${accountId}, ${department})`.execute(tx);
  }
}

export async function insertWord(tx: Tx, matterId: string, word: JointWord, by: AccountId, at: Instant): Promise<void> {
  await sql`INSERT INTO joint_word (matter_id, account_id, outcome, text, said_by, at) VALUES (${matterId}, ${word.accountId}, ${word.outcome}, ${word.text}, ${by}, ${at})`.execute(tx);
}

export async function insertConclusion(tx: Tx, matterId: string, { text, clueId, at }: Conclusion, by: AccountId): Promise<void> {
  await sql`INSERT INTO joint_conclusion (matter_id, text, clue_id, concluded_by, at) VALUES (${matterId}, ${text}, ${clueId}, ${by}, ${at})`.execute(tx);
}
