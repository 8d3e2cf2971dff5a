import { describe, expect, it } from 'vitest';
import { asId, calendarDay, instant, HOUR, type RegionKey } from '#kernel';
import { basisAnywhere, isParameterKey, loadLaw, localBasis, localProvisions, own, ownProvision, PARAMETERS, PROVISIONS } from './index.ts';
import { lawOfFive } from './testing/index.ts';

const law = loadLaw();
const today = calendarDay('2026-06-01');
const of = (key: string) => asId<RegionKey>(key);
const REGIONS = ['jiangsu', 'ningxia', 'inner-mongolia', 'shanghai'].map(of);
const noon = instant(Date.UTC(2026, 5, 1, 4));

describe('四省区各是一个数据文件', () => {
  it('四省区都在，每个参数都有值和出处', () => {
    for (const region of REGIONS) {
      expect(law.region(region), region).toBeDefined();
      for (const key of Object.keys(PARAMETERS)) if (isParameterKey(key)) expect(law.valueAt(key, region, today).source).not.toBe('');
      expect(law.onsiteGrounds(region, today).some((ground) => ground.force === 'MUST'), region).toBe(true);
    }
  });

  it('[NX-3.6b] [SH-6.3a] [NMG-2.2c] 谁来审核数据：两机构、一团队、监控复核、监测机构报告', () => {
    expect(REGIONS.map((region) => law.valueAt('review.model', region, today).value)).toEqual(['TWO_BODIES', 'ONE_TEAM', 'CONTROL_RECHECK', 'LAB_REPORT']);
    expect(law.valueAt('review.gatePaper', of('shanghai'), today)).toMatchObject({ value: 'EXCEEDANCE_REVIEW_REPORT', region: 'shanghai' });
  });

  it('案件可以非现场开始的地区，证据不足时都有转现场的情形', () => {
    for (const region of REGIONS.filter((one) => law.valueAt('cases.conversionPolicy', one, today).value !== 'ONSITE_FIRST')) {
      expect(law.onsiteGrounds(region, today).find(({ code }) => code === 'INSUFFICIENT'), region).toMatchObject({ force: 'MUST' });
    }
  });

  it('[NMG-2.2a] 内蒙古：废气连续三小时、废水日均值', () => {
    expect(law.valueAt('supervision.airTriggerHours', of('inner-mongolia'), today).value).toBe(3);
    expect(law.valueAt('supervision.waterTrigger', of('inner-mongolia'), today).value).toBe('DAILY_MEAN');
    expect(law.valueAt('supervision.airTriggerHours', of('jiangsu'), today).value).toBe(1);
  });

  it('[NMG-2.2b] 内蒙古企业十二小时内反馈，重点单位也一样', () => {
    for (const clock of ['T1', 'T1b'] as const) {
      const due = law.due(clock, of('inner-mongolia'), noon);
      expect(due.dueAt - noon).toBe(12 * HOUR);
      expect(due).toMatchObject({ dayKind: 'HOUR', verified: true });
    }
  });

  it('[NMG-3.1c] 不反馈按次数升级：提醒、警示、约谈；与按程度的三级是两回事', () => {
    expect(law.valueAt('supervision.feedbackLadder', of('inner-mongolia'), today)).toMatchObject({ value: ['REMIND', 'WARN', 'TALK'], verified: true });
    expect(law.valueAt('supervision.severityLadder', of('inner-mongolia'), today).value).toEqual(['REMIND', 'WARN', 'WORK_ORDER']);
  });

  it('[SH-6.3b] 上海收到报告七日内立案：日的种类未写明，按自然日且标为未核实', () => {
    expect(law.due('T3b', of('shanghai'), noon)).toMatchObject({ n: 7, dayKind: 'CALENDAR_DAY', verified: false, article: '沪环执法〔2021〕75号 三（六）三' });
    expect(law.clock('T3b', of('jiangsu'), today).source).toBe('产品默认值（参照沪环执法〔2021〕75号）');
    expect(law.due('T3a', of('jiangsu'), noon)).toMatchObject({ n: 7, dayKind: 'WORKING_DAY', verified: true });
  });

  it('[NMG-2.3a] 内蒙古的条文只在内蒙古：别处的任何参数和期限都不以它为出处', () => {
    const mine = /^内环办/;
    expect(law.valueAt('supervision.quotaWarnRatios', of('inner-mongolia'), today)).toMatchObject({ value: ['0.8', '1.0'], verified: true, source: expect.stringMatching(mine) });
    for (const region of ['jiangsu', 'ningxia', 'shanghai'].map(of)) {
      expect(law.valueAt('supervision.quotaWarnRatios', region, today), region).toMatchObject({ value: ['1.0'], verified: false });
      for (const key of Object.keys(PARAMETERS)) if (isParameterKey(key)) expect(law.valueAt(key, region, today).source, `${region} ${key}`).not.toMatch(mine);
    }
  });

  it('宁夏方案是征求意见稿：没有一个值标为已核实', () => {
    const profile = law.region(of('ningxia'));
    for (const value of [...(profile?.parameters ?? []), ...(profile?.clocks ?? []), ...(profile?.onsiteGrounds ?? [])]) expect(value.verified).toBe(false);
  });

  it('第五个省只需添数据文件：参数、期限、文号式样、裁量表、各步骤的条文', () => {
    const wider = lawOfFive();
    const tableIn = (region: string) => wider.discretionTable('AIR_EXCEED', of(region), today)?.id;
    expect([tableIn('fifth'), tableIn('jiangsu')]).toEqual(['FIFTH-F1', law.discretionTable('AIR_EXCEED', of('jiangsu'), today)?.id]);
    const pattern = (region: string) => wider.valueAt('documents.numberPattern', of(region), today).value;
    expect([pattern('fifth'), pattern('jiangsu')]).toEqual(['{prefix}{abbr}字〔{year}〕{seq}号', '{prefix}{abbr}〔{year}〕{seq}号']);
    expect(wider.valueAt('supervision.airTriggerHours', of('fifth'), today)).toMatchObject({ value: 2, article: '第九条' });
    expect(wider.due('T2', of('fifth'), noon)).toMatchObject({ n: 5 });
    expect(wider.due('T2', of('jiangsu'), noon)).toMatchObject({ n: 3 });
    expect(wider.valueAt('archive.retentionYears', of('fifth'), today).region).toBe('national');
    const cite = (text: string) => localBasis(wider, text, of('fifth'));
    expect([cite(own('handover')), cite(`${own('evidence')}；行政处罚法 第四十一条`), cite(own('signing'))]).toEqual(['某省办法 第八条', '某省办法 第十一条；行政处罚法 第四十一条', '参照江苏办法 第七条']);
    expect(localProvisions(wider, own('majorReport'), of('fifth'))).toEqual([{ instrument: '某省非现场执法办法', article: '第二十一条' }]);
  });
});

