import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packable, packBytes, packNumbers, packTexts, sql } from './index.ts';
import { testDatabase, type TestDatabase } from './testing/index.ts';

describe('columns of many rows as one parameter each', () => {
  let t: TestDatabase;
  beforeAll(async () => void (t = await testDatabase()));
  afterAll(async () => t.drop());

  const text = fc.option(fc.string({ unit: 'binary', maxLength: 12 }).map(packable), { nil: null });
  const row = fc.record({ text, number: fc.option(fc.integer(), { nil: null }), bytes: fc.uint8Array({ maxLength: 20 }) });

  it('come back as they were: empty and missing texts, quotes, braces, any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
        const packed = packBytes(rows.map((one) => one.bytes));
        const { rows: back } = await sql<{ text: string | null; number: number | null; bytes: Buffer }>`
          SELECT r.text, r.number, substring(p.bytes FROM r.start::int FOR r.length::int) AS bytes
            FROM (SELECT ${packed.bytes}::bytea AS bytes) AS p,
                 unnest(${packTexts(rows.map((one) => one.text))}, ${packNumbers(rows.map((one) => one.number))},
                        ${packNumbers(packed.starts)}, ${packNumbers(packed.lengths)}) AS r(text, number, start, length)`.execute(t.db);
        expect(back.map((one) => ({ ...one, bytes: [...one.bytes] }))).toEqual(rows.map((one) => ({ ...one, bytes: [...one.bytes] })));
      }),
      { numRuns: 150 },
    );
  });

  it('no text at all is no row', async () => {
    const { rows } = await sql`SELECT * FROM unnest(${packTexts([])}) AS r`.execute(t.db);
    expect(rows).toEqual([]);
  });

  it('what is not packable is made so: NUL, the two marks, halves of characters', () => {
    expect(packable('a\0b\u001ec\u001fd')).toBe('abcd');
    expect(packable('\ud800x')).toBe('\ufffdx');
  });
});
