import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addDays, calendarDay, endOfDay } from '#kernel';
import { lawBrowser, loadLaw } from '#law';
import { lateDays } from '../../src/cases/recovery/surcharge.ts';
import { englishWords } from '../../src/app/situation/english-words.ts';
import { mergeReadings } from '../../web/src/official/parts/merge-readings.ts';
import { shownValue } from '../../web/src/official/law/shown-value.ts';
import { plainSearch } from '../../web/src/shared/plain-search.ts';
import { formatCompact } from '../../web/src/shared/chart/format-compact.ts';
import { articleIn, onceSaid } from '../../web/src/shared/terms/article-in.ts';
import { termLeft } from '../../web/src/shared/terms/term-left.ts';
import { inShort } from '../../web/src/shared/told/in-short.ts';
import { withoutHours } from '../../web/src/shared/told/without-hours.ts';
import { byStake, factsInShort } from '../../web/src/unit/today/order.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const HAN = /\p{Script=Han}/u;
type Term = Parameters<typeof termLeft>[1];

/** Written by whom the term is read, in one language; `{n}` filled. */
const told = (language: 'zh' | 'en', term: Term, now: number) => termLeft((text, args = {}) => text[language].replace(/\{(\w+)\}/g, (_, name: string) => String(args[name])), term, now);

describe('企业首页与事实的说法 what a unit reads first', () => {
  it('先是误期会损失钱或权利的，按日期；再是待答复的；收件确认在最后', () => {
    const waits = (stake: 'LOSS' | 'ANSWER' | 'RECEIPT', dueAt: number | null) => ({ stake, dueAt });
    const [receipt, late, fine, suit] = [waits('RECEIPT', null), waits('ANSWER', -5), waits('LOSS', 15), waits('LOSS', 180)];
    expect([receipt, late, suit, fine].toSorted(byStake)).toEqual([fine, suit, late, receipt]);
  });

  it('首页的一句话不带代号和统计用语；长时段说小时数和峰值，逐小时数值另外折起', () => {
    expect(inShort({ zh: '10-18 22:00 站房门被打开（OP00013）：非工作时段。', en: 'door opened at 22:00 (OP00013): at night' })).toEqual({ zh: '10-18 22:00 站房门被打开', en: 'door opened at 22:00' });
    expect(inShort({ zh: '颗粒物连续 14.7 小时恒为 4.9；本站平时相邻相等仅占 15.11%，惊异度 9', en: 'x; y' }).zh).toBe('颗粒物连续 14.7 小时恒为 4.9');
    const told = '甲公司（统一社会信用代码 9132，排污许可证编号 9132P）1号排放口：9月12日0时至2时，二氧化硫超过限值 35 mg/m3（超标 1.09 倍），逐小时为：0时 73、1时 72。\n应有 2 个。';
    expect(factsInShort({ zh: told, en: 'A (credit code 9132), 1: SO2 above 35; more' })).toEqual({ zh: '1号排放口：9月12日0时至2时，二氧化硫超过限值 35 mg/m3（超标 1.09 倍）', en: '1: SO2 above 35' });
    const facts = '二氧化硫连续 2 小时超过限值，最高 46 mg/m3（超标 0.31 倍），逐小时为：9月15日2时 36.9、9月15日3时 46；氮氧化物连续 1 小时超过限值。\n应有小时数据 24 个。';
    expect(withoutHours(facts)).toEqual({ text: '二氧化硫连续 2 小时超过限值，最高 46 mg/m3（超标 0.31 倍）；氮氧化物连续 1 小时超过限值。\n应有小时数据 24 个。', runs: ['9月15日2时 36.9、9月15日3时 46'] });
    expect(withoutHours('SO2 above 35 for 2 h (0.31 times); hour by hour: 2:00 36.9, 3:00 46. Data are valid.').runs).toEqual(['2:00 36.9, 3:00 46']);
  });
});

