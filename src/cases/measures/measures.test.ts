import { describe, expect, it } from 'vitest';
import { calendarDay, dayOf, instant, isRefusal, type Instant } from '#kernel';
import { addWorkingDays } from '#law';
import type { CaseCommand, CommandKind, CommandOf } from '../commands/index.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { cast, sample } from '../testing/index.ts';
import { act, DAY, filed, investigated, law, must, start, walk } from '../testing/pure-case.ts';
import { whatIsMissing } from '../views/what-is-missing.ts';

const with_ = <K extends CommandKind>(kind: K, now: Instant, more: Partial<CommandOf<K>>): CaseCommand =>
  ({ ...sample(kind, now), ...more }) as CaseCommand;
const later = (days: number) => instant(start + days * DAY);
const missing = (state: PenaltyCase, command: CaseCommand, now: Instant, by?: Parameters<typeof act>[3]): readonly string[] => {
  const result = act(state, command, now, by);
  return isRefusal(result) ? (result.missing ?? [result.code]) : [];
};

const performing = (penalties: CommandOf<'DELIBERATE'>['penalties'] = ['FINE']) => {
  const reviewed = walk(investigated(), ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'SET_DISCRETION'], start);
  const told = walk(must(reviewed, with_('DELIBERATE', start, { penalties }), start), ['SEND_NOTICE', 'RECORD_NOTICE_DELIVERED', 'WAIVE_RIGHTS', 'PASS_LEGAL_REVIEW'], start);
  const agreed = told.main === 'COLLECTIVE_DISCUSSION' ? must(told, sample('RECORD_DISCUSSION', start), start) : told;
  return walk(agreed, ['DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'], start);
};

describe('先行登记保存（处罚法 第五十六条）', () => {
  it('批准、实施、七个工作日内处理；呈批人不得自批，实施不得超出批准的清单', () => {
    const proposed = must(filed(), sample('PROPOSE_PRESERVATION', start), start);
    const approved = must(proposed, sample('APPROVE_PRESERVATION', start), start);
    // 3月16日作出，七个工作日为3月25日。
    expect(approved.running.T4).toMatchObject({ dueDay: '2026-03-25', effect: 'DEEMED' });
    const more = sample('CARRY_OUT_PRESERVATION', later(1)) as CommandOf<'CARRY_OUT_PRESERVATION'>;
    const beyond = { ...more, things: [...more.things, { ...more.things[0]!, item: '另一台设备' }] };
    expect(missing(approved, beyond, later(1))).toEqual(['对“另一台设备”的批准']);
    const kept = must(approved, more, later(1));
    const done = must(kept, sample('HANDLE_PRESERVATION', later(3)), later(3));
    expect(done).toMatchObject({ preservation: 'PRESERVATION_HANDLED' });
    expect(done.running.T4).toBeUndefined();
    expect(done.papers.map((p) => p.kind)).toEqual(expect.arrayContaining(['PRESERVATION_ORDER', 'PRESERVATION_LIST', 'PRESERVATION_RECORD', 'PRESERVATION_RESULT']));
  });

  it('逾期未处理的自动解除：不能再处理，平台登记，时钟关闭', () => {
    const kept = walk(filed(), ['PROPOSE_PRESERVATION', 'APPROVE_PRESERVATION', 'CARRY_OUT_PRESERVATION'], start);
    expect(missing(kept, sample('HANDLE_PRESERVATION', later(11)), later(11))).toEqual(['登记保存七个工作日内（逾期自动解除）']);
    const lapsed = must(kept, sample('LAPSE_PRESERVATION', later(11)), later(11));
    expect(lapsed).toMatchObject({ preservation: 'PRESERVATION_LAPSED' });
    expect(Object.keys(lapsed.running)).toEqual(['T8']);
    expect(must(lapsed, sample('PROPOSE_PRESERVATION', later(12)), later(12)).preservation).toBe('PRESERVATION_PROPOSED');
  });

  it('紧急登记保存自取得之时起二十四小时内补办审批；无人到场须有见证人', () => {
    const absent = with_('PRESERVE_URGENTLY', start, { partyPresent: false, partyName: '', witness: '', refusal: '通知后无人到场' });
    expect(missing(filed(), absent, start)).toEqual(['当事人不到场时的见证人']);
    const approved = walk(filed(), ['PROPOSE_SEALING', 'APPROVE_SEALING'], start);
    expect(missing(approved, with_('CARRY_OUT_SEALING', start, { orderHandedTo: '' }), start)).toEqual(['当场交付决定书和清单的接收人']);
    expect(missing(approved, with_('CARRY_OUT_SEALING', start, { partyPresent: false, witness: '赵某', refusal: '通知后无人到场' }), start)).toEqual([expect.stringContaining('另行送达')]);
    const urgent = must(filed(), sample('PRESERVE_URGENTLY', start), start);
    const { takenAt } = sample('PRESERVE_URGENTLY', start) as CommandOf<'PRESERVE_URGENTLY'>;
    expect(urgent.running.T4b?.dueAt).toBe(takenAt + DAY);
    expect(must(urgent, sample('CONFIRM_PRESERVATION', start), start)).toMatchObject({ preservation: 'PRESERVED', running: { T4: { clock: 'T4' } } });
    const given = must(urgent, sample('REJECT_PRESERVATION', start), start);
    expect([given.running.T4, given.papers.slice(-2).map((p) => p.kind)]).toEqual([undefined, ['PRESERVATION_APPROVAL', 'PRESERVATION_RESULT']]);
    expect(walk(filed(), ['PROPOSE_PRESERVATION', 'REJECT_PRESERVATION'], start).papers.at(-1)?.kind).toBe('PRESERVATION_APPROVAL');
    // 未补办审批的，不能以处理证据代替。
    expect(act(urgent, sample('HANDLE_PRESERVATION', start), start)).toMatchObject({ code: 'CASE-002' });
  });
});

