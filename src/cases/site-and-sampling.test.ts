import { describe, expect, it } from 'vitest';
import { refusalFor } from '#access';
import { asId, instant, isRefusal, type AuthorityId, type Instant } from '#kernel';
import { documentKinds } from '#documents';
import type { CaseCommand, CommandKind, CommandOf } from './commands/index.ts';
import type { PenaltyCase } from './penalty-case.ts';
import { cast, sample } from './testing/index.ts';
import { act, DAY, filed, investigated, must, start, walk } from './testing/pure-case.ts';
import { transitionOf } from './transitions/transitions.ts';

const with_ = <K extends CommandKind>(kind: K, now: Instant, more: Partial<CommandOf<K>>, state?: PenaltyCase): CaseCommand => ({ ...sample(kind, now, state), ...more }) as CaseCommand;
const later = (days: number) => instant(start + days * DAY);
const missing = (state: PenaltyCase, command: CaseCommand, now: Instant, by?: Parameters<typeof act>[3]): readonly string[] => {
  const result = act(state, command, now, by);
  return isRefusal(result) ? (result.missing ?? [result.code]) : [];
};
const onSite = (state = filed()) => must(state, sample('SWITCH_MODE', start), start);
const sampled = (state = onSite()) => must(state, sample('RECORD_SAMPLING', start), start);
const reported = (state = sampled()) => must(state, sample('RECEIVE_TEST_REPORT', later(3), state), later(3));
const told = (state = reported()) => walk(state, ['TELL_TEST_RESULT', 'RECORD_TEST_RESULT_DELIVERED'], later(3));

describe('现场检查（勘察）笔录、采样记录（行政处罚法 第四十二条、第五十五条）', () => {
  it('[JS-15] 先有转现场的法定情形，后有现场检查；笔录是现场笔录类证据，列入取证要点', () => {
    expect(missing(filed(), sample('RECORD_SITE_INSPECTION', start), start)).toEqual(['转现场检查的审批（法定情形）']);
    const inspected = must(onSite(), sample('RECORD_SITE_INSPECTION', start), start);
    expect(inspected.evidence.at(-1)).toMatchObject({ evidenceKind: 'SITE_RECORD', mode: 'ONSITE', point: 'CONDITION', proves: '脱硝系统未正常运行。', source: { from: 'RECORD', note: 'cam-7' } });
    expect(inspected.papers.at(-1)?.kind).toBe('SITE_INSPECTION_RECORD');
    const tampering: PenaltyCase = { ...onSite(), violation: 'DATA_TAMPER_DISCHARGE' };
    expect(must(tampering, sample('RECORD_SITE_INSPECTION', start), start).evidence.at(-1)?.point).toBe('SITE');
    expect(sampled().evidence.at(-1)).toMatchObject({ evidenceKind: 'SITE_RECORD', point: 'SAMPLING' });
  });

  it.each(['RECORD_SITE_INSPECTION', 'RECORD_SAMPLING'] as const)('%s：拒绝签名的注明原因并有见证人；无人到场的有见证人；起止时间先后正确', (kind) => {
    expect(missing(onSite(), with_(kind, start, { signed: false }), start)).toEqual(['当事人拒绝签名的原因', '当事人拒绝签名时的见证人']);
    expect(missing(onSite(), with_(kind, start, { signed: false, refusal: '不认可检查结果', witness: '社区干部 赵某' }), start)).toEqual([]);
    expect(missing(onSite(), with_(kind, start, { partyPresent: false, partyName: '' }), start)).toEqual(['当事人不到场时的见证人', '当事人没有到场的原因']);
    expect(missing(onSite(), with_(kind, start, { partyPresent: false, partyName: '', refusal: '电话通知后表示在外地', witness: '社区干部 赵某' }), start)).toEqual([]);
    // Who carries the act out, or is its party, bears no witness of it.
    const [first, second] = onSite().officers.map(({ name }) => name);
    for (const witness of [first!, `${second}（执法人员）`, '张演示']) expect(missing(onSite(), with_(kind, start, { witness }), start), witness).toEqual(['执法人员和当事人以外的见证人']);
    expect(missing(onSite(), with_(kind, start, { endedAt: start + DAY }), start)).toEqual(['先后正确且不晚于现在的起止时间']);
  });

  it('缺一名执法人员的不成立', () => {
    const alone: PenaltyCase = { ...onSite(), officers: onSite().officers.slice(0, 1) };
    expect(missing(alone, sample('RECORD_SITE_INSPECTION', start), start)).toEqual(['第二名执法人员']);
  });
});

