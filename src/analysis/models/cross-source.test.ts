import { DAY, HOUR, MINUTE, SECOND, type FactorCode, type OutfallId } from '#kernel';
import type { InspectionFact, StationFact, SurveyFact } from '#quality';
import { describe, expect, it } from 'vitest';
import type { DailySummary, FactorDay, PastFinding, Peer, Visit } from '../contract.ts';
import { seededDraws } from '../primitives/index.ts';
import { summaryOf } from '../testing/summary.ts';
import { BENFORD, c05 } from './c05-first-digit.ts';
import { f08, textLikeness } from './f08-operator-visits.ts';
import { FUSION_WEIGHTS } from './fusion-weights.ts';
import { g01 } from './g01-peer-comparison.ts';
import { g06, upwindWeight } from './g06-voc-hotspot.ts';
import { g07 } from './g07-station-response.ts';
import { g08 } from './g08-isolation-forest.ts';
import { g09 } from './g09-emission-pattern.ts';
import { g10 } from './g10-inspection-behaviour.ts';
import { fuse, g11 } from './g11-evidence-fusion.ts';
import { crossFindings } from './parts/cross-likeness.ts';
import { judge, raised } from './testing/judge.ts';
import { at, COD, NOX, SO2, T0, World } from './testing/world.ts';

/** The registry's own outfall is DA001 of unit U1. */
const own = 'DA001' as OutfallId;
const normal = (draw: () => number): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());

interface Nature {
  readonly level: number;
  readonly cv: number;
  readonly lag1: number;
  readonly tail: number;
  readonly kwh: number;
}

/** Days of an outfall of this nature, each a little different. */
function daysOf(outfall: OutfallId, nature: Nature, seed: number, count: number, until: number, change: (day: DailySummary, k: number) => DailySummary = (d) => d): DailySummary[] {
  const draw = seededDraws(seed);
  const near = (v: number, sd = 0.12): number => v * Math.exp(sd * normal(draw));
  return Array.from({ length: count }, (_, k) => {
    const factor = (f: FactorCode): FactorDay => ({ factor: f, level: near(nature.level), median: near(20), cv: near(nature.cv), lag1: nature.lag1 + 0.03 * normal(draw), tail: near(nature.tail), jump: near(0.06), hours: [] });
    const day = summaryOf(outfall, until - (count - 1 - k) * DAY, 1, { factors: [factor(NOX), factor(SO2)], kwhPerKg: near(nature.kwh), flowShare: near(0.6, 0.05), treatmentShare: 0.2 });
    return change(day, k);
  });
}

const peer = (outfall: string, days: readonly DailySummary[], more: Partial<Peer> = {}): Peer => ({
  outfall: outfall as OutfallId, enterprise: `U${outfall}`, name: `单位${outfall}`, operator: 'X', relations: ['operator', 'industry'], location: { lat: 31.5, lon: 120.5 }, shared: '', days, ...more,
});
const USUAL: Nature = { level: 0.5, cv: 0.15, lag1: 0.8, tail: 0.4, kwh: 20 };
const varied = (i: number): Nature => ({ level: 0.35 + 0.04 * i, cv: 0.12 + 0.01 * i, lag1: 0.7 + 0.02 * i, tail: 0.3 + 0.03 * i, kwh: 15 + 2 * i });
/** 2026-03-01 is a Sunday, so day 36 is a Monday. */
const MONDAY = at(36, 2);
const trade = (): Peer[] => Array.from({ length: 10 }, (_, i) => peer(`P${i}`, daysOf(`P${i}` as OutfallId, varied(i), 100 + i, 60, MONDAY - DAY)));

const young = new World('gas', 2, 5);
/** A world whose series matter little: the summaries are what is judged. */
const seeing = (ownDays: readonly DailySummary[], peers: readonly Peer[]): World => {
  young.peerView = { own: ownDays, peers };
  young.register = { operator: 'X', location: { lat: 31.2, lon: 120.5 } };
  return young;
};

