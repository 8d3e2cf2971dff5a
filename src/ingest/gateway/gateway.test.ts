import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { instant, manualClock, type ManualClock } from '#kernel';
import { sql } from '#platform/db';
import { type TestDatabase, testDatabase } from '#platform/db/testing';
import { silentLogger } from '#platform/log';
import { directoryOf } from '../devices/device-directory.ts';
import { encodeFrame, encodeSegment, formatHjTime, formatQn, type SegmentFields } from '../hj212/index.ts';
import { readJournal } from '../read-journal.ts';
import { Gateway, type GatewayLimits } from './index.ts';

const MN = '010000A8900016F000169DC0';
const NOW = instant(Date.UTC(2026, 2, 12, 4, 0, 0));
const directory = directoryOf([
  { mn: MN, outfalls: ['O1'], role: 'data', password: '123456' },
  { mn: '010000A8900016F000169DD1', outfalls: ['O1'], role: 'door' },
]);

let test: TestDatabase;
let clock: ManualClock;
let gateway: Gateway;
let port: number;
const sockets: Socket[] = [];

beforeAll(async () => void (test = await testDatabase()));
afterAll(async () => test.drop());

async function start(limits: Partial<GatewayLimits> = {}): Promise<void> {
  clock = manualClock(NOW);
  gateway = new Gateway(
    { db: test.db, clock, log: silentLogger(), directory },
    { limits: { quietMs: 100, ...limits }, acceptUnsafeDatabase: true },
  );
  port = await gateway.listen(0, '127.0.0.1');
}

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await gateway.stop();
});

async function dial(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

let minute = 0;
/** A minute frame; each call one minute later unless `at` is given. */
function minuteFrame(extra: Partial<SegmentFields> & { value?: string; at?: number } = {}): string {
  const at = instant(extra.at ?? NOW + 60_000 * minute++ - 3_600_000);
  const { value = '27.3', at: _at, ...fields } = extra;
  return encodeSegment({
    qn: formatQn(at),
    st: '32',
    cn: '2051',
    pw: '123456',
    mn: MN,
    flag: 5,
    cp: [
      [['DataTime', formatHjTime(at)]],
      [
        ['w01018-Avg', value],
        ['w01018-Flag', 'N'],
      ],
    ],
    ...fields,
  });
}

/** Sends bytes and gives what came back until `count` answers are there. */
async function ask(socket: Socket, bytes: Uint8Array, count = 1): Promise<string[]> {
  let text = '';
  const got = new Promise<void>((done) => {
    const listener = (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.split('\r\n').length - 1 < count) return;
      socket.off('data', listener);
      done();
    };
    socket.on('data', listener);
  });
  socket.write(bytes);
  await got;
  return text.split('\r\n').slice(0, -1);
}

const rows = async (where = sql<boolean>`true`) =>
  (
    await sql<{ state: string; verdict: string; marks: string[]; first_leaf: number | null; raw: Buffer; n: number }>`
      SELECT state, verdict, marks, first_leaf, raw, n FROM frame_journal WHERE ${where} ORDER BY batch, n`.execute(
      test.db,
    )
  ).rows;

