import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asId, DAY, HOUR, instant, toMinuteText, type AccountId, type OutfallId, type UnitId } from '#kernel';
import { decideAnswered, decideAssessment, decideConclusion, decideSignature, obstacles, withAssessments, type Signature } from '../finding/decide-review.ts';
import { gatesOf } from '../finding/gates.ts';
import { loadLaw } from '#law';
import { narrate } from './narrative.ts';
import { precheck } from './precheck-rules.ts';
import { isMet, PROPERTIES, type CheckOutcome, type Finding, type PrecheckInput } from './precheck.ts';
import { soundInput } from '../testing/sound-facts.ts';

const FROM = instant(Date.parse('2026-09-14T02:00:00+08:00'));
const clue = { unitId: asId<UnitId>('E1'), outfall: asId<OutfallId>('O1'), periodFrom: FROM, periodTo: instant(FROM + 6 * 3_600_000) };
const sound = (more: Partial<PrecheckInput> = {}) => soundInput(clue, more);
const outcomeOf = (input: PrecheckInput, key: string) => precheck(input).find((item) => item.item === key)?.outcome;
/** A review of one record, by a reviewer of this name. */
const foundIn = (materials: PrecheckInput['materials'] = []) => ({ known: ['unit:E1', 'sheet:sht_1', ...materials.map(({ sha256 }) => `sha256:${sha256}`)], input: { materials }, reviewers: ['韩技术', '数据审核小组'] });
const who = (id: string) => asId<AccountId>(id);
const both: Signature[] = [
  { track: 'TECHNICAL', accountId: who('t'), conclusion: 'PASS' },
  { track: 'LEGAL', accountId: who('l'), conclusion: 'PASS' },
];