describe('model:G01 peer comparison', () => {
  it('asks once a week who is apart in many ways at once', () => {
    const tooGood = daysOf(own, { level: 0.05, cv: 0.02, lag1: 0.1, tail: 0.02, kwh: 2 }, 3, 60, MONDAY - DAY);
    expect(raised(g01, seeing(tooGood, trade()), MONDAY)[0]).toMatchObject({ tier: 'WARN', factors: [NOX, SO2].sort(), stats: { peers: 10, days: 7 } });
    expect(raised(g01, seeing(tooGood, trade()), MONDAY + DAY)).toEqual([]);
  });
  it('honest: a clean source printed in coarse steps is not apart because of the rounding', () => {
    const rounded = { level: 0.02, cv: 1, lag1: 0.1, tail: 3, kwh: 20 };
    const days = (median: number): DailySummary[] => daysOf(own, rounded, 3, 60, MONDAY - DAY, (day) => ({ ...day, factors: day.factors.map((f) => ({ ...f, median, jump: 1 })) }));
    const printed = new World('gas', 40, 2).edit(NOX, at(0), at(40), (v) => Math.round(v / 30)).edit(SO2, at(0), at(40), (v) => Math.round(v / 20));
    printed.peerView = { own: days(1), peers: trade() };
    expect(raised(g01, printed, MONDAY)).toEqual([]);
    expect(raised(g01, seeing(days(20), trade()), MONDAY)[0]).toMatchObject({ factors: [NOX, SO2].sort() });
  });
  it('honest: a plant like the others, the best of them in one way, and too few peers say nothing', () => {
    expect(raised(g01, seeing(daysOf(own, USUAL, 4, 60, MONDAY - DAY), trade()), MONDAY)).toEqual([]);
    expect(raised(g01, seeing(daysOf(own, { ...USUAL, level: 0.05 }, 4, 60, MONDAY - DAY), trade()), MONDAY)).toEqual([]);
    expect(g01.evaluate(seeing(daysOf(own, USUAL, 4, 60, MONDAY - DAY), trade().slice(0, 5)).contextAt(MONDAY), g01.params).outcome).toBe('CANNOT_TELL');
  });
});

describe('model:G08 isolation forest', () => {
  const odd = (day: DailySummary): DailySummary => ({ ...day, kwhPerKg: 3, factors: day.factors.map((f) => ({ ...f, cv: 0.02, lag1: 0.05, tail: 0.03, jump: 0.005, level: 0.9 })) });
  it('sees a day unlike the others in whatever way, and says by what', () => {
    const days = daysOf(own, USUAL, 7, 60, MONDAY - DAY, (d, k) => (k >= 58 ? odd(d) : d));
    const [f] = raised(g08, seeing(days, []), MONDAY);
    expect(f).toMatchObject({ end: at(35), tier: 'WARN' });
    expect(String(f?.stats['reasons'])).toContain('cv');
  });
  it('honest: is nearly silent on ordinary days and abstains from a standstill', () => {
    let n = 0;
    for (let seed = 0; seed < 60; seed++) n += raised(g08, seeing(daysOf(own, USUAL, 200 + seed, 60, MONDAY - DAY), []), MONDAY).length;
    expect(n).toBeLessThanOrEqual(1);
    const stopped = daysOf(own, USUAL, 7, 60, MONDAY - DAY, (d, k) => (k === 59 ? { ...odd(d), runShare: 0.2 } : d));
    expect(g08.evaluate(seeing(stopped, []).contextAt(MONDAY), g08.params).outcome).toBe('CANNOT_TELL');
  }, 30_000);
});

describe('model:G09 emission pattern', () => {
  const sibling = (i: number): Peer => peer(`P${i}`, daysOf(`P${i}` as OutfallId, { level: 0.25 + 0.2 * i, cv: 0.08 + 0.06 * i, lag1: 0.6 + 0.1 * i, tail: 0.3, kwh: 20 }, 300 + i, 68, MONDAY - DAY));
  it('notices a week that looks like a sibling', () => {
    const peers = [0, 1, 3].map(sibling);
    const mine: Nature = { level: 0.65, cv: 0.2, lag1: 0.8, tail: 0.3, kwh: 20 };
    const copied = daysOf(own, { level: 0.25, cv: 0.08, lag1: 0.6, tail: 0.3, kwh: 20 }, 12, 68, MONDAY - DAY);
    const days = daysOf(own, mine, 11, 68, MONDAY - DAY, (d, k) => (k >= 61 ? (copied[k] as DailySummary) : d));
    expect(raised(g09, seeing(days, peers), MONDAY)[0]).toMatchObject({ tier: 'WARN', start: at(29), stats: { takenFor: 'P0' } });
    expect(raised(g09, seeing(daysOf(own, mine, 11, 68, MONDAY - DAY), peers), MONDAY)).toEqual([]);
  });
});

