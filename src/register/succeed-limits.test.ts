import { asId, HOUR, instant, type FactorCode, type OutfallId } from '#kernel';
import { describe, expect, it } from 'vitest';
import { buildRegistry } from './build-registry.ts';
import { EMPTY_REGISTER, type LimitValue } from './registry.ts';
import { succeedLimits, type KnownLimit } from './succeed-limits.ts';

const O1 = asId<OutfallId>('O1');
const on = (day: string) => Date.parse(`${day}T10:00:00+08:00`);
const limit = (value: string, more: Partial<LimitValue> = {}): LimitValue => ({
  outfall: O1, factor: asId<FactorCode>('a21002'), factorZh: '', limit: value, unit: 'mg/m3', period: 'hour', basis: 'zs', validFrom: undefined, validTo: undefined, source: '', attributes: {}, ...more,
});
const known = (day: string, value: string, more: Partial<LimitValue> = {}): KnownLimit => ({ limit: limit(value, more), knownAt: on(day) });
const inForce = (all: readonly KnownLimit[], day: string): string[] =>
  buildRegistry({ ...EMPTY_REGISTER, limits: succeedLimits(all) }).limitsOf(O1, instant(on(day) + HOUR)).map((one) => one.limit);

describe('无日期的限值 limits without dates', () => {
  it('a limit that replaces another without dates judges from the day it was registered, earlier hours keep the old one', () => {
    const all = [known('2026-01-05', '100'), known('2026-06-10', '50'), known('2026-09-01', '35')];
    expect(['2025-12-01', '2026-06-09', '2026-06-10', '2026-08-31', '2026-09-01'].map((day) => inForce(all, day))).toEqual([['100'], ['100'], ['50'], ['50'], ['35']]);
  });

  it('dates that are given stay as they are, and the two ends of a range are no succession', () => {
    const dated = [known('2026-01-05', '100', { validTo: '2026-06-30' }), known('2026-06-10', '50', { validFrom: '2026-07-01' })];
    expect(succeedLimits(dated)).toEqual(dated.map((one) => one.limit));
    const ends = [known('2026-01-05', '6'), known('2026-01-05', '9')];
    expect(inForce(ends, '2026-03-01')).toEqual(['6', '9']);
    expect(inForce([...ends, known('2026-06-10', '6.5')], '2026-03-01')).toEqual(['6', '9', '6.5']);
    const sides = [known('2026-01-05', '6', { attributes: { side: 'low' } }), known('2026-01-05', '9', { attributes: { side: 'high' } }), known('2026-06-10', '6.5', { attributes: { side: 'low' } })];
    expect([inForce(sides, '2026-03-01'), inForce(sides, '2026-07-01')]).toEqual([['6', '9'], ['9', '6.5']]);
  });
});