describe('查封、扣押（行政强制法 第二十五条）', () => {
  const sealed = () => walk(filed(), ['PROPOSE_SEALING', 'APPROVE_SEALING', 'CARRY_OUT_SEALING'], start);

  it('[SH-5.4] 情形法定、物品有关、比例说明；可免于查封的单位须说明为何仍须查封', () => {
    expect(missing(filed(), with_('PROPOSE_SEALING', start, { situation: '随便' }), start)[0]).toContain('查封、扣押的情形');
    expect(missing(filed(), with_('PROPOSE_SEALING', start, { sparedKind: 'LIVELIHOOD' }), start)).toEqual(['仍须查封、扣押的理由']);
    const command = sample('PROPOSE_SEALING', start) as CommandOf<'PROPOSE_SEALING'>;
    const unrelated = { ...command, things: [{ ...command.things[0]!, item: '职工宿舍', relation: '生活必需' }] };
    expect(missing(filed(), unrelated, start)[0]).toContain('职工宿舍');
  });

  it('一份决定、一份清单：批准前可以重新呈批把清单补全，批准、实施都以补全后的为准；换人呈批须先退回', () => {
    const [first] = (sample('PROPOSE_SEALING', start) as CommandOf<'PROPOSE_SEALING'>).things;
    const things = [first!, { ...first!, item: '氨水储罐', relation: '脱硝旁路所用' }];
    const proposed = must(filed(), sample('PROPOSE_SEALING', start), start);
    const whole = with_('PROPOSE_SEALING', later(1), { things });
    expect(missing(proposed, whole, later(1), cast.officer2)).toEqual(['原呈批人（他人呈批的，先由审批人退回）']);
    const again = must(proposed, whole, later(1));
    expect(again).toMatchObject({ sealing: 'SEALING_PROPOSED', latest: { PROPOSE_SEALING: { command: { things } } } });
    expect(again.papers.filter((paper) => paper.kind === 'SEALING_PROPOSAL')).toHaveLength(2);
    const spot = (state: PenaltyCase) => missing(must(state, sample('APPROVE_SEALING', later(2)), later(2)), with_('CARRY_OUT_SEALING', later(3), { things }), later(3));
    expect([spot(proposed), spot(again)]).toEqual([['对“氨水储罐”的批准'], []]);
    const approved = must(again, sample('APPROVE_SEALING', later(2)), later(2));
    expect(act(approved, whole, later(2))).toMatchObject({ code: 'CASE-002' });
  });

  it('三十日，可延三十日一次；延长自原期限届满起算，期满不能再延', () => {
    const state = sealed();
    expect(state.running.T21?.dueDay).toBe('2026-04-15');
    const longer = must(state, sample('EXTEND_SEALING', later(20)), later(20));
    expect(longer).toMatchObject({ sealing: 'SEALED_LONGER', running: { T21x: { dueDay: '2026-05-15' } } });
    expect(longer.running.T21).toBeUndefined();
    expect(act(longer, sample('EXTEND_SEALING', later(40)), later(40))).toMatchObject({ code: 'CASE-002' });
    expect(missing(state, sample('EXTEND_SEALING', later(31)), later(31))[0]).toContain('查封、扣押期限之内');
  });

  it('期满未解除的由平台登记，期限保持红色直到解除，结案受阻', () => {
    const over = must(sealed(), sample('RECORD_SEALING_OVERRUN', later(31)), later(31));
    expect(over).toMatchObject({ sealing: 'SEALING_OVERRUN', running: { T21: { clock: 'T21' } } });
    const asked = must(over, sample('REQUEST_RELEASE', later(32)), later(32));
    expect(must(asked, with_('CHECK_RELEASE', later(33), { fit: false }), later(33)).sealing).toBe('SEALING_OVERRUN');
    const freed = walk(over, ['RELEASE_SEALING', 'RECORD_RELEASE_DELIVERED'], later(32));
    expect(freed.sealing).toBe('RELEASED');
    expect(freed.running.T21).toBeUndefined();
    const ended = must(over, sample('REVOKE_FILING', later(32)), later(32));
    expect(missing(ended, with_('PROPOSE_CLOSING', later(33), { ground: 'REVOKED' }), later(33))[0]).toContain('查封、扣押的了结');
  });

  it('解除申请五个工作日内检查，解除决定三个工作日内送达；紧急查封二十四小时补办', () => {
    const asked = must(sealed(), sample('REQUEST_RELEASE', start), start);
    expect(asked.running.T21c?.dueDay).toBe('2026-03-23');
    const decided = walk(asked, ['CHECK_RELEASE', 'RELEASE_SEALING'], later(1));
    expect(decided.running.T21d?.dueDay).toBe('2026-03-20');
    const urgent = must(filed(), sample('SEAL_URGENTLY', start), start);
    expect(Object.keys(urgent.running).toSorted()).toEqual(['T21', 'T21b', 'T8']);
    expect(must(urgent, sample('REJECT_SEALING', start), start)).toMatchObject({ sealing: 'RELEASE_DECIDED', running: { T21d: { clock: 'T21d' } } });
  });
});

