import { FUSION_WEIGHTS, JUDGED_KINDS, withFit } from '#analysis';
import { DAY, HOUR } from '#kernel';
import { describe, expect, it } from 'vitest';
import { fitFusion, monotone, rawOf } from './fit-fusion.ts';
import { sheetsOf, type Sheet } from './fusion-sheets.ts';
import { reliabilityOf } from './reliability.ts';
import type { Alarm, Label } from './rule.ts';

const at = (day: number): number => 100 * DAY + day * DAY;
const alarm = (model: string, start: number, steps: readonly (readonly [1 | 2 | 3, number])[], outfall = 'A'): Alarm => ({
  outfall, model, start: at(start), end: at(start + 1), tier: steps.at(-1)?.[0] ?? 3, raised_at: at(steps.at(-1)?.[1] ?? start), factors: [],
  evidence: { steps: steps.map(([tier, day]) => ({ tier, at: at(day) })) },
});
const label = (kind: string, start: number, end: number, benign = false): Label => ({ id: kind, outfall: 'A', kind, benign, start: at(start), end: at(end), tier: benign ? null : 1, outfalls: ['A'] });

describe('states of groups of findings', () => {
  const alarms = [alarm('C08', 1, [[3, 2], [1, 4]]), alarm('F06', 1.5, [[3, 3]]), alarm('C01', 20, [[2, 21]]), alarm('G11', 1, [[2, 3]])];
  const sheets = sheetsOf('tune-x', alarms, [label('replay', 1, 2), label('real_shutdown', 20, 22, true)]);
  it('one for each raising or rise, none for what fusion itself said; states of one story weigh one', () => {
    expect(sheets.map((sheet) => sheet.findings.map((f) => `${f.model} ${f.tier}`).join())).toEqual(['C08 REMIND', 'C08 REMIND,F06 REMIND', 'C08 WORK_ORDER,F06 REMIND', 'C01 WARN']);
    expect(sheets.map((sheet) => sheet.weight)).toEqual([1 / 3, 1 / 3, 1 / 3, 1]);
    expect(sheets.every((sheet) => sheet.findings.every((f) => f.end <= at(21)))).toBe(true);
  });
  it('true is what had begun and what a finding meets; a look-alike is nothing', () => {
    expect(sheets.map((sheet) => [...sheet.truth])).toEqual([['forged-data'], ['forged-data'], ['forged-data'], []]);
  });
});

/** Provinces in which C08 is always right about forged data, F06 is right half the time and A05 never. */
const invented: Sheet[] = ['tune-a', 'tune-b', 'tune-c'].flatMap((seed) =>
  Array.from({ length: 40 }, (_, k): Sheet => {
    const model = ['C08', 'F06', 'A05'][k % 3] as string;
    const family = model === 'F06' ? 'site' as const : 'emission' as const;
    const true_ = model === 'C08' || (model === 'F06' && k % 2 === 0);
    return { seed, story: `${seed} ${k}`, weight: 1, truth: new Set(true_ ? ['forged-data'] : []), findings: [{ model, family, tier: 'WARN', start: 0, end: HOUR, raisedAt: HOUR }] };
  }));

describe('the fit of evidence fusion', () => {
  const about = { version: 't', fittedOn: '2026-01-01', outfallMonths: 1 };
  const fit = fitFusion(invented, about);
  const weightOf = (model: string): number => fit.kinds['forged-data']?.weights[model] ?? Number.NaN;
  it('learns who is right, names where it comes from and leaves alone who never spoke', () => {
    expect(weightOf('C08')).toBeGreaterThan(weightOf('F06'));
    expect(weightOf('F06')).toBeGreaterThan(weightOf('A05'));
    expect(fit).toMatchObject({ seeds: ['tune-a', 'tune-b', 'tune-c'], stories: 120, sheets: 120 });
    expect(weightOf('D05')).toBe(JUDGED_KINDS[0]?.weights['D05']);
    expect(Object.values(fit.kinds).every((kind) => Object.values(kind.weights).every((w) => w >= 0))).toBe(true);
  });
  it('is the same again, and is nearer to what was true than judgement', () => {
    expect(fitFusion(invented, about)).toEqual(fit);
    const judged = withFit({ ...fit, kinds: {}, calibration: [[0, 0], [1, 1]] });
    expect(reliabilityOf(invented, withFit(fit)).brier).toBeLessThan(reliabilityOf(invented, judged).brier);
  });
  it('refuses one province: nothing would be left to calibrate on', () => {
    expect(() => fitFusion(invented.filter((sheet) => sheet.seed === 'tune-a'), about)).toThrow(RangeError);
  });
  it('the curve never falls and claims no certainty', () => {
    const pairs = Array.from({ length: 200 }, (_, k) => ({ p: k / 200, y: k % 7 === 0 || k > 150 ? 1 : 0, weight: 1 }));
    const curve = monotone(pairs);
    curve.slice(1).forEach(([x, y], i) => {
      expect(x).toBeGreaterThanOrEqual(curve[i]?.[0] ?? 0);
      expect(y).toBeGreaterThanOrEqual(curve[i]?.[1] ?? 0);
    });
    expect(curve[0]?.[1]).toBeGreaterThan(0);
    expect(curve.at(-1)?.[1]).toBeLessThan(1);
  });
  it('the committed fit rests on tuning seeds alone and keeps the shape the model needs', () => {
    const raw = FUSION_WEIGHTS.calibration;
    expect(raw.every(([, y], i) => y >= (raw[i - 1]?.[1] ?? 0))).toBe(true);
    for (const kind of FUSION_WEIGHTS.kinds) {
      const [loudest] = Object.entries(kind.weights).sort((a, b) => b[1] - a[1]);
      const said = (tier: 'REMIND' | 'WORK_ORDER'): number =>
        rawOf({ findings: [{ model: loudest?.[0] ?? '', family: 'emission', tier, start: 0, end: HOUR, raisedAt: HOUR }] }, kind);
      expect(said('WORK_ORDER')).toBeGreaterThanOrEqual(said('REMIND'));
      expect(said('REMIND')).toBeGreaterThan(rawOf({ findings: [] }, kind));
    }
  });
});
