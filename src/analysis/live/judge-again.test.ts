import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, type FactorCode, type OutfallId } from '#kernel';
import { byKnownTime, flagIndex, type Arrival, type Fact, type PeriodValue } from '#quality';
import { buildRegistry, EMPTY_REGISTER } from '#register';
import { modelById, modelCatalogue } from '../catalogue.ts';
import type { Clue } from '../clues/clue.ts';
import { NotKept } from '../context.ts';
import type { Model } from '../contract.ts';
import { OutfallEngine } from '../engine.ts';
import type { Episode } from '../clues/episode.ts';
import { setupOf, type OutfallSetup } from '../setup.ts';
import { storeEngine, takeUpEngine } from './stored-state.ts';
import { coversAll } from '../validity/validity.ts';

const START = Date.parse('2026-03-02T00:00:00+08:00');
const NOX = 'a21002' as FactorCode;
const [COD, PH, FLOW] = ['w01018', 'w01001', 'w00000'] as [FactorCode, FactorCode, FactorCode];
const OUTFALL = 'O1' as OutfallId;
const none = Number.NaN;
const MODELS = ['B01', 'B02', 'B07'].map((id) => modelById(id) as Model);

interface LimitGiven {
  readonly factor: FactorCode;
  readonly limit: string;
  readonly period: 'hour' | 'day' | 'instant';
  readonly validFrom?: string;
  readonly validTo?: string;
}

function setup(type: 'gas' | 'water', limits: readonly LimitGiven[]): OutfallSetup {
  const registry = buildRegistry({
    ...EMPTY_REGISTER,
    outfalls: [{
      outfall: OUTFALL, unit: 'E1' as never, type, mn: 'MN1' as never, doorMn: undefined, powerMn: undefined, o2Ref: undefined, analysisCycleHours: undefined, designFlow: undefined,
      minuteStep: 10, stackAreaM2: undefined, velocityCoefficient: undefined, attributes: {},
    }],
    factors: [...new Set([...limits.map((one) => one.factor), FLOW])].map((factor) => ({ outfall: OUTFALL, factor, factorZh: '', unit: '', span: 1e6, resolution: 0.01, attributes: {} })),
    limits: limits.map(({ validFrom, validTo, ...one }) => ({
      ...one, outfall: OUTFALL, factorZh: '', unit: 'mg/m3', basis: 'c' as const, validFrom: validFrom as never, validTo: validTo as never, source: 't', attributes: {},
    })),
  });
  return setupOf(registry, OUTFALL) as OutfallSetup;
}
const GAS = setup('gas', [{ factor: NOX, limit: '50', period: 'hour' }]);

const value = (factor: FactorCode, avg: number): PeriodValue => ({ factor, avg, min: none, max: none, cou: none, zsAvg: none, sampleTime: none, flag: flagIndex.NORMAL });
const at = (day: number, hour = 0): number => START + day * DAY + hour * HOUR;
const known = (knownAt: number, ...facts: Fact[]): Arrival => ({ knownAt, order: facts.map((fact) => `${fact.kind} ${'start' in fact ? fact.start : ''}`).join(), facts });
const hour = (start: number, ...values: PeriodValue[]): Fact => ({ kind: 'hour', start, values });
const check = (start: number, passed: boolean): Fact => ({ kind: 'calibration', start, end: start + 10 * MINUTE, what: 'standard_check', factors: [NOX], zeroDrift: none, spanDrift: none, passed });
const mark = (start: number, end: number, submittedAt: number): Fact => ({ kind: 'mark', id: 'M1', markKind: 'cems_maintenance', start, end, submittedAt, reason: '' });

/** Hours of so many days, each known five minutes after its end; those over the limit, and those that come later or never. */
function gasHours(days: number, over: (start: number) => boolean, late: (start: number) => number | undefined = () => undefined): Arrival[] {
  return Array.from({ length: days * 24 }, (_, i) => START + i * HOUR).map((start) => known(late(start) ?? start + HOUR + 5 * MINUTE, hour(start, value(NOX, over(start) ? 61.5 : 20 + (start / HOUR) % 7))));
}

