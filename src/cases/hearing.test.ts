import { describe, expect, it } from 'vitest';
import { demoAccountId } from '#access';
import { instant, type Instant } from '#kernel';
import type { CaseCommand, CommandKind, CommandOf } from './commands/index.ts';
import { sample } from './testing/index.ts';
import { act, DAY, investigated, must, noticed, start, walk } from './testing/pure-case.ts';

const with_ = <K extends CommandKind>(kind: K, now: Instant, more: Partial<CommandOf<K>>): CaseCommand => ({ ...sample(kind, now), ...more }) as CaseCommand;
const later = (days: number) => instant(start + days * DAY);
const severe = () =>
  walk(
    must(walk(investigated(), ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'SET_DISCRETION'], start), with_('DELIBERATE', start, { penalties: ['FINE', 'LIMIT_PRODUCTION'] }), start),
    ['SEND_NOTICE', 'RECORD_NOTICE_DELIVERED'],
    start,
  );
/** Told of a hearing in twenty days, and the notice has arrived. */
const told = () => walk(severe(), ['REQUEST_HEARING', 'GRANT_HEARING', 'RECORD_PAPER_DELIVERED'], start);
const arrives = (paperId: string, now: Instant) => with_('RECORD_PAPER_DELIVERED', now, { paperId });

describe('听证通知的送达', () => {
  const granted = () => walk(severe(), ['REQUEST_HEARING', 'GRANT_HEARING'], start);
  const absent = with_('HOLD_HEARING', start, { attended: false });

  it('没有送达的通知不能使当事人缺席：既不能举行，也不能记为放弃，只能延期并重新通知', () => {
    const refused = act(granted(), absent, later(21));
    expect(refused).toMatchObject({ ok: false, missing: [expect.stringContaining('送达当事人的记录')] });
    expect(refused).toMatchObject({ basis: expect.stringContaining('第六十四条') });
    const moved = must(granted(), with_('POSTPONE_HEARING', start, { heldAt: later(40) }), later(21));
    expect(act(moved, absent, later(41))).toMatchObject({ ok: false });
    expect(must(must(moved, arrives('HEARING_POSTPONEMENT', later(22)), later(22)), absent, later(41))).toMatchObject({ main: 'DEFENCE_REVIEW', hearing: { outcome: 'ABSENT' } });
  });

  it('七个工作日自送达之日起算，不自签发之日起算', () => {
    // 3月16日签发、定于4月5日；3月27日送达时七个工作日至4月8日（清明节放假）。
    const late = must(granted(), arrives('HEARING_SESSION_NOTICE', later(11)), later(11));
    expect(act(late, absent, later(21))).toMatchObject({ ok: false, missing: [expect.stringContaining('七个工作日之前送达')] });
    expect(must(must(granted(), arrives('HEARING_SESSION_NOTICE', later(3)), later(3)), absent, later(21)).hearing?.outcome).toBe('ABSENT');
  });
});

describe('听证延期', () => {
  it('当事人在听证前申请，有正当理由的延到更晚的一天，仍须提前七个工作日通知；办案期限继续停走', () => {
    expect(act(told(), with_('POSTPONE_HEARING', start, { ground: 'PARTY_ASKED' }), start)).toMatchObject({ ok: false, missing: ['当事人的延期申请'] });
    expect(act(told(), sample('REQUEST_POSTPONEMENT', start), later(21))).toMatchObject({ ok: false, missing: ['听证举行之前的延期申请'] });
    const asked = must(told(), sample('REQUEST_POSTPONEMENT', start), later(2));
    expect(act(asked, with_('POSTPONE_HEARING', start, { ground: '随便' }), later(3))).toMatchObject({ ok: false, code: 'CASE-003' });
    expect(act(asked, with_('POSTPONE_HEARING', start, { heldAt: later(10) }), later(3))).toMatchObject({ ok: false, missing: expect.arrayContaining(['晚于原定时间的听证时间']) });
    expect(act(asked, with_('POSTPONE_HEARING', start, { heldAt: later(24) }), later(18))).toMatchObject({ ok: false, missing: [expect.stringContaining('提前七个工作日通知')] });
    const moved = must(asked, with_('POSTPONE_HEARING', start, { ground: 'PARTY_ASKED', heldAt: later(40) }), later(3));
    expect([moved.main, moved.hearing?.heldAt, moved.running.T7?.startedAt]).toEqual(['HEARING_NOTICED', later(40), later(3)]);
    expect(moved.running.T8?.pausedAt).toBeDefined();
    expect(act(moved, sample('HOLD_HEARING', start), later(21))).toMatchObject({ ok: false, missing: ['到达通知的听证时间', expect.stringContaining('送达当事人的记录')] });
    expect(must(must(moved, arrives('HEARING_POSTPONEMENT', later(4)), later(4)), sample('HOLD_HEARING', start), later(41))).toMatchObject({ main: 'DEFENCE_REVIEW', excluded: [{}, { ground: 'HEARING', from: start, to: later(41) }] });
  });

  it('申请未答复不能开听证；不同意的须说明理由', () => {
    const asked = must(told(), sample('REQUEST_POSTPONEMENT', start), later(2));
    expect(act(asked, sample('HOLD_HEARING', start), later(21))).toMatchObject({ ok: false, missing: ['对延期听证申请的答复'] });
    expect(act(told(), sample('REFUSE_POSTPONEMENT', start), later(3))).toMatchObject({ ok: false, missing: ['尚未答复的延期申请'] });
    const refused = must(asked, sample('REFUSE_POSTPONEMENT', start), later(3));
    expect(refused.papers.at(-1)?.kind).toBe('POSTPONEMENT_REFUSAL');
    expect(must(refused, sample('HOLD_HEARING', start), later(21)).main).toBe('DEFENCE_REVIEW');
  });
});

