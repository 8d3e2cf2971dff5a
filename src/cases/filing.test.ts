import { describe, expect, it } from 'vitest';
import { asId, calendarDay, instant, type Instant, type OutfallId, type RegionKey } from '#kernel';
import { proposeExemptions } from '#law';
import type { CaseCommand, CommandOf } from './commands/index.ts';
import { decideCase } from './decide-case.ts';
import { exemptionFacts } from './discretion/exemption-facts.ts';
import { filingClocks } from './clocks/open-clock.ts';
import { reviewedDays } from './guards/reviewed-days.ts';
import type { PaperRef, PenaltyCase } from './penalty-case.ts';
import { evidence, sample } from './testing/index.ts';
import { runFact } from './testing/observed.ts';
import { evidencePoints } from './views/case-page.ts';
import { act, DAY, investigated, law, must, people, received, start, walk } from './testing/pure-case.ts';

const names = { unit: () => undefined, outfallName: () => '一号排放口', factorName: () => '二氧化硫', authority: () => { throw new Error('not asked'); } };
const view = { law, directory: names };
const later = (days: number) => instant(start + days * DAY);
const filing = (more: Partial<CommandOf<'PROPOSE_FILING'>>): CaseCommand => ({ ...(sample('PROPOSE_FILING', start) as CommandOf<'PROPOSE_FILING'>), ...more });
const late = (state: PenaltyCase, now: Instant, more: Partial<CommandOf<'PROPOSE_FILING'>>) => act(state, filing(more), now);

describe('立案的期限', () => {
  const of = (region: string, route?: string) =>
    filingClocks(law, { region: asId<RegionKey>(region), handedOverAt: start, ...(route === undefined ? {} : { route }) }).map(({ clock, dueDay }) => [clock, dueDay]);

  it('[SH-6.3b] 经监测机构报告而来的，自报告起七日；其余按本地区或者默认期限；全国十五日为上限', () => {
    expect(of('jiangsu')).toEqual([['T3a', '2026-03-25'], ['T3c', '2026-03-31']]);
    expect(of('shanghai', 'LAB_REPORT')).toEqual([['T3b', '2026-03-23'], ['T3c', '2026-03-31']]);
    expect(of('shanghai', 'PATROL')[0]).toEqual(['T3a', '2026-03-25']);
  });

  it('负责人可以把十五日延长一次，地区的七日不因此延长；立案与否，各期限一并终止', () => {
    const longer = must(received(), sample('EXTEND_FILING', start), later(5));
    expect(longer.running.T3cx?.dueDay).toBe('2026-04-15');
    expect([longer.running.T3c, longer.running.T3a?.dueDay]).toEqual([undefined, '2026-03-25']);
    expect(act(longer, sample('EXTEND_FILING', start), later(6))).toMatchObject({ ok: false, missing: ['尚未届满、尚未延长的立案审查期限'] });
    expect(act(received(), sample('EXTEND_FILING', start), later(16))).toMatchObject({ ok: false, code: 'CASE-003' });
    expect(Object.keys(walk(longer, ['PROPOSE_FILING', 'APPROVE_FILING'], later(6)).running)).toEqual(['T8']);
    expect(must(longer, sample('REFUSE_FILING', start), later(6)).running).toEqual({});
  });
});

/** A file that rests on no data of a device: its days are bound by none. */
const unreviewed = (): PenaltyCase => ({ ...received(), evidenceRefs: [] });

