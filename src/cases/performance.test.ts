import { describe, expect, it } from 'vitest';
import { instant, type Instant } from '#kernel';
import type { CaseCommand, CommandKind, CommandOf } from './commands/index.ts';
import type { PenaltyCase } from './penalty-case.ts';
import { sample } from './testing/index.ts';
import { act, DAY, must, noticed, start, walk } from './testing/pure-case.ts';

const with_ = <K extends CommandKind>(kind: K, now: Instant, more: Partial<CommandOf<K>>): CaseCommand => ({ ...sample(kind, now), ...more }) as CaseCommand;
const later = (days: number) => instant(start + days * DAY);
const performing = () => walk(must(noticed(), sample('WAIVE_RIGHTS', start), start), ['PASS_LEGAL_REVIEW', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'], start);
const clocks = (state: PenaltyCase) => ['T10', 'T11', 'T12', 'T16'].filter((clock) => clock in state.running);

describe('缴款期限届满', () => {
  const overdue = () => must(performing(), sample('RECORD_OVERDUE', later(16)), later(16));

  it('延期、分期的申请权与缴款期限同日届满；届满由平台记录，加处罚款自次日起', () => {
    expect(clocks(performing())).toEqual(['T10', 'T12']);
    expect(performing().running.T12?.dueDay).toBe(performing().decision?.payBy);
    expect(must(performing(), sample('REQUEST_INSTALMENTS', start), start).running.T12).toBeUndefined();
    expect(act(performing(), sample('RECORD_OVERDUE', later(15)), later(15))).toMatchObject({ ok: false, missing: ['缴款期限届满'] });
    const late = overdue();
    expect([late.main, clocks(late)]).toEqual(['OVERDUE', ['T10', 'T11', 'T16']]);
    expect([late.decision?.payBy, late.running.T11?.dueDay, late.running.T16?.dueDay]).toEqual(['2026-03-31', '2026-04-01', '2026-04-30']);
  });

  it('加处罚款满三十日并经催告，救济期限届满，才能申请强制执行（行政强制法 第四十六条）', () => {
    const demanded = walk(overdue(), ['ISSUE_DEMAND', 'RECORD_DEMAND_DELIVERED'], later(17));
    expect(act(demanded, sample('APPLY_TO_COURT', start), later(40))).toMatchObject({ ok: false, missing: expect.arrayContaining(['加处罚款满三十日']) });
    const applied = must(demanded, sample('APPLY_TO_COURT', start), later(250));
    expect([applied.main, applied.running.T16]).toEqual(['COURT_APPLIED', undefined]);
    expect(must(applied, sample('RECORD_ENFORCEMENT', start, applied), later(300)).running.T11).toBeUndefined();
  });

  it('复议期间加处罚款停止：三十日随之停走；期间才届满的，自维持之日起算', () => {
    const contested = must(overdue(), sample('RECORD_REMEDY', start), later(20));
    expect(contested.running.T16?.pausedAt).toBe(later(20));
    const upheld = must(contested, sample('RECORD_REMEDY_OUTCOME', start), later(50));
    // 30 May 2026 is a Saturday.
    expect(upheld.running.T16?.dueDay).toBe('2026-06-01');
    const early = must(performing(), sample('RECORD_REMEDY', start), later(1));
    const lapsed = must(early, sample('RECORD_OVERDUE', later(16)), later(16));
    expect(clocks(lapsed)).toEqual(['T10']);
    expect(must(lapsed, sample('RECORD_REMEDY_OUTCOME', later(46)), later(46)).running.T16?.startedAt).toBe(later(46));
  });

  it('复议、诉讼各关各的期限：用了哪一项权利，就了结哪一项', () => {
    expect([performing().running.T13 !== undefined, performing().running.T14 !== undefined]).toEqual([true, true]);
    const after = (remedy: 'RECONSIDERATION' | 'LITIGATION') => must(performing(), with_('RECORD_REMEDY', later(5), { remedy }), later(5)).running;
    expect([after('RECONSIDERATION').T13, after('RECONSIDERATION').T14 !== undefined]).toEqual([undefined, true]);
    expect([after('LITIGATION').T13 !== undefined, after('LITIGATION').T14]).toEqual([true, undefined]);
  });

  it('逾期后同意延期的，不再加处；结案后发现未缴清而重开的，可以直接催告', () => {
    const asked = must(must(performing(), sample('REQUEST_INSTALMENTS', start), start), sample('RECORD_OVERDUE', later(16)), later(16));
    const granted = must(asked, sample('GRANT_INSTALMENTS', later(17)), later(17));
    expect([granted.main, clocks(granted)]).toEqual(['PERFORMING', ['T10']]);
    expect(act(granted, sample('ISSUE_DEMAND', start), later(20))).toMatchObject({ ok: false });
    const paid = must(performing(), with_('REGISTER_PAYMENT', start, { amount: performing().decision?.amount ?? 0 }), start);
    expect(clocks(paid)).toEqual([]);
  });
});
