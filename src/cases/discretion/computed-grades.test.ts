import { describe, expect, it } from 'vitest';
import { DAY, dayOf, HOUR, instant, startOfDay } from '#kernel';
import type { CommandOf } from '../commands/index.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { sample } from '../testing/index.ts';
import { act, investigated, law, must, start, walk } from '../testing/pure-case.ts';
import { DISCRETION_GUARDS } from '../guards/discretion.ts';
import type { OtherCase } from '../store/other-cases.ts';
import { decideCase } from '../decide-case.ts';
import { applyEvent } from '../fold.ts';
import { EARLIER_POINT } from './earlier-decisions.ts';
import { exemptionFacts } from './exemption-facts.ts';
import { computedGrades, statedRatio } from './computed-grades.ts';
import { statedHours } from './stated-hours.ts';

const table = (state: PenaltyCase) => law.discretionTable('AIR_EXCEED', state.region, state.filing!.actEnd);
const reviewed = (facts: string): PenaltyCase => {
  const state = walk(investigated(), ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW'], start);
  return { ...state, report: { ...state.report!, facts } };
};
const weigh = (grades: object): CommandOf<'SET_DISCRETION'> => {
  const command = sample('SET_DISCRETION', start) as CommandOf<'SET_DISCRETION'>;
  return { ...command, grades: { ...command.grades, ...grades } };
};

describe('裁量情节与案卷事实一致', () => {
  it('超标倍数取事实写明的最高倍数；日均值与限值也算得出', () => {
    expect(statedRatio('最高 72.5 mg/m³（超标 0.45 倍）。另一时段超标 0.3 倍')?.toString()).toBe('0.45');
    expect(statedRatio('3月2日 化学需氧量日均值 75 mg/L（20 个有效小时，水量 310 m³ 加权），限值 50 mg/L，超标。')?.toString()).toBe('0.5');
    expect(statedRatio('氨氮日均值 4.9 mg/L（24 个有效小时），限值 5 mg/L，接近限值。')).toBeUndefined();
  });

  it('事实写 0.45 倍、六小时：选 0.5 倍以上或者 1 日以上的被拒绝，写明事实和应选的一档', () => {
    const state = reviewed('连续 6 小时超过限值 50 mg/m³，最高 72.5 mg/m³（超标 0.45 倍）。');
    expect(act(state, weigh({ EXCEED_RATIO: 'LT_1' }), start)).toMatchObject({ ok: false, code: 'CASE-003', missing: [expect.stringMatching(/超标倍数.*0\.45 倍.*不足0\.5倍/)] });
    expect(act(state, weigh({ DURATION: 'D_3' }), start)).toMatchObject({ ok: false, missing: [expect.stringMatching(/6 小时/)] });
    expect(must(state, weigh({}), start).discretion?.trace.amount).toBeGreaterThan(0);
  });

  it('持续时间：一段按连续超标小时数，多段按各段合计、各因子同一小时只计一次，日均值超标按当日有效小时；线索前后跨多日的不算数，写明怎样计算', () => {
    const run = (factor: string, from: string, to: string, hours: number, listed = '') => `2026年9月15日${from}时至2026年9月${to}时，${factor}小时折算排放浓度连续 ${hours} 小时超过GB 18485-2014规定的排放限值 20 mg/m3，最高 24.5 mg/m3（超标 0.22 倍）${listed}`;
    const mean = '2026年9月16日，化学需氧量日均值 75 mg/L（有效小时 20 个），超过GB 18918-2002规定的排放限值 50 mg/L（超标 0.5 倍）';
    const hours = (...facts: string[]) => { const over = statedHours(facts.join('；')); return [over?.total.toString(), over?.mostInDay?.toString(), over?.said.zh]; };
    expect(hours(run('颗粒物', '2', '15日5', 3))).toEqual(['3', '3', '连续超标 3 小时']);
    expect(hours(run('颗粒物', '2', '15日5', 3), run('二氧化硫', '4', '15日8', 4), run('颗粒物', '22', '16日3', 5))).toEqual(['11', '8', '超标 3 段（最长一段连续 5 小时），各因子同一小时只计一次，合计 11 小时']);
    // Hours that are listed say which of a longer time were over.
    const listed = '，逐小时为：9月15日2时 24.1、9月15日5时 24.5';
    expect(hours(run('颗粒物', '2', '15日6', 2, listed), run('二氧化硫', '5', '15日6', 1))[0]).toBe('2');
    expect(hours(run('颗粒物', '22', '16日3', 5), mean)).toEqual(['22', '20', '超标 1 段（最长一段连续 5 小时）、日均值超标 1 日（按当日有效小时计），各因子同一小时只计一次，合计 22 小时']);
    expect(hours('2026年9月15日2时至2026年9月18日5时，pH值其间一段连续 90 分钟超出GB 18918-2002规定的瞬时限值，最差值 9.60 ')).toEqual(['1.5', '1.5', '连续超标 1.5 小时']);
    expect(statedHours('09-15 02:00–05:00 连续 3 小时超过限值 35 mg/m³；09-16 12:00–14:00 连续 2 小时超过限值')).toBeUndefined();
    const state = reviewed('连续 3 小时超过限值 35 mg/m³，最高 46 mg/m³（超标 0.31 倍）。');
    const spread = { ...state, actStart: instant(state.actEnd - 8 * 24 * HOUR) };
    expect(act(spread, weigh({ DURATION: 'D_3' }), start)).toMatchObject({ ok: false, missing: [expect.stringMatching(/3 小时/)] });
    expect(act(spread, weigh({}), start)).toMatchObject({ ok: true });
    expect(act(reviewed('超标 0.45 倍'), weigh({ DURATION: 'D_3' }), start)).toMatchObject({ ok: true });
    expect(table(state)?.factors.find(({ id }) => id === 'DURATION')?.grades.map(({ upTo }) => upTo)).toEqual(['24', '72', '240', undefined]);
    expect(exemptionFacts(reviewed(run('颗粒物', '22', '16日3', 5)), table(state))).toMatchObject({ hoursPerDay: 3 });
    expect(exemptionFacts(reviewed('超标 0.45 倍'), table(state))).not.toHaveProperty('hoursPerDay');
  });

  it('许可排放量：没有浓度的倍数和时间，只有浓度情节的裁量表按最低一档；裁量表有许可量比例的，按总量与许可量之比；不据此认定轻微', () => {
    const state = reviewed('自2026年1月1日起至2026年3月12日8时，氮氧化物累计排放 3450 kg，超过排污许可证规定的年许可排放量 3000 kg，超出 15%（按有效小时实测值累加）。');
    expect(act(state, weigh({ EXCEED_RATIO: 'LT_05' }), start)).toMatchObject({ ok: false, missing: [expect.stringMatching(/超标倍数.*没有浓度的超标倍数/)] });
    expect(act(state, weigh({ EXCEED_RATIO: 'LT_01', DURATION: 'D_3' }), start)).toMatchObject({ ok: false, missing: [expect.stringMatching(/持续时间.*最低一档/)] });
    const weighed = must(state, weigh({ EXCEED_RATIO: 'LT_01', DURATION: 'H_24' }), start);
    expect(exemptionFacts(weighed, table(state))).not.toHaveProperty('exceedRatioBelow');
    expect(exemptionFacts(weighed, table(state))).not.toHaveProperty('hoursPerDay');
    const grades = [{ id: 'LT_10', title: { zh: '不足10%', en: 'under 10 %' }, percent: '0', below: '0.1' }, { id: 'GE_10', title: { zh: '10%以上', en: '10 % or more' }, percent: '9' }];
    const own = { ...table(state)!, factors: [{ id: 'AMOUNT_RATIO', title: { zh: '超过许可排放量的比例', en: 'share over the permitted amount' }, group: 'INDIVIDUAL' as const, grades }] };
    expect(computedGrades(state, law, own)).toMatchObject([{ factor: 'AMOUNT_RATIO', grade: 'GE_10', refused: ['LT_10'], zh: expect.stringContaining('0.15 倍') }]);
  });

  const earlier = (caseNo: string, days: number, more: Partial<OtherCase> = {}): OtherCase => {
    const begun = startOfDay(investigated().filing!.actStart);
    const before = (n: number) => instant(begun - n * DAY);
    return {
      caseId: caseNo, caseNo, mainState: 'ARCHIVED', outfallId: 'DA001', violation: 'AIR_EXCEED', handedOverAt: before(days + 30), actStart: before(days + 40), actEnd: before(days + 39),
      decidedAt: before(days), servedOn: dayOf(before(days - 3)), punished: true, decisionNo: `罚${caseNo}号`, decisionSha256: 'd'.repeat(64), ...more,
    };
  };

  it('两年内违法次数只计本次行为开始之前已经送达、有效的处罚决定，写明文号和日期；同期在办、其后送达和未处罚的逐件写明不计；少算被拒绝，多算由承办人证明', () => {
    const state = reviewed('超标 0.45 倍');
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
    const state = reviewed('超标 0.45 倍');
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
    const state = reviewed('超标 0.45 倍');
    expect(act(state, weigh({ ATTITUDE: 'NORMAL' }), start)).toMatchObject({ ok: false, missing: [expect.stringMatching(/尚未责令改正/)] });
    expect(act({ ...state, rectification: 'CORRECTING' }, weigh({ ATTITUDE: 'NORMAL' }), start)).toMatchObject({ ok: false, missing: [expect.stringMatching(/尚无改正记录/)] });
    expect(act({ ...state, rectification: 'REPORTED' }, weigh({ ATTITUDE: 'NORMAL' }), start)).toMatchObject({ ok: true });
  });
});
