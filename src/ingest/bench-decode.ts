import { encodeFrame, encodeSegment, formatHjTime, formatQn, Framer, readPiece, readingsOf } from './hj212/index.ts';
import { instant } from '#kernel';
import { collector, median } from '#platform/measure';

export interface DecodeScenario {
  readonly name: string;
  /** Rates are per second of processor time, so that a busy machine does not count against the code. */
  readonly megabytesPerSecond: number;
  readonly nanosecondsPerByte: number;
  /** Frames framed, checked and parsed per second; 0 for noise. */
  readonly framesPerSecond: number;
  /** Cost per byte ÷ that of good input in one write, in the same round. */
  readonly ratio: number;
}

/** Figures of the published scenario of reading frames. */
export interface DecodeBench {
  readonly frameBytes: number;
  readonly scenarios: readonly DecodeScenario[];
  /** The dearest noise ÷ good input, per byte; ≤ 1 wanted. */
  readonly worstNoiseRatio: number;
}

const FACTORS = ['a21026', 'a21002', 'a34013', 'a19001', 'a01011', 'a01012', 'a01013', 'a01014'] as const;

/** A minute frame (CN 2051) of eight factors, numbers changing with `i`; 421 bytes with a number of 24 characters. */
export function minuteFrame(i: number, mn = '010000A8900016F000169DC0'): Uint8Array {
  const at = instant(Date.UTC(2026, 0, 1) + (i % 1_000_000) * 60_000);
  const values = FACTORS.map((factor, k) => [
    [`${factor}-Avg`, (10 + ((i + k) % 70) / 10).toFixed(2)] as const,
    ...(k < 3 ? [[`${factor}-Max`, (20 + (i % 70) / 10).toFixed(2)] as const] : []),
    [`${factor}-Flag`, 'N'] as const,
  ]);
  const fields = { qn: formatQn(instant(at + 60_001)), st: '31', cn: '2051', pw: '123456', mn, flag: 5 };
  return encodeFrame(encodeSegment({ ...fields, cp: [[['DataTime', formatHjTime(at)]], ...values] }));
}

/** A short frame whose CRC holds and whose length does not. */
const WRONG_LENGTH = Buffer.from(encodeFrame('QN=20260312100000001;ST=32;CN=2011;PW=123456;MN=0100&&'))
  .toString('latin1')
  .replace(/^##\d{4}/, '##0999');

const NOISE = {
  'noise: endless #': '#',
  'noise: headers that promise 999 bytes': '##0999',
  'noise: headers with digits where a CRC is due': '##0998',
  'noise: the same, a letter between them': '##0998a',
  'noise: headers that promise 9,999 bytes': '##9999QN=1',
  'noise: false ends after a false header': '##9999a&&1234',
  'noise: empty frames before false headers': '##0000FFFF##9999',
  'noise: broken frames of the shortest kind': '##0999QN=20260312100000001;ST=32;CN=2011;PW=123456;MN=0100&&1234\r\n',
  'noise: the same with the right CRC': WRONG_LENGTH,
} as const;

/**
 * The decode bench on one core: frames cut, length and CRC checked, header, times, groups, pairs and readings parsed;
 * no network, no disk. The scenarios take turns in short slices, because a shared machine changes its speed within
 * seconds; every figure is the median over `rounds`, and a ratio compares slices of the same round.
 */
export function benchDecode(options: { readonly rounds?: number; readonly sliceMs?: number } = {}): DecodeBench {
  const collect = collector();
  const good = Buffer.concat(Array.from({ length: 1_000 }, (_, i) => minuteFrame(i)));
  const inputs = [
    { name: 'good input, one write', bytes: good, chunk: 65_536 },
    { name: 'good input, 1,460-byte segments', bytes: good, chunk: 1_460 },
    ...Object.entries(NOISE).map(([name, text]) => ({ name, bytes: Buffer.alloc(good.length, text, 'latin1'), chunk: 65_536 })),
  ];
  for (const { bytes, chunk } of inputs) pass(bytes, chunk);
  const rounds = Array.from({ length: options.rounds ?? 25 }, () => inputs.map(({ bytes, chunk }) => slice(bytes, chunk, options.sliceMs ?? 40, collect)));
  const overRounds = (of: (round: readonly Slice[]) => number): number => median(rounds.map(of));
  const scenarios = inputs.map(({ name }, i) => {
    const nanosecondsPerByte = overRounds((round) => at(round, i).nanosecondsPerByte);
    return {
      name,
      megabytesPerSecond: 1000 / nanosecondsPerByte,
      nanosecondsPerByte,
      framesPerSecond: overRounds((round) => at(round, i).framesPerSecond),
      ratio: overRounds((round) => at(round, i).nanosecondsPerByte / at(round, 0).nanosecondsPerByte),
    };
  });
  return { frameBytes: minuteFrame(0).length, scenarios, worstNoiseRatio: Math.max(...scenarios.slice(2).map(({ ratio }) => ratio)) };
}

interface Slice {
  readonly nanosecondsPerByte: number;
  readonly framesPerSecond: number;
}

const at = (round: readonly Slice[], i: number): Slice => round[i] as Slice;

/** Walks over the input until `ms` of processor time are used; clears away its own garbage, so that none pays for another. */
function slice(input: Uint8Array, chunk: number, ms: number, collect: NodeJS.GCFunction): Slice {
  let bytes = 0;
  let frames = 0;
  const began = process.cpuUsage();
  let elapsed = 0;
  while (elapsed < ms) {
    frames += pass(input, chunk);
    bytes += input.length;
    elapsed = millisecondsSince(began);
  }
  collect({ type: 'minor' });
  elapsed = millisecondsSince(began);
  return { nanosecondsPerByte: (elapsed * 1e6) / bytes, framesPerSecond: (frames / elapsed) * 1000 };
}

function millisecondsSince(began: NodeJS.CpuUsage): number {
  const used = process.cpuUsage(began);
  return (used.user + used.system) / 1000;
}

/** One walk over the input; returns how many frames were good. */
function pass(input: Uint8Array, chunk: number): number {
  const framer = new Framer({ blockSize: 65_536 });
  let good = 0;
  const take = (pieces: ReturnType<Framer['push']>): void => {
    for (const piece of pieces) {
      const frame = readPiece(piece);
      if (frame.ok && readingsOf(frame.cp).length >= 0) good++;
    }
  };
  for (let at = 0; at < input.length; at += chunk) take(framer.push(input.subarray(at, at + chunk)));
  take(framer.flush());
  return good;
}
