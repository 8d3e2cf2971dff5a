import { DAY, type OutfallId } from '#kernel';
import { describe, expect, it } from 'vitest';
import type { DailySummary, PastFinding, Peer, PeerRelation } from '../contract.ts';
import { summaryOf } from '../testing/summary.ts';
import { seededDraws } from '../primitives/index.ts';
import { c06 } from './c06-bunching-at-limit.ts';
import { e07 } from './e07-intensity.ts';
import { f01 } from './f01-mark-abuse.ts';
import { g11 } from './g11-evidence-fusion.ts';
import { g08 } from './g08-isolation-forest.ts';
import { judge, raised } from './testing/judge.ts';
import { at, NOX, SO2, World } from './testing/world.ts';

const peer = (id: string, relations: readonly PeerRelation[], days: readonly DailySummary[]): Peer => ({
  outfall: id as OutfallId, enterprise: relations.includes('enterprise') ? 'U1' : `U${id}`, name: id, operator: 'X', relations, location: undefined, shared: '', days,
});
/** One summary a day up to the day before `now`. */
const told = (id: string, count: number, now: number, more: (age: number) => Partial<DailySummary>): DailySummary[] =>
  Array.from({ length: count }, (_, k) => summaryOf(id as OutfallId, now - (count - k) * DAY, 1, more(count - k)));
const trade = (count: number, now: number, more: (i: number, age: number) => Partial<DailySummary>, many = 9): Peer[] =>
  Array.from({ length: many }, (_, i) => peer(`P${i}`, ['industry'], told(`P${i}`, count, now, (age) => more(i, age))));

describe('model:G11 evidence of the whole unit', () => {
  const past = (model: string, family: PastFinding['family'], tier: PastFinding['tier'], d = 35): PastFinding => ({ model, family, tier, start: at(d), end: at(d, 12), raisedAt: at(d, 12) });
  const now = at(36, 3);
  const unit = (raisedThere: readonly PastFinding[], relations: readonly PeerRelation[] = ['enterprise', 'industry']): World => {
    const w = new World('gas', 3, 2);
    w.peerView = { own: [], peers: [peer('DA002', relations, [summaryOf('DA002' as OutfallId, at(35, 18), 1, { raised: raisedThere })])] };
    return w;
  };
  it('joins what another outfall of the unit showed at the same time, and names where it lies', () => {
    const alone = [past('C08', 'emission', 'WORK_ORDER')];
    expect(judge(g11, unit([]), now, alone)).toEqual([]);
    const [f] = raised(g11, unit([past('F07', 'site', 'REMIND'), past('F06', 'site', 'REMIND')]), now, alone);
    expect(f).toMatchObject({ start: at(35), end: at(35, 12), stats: { kind: 'forged-data', families: 2, evidence: 'C08,F06@DA002', hooks: 'H3,H9' } });
    expect(f?.text.zh).toContain('开门后阶跃（F06）（本单位排放口 DA002）');
  });
  it('is told where the strongest evidence lies, and not of other units or other weeks', () => {
    const weak = [past('F06', 'site', 'REMIND')];
    expect(judge(g11, unit([past('C08', 'emission', 'WORK_ORDER')]), now, weak)).toEqual([]);
    expect(judge(g11, unit([past('F06', 'site', 'REMIND')], ['industry']), now, [past('C08', 'emission', 'WORK_ORDER')])).toEqual([]);
    expect(judge(g11, unit([past('F06', 'site', 'REMIND', 20)]), now, [past('C08', 'emission', 'WORK_ORDER')])).toEqual([]);
  });
});

describe('model:F01 marks against the trade', () => {
  const now = at(36, 2);
  const marking = (share: number, many = 9): World => {
    const w = new World('gas', 37, 9);
    w.peerView = { own: told('DA001', 35, now, () => ({ markShare: share })), peers: trade(35, now, (i) => ({ markShare: 0.01 + 0.005 * i }), many) };
    return w;
  };
  it('far more hours under marks than nearly all of the trade remind', () => {
    const [f] = raised(f01, marking(0.2), now);
    expect(f).toMatchObject({ tier: 'REMIND', factors: [], stats: { peers: 9 } });
    expect((f?.end ?? 0) - (f?.start ?? 0)).toBeLessThanOrEqual(8 * DAY);
  });
  it('honest: a little more than the trade, and a trade too small to compare, say nothing', () => {
    expect(raised(f01, marking(0.07), now)).toEqual([]);
    expect(raised(f01, marking(0.2, 5), now)).toEqual([]);
  });
});

