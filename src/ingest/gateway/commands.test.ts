import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#access';
import { type AccountId, asId, type AuthorityId, type DeviceMn, HOUR, instant, manualClock, MINUTE, type OutfallId, type RegionKey, SECOND, type UnitId } from '#kernel';
import { sql } from '#platform/db';
import { type TestDatabase, testDatabase } from '#platform/db/testing';
import { silentLogger } from '#platform/log';
import { buildRegistry, EMPTY_REGISTER } from '#register';
import { askDevice } from '../devices/ask-device.ts';
import { directoryOfRegister } from '../devices/directory-of-register.ts';
import { encodeFrame, encodeSegment, formatHjTime, formatQn, Framer, type Frame, readPiece, type SegmentFields } from '../hj212/index.ts';
import { listCommands, type DeviceCommand } from '../store/device-commands.ts';
import { CONNECT_WAIT_MS } from './command-desk.ts';
import { Gateway } from './index.ts';

const MN = '010000A8900016F000169DC0';
const METER = '010000A8900016F000169DC1';
const NOW = instant(Date.UTC(2026, 2, 12, 4));
const FROM = instant(NOW - 6 * HOUR);
const TO = instant(NOW - 4 * HOUR);
const clock = manualClock(NOW);
const registry = {
  ...buildRegistry({
    ...EMPTY_REGISTER,
    outfalls: [{
      outfall: asId<OutfallId>('O1'), unit: asId<UnitId>('U1'), type: 'water', mn: asId<DeviceMn>(MN), doorMn: undefined, powerMn: asId<DeviceMn>(METER), o2Ref: undefined,
      analysisCycleHours: 1, designFlow: undefined, minuteStep: 10, stackAreaM2: undefined, velocityCoefficient: undefined, attributes: { power_hj212_peers: '127.0.0.1' },
    }],
  }),
  version: 1, authorityOf: () => asId<AuthorityId>('A1'),
};
const actor = (authority = 'A1', role = 'monitoring-control') =>
  ({ accountId: asId<AccountId>('p1'), name: 'p', roles: [role], authorityId: asId<AuthorityId>(authority), region: asId<RegionKey>('jiangsu') }) as unknown as Actor;

let test: TestDatabase;
let gateway: Gateway;
let port: number;
const sockets: Socket[] = [];
const start = async () => {
  const directory = directoryOfRegister(() => registry);
  gateway = new Gateway({ db: test.db, clock, log: silentLogger(), directory }, { acceptUnsafeDatabase: true });
  port = await gateway.listen(0, '127.0.0.1');
};
beforeAll(async () => void (test = await testDatabase()));
beforeEach(start);
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await gateway.stop();
  clock.advance(HOUR);
});
afterAll(async () => test.drop());

const deps = () => ({ db: test.db, clock, registry: { current: () => registry, refresh: async () => false } });
const ask = (by = actor(), mn = MN) => askDevice(deps(), by, { mn, cn: '2061', from: FROM, to: TO });
const latest = async () => (await listCommands(test.db, { kind: 'all' }, { limit: 1 })).items[0] as DeviceCommand;
const until = async (fits: (command: DeviceCommand) => boolean): Promise<DeviceCommand> => {
  for (let i = 0; i < 200; i++) {
    const command = await latest();
    if (fits(command)) return command;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`stayed ${JSON.stringify(await latest())}`);
};

/** A device on the wire: speaks once, so that the platform knows it, and hands every request of the platform to `onRequest`. */
async function device(onRequest: (request: Frame, say: (fields: SegmentFields) => void) => void, first: SegmentFields = hour(instant(clock.now() - HOUR)), localAddress = '127.0.0.1'): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  sockets.push(socket);
  await once(socket, 'connect');
  const framer = new Framer();
  const say = (fields: SegmentFields) => void socket.write(encodeFrame(encodeSegment({ pw: '654321', mn: MN, ...fields })));
  socket.on('data', (chunk: Buffer) => {
    for (const piece of framer.push(chunk)) {
      const frame = readPiece(piece);
      if (frame.ok && frame.cn !== '9014') onRequest(frame, say);
    }
  });
  say(first);
}
const hour = (at: number): SegmentFields => ({
  qn: formatQn(instant(at + 1)), st: '32', cn: '2061', flag: 5, cp: `DataTime=${formatHjTime(instant(at))};w01018-Avg=27.3,w01018-Flag=N`,
});
/** As power terminals spoke before HJ 212-2025 gave electricity the ST 44. */
const metered = (): SegmentFields => {
  const at = instant(clock.now() - MINUTE * ++minutes);
  return { qn: formatQn(at), st: '80', cn: '2011', mn: METER, flag: 5, cp: `DataTime=${formatHjTime(at)};100001-Pt=12.500` };
};
let minutes = 0;
const reply = (request: Frame, cn: string, cp: string): SegmentFields => ({ qn: request.qn ?? undefined, st: '91', cn, mn: request.mn ?? undefined, flag: 4, cp });

