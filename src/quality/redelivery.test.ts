import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asId, DAY, Decimal, HOUR, MINUTE, type FactorCode, type OutfallId } from '#kernel';
import { loadLaw, NATIONAL } from '#law';
import { boundsOf, judgeExceedance } from './exceedance.ts';
import { byKnownTime, type Arrival, type Fact, type PeriodValue } from './facts.ts';
import { flagIndex } from './flags.ts';
import { exemptionOf } from './marks/mark-budget.ts';
import { OutfallFacts, type FactsProfile } from './outfall-facts.ts';
import { dayVerdict } from './period-verdict.ts';
import { ruleBook } from './rules.ts';

/** `REDELIVERIES=10000 npx vitest run src/quality/redelivery` is the long mode. */
const RUNS = Number(process.env['REDELIVERIES'] ?? 1000);
const T0 = Date.parse('2026-03-02T00:00:00+08:00');
const STEP = 15 * MINUTE;
const HOURS = 24;
const LONGEST_DELAY = 72 * HOUR;
const rules = ruleBook(loadLaw(), NATIONAL);

interface Medium {
  readonly profile: FactsProfile;
  /** The first has a span and calibrations of its own. */
  readonly factors: readonly [FactorCode, FactorCode];
  /** Weights the means of a day. */
  readonly flow: FactorCode | undefined;
}
function medium(type: 'gas' | 'water', first: string, second: string, flow?: string): Medium {
  const factors = [asId<FactorCode>(first), asId<FactorCode>(second)] as const;
  const profile = { outfall: asId<OutfallId>('O1'), type, stepMs: STEP, powerStepMs: HOUR, meters: [], spans: new Map([[factors[0], 200]]), flowResolution: 0.01, rules };
  return { profile, factors, flow: flow === undefined ? undefined : asId<FactorCode>(flow) };
}
const MEDIA = [['废气', medium('gas', 'a21002', 'a21026')], ['废水', medium('water', 'w01018', 'w21003', 'w00000')]] as const;

interface Happened {
  /** When it can first be known. */
  readonly at: number;
  readonly name: string;
  readonly fact: Fact;
}
const none = Number.NaN;
const value = (factor: FactorCode, avg: number, flag: number): PeriodValue => ({ factor, avg, min: none, max: none, cou: avg / 100, zsAvg: none, sampleTime: none, flag });

/** What happened in two days, from a few small numbers: values, flags, missing steps, marks in time and late, checks. */
function happened({ factors: [first, second], flow, profile: { type } }: Medium, seeds: readonly number[]): Happened[] {
  const out: Happened[] = [];
  const draw = (i: number) => seeds[i % seeds.length] ?? 0;
  for (let h = 0; h < HOURS; h++) {
    const start = T0 + h * HOUR;
    const flag = draw(h) % 11 === 0 ? flagIndex.CALIBRATION : draw(h) % 13 === 0 ? flagIndex.NONE : flagIndex.NORMAL;
    for (let s = 0; s < 4; s++) {
      if (draw(h + s) % 5 === 0) continue;
      out.push({ at: start + (s + 1) * STEP, name: `s${h}.${s}`, fact: { kind: 'step', start: start + s * STEP, values: [value(first, 40, flagIndex.NORMAL), ...(draw(0) % 2 === 0 ? [value(second, 20, flagIndex.NORMAL)] : [])] } });
    }
    if (draw(h + 3) % 17 === 0) continue;
    out.push({ at: start + HOUR, name: `h${h}`, fact: { kind: 'hour', start, values: [
      value(first, draw(h + 1) % 220, flag), value(second, 30 + (draw(h) % 9), flag), ...(flow === undefined ? [] : [value(flow, draw(h + 2) % 40, flagIndex.NORMAL)]),
    ] } });
  }
  for (let m = 0; m < 4; m++) {
    const start = T0 + (draw(m) % HOURS) * HOUR;
    const submittedAt = start + (draw(m + 1) % 60) * HOUR;
    const markKind = draw(m + 2) % 2 === 0 ? 'CEMS_MAINTENANCE' : 'START_UP';
    out.push({ at: submittedAt, name: `m${m}`, fact: { kind: 'mark', id: `m${m % 3}`, markKind, start, end: start + (1 + (draw(m) % 6)) * HOUR, submittedAt, reason: '' } });
  }
  for (let c = 0; c < 5; c++) {
    // No two checks begin at once: told again with the same beginning, a check is a correction.
    const start = T0 + (draw(c + 5) % HOURS) * HOUR + c * MINUTE;
    const zeroDrift = (draw(c) % 15) - 7;
    out.push({ at: start + HOUR, name: `c${c}`, fact: { kind: 'calibration', start, end: start + 30 * MINUTE, what: type === 'gas' ? 'zero' : 'standard_check', factors: draw(c) % 3 === 0 ? [] : [first], zeroDrift, spanDrift: none, passed: draw(c + 1) % 4 === 0 ? false : undefined } });
  }
  return out;
}

