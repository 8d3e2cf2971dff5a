import { DAY, HOUR } from '#kernel';
import { randomStream } from '#sim/random';
import { describe, expect, it } from 'vitest';
import type { Alarm, Label } from './rule.ts';
import { falseRates, precisionByModel, recallByKind, recallOf } from './table.ts';
import { tally, type Province } from './tally.ts';

const day = (d: number): number => d * DAY;
const alarm = (outfall: string, model: string, tier: 1 | 2 | 3, start: number, end: number, raised = end): Alarm => ({
  outfall, model, tier, start: day(start), end: day(end), raised_at: day(raised), factors: [],
});
const label = (id: string, outfall: string, kind: string, start: number, end: number, tier: 1 | 2 | 3 | null, benign = false): Label => ({
  id, outfall, kind, benign, start: day(start), end: day(end), tier, outfalls: [outfall],
});
const province = (alarms: readonly Alarm[], labels: readonly Label[]): Province => ({
  outfalls: [{ outfall: 'A', type: 'gas' }, { outfall: 'B', type: 'gas' }, { outfall: 'C', type: 'water' }], from: 0, until: day(60), labels, alarms,
});
const scored = (alarms: readonly Alarm[], labels: readonly Label[]) => {
  const random = randomStream('tally', 'test', 'placebo');
  return tally(province(alarms, labels), () => random.next());
};

describe('the tally of a province', () => {
  const labels = [
    label('1', 'A', 'replay', 30, 32, 1), label('2', 'A', 'o2_down', 40, 41, 1), label('3', 'C', 'replay', 30, 32, 1),
    label('4', 'B', 'comms_outage', 20, 21, null, true), label('5', 'B', 'exceed_natural', 50, 50.1, 3),
  ];
  const alarms = [
    alarm('A', 'C08', 1, 30.1, 31.5, 31), alarm('A', 'C03', 3, 30.5, 31.9, 32), alarm('B', 'A01', 3, 20.1, 20.9),
    alarm('B', 'A01', 2, 20.1, 20.9), alarm('B', 'B01', 3, 50, 50.1), alarm('C', 'C03', 3, 10, 11),
  ];
  const t = scored(alarms, labels);

  it('tells found from missed by kind, with delay from the first raising and the highest tier', () => {
    const kinds = recallByKind(t.events);
    expect([...kinds.keys()]).toEqual(['exceed_natural', 'o2_down', 'replay']);
    expect(kinds.get('replay')).toMatchObject({ events: 2, found: 1, recall: 0.5, medianDelayHours: 24, tierEqual: 1 });
    expect(kinds.get('o2_down')).toMatchObject({ events: 1, found: 0, tierEqual: 0, medianDelayHours: undefined });
    expect(recallOf(t.events).events).toBe(4);
  });

  it('counts false findings by cumulative tier and outfall-month, in all and on clean outfalls', () => {
    expect(t.outfallMonths).toBe(6);
    // B has only a natural exceedance: nothing was done there.
    expect(t.cleanOutfallMonths).toBe(2);
    expect(falseRates(t)).toEqual({ all: [2 / 6, 1 / 6, 0], clean: [1 / 2, 1 / 2, 0] });
  });

  it('gives precision per model, neutral findings apart', () => {
    const models = precisionByModel(t.pieces);
    expect(models.get('A01')).toMatchObject({ right: 0, neutral: 1, wrong: 1, precision: 0 });
    expect(models.get('C03')).toMatchObject({ right: 1, neutral: 0, wrong: 1, precision: 0.5 });
  });

  it('measures chance: alarms everywhere find every placebo, no alarms find none', () => {
    const everywhere = Array.from({ length: 240 }, (_, k) => ['A', 'B', 'C'].map((o) => alarm(o, 'X', 3, k / 4, (k + 1) / 4))).flat();
    const noisy = scored(everywhere, labels);
    expect(recallOf(noisy.events)).toMatchObject({ recall: 1, placebo: 1, excess: 0 });
    expect(recallOf(scored([], labels).events)).toMatchObject({ recall: 0, placebo: 0 });
  });

  it('does not let a way of being that lasts all the time excuse reminders', () => {
    const always = label('6', 'B', 'held_result', 0, 60, null, true);
    expect(falseRates(scored([alarm('B', 'C01', 3, 5, 6)], [...labels, always])).clean[0]).toBe(1 / 2);
  });

  it('shares alarmed time by event windows', () => {
    const half = scored([{ ...alarm('A', 'X', 3, 30, 34), end: day(30) + 2 * (2 * DAY + 6 * HOUR) }], [label('1', 'A', 'replay', 30, 32, 1)]);
    expect(half.alarmedInside).toBeCloseTo(0.5, 6);
  });
});