describe('the automatic pre-check', () => {
  it('[JS-11.0] 四性各有检查项，无瑕疵的数据全部符合', () => {
    const items = precheck(sound());
    for (const property of Object.keys(PROPERTIES)) expect(items.some((item) => item.property === property), property).toBe(true);
    expect(items.filter((item) => item.outcome !== 'PASS')).toEqual([]);
  });

  it('[JS-11.1] 对象、时间、地点、因子、数值与生成、采集、存储、传输、标记逐项核对', () => {
    expect(outcomeOf(sound({ outfall: null }), 'data.object')).toBe('CANNOT_TELL');
    expect(outcomeOf(sound({ to: FROM }), 'data.time')).toBe('FAIL');
    expect(outcomeOf(sound({ address: '' }), 'data.place')).toBe('CANNOT_TELL');
    expect(outcomeOf(sound({ factors: [] }), 'data.factor')).toBe('NOT_CONCERNED');
    expect(outcomeOf(sound({ hours: { expected: 8, present: 8, valid: 5 } }), 'data.values')).toBe('FAIL');
    expect(outcomeOf(sound({ hours: { expected: 8, present: 8, valid: 6 } }), 'data.values')).toBe('PASS');
    expect(outcomeOf(sound({ hours: null }), 'data.values')).toBe('CANNOT_TELL');
    expect(outcomeOf(sound({ hours: { expected: 27, present: 0, valid: 0 }, withoutValues: true }), 'data.values')).toBe('PASS');
    const asSent = (present: number) => precheck(sound({ hours: { expected: 8, present, valid: 0 }, asSent: true, to: instant(FROM + 8 * HOUR) })).find((item) => item.item === 'data.values');
    expect(asSent(8)).toMatchObject({ outcome: 'PASS', detailZh: expect.stringContaining('应有 8 小时，收到 8，有效 0；所述事实是上传的数值本身') });
    expect(asSent(5)).toMatchObject({ outcome: 'FAIL' });
    const late = { expected: 8, present: 8, valid: 4, overdue: 4 };
    expect(precheck(sound({ hours: late, to: instant(FROM + 8 * HOUR) })).find((item) => item.item === 'data.values')).toMatchObject({ outcome: 'PASS', detailZh: '应有 8 小时，收到 8，有效 4，另有 4 小时仅因校准、核查超期不计' });
    // What was reviewed is longer than what the facts stand on: both are told.
    const part = precheck(sound({ hours: { expected: 48, present: 48, valid: 47 }, to: instant(FROM + 86 * HOUR) })).find((item) => item.item === 'data.values');
    expect(part).toMatchObject({ outcome: 'PASS', detailZh: '审核时段 86 小时，其中所述事实 48 小时，收到 48，有效 47' });
    const term = { factor: 'a21002', name: '氮氧化物', zh: '气态污染物零点与量程校准', en: 'zero and span', last: FROM, everyHours: 168, source: 'HJ 75-2017', overdueHours: 0 };
    const calibration = (more: object, rest: Partial<PrecheckInput> = {}) => precheck(sound({ calibrations: [{ ...term, ...more }], ...rest })).find((item) => item.item === 'data.calibration');
    expect(calibration({})).toMatchObject({ outcome: 'PASS', detailZh: expect.stringContaining('HJ 75-2017 间隔不超过 168 小时，时段内超期 0 小时') });
    expect(calibration({ last: null })).toMatchObject({ outcome: 'CANNOT_TELL' });
    expect(calibration({ overdueHours: 4 }, { hours: late })).toMatchObject({ outcome: 'FAIL' }); // nothing observed is left
    expect(calibration({ overdueHours: 4 }, { hours: late, observations: [{ model: 'B01' } as never] })).toMatchObject({ outcome: 'PASS', detailZh: expect.stringContaining('不列入违法事实') });
    expect(calibration({ overdueHours: 8 }, { hours: { ...late, valid: 0 }, observations: [{ model: 'B01' } as never] })).toMatchObject({ outcome: 'FAIL' });
    const frames = sound().frames!;
    expect(outcomeOf(sound({ frames: { ...frames, conflicts: 1 } }), 'data.transport')).toBe('FAIL');
    expect(outcomeOf(sound({ frames: { ...frames, suspectPeer: 1 } }), 'data.transport')).toBe('FAIL');
    const again = (model: string) => precheck(sound({ frames: { ...frames, sentAgain: { hours: 3, frames: 4 } }, observations: [{ model } as never] })).find((item) => item.item === 'data.transport');
    expect(again('A05')).toMatchObject({ outcome: 'PASS', detailZh: expect.stringContaining('另有 3 个小时的数据被以不同数值重新上传，重传报文 4 条，先后报文均已保存，重新上传就是所述事实') });
    expect(again('C01')).toMatchObject({ outcome: 'CANNOT_TELL', detailZh: expect.stringContaining('须说明为何采信') });
    expect(outcomeOf(sound({ frames: { ...frames, sealed: 359 } }), 'data.storage')).toBe('FAIL');
    expect(outcomeOf(sound({ frames: null }), 'data.storage')).toBe('CANNOT_TELL');
    const mark = { id: 'M1', kind: '停运', start: FROM, end: FROM, submittedAt: FROM };
    expect(outcomeOf(sound({ marks: [{ ...mark, inTime: true }] }), 'data.marks')).toBe('FAIL');
    expect(outcomeOf(sound({ marks: [{ ...mark, inTime: false }] }), 'data.marks')).toBe('PASS');
  });

  it('[JS-11.2] 有视频时核对要素，图像清晰与否留给审核人', () => {
    expect(outcomeOf(sound(), 'video.complete')).toBeUndefined();
    const videos = [{ camera: 'C1', start: FROM, end: FROM, event: '人员进入', sha256: null }];
    expect(outcomeOf(sound({ videos }), 'video.complete')).toBe('PASS');
    // Without a picture nothing is said of its clearness, by nobody.
    expect(outcomeOf(sound({ videos }), 'video.clear')).toBe('NOT_CONCERNED');
    const withPicture = [{ ...videos[0]!, sha256: 'c'.repeat(64) }];
    expect(precheck(sound({ videos: withPicture })).find((item) => item.item === 'video.clear')).toMatchObject({ outcome: 'CANNOT_TELL', figures: ['1'] });
    const clip = videos[0]!;
    const detail = (more: Partial<typeof clip>) => precheck(sound({ videos: [{ ...clip, ...more }] })).find((item) => item.item === 'video.complete');
    expect(detail({ camera: '' })).toMatchObject({ outcome: 'FAIL', detailZh: expect.stringContaining('地点不全 1 段') });
    expect(detail({ event: '' })).toMatchObject({ outcome: 'FAIL', detailZh: expect.stringContaining('内容不全 1 段') });
    expect(detail({ start: instant(FROM - 9 * 3_600_000), end: instant(FROM - 8 * 3_600_000) })).toMatchObject({ outcome: 'FAIL', detailZh: expect.stringContaining('时间不全 1 段') });
    expect(outcomeOf(sound({ videos, outfall: null }), 'video.complete')).toBe('FAIL');
  });

  it('现场录像有保存期限的区域，说明须在哪天之前调取', () => {
    const recordings = { months: 6, keptUntil: instant(FROM + 180 * DAY), source: '方案 附件1' };
    const kept = (days: number) => precheck(sound({ recordings: { ...recordings, lookedAt: instant(FROM + days * DAY) } })).find((item) => item.item === 'video.kept');
    expect(kept(3)).toMatchObject({ force: 'ADVISORY', outcome: 'CANNOT_TELL', detailZh: expect.stringContaining('前调取') });
    expect(kept(181)).toMatchObject({ outcome: 'FAIL', detailZh: expect.stringContaining('期满') });
    expect(precheck(sound()).some((item) => item.item === 'video.kept')).toBe(false);
  });

  const assessed = (input: PrecheckInput, ...given: object[]) => withAssessments({ input, items: precheck(input) }, given as never);

  it('依据写明是什么记录、何时，不写平台内部的编号和散列值', () => {
    const input = sound({
      marks: [{ id: 'mrk_1', kind: '停运', start: FROM, end: clue.periodTo, submittedAt: FROM, inTime: true }], materials: [{ name: '运维记录.pdf', sha256: 'a'.repeat(64) }],
      answers: [{ sheetId: 'sht_1', sheetNo: '督〔2026〕3号', cause: 'OTHER', at: FROM, late: false }],
    });
    const shown = { refs: ['mark:mrk_1', 'sheet:sht_1', `sha256:${'a'.repeat(64)}`], files: [] };
    const item = assessed(input, { item: 'data.marks', outcome: 'PASS', note: '标记与记录不符', shown }).find((one) => one.item === 'data.marks');
    const [at, until] = [FROM, clue.periodTo].map(toMinuteText);
    expect(item?.detailZh).toContain(`，依据：数据标记（停运，${at} 至 ${until}）、监督单反馈（督〔2026〕3号 ${at}）、运维记录.pdf`);
    expect(`${item?.detailZh}${item?.detailEn}`).not.toMatch(/mrk_|sht_|a{64}/);
  });

  it('单位的反馈须由技术审核人员在签署前说明采信情况，或者写明不予评判的理由；照抄程序的话不算；退回的不拦', () => {
    const input = sound({ answers: [{ sheetId: 'sht_1', sheetNo: '督〔2026〕3号', cause: 'OTHER', at: FROM, late: false }] });
    const items = precheck(input);
    const item = items.find((one) => one.item === 'other.answers')!;
    expect(decideAnswered('TECHNICAL', 'PASS', items)).toMatchObject({ code: 'REVIEW-023', missing: ['单位反馈是否已核查：尚未说明'], missingEn: ['answers of the unit weighed: not answered yet'] });
    expect(decideAnswered('TECHNICAL', 'REJECT', items)).toMatchObject({ code: 'REVIEW-023' });
    expect([decideAnswered('TECHNICAL', 'RETURN', items), decideAnswered('LEGAL', 'PASS', items)]).toEqual([undefined, undefined]);
    expect(obstacles(input, items, []).map(({ zh }) => zh)).toContain('单位反馈是否已核查：尚未说明');
    const left = { outcome: 'CANNOT_TELL', note: '反馈只说明了补录经过，与本案事实无关，不予评判。', shown: null } as const;
    expect(decideAssessment(item, left, foundIn())).toBeUndefined();
    for (const note of ['略', item.detailZh]) expect(decideAssessment(item, { ...left, note }, foundIn())).toMatchObject({ code: 'REVIEW-004' });
    const answered = assessed(input, { item: 'other.answers', ...left });
    expect(decideAnswered('TECHNICAL', 'PASS', answered)).toBeUndefined();
    expect(decideAnswered('TECHNICAL', 'PASS', precheck(sound()))).toBeUndefined();
  });

  it('所述数值没有一个有效小时的，数值不符合，说明和材料都不能改变；也没有事实可写', () => {
    const input = sound({ observations: [], fallen: true, to: instant(FROM + 24 * HOUR), hours: { expected: 24, present: 24, valid: 0, overdue: 24 } });
    const item = precheck(input).find((one) => one.item === 'data.values')!;
    expect(item).toMatchObject({ outcome: 'FAIL', detailZh: '应有 24 小时，收到 24，有效 0；所述时段没有校准、核查有效期内的有效小时，不能据以认定' });
    const given = { outcome: 'PASS', note: '校准记录另附，数值可信', shown: { refs: ['unit:E1'], files: [] } } as const;
    expect(decideAssessment(item, given, foundIn())).toMatchObject({ code: 'REVIEW-022' });
    expect(decideAssessment({ ...item, final: undefined as never }, given, foundIn())).toMatchObject({ code: 'REVIEW-026' });
    expect(narrate(loadLaw(), input, ['AIR_EXCEED'])).toBeNull();
  });

  it('因子已在校准项目名称中的，不重复写', () => {
    const calibrations = [{ factor: 'a34013', name: '颗粒物', zh: '颗粒物零点与量程校准', en: 'zero and span', last: null, everyHours: 360, source: 'HJ 75-2017', overdueHours: 0 }];
    expect(precheck(sound({ calibrations })).find((item) => item.item === 'data.calibration')?.detailZh).toBe('颗粒物零点与量程校准：没有记录');
  });

  it('程序未能核验的，审核人核验后写明各是谁的结论，不写成“符合（尚未核验）”', () => {
    const items = assessed(sound({ log: { checked: 3, intact: null } }), { item: 'platform.log', outcome: 'PASS', note: '已调取检查点核对。', shown: { refs: ['leaf:3-9'], files: [{ name: '检查点.pdf', sha256: 'f'.repeat(64) }] } });
    expect(items.find((item) => item.item === 'platform.log')).toMatchObject({
      outcome: 'PASS', program: 'CANNOT_TELL',
      detailZh: '程序：不能判断，签名检查点尚未覆盖本时段报文，未核验；审核人认定：符合，已调取检查点核对，依据：存证叶 3-9、检查点.pdf',
      detailEn: expect.stringContaining('reviewer: met, 已调取检查点核对, shown by evidence leaves 3-9, 检查点.pdf'),
    });
  });

  it('[JS-11.3] 平台中断、时钟偏差、日志不符都不通过', () => {
    const platform = { outages: [], clockOffsetMs: 0, logIntact: true };
    const running = (more: Partial<NonNullable<PrecheckInput['platform']>>) => precheck(sound({ platform: { ...platform, ...more } })).find((item) => item.item === 'platform.running');
    expect(running({ outages: [{ from: FROM, to: instant(FROM + 5 * HOUR) }], silences: 3 })).toMatchObject({ outcome: 'FAIL', figures: ['1', '5'], detailZh: expect.stringContaining('接收中断 1 次，共 5 小时没有收到任何设备的报文；该设备有 3 段超过 2 小时没有报文到达') });
    expect(running({ silences: 18 })).toMatchObject({ outcome: 'PASS', detailZh: expect.stringContaining('该设备有 18 段') });
    expect(running({})).toMatchObject({ outcome: 'PASS', detailZh: '时段内平台接收无中断' });
    expect(outcomeOf(sound({ platform: { ...platform, clockOffsetMs: 2001 } }), 'platform.time')).toBe('FAIL');
    expect(outcomeOf(sound({ platform: { ...platform, logIntact: false } }), 'platform.log')).toBe('FAIL');
    expect(outcomeOf(sound({ platform: null }), 'platform.log')).toBe('CANNOT_TELL');
    expect(outcomeOf(sound({ operations: { count: 4, incomplete: 0 } }), 'platform.operations')).toBe('PASS');
    expect(outcomeOf(sound({ operations: { count: 4, incomplete: 1 } }), 'platform.operations')).toBe('FAIL');
    const health = precheck(sound({ health: { takenAt: FROM, frames: 1200, devices: 9, never: 1, silent: 2 } })).find((item) => item.item === 'platform.health');
    expect(health).toMatchObject({ force: 'ADVISORY', detailZh: expect.stringContaining('累计接收报文 1200 条') });
  });

  it('[JS-11.4] 只有地方性法规或规章依据的不符合', () => {
    const local = { instrument: '江苏省生态环境监测条例', article: '第三十五条', level: 'LOCAL_REGULATION' } as const;
    expect(outcomeOf(sound({ bases: [local] }), 'basis.level')).toBe('FAIL');
    expect(outcomeOf(sound({ bases: [local, ...sound().bases] }), 'basis.level')).toBe('PASS');
  });
});

