import { describe, expect, it } from 'vitest';
import { instant } from '#kernel';
import { missingPapers } from '../../src/archive/dossier.ts';
import type { CaseCommand, CommandKind, CommandOf } from '../../src/cases/commands/index.ts';
import type { PenaltyCase } from '../../src/cases/penalty-case.ts';
import { sample, UNIT } from '../../src/cases/testing/index.ts';
import { DAY, filed, investigated, must, noticed, start, walk } from '../../src/cases/testing/pure-case.ts';

const with_ = <K extends CommandKind>(kind: K, more: Partial<CommandOf<K>>, now = start): CaseCommand => ({ ...sample(kind, now), ...more }) as CaseCommand;
const later = (days: number) => instant(start + days * DAY);

/** What lies in the file before its first step: the handover, the opinion and the notice of the suspicion. */
const CAME_ALONG = ['HANDOVER_SHEET', 'REVIEW_OPINION', 'SUSPICION_NOTICE'] as const;
const kindsOf = (state: PenaltyCase) => [...CAME_ALONG, ...state.papers.map(({ kind }) => kind)];

const served = (): PenaltyCase => walk(must(noticed(), sample('WAIVE_RIGHTS', start), start), ['PASS_LEGAL_REVIEW', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'], start);
const paid = (state: PenaltyCase) => must(state, with_('REGISTER_PAYMENT', { amount: state.decision?.amount ?? 0 }), start);
const corrected = (state: PenaltyCase) => walk(state, ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED', 'REPORT_RECTIFICATION', 'CHECK_RECTIFICATION'], start);
const closed = (state: PenaltyCase, ground: string, now = start) => walk(must(state, with_('PROPOSE_CLOSING', { ground }, now), now), ['APPROVE_CLOSING'], now);
const decidedWith = (state: PenaltyCase) => walk(state, ['PASS_LEGAL_REVIEW', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'], start);

const person: NonNullable<PenaltyCase['person']> = { name: '赵演示', idNumber: '11010119800101001X', role: 'IN_CHARGE', post: '生产副总经理', address: '演示路2号', employer: { unitId: UNIT, name: '示范电力有限公司' } };

/** Lawful courses, each to its closing: what the steps asked for is all that the archive asks for. */
const COURSES: Readonly<Record<string, () => PenaltyCase>> = {
  处罚履行完毕并改正: () => closed(corrected(paid(served())), 'PERFORMED'),
  对个人的处罚: () => closed({ ...paid(served()), person }, 'PERFORMED'),
  不予处罚: () => closed(corrected(decidedWith(must(walk(investigated(), ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'SET_DISCRETION'], start), with_('DELIBERATE', { outcome: 'NO_PENALTY', penalties: [], exemptionId: 'APL33-MINOR' }), start))), 'NO_PENALTY'),
  调查认定不成立: () => closed(decidedWith(must(walk(must(filed(), with_('FINISH_INVESTIGATION', { outcome: 'NOT_ESTABLISHED', conclusion: '违法事实不能成立。' }), start), ['PASS_CASE_REVIEW'], start), with_('DELIBERATE', { outcome: 'NOT_ESTABLISHED', penalties: [] }), start)), 'NOT_ESTABLISHED'),
  未缴款即被复议撤销: () => closed(must(must(must(served(), sample('RECORD_REMEDY', later(5)), later(5)), with_('RECORD_REMEDY_OUTCOME', { outcome: 'REVOKED' }, later(10)), later(10)), sample('WAIVE_RECTIFICATION', later(10)), later(10)), 'REVOKED', later(10)),
  终止调查: () => closed(must(filed(), sample('TERMINATE', start), start), 'TERMINATED'),
};

describe('依法结案的案件都归得了档', () => {
  it.each(Object.entries(COURSES))('%s：结案时已有卷宗所要的一切', (_course, close) => {
    const state = close();
    expect(state.main).toBe('CLOSED');
    expect(missingPapers(state, kindsOf(state))).toEqual([]);
  });

  it('少一份就说出是哪一份', () => {
    const state = closed(corrected(paid(served())), 'PERFORMED');
    const without = (...gone: readonly string[]) => missingPapers(state, kindsOf(state).filter((kind) => !gone.includes(kind)));
    expect(without('PENALTY_DECISION')).toEqual(['行政处罚决定书']);
    expect(without('DISCRETION_SHEET')).toEqual(['裁量计算表']);
    expect(without('PAYMENT_RECORD')).toEqual([expect.stringContaining('罚款收缴登记')]);
    expect(without('RECTIFICATION_CHECK')).toEqual([expect.stringContaining('整改核查表')]);
    expect(without('SUSPICION_NOTICE')).toEqual(['涉嫌违法事实告知书']);
  });
});