describe('主持人回避与中止听证', () => {
  it('申请主持人回避须有决定；同意的另行指定，原主持人不能再主持', () => {
    const asked = must(told(), sample('ASK_HOST_RECUSAL', start), later(2));
    expect(act(asked, sample('HOLD_HEARING', start), later(21))).toMatchObject({ ok: false, missing: ['对主持人回避申请的决定'] });
    const same = { accepted: true, hostId: demoAccountId('hearing') };
    expect(act(asked, with_('ANSWER_HOST_RECUSAL', start, same), later(3))).toMatchObject({ ok: false, missing: ['另行指定的听证主持人'] });
    const other = must(asked, with_('ANSWER_HOST_RECUSAL', start, { accepted: true, hostId: demoAccountId('legal') }), later(3));
    expect(other.hearing?.hostId).toBe(demoAccountId('legal'));
    expect(must(must(asked, sample('ANSWER_HOST_RECUSAL', start), later(3)), sample('HOLD_HEARING', start), later(21)).main).toBe('DEFENCE_REVIEW');
  });

  it('听证中出现须核实的新事实的中止，消除后另行通知恢复；听证时间都不计入办案期限', () => {
    expect(act(told(), sample('ADJOURN_HEARING', start), later(5))).toMatchObject({ ok: false, missing: ['到达通知的听证时间'] });
    const adjourned = must(told(), sample('ADJOURN_HEARING', start), later(21));
    expect(adjourned.main).toBe('HEARING_ADJOURNED');
    expect(must(adjourned, sample('SUBMIT_DEFENCE', start), later(22)).defence).toHaveLength(2);
    const on = must(adjourned, sample('RESUME_HEARING', later(30)), later(30));
    expect([on.main, on.hearing?.heldAt]).toEqual(['HEARING_NOTICED', later(50)]);
    const held = must(must(on, arrives('HEARING_RESUMPTION', later(31)), later(31)), sample('HOLD_HEARING', start), later(51));
    expect(held.excluded.at(-1)).toMatchObject({ ground: 'HEARING', to: later(51) });
    expect(must(adjourned, sample('WITHDRAW_HEARING', start), later(25)).main).toBe('DEFENCE_WINDOW');
  });
});

describe('当事人的疑问与申辩', () => {
  it('[SH-18.1] 决定之前，每个疑问都须答复，每点申辩都须告知采纳与否和理由', () => {
    const asked = must(investigated(), sample('ASK_QUESTION', start), start);
    const ready = walk(walk(asked, ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'SET_DISCRETION', 'DELIBERATE', 'SEND_NOTICE', 'RECORD_NOTICE_DELIVERED', 'SUBMIT_DEFENCE'], start), ['CLOSE_WINDOW'], later(8));
    const reviewed = must(ready, sample('REVIEW_DEFENCE', later(8), ready), later(8));
    expect(reviewed.papers.slice(-2).map((paper) => paper.kind)).toEqual(['DEFENCE_REVIEW', 'DEFENCE_REPLY']);
    const passed = walk(reviewed, ['PASS_LEGAL_REVIEW'], later(8));
    expect(act(passed, sample('DECIDE', later(8)), later(8))).toMatchObject({ ok: false, missing: expect.arrayContaining([expect.stringContaining('折算基准氧含量')]) });
    const answered = must(passed, sample('ANSWER_QUESTION', later(8), passed), later(8));
    expect(answered.papers.at(-1)?.kind).toBe('QUESTION_ANSWER');
    expect(act(answered, sample('ANSWER_QUESTION', later(8), passed), later(8))).toMatchObject({ ok: false, missing: ['尚未答复的当事人疑问'] });
    expect(must(answered, sample('DECIDE', later(8)), later(8)).main).toBe('DECIDED');
    expect(noticed().questions).toEqual([]);
  });
});