describe('requests to devices (HJ 212-2017 6.5)', () => {
  it('data of a period: asked, accepted, sent, done; each step on record and both ends in the evidence log', async () => {
    const requests: Frame[] = [];
    await device((request, say) => {
      requests.push(request);
      say(reply(request, '9011', 'QnRtn=1'));
      for (let at: number = FROM; at <= TO; at += HOUR) say(hour(at));
      say(hour(TO + HOUR));
      setTimeout(() => say(reply(request, '9012', 'ExeRtn=1')), 1_200);
    });
    expect((await ask()).ok).toBe(true);
    expect(await ask()).toMatchObject({ code: 'INGEST-021' });
    expect((await until(({ state }) => state === 'ACCEPTED')).sent).toBe(1);
    expect(await until(({ state }) => state === 'DONE')).toMatchObject({ result: '1', dataFrames: 3, cn: '2061', st: '32', askedBy: 'p1' });
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ st: '32', cn: '2061', pw: '654321', mn: MN, flag: 5 });
    expect(requests[0]?.cp).toEqual([[['BeginTime', formatHjTime(FROM)], ['EndTime', formatHjTime(TO)]]]);
    const { rows } = await sql<{ text: string }>`SELECT convert_from(bytes, 'UTF8') AS text FROM evidence_leaf ORDER BY idx`.execute(test.db);
    const acts = rows.map(({ text }) => JSON.parse(text) as { act?: string; state?: string; actor?: string; frames?: number }).filter(({ act }) => act?.startsWith('device-'));
    expect(acts).toMatchObject([{ act: 'device-asked', actor: 'p1' }, { act: 'device-answered', state: 'DONE', frames: 3 }]);
    // What came in answer is in the journal like any other frame, the platform's exchange frames included.
    const { rows: kept } = await sql<{ cn: string; state: string }>`SELECT cn, state FROM frame_journal WHERE cn IN ('9011', '9012')`.execute(test.db);
    expect(kept).toEqual([{ cn: '9011', state: 'ACCEPTED' }, { cn: '9012', state: 'ACCEPTED' }]);
  });

  it('a device that refuses, and one that fails, are told apart by their codes', async () => {
    await device((request, say) => say(reply(request, '9011', 'QnRtn=3')));
    await ask();
    expect(await until(({ state }) => state !== 'WAITING' && state !== 'SENT')).toMatchObject({ state: 'REFUSED', result: '3' });
    sockets.splice(0).forEach((socket) => socket.destroy());
    await device((request, say) => {
      say(reply(request, '9011', 'QnRtn=1'));
      say(reply(request, '9012', 'ExeRtn=100'));
    });
    await ask();
    expect(await until(({ state }) => state !== 'WAITING' && state !== 'SENT' && state !== 'REFUSED' && state !== 'ACCEPTED')).toMatchObject({ state: 'FAILED', result: '100' });
  });

  it('no answer: sent again three times with one QN, then the link counts as down; accepted and silent is another end', async () => {
    const seen: (string | null)[] = [];
    let accept = false;
    await device((request, say) => {
      seen.push(request.qn);
      if (accept) say(reply(request, '9011', 'QnRtn=1'));
    });
    await ask();
    for (let sent = 1; sent <= 4; sent++) {
      await until((command) => command.sent === sent);
      clock.advance(11 * SECOND);
    }
    expect(await until(({ state }) => state === 'LINK_DOWN')).toMatchObject({ sent: 4, result: null });
    expect([seen.length, new Set(seen).size]).toEqual([4, 1]);
    accept = true;
    await ask();
    await until(({ state }) => state === 'ACCEPTED');
    clock.advance(2 * MINUTE);
    await until(({ state }) => state === 'TIMED_OUT');
  });

  it('waits for a device that is not connected, and not for ever', async () => {
    await ask();
    await new Promise((done) => setTimeout(done, 700));
    expect((await latest()).state).toBe('WAITING');
    clock.advance(CONNECT_WAIT_MS);
    await until(({ state }) => state === 'LINK_DOWN');
  });

  it('a gateway that starts anew sends again what its predecessor left open', async () => {
    await device(() => undefined);
    await ask();
    await until(({ state }) => state === 'SENT');
    sockets.splice(0).forEach((socket) => socket.destroy());
    await gateway.stop();
    clock.advance(5 * SECOND);
    await start();
    await device((request, say) => {
      say(reply(request, '9011', 'QnRtn=1'));
      say(reply(request, '9012', 'ExeRtn=1'));
    });
    await until(({ state }) => state === 'DONE');
  });

  it('a meter of the practice before 2025 is asked under the ST of its own frames', async () => {
    const requests: Frame[] = [];
    await device((request, say) => {
      requests.push(request);
      say(reply(request, '9011', 'QnRtn=3'));
    }, metered());
    await ask(actor(), METER);
    await until(({ state }) => state === 'REFUSED');
    expect(requests.map(({ st, mn }) => [st, mn])).toEqual([['80', METER]]);
  });

  it('an address the register excludes gets no request of the device, however early it speaks', async () => {
    const asked: string[] = [];
    const answering = (who: string) => (request: Frame, say: (fields: SegmentFields) => void) => {
      asked.push(who);
      say(reply(request, '9011', 'QnRtn=3'));
    };
    await device(answering('stranger'), metered(), '127.0.0.2');
    await ask(actor(), METER);
    await new Promise((done) => setTimeout(done, 1_200));
    expect([(await latest()).state, asked]).toEqual(['WAITING', []]);
    await device(answering('meter'), metered());
    await until(({ state }) => state === 'REFUSED');
    expect(asked).toEqual(['meter']);
    const { rows } = await sql<{ peer: string; marks: string[] }>`SELECT split_part(peer, ':', 1) AS peer, marks FROM frame_journal WHERE mn = ${METER} AND st = '80' ORDER BY received_at DESC, batch DESC LIMIT 2`.execute(test.db);
    expect(rows.map(({ peer, marks }) => [peer, marks.includes('SUSPECT_PEER')])).toEqual([['127.0.0.1', false], ['127.0.0.2', true]]);
  });

  it("an answer from another connection than the device's own settles nothing", async () => {
    let request: Frame | undefined;
    await device((asked) => (request = asked));
    await ask();
    await until(({ state }) => state === 'SENT');
    for (let i = 0; i < 100 && request === undefined; i++) await new Promise((done) => setTimeout(done, 20));
    const other = connect(port, '127.0.0.1');
    sockets.push(other);
    await once(other, 'connect');
    other.write(encodeFrame(encodeSegment({ ...reply(request as Frame, '9012', 'ExeRtn=1'), mn: undefined })));
    await new Promise((done) => setTimeout(done, 1_000));
    expect((await latest()).state).toBe('SENT');
  });

  it('is for those the table names, for devices of their own authority and periods that can be', async () => {
    expect(await ask(actor('A2'))).toMatchObject({ code: 'INGEST-001' });
    expect(await ask(actor('A1', 'panel'))).toMatchObject({ code: 'INGEST-001' });
    const wrong = (more: object) => askDevice(deps(), actor(), { mn: MN, cn: '2061', from: FROM, to: TO, ...more });
    expect(await wrong({ mn: 'nobody' })).toMatchObject({ code: 'INGEST-001', field: 'mn' });
    expect(await wrong({ to: instant(FROM - 1) })).toMatchObject({ code: 'INGEST-002' });
    expect(await wrong({ to: instant(clock.now() + HOUR) })).toMatchObject({ code: 'INGEST-003' });
    expect(await wrong({ from: instant(TO - 40 * 24 * HOUR) })).toMatchObject({ code: 'INGEST-004' });
    expect(await wrong({ from: undefined, to: undefined })).toMatchObject({ code: 'INGEST-005' });
    expect(await wrong({ cn: '2011' })).toMatchObject({ code: 'INGEST-005' });
  });
});