describe('what an act is based on', () => {
  it("cites the region's own text and national law, never another region's; what has no other text is named as a model", () => {
    const citing = (region: string) => (text: string) => localBasis(law, text, of(region));
    const both = `${own('collection')}；行政处罚法 第五十四条`;
    expect(citing('jiangsu')(both)).toBe('江苏办法 第十四条；行政处罚法 第五十四条');
    expect(citing('shanghai')(both)).toBe('行政处罚法 第五十四条');
    expect(citing('shanghai')(own('duties'))).toBe('参照江苏办法 第七条、第十条');
    // A draft is no law, not even in its own region.
    expect(citing('ningxia')(`${own('handover')}；行政处罚法 第四十一条`)).toBe('参照宁夏方案 三（七）；行政处罚法 第四十一条');
    expect(citing('inner-mongolia')(own('recheck'))).toBe('内环办〔2021〕103号 二（二）');
    expect(citing('jiangsu')('内环办〔2021〕103号 二（二）')).toBe('参照内环办〔2021〕103号 二（二）');
    expect(localProvisions(law, `${own('handover')}；行政处罚法 第四十一条`, of('ningxia'))).toEqual([
      { instrument: '宁夏回族自治区生态环境非现场执法工作实施方案（征求意见稿）', article: '三（七）（参照）' }, { instrument: '行政处罚法', article: '第四十一条' },
    ]);
    expect(localProvisions(law, own('majorReport'), of('ningxia'))).toEqual([{ instrument: '沪环执法〔2021〕75号', article: '三（八）二（参照）' }]);
    expect(REGIONS.map((region) => ownProvision(law, 'rectification', region)?.article)).toEqual(['第十八条', undefined, undefined, undefined]);
    for (const step of Object.keys(PROVISIONS)) expect(basisAnywhere(law, `@${step}`), `a step no region's text speaks of: ${step}`).not.toBe('');
    for (const region of ['ningxia', 'inner-mongolia', 'shanghai']) {
      const clock = law.clock('T2', of(region), today);
      expect(clock, region).toMatchObject({ source: '产品默认值（参照江苏办法）', verified: false });
    }
    expect(law.clock('T2', of('jiangsu'), today)).toMatchObject({ source: '江苏省生态环境非现场执法管理办法（试行）', verified: true });
  });
});
