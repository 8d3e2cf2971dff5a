import { expect, it } from 'vitest';
import { listedFor, setAside } from './set-aside.ts';

const clue = (rule: string, tier: string, zh = '') => ({ rule, tier, sentence: { zh } });
const reasonOf = (...of: Parameters<typeof clue>) => setAside(clue(...of), 0)?.reason;

it('只有不足0.1倍的超标才算轻微；日均值按限值折算', () => {
  expect(reasonOf('B01@1.3.2', 'WORK_ORDER', '最高 51.72 mg/m3（超标 0.03 倍）。')).toBe('minor');
  expect(reasonOf('C12@1.2.0 B02@1.4.0', 'WORK_ORDER', '10-14 氮氧化物日均值 265.96 mg/m3（24 个有效小时），限值 250 mg/m3，超标')).toBe('minor');
  expect(reasonOf('B01@1.3.2', 'WORK_ORDER', '（超标 0.03 倍）；同时，（超标 0.53 倍）。')).toBeUndefined();
  expect(reasonOf('B05@1.2.0', 'WORK_ORDER', '年累计排放达到许可量的 100%')).toBeUndefined();
});

it('治理设施停运、虚假标记、多来源印证达到工单的，没有可以不列入清单的说法', () => {
  for (const rule of ['E01@1.0.0 E03@1.0.0', 'F03@1.0.0', 'E01@1.0.0 B02@1.4.0', 'C03@1.1.0 G11@3.1.0']) expect(reasonOf(rule, 'WORK_ORDER', '生产用电运行而治污设施全部停运 14.2 小时')).toBeUndefined();
  expect(setAside(clue('F07@1.0.1', 'REMIND'), 0)).toMatchObject({ decision: 'downgrade', note: expect.stringContaining('没有达到工单程度') });
});

it('数据缺失说传输中断，曲线异常说统计特征；各说各的', () => {
  expect(reasonOf('A03@1.1.0 A01@1.1.0', 'WORK_ORDER')).toBe('transport-fault');
  expect([0, 1, 2].map((luck) => setAside(clue('C01@1.0.0 D08@1.1.0', 'WORK_ORDER'), luck)?.reason)).toEqual(['too-weak', 'model-error', 'process-change']);
});

it('列入清单的理由只说该线索的模型看到的', () => {
  expect(listedFor({ rule: 'B05@1.2.0' })).toBe('累计排放量达到许可排放量，有待审核查明，建议列入清单。');
  expect(listedFor({ rule: 'E01@1.0.0 F03@1.0.0' })).toBe('用电记录显示生产与治理设施运行不符，门禁、标记或者校准记录与数据不符，有待审核查明，建议列入清单。');
});
