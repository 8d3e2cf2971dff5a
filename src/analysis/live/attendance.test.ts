import { describe, expect, it } from 'vitest';
import { DAY, HOUR, type FactorCode, type OutfallId, type UnitId } from '#kernel';
import type { Arrival } from '#quality';
import { buildRegistry, EMPTY_REGISTER } from '#register';
import type { AttendanceDay } from './attendance.ts';
import type { Context, Model, Trigger } from '../contract.ts';
import { OutfallEngine, type ModelAnswer } from '../engine.ts';
import { healthOf } from '../model-health.ts';
import { setupOf } from '../setup.ts';
import { storeEngine, takeUpEngine } from './stored-state.ts';

const OUTFALL = 'O1' as OutfallId;
const START = Date.parse('2026-03-01T05:30:00+08:00');
const registry = buildRegistry({
  ...EMPTY_REGISTER,
  outfalls: [{
    outfall: OUTFALL, unit: 'U' as UnitId, type: 'gas', mn: undefined, doorMn: undefined, powerMn: undefined, o2Ref: 6, analysisCycleHours: undefined,
    designFlow: undefined, minuteStep: 10, stackAreaM2: undefined, velocityCoefficient: undefined, attributes: {},
  }],
});
const setup = setupOf(registry, OUTFALL)!;

const model = (id: string, trigger: Trigger, evaluate: (ctx: Context) => void = () => undefined): Model => ({
  id, version: '1', title: { zh: '', en: '' }, family: 'emission', trigger, media: ['gas', 'water'], standsAlone: false, params: {}, legalHooks: [],
  about: { zh: '', en: '', source: '' }, minimum: { days: 0, needs: [] },
  evaluate: (ctx) => {
    evaluate(ctx);
    return { outcome: 'NOT_MET', reason: '', missing: [], findings: [] };
  },
});
const MODELS = [
  model('H', 'hour'), model('T', 'tick'), model('D', 'day'),
  model('CRASH', 'hour', () => {
    throw new Error('broken');
  }),
];
const GREEDY = model('GREEDY', 'day', (ctx) => {
  for (;;) void ctx.state.length;
});

const hour = (start: number, knownAt: number): Arrival => ({
  knownAt, order: `h${start}`,
  facts: [{ kind: 'hour', start, values: [{ factor: 'a21002' as FactorCode, avg: 1, min: 1, max: 1, cou: 1, zsAvg: 1, sampleTime: Number.NaN, flag: 0 }] }],
});
const arrivals = Array.from({ length: 60 }, (_, i) => START + i * HOUR).flatMap((at, i) => {
  const first = Math.floor(at / HOUR) * HOUR;
  // Two hours at one moment, and now and then none.
  return i % 7 === 3 ? [] : [hour(first, at + HOUR), ...(i % 5 === 0 ? [hour(first - HOUR, at + HOUR)] : [])];
});

class Run {
  readonly days = new Map<number, AttendanceDay>();
  readonly answers: ModelAnswer[] = [];
  open(models = MODELS): OutfallEngine {
    return new OutfallEngine(setup, START, {
      models, onChange: () => undefined, onAnswer: (answer) => void this.answers.push(answer),
      onAttendance: (day) => void this.days.set(day.day, day),
    });
  }
  close(engine: OutfallEngine): Map<number, AttendanceDay> {
    const day = engine.attendance;
    if (day !== undefined) this.days.set(day.day, day);
    return this.days;
  }
}

const until = START + 61 * HOUR;
const health = (days: Iterable<AttendanceDay>) => [...days].map((day) => healthOf([...MODELS, GREEDY], [{ ...day, outfall: OUTFALL, activeSince: START, type: 'gas' }]));

describe('模型到岗 every model is asked exactly as often as it is due', () => {
  it('[JS-10.3] 应判时刻等于已判时刻，逐日逐模型精确相等', () => {
    const run = new Run();
    const engine = run.open();
    engine.feed(arrivals);
    engine.advance(until);
    const days = health(run.close(engine).values());
    expect(days.length).toBe(3);
    for (const one of days.flat().filter((each) => each.model !== 'GREEDY')) expect(one).toMatchObject({ differing: [], evaluated: one.expected });
    const total = (id: string) => days.flat().filter((one) => one.model === id).reduce((sum, one) => sum + one.evaluated, 0);
    expect(total('H')).toBe(new Set(arrivals.map((arrival) => arrival.knownAt)).size);
    expect(total('T')).toBe(61);
    expect(total('D')).toBe(2);
  });

  it('a crashed and a greedy model are exceptions, seen, and stop nothing else', () => {
    const run = new Run();
    const engine = run.open([...MODELS, GREEDY]);
    engine.feed(arrivals);
    engine.advance(until);
    const last = health(run.close(engine).values())[1]!;
    const of = (id: string) => last.find((one) => one.model === id)!;
    expect(of('CRASH')).toMatchObject({ exception: of('CRASH').expected, differing: [] });
    expect(of('GREEDY')).toMatchObject({ exception: 1, differing: [] });
    expect(of('H').notMet).toBe(of('H').expected);
    expect(run.answers.find((answer) => answer.model === 'GREEDY')?.reason).toMatch(/more than/);
  });

  it('work repeated after a restart counts once', () => {
    const whole = new Run();
    const engine = whole.open();
    engine.feed(arrivals);
    engine.advance(until);
    const expected = [...whole.close(engine).values()];
    for (const cut of [9, 23, 40]) {
      const run = new Run();
      const first = run.open();
      first.feed(arrivals.slice(0, cut));
      const { state, pieces } = storeEngine(first);
      first.feed(arrivals.slice(cut, cut + 7));
      run.close(first);
      const second = run.open();
      takeUpEngine(second, state, pieces.map((piece) => piece.bytes));
      second.feed(arrivals.slice(cut));
      second.advance(until);
      expect([...run.close(second).values()]).toEqual(expected);
    }
  });

  it('says where a model was not asked', () => {
    const day: AttendanceDay = { day: Date.parse('2026-03-02T02:00:00+08:00'), until: Date.parse('2026-03-02T02:00:00+08:00') + DAY - 1, hourMoments: 24, models: {} };
    const [missing] = healthOf([model('T', 'tick')], [{ ...day, outfall: OUTFALL, activeSince: START, type: 'gas' }]);
    expect(missing).toMatchObject({ expected: 24, evaluated: 0, differing: [OUTFALL] });
  });
});
