import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, type FactorCode } from '#kernel';
import { ColumnTable, pieceOf, PIECE_MS } from './columns.ts';
import { ByteSink, ByteSource, packBytes, packNumbers, unpackBytes, unpackNumbers } from './pack-columns.ts';

const START = Date.parse('2026-03-01T00:00:00+08:00');
const sent = fc.oneof(fc.constant(Number.NaN), fc.integer({ min: -9_999_999, max: 9_999_999 }).map((n) => n / 100), fc.constantFrom(0, -0, 0.1 + 0.2, 1e-9, 1e300, Number.POSITIVE_INFINITY));

describe('列压缩 columns come back as the very same doubles', () => {
  it('whatever the numbers are', () => {
    fc.assert(fc.property(fc.array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 99_999 }).map((n) => n / 10) }, { weight: 1, arbitrary: sent }), { maxLength: 60 }), fc.boolean(), (values, timed) => {
      const column = Float64Array.from(values);
      const refs = column.map((_, i) => (timed ? START + i * HOUR : 0));
      const sink = new ByteSink();
      packNumbers(sink, column, refs);
      const back = new Float64Array(values.length).fill(Number.NaN);
      const some = unpackNumbers(new ByteSource(unpackBytes(packBytes(sink.written))), refs, back);
      expect([...back].every((v, i) => Object.is(v, column[i]))).toBe(true);
      expect(some).toBe(values.some((v) => !Number.isNaN(v)));
    }));
  });

  it('piece by piece, each written only when something of its days came, also after old days were dropped', () => {
    const step = 10 * MINUTE;
    const [so2, nox] = ['a21026', 'a21002'] as FactorCode[] as [FactorCode, FactorCode];
    const table = new ColumnTable(step, START, 'step');
    const write = (factor: FactorCode, at: number, value: number) => {
      const columns = table.ensure(factor, table.row(at));
      columns.avg[table.row(at)] = value;
      columns.arrivedAt[table.row(at)] = at + step + 1_234;
    };
    const stored = new Map<number, Uint8Array>();
    const store = () => table.takeWritten().map((piece) => {
      const sink = new ByteSink();
      table.pack(piece, sink);
      stored.set(piece, Uint8Array.from(sink.written));
      return piece;
    });
    for (let at = START; at < START + 20 * DAY; at += step) for (const factor of [so2, nox]) write(factor, at, Math.round(at / 7e5) % 997 / 10);
    expect(store().length).toBeGreaterThanOrEqual(3);
    expect(store()).toEqual([]);
    table.dropBefore(START + 9 * DAY);
    write(nox, START + 20 * DAY, 5.5);
    write(so2, START + 12 * DAY, 7.7);
    expect(store().sort()).toEqual([...new Set([pieceOf(START + 12 * DAY), pieceOf(START + 20 * DAY)])].sort());
    const again = new ColumnTable(step, START, 'step');
    again.reshape(table.shape);
    for (const piece of stored.values()) again.unpack(new ByteSource(piece));
    expect(again.factors).toEqual(table.factors);
    for (const factor of table.factors) for (const field of ['avg', 'arrivedAt', 'flag'] as const) expect(again.columns(factor)?.[field]).toEqual(table.columns(factor)?.[field]);
    expect([...stored.keys()].every((piece) => pieceOf(piece) === piece && pieceOf(piece + PIECE_MS - 1) === piece)).toBe(true);
    // Another grid is not taken over.
    const coarser = new ColumnTable(2 * step, START, 'step');
    coarser.reshape(table.shape);
    for (const piece of stored.values()) coarser.unpack(new ByteSource(piece));
    expect(coarser.factors).toEqual([]);
  });
});