describe('model:C05 first digit', () => {
  const labs = (digits: readonly number[], low = 0.1, high = 100) => ({ labs: [{ lab: 'L', digits, low, high }] });
  const seen = (digits: readonly number[], more: readonly [number, number] = [0.1, 100]): World =>
    seeing([summaryOf(own, MONDAY - DAY, 1, labs(digits, ...more))], [1, 2].map((i) => peer(`P${i}`, [summaryOf(`P${i}` as OutfallId, MONDAY - DAY, 1, labs(digits, ...more))])));
  it('digits of a laboratory over three units: by the law nothing, evenly spread a warning', () => {
    expect(raised(c05, seen(BENFORD.map((share) => Math.round(1000 * share))), MONDAY)).toEqual([]);
    expect(raised(c05, seen(BENFORD.map(() => 100)), MONDAY)[0]).toMatchObject({ tier: 'WARN', stats: { lab: 'L', units: 3 } });
  });
  it('narrow results and few of them cannot tell', () => {
    expect(c05.evaluate(seen(BENFORD.map(() => 100), [10, 40]).contextAt(MONDAY), c05.params).outcome).toBe('CANNOT_TELL');
    expect(c05.evaluate(seen(BENFORD.map(() => 5)).contextAt(MONDAY), c05.params).outcome).toBe('CANNOT_TELL');
  });
});

describe('cross-outfall likeness (C09)', () => {
  const hours = (seed: number): number[] => {
    const draw = seededDraws(seed);
    let x = 0;
    return Array.from({ length: 24 }, () => Number((30 + 5 * (x = 0.8 * x + 0.6 * normal(draw))).toFixed(2)));
  };
  const told = (outfall: string, day: number, values: readonly number[]): DailySummary =>
    summaryOf(outfall as OutfallId, at(day, 2), 1, { factors: [SO2, NOX].map((factor, i) => ({ factor, level: 0.5, median: 20, cv: 0.1, lag1: 0.8, tail: 0.3, jump: 0.1, hours: values.map((v) => v * (i + 1)) })) });
  const both = (a: (d: number) => number[], b: (d: number) => number[], more: Partial<Peer> = {}): World =>
    seeing([34, 35].map((d) => told(own, d, a(d))), [peer('P1', [34, 35].map((d) => told('P1', d, b(d))), more)]);
  const cross = (w: World) => crossFindings(w.contextAt(at(36, 2)));
  it('finds the curve of another outfall scaled and one hour late, and asks for a work order after two days', () => {
    const late = (d: number): number[] => [...hours(d - 1).slice(23), ...hours(d).slice(0, 23)].map((v) => 1.3 * v + 2);
    const [f] = cross(both(hours, late));
    expect(f).toMatchObject({ tier: 'WORK_ORDER', factors: [NOX, SO2].sort(), start: at(33), end: at(35), stats: { outfall: 'P1' } });
    expect(f?.standsAloneHere).toBeDefined();
  });
  it('honest: other curves, flat lines and a shared duct are in order', () => {
    expect(cross(both(hours, (d) => hours(d + 50)))).toEqual([]);
    expect(cross(both(() => Array.from({ length: 24 }, () => 20), () => Array.from({ length: 24 }, () => 20)))).toEqual([]);
    const w = both(hours, hours, { shared: 'duct-1' });
    w.register = { ...w.register, shared: 'duct-1' };
    expect(cross(w)).toEqual([]);
    let n = 0;
    for (let seed = 0; seed < 300; seed++) n += cross(both((d) => hours(1000 + 7 * seed + d), (d) => hours(50_000 + 7 * seed + d))).length;
    expect(n).toBe(0);
  });
});

