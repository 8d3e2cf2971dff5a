import { describe, expect, it, vi } from 'vitest';
import { instant } from '#kernel';
import { fileQuality, problemsAt, QUALITY_RULES } from './file-quality.ts';
import { causeOf, chargedKeys } from '../charged-acts.ts';
import type { CaseCommand, CommandOf } from '../commands/index.ts';
import { PAPER_KINDS } from '../papers/paper-kinds.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { sample } from '../testing/index.ts';
import { act, DAY, investigated, law, must, noticed, received, start, walk } from '../testing/pure-case.ts';

const performing = () => walk(must(noticed(), sample('WAIVE_RIGHTS', start), start), ['PASS_LEGAL_REVIEW', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'], start);
const report = (state: PenaltyCase) => fileQuality({ state, law, now: start });
const outcomeOf = (state: PenaltyCase, no: number) => report(state).find((line) => line.no === no);

describe('案卷评查的二十五项重大问题', () => {
  it('二十五项齐全，另有本平台五项，每项写明条文和卷内所在文书', () => {
    expect(QUALITY_RULES.map((rule) => rule.no)).toEqual(Array.from({ length: 31 }, (_, i) => i + 1));
    for (const rule of QUALITY_RULES) {
      expect(rule.article, String(rule.no)).not.toBe('');
      expect(PAPER_KINDS[rule.paper], String(rule.no)).toBeDefined();
    }
  });

  it('法制审核一步只评查一次案卷：审核要点、检查条件与意见书用同一份报告', () => {
    const rule = QUALITY_RULES[0];
    if (rule === undefined) throw new Error('no rule');
    const before = must(noticed(), sample('WAIVE_RIGHTS', start), start);
    const checked = vi.spyOn(rule, 'check');
    must(before, sample('PASS_LEGAL_REVIEW', start), start);
    expect(checked).toHaveBeenCalledTimes(1);
    checked.mockRestore();
  });

  it('依法办理的案卷没有一项问题；刚收到的案卷什么也不下结论', () => {
    expect(report(performing()).filter((line) => line.outcome === 'PROBLEM')).toEqual([]);
    expect(report(performing()).filter((line) => line.outcome === 'SOUND').length).toBeGreaterThan(18);
    expect(report(received()).filter((line) => line.outcome === 'PROBLEM')).toEqual([]);
  });

  it('案由只由一个函数说出：案卷质量、文书与案件页一致，数项违法行为逐项列明', () => {
    const several = must(investigated(), sample('ADD_VIOLATION', start), start);
    const cause = causeOf(law, chargedKeys(several)).zh;
    expect(cause.split('；')).toEqual(chargedKeys(several).map((key) => law.violation(key).cause));
    expect(outcomeOf(several, 10)?.found).toContain(`“${cause}”`);
  });

  // Each change plants one defect that a lawful walk cannot produce; the rule of that number must name it.
  const base = performing();
  const planted: readonly [number, string, PenaltyCase][] = [
    [2, '证件', { ...base, officers: base.officers.map(({ certificate: _lost, ...o }) => o) }],
    [5, '当事人身份证明', { ...base, evidence: base.evidence.filter((e) => e.point !== 'PARTY') }],
    [6, '未经审核', { ...base, evidence: [...base.evidence, { ...base.evidence[0]!, itemId: 'X', evidenceKind: 'ELECTRONIC_DATA', source: { from: 'PLATFORM_DATA', dataRef: 'data:DA001:1:2' } }] }],
    [7, '突发', { ...base, defence: [{ pointId: 'D', point: '设备突发故障，没有过错', proof: '', at: start }] }],
    [9, '有效期', { ...base, discretion: { ...base.discretion!, basisId: 'CODE1107-AIR' } }],
    [11, '不在', { ...base, proposal: { ...base.proposal!, amount: 50_000 } }],
    [12, '集体讨论', { ...base, discretion: { ...base.discretion!, trace: { ...base.discretion!.trace, mitigation: { ground: '立功', percentOff: '20' } } } }],
    [14, '五个工作日', { ...base, waived: false }],
    [15, '没有答复', { ...base, defence: [{ pointId: 'D', point: '金额过高', proof: '', at: start }] }],
    [16, '未举行', { ...base, hearing: { requestedAt: start } }],
    [17, '集体讨论记录', { ...base, proposal: { ...base.proposal!, collectiveDue: true } }],
    [18, '法制审核', { ...base, papers: base.papers.filter((p) => p.kind !== 'LEGAL_REVIEW') }],
    [19, '没有重新审核', { ...base, papers: [...base.papers, { ...base.papers[0]!, kind: 'DEFENCE_REVIEW' }] }],
    [20, '前发现', { ...base, handedOverAt: instant(start + 900 * DAY) }],
    [21, '同一人', { ...base, duties: [...base.duties, { accountId: base.officers[0]!.accountId, duty: 'case-reviewer' }] }],
    [22, '没有送达', { ...base, papers: [...base.papers, { ...base.papers[0]!, title: '按日连续处罚决定书' }] }],
  ];
  it.each(planted)('第 %i 项：植入缺陷即被指出（%s）', (no, word, state) => {
    expect(outcomeOf(state, no)).toMatchObject({ outcome: 'PROBLEM' });
    expect(outcomeOf(state, no)?.found).toContain(word);
  });

  it('有问题的案卷走不到下一步，拒绝写明是第几项', () => {
    const ready = walk(must(noticed(), sample('WAIVE_RIGHTS', start), start), ['PASS_LEGAL_REVIEW'], start);
    const lapsed = { ...ready, officers: ready.officers.slice(0, 1) };
    const refused = act(lapsed, sample('DECIDE', start), start);
    expect(refused).toMatchObject({ ok: false, code: 'CASE-003', basis: expect.stringContaining('案卷评查细则') });
    if (!refused.ok) expect(refused.missing?.[0]).toContain('第 2 项');
    expect(problemsAt({ state: ready, law, now: start }, 'DECIDE')).toEqual([]);
  });

  it('[JS-14.3] [SH-6.3b] 上海收到报告立案后须到现场：只有桌面证据不能结束调查，转现场写明理由；不由报告而来的案件不必', () => {
    const byScreen = { ...investigated(), region: 'shanghai' as PenaltyCase['region'] };
    expect(act(byScreen, sample('FINISH_INVESTIGATION', start), start)).toMatchObject({ ok: true });
    const shanghai = { ...byScreen, route: 'LAB_REPORT' };
    const refused = act(shanghai, sample('FINISH_INVESTIGATION', start), start);
    expect(refused).toMatchObject({ ok: false, code: 'CASE-003' });
    if (!refused.ok) expect(refused.missing?.[0]).toContain('现场检查取得的证据（沪环执法〔2021〕75号 三（六）三）');
    const switched = must(shanghai, { ...sample('SWITCH_MODE', start), ground: 'CHECK_AFTER_FILING' } as CaseCommand, start);
    const seen = must(switched, { ...(sample('ATTACH_EVIDENCE', start) as CommandOf<'ATTACH_EVIDENCE'>), point: 'CONDITION', evidenceKind: 'DOCUMENT', mode: 'ONSITE', source: { from: 'RECORD', note: '现场检查笔录' } }, start);
    expect(act(seen, sample('FINISH_INVESTIGATION', start), start)).toMatchObject({ ok: true });
  });
});