describe('改判程序的不符合', () => {
  const item = precheck(sound({ platform: { outages: [], clockOffsetMs: -64873 } })).find((one) => one.item === 'platform.time')!;
  const log = { name: '授时记录.pdf', sha256: 'b'.repeat(64), kind: 'TIME_SERVER_LOG', issuer: '信息中心' } as const;
  const note = '报文晚到 64873 毫秒是排队所致，授时服务记录载明主机时钟准确。';
  const decide = (more: { note?: string; refs?: string[]; files?: object[]; materials?: PrecheckInput['materials'] } = {}, of = item) =>
    decideAssessment(of, { outcome: 'PASS', note: more.note ?? note, shown: { refs: more.refs ?? [], files: (more.files ?? [log]) as never } }, foundIn(more.materials));

  it('须有审核人以外的来源：自己的记录、没有种类或者出具单位的文件、审核人或者其机构出具的，都不算', () => {
    expect(item).toMatchObject({ outcome: 'FAIL', figures: ['64873'] });
    for (const file of [{ ...log, kind: undefined }, { ...log, issuer: undefined }, { ...log, issuer: ' ' }, { ...log, issuer: '韩技术' }, { ...log, issuer: '某市数据审核小组' }]) {
      expect(decide({ files: [file] }), JSON.stringify(file)).toMatchObject({ code: 'REVIEW-026', en: expect.stringContaining('evidence from outside') });
    }
    expect(decide({ files: [], refs: ['unit:E1'] })).toMatchObject({ code: 'REVIEW-026' });
    expect(decide()).toBeUndefined();
    expect(decide({ files: [], refs: ['sheet:sht_1'] })).toBeUndefined();
    const lying = { name: '用电记录.csv', sha256: 'e'.repeat(64) };
    expect(decide({ files: [], refs: [`sha256:${lying.sha256}`], materials: [lying] })).toBeUndefined();
  });

  it('说明须回应程序给出的数值，照抄程序的话、数值只是别的数的一部分的不算', () => {
    for (const words of ['平台时钟准确，见授时服务记录。', '偏差 648731 毫秒不成立', '偏差 1.64873 秒', '偏差 64873.5 毫秒']) {
      expect(decide({ note: words }), words).toMatchObject({ code: 'REVIEW-025', zh: expect.stringContaining('64873'), en: expect.stringContaining('64873') });
    }
    expect(decide({ note: item.detailZh })).toMatchObject({ code: 'REVIEW-004' });
    const frames = { ...sound().frames!, conflicts: 3, suspectPeer: 2 };
    const transport = precheck(sound({ frames })).find((one) => one.item === 'data.transport')!;
    expect(decide({ note: '同键异值 3 条已与数采仪核对。' }, transport)).toMatchObject({ code: 'REVIEW-025', zh: expect.stringMatching(/：2$/u) });
    expect(decide({ note: '同键异值 3 条、来源可疑 2 条已与数采仪核对。' }, transport)).toBeUndefined();
  });

  it('程序给出数值的每一项不符合，都有须回应的数值', () => {
    const spoiled = sound({
      hours: { expected: 8, present: 8, valid: 5 }, frames: { ...sound().frames!, sealed: 1, conflicts: 2 }, log: { checked: 4, intact: false }, operations: { count: 4, incomplete: 1 },
      platform: { outages: [{ from: FROM, to: instant(FROM + 3 * HOUR) }], clockOffsetMs: 9000 }, marks: [{ id: 'M', kind: '停运', start: FROM, end: FROM, submittedAt: FROM, inTime: true }],
      calibrations: [{ ...sound().calibrations![0]!, overdueHours: 4 }], videos: [{ camera: '', start: FROM, end: FROM, event: 'x', sha256: null }],
    });
    const failed = precheck(spoiled).filter(({ outcome, detailZh }) => outcome === 'FAIL' && /[1-9]/u.test(detailZh));
    expect(failed.length).toBeGreaterThan(8);
    expect(failed.filter(({ figures = [] }) => figures.length === 0).map((one) => one.item)).toEqual([]);
    for (const { figures = [], detailZh } of failed) for (const one of figures) expect(detailZh).toContain(one);
  });

  it('没有记录的不能认定符合：自己提交的不行，他人补充并写明种类和出具单位的可以', () => {
    const record = { name: '校准记录.pdf', sha256: 'd'.repeat(64), kind: 'SERVICE_RECORD', issuer: '某运维公司' } as const;
    const missing = [
      precheck(sound({ calibrations: [{ ...sound().calibrations![0]!, last: null }] })).find((one) => one.item === 'data.calibration')!,
      precheck(sound({ device: { ...sound().device, accepted: null } })).find((one) => one.item === 'data.generation')!,
    ];
    for (const one of missing) {
      expect(one).toMatchObject({ outcome: 'CANNOT_TELL', absent: true });
      expect(decide({ files: [record] }, one)).toMatchObject({ code: 'REVIEW-027', en: expect.stringContaining('no record') });
      expect(decide({ files: [], refs: [`sha256:${record.sha256}`], materials: [{ name: record.name, sha256: record.sha256 }] }, one)).toMatchObject({ code: 'REVIEW-027' });
      expect(decide({ files: [], refs: [`sha256:${record.sha256}`], materials: [record] }, one)).toBeUndefined();
      for (const outcome of ['FAIL', 'CANNOT_TELL'] as const) expect(decideAssessment(one, { outcome, note: '没有校准记录。', shown: null }, foundIn())).toBeUndefined();
    }
  });

  it('不涉及的由程序认定，人不能认定符合，也不妨碍审核意见；不与限值比较的事实不涉及未登记的限值', () => {
    const [factor] = sound().factors;
    const without = { factors: [{ ...factor!, limit: null }] };
    expect(outcomeOf(sound({ ...without, observations: [{ model: 'C01' } as never] }), 'data.limit')).toBe('NOT_CONCERNED');
    for (const observations of [[], [{ model: 'B01' }], [{ model: 'R007', rule: { zh: '', en: '' } }]] as never[]) expect(outcomeOf(sound({ ...without, observations }), 'data.limit')).toBe('CANNOT_TELL');
    const input = sound({ factors: [] });
    const items = precheck(input);
    expect(obstacles(input, items, both)).toEqual([]);
    expect(decide({}, items.find((one) => one.item === 'data.factor')!)).toMatchObject({ code: 'REVIEW-022' });
  });

  it('意见中写明证明材料的种类和出具单位', () => {
    const input = sound({ platform: { outages: [], clockOffsetMs: -64873 } });
    const items = withAssessments({ input, items: precheck(input) }, [{ item: 'platform.time', track: 'TECHNICAL', outcome: 'PASS', note, shown: { refs: [], files: [log] }, accountId: who('t') }]);
    expect(items.find((one) => one.item === 'platform.time')).toMatchObject({
      detailZh: expect.stringContaining('依据：授时记录.pdf（授时服务记录，信息中心出具）'), detailEn: expect.stringContaining('授时记录.pdf (log of the time server, issued by 信息中心)'),
    });
  });
});

