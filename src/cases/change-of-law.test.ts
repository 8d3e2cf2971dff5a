import { describe, expect, it } from 'vitest';
import { calendarDay, instant, isRefusal, type Instant } from '#kernel';
import { applicableLaw, correspondences, type ViolationType } from '#law';
import type { CommandOf } from './commands/index.ts';
import type { PenaltyCase } from './penalty-case.ts';
import { replacedBases, reportedBases } from './discretion/choice-of-law.ts';
import { discretionSheet } from './papers/late-papers.ts';
import { sample } from './testing/index.ts';
import { partyFacts, UNIT } from './testing/deps.ts';
import { act, investigated, law, start, walk } from './testing/pure-case.ts';
import { DISCRETION_GUARDS } from './guards/discretion.ts';

/** 生态环境法典 in force. */
const CODE = calendarDay('2026-08-15');
const BEFORE = calendarDay('2026-08-14');
const moment = (day: string): Instant => instant(Date.parse(`${day}T10:00:00+08:00`));

/** A case about an act of these days that has come to its discretion. */
function weighing(violation: 'PERMIT_EXCEED' | 'AIR_EXCEED', from: string, to: string): PenaltyCase {
  const state = walk(investigated(), ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW'], start);
  if (state.filing === undefined) throw new Error('not filed');
  return { ...state, violation, filing: { ...state.filing, violation, actStart: calendarDay(from), actEnd: calendarDay(to) } };
}
const basis = (state: PenaltyCase, basisId: string, now: string, basisReason = '从旧兼从轻。'): readonly string[] => {
  const command = { ...(sample('SET_DISCRETION', moment(now)) as CommandOf<'SET_DISCRETION'>), basisId, basisReason };
  const result = act(state, command, moment(now));
  return isRefusal(result) ? (result.missing ?? []).filter((line) => !line.includes('裁量基准')) : [];
};

describe('2026年8月15日生态环境法典施行：行为时与决定时的法律（行政处罚法 第三十七条）', () => {
  it('行为和决定都在施行前：只有旧法', () => {
    const state = weighing('PERMIT_EXCEED', '2026-07-01', '2026-07-03');
    expect(basis(state, 'CODE1103', '2026-08-10')).toEqual(['可适用的处罚依据：PERMIT34-1']);
    expect(basis(state, 'PERMIT34-1', '2026-08-10')).toEqual([]);
  });

  it('行为和决定都在施行后：旧法已废止的只有新法；未被废止的条例仍可选择，须说明理由', () => {
    expect(basis(weighing('AIR_EXCEED', CODE, '2026-08-16'), 'AIR99-2', '2026-09-20')).toEqual(['可适用的处罚依据：CODE1107-AIR']);
    const state = weighing('PERMIT_EXCEED', CODE, '2026-08-16');
    for (const id of ['PERMIT34-1', 'CODE1103']) {
      expect(basis(state, id, '2026-09-20'), id).toEqual([]);
      expect(basis(state, id, '2026-09-20', ''), id).toEqual([expect.stringContaining('同一时期有多部法律可以适用')]);
    }
  });

  it('行为在前、决定在后：两法并列，指明较轻的是新法，须由人选择并说明理由', () => {
    const state = weighing('PERMIT_EXCEED', '2026-08-10', BEFORE);
    const answer = applicableLaw(law.violation('PERMIT_EXCEED'), calendarDay('2026-08-10'), BEFORE, calendarDay('2026-09-20'));
    expect([answer.atAct?.id, answer.lighter?.id, answer.choiceRequired]).toEqual(['PERMIT34-1', 'CODE1103', true]);
    expect(basis(state, 'CODE1103', '2026-09-20')).toEqual([]);
    // 较轻的新法已经施行：写了理由也不能选较重的旧法。
    expect(basis(state, 'PERMIT34-1', '2026-09-20')).toEqual(['新规定 CODE1103（处罚较轻，适用新规定）']);
    expect(basis(state, 'PERMIT34-1', '2026-08-14')).toEqual([]);
    expect(basis(state, 'CODE1103', '2026-09-20', '')).toEqual([expect.stringContaining('选择适用法律的理由')]);
  });

  it('跨越施行之日的连续行为持续到终了：两法并列，以终了时的法律为行为时法', () => {
    const answer = applicableLaw(law.violation('AIR_EXCEED'), BEFORE, CODE, calendarDay('2026-09-20'));
    expect([answer.atAct?.id, answer.candidates.map((b) => b.id)]).toEqual(['CODE1107-AIR', ['AIR99-2', 'CODE1107-AIR']]);
    expect(basis(weighing('AIR_EXCEED', BEFORE, CODE), 'CODE1107-AIR', '2026-09-20')).toEqual([]);
  });

  it('同一日内的界限：8月14日终了的是旧法时期，8月15日终了的是新法时期', () => {
    const at = (day: typeof CODE) => applicableLaw(law.violation('AIR_EXCEED'), day, day, day).candidates.map((b) => b.id);
    expect([at(BEFORE), at(CODE)]).toEqual([['AIR99-2'], ['CODE1107-AIR']]);
  });

  it('处罚较重的新法不溯及既往：以行为时的规定为准，写了理由也不行', () => {
    const permit = law.violation('PERMIT_EXCEED');
    const [old, next] = permit.bases;
    if (old?.fine === undefined || next?.fine === undefined) throw new Error('bases without figures');
    const heavier: ViolationType = { ...permit, bases: [old, { ...next, fine: { ...next.fine, max: old.fine.max * 2 } }] };
    expect(correspondences(heavier)[0]?.change).toBe('HEAVIER');
    const command = { ...(sample('SET_DISCRETION', start) as CommandOf<'SET_DISCRETION'>), basisId: next.id, basisReason: '新法。' };
    const stricter = { ...law, violation: () => heavier };
    const asked = (to: string) => DISCRETION_GUARDS.BASIS_APPLIES({ state: weighing('PERMIT_EXCEED', '2026-08-10', to), command, law: stricter, now: moment('2026-09-20') });
    expect(asked(BEFORE)).toEqual([`行为时的规定 ${old.id}（新规定处罚较重，不溯及既往）`]);
    expect(asked(CODE)).toEqual([]);
  });
});

describe('所适用的规定：调查报告、告知书和决定书前后一致，改变须说明', () => {
  const reviewed = (key: 'DATA_FALSIFY_UNIT' | 'DEVICE_NOT_RUNNING', more: Partial<PenaltyCase> = {}): PenaltyCase => {
    const state = investigated();
    return { ...state, violation: key, filing: { ...state.filing!, violation: key, actStart: CODE, actEnd: calendarDay('2026-08-16') }, ...more };
  };
  const at = moment('2026-09-20');
  const weighing = (state: PenaltyCase, basisId: string, basisReason: string) =>
    DISCRETION_GUARDS.BASIS_APPLIES({ state, command: { ...(sample('SET_DISCRETION', at) as CommandOf<'SET_DISCRETION'>), basisId, basisReason }, law, now: at });

  it('调查报告就按规则算出：法律高于未废止的条例，水的不引大气的；后来较轻的新法替代旧法', () => {
    expect(reportedBases(reviewed('DATA_FALSIFY_UNIT'), law, calendarDay('2026-09-20'))).toEqual({ DATA_FALSIFY_UNIT: 'CODE1088' });
    const { filing } = reviewed('DEVICE_NOT_RUNNING');
    const water = reviewed('DEVICE_NOT_RUNNING', { factors: ['w01018'], outfallId: 'E001-DW001' as PenaltyCase['outfallId'] & string, filing: { ...filing!, actStart: calendarDay('2026-08-01'), actEnd: calendarDay('2026-08-02') } });
    expect(reportedBases(water, law, calendarDay('2026-08-10'))).toEqual({ DEVICE_NOT_RUNNING: 'WATER82-2' });
    expect(applicableLaw(law.violation('PERMIT_EXCEED'), calendarDay('2026-08-10'), BEFORE, calendarDay('2026-09-20')).proposed?.id).toBe('CODE1103');
    expect(applicableLaw(law.violation('AIR_EXCEED'), calendarDay('2026-08-10'), BEFORE, calendarDay('2026-09-20')).proposed?.id).toBe('AIR99-2');
  });

  it('改用另一规定的须写明理由，后来的文书印出原来建议的和改变的理由', () => {
    const state = reviewed('DATA_FALSIFY_UNIT', { reported: { DATA_FALSIFY_UNIT: 'CODE1088' } });
    expect(weighing(state, 'CODE1088', '法律高于条例。')).toEqual([]);
    expect(weighing(state, 'MON44', '')).toEqual(expect.arrayContaining(['改变所适用规定的理由（案件调查报告建议适用第一千零八十八条）']));
    const command = { ...(sample('SET_DISCRETION', at) as CommandOf<'SET_DISCRETION'>), basisId: 'MON44', basisReason: '条例是特别规定。' };
    expect(replacedBases(state, command)).toEqual([{ violation: 'DATA_FALSIFY_UNIT', basisId: 'CODE1088', in: 'REPORT' }]);
    const told: PenaltyCase = { ...state, notice: { sentAt: at }, discretion: { ...weighed(), basisId: 'CODE1088' } };
    expect(replacedBases(told, command)).toMatchObject([{ basisId: 'CODE1088', in: 'NOTICE' }]);
    const after: PenaltyCase = { ...state, discretion: { ...weighed(), basisId: 'MON44', basisReason: command.basisReason, replaces: replacedBases(state, command) } };
    const facts = { before: state, after, event: { at, actor: { name: '甲' }, command, derived: {} }, party: partyFacts(UNIT), deps: { law }, outfallName: '' };
    expect(discretionSheet(facts as unknown as Parameters<typeof discretionSheet>[0]).sentence)
      .toMatch(/^案件调查报告建议适用《生态环境法典》第一千零八十八条，现改为适用《生态环境监测条例》第四十四条，理由：条例是特别规定。根据违法行为的事实/);
  });
});

const weighed = (): NonNullable<PenaltyCase['discretion']> => {
  const { discretion } = walk(investigated(), ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'SET_DISCRETION'], start);
  if (discretion === undefined) throw new Error('not weighed');
  return discretion;
};
