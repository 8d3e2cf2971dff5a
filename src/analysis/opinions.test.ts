import { describe, expect, it } from 'vitest';
import { asId, calendarDay, DAY, HOUR, type FactorCode, type OutfallId, type UnitId } from '#kernel';
import { loadLaw, NATIONAL } from '#law';
import { judgingRules, PLANT_STATES, type HourState, type JudgingRules, type Mark } from '#quality';
import type { Clue } from './clues/clue.ts';
import type { Finding, Model, SourceFamily, Tier } from './contract.ts';
import type { Episode } from './clues/episode.ts';
import { explainByMarks } from './clues/explain.ts';
import { Opinions, type OpinionOptions } from './opinions.ts';

const T0 = Date.parse('2026-03-02T08:00:00+08:00');
const NOX = asId<FactorCode>('a21002');

const model = (id: string, family: SourceFamily = 'emission', standsAlone = false): Model => ({
  id, version: '1', title: { zh: id, en: id }, family, trigger: 'hour', media: ['gas'], standsAlone, params: { n: 3 }, legalHooks: [],
  about: { zh: '', en: '', source: '' }, minimum: { days: 0, needs: [] }, evaluate: () => ({ outcome: 'NOT_MET', reason: '', missing: [], findings: [] }),
});
const finding = (start: number, end: number, tier: Tier, more: Partial<Finding> = {}): Finding => ({
  factors: [NOX], start, end, tier, score: 1, stats: {}, text: { zh: `迹象${tier}。`, en: `sign ${tier}.` }, clearedBy: [], ...more,
});

function book(options: OpinionOptions = {}) {
  const episodes: Episode[] = [];
  const clues: Clue[] = [];
  const joined: boolean[] = [];
  const opinions = new Opinions(asId<OutfallId>('O1'), asId<UnitId>('E1'), (change) => {
    if (change.kind === 'episode') episodes.push(change.episode);
    else {
      clues.push(change.clue);
      joined.push(change.joined);
    }
  }, options);
  return { opinions, episodes, clues, joined, take: (m: Model, f: Finding, now: number) => opinions.take(m, m.params, f, now) };
}