class Told {
  readonly versions: Episode[] = [];
  readonly clues: Clue[] = [];
  engine!: OutfallEngine;
  readonly #setup: OutfallSetup;
  readonly #models: readonly Model[];

  constructor(given: OutfallSetup, models = MODELS) {
    this.#setup = given;
    this.#models = models;
    this.open();
  }

  open(): void {
    this.engine = new OutfallEngine(this.#setup, START, {
      models: this.#models,
      onChange: (change) => void (change.kind === 'episode' ? this.versions.push(change.episode) : this.clues.push(change.clue)),
    });
  }

  get episodes(): Episode[] {
    return [...new Map(this.versions.map((one) => [one.id, one])).values()];
  }
}

function judged(given: OutfallSetup, arrivals: readonly Arrival[], until: number, models?: readonly Model[]): Told {
  const told = new Told(given, models === undefined ? MODELS : [...models]);
  told.engine.feed([...arrivals].sort(byKnownTime));
  told.engine.advance(until);
  return told;
}

const passedCheck = known(at(3, 8), check(at(3, 8), true));
const over9to12 = (start: number): boolean => start >= at(5, 9) && start < at(5, 12);

describe('有效性改变后的重判 judging again what the validity of hours was changed under', () => {
  const passed = passedCheck;

  it('校准不合格追溯至上次合格：其间超标发现不再成立，线索说明哪些小时、何故、因何到达', () => {
    const failed = known(at(10, 8), check(at(10, 8), false));
    const told = judged(GAS, [...gasHours(11, over9to12), passed, failed], at(11));
    const [b01, ...others] = told.episodes;
    expect(others).toEqual([]);
    expect(b01).toMatchObject({ model: 'B01', tier: 'WORK_ORDER', cleared: { reason: 'VALIDITY_CHANGED', at: at(10, 8) } });
    expect(b01?.validity).toMatchObject([{
      at: at(10, 8), cause: 'CHECK', ref: `standard_check ${at(10, 8)}`, left: 'NO_LONGER_MET',
      hours: [{ factor: NOX, from: at(5, 9), to: at(5, 12), before: 'NO_STEPS_SENT', after: 'OUT_OF_CONTROL' }],
    }]);
    expect(b01?.validity?.[0]?.zh).toContain('所依据数据的有效性已变化');
    expect(told.clues.at(-1)).toMatchObject({ cleared: true, knownAt: at(10, 8), validity: { left: 'NO_LONGER_MET' } });
    // A proposal that is tried in the shadow is judged again likewise.
    const model = MODELS[0] as Model;
    const shadows: Episode[] = [];
    const tried = new OutfallEngine(GAS, START, {
      models: [], onChange: () => undefined, shadowsAt: () => [{ proposal: 'P1', model, params: model.params }],
      onShadow: (_, change) => void (change.kind === 'episode' && shadows.push(change.episode)),
    });
    tried.feed([...gasHours(11, over9to12), passed, failed].sort(byKnownTime));
    tried.advance(at(11));
    expect(shadows.at(-1)).toMatchObject({ tier: 'WORK_ORDER', cleared: { reason: 'VALIDITY_CHANGED', at: at(10, 8) } });
    // What was known at ten o'clock of the day it was raised is still there.
    expect(told.versions.filter((one) => one.knownAt < at(10, 8)).at(-1)).toMatchObject({ tier: 'WORK_ORDER', end: at(5, 12), cleared: undefined });
    expect(told.clues.findLast((one) => one.knownAt < at(10, 8))).toMatchObject({ cleared: false });
  });

  it('只有部分小时失效的，发现按余下时段改写，达到过的级别保留', () => {
    const told = judged(GAS, [...gasHours(11, over9to12), known(at(5, 10.5), check(at(5, 10.5), true)), known(at(10, 8), check(at(10, 8), false))], at(11));
    expect(told.episodes).toMatchObject([{ start: at(5, 9), end: at(5, 10), tier: 'WORK_ORDER', cleared: undefined, stats: { hours: 1 }, validity: [{ left: 'PARTLY_MET' }] }]);
    expect(told.clues.at(-1)).toMatchObject({ cleared: false, end: at(5, 10), validity: { left: 'PARTLY_MET' } });
  });

  it('其后又得知合格的核查，小时恢复有效：重新提出，已撤回的留存', () => {
    const arrivals = [...gasHours(13, over9to12), passed, known(at(10, 8), check(at(10, 8), false)), known(at(12, 9), check(at(9, 8), true))];
    const [before, again, ...others] = judged(GAS, arrivals, at(13)).episodes;
    expect(others).toEqual([]);
    expect(before?.cleared?.reason).toBe('VALIDITY_CHANGED');
    expect(again).toMatchObject({ model: 'B01', start: at(5, 9), end: at(5, 12), tier: 'WORK_ORDER', raisedAt: at(12, 9), cleared: undefined });
  });

  it('期限内的标记只留痕，到期由标记解释；失效时段以外的发现不动', () => {
    const filed = known(at(5, 15), mark(at(5, 9), at(5, 12), at(5, 15)));
    const told = judged(GAS, [...gasHours(8, (start) => over9to12(start) || start === at(6, 20)), filed], at(8));
    const [marked, other] = told.episodes;
    expect(told.versions.find((one) => one.knownAt === at(5, 15))).toMatchObject({ provisional: true, cleared: undefined, validity: [{ cause: 'MARK', ref: 'M1', left: 'OPEN' }] });
    expect(marked).toMatchObject({ cleared: { reason: 'MARKED_IN_TIME' } });
    expect(other).toMatchObject({ start: at(6, 20), cleared: undefined });
    expect(other?.validity).toBeUndefined();
  });

  it('不自行重判的模型：留痕，由人员判断；假数据的迹象不因校准失效而消失', () => {
    const frozen: Model = {
      ...(modelById('C01') as Model), trigger: 'hour', evaluate: (ctx) => {
        const met = ctx.now > at(5, 12);
        const finding = { factors: [NOX], start: at(5, 9), end: at(5, 12), tier: 'WARN', score: 1, stats: {}, text: { zh: '恒值。', en: 'Constant.' }, clearedBy: [] } as const;
        return { outcome: met ? 'MET' : 'NOT_MET', reason: '', missing: [], findings: met ? [finding] : [] };
      },
    };
    const told = judged(GAS, [...gasHours(11, over9to12), passed, known(at(10, 8), check(at(10, 8), false))], at(11), [frozen]);
    expect(told.episodes).toMatchObject([{ model: 'C01', cleared: undefined, validity: [{ cause: 'CHECK', left: 'OPEN' }] }]);
  });
});

