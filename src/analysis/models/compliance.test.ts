import { calendarDay, Decimal, HOUR, MINUTE, type OutfallId, type UnitId } from '#kernel';
import { loadLaw, NATIONAL } from '#law';
import { capsAt, judgingRules, type PermitTerms } from '#quality';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Opinions } from '../opinions.ts';
import { b01 } from './b01-hourly-exceedance.ts';
import { b02 } from './b02-daily-exceedance.ts';
import { b03 } from './b03-running-forecast.ts';
import { b04 } from './b04-limit-hugging.ts';
import { b05 } from './b05-permit-totals.ts';
import { exceeds } from './parts/limits.ts';
import { judge, raised } from './testing/judge.ts';
import { at, COD, NOX, O2, SO2, WATER, World } from './testing/world.ts';

const soon = (days: number, hours: number): number => at(days, hours) + 3 * MINUTE;

describe('comparison with a limit', () => {
  it.each([[50, '50', false], [50.4, '50', false], [50.5, '50', false], [51.5, '50', true], [0.505, '0.50', false], [0.515, '0.50', true], [35.0001, '35.0', false]])(
    '%d against %s: %s, rounded half to even, equal is compliant',
    (value, limit, over) => expect(exceeds(value, limit)).toBe(over),
  );
  it('agrees with decimal arithmetic everywhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), (n) => {
        const value = n / 100;
        expect(exceeds(value, '50')).toBe(new Decimal(value).toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN).greaterThan(50));
      }),
    );
  });
});

