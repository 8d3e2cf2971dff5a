import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql, transact } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { nearestDeadlines, openDeadline, pauseDeadline } from './deadlines.ts';
import { firstDue, pageByUrgency, partBy, urgencyCursor, type UrgencyPlace } from './urgency.ts';

const NOW = 1_000_000;

describe('a list by urgency', () => {
  let test: TestDatabase;
  const pressing = { without: ['T6'], lapsing: ['T5', 'T6'], now: NOW };
  const visible = sql<boolean>`true`;

  beforeAll(async () => {
    test = await testDatabase();
    const open = (subjectId: string, clockId: string, dueAt: number, holder = 'x') =>
      transact(test.db, (tx) => openDeadline(tx, { clockId, subjectKind: 'case', subjectId, unitId: 'u', authorityId: 'a', holder, article: 'y', dayKind: 'HOUR', startedAt: 0, dueAt }));
    await open('late', 'T1', NOW - 50);
    await open('later still', 'T1', NOW - 900);
    await open('soon', 'T1', NOW + 10);
    await open('soon', 'T6', NOW + 1);
    await open('right lapsed', 'T5', NOW - 500);
    await open('right open', 'T5', NOW + 5);
    await open('paused', 'T1', NOW - 700);
    await open('soon', 'T13', NOW + 2, 'u');
    await transact(test.db, (tx) => pauseDeadline(tx, { clockId: 'T1', subjectKind: 'case', subjectId: 'paused', at: NOW, reason: '听证' }));
  });
  afterAll(() => test.drop());

  const names = ['late', 'later still', 'soon', 'right lapsed', 'right open', 'paused', 'quiet'];
  /** A list whose newest row is its last. */
  const page = (after: UrgencyPlace | undefined, limit: number) =>
    pageByUrgency({ clocks: firstDue('case', { ...pressing, visible }), after, limit }, {
      id: sql`l.id`,
      newest: (from) => partBy(from === undefined ? sql`true` : sql`(l.changed, l.id) < (${from.changed}::bigint, ${from.id})`, sql`l.changed DESC, l.id DESC`),
      ask: async ({ due, join, where, order }, most) =>
        (await sql<UrgencyPlace>`SELECT l.id, l.changed, ${due} AS due FROM unnest(${names}::text[]) WITH ORDINALITY AS l(id, changed) ${join} WHERE ${where} ORDER BY ${order} LIMIT ${most}`.execute(test.db)).rows,
    });

  it('has the overdue first, then what ends next, then what no clock presses, newest first; each row once, whatever the pages', async () => {
    const order = ['later still', 'late', 'right open', 'soon', 'quiet', 'paused', 'right lapsed'];
    expect((await page(undefined, 50)).map((row) => row.id)).toEqual(order);
    for (const limit of [1, 2, 3, 4]) {
      const seen: string[] = [];
      for (let cursor: UrgencyPlace | undefined; seen.length < order.length;) {
        const rows = await page(cursor, limit);
        seen.push(...rows.map((row) => row.id));
        const last = rows.at(-1);
        if (last === undefined) break;
        cursor = urgencyCursor.read(urgencyCursor.of(last));
      }
      expect(seen).toEqual(order);
    }
    expect([urgencyCursor.read('nonsense'), urgencyCursor.read(undefined)]).toEqual([undefined, undefined]);
  });

  it('the next clock of a row is one that presses, and the authority its own before the party its own, even where another ends before it', async () => {
    const clocks = await nearestDeadlines(test.db, { visible, ...pressing }, 'case', names);
    expect([clocks.get('soon')?.clockId, clocks.get('right lapsed')?.clockId, clocks.get('paused')?.state, clocks.has('quiet')]).toEqual(['T1', 'T5', 'PAUSED', false]);
  });
});