describe('迟到的超标小时 an hour that exceeds is an exceedance whenever it becomes known', () => {
  for (const days of [5, 40]) {
    it(`model:B01：补传 ${days} 天前的超标小时，到达时刻提出`, () => {
      const arrives = at(3 + days, 14.2);
      const late = (start: number) => (start >= at(3, 9) && start < at(3, 12) ? arrives + (start - at(3, 9)) / 60 : undefined);
      const told = judged(GAS, gasHours(days + 5, (start) => late(start) !== undefined, late), at(days + 5));
      expect(told.episodes).toMatchObject([{ model: 'B01', start: at(3, 9), end: at(3, 12), tier: 'WORK_ORDER', provisional: false, steps: [{ tier: 'REMIND', at: arrives }, { tier: 'WARN' }, { tier: 'WORK_ORDER', at: arrives + 2 * MINUTE }] }]);
    });
  }

  it('迟到的小时接上已提出的超标，续成一次，级别升高', () => {
    const missing = (start: number) => (start === at(3, 10) ? at(12, 7.3) : undefined);
    const told = judged(GAS, gasHours(13, (start) => start >= at(3, 9) && start < at(3, 12), missing), at(13));
    expect(told.clues.at(-1)).toMatchObject({ tier: 'WORK_ORDER', raisedAt: at(12, 7.3), start: at(3, 9), end: at(3, 12) });
  });

  it('按行为发生时的限值判定（法律时间）', () => {
    const dated = setup('gas', [{ factor: NOX, limit: '70', period: 'hour', validTo: '2026-03-10' }, { factor: NOX, limit: '50', period: 'hour', validFrom: '2026-03-11' }]);
    const late = (start: number) => (start === at(3, 9) ? at(20, 14) : undefined);
    expect(judged(dated, gasHours(21, (start) => start === at(3, 9), late), at(21)).episodes).toEqual([]);
    expect(judged(GAS, gasHours(21, (start) => start === at(3, 9), late), at(21)).episodes).toHaveLength(1);
  });

  const water = setup('water', [{ factor: COD, limit: '60', period: 'day' }, { factor: PH, limit: '9', period: 'instant' }]);
  const dayOfWater = (day: number, cod: number, arrives?: number): Arrival[] => Array.from({ length: 24 }, (_, h) => at(day, h)).map((start, h) =>
    known(arrives === undefined ? start + HOUR + MINUTE : arrives + h * 1000, hour(start, value(COD, cod), value(FLOW, 12), value(PH, 7))));

  it('model:B02：整日补传的，下一日判时刻判定该日与次日', () => {
    const arrives = at(9, 15);
    const arrivals = Array.from({ length: 11 }, (_, day) => dayOfWater(day, day === 2 || day === 3 ? 66 : 30, day === 2 ? arrives : undefined)).flat();
    const told = judged(water, arrivals, at(11));
    expect(told.episodes.filter((one) => one.model === 'B02')).toMatchObject([
      { start: at(3), end: at(4), tier: 'WORK_ORDER', steps: [{ tier: 'WARN', at: at(4, 2) }, { tier: 'WORK_ORDER', at: at(10, 2) }] },
      { start: at(2), end: at(3), tier: 'WARN', raisedAt: at(10, 2) },
    ]);
  });

  /** COD of a day: 62 in its first hours, and what comes late. */
  const dayWithLate = (day: number, rest: number, arrives: number): Arrival[] => Array.from({ length: 24 }, (_, h) => at(day, h)).map((start, h) => {
    const late = h >= 18;
    return known(late ? arrives + h * MINUTE : start + HOUR + MINUTE, hour(start, value(COD, late ? rest : 62), value(FLOW, 12), value(PH, 7)));
  });

  it('model:B02：凭部分小时判为超标的日，后到的小时使日均达标：下一日判时刻撤回，说明由哪些小时', () => {
    for (const [rest, arrives] of [[20, at(6, 9)], [54, at(9, 15)]] as const) {
      const arrivals = Array.from({ length: 11 }, (_, day) => (day === 5 ? dayWithLate(5, rest, arrives) : dayOfWater(day, 30))).flat();
      const told = judged(water, arrivals, at(11));
      const judgedAt = arrives === at(6, 9) ? at(7, 2) : at(10, 2);
      expect(told.versions.find((one) => one.model === 'B02')).toMatchObject({ start: at(5), tier: 'WARN', raisedAt: at(6, 2), cleared: undefined });
      expect(told.episodes.filter((one) => one.model === 'B02')).toMatchObject([{
        start: at(5), cleared: { reason: 'VALIDITY_CHANGED', at: judgedAt },
        validity: [{ at: judgedAt, cause: 'FRAME', left: 'NO_LONGER_MET', hours: [{ factor: COD, from: at(5, 18), to: at(6), before: 'NO_VALUE', after: 'OK' }] }],
      }]);
      expect(told.clues.at(-1)).toMatchObject({ cleared: true, knownAt: judgedAt });
    }
  });

  it('model:B02：后到的小时使日均仍超标的，只留一条痕迹；没有发现的日，后到的小时不留痕', () => {
    const still = judged(water, Array.from({ length: 11 }, (_, day) => (day === 5 ? dayWithLate(5, 61, at(9, 15)) : dayOfWater(day, 30))).flat(), at(11));
    expect(still.episodes).toMatchObject([{ model: 'B02', start: at(5), tier: 'WARN', cleared: undefined, validity: [{ at: at(10, 2), cause: 'FRAME', left: 'MET' }] }]);
    const hours = judged(GAS, gasHours(8, over9to12, (start) => (start === at(5, 10) ? at(7, 6) : undefined)), at(8));
    expect(hours.episodes.filter((one) => one.validity !== undefined)).toEqual([]);
  });

  it('model:B02：当日判时刻之前有效性改变的，不提前判定该日', () => {
    // A check that failed is known half an hour after midnight, when the last hours of the day have not come.
    const failed: Fact = { kind: 'calibration', start: at(5, 20), end: at(6, 0.5), what: 'standard_check', factors: [COD], zeroDrift: none, spanDrift: none, passed: false };
    const good: Fact = { kind: 'calibration', start: at(5, 16), end: at(5, 16.2), what: 'standard_check', factors: [COD], zeroDrift: none, spanDrift: none, passed: true };
    const arrivals = [...Array.from({ length: 8 }, (_, day) => (day === 5 ? dayWithLate(5, 20, at(6, 0.7)) : dayOfWater(day, 30))).flat(), known(at(5, 16.2), good), known(at(6, 0.5), failed)];
    expect(judged(water, arrivals, at(8)).versions.filter((one) => one.raisedAt < at(6, 2))).toEqual([]);
  });

  it('model:B02：迟到的一日使其后第 5 个超标日成立，该日改为工单', () => {
    const over = new Set([2, 5, 8, 11, 14]);
    const arrivals = Array.from({ length: 22 }, (_, day) => dayOfWater(day, over.has(day) ? 66 : 30, day === 2 ? at(20, 15) : undefined)).flat();
    const told = judged(water, arrivals, at(22)).episodes.filter((one) => one.model === 'B02');
    expect(told.find((one) => one.start === at(14))).toMatchObject({ tier: 'WORK_ORDER', steps: [{ tier: 'WARN', at: at(15, 2) }, { tier: 'WORK_ORDER', at: at(21, 2) }], stats: { exceedancesInWindow: 5 } });
    expect(told.filter((one) => one.tier === 'WORK_ORDER').map((one) => one.start)).toEqual([at(14)]);
  });

  it('重判的时段跨限值变更日：各日按其当日的限值', () => {
    // 2026-03-09 is day 7.
    const dated = setup('gas', [{ factor: NOX, limit: '70', period: 'hour', validTo: '2026-03-08' }, { factor: NOX, limit: '50', period: 'hour', validFrom: '2026-03-09' }]);
    const over = (start: number) => start === at(3, 9) || start === at(8, 9);
    const late = (start: number) => (start >= at(3) && start < at(9) ? at(20, 14) + (start - at(3)) / 60 : undefined);
    expect(judged(dated, gasHours(22, over, late), at(22)).episodes).toMatchObject([{ model: 'B01', start: at(8, 9), end: at(8, 10), stats: { limit: '50' } }]);
    const checks = [known(at(2, 8), check(at(2, 8), true)), known(at(12, 8), check(at(12, 8), false)), known(at(14, 9), check(at(11, 8), true))];
    expect(judged(dated, [...gasHours(15, over), ...checks], at(15)).episodes.map(({ start, cleared }) => [start, cleared?.reason])).toEqual([[at(8, 9), 'VALIDITY_CHANGED'], [at(8, 9), undefined]]);
  });

  it('重判时所需数据未保存的，是无法判定，不是异常', () => {
    const answers: string[] = [];
    const b01 = modelById('B01') as Model;
    const asks: Model = { ...b01, evaluate: (ctx, params) => { if (ctx.again !== undefined) throw new NotKept('not kept that long', 'hours'); return b01.evaluate(ctx, params); } };
    const engine = new OutfallEngine(GAS, START, { models: [asks], onChange: () => undefined, onAnswer: ({ outcome }) => void answers.push(outcome) });
    engine.feed([...gasHours(11, over9to12), passedCheck, known(at(10, 8), check(at(10, 8), false))].sort(byKnownTime));
    engine.advance(at(11));
    expect(answers).toContain('MET');
    expect(answers).not.toContain('EXCEPTION');
  });

  it('相隔不超过合并间隔的几段原为一次发现：重判后各段仍在，发现仍然成立', () => {
    const parts = [{ start: at(2, 1), end: at(2, 3) }, { start: at(2, 6), end: at(2, 9) }];
    const whole = { start: at(2, 1), end: at(2, 9) };
    expect([coversAll(whole, parts, 6 * HOUR), coversAll(whole, parts, 2 * HOUR), coversAll(whole, parts)]).toEqual([true, false, false]);
    expect(coversAll(whole, parts.slice(1), 6 * HOUR)).toBe(false);
    expect(coversAll(whole, parts.slice(0, 1), 6 * HOUR)).toBe(false);
  });

  it('model:B07：补传的分钟数据，下一小时判定', () => {
    const steps = (day: number, ph: (start: number) => number, arrives?: number): Arrival[] => Array.from({ length: 144 }, (_, i) => at(day) + i * 10 * MINUTE).map((start, i) =>
      known(arrives === undefined ? start + 11 * MINUTE : arrives + i * 100, { kind: 'step', start, values: [value(PH, ph(start)), value(FLOW, 12)] }));
    const acid = (start: number) => (start >= at(2, 10) && start < at(2, 13) ? 9.8 : 7.2);
    const arrives = at(9, 15.5);
    const arrivals = Array.from({ length: 11 }, (_, day) => [...dayOfWater(day, 30), ...steps(day, acid, day === 2 ? arrives : undefined)]).flat();
    const told = judged(water, arrivals, at(11));
    expect(told.episodes).toMatchObject([{ model: 'B07', start: at(2, 10), end: at(2, 13), tier: 'WARN', raisedAt: at(9, 16) + 10 * MINUTE }]);
  });
});