describe('model:E07 intensity against the trade', () => {
  const now = at(61, 2);
  /** Emission per kilowatt-hour of the last week as a share of before. */
  const falling = (trades: number): World => {
    const w = new World('gas', 62, 76).edit(SO2, at(54), at(62), (v) => v * 0.45);
    w.peerView = { own: [], peers: trade(60, now, (i, age) => ({ treatmentShare: 0.2, kwhPerKg: (20 + i) / (age <= 7 ? trades : 1) })) };
    return w;
  };
  it('a fall of this outfall alone is told, one that the trade shares is explained', () => {
    expect(raised(e07, falling(1), now)[0]).toMatchObject({ factors: [SO2] });
    const shared = judge(e07, falling(0.4), now);
    expect(shared.length).toBeGreaterThan(0);
    expect(shared.map((f) => f.suppressed?.reason)).toEqual(shared.map(() => 'trade'));
  });
});

describe('model:C06 bunching against the trade', () => {
  const now = at(38, 2);
  /** Three weeks at the limit, every hour above it pressed down; `below` is what each of the trade shows a day. */
  const pressed = (below: number | undefined): World => {
    const w = new World('gas', 40, 71).edit(NOX, at(16), at(40), (v) => v * 1.6);
    const draw = seededDraws(4);
    w.hourEdits.push((v, t) => {
      const target = 0.94 + 0.058 * draw();
      if (v.factor === NOX && t >= at(16) && v.zsAvg > 49) v.zsAvg = Number((50 * target).toFixed(2));
    });
    const near = (): Partial<DailySummary> => ({ factors: [{ factor: NOX, level: 0.6, median: 30, cv: 0.1, lag1: 0.8, tail: 0.3, jump: 0.1, hours: [], near: [below ?? 0, 0] }] });
    w.peerView = below === undefined ? { own: [], peers: [] } : { own: [], peers: trade(37, now, near) };
    return w;
  };
  it('orders work only where it is beyond the trade, and warns where the trade is unknown or does the same', () => {
    expect(raised(c06, pressed(0), now)[0]?.tier).toBe('WORK_ORDER');
    expect(raised(c06, pressed(undefined), now)[0]?.tier).toBe('WARN');
    expect(raised(c06, pressed(24), now)[0]?.tier).toBe('WARN');
  });
});

describe('model:G08 a forest that knows the trade', () => {
  const now = at(66, 2);
  const day = (draw: () => number, odd: boolean): Partial<DailySummary> => {
    const near = (v: number): number => v * (0.9 + 0.2 * draw());
    const f = (factor: typeof SO2) => ({ factor, level: odd ? 0.9 : near(0.5), median: 20, cv: odd ? 0.02 : near(0.15), lag1: odd ? 0.05 : near(0.8), tail: odd ? 0.03 : near(0.4), jump: odd ? 0.005 : near(0.06), hours: [] });
    return { factors: [f(NOX), f(SO2)], kwhPerKg: odd ? 3 : near(20), flowShare: near(0.6), treatmentShare: 0.2 };
  };
  const seeing = (odd: boolean): World => {
    const draws = seededDraws(5);
    const w = new World('gas', 2, 5);
    w.peerView = { own: told('DA001', 60, now, (age) => day(draws, odd && age <= 2)), peers: trade(60, now, () => day(draws, false)) };
    return w;
  };
  it('still sees a day unlike the others, and nothing on ordinary ones', () => {
    expect(raised(g08, seeing(true), now)[0]?.tier).toBe('WARN');
    expect(raised(g08, seeing(false), now)).toEqual([]);
  });
});