describe('事实在审核通过的数据时段以内', () => {
  const beyond = { actStart: calendarDay('2026-03-11'), actEnd: calendarDay('2026-03-12') };
  const missing = ['在审核通过的数据时段（2026-03-12至2026-03-12）以内的行为起止日期，或者其余时段的补充审核'];

  it('[JS-12.2] 立案的行为起止超出审核通过的数据的，须先补充审核；另一种违法行为、没有数据的案件不受此限', () => {
    expect(late(received(), start, beyond)).toMatchObject({ ok: false, missing });
    expect(late(received(), start, { ...beyond, actStart: beyond.actEnd })).toMatchObject({ ok: true });
    expect(late(unreviewed(), start, beyond)).toMatchObject({ ok: true });
  });

  it('起止日期须各落在审核通过的某一段以内，两段之间的不算；作为数据保存的事实按小时比较', () => {
    const ref = (from: string, to: string) => ({ reviewId: 'r', dataRef: `data:DA001:${Date.parse(`${from}:00+08:00`)}:${Date.parse(`${to}:00+08:00`)}`, title: '' });
    const two = { ...received(), evidenceRefs: [ref('2026-03-08T02:00', '2026-03-08T08:00'), ref('2026-03-12T02:00', '2026-03-12T08:00')] };
    const days = (from: string, to: string) => ({ actStart: calendarDay(from), actEnd: calendarDay(to) });
    expect(late(two, start, days('2026-03-08', '2026-03-12'))).toMatchObject({ ok: true });
    expect(late(two, start, days('2026-03-10', '2026-03-12'))).toMatchObject({ ok: false, missing: [expect.stringContaining('2026-03-08至2026-03-12')] });
    const known = (hours: number): PenaltyCase => ({ ...received(), observed: [runFact('氮氧化物', '2026-03-12T02', hours)] });
    expect(late(known(6), start, days('2026-03-12', '2026-03-12'))).toMatchObject({ ok: true });
    expect(late(known(7), start, days('2026-03-12', '2026-03-12'))).toMatchObject({ ok: false, missing: [expect.stringMatching(/所述事实（.*9时.*）全部在审核通过的数据时段以内/)] });
  });

  it('到午夜为止的数据只到前一日；补充审核通过并固定为证据的时段计入', () => {
    const midnight = Date.parse('2026-03-13T00:00:00+08:00');
    expect(reviewedDays({ evidenceRefs: [{ reviewId: 'r', dataRef: `data:DA001:${midnight - DAY}:${midnight}`, title: '' }], evidence: [] })).toEqual({ first: '2026-03-12', last: '2026-03-12' });
    const item = { ...evidence('AUTO_DATA', 'ELECTRONIC_DATA'), source: { from: 'REVIEWED_DATA', reviewId: 'r2', dataRef: `data:DA001:${midnight}:${midnight + 5}` } } as never;
    expect(reviewedDays({ evidenceRefs: received().evidenceRefs, evidence: [item] })).toEqual({ first: '2026-03-12', last: '2026-03-13' });
  });
});

describe('追责时效：两年，有危害后果的五年', () => {
  it('法典施行前只有危及生命健康的才是五年，并须写明认定', () => {
    const old = { actStart: calendarDay('2022-05-01'), actEnd: calendarDay('2022-05-02') };
    expect(late(unreviewed(), start, old)).toMatchObject({ ok: false, missing: ['违法行为自2022-05-02起两年内被发现'] });
    expect(late(unreviewed(), start, { ...old, harm: 'LIFE_HEALTH' })).toMatchObject({ ok: false, missing: ['危害后果的认定'] });
    expect(late(unreviewed(), start, { ...old, harm: 'LIFE_HEALTH', harmFinding: '致三人中毒就医。' })).toMatchObject({ ok: true });
    expect(late(unreviewed(), start, { ...old, harm: 'ENVIRONMENT', harmFinding: '河段鱼类死亡。' })).toMatchObject({ ok: false });
    expect(late(unreviewed(), start, { harm: '很严重', harmFinding: '——' })).toMatchObject({ ok: false, code: 'CASE-003' });
  });

  it('法典施行后终了的行为，凡有危害后果都是五年（第一千零五十四条）', () => {
    const found = { ...unreviewed(), handedOverAt: instant(Date.parse('2030-03-01T10:00:00+08:00')) };
    const act2026 = { actStart: calendarDay('2026-09-01'), actEnd: calendarDay('2026-09-02') };
    expect(late(found, found.handedOverAt, act2026)).toMatchObject({ ok: false });
    expect(late(found, found.handedOverAt, { ...act2026, harm: 'ENVIRONMENT', harmFinding: '河段鱼类死亡。' })).toMatchObject({ ok: true });
  });
});

describe('地区列明的情形', () => {
  const inMongolia = (): PenaltyCase => ({ ...received(), region: asId<RegionKey>('inner-mongolia') });
  const acts = law.codes('abnormal-running-acts').codes;

  it.each(acts.map((one) => [one.code, one.violation] as const))('[NMG-3.1b] %s 可以在立案时选定，案由须与之一致', (code, violation) => {
    expect(late(inMongolia(), start, { namedAct: code, violation: violation ?? 'AIR_EXCEED' })).toMatchObject({ ok: true });
    expect(late(inMongolia(), start, { namedAct: code, violation: 'AIR_EXCEED' })).toMatchObject({ ok: false, code: 'CASE-003' });
  });

  it('没有列明情形的地区不能选用', () => {
    expect(late(received(), start, { namedAct: 'STOPPED', violation: 'DEVICE_NOT_RUNNING' })).toMatchObject({ ok: false, missing: ['本地区列明的违法情形之一'] });
  });
});

