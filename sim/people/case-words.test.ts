import { expect, it } from 'vitest';
import { alteredAt, alterationOf } from './alteration.ts';
import { answerTo, caseReview, defencePoint, dialogueOf, observedIn, worstOf } from './case-words.ts';
import { siteVisit, TRACES } from './on-site.ts';
import { DIRECTOR, personOf } from './persons.ts';
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

it('an inquiry about a falsification asks by whom, when and which parameter, and says what the record of the place found', () => {
  const at = Date.UTC(2026, 9, 16, 6);
  const falsified = (person?: object) => {
    const one = page(`${OPENING}2026年10月16日14时至20时，实测值与参数不符。`);
    return { ...one, state: { ...one.state, actStart: at, violation: 'DATA_FALSIFY_UNIT', evidence: [{ title: '现场检查（勘察）笔录', shows: ['PARAM_CHANGED'], source: { from: 'RECORD' } }], ...(person === undefined ? {} : { person }) } } as unknown as CasePage;
  };
  const scaled = TRACES['scale_down'];
  if (scaled === undefined) throw new Error('no trace');
  const { found } = siteVisit(falsified(), scaled, at) as { found: string };
  expect(found).toMatch(/参数“斜率”备案值为 1\.000，检查时为 0\.\d{3}，修改时间为2026年10月16日13时\d+分$/);
  const inquiry = (of: CasePage) => JSON.stringify(dialogueOf({ ...of, state: { ...of.state, latest: { RECORD_SITE_INSPECTION: { command: { found } } } } }, told));
  const [, value = ''] = /检查时为 (0\.\d{3})/.exec(found) ?? [];
  const [, when = ''] = /修改时间为(.*)$/.exec(found) ?? [];
  for (const words of [`改成 ${value}`, when, personOf('QY1', DIRECTOR).name, '没有制止，也没有报告']) expect(inquiry(falsified())).toContain(words);
  const filed = { name: '截距', filed: '0', least: 0, most: 0, digits: 0, unit: '' };
  expect(alterationOf({ caseId: 'c', actStart: at, facts: '自动监测设备参数 斜率 为 0.7，备案值为 1，变更未备案' }, filed)).toContain('参数“斜率”备案值为 1，检查时为 0.7，');
  // Where the facts tell of the door, it was done after it was opened.
  expect(alteredAt({ caseId: 'c', actStart: at, facts: `${OPENING}2026年10月16日9时5分监测站房开门后，总磷自动监测数据整体下降 40%` })).toMatch(/^2026年10月16日9时([7-9]|1[0-4])分$/);
  expect(inquiry(falsified({ name: '赵某', post: DIRECTOR }))).toContain(`${when}，我要求`);
});

it('an inquiry about abnormal data that were not reported says when the alarm was seen and that nothing followed', () => {
  const one = page(`${OPENING}2026年10月16日14时至20时，总磷数据恒定。`);
  const asked = JSON.stringify(dialogueOf({ ...one, state: { ...one.state, actStart: Date.UTC(2026, 9, 16, 6), violation: 'DEVICE_ABNORMAL_NOT_REPORTED' } } as unknown as CasePage, told));
  expect(asked).toMatch(/2026年10月16日1[45]时\d+分看到/);
  expect(asked).toContain('没有向生态环境部门报告，没有在规定时限内标记，也没有安排检修');
  expect(asked).not.toContain('没有及时发现');
});

it('what was observed is told of each case that was merged', () => {
  expect(observedIn(page(`${STOPPED}\n上述时段应有小时数据 24 个。\n${WATER}`))).toMatch(/停运 16 小时.*；又2026年10月14日，总磷/);
});