describe('限制生产、停产整治', () => {
  it('没有含该处罚种类的决定，这一步根本不出现；有听证权并须集体讨论', () => {
    const fineOnly = performing();
    expect(whatIsMissing(fineOnly, cast.head, law, start).some((s) => s.command === 'ORDER_PRODUCTION')).toBe(false);
    const limited = performing(['FINE', 'LIMIT_PRODUCTION']);
    expect(limited.proposal).toMatchObject({ hearingRight: true, collectiveDue: true });
    expect(missing(limited, with_('ORDER_PRODUCTION', start, { measure: 'STOP_PRODUCTION', situation: 'ACCIDENT' }), start)).toHaveLength(1);
    expect(missing(limited, with_('ORDER_PRODUCTION', start, { situation: 'ACCIDENT' }), start)).toEqual(['与所责令措施相符的法定情形']);
  });

  it('送达七个工作日、期限三个月加三个月、方案十五个工作日、备案解除后三十日跟踪检查', () => {
    const limited = must(performing(['FINE', 'LIMIT_PRODUCTION']), sample('ORDER_PRODUCTION', start), start);
    expect(limited.running).toMatchObject({ T22: { dueDay: '2026-03-25' }, T22b: { dueDay: '2026-06-16' } });
    const under = must(limited, sample('RECORD_PRODUCTION_DELIVERED', later(2)), later(2));
    expect(under).toMatchObject({ production: 'UNDER_LIMIT', running: { T22c: { dueDay: '2026-04-09' } } });
    const longer = walk(under, ['FILE_PLAN', 'EXTEND_LIMIT'], later(30));
    // 9月16日为工作日；从原期限届满之日起三个月。
    expect(longer.running.T22bx?.dueDay).toBe('2026-09-16');
    expect(missing(longer, sample('EXTEND_LIMIT', later(31)), later(31))).toHaveLength(1);
    const filedUp = walk(longer, ['REPORT_COMPLETION', 'FILE_COMPLETION'], later(60));
    // 备案期限自整改完成之日起算，不自报告之日起算；完成日不能在以后。
    const completed = (day: number) => with_('REPORT_COMPLETION', later(60), { completedOn: dayOf(later(day)) });
    expect(must(longer, completed(50), later(60)).running.T22d?.dueDay).toBe(addWorkingDays(law.calendar, dayOf(later(50)), 15).day);
    expect(missing(longer, completed(61), later(60))).toEqual(['不晚于今日的日期']);
    expect(filedUp).toMatchObject({ production: 'LIMIT_ENDED', running: { T22e: { clock: 'T22e' } } });
    expect(must(filedUp, sample('FOLLOW_UP_PRODUCTION', later(80)), later(80)).production).toBe('FOLLOWED_UP');
  });

  it('决定未送达、被撤销，或者案件已结的，不能再责令限产；行政拘留移送同样如此', () => {
    const limited = performing(['FINE', 'LIMIT_PRODUCTION']);
    const ORDER = '经告知、听证权和集体讨论作出并已送达、未被撤销的、含该处罚种类的行政处罚决定';
    const order = (state: PenaltyCase) => missing(state, sample('ORDER_PRODUCTION', later(9)), later(9));
    const sent: PenaltyCase = { ...limited, decision: { outcome: 'PENALTY', decidedAt: start, amount: 1 } };
    const revoked = must(must(limited, sample('RECORD_REMEDY', later(5)), later(5)), with_('RECORD_REMEDY_OUTCOME', later(8), { outcome: 'REVOKED' }), later(8));
    expect([order(limited), order(sent), order(revoked)]).toEqual([[], [ORDER], [ORDER]]);
    expect(order({ ...limited, main: 'CLOSED' })).toEqual(['已立案且未结案的案件']);

    const tamper = (state: PenaltyCase): PenaltyCase => ({ ...state, violation: 'DATA_TAMPER_DISCHARGE' });
    const detain = (state: PenaltyCase) => missing(tamper(state), sample('PROPOSE_DETENTION', later(9)), later(9));
    expect([detain(limited), detain(sent), detain(revoked)]).toEqual([[], ['已经送达且未被撤销的行政处罚决定'], ['已经送达且未被撤销的行政处罚决定']]);
    const approved = walk(tamper(limited), ['PROPOSE_DETENTION', 'APPROVE_DETENTION'], later(2));
    const after: PenaltyCase = { ...approved, decision: { ...approved.decision!, overturned: true } };
    expect(missing(after, sample('SEND_DETENTION', later(3)), later(3))).toEqual(['已经送达且未被撤销的行政处罚决定']);
    const taken = must(after, sample('REJECT_DETENTION', later(3)), later(3));
    expect([taken.detention, taken.running.T24]).toEqual(['NO_DETENTION', undefined]);
  });

  it('报告整改完成不锁死限产：备案前照样检查、登记违反、认定未完成；期满后三十日内跟踪检查', () => {
    const under = must(must(performing(['FINE', 'LIMIT_PRODUCTION']), sample('ORDER_PRODUCTION', start), start), sample('RECORD_PRODUCTION_DELIVERED', later(2)), later(2));
    const reported = must(under, sample('REPORT_COMPLETION', later(10)), later(10));
    expect(must(reported, sample('CHECK_PRODUCTION', later(11)), later(11)).production).toBe('COMPLETION_REPORTED');
    const broken = must(reported, sample('RECORD_BREACH', later(11)), later(11));
    expect([broken.production, broken.running.T22d]).toEqual(['LIMIT_BROKEN', undefined]);
    const back = must(reported, sample('RETURN_COMPLETION', later(11)), later(11));
    expect([back.production, back.running.T22d, back.running.T22b !== undefined]).toEqual(['UNDER_LIMIT', undefined, true]);
    const expired = must(reported, sample('EXPIRE_LIMIT', later(95)), later(95));
    expect(expired).toMatchObject({ production: 'LIMIT_EXPIRED', running: { T22e: { dueDay: '2026-07-20' } } });
    expect(expired.running.T22d).toBeUndefined();
    const again = must(must(expired, sample('REPORT_COMPLETION', later(96)), later(96)), sample('RETURN_COMPLETION', later(97)), later(97));
    expect(again.production).toBe('LIMIT_EXPIRED');
    expect(must(again, sample('FOLLOW_UP_PRODUCTION', later(100)), later(100)).running.T22e).toBeUndefined();
  });

  it('停产整治没有三个月期限；限产期间仍超标的记录后可以报请关闭', () => {
    const stopped = must(performing(['FINE', 'STOP_PRODUCTION']), with_('ORDER_PRODUCTION', start, { measure: 'STOP_PRODUCTION', situation: 'ACCIDENT' }), start);
    expect(stopped.running.T22b).toBeUndefined();
    const under = must(performing(['FINE', 'LIMIT_PRODUCTION']), sample('ORDER_PRODUCTION', start), start);
    const broken = walk(under, ['RECORD_PRODUCTION_DELIVERED', 'RECORD_BREACH', 'PROPOSE_CLOSURE'], later(9));
    expect(broken).toMatchObject({ production: 'CLOSURE_PROPOSED' });
    expect([broken.running.T22b, broken.running.T22c]).toEqual([undefined, undefined]);
  });
});

