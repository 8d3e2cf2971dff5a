import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant, SECOND } from '#kernel';
import { Assembler } from './assemble.ts';
import { decodeStream, type StreamOptions } from './decode-stream.ts';
import { flagBits, flagValue } from './edition.ts';
import { encodeFrame, encodeSegment } from './encode.ts';
import { DEFAULT_TIMING, onAnswer, onTime, openExchange } from './exchange.ts';
import { formatQn, parseHjTime } from './hj-time.ts';
import type { Frame } from './message.ts';
import { readingsOf } from './readings.ts';
import { replyTo } from './replies.ts';
import { joinSegment, parseSegment } from './segment.ts';
import { encryptArea, withArea } from './sm4.ts';
import { splitMessage } from './split.ts';
import { decodedJson } from './to-json.ts';

const items = (bytes: Uint8Array, options: StreamOptions = {}) => [...decodeStream([bytes], options)];
const read = (bytes: Uint8Array | string, options: StreamOptions = {}) => {
  const [item] = items(typeof bytes === 'string' ? encodeFrame(bytes) : bytes, options);
  if (item?.kind !== 'frame') throw new Error('no item');
  return item.frame;
};
const readGood = (segment: string, options: StreamOptions = {}): Frame => {
  const frame = read(segment, options);
  if (!frame.ok) throw new Error(`${frame.error} ${frame.problems.join()}`);
  return frame;
};

const BASE = { qn: '20260312100000001', st: '32', cn: '2061', pw: '123456', mn: '010000A8900016F000169DC0', flag: 4 };
const CP = 'DataTime=20260312090000;w01018-Avg=27.3,w01018-Flag=N';

