import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directoryOf, Gateway, importCapture, readJournal, runReplay, shiftFrame } from '#ingest';
import { cutBytes, type Frame, readPiece } from '#ingest/hj212';
import { instant, manualClock } from '#kernel';
import { sql } from '#platform/db';
import { type TestDatabase, testDatabase } from '#platform/db/testing';
import { silentLogger } from '#platform/log';

const CORPUS = new URL('../../../shared/corpus/hj212/frames.jsonl', import.meta.url);
const present = existsSync(CORPUS);
if (!present && process.env['CI'] === 'true') throw new Error('corpus/hj212 is missing, and CI needs it');
if (!present) console.warn('corpus/hj212 is not here: its replay is skipped');

interface Sample {
  kind: string;
  frame: string;
  encoding: BufferEncoding;
  expected: unknown;
}

const valid: Sample[] = present
  ? readFileSync(CORPUS, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Sample)
      .filter((record) => record.kind === 'frame' && typeof record.expected !== 'string')
  : [];

const NOW = instant(Date.UTC(2026, 2, 12, 4, 0, 0));
const START = NOW - 365 * 86_400_000;
const capture = Buffer.concat(
  valid.flatMap((record, i) => [
    Buffer.from(`${START + i * 1000}\t`),
    Buffer.from(record.frame.trimEnd(), record.encoding),
    Buffer.from('\n'),
  ]),
);
const source = async function* () {
  yield capture;
};
const frames = valid.map(
  (record) => readPiece(cutBytes(Buffer.from(record.frame, record.encoding))[0] as never) as Frame,
);
const mns = [...new Set(frames.map((frame) => frame.mn).filter((mn) => mn !== null && mn !== ''))];

describe.runIf(present)('replay of the corpus', () => {
  let test: TestDatabase;
  beforeAll(async () => void (test = await testDatabase()));
  afterAll(async () => test.drop());

  it('every valid frame arrives over TCP with QN, DataTime and CRC of today, and those that ask are answered', async () => {
    const clock = manualClock(NOW);
    const directory = directoryOf(mns.map((mn) => ({ mn: mn as string, outfalls: ['O'], role: 'data' as const })));
    const gateway = new Gateway({ db: test.db, clock, log: silentLogger(), directory }, { acceptUnsafeDatabase: true });
    const port = await gateway.listen(0, '127.0.0.1');
    const report = await runReplay(source, { host: '127.0.0.1', port, speed: 'max', clock });
    await gateway.stop();
    expect(report).toMatchObject({ sent: valid.length, damagedLines: 0 });
    expect(report.answered).toBeGreaterThan(0);
    const { rows } = await sql<{ state: string; n: number }>`
      SELECT state, count(*) AS n FROM frame_journal GROUP BY state`.execute(test.db);
    expect(rows.reduce((sum, row) => sum + row.n, 0)).toBe(valid.length);
    expect(rows.find((row) => row.state === 'REFUSED')).toBeUndefined();
  });

  it('as recorded they come through the import door, marked, as back-fill where they are old', async () => {
    const directory = directoryOf(mns.map((mn) => ({ mn: mn as string, outfalls: ['O'], role: 'data' as const })));
    const last = (await readJournal(test.db, directory, -1, 10_000)).at(-1)?.seq ?? -1;
    const report = await importCapture({ db: test.db, clock: manualClock(NOW), directory }, source(), {
      source: 'corpus',
    });
    expect(report.frames).toBe(valid.length);
    expect(report.refused).toBe(0);
    const imported = await readJournal(test.db, directory, last, 10_000);
    expect(imported.every((frame) => frame.row.marks.includes('IMPORTED'))).toBe(true);
    expect(imported.some((frame) => frame.row.marks.includes('BACKFILL'))).toBe(true);
  });

  it('a shifted frame differs from the one sent in its times and CRC only', () => {
    for (const frame of frames) {
      const moved = shiftFrame(frame, 0);
      if (moved === undefined) continue;
      const [piece] = cutBytes(moved);
      const again = piece && readPiece(piece);
      if (!again?.ok) throw new Error('a shifted frame is no frame');
      expect(again.cp).toEqual(frame.cp);
      expect(again.qn).toBe(frame.qn);
      const later = readPiece(cutBytes(shiftFrame(frame, 86_400_000) as Uint8Array)[0] as never) as Frame;
      if (frame.dataAt !== null) expect((later.dataAt as number) - frame.dataAt).toBe(86_400_000);
    }
  });
});
