import { describe, expect, it } from 'vitest';
import type { FactorCode, OutfallId } from '#kernel';
import { capsAt } from '#quality';
import { termsOf } from '../permit-terms.ts';
import { manualOf, usedBeforeIn, volumesOf } from './outfall-validity.ts';

const permit = (attributes: Record<string, string>) =>
  termsOf({ outfall: 'O1' as OutfallId, factor: 'a21026' as FactorCode, annualKg: 1200, usedBeforeStartKg: 0, attributes });
const january = Date.UTC(2026, 0, 10);
const july = Date.UTC(2026, 6, 10);

it('m³ of an hour: the total sent, else the mean flow in its registered unit, L/s where none is named; not known where neither came', () => {
  const of = (unit: string) => volumesOf({ factorsOf: () => [{ outfall: 'O1' as OutfallId, factor: 'w00000' as FactorCode, factorZh: '', unit, span: undefined, resolution: undefined, attributes: {} }] }, 'O1' as OutfallId);
  const [total, mean, nothing] = [{ cou: 120, avg: 10 }, { cou: Number.NaN, avg: 10 }, { cou: Number.NaN, avg: Number.NaN }];
  expect([of('L/s')(total), of('L/s')(mean), of('')(mean), of('m3/h')(mean), of('L/s')(nothing)]).toEqual([120, 36, 36, 10, Number.NaN]);
});

it('a manual result stands in for hours only from when it can have been known: at its report, else at the end of the day after', () => {
  const sampledAt = Date.parse('2026-03-02T10:30:00+08:00');
  const known = (reported: string, asOf: string) => manualOf(
    { data: { selfMonitoring: [{ outfall: 'O1' as OutfallId, factor: 'a21026' as FactorCode, sampledAt, value: '12', basis: 'c', attributes: { kg_h: '1.5', ...(reported === '' ? {} : { reported_ms: String(Date.parse(reported)) }) } }] } },
    'O1' as OutfallId, 'a21026' as FactorCode, Date.parse(asOf),
  );
  expect([known('', '2026-03-03T23:59:59+08:00'), known('2026-03-02T18:00:00+08:00', '2026-03-02T17:00:00+08:00')]).toEqual([[], []]);
  const start = Date.parse('2026-03-02T10:00:00+08:00');
  expect([known('', '2026-03-04T00:00:00+08:00'), known('2026-03-02T18:00:00+08:00', '2026-03-02T18:00:00+08:00')]).toEqual(Array(2).fill([{ start, end: start + 24 * 3_600_000, kgPerHour: '1.5' }]));
});

describe('what a permit allows within the year', () => {
  it('the year alone where the register names nothing else', () => {
    expect(capsAt(permit({ month_cap_kg: '', winter_cap_kg: '' }), january).map((cap) => [cap.period, cap.kg])).toEqual([['YEAR', '1200']]);
  });

  it('[NMG-2.3a] month and winter from the columns of permits.csv; summer has no winter cap', () => {
    const terms = permit({ month_cap_kg: '130', winter_cap_kg: '440' });
    expect(capsAt(terms, january).map((cap) => [cap.period, cap.kg])).toEqual([['YEAR', '1200'], ['MONTH', '130'], ['SEASON', '440']]);
    expect(capsAt(terms, july).map((cap) => cap.period)).toEqual(['YEAR', 'MONTH']);
  });

  it('a permit that means another season names its days', () => {
    const terms = permit({ winter_cap_kg: '440', season_from: '06-01', season_to: '08-31' });
    expect(capsAt(terms, july).map((cap) => cap.period)).toEqual(['YEAR', 'SEASON']);
    expect(capsAt(terms, january).map((cap) => cap.period)).toEqual(['YEAR']);
  });

  it('[NMG-2.3a] what was used before the outfall came counts in that year and in no later one', () => {
    const used = { usedBeforeStartKg: 900 };
    const came = Date.UTC(2025, 11, 31, 15, 59);
    expect([2025, 2026].map((year) => usedBeforeIn(year, used, came))).toEqual([900, 0]);
    expect([2025, 2026].map((year) => usedBeforeIn(year, used, came + 60_000))).toEqual([0, 900]);
    expect([usedBeforeIn(2026, used, undefined), usedBeforeIn(2026, undefined, came)]).toEqual([900, 0]);
  });
});
