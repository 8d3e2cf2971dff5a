import { describe, expect, it } from 'vitest';
import { addDays, dayOf, instant, isRefusal, type Instant } from '#kernel';
import type { CaseCommand, CommandKind, CommandOf } from '../commands/index.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { sample } from '../testing/index.ts';
import { paperOf } from '../testing/paper-of.ts';
import { act, DAY, filed, must, start, walk } from '../testing/pure-case.ts';
import { sweep } from '../testing/sweep.ts';

const later = (days: number) => instant(start + days * DAY);
const with_ = <K extends CommandKind>(kind: K, now: Instant, more: Partial<CommandOf<K>>): CaseCommand => ({ ...sample(kind, now), ...more }) as CaseCommand;
const missing = (state: PenaltyCase, command: CaseCommand, now: Instant): readonly string[] => {
  const result = act(state, command, now);
  return isRefusal(result) ? (result.missing ?? [result.code]) : [];
};

describe('查封、扣押期间的检测、鉴定不计入期限（行政强制法 第二十五条第三款）', () => {
  const sealed = () => walk(filed(), ['PROPOSE_SEALING', 'APPROVE_SEALING', 'CARRY_OUT_SEALING'], start);
  const tested = () => must(sealed(), with_('BEGIN_APPRAISAL', later(10), { untilDay: addDays(dayOf(later(10)), 20) }), later(10));

  it('期间明确并书面告知；期限停着，停到提前结束或者告知的末日', () => {
    expect(missing(sealed(), with_('BEGIN_APPRAISAL', later(10), { untilDay: dayOf(later(10)) }), later(10))).toEqual(['晚于今日的检测、鉴定期间届满日']);
    const state = tested();
    expect([state.running.T21?.pausedAt, state.running.T21p?.dueDay, state.papers.at(-1)?.kind]).toEqual([later(10), addDays(dayOf(later(10)), 20), 'SEALING_APPRAISAL']);
    expect(missing(state, sample('BEGIN_APPRAISAL', later(11)), later(11))[0]).toContain('查封、扣押期限之内');
    const before = sealed().running.T21?.dueDay;
    const early = must(state, sample('END_APPRAISAL', later(16)), later(16));
    expect([early.running.T21p, early.running.T21?.pausedAt, early.running.T21?.dueDay]).toEqual([undefined, undefined, before === undefined ? undefined : addDays(before, 6)]);
    expect(missing(early, sample('END_APPRAISAL', later(17)), later(17))).toEqual(['正在进行的检测、鉴定']);
  });

  it('原定末日之后仍在鉴定的不算超期；告知的期间届满由平台恢复计算，此后期满照样超期', () => {
    const during = sweep(tested(), later(30));
    expect([during.taken, during.state.sealing]).toEqual([[], 'SEALED']);
    const resumed = sweep(tested(), later(31));
    expect([resumed.taken, resumed.state.running.T21?.pausedAt]).toEqual([['LAPSE_APPRAISAL'], undefined]);
    const due = resumed.state.running.T21?.dueAt ?? 0;
    expect(sweep(resumed.state, instant(due)).state.sealing).toBe('SEALING_OVERRUN');
  });

  it('期间停着不能延长；解除时一并结束', () => {
    expect(missing(tested(), sample('EXTEND_SEALING', later(12)), later(12))[0]).toContain('查封、扣押期限之内');
    const released = must(tested(), sample('RELEASE_SEALING', later(12)), later(12));
    expect([released.running.T21, released.running.T21p]).toEqual([undefined, undefined]);
  });

  it('告知书写明事项、机构、期间和费用由谁承担', () => {
    const { text, sealed: signed } = paperOf(sealed(), 'SEALING_APPRAISAL', 'BEGIN_APPRAISAL', later(10));
    for (const words of ['控制柜程序的技术鉴定', '清川市司法鉴定中心', '不计入查封、扣押期限', '费用由我局承担']) expect(text).toContain(words);
    expect(signed).toBe(true);
  });
});