describe('期限的说法 how terms are told', () => {
  const now = 100 * DAY;
  const at = (left: number, more: Omit<Term, 'dueAt'> = {}): [string, string] => [told('zh', { dueAt: now + left, ...more }, now), told('en', { dueAt: now + left, ...more }, now)];

  it('逾期多少，按期限自己的单位说：工作日、天、小时', () => {
    expect(at(-4 * DAY, { dayKind: 'WORKING_DAY', workingDaysLeft: -3 })).toEqual(['逾期 3 个工作日', '3 working days overdue']);
    expect(at(-30 * HOUR, { dayKind: 'CALENDAR_DAY' })).toEqual(['逾期 2 天', '2 days overdue']);
    expect(at(-HOUR, { dayKind: 'MONTH' })).toEqual(['逾期 1 天', '1 days overdue']);
    expect(at(-4.5 * HOUR, { dayKind: 'HOUR' })).toEqual(['逾期 5 小时', '5 h overdue']);
    expect(at(-5 * DAY, { dayKind: 'HOUR' })[0]).toBe('逾期 5 天');
    // It ended on a Friday night; by Saturday no working day has passed.
    expect(at(-10 * HOUR, { dayKind: 'WORKING_DAY', workingDaysLeft: 0 })[0]).toBe('逾期 10 小时');
  });

  it('还剩多少：两天以内说小时；最后一个工作日说“今天是最后一天”', () => {
    expect(at(5.5 * HOUR)).toEqual(['剩 5 小时', '5 h left']);
    expect(at(3.5 * DAY)[0]).toBe('剩 3 天');
    expect(at(2 * DAY, { dayKind: 'WORKING_DAY', workingDaysLeft: 1 })[0]).toBe('剩 1 个工作日');
    expect(at(6 * HOUR, { dayKind: 'WORKING_DAY', workingDaysLeft: 0 })).toEqual(['今天是最后一天', 'last day']);
  });

  it('缴款逾期几天与加处罚款算几天是同一个数，一天里的任何时刻都是', () => {
    const payBy = calendarDay('2026-04-08');
    for (const days of [1, 4, 5, 30]) for (const hour of [1, 9, 23]) {
      const late = endOfDay(addDays(payBy, days - 1)) + hour * HOUR;
      expect(told('zh', { dueAt: endOfDay(payBy), dayKind: 'CALENDAR_DAY' }, late)).toBe(`逾期 ${lateDays(payBy, addDays(payBy, days))} 天`);
    }
  });
});

describe('查阅记录 readings of evidence', () => {
  it('同一人同一天反复打开同一样东西只说一次，写明几次；换一份文书、换一个人、换一天各说各的', () => {
    const read = (at: number, accountId: string, path: string) => ({ at, accountId, path, source: '10.0.0.1' });
    const rows = [
      read(DAY + 9 * HOUR, 'a', '/api/cases/c1'), read(DAY + 8 * HOUR, 'a', '/api/cases/c1?tab=papers'), read(DAY + 7 * HOUR, 'b', '/api/cases/c1'),
      read(DAY + 6 * HOUR, 'a', '/api/cases/c1/papers/p1'), read(DAY - 9 * HOUR, 'a', '/api/cases/c1'),
    ];
    expect(mergeReadings(rows).map(({ accountId, path, first, times }) => [accountId, path, first, times])).toEqual([
      ['a', '/api/cases/c1', DAY + 8 * HOUR, 2], ['b', '/api/cases/c1', DAY + 7 * HOUR, 1], ['a', '/api/cases/c1/papers/p1', DAY + 6 * HOUR, 1], ['a', '/api/cases/c1', DAY - 9 * HOUR, 1],
    ]);
  });
});

describe('地址和数字的写法 addresses and figures', () => {
  it('地址里的词就是词，读回来不变', () => {
    expect(plainSearch.stringifySearch({ open: 'false', find: '第 77 号', page: 3, gone: undefined })).toBe('?open=false&find=%E7%AC%AC+77+%E5%8F%B7&page=3');
    expect(plainSearch.stringifySearch({})).toBe('');
    const words = { open: 'false', find: 'true 1,5 "x" & y', rule: '2026' };
    expect(plainSearch.parseSearch(plainSearch.stringifySearch(words))).toEqual(words);
  });

  it('坐标轴上的大数按读者的语言缩写', () => {
    expect([formatCompact(1_500_000, 'zh'), formatCompact(1_500_000, 'en'), formatCompact(38.5, 'en')]).toEqual(['150万', '1.5M', '38.5']);
  });
});

