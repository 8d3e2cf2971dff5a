import { describe, expect, it } from 'vitest';
import { modelCatalogue } from '#analysis';
import { asId, HOUR, instant, type Instant } from '#kernel';
import { loadLaw, VIOLATION_KEYS, type ViolationKey } from '#law';
import { soundInput } from '../testing/sound-facts.ts';
import { actsByRecord, narrate } from './narrative.ts';
import type { Observation } from './observations.ts';
import { suggestViolations } from './suggest-violations.ts';

const law = loadLaw();
const at = (text: string) => instant(Date.parse(`${text}:00+08:00`));
const from = at('2026-09-25T10:00');
const observed = (more: Partial<Observation>): Observation => ({
  model: 'B01', title: { zh: '小时超标与连续超标', en: 'Hourly exceedance' }, factors: [{ zh: '颗粒物', en: 'particulates' }], from, to: at('2026-09-25T13:00'),
  stats: { hours: 3, peak: 32.4, limit: '20', multiple: 0.62, in24h: 3 }, unit: 'mg/m3', standard: 'GB 18485-2014', converted: true,
  hourly: [24.1, 32.4, 28].map((value, i) => ({ start: instant(from + i * HOUR), value })), ...more,
});
const input = (...observations: Observation[]) => ({
  ...soundInput({ unitId: asId('QY0002'), outfall: asId('QY0002-DA002'), periodFrom: from, periodTo: at('2026-09-25T13:00') as Instant }),
  party: { creditCode: '91320000MA000002X2', permit: '91320000MA000002X2001V' }, observations,
});
const zh = (violations: readonly ViolationKey[], ...observations: Observation[]) => narrate(law, input(...observations), violations)?.zh;

