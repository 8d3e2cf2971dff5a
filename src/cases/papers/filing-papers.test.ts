import { describe, expect, it } from 'vitest';
import { dayOf, instant, type Instant } from '#kernel';
import type { PenaltyCase } from '../penalty-case.ts';
import { sample } from '../testing/index.ts';
import { paperOf } from '../testing/paper-of.ts';
import { DAY, filed, investigated, must, noticed, received, start, walk } from '../testing/pure-case.ts';

const later = (days: number) => instant(start + days * DAY);
const performing = () => walk(must(noticed(), sample('WAIVE_RIGHTS', start), start), ['PASS_LEGAL_REVIEW', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'], start);

describe('对外的和送法院、他机关的文书都有版式', () => {
  it.each([
    ['NOT_FILED_APPROVAL', 'REFUSE_FILING', received, '第十九条', '2时至8时'],
    ['FILING_REVOCATION', 'REVOKE_FILING', filed, '第二十条', '2026年3月16日'],
    ['SUSPENSION_APPROVAL', 'SUSPEND', filed, '第三十五条', '2026年6月1'],
    ['TERMINATION_APPROVAL', 'TERMINATE', filed, '第三十六条', '2026年3月16日'],
  ] as const)('%s：理由、事实、条文', (kind, step, from, article, word) => {
    const { text, data, sealed } = paperOf(from(), kind, step, start);
    expect(data.basis.map((b) => b.article)).toContain(article);
    expect(text).toContain(word);
    expect(sealed).toBe(false);
  });

  it('RESUMPTION_RECORD：中止日期和顺延后的期限', () => {
    const suspended = must(filed(), sample('SUSPEND', start), start);
    expect(paperOf(suspended, 'RESUMPTION_RECORD', 'RESUME', later(10)).text).toContain('2026年6月2');
  });

  it('JURISDICTION_LETTER：写给有管辖权的机关，不写给当事人；立案前也有', () => {
    for (const from of [received(), filed()]) {
      const { data, text, sealed } = paperOf(from, 'JURISDICTION_LETTER', 'TRANSFER_OUT', start);
      expect([data.to, data.basis[0]?.article, sealed]).toEqual(['南洲市生态环境局', '第二十五条', true]);
      expect(text).toContain('自动监测数据');
    }
  });

  it('COURT_APPLICATION：写给法院，余额连同加处罚款，催告情况，负责人签名（行政强制法 第五十五条）', () => {
    const fine = performing().decision?.amount ?? 0;
    const demanded = walk(must(performing(), sample('RECORD_OVERDUE', later(16)), later(16)), ['ISSUE_DEMAND', 'RECORD_DEMAND_DELIVERED'], later(17));
    const { data, text } = paperOf(demanded, 'COURT_APPLICATION', 'APPLY_TO_COURT', later(250));
    // Two hundred days late: the surcharge has reached the fine itself.
    expect([data.to, data.amount, data.signer?.name]).toEqual(['清川法院', String(2 * fine), 'head']);
    expect(data.basis.map((b) => b.article)).toContain('第五十五条');
    expect(text).toContain('2026年4月2日送达');
  });

  it('PRESERVATION_RESULT：证据、处理、救济', () => {
    const kept = walk(filed(), ['PROPOSE_PRESERVATION', 'APPROVE_PRESERVATION', 'CARRY_OUT_PRESERVATION'], start);
    const { text } = paperOf(kept, 'PRESERVATION_RESULT', 'HANDLE_PRESERVATION', later(2));
    for (const word of ['脱硝系统控制柜', '退还', '清川市人民政府', '第五十六条']) expect(text).toContain(word);
  });

  it('RECTIFICATION_CHECK：核查期间自报送改正起、至核查之时止；改正情节由核查表证明，不由责令改正以前的询问证明', () => {
    const ordered = walk(investigated(), ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED', 'FINISH_INVESTIGATION', 'PASS_CASE_REVIEW'], start);
    const attitude = (state: PenaltyCase, now: Instant) => (paperOf(state, 'DISCRETION_SHEET', 'SET_DISCRETION', now).data as unknown as { factors: { name: string; source: string }[] }).factors.find(({ name }) => name.includes('改正'))?.source;
    const reported = walk(ordered, ['REPORT_RECTIFICATION'], later(1));
    const { data } = paperOf(reported, 'RECTIFICATION_CHECK', 'CHECK_RECTIFICATION', later(3), { from: dayOf(later(1)) });
    expect(data).toMatchObject({ checkedFrom: later(1), checkedTo: later(3) });
    const checked = must(reported, { ...sample('CHECK_RECTIFICATION', later(3)), from: dayOf(later(1)) } as never, later(3));
    expect(attitude(checked, later(3))).toMatch(/核查表/);
    expect(attitude(reported, later(3))).toMatch(/整改报告/);
  });

  it('DAILY_HEARING_NOTICE：时间、地点、权利', () => {
    const order = walk(performing(), ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED'], start);
    const refused = must(order, { ...sample('CHECK_RECTIFICATION', later(20)), corrected: false } as never, later(20));
    const asked = walk(refused, ['PROPOSE_DAILY_PENALTY', 'SEND_DAILY_NOTICE', 'RECORD_DAILY_NOTICE_DELIVERED', 'REQUEST_DAILY_HEARING'], later(21));
    const { text } = paperOf(asked, 'DAILY_HEARING_NOTICE', 'NOTIFY_DAILY_HEARING', later(21));
    for (const word of ['听证室', '视为放弃', '第六十四条']) expect(text).toContain(word);
  });
});