describe('segments', () => {
  it('any text is taken apart and put together without losing a character', () => {
    const mark = fc.constantFrom(
      'QN=',
      'CP=&&',
      '&&',
      ';',
      ',',
      '=',
      ' ',
      'w01018-Rtd',
      '中文',
      '-',
      '1',
      '\u0000',
      '\ud800',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(mark, fc.string({ maxLength: 4 })), { maxLength: 20 }), (parts) => {
        const text = parts.join('');
        expect(joinSegment(parseSegment(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it('what is encoded is read back to the letter', () => {
    const value = fc.stringMatching(/^[0-9A-Za-z.+-]{0,12}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.stringMatching(/^[aw][0-9]{5}$/), value), { maxLength: 20 }), (pairs) => {
        const cp = [[['DataTime', '20260312090000']], ...pairs.map(([code, v]) => [[`${code}-Avg`, v]])] as [
          string,
          string,
        ][][];
        expect(readGood(encodeSegment({ ...BASE, cp })).cp).toEqual(cp);
      }),
    );
  });

  it('a factor named twice gives two readings; hostile names do no harm', () => {
    const frame = readGood(encodeSegment({ ...BASE, cp: `${CP};w01018-Avg=3;a-__proto__=1;b-factor=2;c-toString=3` }));
    expect(readingsOf(frame.cp)).toEqual([
      { factor: 'w01018', Avg: '27.3', Flag: 'N' },
      { factor: 'w01018', Avg: '3' },
      { factor: 'a', '-__proto__': '1' },
      { factor: 'b', '-factor': '2' },
      { factor: 'c', '-toString': '3' },
    ]);
  });
});

describe('reading', () => {
  it('gives the public form of docs/files.md', () => {
    expect(decodedJson(readGood(encodeSegment({ ...BASE, cp: CP })))).toMatchObject({
      ok: true,
      edition: '2017',
      st: '32',
      cn: '2061',
      flag: 4,
      split: false,
      ack: false,
      pnum: null,
      pno: null,
      dataTime: '2026-03-12T09:00:00+08:00',
      encoding: 'ascii',
      offset: 0,
      problems: [],
      readings: [{ factor: 'w01018', Avg: '27.3', Flag: 'N' }],
    });
  });

  it.each([
    ['MISSING_FIELD', encodeSegment({ ...BASE, cn: undefined, cp: CP })],
    ['BAD_FLAG', encodeSegment({ ...BASE, flag: 'x', cp: CP })],
    ['BAD_TIME', encodeSegment({ ...BASE, cp: 'DataTime=20260231090000' })],
    ['BAD_SPLIT', encodeSegment({ ...BASE, flag: 6, pnum: 2, pno: 3, cp: CP })],
    ['BAD_SEGMENT', 'QN=1;ST=32;CN=2011'],
    ['BAD_SEGMENT', `${encodeSegment({ ...BASE, cp: CP })};Flag=4`],
  ])('%s', (error, segment) => {
    expect(read(segment)).toMatchObject({ ok: false, error });
  });

  it('strict reading refuses what tolerant reading only notes', () => {
    const segment = encodeSegment({ ...BASE, mn: 'short', cp: CP });
    expect(readGood(segment).problems).toEqual(['MN_FORM: MN has 5 characters']);
    expect(read(segment, { strict: true })).toMatchObject({ ok: false, error: 'BAD_SEGMENT' });
  });

  it('over 1,024 bytes is a finding, over the configured limit TOO_LONG', () => {
    const long = encodeSegment({ ...BASE, cp: `${CP};i11001-Info=//${'x'.repeat(1200)}//` });
    expect(readGood(long).problems.join()).toContain('OVER_1024');
    expect(read(long, { maxSegment: 1024 })).toMatchObject({ ok: false, error: 'TOO_LONG' });
  });

  it('UTF-8 first, then GB18030; a length in characters is seen through', () => {
    expect(readGood(encodeSegment({ ...BASE, cp: `${CP};i11001-Info=//开门//` })).encoding).toBe('utf-8');
    const gb = Buffer.concat([
      Buffer.from(`${encodeSegment({ ...BASE, cp: `${CP};x=` }).slice(0, -2)}`),
      Buffer.from([0xbf, 0xaa]),
      Buffer.from('&&'),
    ]);
    const frame = read(encodeFrame(gb));
    expect(frame).toMatchObject({ ok: true, encoding: 'gb18030' });
    if (frame.ok) expect(frame.cp.at(-1)).toEqual([['x', '开']]);
    const utf8 = encodeFrame(encodeSegment({ ...BASE, cp: `${CP};x=开门` }));
    const short = Buffer.from(utf8);
    short.write(String(utf8.length - 12 - 4).padStart(4, '0'), 2);
    expect(read(short).problems.join()).toContain('LENGTH_IN_CHARACTERS');
  });

  it.each([
    ['none', '&&\r\n'],
    ['short', '&&28\r\n'],
    [{ constant: 'B381' }, '&&B381\r\n'],
  ] as const)('CRC variant %j only under the profile of its device', (variant, end) => {
    // "short": the CRC of this segment begins with two zeros.
    let n = 0;
    let bytes = encodeFrame(encodeSegment({ ...BASE, cp: `n=${n}` }));
    const crcText = () => Buffer.from(bytes).toString('latin1').slice(-6, -2);
    while (variant === 'short' && !crcText().startsWith('00'))
      bytes = encodeFrame(encodeSegment({ ...BASE, cp: `n=${n++}` }));
    const text = Buffer.from(bytes).toString('latin1');
    const sent = Buffer.from(text.slice(0, -8) + (variant === 'short' ? `&&${crcText().slice(2)}\r\n` : end), 'latin1');
    expect(read(sent)).toMatchObject({ ok: false, error: 'CRC_MISMATCH' });
    expect(read(sent, { profile: { crc: [variant] } })).toMatchObject({ ok: true });
  });

  it('decrypts a 2025 data area cut by length, whatever bytes it holds', () => {
    const key = Buffer.from('0123456789abcdef');
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9=;,.-]{16,200}$/), (tail) => {
        const clear = encodeFrame(encodeSegment({ ...BASE, flag: 9, cp: `${CP};x-Rtd=${tail}` }));
        const segment = withArea(clear.subarray(6, clear.length - 6), key, encryptArea) as Uint8Array;
        const sent = Buffer.concat([clear.subarray(0, 6), segment, clear.subarray(clear.length - 6)]);
        const frame = read(sent, { profile: { key } });
        expect(frame).toMatchObject({ ok: true, encrypted: true, edition: '2025' });
      }),
      { numRuns: 60 },
    );
  });

  it('reads Flag bit by bit', () => {
    expect(flagBits(11)).toEqual({ value: 11, version: '2025', split: true, ack: true });
    expect(flagValue('2017', false, true)).toBe(5);
    expect(flagBits(12).version).toBeNull();
  });

  it('times: real dates only, milliseconds where sent, there and back', () => {
    expect(parseHjTime('20260229000000')).toBeUndefined();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (ms) => {
        expect(parseHjTime(formatQn(instant(ms)))).toBe(ms);
      }),
    );
  });
});