describe('三级阈值与持续 tiers and episodes', () => {
  it('[PAPER-2.3f] 持续的发现延长同一事件；级别与时刻取达到的最高级', () => {
    const { take, opinions, episodes } = book();
    const b01 = model('B01', 'emission', true);
    take(b01, finding(T0, T0 + HOUR, 'REMIND'), T0 + HOUR);
    take(b01, finding(T0, T0 + 2 * HOUR, 'WARN'), T0 + 2 * HOUR);
    take(b01, finding(T0, T0 + 3 * HOUR, 'WORK_ORDER'), T0 + 3 * HOUR);
    take(b01, finding(T0, T0 + 4 * HOUR, 'WARN'), T0 + 4 * HOUR);
    expect(opinions.episodes).toHaveLength(1);
    expect(opinions.episodes[0]).toMatchObject({ start: T0, end: T0 + 4 * HOUR, tier: 'WORK_ORDER', raisedAt: T0 + 3 * HOUR, version: 4 });
    expect(opinions.episodes[0]?.steps.map((step) => step.tier)).toEqual(['REMIND', 'WARN', 'WORK_ORDER']);
    expect(episodes.map((episode) => episode.version)).toEqual([1, 2, 3, 4]);
  });

  it('findings at most six hours apart are one episode, more are two; other factors are their own', () => {
    const { take, opinions } = book();
    const b01 = model('B01', 'emission', true);
    take(b01, finding(T0, T0 + HOUR, 'REMIND'), T0 + HOUR);
    take(b01, finding(T0 + 7 * HOUR, T0 + 8 * HOUR, 'REMIND'), T0 + 8 * HOUR);
    take(b01, finding(T0 + 15 * HOUR, T0 + 16 * HOUR, 'REMIND'), T0 + 16 * HOUR);
    take(b01, finding(T0 + 15 * HOUR, T0 + 16 * HOUR, 'REMIND', { factors: [asId<FactorCode>('a21026')] }), T0 + 16 * HOUR);
    expect(opinions.episodes.map((episode) => [episode.start - T0, episode.end - T0])).toEqual([
      [0, 8 * HOUR], [15 * HOUR, 16 * HOUR], [15 * HOUR, 16 * HOUR],
    ]);
  });

  it('[PAPER-2.3f] 统计迹象单独不成工单：扣住并留痕，另一类来源佐证后升级', () => {
    const { take, opinions } = book();
    take(model('C01'), finding(T0, T0 + 24 * HOUR, 'WORK_ORDER'), T0 + 24 * HOUR);
    expect(opinions.episodes[0]).toMatchObject({ tier: 'WARN', withheld: { tier: 'WORK_ORDER', reason: 'UNCORROBORATED' } });
    take(model('C02'), finding(T0, T0 + 24 * HOUR, 'WARN'), T0 + 25 * HOUR);
    expect(opinions.episodes[0]?.tier).toBe('WARN');
    take(model('E01', 'power', true), finding(T0 + 20 * HOUR, T0 + 26 * HOUR, 'WARN'), T0 + 26 * HOUR);
    expect(opinions.episodes[0]).toMatchObject({ tier: 'WORK_ORDER', raisedAt: T0 + 26 * HOUR, withheld: undefined });
  });

  it('a weaker look at the same facts takes back nothing that is withheld', () => {
    const { take, opinions } = book();
    take(model('C01'), finding(T0, T0 + 24 * HOUR, 'WORK_ORDER'), T0 + 24 * HOUR);
    take(model('C01'), finding(T0 + HOUR, T0 + 25 * HOUR, 'WARN'), T0 + 25 * HOUR);
    expect(opinions.episodes[0]?.withheld).toEqual({ tier: 'WORK_ORDER', reason: 'UNCORROBORATED' });
    take(model('E01', 'power', true), finding(T0 + 20 * HOUR, T0 + 26 * HOUR, 'WARN'), T0 + 26 * HOUR);
    expect(opinions.episodes[0]).toMatchObject({ tier: 'WORK_ORDER', withheld: undefined });
  });

  it('three windows of warning need no other source', () => {
    const { take, opinions } = book();
    for (let h = 1; h <= 80; h++) take(model('C01'), finding(T0, T0 + h * HOUR, h < 4 ? 'WARN' : 'WORK_ORDER'), T0 + h * HOUR);
    expect(opinions.episodes[0]).toMatchObject({ tier: 'WORK_ORDER', raisedAt: T0 + 73 * HOUR });
  });

  it('the third reminder of one model in thirty days is a warning', () => {
    const { take, opinions } = book();
    for (let i = 0; i < 3; i++) take(model('A04', 'transport', true), finding(T0 + i * DAY, T0 + i * DAY + HOUR, 'REMIND'), T0 + i * DAY + HOUR);
    expect(opinions.episodes.map((episode) => episode.tier)).toEqual(['REMIND', 'REMIND', 'WARN']);
  });

  it('reminders of other channels, and those in a clue that already warns, are no unheeded ones', () => {
    const { take, opinions } = book();
    for (const [i, factor] of [NOX, asId<FactorCode>('a21026'), NOX].entries()) take(model('C12'), finding(T0 + i * DAY, T0 + i * DAY + HOUR, 'REMIND', { factors: [factor] }), T0 + i * DAY + HOUR);
    expect(opinions.episodes.map((episode) => episode.tier)).toEqual(['REMIND', 'REMIND', 'REMIND']);
    const told = book();
    told.take(model('E01', 'power', true), finding(T0, T0 + HOUR, 'WARN'), T0 + HOUR);
    for (let i = 0; i < 3; i++) told.take(model('C12'), finding(T0 + i * DAY, T0 + i * DAY + HOUR, 'REMIND'), T0 + i * DAY + HOUR);
    expect(told.opinions.episodes.map((episode) => episode.tier)).toEqual(['WARN', 'REMIND', 'REMIND', 'REMIND']);
  });

  it('a model that judges repetition by itself is not raised by the count', () => {
    const { take, opinions } = book();
    const a03: Model = { ...model('A03', 'transport', true), countsRepeats: true };
    for (let i = 0; i < 4; i++) take(a03, finding(T0 + i * DAY, T0 + i * DAY + HOUR, 'REMIND', { factors: [] }), T0 + i * DAY + HOUR);
    expect(opinions.episodes.map((episode) => episode.tier)).toEqual(['REMIND', 'REMIND', 'REMIND', 'REMIND']);
  });

  it('an explained finding is kept with its reason and raises nothing', () => {
    const { take, opinions, clues } = book();
    take(model('C01'), finding(T0, T0 + HOUR, 'WARN', { suppressed: { reason: 'CALIBRATION', zh: '校准', en: 'calibration' } }), T0 + HOUR);
    expect(opinions.episodes[0]?.suppressed?.reason).toBe('CALIBRATION');
    expect(clues).toEqual([]);
    expect(opinions.recent(T0 + HOUR)).toEqual([]);
  });
});

