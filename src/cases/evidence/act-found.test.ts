import { describe, expect, it } from 'vitest';
import { addDays, calendarDay, dayOf, instant, isRefusal } from '#kernel';
import type { CaseCommand, CommandOf } from '../commands/index.ts';
import { computedGrades } from '../discretion/computed-grades.ts';
import { GUARDS } from '../guards/guards.ts';
import { foundFacts } from '../papers/found-facts.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { evidence, sample } from '../testing/index.ts';
import { act, filed, law, must, received, start, walk } from '../testing/pure-case.ts';

const FACTS = '3月12日颗粒物自动监测数据连续 11.5 小时恒为 4.9 mg/m3。';
const proposal = { ...(sample('PROPOSE_FILING', start) as CommandOf<'PROPOSE_FILING'>), violation: 'DATA_FALSIFY_UNIT' as const, facts: FACTS };
/** Filed for falsification on what the values look like; every paper gathered, nobody's act found. */
const suspected = (): PenaltyCase => {
  const data = received().evidenceRefs.map((ref) => ({ ...ref, frames: { mn: 'MN1', from: 1, to: 2 } }));
  const state = walk(must({ ...received(), suggestions: ['DATA_FALSIFY_UNIT'], evidenceRefs: data }, proposal, start), ['APPROVE_FILING'], start);
  const papers = ['CONDITION', 'DEVICE_QC', 'PARTY', 'PERMIT'].map((point) => evidence(point, 'DOCUMENT'));
  return [evidence('TRACE', 'SITE_RECORD'), ...papers, sample('RECORD_INQUIRY', start)].reduce((s, c) => must(s, c, start), state);
};
const missing = (state: PenaltyCase, command: CaseCommand): readonly string[] => {
  const result = act(state, command, start);
  return isRefusal(result) ? (result.missing ?? [result.code]) : [];
};
const finish = (more: object = {}): CaseCommand => ({ ...sample('FINISH_INVESTIGATION', start), ...more }) as CaseCommand;
const NOT_FOUND = '“人为干预的痕迹”的查明：方式（修改自动监测设备参数或者系统设置；篡改、伪造监测数据或者记录；干扰采样、调换或者稀释样品；虚假标记、申报数据或者工况之一）和能够证明的证据';
const log = { ...evidence('TRACE', 'SITE_RECORD'), title: '参数修改日志', proves: '3月11日22时斜率由 1.0 改为 0.6，未备案。', shows: 'PARAM_CHANGED' } as const;
const inspection = sample('RECORD_SITE_INSPECTION', start) as CommandOf<'RECORD_SITE_INSPECTION'>;
const visit = { ...inspection, found: '采样管线上接有稀释阀。', shows: 'SAMPLING_INTERFERED' } as const;