describe('移送', () => {
  const sent = () => walk(investigated(), ['PROPOSE_TRANSFER', 'GIVE_TRANSFER_OPINION', 'APPROVE_TRANSFER', 'SEND_TRANSFER'], start);

  it('法制意见在先；公安机关的期限三日、七日、三十日都从移送起算', () => {
    expect(missing(must(investigated(), sample('PROPOSE_TRANSFER', start), start), sample('APPROVE_TRANSFER', start), start)).toEqual(['法制机构对移送的意见']);
    expect(sent().running.T23c?.dueDay).toBe('2026-03-19');
    const check = must(sent(), sample('RECORD_POLICE_TERM', later(2)), later(2));
    expect(check.running).toMatchObject({ T23cx: { dueDay: '2026-03-23' } });
    const complex = must(sent(), with_('RECORD_POLICE_TERM', later(2), { need: 'COMPLEX' }), later(2));
    expect(complex.running).toMatchObject({ T23cy: { dueDay: '2026-04-15' } });
  });

  it('没有执法人员的记录、没有经审核的数据或者审核意见的，呈批和移送都指明缺哪一样；拘留移送还须有调查报告', () => {
    const bare = filed();
    expect(missing(bare, sample('PROPOSE_TRANSFER', start), start)).toEqual(['调查报告所需的现场检查、询问或者采样记录']);
    const approved = walk(investigated(), ['PROPOSE_TRANSFER', 'GIVE_TRANSFER_OPINION', 'APPROVE_TRANSFER'], start);
    const send = (state: PenaltyCase) => missing(state, sample('SEND_TRANSFER', start), start);
    expect(send(approved)).toEqual([]);
    expect(send({ ...approved, evidence: approved.evidence.filter(({ source }) => source.from !== 'REVIEWED_DATA') })).toEqual(['经审核的原始数据']);
    expect(send({ ...approved, evidence: approved.evidence.filter(({ point }) => point !== 'REVIEW'), course: [] })).toEqual(['调查报告所需的现场检查、询问或者采样记录', '监测、检验报告或者数据审核认定意见']);
    const tamper: PenaltyCase = { ...performing(), violation: 'DATA_TAMPER_DISCHARGE' };
    expect(missing({ ...tamper, papers: tamper.papers.filter(({ kind }) => kind !== 'INVESTIGATION_REPORT') }, sample('PROPOSE_DETENTION', start), start)).toEqual(['案件调查报告']);
  });

  it('立案后三日移交物品；不予立案三个工作日提请复议，逾期仍可建议立案监督；各条返回路线恢复办案期限', () => {
    const taken = must(sent(), sample('RECORD_POLICE_FILED', later(2)), later(2));
    // 三日届满为3月21日星期六，顺延至星期一。
    expect(taken).toMatchObject({ main: 'CRIMINAL_CASE', running: { T23d: { dueDay: '2026-03-23' } } });
    const toldLate = with_('RECORD_POLICE_FILED', later(2), { filedOn: calendarDay('2026-03-17') });
    expect(must(sent(), toldLate, later(2)).running.T23d?.dueDay).toBe('2026-03-20');
    expect(missing(sent(), with_('RECORD_POLICE_FILED', later(2), { filedOn: calendarDay('2026-03-19') }), later(2))).toEqual(['不晚于今日的日期']);
    const handed = must(taken, sample('HAND_OVER_GOODS', later(3)), later(3));
    expect(handed.running.T23d).toBeUndefined();
    expect(must(handed, sample('RECORD_NO_PUNISHMENT', later(90)), later(90))).toMatchObject({ main: 'INVESTIGATING', running: { T8: { clock: 'T8' } } });
    expect(must(handed, sample('RECORD_CONVICTION', later(90)), later(90))).toMatchObject({ main: 'TO_CLOSE' });
    const refused = must(sent(), sample('RECORD_POLICE_REFUSED', later(2)), later(2));
    expect(refused.running.T23e?.dueDay).toBe('2026-03-23');
    expect(missing(refused, sample('ASK_REFUSAL_REVIEW', later(20)), later(20))).toHaveLength(1);
    const watched = must(refused, with_('ASK_REFUSAL_REVIEW', later(20), { body: 'PROCURATORATE' }), later(20));
    const stands = must(watched, sample('RECORD_REFUSAL_UPHELD', later(30)), later(30));
    expect([stands.main, stands.running.T23e]).toEqual(['POLICE_REFUSED', undefined]);
    expect(missing(stands, with_('ASK_REFUSAL_REVIEW', later(31), { body: 'PROCURATORATE' }), later(31))).toEqual(['尚未经检察机关立案监督的不予立案决定']);
    const goesOn = must(stands, sample('ACCEPT_REFUSAL', later(31)), later(31));
    expect([goesOn.main, goesOn.running.T8?.pausedAt]).toEqual(['INVESTIGATING', undefined]);
    expect(must(watched, sample('RECORD_REFUSAL_REVERSED', later(30)), later(30)).main).toBe('CRIMINAL_CASE');
    expect(must(refused, sample('ACCEPT_REFUSAL', later(3)), later(3)).main).toBe('INVESTIGATING');
    // 公安机关复议维持的，还可以在三日内建议检察机关立案监督，办案期限仍停着；不能再次提请复议。
    const upheld = must(must(refused, sample('ASK_REFUSAL_REVIEW', later(3)), later(3)), sample('RECORD_REFUSAL_UPHELD', later(9)), later(9));
    expect(upheld).toMatchObject({ main: 'POLICE_REFUSED', running: { T23e: { startedAt: later(9) }, T8: { pausedAt: expect.any(Number) } } });
    expect(missing(upheld, sample('ASK_REFUSAL_REVIEW', later(10)), later(10))[0]).toContain('立案监督');
    expect(must(upheld, with_('ASK_REFUSAL_REVIEW', later(10), { body: 'PROCURATORATE' }), later(10))).toMatchObject({ main: 'REFUSAL_REVIEW' });
    const passedOn = must(sent(), sample('RECORD_POLICE_FORWARDED', later(3)), later(3));
    expect(passedOn.running.T23c?.startedAt).toBe(later(3));
  });

  it('行政拘留只用于列举的行为，且在处罚决定之后', () => {
    const air = performing();
    expect(missing(air, sample('PROPOSE_DETENTION', start), start)).toEqual(['属于依法移送行政拘留的违法行为']);
    const tamper: PenaltyCase = { ...air, violation: 'DATA_TAMPER_DISCHARGE' };
    expect(missing({ ...tamper, decision: { ...air.decision!, outcome: 'NO_PENALTY' } }, sample('PROPOSE_DETENTION', start), start)).toEqual(['已经送达且未被撤销的行政处罚决定']);
    const approved = walk(tamper, ['PROPOSE_DETENTION', 'APPROVE_DETENTION'], start);
    expect(approved.running.T24).toMatchObject({ article: '公治〔2014〕853号 待核' });
    expect(walk(approved, ['SEND_DETENTION', 'RECORD_DETENTION_ANSWER'], later(1))).toMatchObject({ detention: 'DETENTION_ANSWERED' });
  });
});