/** Everything that is judged of the facts as known at the end, line by line. */
function judged({ profile, factors, flow }: Medium, arrivals: readonly Arrival[]): string[] {
  const facts = new OutfallFacts(profile, T0);
  for (const arrival of [...arrivals].sort(byKnownTime)) facts.apply(arrival);
  const lines: unknown[] = [];
  for (const factor of factors) {
    const day: Parameters<typeof dayVerdict>[1][number][] = [];
    for (let h = 0; h < HOURS; h++) {
      const start = T0 + h * HOUR;
      const row = facts.hours.row(start);
      const said = facts.verdictOf(factor, row);
      const columns = facts.hours.columns(factor);
      const sent = columns?.avg[row] ?? none;
      const value = Number.isNaN(sent) ? undefined : new Decimal(sent);
      const exemption = sent > 50 ? exemptionOf(start, factor, 'boiler', facts.marks, rules(start).conditionMarks)?.state : undefined;
      const verdict = judgeExceedance({ validity: said?.verdict ?? 'INVALID', validityReason: said?.reason ?? 'NO_VALUE', value, bounds: boundsOf(factor, ['50']), exemption });
      lines.push([said?.reason, columns?.valid[row] ?? 0, verdict.state, verdict.reason, verdict.multiple]);
      const volume = flow === undefined ? none : (facts.hours.columns(flow)?.avg[row] ?? none);
      day.push({ verdict: said?.verdict ?? 'INVALID', value, volume: Number.isNaN(volume) ? undefined : new Decimal(volume) });
    }
    for (let d = 0; d < HOURS; d += 24) lines.push(dayVerdict(profile.type, day.slice(d, d + 24), rules(T0)));
    lines.push(facts.outOfControl(factor), facts.accumulated(factor, T0 + 10 * DAY));
  }
  return lines.map((line) => JSON.stringify(line));
}

const inTime = (all: readonly Happened[]): Arrival[] => all.map(({ at, name, fact }) => ({ knownAt: at, order: name, facts: [fact] }));

describe.each(MEDIA)('重复投递 re-deliveries of the same facts：%s', (_, of) => {
  it(`迟到至多 72 小时、乱序、重复的同一组事实，得到同样的判定（${RUNS} 次）`, { timeout: 60_000 + RUNS * 60 }, () => {
    const seeds = fc.array(fc.nat(9999), { minLength: 7, maxLength: 29 });
    const delays = fc.array(fc.nat(LONGEST_DELAY), { minLength: 1, maxLength: 97 });
    fc.assert(
      fc.property(seeds, delays, fc.nat(5), (drawn, late, repeats) => {
        const all = happened(of, drawn);
        const delivered = all.flatMap(({ at, name, fact }, i): Arrival[] =>
          Array.from({ length: 1 + ((i + repeats) % 6 === 0 ? 2 : 0) }, (_, k) => ({ knownAt: at + (late[(i * 31 + k) % late.length] ?? 0), order: `${(i * 7919) % 101} ${name}`, facts: [fact] })),
        );
        const expected = judged(of, inTime(all));
        expect(judged(of, delivered).filter((line, i) => line !== expected[i])).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('每次到达只改判其触及的小时，改判集等于前后判定之差', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9999), { minLength: 7, maxLength: 29 }), fc.array(fc.nat(LONGEST_DELAY), { minLength: 1, maxLength: 31 }), (drawn, late) => {
        const facts = new OutfallFacts(of.profile, T0);
        const arrivals = inTime(happened(of, drawn)).map((arrival, i) => ({ ...arrival, knownAt: arrival.knownAt + (late[i % late.length] ?? 0) })).sort(byKnownTime);
        const all = (): Map<string, string> => {
          const said = new Map<string, string>();
          for (const factor of facts.hours.factors) for (let h = 0; h < HOURS; h++) {
            const verdict = facts.verdictOf(factor, h);
            if (verdict) said.set(`${factor} ${T0 + h * HOUR}`, verdict.reason);
          }
          return said;
        };
        let before = all();
        for (const arrival of arrivals) {
          facts.apply(arrival);
          const after = all();
          const differing = [...after].filter(([hour, reason]) => before.has(hour) && before.get(hour) !== reason).map(([hour]) => hour);
          expect(facts.rejudged.map(({ factor, start }) => `${factor} ${start}`).sort()).toEqual(differing.sort());
          before = after;
        }
      }),
      { numRuns: Math.max(10, RUNS / 100) },
    );
  });
});