describe('model:B01 hourly exceedance', () => {
  const over = (hours: number, factor = 1.5): World => new World('gas', 20, 1).edit(SO2, at(15, 3), at(15, 3 + hours), () => 35 * factor);
  it('[PAPER-2.3c] [PAPER-2.3f] three hours in a row are a work order, two a warning, one a reminder', () => {
    const tiers = [1, 2, 3, 5].map((h) => raised(b01, over(h), soon(15, 3 + h))[0]?.tier);
    expect(tiers).toEqual(['REMIND', 'WARN', 'WORK_ORDER', 'WORK_ORDER']);
    expect(raised(b01, over(3), soon(15, 6))[0]).toMatchObject({ start: at(15, 3), end: at(15, 6), factors: [SO2], provisional: true });
  });
  it('honest: exempt under a condition mark, invalid under a monitoring mark, silent above the oxygen guard', () => {
    expect(judge(b01, over(3).mark('start_up', at(15, 2), at(15, 8), at(15, 4)), soon(15, 6))[0]?.suppressed?.reason).toBe('condition-mark');
    expect(raised(b01, over(3).mark('maintenance', at(15, 3), at(15, 6), at(15, 4)), soon(15, 7))).toEqual([]);
    expect(raised(b01, over(3).edit(O2, at(15), at(16), () => 19.5), soon(15, 6))).toEqual([]);
    expect(raised(b01, over(3).flag('CALIBRATION', at(15, 3), at(15, 6)), soon(15, 6))).toEqual([]);
    // An hour between two marks is in neither of them.
    const between = over(1).mark('maintenance', at(15, 1), at(15, 3), at(15, 3)).mark('maintenance', at(15, 4), at(15, 6), at(15, 5));
    expect(raised(b01, between, soon(15, 7))[0]).toMatchObject({ start: at(15, 3), end: at(15, 4) });
  });
  it('only hours that the rule of the trade may exempt are candidates; those beside them, past the time of the rule or of other factors are judged', () => {
    const read = judgingRules(loadLaw(), NATIONAL, calendarDay('2026-03-16'));
    const rules = { ...read, conditionMarks: read.conditionMarks.map((rule) => ({ ...rule, verified: true })) };
    const said = (world: World, now: number) => judge(b01, world, now).map((f) => [f.tier, f.start, f.end, f.suppressed?.reason]);
    const fault = over(20).mark('plant_fault', at(15, 3), at(15, 4), at(15, 5));
    fault.register = { rules };
    expect(said(fault, soon(15, 23))).toEqual([['WORK_ORDER', at(15, 4), at(15, 23), undefined], ['REMIND', at(15, 3), at(15, 4), 'condition-mark']]);
    const start = new World('gas', 20, 1).edit(NOX, at(15, 3), at(15, 10), () => 75).edit(SO2, at(15, 3), at(15, 5), () => 52).mark('start_up', at(15, 3), at(15, 10), at(15, 4));
    start.register = { rules };
    // 火电启机四小时、仅氮氧化物: SO2 is not covered, NOx for four hours.
    expect(said(start, soon(15, 11))).toEqual([
      ['WARN', at(15, 3), at(15, 5), undefined], ['WORK_ORDER', at(15, 7), at(15, 10), undefined], ['REMIND', at(15, 3), at(15, 7), 'condition-mark'],
    ]);
    // Factors and hours that nobody has compared with the text yet refuse nothing: a person decides.
    start.register = { rules: { ...rules, conditionMarks: rules.conditionMarks.map((rule) => ({ ...rule, verified: false })) } };
    expect(raised(b01, start, soon(15, 11))).toEqual([]);
    const late = over(3).mark('plant_fault', at(15, 2), at(15, 8), at(16, 12) + MINUTE);
    expect(raised(b01, late, at(16, 13))[0]?.tier).toBe('WORK_ORDER');
    const opinions = new Opinions('O' as OutfallId, 'U' as UnitId, () => {});
    for (const f of judge(b01, fault, soon(15, 23))) opinions.take(b01, b01.params, f, soon(15, 23));
    for (const f of judge(b01, fault, soon(16, 1))) opinions.take(b01, b01.params, f, soon(16, 1));
    expect(opinions.episodes.map((e) => [e.start, e.end, e.suppressed?.reason])).toEqual([[at(15, 4), at(15, 23), undefined], [at(15, 3), at(15, 4), 'condition-mark']]);
  });
  it('a standard that forbids conversion below the reference oxygen is judged on the measured value there', () => {
    const rich = (belowRef?: 'measured') => {
      const world = new World('gas', 20, 1).edit(SO2, at(15, 3), at(15, 6), () => 38).edit(O2, at(15, 2), at(15, 7), () => 3);
      world.limits = world.limits.map((limit) => (limit.factor === SO2 && belowRef !== undefined ? { ...limit, basis: 'zs', belowRef } : { ...limit, basis: 'zs' }));
      return raised(b01, world, soon(15, 7)).map(({ factors, start, end }) => ({ factors, start, end }));
    };
    expect(rich()).toEqual([]);
    expect(rich('measured')).toEqual([{ factors: [SO2], start: at(15, 3), end: at(15, 6) }]);
  });
  it('a stop mark against running power exempts nothing', () => {
    expect(raised(b01, over(3).mark('stop', at(15, 2), at(15, 8), at(15, 4)), soon(15, 6))).toHaveLength(1);
  });
  it('loses its provisional character when the mark deadline has passed', () => {
    expect(raised(b01, over(3), soon(16, 12))[0]?.provisional).toBe(false);
  });
});

describe('model:B01 地区对间隔小时的规定 the region on hours that cannot be judged', () => {
  const law = loadLaw();
  const tierUnder = (policy: 'BREAK' | 'SKIP' | 'COUNT_AS_OVER') => {
    const world = new World('gas', 20, 1).edit(SO2, at(15, 3), at(15, 7), () => 35 * 1.5).flag('CALIBRATION', at(15, 5), at(15, 6));
    world.register = { rules: { ...judgingRules(law, NATIONAL, calendarDay('2026-03-16')), gapPolicy: policy } };
    return raised(b01, world, soon(15, 7)).filter((f) => f.factors[0] === SO2).map((f) => [f.tier, f.stats['hours']]);
  };
  it('[NMG-2.2a] 超、超、无效、超：中断则两段，跳过或计入则为连续三小时', () => {
    expect(tierUnder('BREAK')).toEqual([['WARN', 2], ['WARN', 1]]);
    expect(tierUnder('SKIP')).toEqual([['WORK_ORDER', 3]]);
    expect(tierUnder('COUNT_AS_OVER')).toEqual([['WORK_ORDER', 3]]);
  });
});

