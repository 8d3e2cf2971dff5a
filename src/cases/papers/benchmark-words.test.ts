import { expect, it } from 'vitest';
import { calendarDay } from '#kernel';
import { computeDiscretion, loadLaw, type Law } from '#law';
import { benchmarkName, weighedText } from './benchmark-words.ts';

const law = loadLaw();
const [basis] = law.violation('AIR_EXCEED').bases;
const [table] = law.data.discretion.filter(({ violations, region }) => region === 'inner-mongolia' && violations.includes('AIR_EXCEED'));
if (basis === undefined || table === undefined) throw new Error('no table');
const trace = computeDiscretion(table, basis, { grades: Object.fromEntries(table.factors.map(({ id, grades }) => [id, grades[0]?.id ?? ''])) });
if (!trace.ok) throw new Error('not computed');

it('没有公布过的表不是裁量基准：文书不引它的名称、版本和比例，只写情节和法定幅度', () => {
  const text = weighedText(law, trace.value);
  expect(text).toMatch(/^根据违法行为的事实、性质、情节、社会危害程度和当事人的主观过错，在法定罚款幅度（100,000 元至 1,000,000 元）内裁量：超标倍数：超标不足0\.1倍；.*；罚款 [\d,]+ 元。$/);
  expect(`${text}${benchmarkName(law, trace.value)}`).not.toMatch(/示例|参照|版|裁量表|%/);
});

it('公布过的，按公布的名称、文号和日期引用', () => {
  const published = { name: '某某自治区生态环境行政处罚裁量基准', number: '某环规〔2025〕1号', day: calendarDay('2025-03-01') };
  const loaded: Law = { ...law, data: { ...law.data, discretion: law.data.discretion.map((one) => (one.id === table.id ? { ...one, published } : one)) } };
  expect(benchmarkName(loaded, trace.value)).toBe('《某某自治区生态环境行政处罚裁量基准》（某环规〔2025〕1号，2025年3月1日公布）');
  expect(weighedText(loaded, trace.value)).toMatch(/^按照《某某自治区生态环境行政处罚裁量基准》（.*）：.*；裁量比例 [\d.]+%，罚款 [\d,]+ 元。$/);
});
