import pg from 'pg';
import { openDatabase, type Database } from '../database.ts';

/** A statement as it was sent. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Node of a plan as `EXPLAIN (FORMAT JSON)` gives it, as far as it is looked at here. */
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Plan Rows': number;
  readonly Plans?: readonly PlanNode[];
}

/** What `work` really sends, but for the ends of its transactions. */
export async function statementsOf(url: string, work: (db: Database) => Promise<unknown>): Promise<Statement[]> {
  const sent: Statement[] = [];
  const db = openDatabase(url, { max: 1, log: ({ query }) => void sent.push({ sql: query.sql, parameters: query.parameters }) });
  try {
    await work(db);
  } finally {
    await db.destroy();
  }
  return sent.filter(({ sql }) => !/^(begin|commit|rollback)/.test(sql));
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** Row policies read settings: they are set as they were, so that the plan is the one of that moment. */
const isSetting = ({ sql }: Statement): boolean => sql.startsWith('SELECT set_config(');

/**
 * What is wrong with the plans of statements sent one after another, in words; nothing where every large table is entered
 * through an index and no page is found by sorting a large table.
 *
 * @param client of the role that sends them: row security is part of the plan
 * @param large tables that grow, with more rows than anybody should read for one page
 */
export async function planFaults(client: pg.Client, sent: readonly Statement[], large: ReadonlySet<string>, many: number): Promise<string[]> {
  const faults: string[] = [];
  await client.query('BEGIN');
  try {
    for (const statement of sent) {
      if (isSetting(statement)) await client.query(statement.sql, [...statement.parameters]);
      else faults.push(...faultsOf(await planOf(client, statement), large, many).map((fault) => `${fault}: ${statement.sql}`));
    }
  } finally {
    await client.query('ROLLBACK');
  }
  return faults;
}

async function planOf(client: pg.Client, { sql, parameters }: Statement): Promise<PlanNode> {
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(`EXPLAIN (FORMAT JSON) ${sql}`, [...parameters]);
  const plan = rows[0]?.['QUERY PLAN'][0].Plan;
  if (plan === undefined) throw new Error(`no plan for ${sql}`);
  return plan;
}

function faultsOf(plan: PlanNode, large: ReadonlySet<string>, many: number): string[] {
  return nodesOf(plan).flatMap((node) => {
    const type = node['Node Type'];
    if (type === 'Seq Scan' && large.has(node['Relation Name'] ?? '')) return [`reads all of ${node['Relation Name']}`];
    if (type === 'Sort' && (node.Plans?.[0]?.['Plan Rows'] ?? 0) > many) return [`sorts ${node.Plans?.[0]?.['Plan Rows']} rows`];
    return [];
  });
}

/** Tables of more than `many` rows, as ANALYZE found them. */
export async function largeTables(client: pg.Client, many: number): Promise<Set<string>> {
  const { rows } = await client.query<{ relname: string }>(`SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > $1`, [many]);
  return new Set(rows.map((row) => row.relname));
}