describe('监测（检测）报告与结果告知（生态环境行政处罚办法 第二十九条）', () => {
  it('报告对应采样、日期不倒置，收入卷内即为证据，平台收存的文件才算', () => {
    expect(missing(onSite(), sample('RECEIVE_TEST_REPORT', start), start)).toEqual(['尚未收到报告的采样']);
    const early = with_('RECEIVE_TEST_REPORT', later(3), { issuedOn: '2026-03-10' as never }, sampled());
    expect(missing(sampled(), early, later(3))).toEqual(['不早于采样（2026-03-16）的报告签发日期']);
    expect(reported().evidence.at(-1)).toMatchObject({ point: 'TEST_REPORT', provider: '清川市生态环境监测站', source: { from: 'FILE', sha256: 'd'.repeat(64) } });
    expect(missing(reported(), sample('RECEIVE_TEST_REPORT', later(4), sampled()), later(4))).toEqual(['尚未收到报告的采样']);
  });

  it('结果告知送达起五个工作日可以提异议；期限未满、异议未答复的不能结束调查', () => {
    const state = told();
    expect(state.running.TM).toMatchObject({ dueDay: '2026-03-26', effect: 'RIGHT_LAPSES' });
    const ready = (one: PenaltyCase): PenaltyCase => ({ ...one, evidence: [...one.evidence, ...investigated().evidence] });
    expect(missing(ready(sampled()), sample('FINISH_INVESTIGATION', start), start)).toEqual(['DA001 烟囱（2026-03-16采样）的监测报告']);
    expect(missing(ready(reported()), sample('FINISH_INVESTIGATION', later(3)), later(3))).toEqual(['监测结果（清监〔2026〕7号）告知当事人']);
    expect(missing(ready(state), sample('FINISH_INVESTIGATION', later(4)), later(4))).toEqual(['监测结果的异议期限届满（2026-03-26）或者当事人表示无异议']);
    expect(must(ready(state), sample('FINISH_INVESTIGATION', later(11)), later(11)).running.TM).toBeUndefined();
    const objected = must(state, sample('COMMENT_ON_RESULT', later(4), state), later(4));
    expect(objected.running.TM).toBeUndefined();
    expect(missing(ready(objected), sample('FINISH_INVESTIGATION', later(5)), later(5))).toEqual(['对监测结果（清监〔2026〕7号）异议的答复']);
    const answered = must(objected, sample('ANSWER_RESULT_COMMENT', later(5), objected), later(5));
    expect(missing(ready(answered), sample('FINISH_INVESTIGATION', later(5)), later(5))).toEqual([]);
    const content = must(state, with_('COMMENT_ON_RESULT', later(4), { objects: false, asksRetest: false, statement: '无异议。' }, state), later(4));
    expect(missing(ready(content), sample('FINISH_INVESTIGATION', later(4)), later(4))).toEqual([]);
  });

  it('异议成立的，原报告不再作为证据；决定重新采样监测的，须采样并告知结果才能结束调查', () => {
    const ready = (one: PenaltyCase): PenaltyCase => ({ ...one, evidence: [...one.evidence, ...investigated().evidence] });
    const objected = must(told(), sample('COMMENT_ON_RESULT', later(4), told()), later(4));
    const reports = (one: PenaltyCase) => one.evidence.filter((e) => e.point === 'TEST_REPORT').length;
    const retested = must(objected, with_('ANSWER_RESULT_COMMENT', later(5), { accepted: true, retest: true }, objected), later(5));
    expect([reports(objected), reports(retested)]).toEqual([1, 0]);
    expect(missing(ready(retested), sample('FINISH_INVESTIGATION', later(5)), later(5))).toEqual(['已决定的重新采样监测（清监〔2026〕7号）并告知结果']);
    const again = must(retested, with_('RECORD_SAMPLING', later(6), { takenAt: later(6) - 3_600_000, endedAt: later(6) }), later(6));
    const reportedAgain = must(again, sample('RECEIVE_TEST_REPORT', later(7), again), later(7));
    const toldAgain = walk(reportedAgain, ['TELL_TEST_RESULT', 'RECORD_TEST_RESULT_DELIVERED'], later(7));
    expect([reports(toldAgain), missing(ready(toldAgain), sample('FINISH_INVESTIGATION', later(20)), later(20))]).toEqual([1, []]);
  });

  it('期满后、送达前都不能再提；无异议的不要求复测；答复只对尚未答复的异议', () => {
    expect(missing(told(), sample('COMMENT_ON_RESULT', later(11), told()), later(11))).toEqual(['尚未届满的异议期限']);
    expect(missing(reported(), with_('COMMENT_ON_RESULT', later(3), { samplingId: reported().samplings[0]!.samplingId }), later(3))).toContain('已告知、尚未提出意见的监测结果');
    expect(missing(told(), with_('COMMENT_ON_RESULT', later(4), { objects: false, asksRetest: true }, told()), later(4))).toEqual(['要求重新监测的异议']);
    expect(missing(told(), sample('ANSWER_RESULT_COMMENT', later(4), told()), later(4))).toEqual(['尚未答复的异议']);
  });

  it('两次采样各自告知：对其一表示意见，另一份的期限不因此结束', () => {
    const second = told(reported(sampled(told())));
    const open = second.samplings.map((s) => s.samplingId);
    const one = must(second, with_('COMMENT_ON_RESULT', later(4), { samplingId: open[0]! }, second), later(4));
    expect(one.running.TM).toBeDefined();
    expect(must(one, with_('COMMENT_ON_RESULT', later(4), { samplingId: open[1]! }, one), later(4)).running.TM).toBeUndefined();
  });
});

describe('谁可以办', () => {
  it('现场与采样由本案执法人员办理；意见由当事人本人提出，不由执法人员代', () => {
    const area = { unitId: filed().unitId, authorityId: asId<AuthorityId>('A1') };
    for (const kind of ['RECORD_SITE_INSPECTION', 'RECORD_SAMPLING', 'RECEIVE_TEST_REPORT', 'TELL_TEST_RESULT', 'ANSWER_RESULT_COMMENT'] as const) {
      expect(transitionOf(kind)).toMatchObject({ actor: 'case.investigate', duty: 'investigator' });
    }
    expect(transitionOf('COMMENT_ON_RESULT').actor).toBe('case.defend');
    expect(refusalFor(cast.officer, 'case.defend', area)).toMatchObject({ status: 403 });
  });

  it('D8、D10、D11 都有版式', () => {
    expect([documentKinds.SITE_INSPECTION_RECORD.no, documentKinds.SAMPLING_RECORD.no, documentKinds.TEST_RESULT_NOTICE.no]).toEqual(['D8', 'D10', 'D11']);
  });
});