describe('model:F08 operator visits', () => {
  const visit = (from: number, person = 'P7', shift = 0): Visit => ({ person, from, to: from + HOUR, shift });
  const day = (outfall: string, d: number, visits: readonly Visit[], more: Partial<DailySummary> = {}): DailySummary => summaryOf(outfall as OutfallId, at(d, 2), 1, { visits, ...more });
  const here = (days: readonly DailySummary[], peers: readonly Peer[]): World => {
    const w = new World('gas', 37, 9).door(at(30, 9), 'P7');
    w.peerView = { own: days, peers };
    w.register = { operator: 'X', location: { lat: 31.2, lon: 120.5 } };
    return w;
  };
  it('one person in two towns, and values that fall after every visit of one person', () => {
    const two = here([day(own, 35, [visit(at(34, 9))])], [peer('P1', [day('P1', 35, [visit(at(34, 10, ) + 5 * MINUTE)])])]);
    expect(raised(f08, two, at(36, 2))[0]).toMatchObject({ tier: 'WARN', stats: { kinds: 'speed', persons: 'P7' } });
    const falling = (outfall: string): DailySummary[] => [10, 20, 34].map((d) => day(outfall, d + 1, [visit(at(d, 6 + outfall.length), 'P7', -0.5), visit(at(d, 20), 'P8', 0.02)]));
    const after = here(falling(own), ['P1', 'P2'].map((id) => peer(id, falling(id), { location: { lat: 31.2, lon: 120.5 } })));
    expect(raised(f08, after, at(36, 2))[0]).toMatchObject({ tier: 'WORK_ORDER', stats: { persons: 'P7' } });
  });
  it('honest: a drive that is possible, and visits without consequence, are in order', () => {
    const calm = here([day(own, 35, [visit(at(34, 9))])], [peer('P1', [day('P1', 35, [visit(at(34, 12))])])]);
    expect(raised(f08, calm, at(36, 2))).toEqual([]);
    expect(textLikeness('更换采样管路并校准零点量程', '更换采样管路并校准零点量程。', 4)).toBeGreaterThan(0.9);
    expect(textLikeness('更换采样管路并校准零点量程', '清洗比色池，补充试剂，核查标样', 4)).toBeLessThan(0.1);
  });
  it('work in the ledger that no door saw', () => {
    const w = here([], []);
    for (const d of [8, 15, 22, 29]) w.door(at(d, 10), 'P7').know(at(d, 10), { kind: 'maintenance', start: at(d, 10), end: at(d, 11), what: '维护保养', factors: [] });
    expect(raised(f08, w, at(36, 2))).toEqual([]);
    expect(raised(f08, w.know(at(35, 10), { kind: 'maintenance', start: at(35, 10), end: at(35, 12), what: '维护保养', factors: [] }), at(36, 2))[0]?.stats['kinds']).toBe('unseen');
  });
});

describe('model:G06 mobile VOC hotspot', () => {
  const firm = { lat: 31.2, lon: 120.5 };
  /** Drives past 200 m north of the firm; the wind comes from the south. */
  const pass = (name: string, t: number, height: number, windSpeed = 2): SurveyFact => {
    const at0 = Array.from({ length: 300 }, (_, i) => i);
    const draw = seededDraws(4);
    return {
      kind: 'survey', pass: name, at: at0.map((i) => t + i * SECOND), lat: at0.map(() => 31.2018), lon: at0.map((i) => 120.5 + (i - 150) * 0.00001),
      value: at0.map((i) => 50 + draw() + (Math.abs(i - 150) < 10 ? height : 0)), windFrom: at0.map(() => 180), windSpeed: at0.map(() => windSpeed),
    };
  };
  const w = (passes: readonly SurveyFact[], neighbours: readonly { lat: number; lon: number }[] = []): World => {
    const world = new World('gas', 37, 3);
    for (const one of passes) world.know(one.at.at(-1) ?? 0, one);
    world.register = { location: firm, neighbours };
    return world;
  };
  const idle: PastFinding = { model: 'E01', family: 'power', tier: 'WARN', start: at(35, 9), end: at(35, 12), raisedAt: at(35, 12) };
  it('one pass reminds, two warn, with treatment off a work order', () => {
    expect(raised(g06, w([pass('a', at(35, 10), 100)]), at(36, 2))[0]).toMatchObject({ tier: 'REMIND', stats: { passes: 1 } });
    const two = w([pass('a', at(33, 10), 100), pass('b', at(35, 10), 80)]);
    expect(raised(g06, two, at(36, 2))[0]?.tier).toBe('WARN');
    expect(raised(g06, two, at(36, 2), [idle])[0]?.tier).toBe('WORK_ORDER');
  });
  it('calm wind cannot tell; no peak, and a firm nearer upwind, are not ours', () => {
    expect(g06.evaluate(w([pass('a', at(35, 10), 100, 0.2)]).contextAt(at(36, 2)), g06.params).outcome).toBe('CANNOT_TELL');
    expect(raised(g06, w([pass('a', at(35, 10), 0)]), at(36, 2))).toEqual([]);
    expect(raised(g06, w([pass('a', at(35, 10), 100)], [{ lat: 31.2014, lon: 120.5 }]), at(36, 2))).toEqual([]);
    expect(upwindWeight({ lat: 31.2018, lon: 120.5 }, 0, firm, { sectorDegrees: 20, reachKm: 1, decayKm: 0.3 })).toBe(0);
  });
});

