import { HOUR, MINUTE } from '#kernel';
import { describe, expect, it } from 'vitest';
import { a01 } from './a01-missing-hourly-data.ts';
import { a02 } from './a02-step-data-shortfall.ts';
import { a03 } from './a03-logger-offline.ts';
import { a04 } from './a04-late-back-fill.ts';
import { a05 } from './a05-rewritten-record.ts';
import { a06 } from './a06-clock-anomaly.ts';
import { a07 } from './a07-internal-arithmetic.ts';
import { judge, raised } from './testing/judge.ts';
import { at, COD, SO2, NOX, World } from './testing/world.ts';

const tick = (days: number, hours: number): number => at(days, hours) + 10 * MINUTE;
const gap = (w: World, start: number, end: number, dark = false): World => {
  w.lost.push({ start, end, dark });
  return w;
};

describe('model:A01 missing hourly data', () => {
  it('[PAPER-2.3b] reports the gap itself, with its hours, and only reminds for a single one', () => {
    const [f] = raised(a01, gap(new World('gas', 20, 1), at(15, 3), at(15, 9)), tick(15, 11));
    expect(f).toMatchObject({ start: at(15, 3), end: at(15, 9), tier: 'REMIND' });
    expect(f?.text.zh).toContain('6 小时');
  });
  it('goes higher after a stranger opened the door, and for a series of gaps', () => {
    const w = gap(new World('gas', 20, 1), at(15, 3), at(15, 11)).door(at(15, 2.5), 'unknown');
    expect(raised(a01, w, tick(15, 13))[0]?.tier).toBe('WARN');
    const series = [11, 13, 15].reduce((world, d) => gap(world, at(d, 3), at(d, 7)), new World('gas', 20, 2));
    expect(raised(a01, series, tick(15, 9))[0]).toMatchObject({ tier: 'REMIND', start: at(15, 3), stats: { gapsInDays: 3 } });
    expect(raised(a01, series, tick(15, 12))[0]).toMatchObject({ tier: 'WARN', start: at(15, 3), end: at(15, 7), stats: { gapsInDays: 3 } });
  });
  it('honest: a third gap that is filled as soon as the line is back was the carrier\'s', () => {
    const filled = [11, 13].reduce((world, d) => gap(world, at(d, 3), at(d, 7)), new World('gas', 20, 2));
    filled.late.push({ start: at(15, 3), end: at(15, 7), arrives: at(15, 8) });
    for (const h of [9, 10, 11, 12, 13]) expect(raised(a01, filled, tick(15, h))).toEqual([]);
  });
  it('honest: expects nothing while power is down and calls a silent site a blackout', () => {
    expect(raised(a01, gap(new World('gas', 20, 3).stop(at(15), at(16)), at(15, 3), at(15, 13)), tick(15, 15))).toEqual([]);
    const [dark] = judge(a01, gap(new World('gas', 20, 3), at(15, 3), at(15, 9), true), tick(15, 11));
    expect(dark?.suppressed?.reason).toBe('site-blackout');
    // It failed in the last minutes of an hour that then never came.
    const [late] = judge(a01, gap(new World('gas', 20, 3), at(15, 3) + 50 * MINUTE, at(15, 7), true), tick(15, 8));
    expect(late?.suppressed?.reason).toBe('site-blackout');
  });
});

describe('model:A02 step data shortfall', () => {
  it('counts hours published as normal without their minutes', () => {
    const w = new World('gas', 20, 4);
    for (let h = 4; h < 12; h++) w.lost.push({ start: at(15, h) + 20 * MINUTE, end: at(15, h) + 50 * MINUTE, dark: false });
    const sent = new World('gas', 20, 4);
    const hours = sent.arrivals(at(20)).filter((a) => a.facts[0]?.kind === 'hour');
    const arrivals = [...w.arrivals(at(20)).filter((a) => a.facts[0]?.kind !== 'hour'), ...hours].sort((a, b) => a.knownAt - b.knownAt);
    w.arrivals = (until) => arrivals.filter((a) => a.knownAt <= until);
    expect(raised(a02, w, at(16, 2))[0]).toMatchObject({ start: at(15, 4), end: at(15, 12), tier: 'REMIND', stats: { shortHours: 8 } });
  });
});

describe('model:A03 logger offline', () => {
  it('sees one silent device on a live site, not a dark site', () => {
    const live = raised(a03, gap(new World('gas', 20, 5), at(15, 3), at(15, 9)), tick(15, 6));
    expect(live[0]).toMatchObject({ tier: 'REMIND', stats: { othersLive: 1 } });
    const door = gap(new World('gas', 20, 5), at(15, 3), at(15, 9)).door(at(15, 3) - 10 * MINUTE, 'unknown');
    expect(raised(a03, door, tick(15, 8))[0]?.tier).toBe('WARN');
    expect(judge(a03, gap(new World('gas', 20, 5), at(15, 3), at(15, 9), true), tick(15, 6))[0]?.suppressed?.reason).toBe('site-blackout');
  });
});

