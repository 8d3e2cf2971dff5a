import { expect, it } from 'vitest';
import { answerTo, caseReview, defencePoint, dialogueOf, worstOf } from './case-words.ts';
import type { CasePage } from './shapes.ts';

const OPENING = '甲公司（统一社会信用代码 91320000MA000002X2）1号排放口：';
const AIR = `${OPENING}2026年9月15日2时至2026年9月15日6时，二氧化硫小时折算排放浓度连续 4 小时超过排污许可证规定的排放限值 35 mg/m3，最高 46 mg/m3（超标 0.31 倍），逐小时为：9月15日2时 36.9；2026年9月15日12时至2026年9月15日21时，二氧化硫小时折算排放浓度连续 9 小时超过排污许可证规定的排放限值 35 mg/m3，最高 50.6 mg/m3（超标 0.45 倍）。\n上述时段应有小时数据 24 个。`;
const WATER = `${OPENING}2026年10月14日，总磷日均值 1.08 mg/L（有效小时 23 个），超过排污许可证规定的排放限值 0.5 mg/L（超标 1.17 倍）。`;
const STOPPED = `${OPENING}2026年10月16日14时至2026年10月17日6时，生产设施运行而污染治理设施停运 16 小时：治理设施用电功率平均 23.6 kW，正常运行时为 325.8 kW。`;
const page = (facts: string) => ({
  state: { caseId: 'case-1', unitId: 'QY1', facts, actStart: 0, actEnd: 0, handedOverAt: 86_400_000, officers: [{ name: '周行舟' }, { name: '吴听澜' }], evidence: [{ title: '数据审核意见' }], evidenceRefs: [{}], latest: {} },
  unitName: '甲公司', outfallName: '1号排放口', factorNames: [], law: null,
}) as unknown as CasePage;
const told = { state: '设施停运检修，没有停产。', done: '已经恢复运行。' };

it('an inquiry, a defence and their answers speak of this case: its factor, hours, limit and cause', () => {
  expect(worstOf(page(AIR))).toMatchObject({ factor: '二氧化硫', hours: 13, peak: 50.6, multiple: '0.45' });
  expect(worstOf(page(WATER))).toMatchObject({ factor: '总磷', hours: 23, limit: '0.5 mg/L', peak: 1.08 });
  const [air, water, stopped] = [AIR, WATER, STOPPED].map((facts) => ({
    asked: JSON.stringify(dialogueOf(page(facts), told)), said: defencePoint(page(facts)).point, answered: answerTo(page(facts)), reviewed: JSON.stringify(caseReview(page(facts))),
  }));
  for (const words of [air?.asked, air?.said, air?.reviewed]) expect(words).toContain('二氧化硫共 13 小时超过限值 35 mg/m3，最高 50.6（超标 0.45 倍）');
  expect(air?.asked).toMatch(/脱硫|含硫量/);
  expect(water?.asked).toContain('除磷');
  expect(stopped?.asked).toContain('污染治理设施停运 16 小时');
  expect(stopped?.asked).toContain(told.state);
  for (const each of ['asked', 'said', 'answered', 'reviewed'] as const) expect(new Set([air?.[each], water?.[each], stopped?.[each]]).size).toBe(3);
});
