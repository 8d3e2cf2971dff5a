import { expect, it } from 'vitest';
import { calendarDay, type Instant } from '#kernel';
import { partyFacts, UNIT } from '../testing/deps.ts';
import { DAY, investigated, law, noticed, people, start, walk } from '../testing/pure-case.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { penaltyDecision, priorNotice } from './late-papers.ts';
import type { PaperFacts } from './paper-facts.ts';

const authority = { name: '清川市生态环境局', address: '演示路', phone: '0', reconsiderationBody: { zh: '清川市人民政府', en: '' }, court: { zh: '清川法院', en: '' }, payee: { zh: '指定银行', en: 'the bank named' } };
function factsOf(state: PenaltyCase): PaperFacts {
  const command = { kind: 'DECIDE', opinion: '同意。' } as const;
  return { before: state, after: state, event: { at: start, actor: people(command).actor, command, derived: {} }, party: partyFacts(UNIT), authority, outfallName: '', deps: { law } } as unknown as PaperFacts;
}

/** What notice and decision say of the police. */
const told = (state: PenaltyCase) => ({ notice: priorNotice(factsOf(state)).transfer, decision: penaltyDecision(factsOf(state)).transfer });

/** The case as noticed, of an act that is listed for detention, under the law before the Code. */
function evasion(more: Partial<PenaltyCase> = {}): PenaltyCase {
  const state = noticed();
  const { filing, discretion } = state;
  if (filing === undefined || discretion === undefined) throw new Error('not so far');
  return {
    ...state, violation: 'DATA_TAMPER_DISCHARGE', filing: { ...filing, violation: 'DATA_TAMPER_DISCHARGE', actStart: calendarDay('2026-03-12'), actEnd: calendarDay('2026-03-12') },
    discretion: { ...discretion, basisId: 'AIR99-3' }, ...more,
  };
}

it('没有移送、也不应移送公安机关的，告知书和决定书都不提公安机关', () => {
  expect(told(noticed())).toEqual({ notice: [], decision: [] });
});

it('应当移送行政拘留的，告知书和决定书都写明条文和移送的时间；已经移送的写日期和文号', () => {
  const due = '《环境保护法》第六十三条第三项规定的“尚不构成犯罪的，将案件移送公安机关，对其直接负责的主管人员和其他直接责任人员处以拘留”：处罚决定送达后，依法将案件移送公安机关。';
  expect(told(evasion())).toEqual({ notice: [due], decision: [due] });
  const sentAt = (start + DAY) as Instant;
  const step = { command: { kind: 'SEND_DETENTION' as const, to: '清川市公安局', reference: '1', materials: [] }, version: 9, at: sentAt, actor: people({ kind: 'DECIDE', opinion: '' }).actor, derived: {} };
  const letter = { kind: 'DETENTION_LETTER', paperId: 'p', number: '清环移〔2026〕2号', title: '移送适用行政拘留环境违法案件函', sha256: 'a'.repeat(64), pages: 1 } as const;
  const before = evasion();
  const sent = evasion({ detention: 'DETENTION_SENT', latest: { ...before.latest, SEND_DETENTION: step }, papers: [...before.papers, letter] });
  expect(told(sent).decision).toEqual([expect.stringMatching(/：已于2026年3月17日以《移送适用行政拘留环境违法案件函》（清环移〔2026〕2号）移送公安机关。$/)]);
  // Withdrawn with the decision it stood on: with a new decision it is due again.
  expect(told({ ...sent, detention: 'DETENTION_WITHDRAWN' }).notice).toEqual([due]);
});

it('曾经移送涉嫌犯罪又退回的，写明移送的日期、文号和退回的依据', () => {
  const back = walk(investigated(), ['PROPOSE_TRANSFER', 'GIVE_TRANSFER_OPINION', 'APPROVE_TRANSFER', 'SEND_TRANSFER', 'RECORD_POLICE_REFUSED', 'ACCEPT_REFUSAL'], start);
  expect(told(back).notice).toEqual([expect.stringMatching(/^本案曾因涉嫌犯罪，由我局于2026年3月16日以《[^》]*移送书》（1）移送公安机关。公安机关决定不予立案（.+），依法恢复行政处罚程序。$/)]);
  const ended = walk(investigated(), ['PROPOSE_TRANSFER', 'GIVE_TRANSFER_OPINION', 'APPROVE_TRANSFER', 'SEND_TRANSFER', 'RECORD_POLICE_FILED', 'RECORD_NO_PUNISHMENT'], start);
  expect(told(ended).decision[0]).toMatch(/(撤销案件|不起诉|免予刑事处罚|无罪)（.+），依法恢复行政处罚程序。$/);
});