describe('重判与处理方式无关', () => {
  const late = (start: number) => (start >= at(2, 3) && start < at(2, 7) ? at(8, 9) + (start % DAY) / 1e4 : undefined);
  const recorded = [
    ...gasHours(10, (start) => over9to12(start) || late(start) !== undefined || start === at(7, 20), late), known(at(3, 8), check(at(3, 8), true)),
    known(at(7, 22), mark(at(7, 20), at(7, 22), at(7, 22))), known(at(8, 8), check(at(8, 8), false)), known(at(9, 3), check(at(4, 20), true)),
  ].sort(byKnownTime);
  const bytes = (told: Told) => JSON.stringify([told.episodes, [...new Map(told.versions.map((one) => [`${one.id} ${one.version}`, one])).values()], [...new Map(told.clues.map((one) => [`${one.id} ${one.version}`, one])).values()]]);
  const models = modelCatalogue.filter(({ id }) => ['B01', 'B02', 'C01', 'C07', 'F02', 'A01'].includes(id));

  it('批次、断电重启不同，版本与线索逐字节相同', () => {
    const whole = judged(GAS, recorded, at(10), models);
    const expected = bytes(whole);
    expect(whole.episodes.some((one) => one.cleared?.reason === 'VALIDITY_CHANGED')).toBe(true);
    expect(whole.episodes.some((one) => one.model === 'B01' && one.start === at(2, 3))).toBe(true);
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }), fc.array(fc.boolean(), { minLength: 3, maxLength: 9 }), (sizes, kills) => {
      const told = new Told(GAS, [...models]);
      const pieces = new Map<number, Uint8Array>();
      for (let next = 0, i = 0; next < recorded.length; i++) {
        let end = Math.min(recorded.length, next + (sizes[i % sizes.length] as number));
        while (end < recorded.length && recorded[end]?.knownAt === recorded[end - 1]?.knownAt) end += 1;
        told.engine.feed(recorded.slice(next, end));
        next = end;
        if (kills[i % kills.length] !== true) continue;
        const { state, pieces: written } = storeEngine(told.engine);
        for (const piece of written) pieces.set(piece.start, piece.bytes);
        told.open();
        takeUpEngine(told.engine, state, pieces.values());
      }
      told.engine.advance(at(10));
      expect(bytes(told)).toBe(expected);
    }), { numRuns: 25 });
  }, 120_000);
});
