import { describe, expect, it } from 'vitest';
import { calendarDay } from '#kernel';
import { decideCase } from '../decide-case.ts';
import type { CaseCommand, CommandOf } from '../commands/index.ts';
import { applyEvent } from '../fold.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { fileQuality, problemsAt } from '../quality/file-quality.ts';
import { sample } from '../testing/index.ts';
import { investigated, law, noticed, people, start, walk } from '../testing/pure-case.ts';
import { GROWN_CLUE, SUGGESTED } from '../testing/sample-terms.ts';
import { crimeProposal } from '../measures/propose-measures.ts';
import { suggestionsOf } from '../measures/suggestions.ts';
import type { ActingContext, LookedUp } from '../acting-context.ts';
import { computedGrades } from '../discretion/computed-grades.ts';
import { runFact } from '../testing/observed.ts';
import { added, standingOf } from './later-findings.ts';

type Looked = LookedUp & Pick<ActingContext, 'supplied'>;
const settle = (more: object = {}): CaseCommand => ({ ...(sample('SETTLE_LATER_FINDINGS', start) as CommandOf<'SETTLE_LATER_FINDINGS'>), ...more });
const take = (state: PenaltyCase, command: CaseCommand, looked: Looked = {}) => decideCase(state, command, { ...people(command), ...looked }, law, start);
const done = (state: PenaltyCase, command: CaseCommand, looked: Looked = {}): PenaltyCase => {
  const result = take(state, command, looked);
  if (!result.ok) throw new Error(result.zh);
  return applyEvent(state, result.value);
};
const missing = (state: PenaltyCase, command: CaseCommand, looked: LookedUp = {}) => { const result = take(state, command, looked); return result.ok ? [] : result.missing; };
const line = (state: PenaltyCase, no: number, looked: LookedUp) => fileQuality({ state, law, now: start, ...looked }).find((one) => one.no === no);

describe('移送以后线索新增的事实', () => {
  const clue = GROWN_CLUE;
  const proposed = walk(investigated(), ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'SET_DISCRETION', 'DELIBERATE'], start);
  const takeIn = settle({ way: 'TAKE_IN', actStart: calendarDay('2026-03-12'), actEnd: calendarDay('2026-03-13'), facts: '3月12日2时至13日8时连续 30 小时超过限值。' });

  it('逐项说出新增了什么；被解释清楚的线索没有新增', () => {
    expect(added(clue.handedOver, clue.now).map(({ zh }) => zh)).toEqual([expect.stringContaining('时段由')]);
    expect(added(clue.handedOver, { ...clue.now, tier: { zh: '重', en: 'heavier' }, models: [...clue.now.models, { zh: 'C01 恒值', en: 'C01 constant' }] })).toHaveLength(3);
    expect(added(clue.handedOver, { ...clue.now, cleared: true })).toEqual([]);
  });

  it('写明新增与审核的关系：时段以外未经审核；时段以内的新判断未列入审核意见；同样的判断只是数值不同的，与本案为同一行为', () => {
    const [item] = investigated().evidence;
    const reviewed = { ...investigated(), evidenceRefs: [], evidence: [{ ...item!, source: { from: 'REVIEWED_DATA' as const, reviewId: 'r', dataRef: `data:DA001:${clue.handedOver.from}:${clue.now.to}` } }] };
    const other = { ...clue.now, models: [...clue.now.models, { zh: 'C01 恒值', en: 'C01 constant' }] };
    const said = (state: PenaltyCase, now = clue.now) => standingOf(state, { ...clue, now })?.zh;
    expect(said(investigated())).toContain('尚未经过数据审核');
    expect(said(reviewed, other)).toContain('未列入审核意见');
    expect(said(reviewed)).toContain('同一行为，数值以审核通过的数据为准');
    expect(said(reviewed, { ...other, to: start })).toContain('尚未经过数据审核');
    expect(said(investigated(), { ...clue.now, cleared: true })).toBeUndefined();
  });

  it('既未列入也未说明理由的，不得告知、决定；不列入的写明理由后可以，又有新增的须再处理', () => {
    expect(problemsAt({ state: proposed, law, now: start, clue }, 'SEND_NOTICE')).toEqual([expect.stringMatching(/第 26 项.*时段由/)]);
    const left = done(proposed, settle());
    expect(left.filing).toEqual(proposed.filing);
    expect(line(left, 26, { clue })).toMatchObject({ outcome: 'SOUND', found: expect.stringContaining('未经审核') });
    expect(missing(left, settle(), { clue })).toEqual(['移送后新增而尚未处理的线索事实']);
    const again = { ...clue, now: { ...clue.now, version: 9, to: start } };
    expect(line(left, 26, { clue: again })?.outcome).toBe('PROBLEM');
    expect(missing(left, settle(), { clue: again })).toEqual([expect.stringContaining('第 9 版')]);
  });

  it('列入本案只在调查中，而且新增时段的数据经补充审核并固定为证据；列入后行为时段和事实随之改变', () => {
    const state = walk(investigated(), [], start);
    expect(missing(state, takeIn)).toEqual([expect.stringContaining('补充审核通过意见'), expect.stringContaining('在审核通过的数据时段（2026-03-12至2026-03-12）以内')]);
    const reviewed = { ...state, evidence: [...state.evidence, { ...state.evidence[0]!, itemId: 'E99', source: { from: 'REVIEWED_DATA' as const, reviewId: 'review-2', dataRef: `data:DA001:${clue.handedOver.to}:${clue.now.to}` } }] };
    const whole = done(reviewed, takeIn);
    expect(whole.filing).toMatchObject({ actEnd: '2026-03-13', facts: expect.stringContaining('30 小时') });
    expect(line(whole, 26, { clue })).toMatchObject({ outcome: 'SOUND', found: expect.stringContaining('已列入本案') });
    // What the supplementary review shows comes along as data: then the figures are known again to the hour.
    const first = runFact('氮氧化物', '2026-03-12T02', 6);
    const rest = { ...runFact('氮氧化物', '2026-03-12T08', 24), factId: 'review-2:1', reviewId: 'review-2' };
    const known = done({ ...reviewed, observed: [first] }, takeIn, { supplied: [rest] });
    expect(known.observed).toEqual([first, rest]);
    const duration = (of: PenaltyCase) => computedGrades(of, law, law.discretionTable('AIR_EXCEED', of.region, of.filing!.actEnd)).find(({ factor }) => factor === 'DURATION');
    expect(duration(known)).toMatchObject({ grade: 'D_3', refused: ['H_24', 'D_10', 'GT_10'], zh: expect.stringContaining('合计 30 小时') });
    expect(duration(done({ ...reviewed, observed: [first] }, takeIn))).toMatchObject({ grade: 'H_24', refused: [] });
    expect(missing({ ...reviewed, main: 'DELIBERATION' }, takeIn)).toEqual([expect.stringContaining('正在调查的案件')]);
  });
});

