import { describe, expect, it } from 'vitest';
import { DAY, dayOf, HOUR, instant, startOfDay } from '#kernel';
import { proposeExemptions } from '#law';
import type { CommandOf } from '../commands/index.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import type { ObservedFact } from '#review';
import { sample } from '../testing/index.ts';
import { amountFact, dayFact, minutesFact, runFact } from '../testing/observed.ts';
import { act, investigated, law, must, start, walk } from '../testing/pure-case.ts';
import { GROWN_CLUE } from '../testing/sample-terms.ts';
import { DISCRETION_GUARDS } from '../guards/discretion.ts';
import type { OtherCase } from '../store/other-cases.ts';
import { decideCase } from '../decide-case.ts';
import { applyEvent } from '../fold.ts';
import { EARLIER_POINT } from './earlier-decisions.ts';
import { exemptionFacts } from './exemption-facts.ts';
import { computedGrades, exceedRatio } from './computed-grades.ts';
import { hoursOver } from './hours-over.ts';

const table = (state: PenaltyCase) => law.discretionTable('AIR_EXCEED', state.region, state.filing!.actEnd);
const reviewed = (...observed: readonly ObservedFact[]): PenaltyCase => walk({ ...investigated(), observed }, ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW'], start);
/** Of a file opened before facts were kept as data. */
const before = (): PenaltyCase => walk(investigated(), ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW'], start);
const weigh = (grades: object): CommandOf<'SET_DISCRETION'> => {
  const command = sample('SET_DISCRETION', start) as CommandOf<'SET_DISCRETION'>;
  return { ...command, grades: { ...command.grades, ...grades } };
};

describe('裁量情节与案卷事实一致', () => {
  it('超标倍数取各项事实的最高倍数；没有浓度超标的，没有倍数', () => {
    expect(exceedRatio([runFact('颗粒物', '2026-03-12T02', 3, { multiple: '0.45' }), runFact('颗粒物', '2026-03-13T02', 3, { multiple: '0.3' })])?.toString()).toBe('0.45');
    expect(exceedRatio([dayFact('化学需氧量', '2026-03-02', 20, '0.5')])?.toString()).toBe('0.5');
    expect(exceedRatio([minutesFact('pH值', '2026-03-02T02', 90, 3), amountFact('氮氧化物', '3450', '3000')])).toBeUndefined();
  });

  it('超标 0.45 倍、六小时：选 0.5 倍以上或者 1 日以上的被拒绝，写明事实和应选的一档；不予认定的事实不计', () => {
    const run = runFact('氮氧化物', '2026-03-12T02', 6, { peak: '72.5', multiple: '0.45' });
    const state = reviewed(run);
    expect(act(state, weigh({ EXCEED_RATIO: 'LT_1' }), start)).toMatchObject({ ok: false, code: 'CASE-003', missing: [expect.stringMatching(/超标倍数.*0\.45 倍.*不足0\.5倍/)] });
    expect(act(state, weigh({ DURATION: 'D_3' }), start)).toMatchObject({ ok: false, missing: [expect.stringMatching(/6 小时/)] });
    expect(must(state, weigh({}), start).discretion?.trace.amount).toBeGreaterThan(0);
    const finish = (factId: string) => act({ ...investigated(), observed: [run] }, { ...sample('FINISH_INVESTIGATION', start), setAside: [{ factId, reason: '比对监测不合格' }] } as CommandOf<'FINISH_INVESTIGATION'>, start);
    expect(finish('another')).toMatchObject({ ok: false, missing: [expect.stringContaining('审核移送的事实之一')] });
    expect(finish(run.factId)).toMatchObject({ ok: true });
    const aside = { ...state, report: { ...state.report!, setAside: [{ factId: run.factId, reason: '比对监测不合格' }] } };
    expect(computedGrades(aside, law, table(state)).map(({ factor }) => factor)).not.toEqual(expect.arrayContaining(['EXCEED_RATIO']));
    expect(act(aside, weigh({ DURATION: 'D_3' }), start)).toMatchObject({ ok: true });
  });

  it('移送后又并入新增事实的，数额、时间只是下限：少的被拒绝，多的由承办人证明', () => {
    const state = reviewed(runFact('氮氧化物', '2026-03-12T02', 30, { multiple: '0.45' }));
    const more = { ...state, settledFindings: [{ way: 'TAKE_IN', reason: '', clue: GROWN_CLUE.now, by: '', at: start }] } as PenaltyCase;
    expect(act(more, weigh({ EXCEED_RATIO: 'LT_1', DURATION: 'D_10' }), start)).toMatchObject({ ok: true });
    expect(act(more, weigh({ DURATION: 'H_24' }), start)).toMatchObject({ ok: false, missing: [expect.stringMatching(/30 小时/)] });
  });

  it('持续时间：一段按连续超标小时数，多段按各段合计、各因子同一小时只计一次，日均值超标按当日有效小时；线索前后、并案前后跨多日的不算数，写明怎样计算', () => {
    const hours = (...facts: ObservedFact[]) => { const over = hoursOver(facts); return [over?.total.toString(), over?.mostInDay.toString(), over?.said.zh]; };
    const first = runFact('颗粒物', '2026-09-15T02', 3);
    const night = runFact('颗粒物', '2026-09-15T22', 5);
    expect(hours(first)).toEqual(['3', '3', '连续超标 3 小时']);
    expect(hours(first, runFact('二氧化硫', '2026-09-15T04', 4), night)).toEqual(['11', '8', '超标 3 段（最长一段连续 5 小时），各因子同一小时只计一次，合计 11 小时']);
    // Hours that are known one by one say which of a longer time were over.
    expect(hours(runFact('颗粒物', '2026-09-15T02', 2, {}, [0, 3]), runFact('二氧化硫', '2026-09-15T05', 1))[0]).toBe('2');
    expect(hours(night, dayFact('化学需氧量', '2026-09-16', 20))).toEqual(['22', '20', '超标 1 段（最长一段连续 5 小时）、日均值超标 1 日（按当日有效小时计），各因子同一小时只计一次，合计 22 小时']);
    // An hour over the limits of two outfalls is an hour of each.
    const beside = { ...runFact('颗粒物', '2026-09-15T03', 4), outfall: 'DA002' };
    expect(hours({ ...first, outfall: 'DA001' }, beside)).toEqual(['7', '7', '超标 2 段（最长一段连续 4 小时），各排放口分别计，同一排放口各因子同一小时只计一次，合计 7 小时']);
    expect(hours(first, { ...runFact('二氧化硫', '2026-09-15T03', 4) })[0]).toBe('5');
    expect(hours(minutesFact('pH值', '2026-09-15T02', 90, 75))).toEqual(['1.5', '1.5', '连续超标 1.5 小时']);
    expect(hoursOver([amountFact('氮氧化物', '3450', '3000')])).toBeUndefined();
    const state = reviewed(runFact('颗粒物', '2026-03-04T02', 3, { multiple: '0.31' }));
    const spread = { ...state, actStart: instant(state.actEnd - 8 * 24 * HOUR), kin: [{ relation: 'TOOK_IN' as const, caseId: state.caseId, caseNo: '', unitId: state.unitId }] };
    expect(act(spread, weigh({ DURATION: 'D_3' }), start)).toMatchObject({ ok: false, missing: [expect.stringMatching(/3 小时/)] });
    expect(act(spread, weigh({}), start)).toMatchObject({ ok: true });
    expect(exemptionFacts(spread, table(state))).toMatchObject({ hoursPerDay: 3 });
    expect(table(state)?.factors.find(({ id }) => id === 'DURATION')?.grades.map(({ upTo }) => upTo)).toEqual(['24', '72', '240', undefined]);
    expect(exemptionFacts(reviewed(night), table(state))).toMatchObject({ hoursPerDay: 3 });
  });

  it('移送时没有把事实作为数据保存的，不从文字里读：倍数和时间由承办人认定，不据此认定轻微', () => {
    const told = { ...before(), facts: '连续 3 小时超过限值 35 mg/m³，最高 46 mg/m³（超标 0.31 倍）。' };
    for (const grades of [{ DURATION: 'D_3' }, { EXCEED_RATIO: 'LT_3' }]) expect(act(told, weigh(grades), start)).toMatchObject({ ok: true });
    expect(exemptionFacts(told, table(told))).not.toHaveProperty('hoursPerDay');
  });

  it('别的行为按查明的各段合计，同一小时只计一次；并案的不按前后跨度', () => {
    const falsified = (...observed: ObservedFact[]): PenaltyCase => ({ ...before(), observed: observed.map((one): ObservedFact => ({ ...one, supports: ['DATA_FALSIFY_UNIT'] })), violation: 'DATA_FALSIFY_UNIT' });
    const [early, late] = [runFact('颗粒物', '2026-03-12T02', 2), runFact('颗粒物', '2026-03-12T20', 3)];
    expect(exemptionFacts(falsified(early, late, early), undefined)).toMatchObject({ hoursPerDay: 5 });
    expect(exemptionFacts({ ...before(), violation: 'DATA_FALSIFY_UNIT' }, undefined)).toMatchObject({ hoursPerDay: 6 });
    const merged = { ...before(), violation: 'DATA_FALSIFY_UNIT' as const };
    expect(exemptionFacts({ ...merged, kin: [{ relation: 'TOOK_IN', caseId: merged.caseId, caseNo: '', unitId: merged.unitId }] }, undefined)).not.toHaveProperty('hoursPerDay');
  });

  it('许可排放量：没有浓度的倍数和时间，只有浓度情节的裁量表按最低一档；裁量表有许可量比例的，按总量与许可量之比；不据此认定轻微', () => {
    const state = reviewed(amountFact('氮氧化物', '3450', '3000'));
    expect(act(state, weigh({ EXCEED_RATIO: 'LT_05' }), start)).toMatchObject({ ok: false, missing: [expect.stringMatching(/超标倍数.*没有浓度的超标倍数/)] });
    expect(act(state, weigh({ EXCEED_RATIO: 'LT_01', DURATION: 'D_3' }), start)).toMatchObject({ ok: false, missing: [expect.stringMatching(/持续时间.*最低一档/)] });
    const weighed = must(state, weigh({ EXCEED_RATIO: 'LT_01', DURATION: 'H_24' }), start);
    expect(exemptionFacts(weighed, table(state))).not.toHaveProperty('exceedRatioBelow');
    expect(exemptionFacts(weighed, table(state))).not.toHaveProperty('hoursPerDay');
    // The lowest grade stands for want of a figure: a person says whether the act is slight.
    expect(exemptionFacts(weighed, table(state))).toMatchObject({ slightFound: false });
    const minor = (facts: Parameters<typeof proposeExemptions>[1]) => proposeExemptions(law.data.exemptions.filter(({ id }) => id === 'APL33-MINOR'), facts).map(({ fits }) => fits);
    expect([minor({ corrected: true }), minor({ corrected: true, slightFound: false })]).toEqual([['PROPOSED'], ['OPEN']]);
    const grades = [{ id: 'LT_10', title: { zh: '不足10%', en: 'under 10 %' }, percent: '0', below: '0.1' }, { id: 'GE_10', title: { zh: '10%以上', en: '10 % or more' }, percent: '9' }];
    const own = { ...table(state)!, factors: [{ id: 'AMOUNT_RATIO', title: { zh: '超过许可排放量的比例', en: 'share over the permitted amount' }, group: 'INDIVIDUAL' as const, grades }] };
    expect(computedGrades(state, law, own)).toMatchObject([{ factor: 'AMOUNT_RATIO', grade: 'GE_10', refused: ['LT_10'], zh: expect.stringContaining('0.15 倍') }]);
  });

  const earlier = (caseNo: string, days: number, more: Partial<OtherCase> = {}): OtherCase => {
    const begun = startOfDay(investigated().filing!.actStart);
    const before = (n: number) => instant(begun - n * DAY);
    return {
      caseId: caseNo, caseNo, mainState: 'ARCHIVED', outfallId: 'DA001', violation: 'AIR_EXCEED', handedOverAt: before(days + 30), actStart: before(days + 40), actEnd: before(days + 39), observed: null,
      decidedAt: before(days), servedOn: dayOf(before(days - 3)), punished: true, decisionNo: `罚${caseNo}号`, decisionSha256: 'd'.repeat(64), ...more,
    };
  };

  it('两年内违法次数只计本次行为开始之前已经送达、有效的处罚决定，写明文号和日期；同期在办、其后送达和未处罚的逐件写明不计；少算被拒绝，多算由承办人证明', () => {
    const state = reviewed(runFact('氮氧化物', '2026-03-12T02', 6, { multiple: '0.45' }));
    const open = earlier('JS-4', 5, { mainState: 'INVESTIGATING', decidedAt: null, servedOn: null, punished: false, decisionNo: null, decisionSha256: null });
    // Decided before this act began, served on the very day or later: the party did not know.
    const others = [earlier('JS-1', 700), earlier('JS-2', 800), earlier('JS-3', 60, { punished: false }), open, earlier('JS-5', 3), earlier('JS-8', -3)];
    const repeat = (seen: readonly OtherCase[]) => computedGrades(state, law, table(state), seen).find(({ factor }) => factor === 'REPEAT');
    expect(repeat([])).toMatchObject({ grade: 'FIRST', refused: [] });
    expect(repeat([earlier('JS-5', 3), earlier('JS-8', -3), open])).toMatchObject({ grade: 'FIRST', zh: expect.stringMatching(/0 件，含本次 1 次；同期另案不计入（JS-5：处罚决定在本次行为开始之前尚未送达、JS-8：.*、JS-4：尚未作出决定）/) });
    expect(repeat(others)).toMatchObject({ grade: 'SECOND', refused: ['FIRST'], zh: expect.stringMatching(/1 件（罚JS-1号，2024年4月\d+日决定），含本次 2 次；同期另案不计入（JS-3：未作处罚或者处罚已被撤销、/) });
    expect(repeat([...others, earlier('JS-6', 10), earlier('JS-7', 20)])).toMatchObject({ grade: 'MORE', refused: ['FIRST', 'SECOND'] });
    const refused = DISCRETION_GUARDS.GRADES_FIT_FACTS({ state, command: weigh({ REPEAT: 'FIRST' }), law, now: start, others });
    expect(refused).toEqual([expect.stringMatching(/两年内违法次数.*JS-1/)]);
    expect(DISCRETION_GUARDS.GRADES_FIT_FACTS({ state, command: weigh({ REPEAT: 'MORE' }), law, now: start, others })).toEqual([]);
  });

  it('违法次数所依据的在先决定成为本案证据，带摘要，只列一次；没有在先决定的不列', () => {
    const state = reviewed(runFact('氮氧化物', '2026-03-12T02', 6, { multiple: '0.45' }));
    const weighed = (from: PenaltyCase, others: readonly OtherCase[]): PenaltyCase => {
      const result = decideCase(from, weigh({}), { actor: from.officers[0]!, others }, law, start);
      if (!result.ok) throw new Error(result.zh);
      return applyEvent(from, result.value);
    };
    const once = weighed(state, [earlier('JS-1', 700), earlier('JS-8', -3)]);
    const items = (of: PenaltyCase) => of.evidence.filter(({ point }) => point === EARLIER_POINT);
    expect(items(once)).toEqual([expect.objectContaining({ title: '在先的行政处罚决定书（罚JS-1号）', source: { from: 'PLATFORM_DATA', dataRef: 'case:JS-1:decision', sha256: 'd'.repeat(64) } })]);
    expect(once.discretion?.grounds?.['REPEAT']).toMatchObject({ zh: expect.stringMatching(/罚JS-1号.*JS-8/), told: expect.not.stringMatching(/JS-8|同期另案/) });
    expect(items(weighed({ ...once, main: 'DISCRETION' }, [earlier('JS-1', 700)]))).toHaveLength(1);
    expect(items(weighed(state, []))).toEqual([]);
  });

  it('没有责令改正或者没有改正记录，不能认定“按要求改正”；报送改正以后可以', () => {
    const state = reviewed(runFact('氮氧化物', '2026-03-12T02', 6, { multiple: '0.45' }));
    expect(act(state, weigh({ ATTITUDE: 'NORMAL' }), start)).toMatchObject({ ok: false, missing: [expect.stringMatching(/尚未责令改正/)] });
    expect(act({ ...state, rectification: 'CORRECTING' }, weigh({ ATTITUDE: 'NORMAL' }), start)).toMatchObject({ ok: false, missing: [expect.stringMatching(/尚无改正记录/)] });
    expect(act({ ...state, rectification: 'REPORTED' }, weigh({ ATTITUDE: 'NORMAL' }), start)).toMatchObject({ ok: true });
  });
});

it('以知道而不作为为要件的行为（发现数据异常不报告、不检修），从故意一档开始；不是非此不可，别的行为不推定', () => {
  const of = (key: 'DEVICE_ABNORMAL_NOT_REPORTED' | 'DEVICE_NOT_RUNNING') => {
    const { filing, ...state } = investigated();
    const charged: PenaltyCase = { ...state, violation: key, filing: { ...filing!, violation: key } };
    return computedGrades(charged, law, law.discretionTable(key, state.region, filing!.actEnd)).find(({ factor }) => factor === 'FAULT');
  };
  expect(of('DEVICE_ABNORMAL_NOT_REPORTED')).toMatchObject({ grade: 'INTENT', refused: [] });
  expect(of('DEVICE_NOT_RUNNING')).toBeUndefined();
});
