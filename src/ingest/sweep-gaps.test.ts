import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY, instant, manualClock, MINUTE } from '#kernel';
import { sql } from '#platform/db';
import { type TestDatabase, testDatabase } from '#platform/db/testing';
import { directoryOf } from './devices/device-directory.ts';
import { encodeFrame, encodeSegment } from './hj212/index.ts';
import { importCapture } from './import-capture.ts';
import { sweepIncompleteMessages } from './sweep-gaps.ts';

const MN = '010000A8900016F000169DC0';
const NOW = instant(Date.UTC(2026, 0, 1, 12));
const clock = manualClock(NOW);
const directory = directoryOf([{ mn: MN, outfalls: ['O1'], role: 'data' }]);

let test: TestDatabase;
beforeAll(async () => void (test = await testDatabase()));
afterAll(async () => test.drop());

let sent = 0;
/** The part of a message of two as a line of a capture; each message is about a minute of its own. */
function part(message: number, pno: number): string {
  const at = new Date(Date.UTC(2026, 0, 1) + message * MINUTE).toISOString().replaceAll(/[-:T]/g, '');
  const cp = `DataTime=${at.slice(0, 14)};a-Avg=1`;
  const segment = encodeSegment({ qn: `20260101${String(sent++).padStart(9, '0')}`, st: '31', cn: '2061', pw: '1', mn: MN, flag: 6, pnum: 2, pno, cp });
  return `${NOW - 60_000}\t${Buffer.from(encodeFrame(segment)).toString('latin1').trimEnd()}`;
}

async function take(lines: readonly string[]): Promise<void> {
  async function* source(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(lines.join('\n'));
  }
  expect(await importCapture({ db: test.db, clock, directory }, source(), { source: 'parts' })).toMatchObject({ accepted: lines.length });
}
const sweep = () => sweepIncompleteMessages({ db: test.db, clock });

it('fault:F14 a message whose parts never come is noted once, with a gap leaf', async () => {
  await take([part(0, 2), part(1, 1)]);
  expect(await sweep()).toBe(0);
  clock.advance(9 * MINUTE);
  await take([part(1, 2)]);
  clock.advance(MINUTE);
  expect(await sweep()).toBe(1);
  expect(await sweep()).toBe(0);
  const { rows } = await sql<{ text: string }>`
    SELECT convert_from(bytes, 'UTF8') AS text FROM evidence_leaf ORDER BY idx DESC LIMIT 1`.execute(test.db);
  expect(JSON.parse(rows[0]?.text ?? '')).toMatchObject({ t: 'gap', mn: MN, missing: [1] });
});

it('fault:F14 after days without a sweep none is missed, however many there are', async () => {
  const messages = Array.from({ length: 1_200 }, (_, i) => 10 + i);
  await take(messages.map((message) => part(message, 1)));
  clock.advance(3 * DAY);
  await take([part(2_000, 1)]);
  expect(await sweep()).toBe(1_200);
  clock.advance(10 * MINUTE);
  expect(await sweep()).toBe(1);
  // Parts of a message that is noted already tell nothing new.
  await take([part(10, 1)]);
  clock.advance(10 * MINUTE);
  expect(await sweep()).toBe(0);
});