describe('model:G07 station response', () => {
  const river = (events: readonly number[]): World => {
    const w = new World('water', 62, 8);
    const draw = seededDraws(6);
    for (let h = 0; h < 62 * 24; h++) {
      const t = T0 + h * HOUR;
      const hit = events.some((e) => t >= e + 6 * HOUR && t < e + 8 * HOUR);
      const fact: StationFact = { kind: 'station', station: 'S1', medium: 'river', at: t, factor: 'w01018', value: 20 + 0.5 * normal(draw) + (hit ? 12 : 0), lat: 31, lon: 120, travelHours: 6 };
      w.know(t + HOUR, fact);
    }
    return w;
  };
  const nights = [20, 27, 33, 41, 48, 55, 59].map((d) => at(d, 23));
  it('a river that answers each night of more production, the report staying flat', () => {
    const w = river(nights);
    for (const t of nights) w.power('production', t - 2 * HOUR, t + 4 * HOUR, (kw) => kw * 1.3);
    expect(raised(g07, w, at(60, 10))[0]).toMatchObject({ tier: 'WARN', stats: { station: 'S1', travelHours: 6 } });
  });
  it('honest: a river that rises when nothing happens here is somebody else\'s', () => {
    expect(raised(g07, river(nights), at(60, 10))).toEqual([]);
    expect(g07.evaluate(new World('water', 62, 8).contextAt(at(60, 10)), g07.params).outcome).toBe('CANNOT_TELL');
  });
});

describe('model:G10 behaviour around inspections', () => {
  const visit = (t: number): InspectionFact => ({ kind: 'inspection', at: t, announced: true, what: 'audit' });
  const visits = [at(20, 10), at(30, 10), at(38, 10)];
  const seen = (w: World): World => visits.reduce((world, t) => world.know(t, visit(t)), w);
  it('cleaner and more treatment when somebody comes', () => {
    const w = seen(new World('gas', 45, 31));
    for (const t of visits) w.edit(NOX, t - DAY, t + DAY, (v) => v * 0.6).edit(SO2, t - DAY, t + DAY, (v) => v * 0.6).power('treatment', t - DAY, t + DAY, (kw) => kw * 1.3);
    expect(raised(g10, w, at(40, 2))[0]).toMatchObject({ tier: 'WARN', start: visits[2]! - DAY });
  });
  it('sees treatment turned down at night at equal production', () => {
    const w = new World('gas', 45, 32);
    for (let d = 28; d < 44; d++) w.power('treatment', at(d, 22), at(d + 1, 6), (kw) => kw * 0.4);
    expect(raised(g10, w, at(43, 2))[0]).toMatchObject({ tier: 'WORK_ORDER' });
  });
  it('honest: a week in which treatment failed at night is no habit', () => {
    const w = new World('gas', 45, 32);
    for (let d = 35; d < 44; d++) w.power('treatment', at(d, 22), at(d + 1, 6), (kw) => kw * 0.4);
    expect(raised(g10, w, at(43, 2)).filter((f) => f.tier === 'WORK_ORDER')).toEqual([]);
  });
  it('honest: says nothing where inspections change nothing', () => {
    let n = 0;
    for (let seed = 0; seed < 6; seed++) n += raised(g10, seen(new World(seed % 2 ? 'gas' : 'water', 45, 500 + seed)), at(40, 2)).length;
    expect(n).toBe(0);
    expect(COD).toBeDefined();
  });
});