describe('案卷指向的措施、犯罪核查和不予处罚情形', () => {
  const NO_HARM = '没有造成危害后果';
  const answer = (suggestion: string, answers: object[] = [{ ground: NO_HARM, holds: false }]): CaseCommand => ({ ...(sample('ANSWER_SUGGESTION', start) as CommandOf<'ANSWER_SUGGESTION'>), suggestion, answers } as CaseCommand);
  const proposed = walk(investigated(), ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'SET_DISCRETION', 'DELIBERATE'], start);

  it('不予处罚的建议或者采纳，或者写明理由；都没有的不得告知，案卷检查指出', () => {
    const suggestions = [SUGGESTED];
    expect(problemsAt({ state: proposed, law, now: start, suggestions }, 'SEND_NOTICE')).toEqual([expect.stringMatching(/第 28 项.*轻微/)]);
    const refused = done(proposed, answer(SUGGESTED.id), { suggestions });
    expect(line(refused, 28, { suggestions })).toMatchObject({ outcome: 'SOUND', found: expect.stringContaining('危害后果已经发生') });
    expect(line({ ...proposed, proposal: { ...proposed.proposal!, exemptionId: SUGGESTED.id } }, 28, { suggestions })).toMatchObject({ outcome: 'SOUND', found: expect.stringContaining('已采纳') });
    // Of several grounds one is applied; the others are not said to be.
    const other = { ...SUGGESTED, id: 'OTHER', zh: '初次违法' };
    const said = line({ ...proposed, proposal: { ...proposed.proposal!, exemptionId: SUGGESTED.id } }, 28, { suggestions: [SUGGESTED, other] })?.found;
    expect(said).toMatch(/：已采纳；初次违法：未采纳，已适用另一项/);
    expect(missing(refused, answer(SUGGESTED.id), { suggestions })).toEqual(['尚未采纳的提示']);
    expect(missing(proposed, answer('NONE'), { suggestions })).toEqual(['尚未采纳的提示之一（违法行为轻微并及时改正，没有造成危害后果）']);
  });

  it('不采纳不予处罚情形的：由人认定的条件逐项认定，案卷证明成立的条件没有材料不得否定，各项都成立的应当采纳', () => {
    const suggestions = [SUGGESTED];
    const said = (...answers: object[]) => missing(proposed, answer(SUGGESTED.id, answers), { suggestions });
    expect(said()).toEqual([`对“${NO_HARM}”是否成立的认定`]);
    expect(said({ ground: NO_HARM, holds: true })).toEqual([expect.stringContaining('各项都成立的，应当不予行政处罚')]);
    expect(said({ ground: NO_HARM, holds: true }, { ground: '已改正', holds: false })).toEqual(['否定“已改正”的材料（案卷证明该条件成立）']);
    expect(said({ ground: NO_HARM, holds: true }, { ground: '已改正', holds: false, shownBy: '复查记录' })).toEqual([]);
    expect(said({ ground: NO_HARM, holds: false })).toEqual([]);
    const minor = law.data.exemptions.find(({ id }) => id === SUGGESTED.id)!;
    const shown = suggestionsOf(proposed, law, start, undefined, [{ rule: minor, fits: 'PROPOSED', checks: [{ zh: '已改正', en: 'corrected', outcome: 'MET' }] }]).find(({ id }) => id === SUGGESTED.id);
    expect(shown?.grounds.map(({ zh, holds }) => [zh, holds])).toEqual([['违法行为轻微', 'UNKNOWN'], [NO_HARM, 'UNKNOWN'], ['已改正', 'YES']]);
  });

  it('涉嫌犯罪的核查由人逐项认定：各项都成立的应当移送，不能以理由代替；核查之后留在案卷里', () => {
    const tampering: PenaltyCase = { ...proposed, violation: 'DATA_TAMPER_DISCHARGE', factors: [] };
    const suggestions = suggestionsOf(tampering, law, start, undefined, []).filter(({ kind }) => kind === 'CRIME');
    const open = suggestions[0]!.grounds.filter(({ holds }) => holds === 'UNKNOWN').map(({ zh }) => zh);
    expect(open).toHaveLength(2);
    expect(problemsAt({ state: tampering, law, now: start, suggestions }, 'DECIDE').some((one) => one.includes('第 27 项'))).toBe(true);
    const say = (holds: boolean) => answer('PROPOSE_TRANSFER', open.map((ground) => ({ ground, holds })));
    expect(missing(tampering, answer('PROPOSE_TRANSFER'), { suggestions })).toEqual(open.map((zh) => `对“${zh}”是否成立的认定`));
    expect(missing(tampering, say(true), { suggestions })).toEqual([expect.stringContaining('应当移送公安机关')]);
    const checked = done(tampering, say(false), { suggestions });
    expect(line(checked, 27, { suggestions })?.outcome).toBe('SOUND');
    expect(checked.notFollowed['PROPOSE_TRANSFER']?.answers.every(({ holds }) => !holds)).toBe(true);
    expect(crimeProposal({ state: noticed(), law, now: start, keyUnit: undefined })).toBeUndefined();
  });

  it('司法解释各项情形择一即足：篡改数据一项成立的，重金属没有超过倍数也应当移送；重金属一项成立的，篡改不成立也应当移送', () => {
    const asked = (keyUnit: boolean) => {
      const state: PenaltyCase = { ...proposed, violation: 'DATA_TAMPER_DISCHARGE', factors: ['w01018', 'w20115'] };
      return { state, suggestions: suggestionsOf(state, law, start, keyUnit, []).filter(({ kind }) => kind === 'CRIME') };
    };
    const say = (holds: boolean) => answer('PROPOSE_TRANSFER', [{ ground: '总镉超过排放标准三倍以上', holds }]);
    const [key, other] = [asked(true), asked(false)];
    const due = (of: string) => `${of}中至少一项经查明不成立的条件（该情形各项都成立的，应当移送公安机关）`;
    expect(missing(key.state, say(false), key)).toEqual([due('第一条第七项')]);
    expect(missing(key.state, say(true), key)).toEqual([due('第一条第七项'), due('第一条第三项（总镉）')]);
    expect(missing(other.state, say(true), other)).toEqual([due('第一条第三项（总镉）')]);
    expect(missing(other.state, say(false), other)).toEqual([]);
    expect(missing(other.state, answer('PROPOSE_TRANSFER'), other)).toEqual(['对“总镉超过排放标准三倍以上”是否成立的认定']);
  });
});
