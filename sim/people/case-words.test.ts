import { expect, it } from 'vitest';
import { accountOf, knewOf } from './accounts.ts';
import { alteredAt, alterationOf, clockTime } from './alteration.ts';
import { CASE_ACTS } from './case-bodies.ts';
import { evidenceFile, evidenceOf } from './evidence-files.ts';
import { answerTo, caseReview, defencePoint, dialogueOf, observedIn, runsOf } from './case-words.ts';
import { siteVisit, TRACES } from './on-site.ts';
import { DIRECTOR, personOf } from './persons.ts';
import type { CasePage, ObservedFact } from './shapes.ts';

const LIMIT = { limit: '35', unit: 'mg/m3' };
const fact = (factor: string, told: string, figures?: object) => ({ reviewId: 'review-1', told: { zh: told }, factors: [{ zh: factor }], from: 0, to: 0, ...(figures === undefined ? {} : { figures }) });
const run = (hours: number, peak: string, multiple: string) => fact('二氧化硫', `二氧化硫连续 ${hours} 小时超过排放限值 35 mg/m3`, { kind: 'HOURS_OVER', ...LIMIT, hours, peak, multiple });
const AIR = [run(4, '46', '0.31'), run(9, '50.6', '0.45')];
const WATER = [fact('总磷', '2026年10月14日，总磷日均值 1.08 mg/L', { kind: 'DAY_OVER', limit: '0.5', unit: 'mg/L', mean: '1.08', multiple: '1.17', validHours: 23 })];
const STOPPED = [fact('', '生产设施运行而污染治理设施停运 16 小时')];
const page = (observed: readonly object[]) => ({
  state: { caseId: 'case-1', unitId: 'QY1', facts: '审核认定的事实。', observed, actStart: 0, actEnd: 0, handedOverAt: 86_400_000, officers: [{ name: '周行舟' }, { name: '吴听澜' }], evidence: [{ title: '数据审核意见' }], evidenceRefs: [{}], latest: {} },
  unitName: '甲公司', outfallName: '1号排放口', factorNames: [], law: null, next: [],
}) as unknown as CasePage;
const told = { state: '设施停运检修，没有停产。', done: '已经恢复运行。' };

