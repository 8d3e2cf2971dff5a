import { describe, expect, it } from 'vitest';
import { instant, type Instant } from '#kernel';
import type { CaseCommand, CommandKind, CommandOf } from '../commands/index.ts';
import type { PaperKind } from './paper-kinds.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { sample } from '../testing/index.ts';
import { paperOf } from '../testing/paper-of.ts';
import { act, DAY, filed, must, noticed, orderOverdue, received, start, walk } from '../testing/pure-case.ts';

const with_ = <K extends CommandKind>(kind: K, now: Instant, more: Partial<CommandOf<K>>): CaseCommand => ({ ...sample(kind, now), ...more }) as CaseCommand;
const later = (days: number) => instant(start + days * DAY);
const performing = () => walk(must(noticed(), sample('WAIVE_RIGHTS', start), start), ['PASS_LEGAL_REVIEW', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'], start);
const refused = () => must(orderOverdue(walk(performing(), ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED'], start)), with_('CHECK_RECTIFICATION', later(20), { corrected: false }), later(20));
const onSite = () => must(filed(), sample('SWITCH_MODE', start), start);
const reported = () => {
  const taken = must(onSite(), sample('RECORD_SAMPLING', start), start);
  return must(taken, sample('RECEIVE_TEST_REPORT', later(3), taken), later(3));
};
const dailyOverdue = () =>
  must(
    walk(walk(refused(), ['PROPOSE_DAILY_PENALTY', 'SEND_DAILY_NOTICE', 'RECORD_DAILY_NOTICE_DELIVERED'], later(21)), ['CLOSE_DAILY_WINDOW', 'PASS_DAILY_LEGAL_REVIEW', 'DISCUSS_DAILY_PENALTY', 'DECIDE_DAILY_PENALTY', 'RECORD_DAILY_DELIVERED'], later(40)),
    sample('RECORD_DAILY_OVERDUE', later(57)),
    later(57),
  );
const dailyDemanded = () => walk(dailyOverdue(), ['ISSUE_DAILY_DEMAND', 'RECORD_DAILY_DEMAND_DELIVERED'], later(58));
const toClose = () => {
  const paid = must(performing(), sample('REGISTER_PAYMENT', start, performing()), start);
  return must(paid, sample('WAIVE_RECTIFICATION', start), start);
};
const sued = () => must(performing(), with_('RECORD_REMEDY', later(5), { remedy: 'LITIGATION' }), later(5));

/** Kind, the step that owes it, the case it is taken on, its day, words that only the file can have given. */
const PAPERS: readonly (readonly [PaperKind, CommandKind, () => PenaltyCase, Instant, readonly string[]])[] = [
  ['SITE_INSPECTION_RECORD', 'RECORD_SITE_INSPECTION', onSite, start, ['示范电力有限公司', '脱硝系统未正常运行', '厂长张演示到场', '核对无误后签名', 'cam-7']],
  ['SAMPLING_RECORD', 'RECORD_SAMPLING', onSite, start, ['DA001 烟囱', 'HJ 693', 'Q-01', '清川市生态环境监测站']],
  ['TEST_REPORT_RECEIPT', 'RECEIVE_TEST_REPORT', () => must(onSite(), sample('RECORD_SAMPLING', start), start), later(3), ['清监〔2026〕7号', '231012340000', '2026年3月16日', 'dddd']],
  ['TEST_RESULT_NOTICE', 'TELL_TEST_RESULT', reported, later(3), ['92 mg/m3', '5个工作日', '重新监测', '第二十九条']],
  ['TEST_RESULT_ANSWER', 'ANSWER_RESULT_COMMENT', () => { const told = walk(reported(), ['TELL_TEST_RESULT', 'RECORD_TEST_RESULT_DELIVERED'], later(3)); return must(told, sample('COMMENT_ON_RESULT', later(4), told), later(4)); }, later(5), ['正在启炉', '要求重新监测', '异议不成立', '不重新监测']],
  ['OFFICER_RECUSAL_DECISION', 'ANSWER_OFFICER_RECUSAL', () => must(filed(), sample('ASK_OFFICER_RECUSAL', start, filed()), start), later(1), ['不予回避', '此前取得的证据有效', '第四十三条']],
  ['INSTALMENT_REFUSAL', 'REFUSE_INSTALMENTS', () => must(performing(), sample('REQUEST_INSTALMENTS', start), start), start, ['2026年3月31日', '没有证明确有经济困难']],
  ['STAY_NOTICE', 'RECORD_STAY', sued, later(6), ['人民法院决定停止执行', '行停1', '第五十六条']],
  ['STAY_LIFTED', 'LIFT_STAY', () => must(sued(), sample('RECORD_STAY', later(6)), later(6)), later(16), ['恢复执行', '2026年4月10日']],
  ['ENFORCEMENT_RECORD', 'RECORD_ENFORCEMENT', () => must(walk(must(performing(), sample('RECORD_OVERDUE', later(16)), later(16)), ['ISSUE_DEMAND', 'RECORD_DEMAND_DELIVERED'], later(17)), sample('APPLY_TO_COURT', later(250)), later(250)), later(300), ['执1', '执行到位']],
  ['DAILY_DEMAND_NOTICE', 'ISSUE_DAILY_DEMAND', dailyOverdue, later(58), ['按日连续处罚罚款', '加处罚款', '第五十四条']],
  ['DAILY_COURT_APPLICATION', 'APPLY_TO_COURT_DAILY', dailyDemanded, later(300), ['清川法院', '按日连续处罚罚款', '第五十五条', 'head']],
  ['DAILY_REVOCATION', 'REVOKE_DAILY_PENALTY', dailyDemanded, later(60), ['原处罚决定被撤销', '第七十五条']],
  ['CORRECTION_COURT_APPLICATION', 'APPLY_TO_COURT_CORRECTION', () => walk(refused(), ['DEMAND_CORRECTION', 'RECORD_CORRECTION_DEMAND_DELIVERED'], later(20)), later(200), ['强制执行责令改正决定', '立即停止超标排放', '第二十八条']],
  ['FILING_PROPOSAL', 'PROPOSE_FILING', received, start, ['自动监测数据', '2026年3月12日', '有初步证据证明违法：符合', '符合立案条件', '统一社会信用代码：']],
  ['MODE_SWITCH', 'SWITCH_MODE', filed, start, ['需核对参数', '现场检查']],
  ['WINDOW_RECORD', 'CLOSE_WINDOW', noticed, later(20), ['未提出陈述、申辩']],
  ['PAYMENT_RECORD', 'REGISTER_PAYMENT', performing, start, ['票据 V1', '罚款缴清']],
  ['DAILY_PROPOSAL', 'PROPOSE_DAILY_PENALTY', refused, later(21), ['日 = ', '送达之日的次日起']],
  ['REMEDY_RECORD', 'RECORD_REMEDY', performing, later(5), ['清川市人民政府', '行政复议']],
  ['CLOSING_PROPOSAL', 'PROPOSE_CLOSING', toClose, start, ['依法办理完毕', '处罚决定履行完毕', '已缴']],
  ['CLOSING_APPROVAL', 'APPROVE_CLOSING', () => must(toClose(), sample('PROPOSE_CLOSING', start), start), start, ['依法办理完毕', '已记明无须整改的理由', '处罚决定履行完毕，建议结案', 'officer']],
];

it('当场处罚的案件，缴款、救济、结案的文书写当场处罚决定的文号', () => {
  const spot = performing();
  const onSpot: PenaltyCase = { ...spot, papers: spot.papers.map((p) => (p.kind === 'PENALTY_DECISION' ? { ...p, kind: 'ON_SPOT_DECISION', number: '苏清环当罚1号' } : p)) };
  for (const [kind, step] of [['PAYMENT_RECORD', 'REGISTER_PAYMENT'], ['REMEDY_RECORD', 'RECORD_REMEDY']] as const)
    expect(paperOf(onSpot, kind, step, later(1)).text, kind).toContain('苏清环当罚1号');
  const paid = walk(must(onSpot, sample('REGISTER_PAYMENT', start, onSpot), start), ['WAIVE_RECTIFICATION'], start);
  expect(paperOf(paid, 'CLOSING_PROPOSAL', 'PROPOSE_CLOSING', start).text).toContain('苏清环当罚1号');
});

describe('文书的内容由卷内事实填写，经真实版式排出', () => {
  it.each(PAPERS)('%s（%s）', (kind, step, from, now, words) => {
    const { text } = paperOf(from(), kind, step, now);
    for (const word of words) expect(text).toContain(word);
  });

  it('当事人拒绝签名的，笔录写明原因和见证人', () => {
    const { text } = paperOf(onSite(), 'SITE_INSPECTION_RECORD', 'RECORD_SITE_INSPECTION', start, { signed: false, refusal: '不认可检查结果', witness: '社区干部赵某' } as Partial<CaseCommand>);
    expect(text).toContain('拒绝签名：不认可检查结果。由见证人社区干部赵某签名');
  });

  it('中止听证通知书送达当事人：时间、地点、事由、权利', () => {
    const asked = must(noticed(), sample('REQUEST_HEARING', start), start);
    const granted = must({ ...asked, proposal: { ...asked.proposal!, hearingRight: true } }, sample('GRANT_HEARING', start), start);
    const { text, sealed } = paperOf(granted, 'HEARING_ADJOURNMENT', 'ADJOURN_HEARING', later(21));
    for (const word of ['中止听证', '听证室', '检修记录', '七个工作日', '须进一步调查核实']) expect(text).toContain(word);
    expect(sealed).toBe(true);
  });

  it('放弃权利声明只写告知而尚未行使的权利；决定书分别写明提出的、放弃的和没有告知的', () => {
    const told = { ...noticed(), proposal: { ...noticed().proposal!, hearingRight: true } };
    const offeredNone = { ...told, proposal: { ...told.proposal, hearingRight: false } };
    expect(paperOf(told, 'RIGHTS_WAIVER', 'WAIVE_RIGHTS', start).text).toContain('陈述、申辩和要求听证');
    expect(paperOf(offeredNone, 'RIGHTS_WAIVER', 'WAIVE_RIGHTS', start).text).not.toContain('要求听证');
    const said = must(told, sample('SUBMIT_DEFENCE', start), start);
    expect(paperOf(said, 'RIGHTS_WAIVER', 'WAIVE_RIGHTS', start).text).toMatch(/"放弃的权利","text":"要求听证（/);
    expect(act(must(offeredNone, sample('SUBMIT_DEFENCE', start), start), sample('WAIVE_RIGHTS', start), start)).toMatchObject({ ok: false, missing: ['告知书告知而尚未行使的权利'] });
    const decided = walk(must(said, sample('WAIVE_RIGHTS', start), start), ['REVIEW_DEFENCE', 'PASS_LEGAL_REVIEW'], start);
    const { text } = paperOf(decided, 'PENALTY_DECISION', 'DECIDE', start);
    expect(text).toContain('明示放弃要求听证的权利。你单位提出陈述申辩');
    const quiet = walk(must(offeredNone, sample('CLOSE_WINDOW', later(20)), later(20)), ['PASS_LEGAL_REVIEW'], later(20));
    expect(paperOf(quiet, 'PENALTY_DECISION', 'DECIDE', later(20)).text).toContain('在法定期限内未提出陈述、申辩。');
  });

  it('证据提取单：起止时间、环境、当事人签名或者没有签名的原因和见证人', () => {
    const taken = { startedAt: start - 1_200_000, environment: '执法专网终端', absence: '非现场提取，当事人未到场', witness: '社区干部赵某' } as Partial<CaseCommand>;
    const { text } = paperOf(filed(), 'EVIDENCE_EXTRACT_RECORD', 'ATTACH_EVIDENCE', start, taken);
    for (const word of [`"startedAt":${start - 1_200_000}`, `"endedAt":${start}`, '执法专网终端', '没有签名：非现场提取', '社区干部赵某']) expect(text).toContain(word);
    const unseen = { ...sample('ATTACH_EVIDENCE', start), absence: '当事人拒绝', witness: '' } as CaseCommand;
    expect(act(filed(), unseen, start)).toMatchObject({ ok: false, missing: ['当事人没有签名时的见证人'] });
    expect(paperOf(filed(), 'EVIDENCE_EXTRACT_RECORD', 'ATTACH_EVIDENCE', start).text).toContain('当事人不在提取现场');
    const file = { source: { from: 'FILE', fileName: '导出 1.csv', sha256: 'c'.repeat(64) } } as Partial<CaseCommand>;
    const source = (paperOf(filed(), 'EVIDENCE_EXTRACT_RECORD', 'ATTACH_EVIDENCE', start, file).data as unknown as { source: string }).source;
    expect(source).toMatch(/提供的文件“[^”]+”$/);
    expect(source).not.toContain('.csv');
  });

  it('立案审批表：承办人、部门负责人各写一次意见；结案的救济情况写明截至何日', () => {
    const proposed = must(received(), sample('PROPOSE_FILING', start), start);
    const roles = (state: PenaltyCase) => (paperOf(state, 'FILING_APPROVAL', 'APPROVE_FILING', start).data as unknown as { opinions: { role: string }[] }).opinions.map(({ role }) => role);
    expect(roles(proposed)).toEqual(['承办人意见', '负责人审批']);
    expect(roles(must(proposed, sample('ENDORSE_FILING', start), start))).toEqual(['承办人意见', '部门负责人意见', '负责人审批']);
    expect(paperOf(toClose(), 'CLOSING_PROPOSAL', 'PROPOSE_CLOSING', later(3)).text).toContain('截至2026年3月19日：');
  });

  it('退还罚款决定书：数额、计算、理由', () => {
    const amount = performing().decision?.amount ?? 0;
    const paid = must(performing(), with_('REGISTER_PAYMENT', start, { amount }), start);
    const revoked = must(must(paid, sample('RECORD_REMEDY', later(10)), later(10)), with_('RECORD_REMEDY_OUTCOME', later(40), { outcome: 'REVOKED' }), later(40));
    const { data, text } = paperOf(revoked, 'REFUND_DECISION', 'DECIDE_REFUND', later(41));
    expect(data.amount).toBe(String(amount));
    expect(text).toContain('国家赔偿法');
    expect(act(revoked, sample('RECORD_REFUND', later(41), revoked), later(41))).toMatchObject({ ok: false });
  });
});