describe('[NMG-3.3b] 内蒙古：间接参数、设施运行、用电、视频可以作为执法证据', () => {
  const POWER = `material:${'d'.repeat(64)}`;
  const DOOR = `material:${'e'.repeat(64)}`;

  it('没有一个排放数据：审核通过的用电、工况间接参数和站房视频即可立案、查清、移交审查', () => {
    const refs = [{ reviewId: 'review-1', dataRef: POWER, title: '治污设施用电与脱硝温度、压差曲线' }, { reviewId: 'review-1', dataRef: DOOR, title: '站房视频与门禁记录' }];
    const clue: PenaltyCase = { ...received(), region: asId<RegionKey>('inner-mongolia'), factors: [], suggestions: ['DEVICE_NOT_RUNNING'], facts: '治污设施停电期间监测数据不变。', evidenceRefs: refs };
    const proposed = must(clue, filing({ violation: 'DEVICE_NOT_RUNNING', namedAct: 'NOT_CORRELATED', facts: '治污设施停电期间监测数据不变。' }), start);
    const filed = must(proposed, sample('APPROVE_FILING', start), start);
    expect(filed.evidence.filter((item) => item.point === 'DEVICE_STATE').map((item) => [item.title, item.evidenceKind])).toEqual(refs.map((ref) => [ref.title, 'ELECTRONIC_DATA']));
    const video = { ...evidence('DEVICE_STATE', 'AUDIO_VISUAL'), title: '站房视频截图' };
    const rest = ['DUTY', 'PARTY', 'PERMIT'].map((point) => evidence(point, 'DOCUMENT'));
    const onSite = { ...evidence('REPORT', 'DOCUMENT'), mode: 'ONSITE' as const };
    const proved = [video, ...rest, onSite, sample('RECORD_INQUIRY', start)].reduce((state, command) => must(state, command, start), filed);
    expect(proved.evidence.some((item) => item.evidenceKind === 'AUDIO_VISUAL')).toBe(true);
    const finish = { ...(sample('FINISH_INVESTIGATION', start) as CommandOf<'FINISH_INVESTIGATION'>), unexcused: '停电期间没有报告，也没有标记。' };
    expect(must(proved, finish, start).main).toBe('CASE_REVIEW');
    // Unreviewed power data prove nothing.
    const raw = { ...evidence('DEVICE_STATE', 'ELECTRONIC_DATA'), source: { from: 'PLATFORM_DATA' as const, dataRef: 'power:P1' } };
    expect(act(filed, raw, start)).toMatchObject({ ok: false, code: 'CASE-004' });
  });
});

describe('主动报告', () => {
  it('[SH-5.3] 早于发现的报告才算；记入案卷后，免罚清单按它比对', () => {
    const filed = walk(received(), ['PROPOSE_FILING', 'APPROVE_FILING'], start);
    expect(act(filed, { ...(sample('RECORD_SELF_REPORT', start) as CommandOf<'RECORD_SELF_REPORT'>), reportedOn: calendarDay('2026-03-17') }, start)).toMatchObject({ ok: false, missing: ['早于发现（2026-03-16）的报告'] });
    const told = must(filed, sample('RECORD_SELF_REPORT', start), start);
    expect([exemptionFacts(filed, undefined).selfReported, exemptionFacts(told, undefined).selfReported]).toEqual([undefined, true]);
    const rules = law.exemptionRules('AIR_EXCEED', asId<RegionKey>('shanghai'), calendarDay('2026-03-20'));
    const fits = (state: PenaltyCase) => proposeExemptions(rules, exemptionFacts(state, undefined)).find((one) => one.rule.id === 'SH75-SELF-REPORTED')?.checks.map((check) => check.outcome);
    expect([fits(filed), fits(told)]).toEqual([['CANNOT_TELL'], ['MET']]);
  });
});