describe('违法事实由实测和记录写成', () => {
  it('超标：谁、哪个排放口、什么因子、什么标准和限值、年月日时起止、逐小时值、倍数、数据为何有效、线索从何而来', () => {
    expect(zh(['AIR_EXCEED'], observed({}))).toBe([
      'QY0002公司（统一社会信用代码 91320000MA000002X2，排污许可证编号 91320000MA000002X2001V）QY0002-DA002排放口：2026年9月25日10时至2026年9月25日13时，颗粒物小时折算排放浓度连续 3 小时超过GB 18485-2014规定的排放限值 20 mg/m3，最高 32.4 mg/m3（超标 0.62 倍），逐小时为：9月25日10时 24.1、9月25日11时 32.4、9月25日12时 28。',
      '上述时段应有小时数据 6 个，收到 6 个，其中有效 6 个。当事人未在规定期限内将上述时段的数据标记为启停、维护、故障等无效情形。自动监测设备最近一次校准于2026年9月25日完成。',
      '本案线索由生态环境信息平台对自动监测、用电、门禁等数据的分析发现，分析结果只作为线索。',
    ].join('\n'));
    expect(narrate(law, input(observed({})), ['AIR_EXCEED'])?.en).toContain('particulates was above the limit of 20 mg/m3 (GB 18485-2014) for 3 h in a row, highest 32.4 mg/m3 (0.62 times over the limit)');
  });

  it('许可排放量：自何日起核算、许可量、超出多少、未计入的小时，都写在事实里；超出不足百分之一的不写成 0', () => {
    const account = { period: 'YEAR', from: at('2026-01-01T00:00'), until: at('2026-09-25T13:00'), permitKg: '3000', usedBeforeKg: '1870', months: [], missingHours: 4 } as const;
    const text = zh(['PERMIT_EXCEED'], observed({ model: 'B05', account, stats: { usedKg: 3012.5, permitKg: 3000, over: 0.0042, beforeKg: 1870, missingHours: 4 } }));
    expect(text).toContain('自2026年1月1日起至2026年9月25日13时，颗粒物累计排放 3012.5 kg，超过排污许可证规定的年许可排放量 3000 kg，超出 0.42%（按有效小时实测值累加，其中接入信息平台以前依登记为 1870 kg，缺失或者无效的 4 小时未计入');
    const told = (stats: Record<string, string>) => zh(['PERMIT_EXCEED'], observed({ model: 'B05', account, stats: { usedKg: 3012.5, permitKg: 3000, over: 0.0042, beforeKg: 1870, missingHours: 4, ...stats } }));
    expect(told({ before: 'reported', beforeReport: '2026年执行报告' })).toContain('其中接入信息平台以前为 1870 kg，依据当事人报送的《2026年执行报告》，缺失');
    expect(told({ before: 'unproven' })).toContain('接入信息平台以前的排放量没有排污许可执行报告佐证而未计入，缺失');
    expect(told({ before: 'none' })).toContain('（按有效小时实测值累加，缺失');
    // A share of it or a forecast is a lead: it charges nobody, whatever stands behind the amount used before.
    expect(told({ before: 'reported', amountIs: 'unproved' })).toBeUndefined();
    expect(suggestViolations(law, [observed({ model: 'B05', stats: { amountIs: 'unproved', share: 0.999 } })], 'gas', true)).toEqual([]);
    expect(zh(['AIR_EXCEED'], observed({ stats: { hours: 3, peak: 20.004, limit: '20', multiple: 0.0002 }, hourly: [] }))).toContain('超标 0.0002 倍');
  });

  it('日均值：只在少数小时排放的写明；小时不足的、只是接近限值的，不是事实', () => {
    const day = { dayMean: '75', limit: '50', multiple: 0.5, validHours: 1 };
    const mean = (dayIs: string) => zh(['WATER_EXCEED'], observed({ model: 'B02', stats: { ...day, dayIs }, hourly: [], converted: false }));
    expect(mean('only')).toContain('日均值 75 mg/m3（有效小时 1 个），超过GB 18485-2014规定的排放限值 50 mg/m3（超标 0.5 倍），流量记录显示当日只在这些小时有废水排放。');
    expect(mean('')).not.toContain('流量记录');
    expect([mean('short'), mean('near')]).toEqual([undefined, undefined]);
  });

  it('重新上传的数据没有由超标变为不超标的，不写“其中 0 次”', () => {
    const sent = (crossings: number) => zh(['DATA_FALSIFY_UNIT'], observed({ model: 'A05', stats: { rewrites: 6, crossings }, hourly: [] }));
    expect(sent(0)).toContain('被以不同数值重新上传 6 次。');
    expect(sent(2)).toContain('重新上传 6 次，其中 2 次由超过限值变为不超过限值');
  });

  it('变化写明方向，没有负的百分数', () => {
    const opened = (turn: string) => zh(['DEVICE_MOVED_DAMAGED'], observed({ model: 'F06', stats: { change: 0.4, turn } }));
    expect(opened('down')).toContain('整体下降 40%');
    expect(opened('up')).toContain('整体上升 40%');
  });

  it('每个因子各有自己的倍数；后来更正过、与最高值对不上的逐小时值不写', () => {
    const text = zh(['AIR_EXCEED'], observed({}), observed({ factors: [{ zh: '二氧化硫', en: 'SO2' }], stats: { hours: 4, peak: 60, limit: '50', multiple: 0.2 }, hourly: [] }));
    expect(text?.match(/超标 [\d.]+ 倍/g)).toEqual(['超标 0.62 倍', '超标 0.2 倍']);
    expect(zh(['AIR_EXCEED'], observed({ stats: { hours: 3, peak: 40, limit: '20', multiple: 1 } }))).not.toContain('逐小时');
  });

  it('只写属于所选违法行为的事实：案由与事实相符；一项也没有的，由人写', () => {
    const constant = observed({ model: 'C01', stats: { hours: 15.5, level: 4.9, results: 93, surprise: 59.4 }, converted: false });
    expect(zh(['AIR_EXCEED'], observed({}), constant)).not.toContain('恒为');
    expect(zh(['DATA_FALSIFY_UNIT'], observed({}), constant)).toMatch(/颗粒物自动监测数据连续 15\.5 小时恒为 4\.9 mg\/m3，其间设备产生 93 个新的测量值。/);
    expect(zh(['DATA_FALSIFY_UNIT'], observed({}), constant)).not.toContain('超标');
    expect(narrate(law, input(observed({})), ['DATA_FALSIFY_UNIT'])).toBeNull();
    expect(zh(['AIR_EXCEED', 'DATA_FALSIFY_UNIT'], observed({}), constant)?.split('\n')).toHaveLength(4);
  });

  it('同一发现起止只差几分钟的，只写一次；因子、参数不同的，各写各的；事实之间以外不用分号', () => {
    const flat = (model: string, minutes: number, more: Partial<Observation> = {}) => observed({ model, from: instant(from + minutes * 60_000), stats: { name: '斜率', now: '0.8', filed: '1.0' }, ...more });
    const told = (...found: Observation[]) => zh(['DATA_FALSIFY_UNIT'], ...found)?.split('\n')[0]?.split('；');
    expect(told(flat('C02', 0), flat('C03', 10))).toHaveLength(1);
    expect(told(flat('C02', 0), flat('C03', 10, { factors: [{ zh: '二氧化硫', en: 'SO2' }] }))).toHaveLength(2);
    expect(told(flat('F10', 0), flat('F10', 10, { stats: { name: '截距', now: '2', filed: '1' } }))).toHaveLength(2);
    expect(told(flat('C02', 0), flat('C02', 90))).toHaveLength(1);
    expect(told(flat('C02', 0), flat('C02', 240, { to: at('2026-09-25T18:00') }))).toHaveLength(2);
    expect(law.narratives().observations.filter((words) => words.zh.includes('；'))).toEqual([]);
  });

  it('同一因子、同一时段的几项事实合为一句，时段只写一次；模型的名称和编号不写', () => {
    const flat = observed({ model: 'C02', stats: {} });
    const capped = observed({ model: 'C07', stats: { cap: 48.5 } });
    const told = narrate(law, input(flat, capped), ['DATA_FALSIFY_UNIT']);
    expect(told?.zh.split('\n')[0]).toMatch(/至[^至]+，颗粒物自动监测数据基本不随时间变化，.+明显不同，同期颗粒物自动监测数据集中在 48\.5 mg\/m3 以下，不再向上变化。$/u);
    expect(told?.zh.split('\n')[0]?.match(/时至/gu)).toHaveLength(1);
    expect(told?.en.split('\n')[0]).toContain(', and in the same hours values of');
    expect(law.narratives().observations.filter((words) => /\{title\}/u.test(`${words.zh}${words.en}`))).toEqual([]);
  });

  it('没有模型发现的（巡查、部门规则），用人写的话', () => {
    expect(narrate(law, input(), ['AIR_EXCEED'])).toBeUndefined();
    expect(zh(['AIR_EXCEED'], observed({ model: 'R007', rule: { zh: '夜间排放口流量大于零。', en: 'flow at night.' } }))).toContain('夜间排放口流量大于零。');
  });

  it('模型所指的每一种违法行为都有话可写，其中没有模型编号和统计用语', () => {
    const stats = Object.fromEntries(['hours', 'missingHours', 'silentHours', 'rewrites', 'crossings', 'days', 'running', 'valid', 'peak', 'multiple', 'validHours', 'usedKg', 'permitKg', 'minutes', 'worst', 'count', 'coldest', 'level', 'results', 'cap', 'longest', 'lagDays', 'productionKw', 'treatmentKw', 'usualTreatmentKw', 'ratio6h', 'requiredCut', 'achievedCut', 'kwh', 'detail', 'lagHours', 'coveredExceedances', 'contradictedHours', 'amount', 'rule', 'change', 'over', 'beforeKg', 'automatic', 'span', 'noiseRatio'].map((name) => [name, 1.234]));
    const account = { period: 'YEAR', from, until: from, permitKg: '1', usedBeforeKg: '0', months: [], missingHours: 0 } as const;
    const words = { dayMean: '30.1', limit: '20', meter: 'M2', kind: 'x', how: 'x', bit: 'x', name: '斜率', now: '0.8', filed: '1.0', manual: '12', period: 'year' };
    const leads: string[] = [];
    for (const { id, title } of modelCatalogue) {
      const found = observed({ model: id, title, stats: { ...stats, ...words }, hourly: [], account });
      const suggested = suggestViolations(law, [found], 'gas', true);
      const texts = suggested.flatMap((violation) => narrate(law, input(found), [violation]) ?? []);
      expect(texts, id).toHaveLength(suggested.length);
      if (suggested.length === 0) leads.push(id);
      for (const { zh: said, en } of texts) {
        for (const text of [said, en]) expect(text, id).not.toMatch(/惊异度|离散|变异系数|标准差|R²|噪声|概率|尚缺|\b[A-G]\d\d\b|@\d|undefined|NaN|\{/);
        expect(en.replaceAll('QY0002公司', '').replaceAll('排放口', '').replaceAll('斜率', ''), id).not.toMatch(/[一-鿿]/);
      }
    }
    // A forecast, a flow, an open door, production out of hours: they lead somewhere, and charge nobody by themselves.
    expect(leads).toEqual(expect.arrayContaining(['B03', 'B04', 'B06', 'B09', 'E05', 'E06', 'F07']));
    expect(leads.some((id) => /^[ACD]|^E0[1-4]|^F0[236]|^F1/.test(id))).toBe(false);
  });

  it('每种发现、每种违法行为写成的话，没有让人发笑的：零个、连续 1 小时、重复的字词、悬空的单位、多余的空格、叠用的标点', () => {
    const figures = { hours: 1, missingHours: 1, silentHours: 1, rewrites: 6, crossings: 2, days: 4, running: 40, valid: 12, peak: 32.4, multiple: 0.62, validHours: 22, usedKg: 3012.5, permitKg: 3000, minutes: 45, worst: 5.4, count: 7, coldest: 832.4, level: 7.1, results: 18, cap: 18.3, longest: 24, lagDays: 1, productionKw: 812, treatmentKw: 3.4, usualTreatmentKw: 120.2, ratio6h: 0.13, requiredCut: 0.3, achievedCut: 0.12, kwh: 1200, detail: 12.3, lagHours: 30.2, coveredExceedances: 4, contradictedHours: 3, amount: 400, rule: 168, change: 0.4, over: 0.0042, beforeKg: 0, automatic: 12.2, span: 300, noiseRatio: 0.9 };
    const account = { period: 'YEAR', from: at('2026-01-01T00:00'), until: from, permitKg: '3000', usedBeforeKg: '0', months: [], missingHours: 0 } as const;
    const names = { dayMean: '30.1', limit: '20', meter: 'M2', name: '斜率', now: '0.8', filed: '1.0', manual: '12', limitC: 850, allowed: 5, lowFrom: from, lowTo: from, breach: 'some', before: 'none' };
    const ways: readonly Observation['stats'][] = [{ kind: 'zero', how: 'repeated', turn: 'down', bit: 'i32002', afterwards: 'some' }, { kind: 'saturated', how: 'constant', cut: 'none', dayIs: 'only', crossings: 0 }, { kind: 'start' }, { kind: 'late' }];
    const wrong = /(?<![\d.])0 (?:次|个|小时|分钟|h\b)|连续 1 小时|([一-鿿]{3,})\1|无量纲|mg\/m3 mg|\s[，。；、）]|[，。；、：（]\s| {2}|[，；、。：]{2}|\(\)|（）| [,;.)]|undefined|NaN|[{}[\]]/u;
    const told = modelCatalogue.flatMap(({ id, title }) => ways.flatMap((way) => ['无量纲', 'mg/m3'].flatMap((unit) => VIOLATION_KEYS.flatMap((key) => {
      const found = observed({ model: id, title, to: at('2026-09-25T11:00'), stats: { ...figures, ...names, ...way }, unit, hourly: [], account });
      return (way === ways[0] ? [{ present: 0, valid: 0 }, { present: 24, valid: 0 }] : [{ present: 24, valid: 20 }]).flatMap((had) => {
        const text = narrate(law, { ...input(found), hours: { expected: 24, ...had } }, [key]);
        return text ? [{ id, key, zh: text.zh, en: text.en }] : [];
      });
    }))));
    expect(new Set(told.map(({ key }) => key)).size).toBeGreaterThan(10);
    expect([...new Set(told.flatMap(({ id, zh: one, en }) => [one, en].flatMap((text) => text.split('\n').flatMap((line) => (wrong.test(line) ? [`${id} “${wrong.exec(line)?.[0]}” ${line}`] : [])))))]).toEqual([]);
  });

  it('有效小时和校准日期只说所写事实的因子：别的因子没有校准，不算在内', () => {
    const told = (more: object) => narrate(law, { ...input(observed({ codes: ['a34013'] })), hours: { expected: 24, present: 24, valid: 0 }, hoursBy: { AIR_EXCEED: { expected: 3, present: 3, valid: 3 } }, ...more }, ['AIR_EXCEED'])?.zh;
    expect(told({})).toContain('上述时段应有小时数据 3 个，收到 3 个，其中有效 3 个。');
    const term = (factor: string, last: Instant | null) => ({ factor, name: '', zh: '', en: '', last, everyHours: 360, source: '', overdueHours: 0 });
    expect(told({ calibrations: [term('a34013', from), term('a21002', at('2026-09-01T10:00'))] })).toContain('最近一次校准于2026年9月25日完成');
    expect(told({ calibrations: [term('a34013', null), term('a21002', from)] })).not.toContain('最近一次校准');
  });

  it('缺失的数据后来补传的，写明当时没有按时收到几个、其后补传几个、最后一个何时收到；没有补传的不写，别的事实不写', () => {
    const afterwards = { hours: 27, until: at('2026-09-27T03:00') };
    const silent = (late: boolean, model = 'A01') => {
      const one = observed({ model, factors: [], codes: [], hourly: [], stats: { missingHours: 27, hours: 27, level: 1, results: 3, ...(late ? { afterwards: 'some' } : {}) } });
      return narrate(law, { ...input(one), hours: { expected: 30, present: 30, valid: 29, ...(late ? { afterwards } : {}) } }, ['DEVICE_ABNORMAL_NOT_REPORTED']);
    };
    expect(silent(true)?.zh).toMatch(/连续 27 小时未按时向生态环境主管部门的监控设备传输小时数据，其后才补传。\n上述时段应有小时数据 30 个，按时收到 3 个，未按时收到 27 个；其中 27 个其后补传，最后一个于2026年9月27日3时收到；收到的数据中有效 29 个。/);
    expect(silent(true)?.en).toContain('27 of these came afterwards, the last at 2026-09-27 03:00; 29 of those received are valid');
    expect(silent(false)?.zh).toMatch(/连续 27 小时未向.*传输小时数据。\n上述时段应有小时数据 30 个，收到 30 个，其中有效 29 个。/);
    expect(silent(true, 'C01')?.zh).toContain('上述时段应有小时数据 30 个，收到 30 个');
  });

  it('起止之间不止一段的，只说其中一段连续多久；一段的说连续', () => {
    const constant = (hours: number) =>
      zh(['DATA_FALSIFY_UNIT'], observed({ model: 'C01', from: at('2026-09-20T10:00'), stats: { hours, level: 4.9, results: 93 }, converted: false }));
    expect(constant(11.5)).toContain('2026年9月20日10时至2026年9月25日13时，颗粒物自动监测数据其间一段连续 11.5 小时恒为');
    expect(constant(123)).toContain('数据连续 123 小时恒为');
  });

  it('数据异常未报告的，写明没有标记也没有报告；有报告的不写，别的违法行为不写', () => {
    const constant = observed({ model: 'C01', stats: { hours: 3, level: 4.9, results: 18 }, converted: false });
    const told = (violation: ViolationKey, reports: number) => narrate(law, { ...input(constant), reports }, [violation])?.zh;
    expect(told('DEVICE_ABNORMAL_NOT_REPORTED', 0)).toMatch(/未在规定期限内将上述时段的数据标记为[^。]*。信息平台没有收到当事人就上述时段自动监测设备异常、故障的报告。/);
    const warned = { number: '宁环督〔2026〕31号', at: instant(from + HOUR) };
    expect(narrate(law, { ...input(constant), warned }, ['DEVICE_ABNORMAL_NOT_REPORTED'])?.zh).toContain('信息平台于2026年9月25日11时就上述情形向当事人发出宁环督〔2026〕31号。');
    const untold = narrate(law, { ...input(constant), warned: null }, ['DEVICE_ABNORMAL_NOT_REPORTED'])?.zh;
    expect(untold).not.toContain('向当事人发出');
    expect(untold).toContain('上述情形发生以后、结束以前，信息平台没有就该情形通知当事人。');
    for (const at of [input(constant).from, input(constant).to]) expect(narrate(law, { ...input(constant), warned: { ...warned, at } }, ['DEVICE_ABNORMAL_NOT_REPORTED'])?.zh).toBe(untold);
    expect(narrate(law, input(constant), ['DEVICE_ABNORMAL_NOT_REPORTED'])?.zh).not.toContain('没有就该情形');
    for (const text of [told('DEVICE_ABNORMAL_NOT_REPORTED', 1), told('DATA_FALSIFY_UNIT', 0)]) expect(text).not.toContain('没有收到当事人');
  });

  it('记录本身就是行为的，随案移送行为方式：虚假标记、未备案的参数；数值的统计特征不是行为', () => {
    const record = (model: string, ...violations: ViolationKey[]) => actsByRecord(law, input(observed({ model, stats: {} })), violations);
    expect(record('F02', 'DATA_FALSIFY_UNIT')).toEqual(['MARK_FALSE']);
    expect(record('F10', 'DEVICE_MOVED_DAMAGED')).toEqual(['PARAM_CHANGED']);
    expect(record('E01', 'DATA_TAMPER_DISCHARGE')).toEqual(['TREATMENT_STOPPED']);
    expect([record('C01', 'DATA_FALSIFY_UNIT'), record('D01', 'DATA_TAMPER_DISCHARGE'), record('F02', 'AIR_EXCEED')]).toEqual([[], [], []]);
  });

  it('违反的和处罚的条文都载明条次和条文：没有哪一项依据没有文本', () => {
    const open = VIOLATION_KEYS.flatMap((key) => law.violation(key).bases.filter((basis) => basis.broken === undefined || basis.brokenText === undefined || basis.articleText === '').map((basis) => basis.id));
    expect(open).toEqual([]);
    expect(law.data.violations.map((one) => JSON.stringify(one)).filter((text) => text.includes('待核'))).toEqual([]);
  });
});