describe('split messages', () => {
  const cp = [
    [['DataTime', '20260312090000']],
    ...Array.from({ length: 90 }, (_, i) => [[`w${10000 + i}-Avg`, `${i}.5`]]),
  ] as [string, string][][];
  const parts = splitMessage({ ...BASE, cp }, (pno) => `2026031210000000${pno}`);

  it('fault:F14 parts come together in any order, mixed and repeated, once', () => {
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect(part.length).toBeLessThanOrEqual(1024);
    const other = encodeSegment({ ...BASE, mn: '010000A8900016F000169DC1', cp: CP });
    const stream = [...parts].reverse().flatMap((part) => [part, other, part]);
    const out = items(Buffer.concat(stream.map((segment) => encodeFrame(segment))));
    const whole = out.filter((item) => item.kind === 'assembled');
    expect(whole).toHaveLength(1);
    expect(whole[0]?.kind === 'assembled' && whole[0].message.cp).toEqual(cp);
    expect(out.filter((item) => item.kind === 'frame')).toHaveLength(stream.length);
  });

  it('parts that contradict each other are BAD_SPLIT; missing ones are given up after the time-out', () => {
    const first = readGood(parts[0] as string);
    const changed = readGood((parts[0] as string).replace('=0.5', '=9.5'));
    const assembler = new Assembler({ timeoutMs: 60 * SECOND });
    expect(assembler.offer(first, instant(0))).toMatchObject({ kind: 'waiting', have: 1 });
    expect(assembler.offer(first, instant(1))).toEqual({ kind: 'repeated' });
    expect(assembler.offer(changed, instant(2)).kind).toBe('contradiction');
    expect(assembler.expire(instant(59_000))).toEqual([]);
    expect(assembler.expire(instant(60_000))).toMatchObject([{ cn: '2061', have: [1], missing: [2] }]);
  });

  it('Flag=7 without PNUM, as real devices and the 2005 text send it, is a finding', () => {
    expect(readGood(encodeSegment({ ...BASE, flag: 7, cp: CP })).problems).toEqual(['SPLIT_WITHOUT_PNUM: Flag=7']);
  });
});

describe('answers and exchanges', () => {
  const reply = (fields: object) => {
    const fieldsOut = replyTo(readGood(encodeSegment({ ...BASE, cp: CP, ...fields })));
    return fieldsOut && encodeSegment(fieldsOut);
  };

  it('9014 to data, 9013 to notices, 9011 to requests, nothing to answers or where none is wanted', () => {
    expect(reply({ flag: 5 })).toBe(
      'QN=20260312100000001;ST=91;CN=9014;PW=123456;MN=010000A8900016F000169DC0;Flag=4;CP=&&&&',
    );
    expect(reply({ flag: 4 })).toBeNull();
    expect(reply({ flag: 5, cn: '1013' })).toContain('CN=9013');
    expect(reply({ flag: 9, cn: '1001', mn: '' })).toContain('CN=9013');
    expect(reply({ flag: 8, cn: '9015' })).toContain('CN=9013;PW=123456;MN=010000A8900016F000169DC0;Flag=8');
    expect(reply({ flag: 9, cn: '1014' })).toContain(
      'CN=9011;PW=123456;MN=010000A8900016F000169DC0;Flag=8;CP=&&QnRtn=2&&',
    );
    expect(reply({ flag: 5, cn: '9013' })).toBeNull();
    expect(reply({ flag: 1 })).toBe(
      'ST=91;CN=9014;PW=123456;MN=010000A8900016F000169DC0;Flag=0;CP=&&QN=20260312100000001;CN=2061&&',
    );
  });

  const command = { cn: '2061', st: '32', mn: BASE.mn, pw: '123456', cp: [] };
  const at = instant(Date.UTC(2026, 2, 12));
  const open = () => openExchange(command, '2017', at).exchange;
  const answer = (cn: string, cp: string) => readGood(encodeSegment({ ...BASE, qn: formatQn(at), st: '91', cn, cp }));

  it('request → 9011 → data → 9012', () => {
    let exchange = onAnswer(open(), answer('9011', 'QnRtn=1'), at);
    expect(exchange.state).toBe('ACCEPTED');
    exchange = onAnswer(exchange, readGood(encodeSegment({ ...BASE, cp: CP })), at);
    expect(exchange.dataFrames).toBe(1);
    expect(onAnswer(exchange, answer('9012', 'ExeRtn=1'), at).state).toBe('DONE');
    expect(onAnswer(exchange, answer('9012', 'ExeRtn=100'), at)).toMatchObject({ state: 'FAILED', result: '100' });
    expect(onAnswer(open(), answer('9011', 'QnRtn=3'), at)).toMatchObject({ state: 'REFUSED', result: '3' });
  });

  it('no answer: three resends, then the link counts as down; accepted without result: timed out', () => {
    let step = { exchange: open(), send: null } as ReturnType<typeof onTime>;
    let sends = 0;
    for (let s = 1; s < 120; s++) {
      step = onTime(step.exchange, instant(at + s * SECOND));
      if (step.send) sends++;
    }
    expect([sends, step.exchange.state]).toEqual([3, 'LINK_DOWN']);
    const accepted = onAnswer(open(), answer('9011', 'QnRtn=1'), at);
    expect(onTime(accepted, instant(at + DEFAULT_TIMING.resultMs)).exchange.state).toBe('TIMED_OUT');
  });

  it('answers of another exchange change nothing', () => {
    const other = readGood(encodeSegment({ ...BASE, st: '91', cn: '9011', cp: 'QnRtn=1' }));
    expect(onAnswer(open(), other, at).state).toBe('SENT');
  });
});
