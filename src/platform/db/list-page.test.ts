import { afterAll, beforeAll, expect, it } from 'vitest';
import { behindCursor, inListOrder, pageOf, sql, type ListOrder, type PageAsked } from './index.ts';
import { testDatabase, type TestDatabase } from './testing/index.ts';

let test: TestDatabase;
/** State, moment, id: many share what stands before the id. */
const ROWS = Array.from({ length: 57 }, (_, i) => ({ id: `r${String((i * 31) % 57).padStart(2, '0')}`, open: i % 3 === 0, at: Math.floor(i / 5) }));
const ORDER: ListOrder = { table: sql`setting s`, keys: [sql`(s.value->>'open')::boolean`, sql`(s.value->>'at')::int`], id: sql`s.key` };

beforeAll(async () => {
  test = await testDatabase();
  for (const { id, ...value } of ROWS) await sql`INSERT INTO setting (key, value) VALUES (${id}, ${JSON.stringify(value)}::jsonb)`.execute(test.db);
});
afterAll(() => test.drop());

async function page(asked: PageAsked) {
  const { rows } = await sql<{ id: string }>`SELECT s.key AS id FROM setting s WHERE s.key LIKE 'r%' AND ${behindCursor(ORDER, asked)} ${inListOrder(ORDER, asked)}`.execute(test.db);
  return pageOf(rows, asked, (row) => row.id);
}

it('pages of any length give every row once, in the order of the keys and then of the ids, and the last names no further one', async () => {
  const wanted = [...ROWS].sort((a, b) => Number(b.open) - Number(a.open) || b.at - a.at || (a.id < b.id ? 1 : -1)).map((row) => row.id);
  for (const limit of [1, 7, 19, 57, 200]) {
    const seen: string[] = [];
    let pages = 0;
    for (let cursor: string | undefined; ; pages++) {
      const { items, nextCursor } = await page({ limit, cursor });
      seen.push(...items.map((row) => row.id));
      if (nextCursor === null) break;
      cursor = nextCursor;
    }
    expect(seen).toEqual(wanted);
    expect(pages).toBe(Math.ceil(57 / limit) - 1);
  }
  expect(await page({ limit: 7, cursor: 'nobody' })).toEqual({ items: [], nextCursor: null });
});