describe('法律依据的英文 bases of law in English', () => {
  const { data } = loadLaw();
  const named = englishWords({ data });
  const english = (text: string) => articleIn(text, named);

  it('names the instrument and counts its articles', () => {
    expect(english('江苏省生态环境非现场执法管理办法（试行） 第十三条')).toBe('Jiangsu Measures on Off-site Enforcement (Trial) art. 13');
    expect(english('行政处罚法 第二十八条；生态环境行政处罚办法 第九条')).toBe('Administrative Penalty Law art. 28; Measures on Ecological-Environment Administrative Penalties art. 9');
    expect(english('行政处罚法 第六十三条、第六十四条第一款')).toBe('Administrative Penalty Law art. 63, art. 64 para. 1');
    expect(english('沪环执法〔2021〕75号 三（十八）')).toContain('part 3 (18)');
    expect(english('产品默认值（无统一规定）')).toBe('product default (no uniform rule)');
  });

  it('leaves no Chinese in any line of the law browser, nor in the names of factors; names of platforms and forms of numbers stay', () => {
    const own = /^"[^"]*(平台|端|脸谱|号)[^"]*"$/;
    const texts = lawBrowser(loadLaw()).flatMap(({ en, value, note, article, source }) => [en, ...(value.startsWith('{') || own.test(value) ? [] : [value]), note ?? '', article, source]);
    expect(texts.length).toBeGreaterThan(800);
    expect([...new Set([...texts, ...data.limits.map((limit) => limit.factorZh)])].filter((text) => HAN.test(english(text)))).toEqual([]);
    expect(shownValue('{"REMIND":{"zh":"提醒","en":"reminder"}}', 'en', english)).toBe('REMIND reminder');
  });

  it('a product default is not told twice', () => {
    expect(onceSaid('产品默认值（无统一规定） 默认；行政处罚法 第九条')).toBe('产品默认值（无统一规定）；行政处罚法 第九条');
  });

  it('what a step still lacks is told in English, whatever a guard names: its sentences are read from the guards themselves', () => {
    const folder = new URL('../../src/cases/guards/', import.meta.url);
    const words = englishWords({ data });
    const code = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.includes('.test.')).map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
    // `need(…, 'words')` and its like; articles are bases and stand in a table of their own.
    const said = [...code.matchAll(/(?:need\([^\n]*?|\? \[\] : \[|missing: \[)'([^'\n]*\p{Script=Han}[^'\n]*)'/gu)].map(([, text = '']) => text).filter((text) => text.length > 2);
    expect(said.length).toBeGreaterThan(60);
    const left = [...new Set(said)].filter((text) => HAN.test(articleIn(text, words)));
    expect(left.length, left.join('；')).toBeLessThan(said.length / 25);
    expect(articleIn('对“我单位没有超标”的复核意见', words)).toBe('a finding on the point “我单位没有超标”');
    expect(articleIn('卷内文书 案件调查终结报告', words)).not.toContain('卷内');
    const grade = '与事实一致的“超标倍数”（查明的事实：超标 0.45 倍，属于“不足0.5倍”；事实不是这样的，先更正事实）';
    expect(articleIn(grade, words)).toMatch(/^a grade of .*0\.45 times over the limit/);
    expect(['部门负责人意见', '主持人以外的记录人', '对个人只规定了罚款', '对直接负责的主管人员和其他直接责任人员处以罚款的规定（本案违法行为的处罚依据没有）'].filter((text) => HAN.test(articleIn(text, words)))).toEqual([]);
  });

  it('the provisions of every violation are told in English, and a term that ended is told by its day', () => {
    const provisions = data.violations.flatMap(({ bases }) => bases.flatMap(({ instrument, article, broken }) => [`${instrument} ${article}`, broken ?? '']));
    expect(provisions.filter((text) => HAN.test(english(text)))).toEqual([]);
    expect(articleIn('陈述申辩、听证期限届满（2026-11-05）或者当事人明示放弃', englishWords({ data }))).toBe('the terms of defence and hearing have passed (2026-11-05) or were expressly waived');
  });

  it('screens show words, not the codes of clocks and tables: a code stands in a tooltip at most', () => {
    const folder = new URL('../../web/src/', import.meta.url);
    const shown = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'))
      .filter((name) => />[^<>\n]*(?<!\$)\{[\w.]*\b(?:clockId|tableId|table\.id)\}/.test(readFileSync(new URL(name.replaceAll('\\', '/'), folder), 'utf8')));
    expect(shown).toEqual([]);
  });

  it('leaves no Chinese in any source of a clock or of a value that stands in for a missing rule', () => {
    const sources = [...data.clocks.map((clock) => clock.source), ...data.regions.flatMap((region) => region.parameters.map((value) => value.source)).filter((source) => source.startsWith('产品默认值'))];
    expect(sources.length).toBeGreaterThan(40);
    expect([...new Set(sources.filter((source) => HAN.test(english(source))))]).toEqual([]);
  });
});
