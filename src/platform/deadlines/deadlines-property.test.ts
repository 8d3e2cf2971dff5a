import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instant, manualClock } from '#kernel';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { closeDeadline, deadlinesOf, extendDeadline, openDeadline, pauseDeadline, resumeDeadline, sweepDeadlines } from './index.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 2, 16);
const CLOCKS = ['T3a', 'T5', 'T8', 'T10'] as const;
const RUNS = 5;

/** What a clock does by the law's words, without a table. */
interface Model {
  dueAt: number;
  pausedAt: number | undefined;
  fired: number;
}

const act = fc.record({
  days: fc.integer({ min: 0, max: 60 }),
  clock: fc.constantFrom(...CLOCKS),
  what: fc.constantFrom('open', 'close', 'pause', 'resume', 'extend', 'nothing'),
  term: fc.integer({ min: 1, max: 90 }),
});

describe('clocks over ten years', () => {
  let t: TestDatabase;
  beforeAll(async () => void (t = await testDatabase()));
  afterAll(async () => t.drop());

  it('no term that ran out is missed, none is raised twice, none while it stands still', { timeout: 120_000 }, async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 60, maxLength: 80 }), async (acts) => {
        const subjectId = `case-${run++}`;
        const running = new Map<string, Model>();
        let expected = 0;
        let now = START;
        for (const { days, clock, what, term } of acts) {
          now += days * DAY;
          for (const one of running.values()) {
            if (one.pausedAt !== undefined || one.dueAt >= now || one.fired > 0) continue;
            one.fired++;
            expected++;
          }
          await sweepDeadlines({ db: t.db, clock: manualClock(instant(now)) });
          await sweepDeadlines({ db: t.db, clock: manualClock(instant(now)) });
          const key = { clockId: clock, subjectKind: 'case', subjectId };
          const own = running.get(clock);
          await t.db.transaction().execute(async (tx) => {
            if (what === 'open' && own === undefined) {
              await openDeadline(tx, { ...key, unitId: 'u', authorityId: 'a', holder: 'ENFORCEMENT', article: '第一条', dayKind: 'CALENDAR_DAY', startedAt: now, dueAt: now + term * DAY });
              running.set(clock, { dueAt: now + term * DAY, pausedAt: undefined, fired: 0 });
            } else if (what === 'close') {
              await closeDeadline(tx, { ...key, closedAt: now });
              running.delete(clock);
            } else if (what === 'pause') {
              await pauseDeadline(tx, { ...key, at: now, reason: 'HEARING' });
              if (own !== undefined) own.pausedAt ??= now;
            } else if (what === 'resume') {
              if (own?.pausedAt !== undefined) {
                own.dueAt += now - own.pausedAt;
                own.pausedAt = undefined;
              }
              await resumeDeadline(tx, { ...key, at: now, dueAt: own?.dueAt ?? now });
            } else if (what === 'extend' && own !== undefined) {
              await extendDeadline(tx, { ...key, dueAt: now + term * DAY, article: '延长' });
              own.dueAt = now + term * DAY;
              own.fired = 0;
            }
          });
          const stored = (await deadlinesOf(t.db, 'case', subjectId)).filter((one) => one.state === 'OPEN' || one.state === 'PAUSED');
          expect(new Map(stored.map((one) => [one.clockId, one.dueAt]))).toEqual(new Map([...running].map(([id, one]) => [id, one.dueAt])));
        }
        const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM outbox WHERE type = 'deadline.overdue' AND subject = ${`case:${subjectId}`}`.execute(t.db);
        expect(rows[0]?.n).toBe(expected);
      }),
      { numRuns: RUNS, seed: 20261129 },
    );
  });
});
