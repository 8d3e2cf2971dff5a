import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asId, DAY, type DeviceMn, HOUR, instant, manualClock, type OutfallId, type UnitId } from '#kernel';
import { sql } from '#platform/db';
import { type TestDatabase, testDatabase } from '#platform/db/testing';
import { silentLogger } from '#platform/log';
import { buildRegistry, EMPTY_REGISTER, type Outfall } from '#register';
import { deviceKeyBox, type DeviceKeys, followDeviceKeys } from './device-keys.ts';
import { directoryOfRegister } from './directory-of-register.ts';
import { Gateway } from '../gateway/index.ts';
import { giveDeviceKey, listDeviceKeys, parseSm4Key, removeDeviceKey } from './give-device-key.ts';
import { areaOf, encodeFrame, encodeSegment, encryptArea, formatHjTime, formatQn } from '../hj212/index.ts';
import { readJournal } from '../read-journal.ts';
import { oddRows } from '../store/read-journal.ts';

const [CIPHERED, STRICT, TOLERANT, DOOR] = ['A10000000000000000000001', 'A10000000000000000000002', 'A10000000000000000000003', 'A10000000000000000000004'];
const NOW = instant(Date.UTC(2026, 2, 12, 4));
const clock = manualClock(NOW);
const log = silentLogger();
const folder = mkdtempSync(join(tmpdir(), 'device-keys-'));
const box = deviceKeyBox(folder);

const outfall = (id: string, mn: string, attributes: Record<string, string> = {}, doorMn?: string): Outfall => ({
  outfall: asId<OutfallId>(id), unit: asId<UnitId>('U1'), type: 'gas', mn: asId<DeviceMn>(mn), doorMn: doorMn === undefined ? undefined : asId<DeviceMn>(doorMn),
  powerMn: undefined, o2Ref: 6, analysisCycleHours: undefined, designFlow: undefined, minuteStep: 10, stackAreaM2: undefined, velocityCoefficient: undefined, attributes,
});
const registry = buildRegistry({
  ...EMPTY_REGISTER,
  outfalls: [outfall('O1', CIPHERED), outfall('O2', STRICT, { hj212_reading: 'strict', door_hj212_crc: 'none', door_hj212_reading: 'tolerant' }, DOOR), outfall('O3', TOLERANT)],
});

let test: TestDatabase;
let keys: DeviceKeys;
let gateway: Gateway;
let port: number;
const deps = () => ({ db: test.db, clock, box });
const follow = () => followDeviceKeys({ db: test.db, log }, box);
const directory = () => directoryOfRegister(() => registry, keys);

beforeAll(async () => {
  test = await testDatabase();
  keys = await follow();
  gateway = new Gateway({ db: test.db, clock, log, directory: directory() }, { limits: { quietMs: 100, maxNoise: 600 }, acceptUnsafeDatabase: true });
  port = await gateway.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await gateway.stop();
  await test.drop();
  rmSync(folder, { recursive: true });
});

const KEY = '0123456789abcdeffedcba9876543210';
let nth = 0;

/** A minute frame of HJ 212-2025. */
const segmentOf = (mn: string, extra = ''): string => {
  const at = instant(NOW - HOUR + nth++ * 60_000);
  return encodeSegment({ qn: formatQn(at), st: '31', cn: '2051', pw: '123456', mn, flag: 9, cp: `DataTime=${formatHjTime(at)};a21026-Avg=12.5,a21026-Flag=N${extra}` });
};
/** As HJ 212-2025 附录 A sends it: the CRC is made first, over the clear text; then the data area is enciphered. */
function enciphered(segment: string, key: string): Uint8Array {
  const frame = Uint8Array.from(encodeFrame(segment));
  const area = areaOf(Buffer.from(segment));
  if (!area) throw new Error('no data area');
  frame.set(encryptArea(frame.subarray(6 + area.from, 6 + area.to), parseSm4Key(key) as Uint8Array), 6 + area.from);
  return frame;
}

/** What a device gets back within a second; empty when it is not answered. */
async function send(bytes: Uint8Array): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(bytes);
  const answer = await Promise.race([once(socket, 'data').then(([chunk]) => String(chunk)), new Promise<string>((done) => setTimeout(done, 1_000, ''))]);
  socket.destroy();
  return answer;
}
const newest = async () => (await readJournal(test.db, directory(), -1)).at(-1);