describe('线索 clues', () => {
  it('[JS-10.3] 同一排放口时间相叠的事件合为一条线索，一句话写明', () => {
    const { take, clues } = book();
    take(model('C01'), finding(T0, T0 + HOUR, 'WARN', { text: { zh: 'NOx 恒为 47.6。', en: 'NOx stays at 47.6.' } }), T0 + HOUR);
    take(model('E01', 'power', true), finding(T0 + 2 * HOUR, T0 + 3 * HOUR, 'WORK_ORDER', { text: { zh: '治污停电', en: 'treatment off' } }), T0 + 3 * HOUR);
    take(model('B01', 'emission', true), finding(T0 + 3 * DAY, T0 + 3 * DAY + HOUR, 'REMIND'), T0 + 3 * DAY + HOUR);
    const newest = new Map(clues.map((clue) => [clue.id, clue]));
    expect(newest.size).toBe(2);
    const [first] = newest.values();
    expect(first).toMatchObject({ tier: 'WORK_ORDER', raisedAt: T0 + 3 * HOUR, models: ['C01', 'E01'] });
    expect(first?.claim.zh).toBe('治污停电；同时，NOx 恒为 47.6。');
    expect(first?.steps.map((step) => step.tier)).toEqual(['WARN', 'WORK_ORDER']);
  });
});

describe('后来并入的强线索 strong facts that join', () => {
  it('a warning that joins a clue of the same tier is told, a reminder or one more hour is not', () => {
    const { take, joined, opinions } = book();
    const e01 = model('E01', 'power', true);
    take(model('C01'), finding(T0 - 3 * DAY, T0 - 2 * DAY, 'WORK_ORDER', { standsAloneHere: 'two instruments' }), T0);
    take(model('C02'), finding(T0 - 2 * DAY, T0 - 2 * DAY + HOUR, 'REMIND'), T0 + HOUR);
    take(e01, finding(T0 - 2 * DAY, T0 - 2 * DAY + 4 * HOUR, 'WORK_ORDER'), T0 + 2 * HOUR);
    take(e01, finding(T0 - 2 * DAY, T0 - 2 * DAY + 5 * HOUR, 'WORK_ORDER'), T0 + 3 * HOUR);
    expect(opinions.state.clues).toHaveLength(1);
    expect(joined).toEqual([true, false, true, false]);
  });

  it('a provisional fact joins when its marks are final; a clue that waits as a whole is joined by nothing of its own', () => {
    const { take, joined, opinions } = book();
    const b01 = model('B01', 'emission', true);
    take(b01, finding(T0, T0 + HOUR, 'WARN'), T0 + HOUR);
    opinions.settle(T0 + 2 * DAY, () => undefined);
    expect(joined).toEqual([false, false]);
    take(model('B03'), finding(T0 + 2 * HOUR, T0 + 3 * HOUR, 'WARN', { provisional: true }), T0 + 2 * DAY);
    opinions.settle(T0 + 3 * DAY, () => undefined);
    expect(joined).toEqual([false, false, false, true]);
  });

  it('a chain of episodes ends after thirty days', () => {
    const { take, opinions } = book();
    for (let d = 0; d < 40; d++) take(model('C01', 'emission', true), finding(T0 + d * DAY, T0 + d * DAY + 20 * HOUR, 'WARN', { factors: [asId<FactorCode>(`f${d}`)] }), T0 + (d + 1) * DAY);
    expect(opinions.state.clues.map((clue) => (clue.end - clue.start) / DAY)).toEqual([29 + 20 / 24, 9 + 20 / 24]);
  });
});