describe('数据造假、逃避监管、擅自改变设备：数值的统计特征不能认定行为，须查明人的行为', () => {
  it('没有查明行为的，不能调查终结、告知、决定；认定不成立的可以终结', () => {
    expect(missing(suspected(), finish())).toEqual([NOT_FOUND]);
    const state = { ...suspected(), report: finish() as CommandOf<'FINISH_INVESTIGATION'> };
    for (const step of ['SEND_NOTICE', 'DECIDE'] as const) expect(GUARDS.ACT_FOUND({ state, step, law, now: start }), step).toEqual([NOT_FOUND]);
    expect(must(suspected(), finish({ outcome: 'NOT_ESTABLISHED' }), start).main).toBe('CASE_REVIEW');
    for (const violation of ['DATA_TAMPER_DISCHARGE', 'DEVICE_MOVED_DAMAGED', 'DATA_FALSIFY_AGENCY'] as const)
      expect(GUARDS.ACT_FOUND({ state: { ...state, violation }, law, now: start }), violation).toHaveLength(1);
    // What the data do prove is charged without an act.
    expect(GUARDS.ACT_FOUND({ state: { ...state, violation: 'DEVICE_ABNORMAL_NOT_REPORTED' }, law, now: start })).toEqual([]);
  });

  it('自动监测数据、计算表不能作为查明行为的证据；另一种违法行为的方式不算', () => {
    expect(missing(suspected(), { ...evidence('AUTO_DATA', 'ELECTRONIC_DATA'), shows: 'PARAM_CHANGED' })).toEqual([expect.stringContaining('能够证明行为方式的取证要点')]);
    expect(missing(must(suspected(), { ...log, shows: 'TREATMENT_STOPPED' }, start), finish())).toEqual([NOT_FOUND]);
  });

  it('操作日志、现场检查笔录、经确认的询问笔录证明了行为的：事实写明方式和证据，裁量的手段随之确定', () => {
    const found = must(suspected(), log, start);
    expect(missing(found, finish())).toEqual([]);
    expect(foundFacts(found, law)).toContain('据此查明，实施违法行为的方式为修改自动监测设备参数或者系统设置，由《参数修改日志》证明：3月11日22时斜率由 1.0 改为 0.6，未备案。');
    const table = law.discretionTable('DATA_FALSIFY_UNIT', found.region, proposal.actEnd);
    const method = (state: PenaltyCase) => computedGrades(state, law, table).find(({ factor }) => factor === 'METHOD');
    expect(method(suspected())).toBeUndefined();
    expect(method(found)).toMatchObject({ grade: 'PARAM', refused: expect.arrayContaining(['MARK', 'DEVICE']), zh: expect.stringContaining('查明的行为方式为修改自动监测设备参数') });
    const onSite = must(must(found, sample('SWITCH_MODE', start), start), visit, start);
    expect([method(onSite)?.grade, onSite.evidence.at(-1)?.point]).toEqual(['DEVICE', 'SITE']);
    expect(foundFacts(onSite, law)).toMatch(/现场检查（勘察），查明：采样管线上接有稀释阀（《现场检查（勘察）笔录》）。[^]*方式为干扰采样、调换或者稀释样品，由《现场检查（勘察）笔录》证明。/);
    expect(missing(must(suspected(), { ...sample('RECORD_INQUIRY', start), shows: 'RECORD_FORGED' } as CaseCommand, start), finish())).toEqual([]);
  });

  it('笔录载明改动时间的，所附日志的起止时间包括该时间；否则不能调查终结', () => {
    const at = start - 40 * 3_600_000;
    const visited = must(must(suspected(), sample('SWITCH_MODE', start), start), { ...inspection, found: '斜率与备案值不符。', shows: 'PARAM_CHANGED', actAt: at }, start);
    const holding = (coversFrom: number, coversTo: number) => missing(must(visited, { ...log, coversFrom, coversTo }, start), finish());
    const lacks = [expect.stringMatching(/^起止时间包括笔录所载实施时间（.+）的日志/)];
    expect([missing(visited, finish()), holding(at + 60_000, start), holding(at - 3_600_000, start)]).toEqual([lacks, lacks, []]);
    expect(missing(visited, finish({ outcome: 'NOT_ESTABLISHED' }))).toEqual([]);
  });

  it('平台数据所见和现场所见按先后写成一个经过，各写明证据，同一句话只写一次', () => {
    const seen = must(must(suspected(), sample('SWITCH_MODE', start), start), visit, start);
    const lead = '本案线索由平台发现，分析结果只作为线索。';
    const opinion: PenaltyCase['papers'][number] = { kind: 'REVIEW_OPINION', paperId: 'p', number: '1号', title: '数据审核意见', sha256: '', pages: 1, issuedOn: calendarDay('2026-03-13') };
    const asked = seen.latest.RECORD_INQUIRY?.command.startedAt ?? 0;
    const told = (takenAt: number, more: Partial<PenaltyCase> = {}) => {
      const text = foundFacts({ ...seen, papers: [opinion], course: seen.course.map((step) => (step.kind === 'RECORD_SITE_INSPECTION' ? { ...step, takenAt } : step)), ...more }, law).split('\n');
      return { text, visit: text.findIndex((line) => line.includes('查明：采样管线上接有稀释阀')), inquiry: text.findIndex((line) => line.includes('远程询问')) };
    };
    const [before, after] = [told(asked - 1), told(asked + 1)];
    expect(before.text.slice(0, 2)).toEqual([FACTS, expect.stringMatching(/^上述数据（《自动监测数据》[^）]*）经.+审核（《数据审核意见》1号（2026年3月13日）），/)]);
    expect(before.text[before.visit]).toContain('现场检查（勘察），查明：采样管线上接有稀释阀（《现场检查（勘察）笔录》）。');
    expect(before.text[before.inquiry]).toMatch(/远程询问，被询问人陈述并核对确认：.+（《远程询问笔录（.+）》）。$/);
    expect([before.visit < before.inquiry, after.visit < after.inquiry]).toEqual([true, false]);
    // What the devices showed after the visit is told after it, and the words of both cases that are the same once.
    const later = { violation: 'DEVICE_ABNORMAL_NOT_REPORTED', actStart: addDays(dayOf(start), 3), actEnd: addDays(dayOf(start), 3), facts: `后来的数据。\n${lead}` } as const;
    const both = told(start, { filing: { ...proposal, facts: `${FACTS}\n${lead}` }, further: [later] });
    expect(both.text.indexOf('后来的数据。')).toBeGreaterThan(both.visit);
    expect(both.text.filter((line) => line === lead)).toHaveLength(1);
  });

  it('所选手段与查明的行为不一致的，裁量被拒绝', () => {
    const state = walk(must(must(suspected(), log, start), finish(), start), ['PASS_CASE_REVIEW'], instant(start));
    const others = { DURATION: 'H_24', CONSEQUENCE: 'WITHIN', REPEAT: 'FIRST', ATTITUDE: 'OPEN' };
    const weighing = sample('SET_DISCRETION', start) as CommandOf<'SET_DISCRETION'>;
    const weigh = (METHOD: string): CaseCommand => ({ ...weighing, basisId: 'MON44', grades: { METHOD, ...others } });
    expect(missing(state, weigh('DEVICE'))).toEqual([expect.stringMatching(/“手段”.*修改自动监测设备参数/)]);
    expect(missing(state, weigh('PARAM'))).toEqual([]);
  });

  it('审核移送的记录本身就是行为的（虚假标记等），随立案成为证据', () => {
    const byRecord = must({ ...received(), suggestions: ['DATA_FALSIFY_UNIT'], acts: ['MARK_FALSE'], evidenceRefs: suspected().evidenceRefs }, proposal, start);
    const state = must(byRecord, sample('APPROVE_FILING', start), start);
    expect(state.evidence.find(({ itemId }) => itemId === 'H1')?.shows).toEqual(['MARK_FALSE']);
    expect(GUARDS.ACT_FOUND({ state, law, now: start })).toEqual([]);
    expect(GUARDS.ACT_FOUND({ state: filed(), law, now: start })).toEqual([]);
  });
});