describe('model:B02 daily exceedance', () => {
  it('[PAPER-2.3c] weights by flow and compares the day', () => {
    const w = new World('water', 20, 2).edit(COD, at(15), at(16), () => 58);
    expect(raised(b02, w, at(16, 2))[0]).toMatchObject({ start: at(15), end: at(16), tier: 'WARN', factors: [COD] });
    const twice = new World('water', 20, 2).edit(COD, at(14), at(16), () => 58);
    expect(raised(b02, twice, at(16, 2)).map((f) => f.tier)).toContain('WORK_ORDER');
  });
  it('DAYS_IN_WINDOW：三十天内第五个超标日为工单，第四个不是；窗口以外的不计', () => {
    const over = (...days: number[]) => days.reduce((w, d) => w.edit(COD, at(d), at(d + 1), () => 58), new World('water', 40, 2));
    const last = (w: World) => raised(b02, w, at(36, 2)).filter((f) => f.start === at(35)).map((f) => [f.tier, f.stats['exceedancesInWindow']]);
    expect(last(over(20, 25, 30, 35))).toEqual([['WARN', 4]]);
    expect(last(over(15, 20, 25, 30, 35))).toEqual([['WORK_ORDER', 5]]);
    expect(last(over(5, 20, 25, 30, 35))).toEqual([['WARN', 4]]);
  });
  it('honest: exactly the limit is compliant, and a day with too few hours is not judged', () => {
    const equal = new World('water', 20, 2).edit(COD, at(15), at(16), () => 50);
    expect(raised(b02, equal, at(16, 2)).map((f) => f.tier)).toEqual(['REMIND']);
    const few = new World('water', 20, 2).edit(COD, at(15), at(16), () => 90).flag('FAULT', at(15, 4), at(16), [COD]);
    expect(raised(b02, few, at(16, 2))).toEqual([]);
  });
  it('an hour without data or of unknown flow is due: four hours of twenty-four make no day; the hour without a total weighs what its flow gave', () => {
    const over = (): World => new World('water', 20, 2).edit(COD, at(15), at(16), () => 65);
    const silent = over();
    silent.lost.push({ start: at(15, 4), end: at(16), dark: false });
    expect(raised(b02, silent, at(16, 2))).toEqual([]);
    const blind = over();
    blind.hourEdits.push((v, t) => {
      if (v.factor === WATER && t >= at(15, 4) && t < at(16)) v.avg = v.cou = Number.NaN;
    });
    expect(raised(b02, blind, at(16, 2))).toEqual([]);
    // Six hours of half the load have no total: twelve times the volume per hour would hide the other eighteen.
    const mixed = new World('water', 20, 2).edit(COD, at(15), at(16), () => 30).edit(COD, at(15), at(15, 12), () => 75);
    mixed.hourEdits.push((v, t) => {
      if (v.factor === WATER && t >= at(15) && t < at(15, 12)) v.cou = Number.NaN;
    });
    expect(Number(raised(b02, mixed, at(16, 2))[0]?.stats['dayMean'])).toBeGreaterThan(52);
  });
  it('a day over only through hours that may be exempt is a candidate; with them left out and still over it is judged', () => {
    const incinerator = (elsewhere: number): World => {
      const w = new World('gas', 20, 2).edit(NOX, at(15), at(16), () => elsewhere).edit(NOX, at(15, 3), at(15, 7), () => 400).mark('plant_fault', at(15, 3), at(15, 7), at(15, 5));
      w.limits = w.limits.map((limit) => (limit.factor === NOX ? { ...limit, period: 'day', basis: 'c' } : limit));
      w.register = { industry: 'waste_inc', rules: judgingRules(loadLaw(), NATIONAL, calendarDay('2026-03-16')) };
      return w;
    };
    expect(judge(b02, incinerator(40), at(16, 2)).map((f) => [f.tier, f.suppressed?.reason])).toEqual([['REMIND', 'condition-mark']]);
    expect(judge(b02, incinerator(60), at(16, 2)).map((f) => [f.tier, f.suppressed?.reason])).toEqual([['WORK_ORDER', undefined]]);
  });
  it('a limit that was tightened judges no hour and no day before it', () => {
    const tightened = (w: World, factor: string, to: string): World => {
      const before = w.limits;
      const after = before.map((limit) => (limit.factor === factor ? { ...limit, limit: to, validFrom: at(15) } : limit));
      w.limits = after;
      w.register = { limitsAt: (then) => (then < at(15) ? before : after) };
      return w;
    };
    const gas = tightened(new World('gas', 20, 1).edit(SO2, at(14, 20), at(15, 2), () => 30), SO2, '25');
    expect(raised(b01, gas, soon(15, 3)).map((f) => [f.start, f.end, f.stats['limit']])).toEqual([[at(15), at(15, 2), '25']]);
    const higher = tightened(new World('gas', 20, 1).edit(SO2, at(14, 20), at(15, 2), () => 40), SO2, '25');
    expect(raised(b01, higher, soon(15, 3)).map((f) => [f.start, f.end])).toEqual([[at(14, 20), at(15, 2)]]);
    const water = tightened(new World('water', 20, 2).edit(COD, at(13), at(16), () => 40), COD, '35');
    expect(raised(b02, water, at(16, 2)).map((f) => [f.start, f.tier])).toEqual([[at(15), 'WARN']]);
  });
  it('honest: tells of a level close to the limit once, and never stretches an exceedance by such a day', () => {
    const w = new World('water', 20, 2).edit(COD, at(14), at(15), () => 58).edit(COD, at(15), at(18), () => 49);
    const found = raised(b02, w, at(16, 2));
    expect(found.map((f) => [f.start, f.tier])).toEqual([[at(14), 'WARN']]);
    const steady = new World('water', 20, 2).edit(COD, at(14), at(17), () => 49);
    expect(raised(b02, steady, at(17, 2)).map((f) => f.start)).toEqual([at(14)]);
    const opinions = new Opinions('O' as OutfallId, 'U' as UnitId, () => {});
    for (const d of [15, 16, 17]) for (const f of raised(b02, new World('water', 20, 2).edit(COD, at(14), at(15), () => 49).edit(COD, at(15), at(16), () => 58), at(d, 2))) opinions.take(b02, b02.params, f, at(d, 2));
    expect(opinions.episodes.map((e) => [e.start, e.end, e.tier])).toEqual([[at(14), at(15), 'REMIND'], [at(15), at(16), 'WARN']]);
  });
});