describe('标记期满 provisional until the mark deadline', () => {
  const deadline = Date.parse('2026-03-03T12:00:00+08:00');
  const read = judgingRules(loadLaw(), NATIONAL, calendarDay('2026-03-02'));
  const rules = { ...read, conditionMarks: read.conditionMarks.map((rule) => ({ ...rule, verified: true })) };
  const mark: Mark = { id: 'K', kind: '停运', class: 'STOP', start: T0 - HOUR, end: T0 + 5 * HOUR, submittedAt: deadline, reason: '' };
  const state = (byPower: 'RUN' | 'OFF' | 'UNKNOWN'): HourState => {
    const length = 48;
    const filled = new Uint8Array(length).fill(PLANT_STATES.indexOf(byPower));
    return { t0: T0 - 8 * HOUR, stepMs: HOUR, length, state: filled, byData: filled, byPower: filled };
  };
  const settled = (marks: readonly Mark[], byPower: 'RUN' | 'OFF' | 'UNKNOWN', more?: (b: ReturnType<typeof book>) => void, factor = NOX) => {
    const b = book();
    b.take(model('B01', 'emission', true), finding(T0, T0 + HOUR, 'REMIND', { factors: [factor] }), T0 + HOUR);
    expect(b.opinions.episodes[0]?.provisional).toBe(true);
    more?.(b);
    b.opinions.settle(deadline - 1, () => undefined);
    expect(b.opinions.episodes[0]?.provisional).toBe(true);
    b.opinions.settle(deadline, (episode, episodes) => explainByMarks(episode, episodes, marks, state(byPower), deadline, { industry: 'coal_power', rules }));
    return { episode: b.opinions.episodes[0] as Episode, clue: b.clues.findLast((clue) => clue.models.includes('B01')) as Clue };
  };

  it('[NMG-2.1b] 未按期标记：期满转为确定', () => {
    const { episode, clue } = settled([], 'OFF');
    expect(episode).toMatchObject({ provisional: false, cleared: undefined });
    expect(clue).toMatchObject({ provisional: false, cleared: false });
  });

  it('a mark in time that agrees with power explains it; the episode is kept with the reason', () => {
    const { episode, clue } = settled([mark], 'OFF');
    expect(episode.cleared?.reason).toBe('MARKED_IN_TIME');
    expect(clue.cleared).toBe(true);
  });

  it('the hour in which a stop ends lies under two marks: power speaks against the stop, the start-up makes a candidate', () => {
    const startUp: Mark = { ...mark, id: 'K2', kind: '启炉', class: 'CONDITION', start: T0 + 60_000, submittedAt: deadline - HOUR };
    expect(settled([{ ...mark, end: T0 + 60_000 }, startUp], 'RUN').episode).toMatchObject({ provisional: false, cleared: undefined, suppressed: { reason: 'EXEMPT_CANDIDATE' } });
  });

  it('a condition mark withdraws no clue: within factors and hours of the rule a person confirms it, beyond them the finding stands', () => {
    const startUp: Mark = { ...mark, kind: '启炉', class: 'CONDITION' };
    const { episode, clue } = settled([startUp], 'RUN');
    expect(episode).toMatchObject({ cleared: undefined, suppressed: { reason: 'EXEMPT_CANDIDATE' } });
    expect(clue).toMatchObject({ provisional: false, cleared: false, episodes: [episode.id] });
    expect(clue.claim.zh).toContain('待人工核实');
    // The code of a mark is told in words.
    expect(settled([{ ...startUp, kind: 'plant_fault' }], 'RUN').episode.suppressed).toMatchObject({ zh: expect.stringContaining('（生产或治理设施故障）'), en: expect.stringContaining('(plant fault)') });
    // 火电启机四小时: the mark began four hours before. SO2 has no exemption. Of a stop nobody has measured a person decides.
    expect(settled([{ ...startUp, start: T0 - 4 * HOUR }], 'RUN').episode).toMatchObject({ cleared: undefined, suppressed: undefined });
    expect(settled([startUp], 'RUN', undefined, asId<FactorCode>('a21026')).episode).toMatchObject({ cleared: undefined, suppressed: undefined });
    expect(settled([mark], 'UNKNOWN').episode.suppressed?.reason).toBe('EXEMPT_CANDIDATE');
  });

  it('the deadline is that of the last hour the tier rests on, and the region\'s; what is explained so far waits for the hours since', () => {
    const noon = (day: number, hour = 12) => Date.parse(`2026-03-0${day}T00:00:00+08:00`) + hour * HOUR;
    const night = noon(2, 23);
    const b01 = model('B01', 'emission', true);
    const over = (options: OpinionOptions = {}) => {
      const b = book(options);
      for (const [h, tier] of [[1, 'REMIND'], [2, 'WARN'], [3, 'WORK_ORDER']] as const) b.take(b01, finding(night, night + h * HOUR, tier), night + h * HOUR);
      return b;
    };
    const b = over();
    b.opinions.settle(noon(3), () => undefined);
    expect(b.opinions.episodes[0]?.provisional).toBe(true);
    b.opinions.settle(noon(4), () => undefined);
    expect(b.opinions.episodes[0]?.provisional).toBe(false);
    const later = over({ rules: () => ({ markDeadlineHour: 20 }) as JudgingRules });
    later.opinions.settle(noon(4, 20) - 1, () => undefined);
    expect(later.opinions.episodes[0]?.provisional).toBe(true);
    later.opinions.settle(noon(4, 20), () => undefined);
    expect(later.opinions.episodes[0]?.provisional).toBe(false);
    const on = over();
    on.take(b01, finding(night, noon(5, 3), 'WORK_ORDER'), noon(5, 3));
    on.opinions.settle(noon(4), () => ({ cleared: { reason: 'M', zh: '', en: '', at: noon(4) } }));
    expect(on.opinions.episodes[0]).toMatchObject({ provisional: true, cleared: undefined });
    on.opinions.settle(noon(6), () => undefined);
    expect(on.opinions.episodes[0]?.provisional).toBe(false);
  });

  it('a mark a minute late, a mark against running power, a mark under doubt explain nothing', () => {
    expect(settled([{ ...mark, submittedAt: deadline + 60_000 }], 'OFF').episode.cleared).toBeUndefined();
    expect(settled([mark], 'RUN').episode.cleared).toBeUndefined();
    const doubted = settled([mark], 'OFF', (b) => b.take(model('F02', 'marks', true), finding(T0, T0 + HOUR, 'WARN'), T0 + 2 * HOUR));
    expect(doubted.episode.cleared).toBeUndefined();
  });
});
