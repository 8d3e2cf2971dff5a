import { afterAll, beforeAll, expect, it } from 'vitest';
import { instant, manualClock, MINUTE } from '#kernel';
import { type TestDatabase, testDatabase } from '#platform/db/testing';
import { minuteFrame } from './bench-decode.ts';
import { type Device, type DeviceDirectory, directoryOf } from './devices/device-directory.ts';
import { importCapture } from './import-capture.ts';
import { readJournal } from './read-journal.ts';

const MN = '010000A8900016F000169DC0';
const NOW = instant(Date.UTC(2026, 0, 1, 12));
const clock = manualClock(NOW);
const device: Device = { mn: MN, outfalls: ['O1'], role: 'data' };
const nobody = directoryOf([]);
const registered = directoryOf([device]);

let test: TestDatabase;
beforeAll(async () => void (test = await testDatabase()));
afterAll(async () => test.drop());

const line = (i: number): string => `${NOW + i * MINUTE}\t${Buffer.from(minuteFrame(i, MN)).toString('latin1').trimEnd()}`;

async function take(directory: DeviceDirectory, frames: readonly number[], batch?: number) {
  async function* source(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(frames.map(line).join('\n'));
  }
  const { accepted, duplicates, quarantined } = await importCapture({ db: test.db, clock, directory }, source(), { source: 'cap', ...(batch === undefined ? {} : { batch }) });
  return { accepted, duplicates, quarantined };
}
/** Minutes that count, as whoever judges reads them. */
const judged = async () => (await readJournal(test.db, registered, -1, 1_000)).filter((frame) => frame.message !== null).length;

it('[JS-27.1] frames set aside before their device was registered count when they come again, once', async () => {
  expect(await take(nobody, [0, 1, 2])).toEqual({ accepted: 0, duplicates: 0, quarantined: 3 });
  expect(await take(nobody, [0])).toEqual({ accepted: 0, duplicates: 1, quarantined: 0 });
  expect(await judged()).toBe(0);
  expect(await take(registered, [0, 1, 2, 3, 1])).toEqual({ accepted: 4, duplicates: 1, quarantined: 0 });
  expect(await judged()).toBe(4);
  expect(await take(registered, [0, 1, 2, 3])).toEqual({ accepted: 0, duplicates: 4, quarantined: 0 });
  // Struck from the register again: what counts stands against it, nothing is set aside anew.
  expect(await take(nobody, [0, 3])).toEqual({ accepted: 0, duplicates: 2, quarantined: 0 });
  expect(await judged()).toBe(4);
  expect((await readJournal(test.db, registered, -1, 1_000)).map((frame) => frame.row.state)).toEqual([
    ...Array(3).fill('QUARANTINED'), 'DUPLICATE', ...Array(4).fill('ACCEPTED'), ...Array(7).fill('DUPLICATE'),
  ]);
});

it('a device registered while its frames wait does not stop the writer', async () => {
  let asked = 0;
  const meanwhile: DeviceDirectory = { deviceOf: () => (asked++ < 2 ? undefined : device) };
  expect(await take(meanwhile, [20, 21, 20, 20, 21], 2)).toEqual({ accepted: 2, duplicates: 1, quarantined: 2 });
});