describe('model:G11 evidence fusion', () => {
  const past = (model: string, family: PastFinding['family'], tier: PastFinding['tier'], d = 35): PastFinding => ({ model, family, tier, start: at(d), end: at(d, 12), raisedAt: at(d, 12) });
  const forged = FUSION_WEIGHTS.kinds.find((kind) => kind.kind === 'forged-data')!;
  const w = new World('gas', 3, 2);
  it('independent families add up; ten statistics of one family count once; more evidence never lowers it', () => {
    const one = [past('C01', 'emission', 'WARN')];
    const many = ['C01', 'C02', 'C03', 'C11', 'C15', 'D02'].map((model) => past(model, 'emission', 'WARN'));
    const p = (list: readonly PastFinding[]): number => fuse(list, forged, FUSION_WEIGHTS.calibration).probability;
    expect(p(many)).toBeLessThanOrEqual(p([past('C15', 'emission', 'WARN')]) + 0.1);
    expect(p([...one, past('F06', 'site', 'WARN')])).toBeGreaterThan(p(many));
    for (const more of many) expect(p([...one, more])).toBeGreaterThanOrEqual(p(one));
  });
  it('names the kind, the evidence and what is missing; reminders together remind, one warning among them warns, warnings of two families may order work', () => {
    const two = raised(g11, w, at(35, 20), [past('C08', 'emission', 'WARN'), past('F06', 'site', 'WARN')]);
    expect(two[0]).toMatchObject({ start: at(35), end: at(35, 12), stats: { kind: 'forged-data', families: 2 } });
    expect(two[0]?.tier).not.toBe('REMIND');
    expect(raised(g11, w, at(35, 20), [past('C08', 'emission', 'REMIND'), past('F06', 'site', 'REMIND'), past('G02', 'manual', 'REMIND')])[0]?.tier).toBe('REMIND');
    expect(raised(g11, w, at(35, 20), [past('C08', 'emission', 'WORK_ORDER'), past('F06', 'site', 'REMIND'), past('G02', 'manual', 'REMIND')])[0]?.tier).toBe('WARN');
    expect(String(two[0]?.stats['missing'])).toContain('manual');
    const three = raised(g11, w, at(35, 20), [past('C08', 'emission', 'WORK_ORDER'), past('F10', 'site', 'WORK_ORDER'), past('G02', 'manual', 'WARN')]);
    expect(three[0]?.tier).toBe('WORK_ORDER');
    // The step after a door is the step that the emission models see: one fact.
    const twice = raised(g11, w, at(35, 20), [past('C08', 'emission', 'WORK_ORDER'), past('F06', 'site', 'WORK_ORDER')]);
    expect(twice[0]).toMatchObject({ tier: 'WARN', stats: { families: 2 } });
  });
  it('lies where its strongest evidence lies, not where the newest does', () => {
    const [f] = raised(g11, w, at(37, 20), [past('C08', 'emission', 'WORK_ORDER', 35), past('A05', 'transport', 'WARN', 37)]);
    expect(f).toMatchObject({ start: at(35), end: at(35, 12) });
  });
  it('honest: one source alone, reminders weeks apart and its own conclusions are no story', () => {
    expect(judge(g11, w, at(35, 20), [past('C08', 'emission', 'WORK_ORDER')])).toEqual([]);
    expect(judge(g11, w, at(35, 20), [past('C08', 'emission', 'WARN', 10), past('F06', 'site', 'WARN', 35)])).toEqual([]);
    expect(judge(g11, w, at(35, 20), [past('C08', 'emission', 'REMIND'), past('G11', 'external', 'WARN')])).toEqual([]);
  });
  it('every weight belongs to a model of the catalogue', async () => {
    const { CATALOGUE } = await import('./model-catalogue.ts');
    for (const kind of FUSION_WEIGHTS.kinds) for (const id of Object.keys(kind.weights)) expect(CATALOGUE.map((m) => m.id)).toContain(id);
  });
});