describe('gates', () => {
  it('[JS-22] 主管部门自设监测站点未公布前的数据不可用，排污单位自有设备仅作提示', () => {
    const station = { ...sound().device, owner: 'AUTHORITY', legalReview: true, technicalReview: true, sitingRecord: true, signPhoto: true } as const;
    const gate = (input: PrecheckInput, key: string) => gatesOf(input, precheck(input)).find((g) => g.gate === key);
    expect(gate(sound({ device: { ...station, publishedAt: instant(FROM + 1) } }), 'G6')).toMatchObject({ outcome: 'FAIL', force: 'MANDATORY' });
    expect(gate(sound({ device: { ...station, publishedAt: FROM } }), 'G6')).toMatchObject({ outcome: 'PASS' });
    expect(gate(sound(), 'G6')).toMatchObject({ outcome: 'CANNOT_TELL', force: 'ADVISORY' });
    const input = sound({ device: { ...station, publishedAt: null } });
    expect(decideConclusion('pass', '', input, precheck(input), both)).toMatchObject({ code: 'REVIEW-011', missing: ['G6 设置地点向社会公布'] });
  });
});

describe('the opinion', () => {
  it('passes only when every mandatory item is met and both tracks signed in favour', () => {
    const outcome = fc.constantFrom<CheckOutcome>('PASS', 'FAIL', 'CANNOT_TELL', 'NOT_CONCERNED');
    const items = precheck(sound());
    fc.assert(
      fc.property(fc.array(outcome, { minLength: items.length, maxLength: items.length }), fc.subarray(both), (outcomes, signed) => {
        const judged = items.map((item, i) => ({ ...item, outcome: outcomes[i] as CheckOutcome }));
        const clean = judged.every((item) => item.force === 'ADVISORY' || isMet(item)) && signed.length === 2;
        expect(decideConclusion('pass', '', sound(), judged, signed) === undefined).toBe(clean);
      }),
    );
  });

  it('names what is missing', () => {
    const input = sound({ bases: [] });
    expect(obstacles(input, precheck(input), [both[0]!]).map((one) => one.zh)).toEqual(['合法性审核签署', '法律、行政法规依据：不符合', 'G1 采集事实的法律、行政法规依据']);
  });

  it("a reviewer's finding, with words, goes before the program's; the newest counts", () => {
    const input = sound({ address: '' });
    const assess = (outcome: Finding) => ({ item: 'data.place', track: 'TECHNICAL' as const, outcome, note: '已核对排污许可证载明地址', shown: null, accountId: who('t') });
    const items = withAssessments({ input, items: precheck(input) }, [assess('FAIL'), assess('PASS')]);
    expect(items.find((item) => item.item === 'data.place')).toMatchObject({ outcome: 'PASS' });
    expect(decideConclusion('pass', '', input, items, both)).toBeUndefined();
  });

  it('程序不认定符合的，审核人认定符合须写明理由并指明本次审核中的记录或者文件', () => {
    const item = precheck(sound({ address: '' })).find((one) => one.item === 'data.place')!;
    const note = '已核对排污许可证载明地址';
    const file = { name: '许可证.pdf', sha256: 'a'.repeat(64) };
    const decide = (shown: Parameters<typeof decideAssessment>[1]['shown'], more: { outcome?: Finding; note?: string } = {}) =>
      decideAssessment(item, { outcome: 'PASS', note, shown, ...more }, foundIn());
    expect(decide(null)).toMatchObject({ code: 'REVIEW-018', field: 'shown' });
    expect(decide({ refs: ['leaf:1-2'], files: [] })).toMatchObject({ code: 'REVIEW-019' });
    expect(decide({ refs: ['unit:E1'], files: [] }, { note: '好的' })).toMatchObject({ code: 'REVIEW-004' });
    expect(decide({ refs: ['unit:E1'], files: [] })).toBeUndefined();
    expect(decide({ refs: [], files: [file] })).toBeUndefined();
    expect(decide(null, { outcome: 'FAIL' })).toBeUndefined();
  });

  it('[JS-6.2][JS-7.4] 技术审核与合法性审核由不同岗位、不同人员签署', () => {
    const technical = { accountId: who('t'), roles: ['review-technical'] as const };
    expect(decideSignature(technical, 'REVIEW', 'LEGAL', [])).toMatchObject({ code: 'REVIEW-008' });
    expect(decideSignature(technical, 'REVIEW', 'TECHNICAL', both)).toMatchObject({ code: 'REVIEW-009' });
    const two = { accountId: who('t'), roles: ['review-technical', 'review-legal'] as const };
    expect(decideSignature(two, 'REVIEW', 'LEGAL', [both[0]!])).toMatchObject({ code: 'REVIEW-010' });
    expect(decideSignature({ accountId: who('x'), roles: ['review-lead'] as const }, 'REVIEW', 'LEGAL', [])).toMatchObject({ code: 'REVIEW-008' });
  });

  it('returning and rejecting need a reason; rejecting needs both signatures', () => {
    expect(decideConclusion('return', '', sound(), [], [])).toMatchObject({ code: 'REVIEW-004' });
    expect(decideConclusion('return', '缺校准记录，请补充', sound(), [], [])).toBeUndefined();
    expect(decideConclusion('reject', '属设备故障时段', sound(), [], [])).toMatchObject({ code: 'REVIEW-011' });
    expect(decideConclusion('reject', '属设备故障时段', sound(), [], both)).toBeUndefined();
  });
});
