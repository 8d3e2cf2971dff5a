import { describe, expect, it } from 'vitest';
import type { PenaltyCase } from '../penalty-case.ts';
import { amountFact } from '../testing/observed.ts';
import { filed, law, start } from '../testing/pure-case.ts';
import { transitionOf } from '../transitions/transitions.ts';
import { proposeMeasures } from './propose-measures.ts';

const tampering = (more: Partial<PenaltyCase> = {}): PenaltyCase => ({ ...filed(), violation: 'DATA_TAMPER_DISCHARGE', factors: ['w01018'], ...more });
const ask = (state: PenaltyCase, keyUnit: boolean | undefined = true) => proposeMeasures({ state, keyUnit, law, now: start });
const crime = (state: PenaltyCase, keyUnit?: boolean) => ask(state, keyUnit).find((p) => p.command === 'PROPOSE_TRANSFER');

describe('涉嫌犯罪的预检（法释〔2023〕7号 第一条）', () => {
  it('[SH-11.2] 重点单位、篡改数据、列举污染物三者齐备：提示移送并逐项说明，但不自动移送', () => {
    const state = tampering();
    expect(crime(state, true)?.grounds.map((g) => g.holds)).toEqual(['YES', 'YES', 'YES']);
    expect(crime(state, true)?.grounds.map((g) => g.zh).join()).toContain('化学需氧量');
    expect(state.main).toBe('INVESTIGATING');
  });

  it('非重点单位不提示；名录不明的写明待查，不当作具备', () => {
    expect(crime(tampering(), false)).toBeUndefined();
    expect(proposeMeasures({ state: tampering(), keyUnit: undefined, law, now: start })[0]?.grounds[0]).toMatchObject({ holds: 'UNKNOWN' });
  });

  it('排放的污染物由案卷所涉因子回答：化学需氧量、氨氮、二氧化硫、氮氧化物之一即符合，没有所列因子不符合；案卷没有写明因子的待查', () => {
    const discharged = (...factors: string[]) => crime(tampering({ factors }), true)?.grounds.at(-1)?.holds;
    expect(['w01018', 'w21003', 'a21026', 'a21002'].map((factor) => discharged('a34013', factor))).toEqual(['YES', 'YES', 'YES', 'YES']);
    expect([discharged('a34013'), discharged()]).toEqual(['NO', 'UNKNOWN']);
  });

  it('调查认定违法事实不成立的，篡改、伪造一项不符合', () => {
    const report = { kind: 'FINISH_INVESTIGATION' as const, outcome: 'NOT_ESTABLISHED' as const, facts: '没有查明', conclusion: '', proposal: '' };
    expect(crime(tampering({ report }), true)?.grounds[1]).toMatchObject({ zh: expect.stringContaining('篡改、伪造'), holds: 'NO' });
  });

  it('普通超标不提示；重金属超标提示核对倍数；已经移送的不再提示', () => {
    expect(crime({ ...filed(), factors: ['a21002'] })).toBeUndefined();
    expect(crime({ ...filed(), factors: ['w20115'] })?.grounds).toEqual([{ zh: '总镉超过排放标准三倍以上', en: 'cadmium more than three times over the standard', holds: 'UNKNOWN', of: { zh: '第一条第三项（总镉）', en: 'article 1 item (3) (cadmium)' } }]);
    expect(crime(tampering({ main: 'WITH_POLICE' }))).toBeUndefined();
  });

  it('核查未改正的不是尽头：提示重新责令改正、期满再查；超许可量的写明核算期届满后按新的核算期核查；改正了的、决定之前的不提示', () => {
    const over: PenaltyCase = { ...filed(), violation: 'PERMIT_EXCEED', main: 'TO_CLOSE', rectification: 'NOT_CORRECTED', observed: [amountFact('氮氧化物', '1110', '1000')] };
    const again = (more: Partial<PenaltyCase> = {}) => ask({ ...over, ...more }).find(({ command }) => command === 'ORDER_RECTIFICATION');
    expect(again()).toMatchObject({ force: 'MAY', zh: expect.stringContaining('按新的核算期核查'), grounds: [{ holds: 'YES' }, { holds: 'UNKNOWN' }] });
    expect(again({ observed: [] })).toMatchObject({ zh: '核查未改正：重新责令改正，期满再次核查', grounds: [{ holds: 'YES' }] });
    expect([again({ rectification: 'CORRECTED' }), again({ main: 'INVESTIGATING' })]).toEqual([undefined, undefined]);
    // The step it points to leads on from here, and from there the correction is checked again.
    expect(transitionOf('ORDER_RECTIFICATION')).toMatchObject({ from: expect.arrayContaining(['NOT_CORRECTED']), to: ['ORDER_SENT'] });
    expect(transitionOf('CHECK_RECTIFICATION').from).toContain('CORRECTING');
  });

  it('逃避监管的提示应当查封；查封之后不再提示', () => {
    expect(ask(tampering()).find((p) => p.command === 'PROPOSE_SEALING')).toMatchObject({ force: 'SHALL' });
    expect(ask(tampering({ sealing: 'SEALED' })).some((p) => p.command === 'PROPOSE_SEALING')).toBe(false);
  });
});