it('审核移送的事实也指向弄虚作假而按较轻的行为报告的，须写明不认定的理由，并印在调查报告里；不成立的、按弄虚作假认定的不问', () => {
  const observed: PenaltyCase['observed'] = [{
    factId: 'r:1', reviewId: 'r', supports: ['DEVICE_ABNORMAL_NOT_REPORTED', 'DATA_FALSIFY_UNIT'], told: { zh: '颗粒物恒为 4.9', en: 'particulates stood at 4.9' },
    factors: [], from: 0, to: 1, knownAt: null, calibrations: [],
  }];
  const asked = (state: PenaltyCase, command: CaseCommand) => GUARDS.FALSIFICATION_WEIGHED({ state, command, law, now: start });
  const lesser: PenaltyCase = { ...suspected(), suggestions: [], observed, violation: 'DEVICE_ABNORMAL_NOT_REPORTED' };
  expect(asked(lesser, finish())).toEqual(['不认定弄虚作假、逃避监管的理由（审核移送的事实也指向弄虚作假，而本案按其他违法行为处理）']);
  expect(asked(lesser, finish({ notFalsified: '参数、日志和询问均没有显示人为干预。' }))).toEqual([]);
  expect(asked({ ...lesser, observed: [], suggestions: ['DATA_TAMPER_DISCHARGE'] }, finish())).toHaveLength(1);
  expect(asked(lesser, finish({ outcome: 'NOT_ESTABLISHED' }))).toEqual([]);
  expect(asked({ ...lesser, violation: 'DATA_FALSIFY_UNIT' }, finish())).toEqual([]);
  expect(asked({ ...lesser, observed: [] }, finish())).toEqual([]);
});

it('未按许可证运行治理设施的：用电记录自立案起证明其要点；没有同期运行台账的不能调查终结', () => {
  const refs = received().evidenceRefs;
  const sheet = { ...refs[0]!, title: '用电功率记录（2026-03-12起）.csv', dataRef: `material:${'c'.repeat(64)}` };
  const at = { ...received(), suggestions: ['TREATMENT_NOT_BY_PERMIT' as const], evidenceRefs: [...refs, sheet] };
  const state = walk(must(at, { ...proposal, violation: 'TREATMENT_NOT_BY_PERMIT' }, start), ['APPROVE_FILING'], start);
  expect(state.evidence.filter(({ point }) => point === 'POWER').map(({ title }) => title)).toEqual([sheet.title]);
  const gathered = [...['DUTY', 'PARTY', 'PERMIT'].map((point) => evidence(point, 'DOCUMENT')), sample('RECORD_INQUIRY', start)].reduce((s, c) => must(s, c, start), state);
  const LOG = '治理设施同期运行台账（运行参数、药剂投加、检修）';
  const points = (of: PenaltyCase) => missing(of, finish()).filter((one) => law.violation('TREATMENT_NOT_BY_PERMIT').evidence.some(({ title }) => title.zh === one));
  expect([points(gathered), points(must(gathered, evidence('OPERATION_LOG', 'DOCUMENT'), start))]).toEqual([[LOG], []]);
});

it('按设备未正常运行认定的，须说明停运没有合法理由，数字取自报告和修复的期限，并印在调查报告里；不成立的、其他行为不问', () => {
  const asked = (state: PenaltyCase, command: CaseCommand) => GUARDS.OUTAGE_WEIGHED({ state, command, law, now: start });
  const down: PenaltyCase = { ...filed(), violation: 'DEVICE_NOT_RUNNING' };
  expect(asked(down, finish())).toEqual(['设备停运没有合法理由的说明（故障是否在 12 小时内报告、5 个工作日内修复，是否按期标记）']);
  expect(asked(down, finish({ unexcused: '停运三日，没有报告，没有标记。' }))).toEqual([]);
  expect(asked(down, finish({ outcome: 'NOT_ESTABLISHED' }))).toEqual([]);
  expect(asked(filed(), finish())).toEqual([]);
});