describe('SM4 keys of devices', () => {
  it('a frame whose key is not known is kept, set aside as DECRYPT_FAILED and not acknowledged; with the key it is answered and read', async () => {
    const segment = segmentOf(CIPHERED);
    const bytes = enciphered(segment, KEY);
    expect(Buffer.from(bytes).toString('latin1')).not.toContain('a21026-Avg');
    expect(await send(bytes)).toBe('');
    const [apart] = await oddRows(test.db, 'REFUSED', undefined, 10);
    expect(apart).toMatchObject({ verdict: 'DECRYPT_FAILED', state: 'REFUSED' });
    expect(Buffer.from(apart?.raw ?? [])).toEqual(Buffer.from(bytes));

    const given = await giveDeviceKey(deps(), { mn: CIPHERED, key: parseSm4Key(KEY) as Uint8Array, by: 'command' });
    expect(given.ok).toBe(true);
    await keys.renew();
    expect(await send(bytes)).toContain(`;ST=91;CN=9014;PW=123456;MN=${CIPHERED};Flag=8;CP=&&&&`);
    const frame = await newest();
    expect(frame?.row).toMatchObject({ state: 'ACCEPTED', mn: CIPHERED, marks: ['ENCRYPTED'], edition: '2025' });
    expect(frame?.message?.cp[1]).toEqual([['a21026-Avg', '12.5'], ['a21026-Flag', 'N']]);
    // A resend is the same message, not a contradiction.
    expect(await send(bytes)).toContain('CN=9014');
    expect((await newest())?.row.state).toBe('DUPLICATE');
  });

  it('what came under an earlier key stays readable when another follows; the end of a key is the end for the gateway', async () => {
    clock.advance(DAY);
    const second = 'ABCDEFGHIJKLMNOP';
    await giveDeviceKey(deps(), { mn: CIPHERED, key: parseSm4Key(second) as Uint8Array, by: 'command' });
    await keys.renew();
    expect(await send(enciphered(segmentOf(CIPHERED), KEY))).toBe('');
    expect(await send(enciphered(segmentOf(CIPHERED), second))).toContain('CN=9014');
    const read = (await readJournal(test.db, directoryOfRegister(() => registry, await follow()), -1)).filter(({ row }) => row.state === 'ACCEPTED' && row.mn === CIPHERED);
    expect(read.map(({ message }) => message?.cp[1]?.[0])).toEqual([['a21026-Avg', '12.5'], ['a21026-Avg', '12.5']]);

    expect(await giveDeviceKey(deps(), { mn: CIPHERED, key: parseSm4Key(KEY) as Uint8Array, by: 'command', since: NOW })).toMatchObject({ code: 'INGEST-011' });
    expect(await removeDeviceKey(deps(), CIPHERED, 'command')).toMatchObject({ ok: true });
    expect(await removeDeviceKey(deps(), CIPHERED, 'command')).toMatchObject({ code: 'INGEST-012' });
    clock.advance(1_000);
    await keys.renew();
    expect(await send(enciphered(segmentOf(CIPHERED), second))).toBe('');
    expect(await send(encodeFrame(segmentOf(CIPHERED)))).toContain('CN=9014');
    expect(await listDeviceKeys(test.db)).toEqual([]);
  });

  it('a device that enciphers all it says is not cut off as if it made noise', async () => {
    await giveDeviceKey(deps(), { mn: TOLERANT, key: parseSm4Key(KEY) as Uint8Array, by: 'command' });
    await keys.renew();
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    let answers = 0;
    socket.on('data', (chunk: Buffer) => (answers += String(chunk).split('CN=9014').length - 1));
    for (let i = 1; i <= 6; i++) {
      socket.write(enciphered(segmentOf(TOLERANT), KEY));
      // Longer than the gateway's look at its connections.
      for (let waited = 0; waited < 40 && (answers < i || waited < 6); waited++) await new Promise((done) => setTimeout(done, 50));
    }
    expect([answers, socket.destroyed]).toEqual([6, false]);
    socket.destroy();
    await removeDeviceKey(deps(), TOLERANT, 'command');
    clock.advance(1_000);
    await keys.renew();
  });

  it('a reader who has not heard of the key yet takes it in before it reads', async () => {
    const stale = await follow();
    await giveDeviceKey(deps(), { mn: TOLERANT, key: parseSm4Key(KEY) as Uint8Array, by: 'command' });
    await keys.renew();
    expect(await send(enciphered(segmentOf(TOLERANT), KEY))).toContain('CN=9014');
    const read = await readJournal(test.db, directoryOfRegister(() => registry, stale), -1);
    expect(read.at(-1)?.message?.cp[1]?.[0]).toEqual(['a21026-Avg', '12.5']);
    await removeDeviceKey(deps(), TOLERANT, 'command');
    clock.advance(1_000);
    await keys.renew();
  });

  it('a frame that the gateway opened with the old key in the second of a change stays readable, also when the key ended', async () => {
    await giveDeviceKey(deps(), { mn: DOOR, key: parseSm4Key(KEY) as Uint8Array, by: 'command' });
    await keys.renew();
    clock.advance(1_000);
    await giveDeviceKey(deps(), { mn: DOOR, key: parseSm4Key('ABCDEFGHIJKLMNOP') as Uint8Array, by: 'command' });
    // The gateway has not looked yet: it opens and acknowledges what is received at the moment of the change.
    const sent = segmentOf(DOOR);
    expect(await send(enciphered(sent, KEY))).toContain('CN=9014');
    const read = await readJournal(test.db, directoryOfRegister(() => registry, await follow()), -1);
    expect(read.at(-1)).toMatchObject({ row: { state: 'ACCEPTED', mn: DOOR, marks: ['ENCRYPTED'] }, message: { cp: [[['DataTime', expect.any(String)]], [['a21026-Avg', '12.5'], ['a21026-Flag', 'N']]] } });
    await keys.renew();
    clock.advance(1_000);
    await removeDeviceKey(deps(), DOOR, 'command');
    expect(await send(enciphered(segmentOf(DOOR), 'ABCDEFGHIJKLMNOP'))).toContain('CN=9014');
    const after = await readJournal(test.db, directoryOfRegister(() => registry, await follow()), -1);
    expect(after.at(-1)?.message?.cp[1]?.[0]).toEqual(['a21026-Avg', '12.5']);
    clock.advance(1_000);
    await keys.renew();
  });

  it('keys lie sealed in the database, their box in a file only we may read, each act in the evidence log without the key', async () => {
    const { rows } = await sql<{ sealed: string | null; fingerprint: string | null }>`SELECT sealed, fingerprint FROM device_key WHERE mn = ${CIPHERED} ORDER BY seq`.execute(test.db);
    expect(rows.map(({ fingerprint }) => fingerprint?.length ?? null)).toEqual([16, 16, null]);
    expect(Buffer.from(rows[0]?.sealed ?? '', 'base64url').toString('hex')).not.toContain(KEY);
    expect(statSync(join(folder, 'keys', 'device-keys.key')).mode & 0o077).toBe(0);
    const { rows: leaves } = await sql<{ text: string }>`SELECT convert_from(bytes, 'UTF8') AS text FROM evidence_leaf ORDER BY idx`.execute(test.db);
    const acts = leaves.map(({ text }) => JSON.parse(text) as { t: string; act?: string; ref: string; actor?: string }).filter(({ t, ref }) => t === 'config' && ref === CIPHERED);
    expect(acts.map(({ act, actor }) => `${act} ${actor}`)).toEqual(['key-given command', 'key-given command', 'key-removed command']);
    expect(leaves.some(({ text }) => text.includes(KEY))).toBe(false);
    // Another installation's box opens nothing: no key, and no crash.
    const foreign = await followDeviceKeys({ db: test.db, log }, deviceKeyBox(mkdtempSync(join(folder, 'other-'))));
    expect(foreign.keyAt(CIPHERED, NOW)).toBeUndefined();
  });

  it('a key is 32 hexadecimal digits or 16 visible characters', () => {
    expect(parseSm4Key(`${KEY}\n`)).toHaveLength(16);
    expect(parseSm4Key('0000000000000000')).toHaveLength(16);
    expect([parseSm4Key(''), parseSm4Key('0000000000000000 1'), parseSm4Key(KEY.slice(1)), parseSm4Key('密钥密钥密钥密钥密钥密钥密钥密钥')]).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('a device is read as the register says', () => {
  it('strictly: a departure that others may send is refused and not acknowledged', async () => {
    const odd = (mn: string) => segmentOf(mn).replace(';CN=2051', '').replace('QN=', 'CN=2051;QN=');
    expect(await send(encodeFrame(odd(TOLERANT)))).toContain('CN=9014');
    expect(await send(encodeFrame(odd(STRICT)))).toBe('');
    const [refused] = await oddRows(test.db, 'REFUSED', undefined, 1);
    expect(refused?.verdict).toBe('BAD_SEGMENT');
    expect(await send(encodeFrame(segmentOf(STRICT)))).toContain('CN=9014');
  });

  it('its door controller by columns of its own', async () => {
    const whole = Buffer.from(encodeFrame(segmentOf(DOOR)));
    const withoutCrc = Buffer.concat([whole.subarray(0, -6), Buffer.from('\r\n')]);
    expect(await send(withoutCrc)).toContain('CN=9014');
    const logger = Buffer.from(encodeFrame(segmentOf(TOLERANT)));
    expect(await send(Buffer.concat([logger.subarray(0, -6), Buffer.from('\r\n')]))).toBe('');
  });
});