describe('model:B03 running forecast', () => {
  it('warns while the day can still be saved, never as a work order', () => {
    const w = new World('water', 40, 3).edit(COD, at(35), at(36), () => 80);
    const found = raised(b03, w, at(35, 14) + 10 * MINUTE);
    expect(found[0]).toMatchObject({ factors: [COD], start: at(35) });
    expect(found.every((f) => f.tier !== 'WORK_ORDER')).toBe(true);
    expect(raised(b03, new World('water', 40, 3), at(35, 14) + 10 * MINUTE)).toEqual([]);
  });
});

describe('model:B04 limit hugging', () => {
  it('sees a week spent just under the limit, against the own habit', () => {
    const w = new World('gas', 40, 4);
    w.hourEdits.push((v, t) => {
      if (v.factor === NOX && t >= at(34) && (t / HOUR) % 3 === 0) v.zsAvg = 47 + ((t / HOUR) % 5) / 2;
    });
    expect(raised(b04, w, at(39, 2))[0]).toMatchObject({ factors: [NOX], tier: 'REMIND' });
  });
});

describe('model:B05 permit totals', () => {
  const permit = (share: number): World => {
    const w = new World('gas', 30, 5);
    const ctx = w.contextAt(at(20, 2));
    let kg = 0;
    ctx.hour(SO2)?.cou.forEach((v) => (kg += Number.isFinite(v) ? v : 0));
    w.permits = [{ factor: SO2, annualKg: Math.round(kg / share), usedBeforeStartKg: 0 }];
    return w;
  };
  it('tells 80 %, warns when a day is left, and orders work when it is used up', () => {
    expect(raised(b05, permit(0.801), at(20, 2))[0]?.tier).toBe('REMIND');
    expect(raised(b05, permit(0.99), at(20, 2))[0]?.tier).toBe('WARN');
    expect(raised(b05, permit(1.001), at(20, 2))[0]?.tier).toBe('WORK_ORDER');
    expect(raised(b05, permit(0.945), at(20, 2))).toEqual([]);
    // A small amount that the register rounded to nothing is no ban.
    const nothing = new World('gas', 30, 5);
    nothing.permits = [{ factor: SO2, annualKg: 0, usedBeforeStartKg: 0 }];
    expect(b05.evaluate(nothing.contextAt(at(20, 2)), b05.params)).toMatchObject({ outcome: 'CANNOT_TELL', findings: [] });
  });
  it('counts valid hours alone: what calibration, fault and marked hours sent uses nothing up', () => {
    const w = permit(1.001);
    w.flag('CALIBRATION', at(10), at(11)).mark('maintenance', at(11), at(12), at(11, 2));
    expect(raised(b05, w, at(20, 2)).filter((f) => f.tier === 'WORK_ORDER')).toEqual([]);
    expect(raised(b05, w, at(20, 2)).map((f) => f.stats['missingHours'])).toEqual([48 + 1]); // one is on its way
  });
  it('adds what was emitted before the window to the valid hours in it', () => {
    const w = permit(1).flag('CALIBRATION', at(10), at(11));
    const ctx = w.contextAt(at(20, 2));
    const series = ctx.hour(SO2);
    const inside = [...(series?.cou ?? [])].reduce<number>((sum, kg, i) => (series?.valid[i] === 1 && Number.isFinite(kg) ? sum + kg : sum), 0);
    w.permits = [{ factor: SO2, annualKg: inside + 1000, usedBeforeStartKg: 0 }];
    const told = w.contextAt(at(20, 2));
    Object.defineProperties(told, { activeSince: { value: at(-40) }, accumulated: { value: () => ({ kg: inside + 1000.5, hours: 1, missing: 0, from: at(-40) }) } });
    expect(b05.evaluate(told, b05.params).findings.map((f) => [f.tier, Number(f.stats['usedKg']) - inside > 1000.4])).toEqual([['WORK_ORDER', true]]);
  });
  it('holds the month and the season beside the year, tells four fifths of the year alone, and takes the row of the year', () => {
    const w = permit(0.5);
    const annualKg = w.permits[0]?.annualKg ?? 0;
    const series = w.contextAt(at(20, 2)).hour(SO2);
    const since = (start: number): number => [...(series?.cou ?? [])].reduce<number>((sum, kg, i) => (Number.isFinite(kg) && series !== undefined && series.t0 + i * HOUR >= start ? sum + kg : sum), 0);
    const under = (terms: Omit<PermitTerms, 'yearKg'>) => {
      w.permits = [{ factor: SO2, annualKg, usedBeforeStartKg: 0, terms: { yearKg: String(annualKg), ...terms } }];
      return raised(b05, w, at(20, 2))[0];
    };
    const month = since(capsAt({ yearKg: '1', monthKg: '1' }, at(20, 2))[1]?.start ?? 0);
    expect(under({ monthKg: String(month / 1.001) })).toMatchObject({ tier: 'WORK_ORDER', stats: { period: 'MONTH' } });
    expect(under({ monthKg: String(month / 0.85) })).toBeUndefined();
    const season = { from: '01-01', to: '12-31', kg: String(since(0) / 1.001) };
    expect(under({ season })).toMatchObject({ tier: 'WORK_ORDER', stats: { period: 'SEASON' } });
    const year = String(new Date(at(20)).getUTCFullYear());
    w.permits = [{ factor: SO2, annualKg: annualKg / 3, usedBeforeStartKg: 0, year: '2001' }, { factor: SO2, annualKg, usedBeforeStartKg: 0, year }];
    expect(raised(b05, w, at(20, 2))).toEqual([]);
  });
});