it('an inquiry, a defence and their answers speak of this case: its factor, hours, limit and cause', () => {
  expect(runsOf(page(AIR))).toMatchObject([{ factor: '二氧化硫', by: 'HOUR', times: 13, peak: '50.6', multiple: '0.45' }]);
  expect(runsOf(page(WATER))).toMatchObject([{ factor: '总磷', by: 'DAY', times: 1, limit: '0.5 mg/L', peak: '1.08' }]);
  const [air, water, stopped] = [AIR, WATER, STOPPED].map((observed) => ({
    asked: JSON.stringify(dialogueOf(page(observed), told)), said: defencePoint(page(observed)).point, answered: answerTo(page(observed)), reviewed: JSON.stringify(caseReview(page(observed))),
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
    const one = page([fact('总磷', '实测值与参数不符')]);
    return { ...one, state: { ...one.state, actStart: at, violation: 'DATA_FALSIFY_UNIT', evidence: [{ title: '现场检查（勘察）笔录', shows: ['PARAM_CHANGED'], source: { from: 'RECORD' } }], ...(person === undefined ? {} : { person }) } } as unknown as CasePage;
  };
  const scaled = TRACES['scale_down'];
  if (scaled === undefined) throw new Error('no trace');
  const { found } = siteVisit(falsified(), scaled, { from: at, to: at + 1 }) as { found: string };
  expect(found).toMatch(/参数“斜率”备案值为 1\.000，检查时为 0\.\d{3}，修改时间为2026年10月16日13时\d+分$/);
  const inquiry = (of: CasePage) => JSON.stringify(dialogueOf({ ...of, state: { ...of.state, latest: { RECORD_SITE_INSPECTION: { command: { found } } } } }, told));
  const [, value = ''] = /检查时为 (0\.\d{3})/.exec(found) ?? [];
  const [, when = ''] = /修改时间为(.*)$/.exec(found) ?? [];
  for (const words of [`改成 ${value}`, when, personOf('QY1', DIRECTOR).name, knewOf({ caseId: 'case-1', unitId: 'QY1', region: 'jiangsu' })]) expect(inquiry(falsified())).toContain(words);
  const filed = { name: '截距', filed: '0', least: 0, most: 0, digits: 0, unit: '' };
  expect(alterationOf({ caseId: 'c', actStart: at, observed: [fact('总磷', '', { kind: 'PARAMETER', name: '斜率', found: '0.7', filed: '1' })] as ObservedFact[] }, filed)).toContain('参数“斜率”备案值为 1，检查时为 0.7，');
  // Where the door was opened, it was done after it was opened.
  expect(alteredAt({ caseId: 'c', actStart: at, observed: [{ ...fact('总磷', '', { kind: 'DOOR_OPENED' }), from: Date.UTC(2026, 9, 16, 1, 5) }] as ObservedFact[] })).toMatch(/^2026年10月16日9时([7-9]|1[0-4])分$/);
  expect(inquiry(falsified({ name: '赵某', post: DIRECTOR }))).toContain(`${when}，我要求`);
});

it('what people say of an act follows the case, the act and their post: no sentence stands word for word in the records of most cases', () => {
  const cases = Array.from({ length: 60 }, (_, i) => ({ caseId: `case-${i}`, unitId: `QY${i}`, region: 'jiangsu' }));
  const most = (said: readonly string[]) => Math.max(...[...Map.groupBy(said, (text) => text).values()].map(({ length }) => length));
  for (const told of [cases.map((one) => accountOf(one, 'PARAM_CHANGED', '参数被改动过')), cases.map(knewOf)]) expect(most(told)).toBeLessThan(35);
  const [one] = cases;
  if (one === undefined) throw new Error('no case');
  const by = (post: string) => accountOf({ ...one, person: { post } } as Parameters<typeof accountOf>[0], 'MARK_FALSE', '标记与实际不符');
  expect(new Set([accountOf(one, 'MARK_FALSE', '标记与实际不符'), by(DIRECTOR), by('自动监测设备运维员'), accountOf(one, 'HIDDEN_OUTLET', '标记与实际不符')]).size).toBe(4);
  expect([by(DIRECTOR), by('自动监测设备运维员')]).toEqual([expect.stringContaining('是我安排的，原因是'), expect.stringContaining(`${personOf(one.unitId, DIRECTOR).name}要求我做的，`)]);
  expect(accountOf(one, 'MARK_FALSE', '')).toBe(accountOf(one, 'MARK_FALSE', ''));
});

it('an inquiry about abnormal data that were not reported says when the alarm was seen and that nothing followed', () => {
  const one = page([fact('总磷', '总磷数据恒定')]);
  const asked = JSON.stringify(dialogueOf({ ...one, state: { ...one.state, actStart: Date.UTC(2026, 9, 16, 6), violation: 'DEVICE_ABNORMAL_NOT_REPORTED' } } as unknown as CasePage, told));
  expect(asked).toMatch(/2026年10月16日1[45]时\d+分看到/);
  expect(asked).toContain('没有向生态环境部门报告，没有在规定时限内标记，也没有安排检修');
  expect(asked).not.toContain('没有及时发现');
});

it('what was observed is told of each case that was merged', () => {
  expect(observedIn(page([...STOPPED, ...AIR, ...WATER.map((one) => ({ ...one, reviewId: 'review-2' }))]))).toMatch(/停运 16 小时；又2026年10月14日，总磷/);
  expect(observedIn(page([]))).toBe('审核认定的事实');
});

it('an inquiry asks about every factor and kind of value the facts tell, and about what else they show; water is judged by the mean of its day', () => {
  const day = (factor: string, mean: string, multiple: string) => fact(factor, `${factor}日均值 ${mean}`, { kind: 'DAY_OVER', limit: '80', unit: 'mg/L', mean, multiple, validHours: 24 });
  const cod = fact('化学需氧量', '化学需氧量连续 11 小时超过', { kind: 'HOURS_OVER', limit: '80', unit: 'mg/L', hours: 11, peak: '170', multiple: '1.13' });
  const water = page([cod, day('化学需氧量', '96', '0.2'), day('化学需氧量', '104', '0.3'), day('总镍', '88', '0.1'), ...STOPPED]);
  const charged = { ...water, state: { ...water.state, violation: 'WATER_EXCEED' } } as unknown as CasePage;
  const asked = JSON.stringify(dialogueOf(charged, told));
  for (const words of ['化学需氧量2 日的日均值超过限值 80 mg/L，最高 104（超标 0.3 倍）', '总镍1 日的日均值', '化学需氧量超标的原因是什么', '总镍超标的原因是什么', '数据审核还认定：生产设施运行而污染治理设施停运 16 小时']) expect(asked).toContain(words);
  expect(asked).not.toContain('共 11 小时');
  for (const said of [defencePoint(charged).point, answerTo(charged), String(caseReview(charged)['facts'])]) expect(said).toMatch(/化学需氧量2 日.+总镍1 日/);
  expect(new Set(dialogueOf(charged, told).map(({ question }) => question)).size).toBe(dialogueOf(charged, told).length);
});

it('the record of the place and the inquiry tell one moment and one value, also where later data moved the beginning of the act; a coefficient fell by what the values fell', () => {
  const at = Date.UTC(2026, 9, 16, 6);
  const opened = [{ ...fact('总磷', '开门后下降', { kind: 'DOOR_OPENED', change: '-0.35' }), from: at }];
  const before = page(opened);
  const state = { ...before.state, actStart: at, violation: 'DATA_FALSIFY_UNIT', evidence: [{ title: '现场检查（勘察）笔录', shows: ['PARAM_CHANGED'], source: { from: 'RECORD' } }] };
  const door = TRACES['door_tamper'];
  if (door === undefined) throw new Error('no trace');
  const { found } = siteVisit({ ...before, state } as unknown as CasePage, door, { from: at, to: at + 1 }) as { found: string };
  expect(found).toContain('备案值为 1.000，检查时为 0.650');
  const later = { ...before, state: { ...state, observed: [], actStart: at - 80 * 3_600_000, latest: { RECORD_SITE_INSPECTION: { command: { found } } } } } as unknown as CasePage;
  const [, when = 'none'] = /修改时间为(.*)$/u.exec(found) ?? [];
  expect(JSON.stringify(dialogueOf(later, told))).toContain(`${when}，`);
});

it('a case of monitoring against the standard: the laboratory\'s report names pairs, standard and permitted error, and the answers speak of the comparison', () => {
  const one = page([fact('颗粒物', '颗粒物手工监测结果为 40 mg/m3，同期自动监测数据为 18 mg/m3', { kind: 'MANUAL_COMPARED', manual: '40', automatic: '18', unit: 'mg/m3' })]);
  const charged = { ...one, state: { ...one.state, violation: 'MONITORING_NOT_BY_SPEC' } } as unknown as CasePage;
  const report = JSON.stringify(evidenceFile(charged, { id: 'MANUAL_REPORT', zh: '手工监测报告' }, 0).lines);
  for (const words of ['HJ 75—2017', '允许误差', '第 5 组', '相对误差 -55.0%', '检验检测专用章']) expect(report).toContain(words);
  const asked = JSON.stringify(CASE_ACTS['RECORD_INQUIRY']?.body(charged, 0));
  expect(asked).toContain('没有按规范定期比对');
  expect(asked).not.toContain('恢复联网');
});

it('a log holds the moment it tells, entry by entry, and not the words of the officers; a coefficient fell by what the values fell', () => {
  const at = Date.UTC(2026, 9, 14, 18);
  const before = page([{ ...fact('二氧化硫', '平均为平时数值的 77%', { kind: 'LEVEL_SHIFTED', level: '0.77' }), from: at }]);
  const state = { ...before.state, actStart: at, actEnd: at + 48 * 3_600_000, violation: 'DATA_FALSIFY_UNIT', evidence: [{ title: '现场检查（勘察）笔录', shows: ['PARAM_CHANGED'], source: { from: 'RECORD' } }] };
  const scaled = TRACES['scale_down'];
  if (scaled === undefined) throw new Error('no trace');
  const visit = siteVisit({ ...before, state } as unknown as CasePage, scaled, { from: at, to: at + 1 }) as { found: string; actAt: number };
  expect(visit.found).toContain('检查时为 0.770，');
  const after = { ...before, state: { ...state, latest: { RECORD_SITE_INSPECTION: { command: visit } } } } as unknown as CasePage;
  const point = { id: 'TRACE', zh: '参数修改日志', required: true, kinds: ['SITE_RECORD'], items: [], proves: '', provider: '甲公司' };
  const taken = evidenceOf(after, point, '', at) as { coversFrom: number; coversTo: number };
  expect([taken.coversFrom <= visit.actAt - 3_600_000, taken.coversTo >= state.actEnd]).toEqual([true, true]);
  const lines = evidenceFile(after, point, at).lines;
  expect(lines).toContainEqual([clockTime(visit.actAt), '参数“斜率”原值 1.000，新值 0.770']);
  expect(JSON.stringify(lines)).not.toContain('与备案值不符');
});

it('treatment is stopped by its operator in the control room, and is asked about as treatment; devices are changed by who keeps them', () => {
  const of = (violation: string, shows: string) => {
    const one = page(STOPPED);
    return JSON.stringify(dialogueOf({ ...one, state: { ...one.state, violation, evidence: [{ title: '', shows: [shows], source: { from: 'REVIEWED_DATA' } }] } } as unknown as CasePage, told));
  };
  const operator = personOf('QY1', '治理设施操作工').name;
  for (const violation of ['TREATMENT_NOT_BY_PERMIT', 'DATA_TAMPER_DISCHARGE']) {
    expect(of(violation, 'TREATMENT_STOPPED')).toMatch(new RegExp(`哪些治理设施[^]*${operator}（治理设施操作工）[^]*中控室|${operator}（治理设施操作工）操作[^]*哪些治理设施[^]*中控室`));
    expect(of(violation, 'TREATMENT_STOPPED')).not.toMatch(/站房|运维员|参数/);
  }
  expect(of('TREATMENT_NOT_BY_PERMIT', 'TREATMENT_STOPPED')).toContain('没有人要求他这样做');
  expect(of('DATA_FALSIFY_UNIT', 'PARAM_CHANGED')).toMatch(/自动监测设备运维员[^]*在站房完成/);
});

it('a case about treatment: the permit tells how it has to run, and the log of the shifts is kept by its operator', () => {
  const one = page([fact('', '污染治理设施用电功率仅为同等生产负荷下正常值的 42%')]);
  const charged = { ...one, state: { ...one.state, violation: 'TREATMENT_NOT_BY_PERMIT' } } as unknown as CasePage;
  expect(JSON.stringify(evidenceFile(charged, { id: 'DUTY', zh: '运行要求' }, 0).lines)).toContain('与生产设施同步运行');
  const log = JSON.stringify(evidenceFile(charged, { id: 'OPERATION_LOG', zh: '运行台账' }, 0).lines);
  for (const words of ['低负荷运行', '药剂投加量', `${personOf('QY1', '治理设施操作工').name}（治理设施操作工）`]) expect(log).toContain(words);
});