const eventually = async (check: () => Promise<boolean> | boolean): Promise<void> => {
  for (let i = 0; i < 200; i++) {
    if (await check()) return;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error('did not happen');
};

describe('[NX-A2.7] device port', () => {
  it('[PAPER-0.1] a frame is on disk with its leaf before 9014 leaves', async () => {
    await start();
    const segment = minuteFrame();
    const [answer] = await ask(await dial(), encodeFrame(segment));
    expect(answer).toContain(';ST=91;CN=9014;PW=123456;MN=' + MN + ';Flag=4;CP=&&&&');
    const journal = await readJournal(test.db, directory, -1);
    const frame = journal.at(-1);
    expect(frame?.row.state).toBe('ACCEPTED');
    expect(Buffer.from(frame?.row.raw ?? []).toString()).toBe(Buffer.from(encodeFrame(segment)).toString());
    expect(frame?.message?.cp[1]).toEqual([
      ['w01018-Avg', '27.3'],
      ['w01018-Flag', 'N'],
    ]);
    const { rows: leaves } = await sql<{ bytes: Buffer }>`
      SELECT bytes FROM evidence_leaf WHERE idx = ${frame?.seq}`.execute(test.db);
    expect(JSON.parse(leaves[0]?.bytes.toString() ?? '')).toMatchObject({ t: 'frame', mn: MN, verdict: 'OK' });
  });

  it('fault:F12 a resend has one effect, is acknowledged, and is noted as a duplicate of the first leaf', async () => {
    await start();
    const bytes = encodeFrame(minuteFrame());
    await ask(await dial(), bytes);
    await ask(await dial(), bytes);
    const again = await dial();
    await ask(again, Buffer.concat([bytes, bytes]), 2);
    const found = (await rows()).filter((row) => row.raw.equals(Buffer.from(bytes)));
    expect(found.map((row) => row.state)).toEqual(['ACCEPTED', 'DUPLICATE', 'DUPLICATE', 'DUPLICATE']);
    expect(new Set(found.slice(1).map((row) => row.first_leaf)).size).toBe(1);
    expect(gateway.stats().duplicates).toBe(3);
  });

  it('sec:X02 a thousand resends at once have no effect and cost no thousand commits', async () => {
    await start();
    const bytes = encodeFrame(minuteFrame());
    const before = (await rows()).length;
    await ask(await dial(), Buffer.concat(Array.from({ length: 1000 }, () => bytes)), 1000);
    const states = (
      await sql<{ state: string; batch: number }>`
      SELECT state, batch FROM frame_journal ORDER BY batch, n OFFSET ${before}`.execute(test.db)
    ).rows;
    expect(states.filter((row) => row.state === 'ACCEPTED')).toHaveLength(1);
    expect(states.filter((row) => row.state === 'DUPLICATE')).toHaveLength(999);
    expect(new Set(states.map((row) => row.batch)).size).toBeLessThan(30);
  });

  it('sec:X01 a second peer that speaks for a device on line is suspect, and stays so only while the first is there', async () => {
    await start();
    const first = await dial();
    await ask(first, encodeFrame(minuteFrame()));
    const second = connect({ port, host: '127.0.0.1', localAddress: '127.0.0.2' });
    sockets.push(second);
    await once(second, 'connect');
    await ask(second, encodeFrame(minuteFrame()));
    expect((await rows()).at(-1)?.marks).toEqual(['SUSPECT_PEER']);
    first.destroy();
    await eventually(() => gateway.stats().connections === 1);
    await ask(second, encodeFrame(minuteFrame()));
    expect((await rows()).at(-1)?.marks).toEqual([]);
  });

  it('fault:F15 the same key with another body is kept as a conflict; the first value stands', async () => {
    await start();
    const at = NOW - 7_200_000;
    await ask(await dial(), encodeFrame(minuteFrame({ at })));
    await ask(await dial(), encodeFrame(minuteFrame({ at, value: '12.0' })));
    const journal = await readJournal(test.db, directory, -1);
    const conflict = journal.at(-1);
    expect(conflict?.row.state).toBe('CONFLICT');
    expect(conflict?.message).toBeNull();
    expect(journal.find((frame) => frame.seq === conflict?.row.firstLeaf)?.message?.cp[1]?.[0]).toEqual([
      'w01018-Avg',
      '27.3',
    ]);
  });

  it('a resend that only carries another Flag or RF=1 is a duplicate, not a conflict', async () => {
    await start();
    const at = NOW - 9_000_000;
    await ask(await dial(), encodeFrame(minuteFrame({ at, flag: 9 })));
    await ask(await dial(), encodeFrame(minuteFrame({ at, flag: 9, rf: 1 })));
    expect((await readJournal(test.db, directory, -1)).at(-1)?.row).toMatchObject({
      state: 'DUPLICATE',
      marks: ['RESENT'],
    });
  });

  it('[JS-27.1] an unknown device is kept in quarantine, and answered so that it does not send for ever', async () => {
    await start();
    await ask(await dial(), encodeFrame(minuteFrame({ mn: 'FFFFFFFFFFFFFFFFFFFFFFFF' })));
    expect((await rows()).at(-1)?.state).toBe('QUARANTINED');
  });

  it('[NX-A2.2] [NX-A2.3] [NX-A2.4] door state, removal and fault of ST 81 are taken like any frame', async () => {
    await start();
    const cp =
      'DataTime=20260312115900;i32001-Rtd=1;i32002-Rtd=0;i32003-Rtd=1;i32004-Rtd=4;i32005-Rtd=P07;i32006-Rtd=20260312115857';
    const door = {
      qn: '20260312115900001',
      st: '81',
      cn: '2011',
      pw: '123456',
      mn: '010000A8900016F000169DD1',
      flag: 5,
      cp,
    };
    await ask(await dial(), encodeFrame(encodeSegment(door)));
    const last = (await readJournal(test.db, directory, -1)).at(-1);
    expect(last?.message?.st).toBe('81');
    expect(last?.message?.cp.flat().find(([name]) => name === 'i32003-Rtd')?.[1]).toBe('1');
  });

  it('sec:X02 old data are back-fill; sec:X01 a wrong password makes a frame suspect and is not logged', async () => {
    await start();
    await ask(await dial(), encodeFrame(minuteFrame({ at: NOW - 30 * 86_400_000, pw: '654321' })));
    expect((await rows()).at(-1)?.marks).toEqual(['BACKFILL', 'WRONG_PW']);
  });

  it('rubbish, a broken frame and a good one on one connection: all kept, the good one answered', async () => {
    await start();
    const good = encodeFrame(minuteFrame());
    const broken = Buffer.from(encodeFrame(minuteFrame())).toString('latin1').replace('w01018', 'w01019');
    const before = (await rows()).length;
    const socket = await dial();
    await ask(socket, Buffer.concat([Buffer.from('GET / HTTP/1.1\r\n\r\n'), Buffer.from(broken, 'latin1'), good]));
    const kept = (await rows()).slice(before);
    expect(kept.map((row) => `${row.state} ${row.verdict}`)).toEqual([
      'NOISE NOISE',
      'REFUSED CRC_MISMATCH',
      'ACCEPTED OK',
    ]);
  });

  it('fault:F13 one byte at a time, and many in one piece, end in the same rows', async () => {
    await start();
    const socket = await dial();
    socket.setNoDelay(true);
    const slow = encodeFrame(minuteFrame());
    for (const byte of slow.subarray(0, slow.length - 1)) socket.write(Uint8Array.of(byte));
    await ask(socket, slow.subarray(slow.length - 1));
    const many = Array.from({ length: 50 }, () => encodeFrame(minuteFrame()));
    const answers = await ask(socket, Buffer.concat(many), 50);
    expect(new Set(answers).size).toBe(50);
    expect((await rows()).at(-1)?.state).toBe('ACCEPTED');
  });

  it('fault:F14 parts count once all are there, in whatever order, also across a restart', async () => {
    await start();
    const part = (pno: number, cp: string) =>
      encodeFrame(
        encodeSegment({
          qn: `2026031211000000${pno}`,
          st: '32',
          cn: '2061',
          pw: '123456',
          mn: MN,
          flag: 7,
          pnum: 3,
          pno,
          cp: `DataTime=20260312100000;${cp}`,
        }),
      );
    await ask(await dial(), part(3, 'w21011-Avg=3'));
    await ask(await dial(), part(1, 'w01018-Avg=1'));
    await gateway.stop();
    await start();
    await ask(await dial(), part(1, 'w01018-Avg=1'));
    await ask(await dial(), part(2, 'w21003-Avg=2'));
    const hour = (await readJournal(test.db, directory, -1)).filter((frame) => frame.row.cn === '2061');
    expect(hour.map((frame) => frame.row.state)).toEqual(['PART', 'PART', 'DUPLICATE', 'PART']);
    expect(hour.map((frame) => frame.message?.cp.flat().map(([name]) => name) ?? null)).toEqual([
      null,
      null,
      null,
      ['DataTime', 'w01018-Avg', 'w21003-Avg', 'w21011-Avg'],
    ]);
  });

  it('a frame whose line end never comes is taken after a silence', async () => {
    await start();
    const bytes = encodeFrame(minuteFrame());
    await ask(await dial(), bytes.subarray(0, bytes.length - 2));
  });

  it('sec:X06 a rubbish sender is closed, its bytes kept; too many connections are refused', async () => {
    await start({ maxNoise: 10_000, maxConnections: 2 });
    const junk = await dial();
    await dial();
    const third = connect(port, '127.0.0.1');
    third.on('error', () => undefined);
    await once(third, 'close');
    junk.write(Buffer.alloc(20_000, '#'));
    await once(junk, 'close');
    expect(gateway.stats()).toMatchObject({ closedForNoise: 1, refusedConnections: 1 });
    await eventually(async () => (await rows(sql`state = 'NOISE' AND octet_length(raw) = 4096`)).length >= 4);
  });

  it('sec:X06 a peer that leaves more unread than it may is closed, and counted', async () => {
    await start({ maxUnread: -1 });
    await dial();
    await eventually(() => gateway.stats().closedUnread === 1);
    await eventually(() => gateway.stats().connections === 0);
  });

  it('hostile text in a frame neither breaks the batch nor reaches the log as text', async () => {
    await start();
    const socket = await dial();
    const evil = encodeFrame(minuteFrame({ mn: '\u0000=cmd|<img onerror>' + 'x'.repeat(900) }));
    const answers = await ask(socket, Buffer.concat([evil, encodeFrame(minuteFrame())]), 2);
    expect(answers).toHaveLength(2);
  });

  it('fault:F04 does not ingest on a server that could lose what it confirms', async () => {
    await start();
    const strict = new Gateway({ db: test.db, clock, log: silentLogger(), directory });
    await expect(strict.listen(0, '127.0.0.1')).rejects.toThrow(/fsync/);
  });

  it('the ledger refuses to be changed by the application', async () => {
    await start();
    await expect(sql`UPDATE frame_journal SET verdict = 'X'`.execute(test.db)).rejects.toThrow(/permission denied/);
    await expect(sql`DELETE FROM frame_journal`.execute(test.db)).rejects.toThrow(/permission denied/);
  });
});