describe('model:A04 late back-fill', () => {
  const late = (w: World): World => {
    w.late.push({ start: at(35), end: at(35, 12), arrives: at(35, 15) });
    return w;
  };
  it('reminds of a batch, and warns when the batch is far better than its surroundings', () => {
    expect(raised(a04, late(new World('gas', 40, 6)), at(35, 15) + 6 * MINUTE)[0]).toMatchObject({ start: at(35), end: at(35, 12), tier: 'REMIND' });
    const better = late(new World('gas', 40, 6)).edit(SO2, at(35), at(35, 12), (v) => v * 0.4);
    expect(raised(a04, better, at(35, 15) + 6 * MINUTE)[0]).toMatchObject({ tier: 'WARN', factors: [SO2] });
  });
});

describe('model:A05 rewritten record', () => {
  const resend = (w: World, hours: readonly number[], change: (v: number) => number, arrives: number): World => {
    const before = w.arrivals(at(99));
    for (const h of hours) {
      const sent = before.find((a) => a.facts[0]?.kind === 'hour' && a.facts[0].start === at(30, h));
      const fact = sent?.facts[0];
      if (fact?.kind !== 'hour') throw new Error('hour not sent');
      w.know(arrives, { ...fact, values: fact.values.map((v) => ({ ...v, avg: change(v.avg), zsAvg: change(v.zsAvg) })) });
    }
    return w;
  };
  it('[NMG-3.1b-6] a rewrite from over to under the limit is a work order', () => {
    const w = new World('gas', 32, 7).edit(SO2, at(30, 5), at(30, 8), () => 45);
    const [f] = raised(a05, resend(w, [5, 6, 7], (v) => v * 0.6, at(30, 20)), at(30, 20) + 1);
    expect(f?.tier).toBe('WORK_ORDER');
    expect(f?.stats['crossings']).toBeGreaterThanOrEqual(3);
    expect(f).toMatchObject({ start: at(30, 5), end: at(30, 8) });
  });
  it('honest: an identical re-send is nothing, averaging again is kept with its reason', () => {
    const hours = [5, 6, 7, 8, 9, 10];
    expect(raised(a05, resend(new World('gas', 32, 7), hours, (v) => v, at(30, 20)), at(30, 20) + 1)).toEqual([]);
    let k = 0;
    const again = resend(new World('gas', 32, 7), hours, (v) => Number((v * (1 + 0.012 * Math.sin(7 * k++))).toFixed(2)), at(30, 20));
    expect(judge(a05, again, at(30, 20) + 1).map((f) => f.suppressed?.reason)).toEqual(['reaveraged']);
    expect(raised(a05, resend(new World('gas', 32, 7), hours, (v) => Number((v * 0.985).toFixed(2)), at(30, 20)), at(30, 20) + 1)).not.toEqual([]);
  });
});

describe('model:A06 clock anomaly', () => {
  it('sees a clock that was set back, and not a burst of back-fill', () => {
    const w = new World('gas', 20, 8);
    w.clockLag = (t) => (t >= at(15, 3) ? 3 * HOUR : 0);
    expect(raised(a06, w, tick(15, 8))[0]).toMatchObject({ start: at(15, 3), tier: 'WORK_ORDER' });
    expect(raised(a06, w, tick(15, 3))).toEqual([]);
    const filled = new World('gas', 20, 8);
    filled.late.push({ start: at(15), end: at(15, 5), arrives: at(15, 6) });
    expect(raised(a06, filled, tick(15, 7))).toEqual([]);
  });
});

describe('model:A07 internal arithmetic', () => {
  it('[NMG-3.1b-4] sees hours published lower than their minutes', () => {
    const w = new World('gas', 40, 9);
    w.hourEdits.push((v, t) => {
      if (v.factor === SO2 && t >= at(36) && t < at(38)) v.avg *= 0.85;
    });
    const found = raised(a07, w, at(38, 2)).filter((f) => f.stats['residual'] === 'steps');
    expect(found[0]).toMatchObject({ factors: [SO2], tier: 'WORK_ORDER', start: at(36) });
  });
  it('solves for the oxygen a device converts with', () => {
    const w = new World('gas', 40, 9);
    w.hourEdits.push((v, t) => {
      if (v.factor === NOX && t >= at(37)) v.zsAvg = Number(((v.zsAvg * (21 - 9)) / 15).toFixed(3));
    });
    const [f] = raised(a07, w, at(38, 2)).filter((x) => x.stats['fittedO2Ref'] !== undefined);
    expect(f?.tier).toBe('WORK_ORDER');
    expect(f?.stats['fittedO2Ref']).toBeCloseTo(9, 1);
  });
  it('a wrong registration since the first day is only a reminder', () => {
    const w = new World('gas', 40, 9);
    w.hourEdits.push((v) => {
      if (v.factor === NOX) v.zsAvg = Number(((v.zsAvg * (21 - 9)) / 15).toFixed(3));
    });
    expect(raised(a07, w, at(38, 2)).every((f) => f.tier === 'REMIND')).toBe(true);
  });
  it('water without conversion has nothing to convert', () => {
    expect(raised(a07, new World('water', 40, 9), at(38, 2)).map((f) => f.factors)).not.toContainEqual([COD]);
  });
});
