import { describe, expect, it } from 'vitest';
import { calendarDay, instant, isRefusal, type Instant } from '#kernel';
import { applicableLaw, correspondences, type ViolationType } from '#law';
import type { CommandOf } from './commands/index.ts';
import type { PenaltyCase } from './penalty-case.ts';
import { sample } from './testing/index.ts';
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