describe('损害赔偿与重大案件', () => {
  it('[SH-11.3] 磋商不超过三次，协议须经磋商；修复评估不合格继续修复；未了结不得归档', () => {
    const invited = walk(filed(), ['OPEN_DAMAGE_CLAIM', 'APPRAISE_DAMAGE', 'INVITE_TO_NEGOTIATE'], start);
    expect(missing(invited, sample('SIGN_AGREEMENT', start), start)).toEqual(['磋商会议记录']);
    const thrice = walk(invited, ['RECORD_NEGOTIATION', 'RECORD_NEGOTIATION', 'RECORD_NEGOTIATION'], start);
    expect(missing(thrice, sample('RECORD_NEGOTIATION', start), start)[0]).toContain('不超过3次');
    const repaired = walk(thrice, ['SIGN_AGREEMENT', 'CONFIRM_AGREEMENT', 'REPORT_REPAIR'], start);
    const failed = must(repaired, with_('EVALUATE_REPAIR', start, { passed: false }), start);
    expect(failed.damage).toBe('REPAIRING');
    expect(walk(failed, ['REPORT_REPAIR', 'EVALUATE_REPAIR'], start).damage).toBe('DAMAGE_SETTLED');
    const closed: PenaltyCase = { ...failed, main: 'CLOSED' };
    expect(missing(closed, sample('ARCHIVE', start), start)).toEqual(['已经了结的生态环境损害赔偿']);
  });

  it('[SH-8.2a] 重大案件十二小时内上报', () => {
    const known = must(filed(), sample('MARK_MAJOR_CASE', start), start);
    // 自案发之时起，不是自登记之时起。
    expect(known.running.T26?.dueAt).toBe(start - 2 * 3_600_000 + 12 * 3_600_000);
    expect(missing(filed(), with_('MARK_MAJOR_CASE', start, { happenedAt: start + 1 }), start)).toEqual(['不晚于现在的案发时间']);
    expect(must(known, sample('REPORT_MAJOR_CASE', start), start)).toMatchObject({ major: 'MAJOR_REPORTED' });
  });
});

describe('证据门', () => {
  it.each(['PROPOSE_PRESERVATION', 'PROPOSE_SEALING', 'SEAL_URGENTLY', 'PRESERVE_URGENTLY', 'PROPOSE_TRANSFER', 'OPEN_DAMAGE_CLAIM', 'ORDER_RECTIFICATION'] as const)(
    '[JS-12.2] %s 不得以未经审核的电子数据为依据',
    (kind) => {
      const state = investigated();
      const tainted: PenaltyCase = { ...state, evidenceRefs: [] };
      expect(act(tainted, sample(kind, start), start)).toMatchObject({ ok: false, code: 'CASE-004' });
      expect(act(state, sample(kind, start), start)).toMatchObject({ ok: true });
    },
  );
});