describe('立案审批表上的部门负责人意见，会议和听证的记录人', () => {
  const approve = (state: PenaltyCase, departmentHead: boolean) => {
    const command = sample('APPROVE_FILING', start);
    return decideCase(state, command, { ...people(command), departmentHead }, law, start);
  };

  it('不是部门负责人的审批人，须先有部门负责人意见；退回后重新呈批的，重新出具', () => {
    const proposed = walk(received(), ['PROPOSE_FILING'], start);
    expect(approve(proposed, false)).toMatchObject({ ok: false, missing: ['部门负责人意见'] });
    expect(approve(proposed, true)).toMatchObject({ ok: true, value: { derived: { departmentHead: true } } });
    const endorsed = walk(proposed, ['ENDORSE_FILING'], start);
    expect(approve(endorsed, false)).toMatchObject({ ok: true });
    expect(approve(walk(endorsed, ['RETURN_FILING', 'PROPOSE_FILING'], start), false)).toMatchObject({ ok: false });
  });

  it('主持人、本案调查人员不得兼任记录人', () => {
    const weighed = walk(investigated(), ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'SET_DISCRETION'], start);
    expect(act(weighed, { ...(sample('DELIBERATE', start) as CommandOf<'DELIBERATE'>), recorder: 'head' }, start)).toMatchObject({ ok: false, missing: ['主持人以外的记录人'] });
    expect(act(weighed, { ...(sample('DELIBERATE', start) as CommandOf<'DELIBERATE'>), recorder: weighed.officers[0]?.name ?? '' }, start)).toMatchObject({ ok: false, missing: ['本案调查人员以外的记录人'] });
    expect(act(weighed, sample('DELIBERATE', start), start)).toMatchObject({ ok: true });
  });
});

describe('案由与事实', () => {
  it('审核认定的事实属于另一种违法行为的，立案须另写事实', () => {
    const state = { ...received(), suggestions: ['AIR_EXCEED' as const] };
    const other = filing({ violation: 'DATA_FALSIFY_UNIT', facts: state.facts });
    expect(act(state, other, start)).toMatchObject({ ok: false, missing: expect.arrayContaining([expect.stringContaining('与所选违法行为相符的事实')]) });
    for (const fits of [filing({ facts: state.facts }), filing({ violation: 'DATA_FALSIFY_UNIT', facts: '分析仪恒值期间开门' })]) {
      const result = act(state, fits, start);
      expect(result.ok ? [] : result.missing).not.toContainEqual(expect.stringContaining('与所选违法行为相符的事实'));
    }
  });
});

describe('数据审核意见作为证据', () => {
  const filed = (state: PenaltyCase, violation: CommandOf<'PROPOSE_FILING'>['violation'] = 'AIR_EXCEED') => must(must(state, filing({ violation }), start), sample('APPROVE_FILING', start), start);
  const opinion: PaperRef = { kind: 'REVIEW_OPINION', paperId: 'p0', number: '1', title: '数据审核意见', sha256: '', pages: 1, issuedOn: calendarDay('2026-03-13') };

  it('意见和所审数据都以审核意见的日期取得，不是测得的日期；立案之前没有缺少的要点', () => {
    const frames = { mn: '32F01', from: start - DAY, to: start };
    const given = received();
    const items = filed({ ...given, papers: [opinion], evidenceRefs: given.evidenceRefs.map((ref) => ({ ...ref, frames })) }).evidence;
    // Each says what it proves, not the facts over again.
    expect(new Set(items.map(({ proves }) => proves)).size).toBe(2);
    expect(items[1]).toMatchObject({ proves: expect.stringMatching(/^编号 \S+ 的自动监测设备在2026年/), provider: '当事人自动监测设备上传，信息平台接收并存证' });
    expect(items.map(({ itemId, obtainedOn }) => [itemId, obtainedOn])).toEqual([['H0', '2026-03-13'], ['H1', '2026-03-13']]);
    expect(evidencePoints(must(received(), filing({}), start), view)).toEqual([]);
    expect(evidencePoints(filed(received()), view).find((point) => point.id === 'REVIEW')?.items).toEqual(['H0']);
    // The calculation is the platform's, from what the devices of the unit sent.
    const known = { ...filed(received()), outfallId: asId<OutfallId>('O1'), factors: ['a21026'] };
    expect(evidencePoints(known, view).find((point) => point.id === 'CALC')).toMatchObject({ provider: expect.stringContaining('信息平台'), proves: expect.stringMatching(/2026年.*二氧化硫.*超标倍数/) });
    for (const { evidence: points } of law.data.violations) for (const { id } of points) expect(law.narratives().proves[id], id).toBeDefined();
  });

  it('后增加的违法行为才须有审核意见的，同一份意见即为其证据', () => {
    const state = { ...filed(received()), violation: 'INFO_NOT_PUBLIC' as const, further: [{ violation: 'AIR_EXCEED' as const, actStart: calendarDay('2026-03-01'), actEnd: calendarDay('2026-03-02'), facts: '' }] };
    const points = evidencePoints(state, view);
    expect(points.filter((point) => point.id.endsWith('REVIEW')).map((point) => [point.id, point.items])).toEqual([['REVIEW', ['H0']]]);
    expect(new Set(points.map((point) => point.id)).size).toBe(points.length);
  });
});
