import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { cityIn } from '../names.ts';
import { whoDid } from './alteration.ts';
import { CASE_ACTS, handledIn } from './case-bodies.ts';
import { pointsToCrime, toCharge, TRANSFER_ACTS, transferAddressees, transferStep } from './crime.ts';
import { dutyStep } from './duties.ts';
import { emptyPoints, evidenceFile } from './evidence-files.ts';
import type { Troupe } from './habits.ts';
import { chooseBasis, chooseGrades, weighExemptions } from './grades.ts';
import { bytesOf } from './hand-in.ts';
import { DIRECTOR, MANAGER, personOf } from './persons.ts';
import type { CasePage } from './shapes.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 8, 14);
const factor = (id: string, ...grades: readonly string[]) => ({ id, title: { zh: id }, grades: grades.map((grade) => ({ id: grade, title: { zh: grade } })) });
const TABLE = { factors: [factor('REPEAT', 'FIRST', 'SECOND', 'MORE'), factor('ATTITUDE', 'CORRECTED', 'OPEN', 'NORMAL', 'REFUSED'), factor('EXCEED_RATIO', 'LT_01', 'LT_05', 'GE_3')] };
const LAW = {
  candidates: [{ id: 'OLD', instrument: '旧法', article: '第一条', min: 20, max: 100 }, { id: 'NEW', instrument: '新法', article: '第二条', min: 10, max: 100 }],
  choiceRequired: true, reason: '两个时期的法律都涉及。', lighter: 'NEW', proposed: 'NEW', reported: null, computed: [{ factor: 'EXCEED_RATIO', grade: 'LT_05', zh: '查明的事实：超标 0.3 倍' }, { factor: 'REPEAT', grade: 'SECOND', zh: '含本次 2 次' }], table: TABLE,
  exemptions: [{ id: 'MINOR', zh: '违法行为轻微', article: '第三十三条', fits: 'PROPOSED' }, { id: 'NO-FAULT', zh: '没有主观过错', article: '第三十三条', fits: 'OPEN' }, { id: 'GONE', zh: '另一项', article: '', fits: 'EXCLUDED' }],
};
const STATE = {
  caseId: 'case-1', caseNo: 'C-1', unitId: 'QY0005', region: 'jiangsu', violation: 'DATA_FALSIFY_UNIT', facts: '2026-09-14 修改参数，二氧化硫数据与真实状态不符。', actStart: START, actEnd: START + 30 * HOUR, rectification: 'NO_ORDER',
  officers: [{ name: '甲' }], production: 'NO_LIMIT', detention: 'NO_DETENTION', defence: [], papers: [], factors: [], kin: [], latest: {}, evidence: [], discretion: { trace: { lines: [{ factor: 'EXCEED_RATIO', grade: 'LT_05' }, { factor: 'REPEAT', grade: 'SECOND' }] } },
};
/** A page with what the people look at, and nothing else. */
const pageOf = (state: object = {}, more: object = {}): CasePage =>
  ({ state: { ...STATE, ...state }, law: LAW, unitName: '演示公司', outfallName: 'O1', factorNames: ['二氧化硫'], demands: ['停止'], proposals: [], cause: { zh: '伪造、篡改自动监测数据案' }, duties: [], siblings: [], next: [{ command: 'ADD_PERSON', missing: [] }], evidencePoints: [], ...more }) as unknown as CasePage;
const gradesOf = (page: CasePage) => Object.fromEntries(chooseGrades(page).map(({ factor: id, grade }) => [id, grade]));

describe('办案人员按案卷选择，每项都有理由', () => {
  it('没有责令改正之前不选“按要求改正”，核查合格之后才选；平台算出的照用', () => {
    expect(gradesOf(pageOf())).toEqual({ REPEAT: 'SECOND', ATTITUDE: 'OPEN', EXCEED_RATIO: 'LT_05' });
    expect(gradesOf(pageOf({ rectification: 'CORRECTED' }))).toMatchObject({ ATTITUDE: 'NORMAL' });
    expect(gradesOf(pageOf({ rectification: 'NOT_CORRECTED' }))).toMatchObject({ ATTITUDE: 'REFUSED' });
    expect(chooseGrades(pageOf()).every(({ why }) => why !== '')).toBe(true);
  });

  it('须由人选择适用法律的，选罚款幅度不高于其他的并写明；不予处罚的情形逐项说明用或者不用', () => {
    expect(chooseBasis(pageOf())).toMatchObject({ basisId: 'NEW', basisReason: expect.stringContaining('旧法第一条（20—100 元）、新法第二条（10—100 元）') });
    const refused = weighExemptions(pageOf());
    expect(refused.followed).toBeUndefined();
    expect(refused.why).toMatch(/^“违法行为轻微”（第三十三条）：不适用，.+；“没有主观过错”（第三十三条）：不适用，当事人没有提出/);
    // What is said fits the act: the grades that weighed in this case, whatever the violation.
    const weighed = (...lines: readonly (readonly [zh: string, percent: string])[]) => weighExemptions(pageOf({ discretion: { trace: { lines: lines.map(([zh, percent]) => ({ factor: 'METHOD', grade: 'PARAM', zh, percent })) } } })).why;
    expect(weighed(['手段：修改参数或数据', '20'], ['违法次数：首次', '0'])).toContain('“违法行为轻微”（第三十三条）：不适用，裁量情节中手段：修改参数或数据，不属于轻微；');
    expect(weighed(['违法次数：首次', '0'])).toContain('不适用，案卷不能证明所列各项条件同时具备；');
    expect(weighed(['手段：修改参数或数据', '20'])).not.toContain('超标');
    const slight = pageOf({ discretion: { trace: { lines: [['EXCEED_RATIO', 'LT_01'], ['DURATION', 'H_24'], ['FACTOR_KIND', 'COMMON']].map(([id, grade]) => ({ factor: id, grade })) } } });
    expect(weighExemptions(slight).followed).toBe('MINOR');
    expect(CASE_ACTS['DELIBERATE']?.body(slight, START)).toMatchObject({ outcome: 'NO_PENALTY', exemptionId: 'MINOR' });
    expect(CASE_ACTS['DELIBERATE']?.body(pageOf(), START)).toMatchObject({ outcome: 'PENALTY', discussion: expect.stringContaining('超标 0.3 倍') });
  });

  it('超过许可排放量的：按最低一档不等于轻微，不据此不罚；核查以累计排放量为准，仍在增加的写明没有改正；留给人核对的审核要点逐项写明怎样核对', () => {
    const slight = { discretion: { trace: { lines: [['EXCEED_RATIO', 'LT_01'], ['DURATION', 'H_24'], ['FACTOR_KIND', 'COMMON']].map(([id, grade]) => ({ factor: id, grade })) } } };
    const over = pageOf({ ...slight, violation: 'PERMIT_EXCEED', observed: [{ figures: { kind: 'AMOUNT_OVER' }, factors: [], told: { zh: '' }, from: START, to: START }] });
    expect(weighExemptions(over)).toMatchObject({ followed: undefined, why: expect.stringContaining('最低一档不等于违法行为轻微') });
    const checked = (goesOn: boolean) => CASE_ACTS['CHECK_RECTIFICATION']?.body({ ...over, amounts: [{ factor: { zh: '氮氧化物' }, permitted: '1000', before: '1110', after: '1118', goesOn }] }, START);
    expect(checked(true)).toMatchObject({ corrected: false, findings: expect.stringContaining('氮氧化物累计排放量由 1110 kg 增至 1118 kg，许可排放量 1000 kg') });
    expect(checked(false)).toMatchObject({ corrected: true, findings: expect.stringContaining('累计排放量没有再增加') });
    const legalChecks = [{ point: 'LAW', zh: '法律适用', holds: false, remark: '' }, { point: 'FACTS', zh: '事实', holds: true, remark: '' }];
    expect(CASE_ACTS['PASS_LEGAL_REVIEW']?.body({ ...over, legalChecks }, START)).toMatchObject({ checks: [{ point: 'LAW', holds: true, remark: expect.stringContaining('原文') }] });
  });

  it('同一排放口相近的案件：同一种行为前后相续且仍在调查的并入，其余分别立案并写明该案的时间；条文规定应当限产、移送拘留的照办', () => {
    const sibling = { caseNo: 'C-0', violation: 'DATA_FALSIFY_UNIT', stateZh: '调查取证', actStart: '2026-09-12', actEnd: '2026-09-13', close: true, open: true };
    const filed = (...siblings: readonly object[]) => CASE_ACTS['PROPOSE_FILING']?.body(pageOf({ suggestions: ['DATA_FALSIFY_UNIT'] }, { siblings }), START)['beside'] as { way: string; reason: string }[];
    expect(filed(sibling, { ...sibling, close: false }).map(({ way }) => way)).toEqual(['JOIN']);
    expect(filed({ ...sibling, actStart: '2026-08-20', actEnd: '2026-08-26' })).toEqual([expect.objectContaining({ way: 'SEPARATE', reason: expect.stringContaining('两者相隔19日，是另一次行为') })]);
    expect(filed({ ...sibling, open: false, stateZh: '法制审核' })).toEqual([expect.objectContaining({ way: 'SEPARATE', reason: expect.stringMatching(/该案现为“法制审核”.*2026-09-12至2026-09-13/) })]);
    expect(filed({ ...sibling, violation: 'AIR_EXCEED' })[0]).toMatchObject({ way: 'SEPARATE', reason: expect.stringContaining('另一种行为') });
    const handled = (...siblings: readonly object[]) => handledIn(pageOf({ suggestions: ['DATA_FALSIFY_UNIT'] }, { siblings }));
    expect([handled({ ...sibling, overlaps: true }), handled({ ...sibling, overlaps: true, open: false }), handled({ ...sibling, open: false })]).toEqual([undefined, 'C-0', undefined]);
    const bound = { duties: [{ duty: 'LIMIT_OR_STOP', provision: '《法》第一条', words: '责令限制生产', met: 'DONE', how: '' }], proposals: [{ command: 'PROPOSE_DETENTION', article: '法 第一条', grounds: [] }] };
    expect(CASE_ACTS['DELIBERATE']?.body(pageOf({}, bound), START)).toMatchObject({ penalties: ['FINE', 'LIMIT_PRODUCTION'] });
    const decision = { outcome: 'PENALTY', amount: 1, delivery: { arrivedAt: START } };
    expect(dutyStep(pageOf({ decision: { ...decision, delivery: undefined } }, bound))).toBeUndefined();
    expect([['NO_LIMIT', 'NO_DETENTION'], ['UNDER_LIMIT', 'NO_DETENTION'], ['FOLLOWED_UP', 'NO_DETENTION'], ['FOLLOWED_UP', 'DETENTION_SENT'], ['FOLLOWED_UP', 'DETENTION_ANSWERED']].map(([production, detention]) => dutyStep(pageOf({ decision, production, detention }, detention === 'NO_DETENTION' ? bound : { ...bound, proposals: [] }))))
      .toEqual(['ORDER_PRODUCTION', 'FILE_PLAN', 'PROPOSE_DETENTION', 'RECORD_DETENTION_ANSWER', undefined]);
  });

  it('预检的情形都具备的移送公安机关；有一项没有证据的逐项写明；没有涉嫌犯罪的造假案件另案处罚直接负责的主管人员', () => {
    const asks = (holds: string) => ({ proposals: [{ command: 'PROPOSE_TRANSFER', article: '法释〔2023〕7号 第一条', grounds: [{ zh: '重点排污单位', holds: 'YES' }, { zh: '排放化学需氧量、氨氮、二氧化硫、氮氧化物等污染物', holds }] }] });
    expect(['YES', 'NO', 'UNKNOWN'].map((holds) => pointsToCrime(pageOf({}, asks(holds))))).toEqual([true, false, false]);
    // One sufficient case is enough.
    const either = { proposals: [{ command: 'PROPOSE_TRANSFER', article: '', grounds: [{ zh: '甲', holds: 'YES', of: { zh: '第七项' } }, { zh: '乙', holds: 'UNKNOWN', of: { zh: '第三项' } }] }] };
    expect(pointsToCrime(pageOf({}, either))).toBe(true);
    expect(CASE_ACTS['PASS_LEGAL_REVIEW']?.body(pageOf({}, either), START)).toMatchObject({ crime: expect.stringContaining('第七项：甲——符合；第三项：乙——案卷没有证据证明') });
    expect(pointsToCrime(pageOf({ latest: { PROPOSE_TRANSFER: { command: {} } } }, asks('YES')))).toBe(false);
    expect(CASE_ACTS['PASS_LEGAL_REVIEW']?.body(pageOf({}, asks('UNKNOWN')), START)).toMatchObject({ crime: expect.stringContaining('二氧化硫、氮氧化物等污染物——案卷没有证据证明') });
    const { director, hand } = whoDid(pageOf().state);
    const charged = (state: object, more: object = {}) => toCharge(pageOf(state, more))?.name;
    expect([charged({}), charged({}, asks('UNKNOWN')), charged({ violation: 'AIR_EXCEED' })]).toEqual([director.name, undefined, undefined]);
    // After the police refused, the persons are charged all the same: who ordered it, then who did it by hand, then nobody.
    const refused = { latest: { PROPOSE_TRANSFER: { command: {} }, ACCEPT_REFUSAL: { command: {} } } };
    const joint = (n: number) => ({ ...refused, kin: Array.from({ length: n }, () => ({ relation: 'JOINT_WITH' })) });
    expect([charged(refused, asks('YES')), charged(joint(1), asks('YES')), charged(joint(2), asks('YES'))]).toEqual([director.name, hand.name, undefined]);
    expect([toCharge(pageOf(refused))?.role, toCharge(pageOf(joint(1)))?.role]).toEqual(['IN_CHARGE', 'RESPONSIBLE']);
  });

  it('移送写明当时案卷里有的材料、查获的方式和时间、指认的人；公安机关按本机关的名称；不予立案后有现场证据的在三日内提请复议，只有统计特征的写明为什么不提', async () => {
    const found = '分析仪斜率被改小，与备案值不符；参数修改日志载明：参数“斜率”备案值为 1.000，检查时为 0.650，修改时间为2026年9月14日9时12分';
    const seen = {
      authorityId: 'A1', papers: [{ kind: 'SITE_INSPECTION_RECORD', number: '苏环检〔2026〕3号', title: '现场检查（勘察）笔录', pages: 2 }],
      latest: { RECORD_SITE_INSPECTION: { command: { found } }, RECORD_INQUIRY: { command: { asked: { name: '王某', role: MANAGER } } } },
      evidence: [{ title: '现场检查（勘察）笔录', shows: ['PARAM_CHANGED'], source: { from: 'RECORD' } }, { title: '运行台账', source: { from: 'FILE' } }],
    };
    const { director, hand } = whoDid(pageOf().state);
    const said = (step: string, page: CasePage) => JSON.stringify(TRANSFER_ACTS[step]?.body(page, START));
    for (const words of ['斜率被改小', '实施时间为2026年9月14日9时12分', `王某（${MANAGER}）在询问中指认：由${director.name}`, hand.name]) expect(said('PROPOSE_TRANSFER', pageOf(seen))).toContain(words);
    const cast = { look: async () => ({ items: [{ authorityId: 'A0', authority: { zh: '别市生态环境局' } }, { authorityId: 'A1', authority: { zh: '清川市生态环境局' } }] }) } as unknown as Troupe;
    expect(await transferAddressees(cast, pageOf(seen), 'SEND_TRANSFER')).toEqual({ to: '清川市公安局', procuratorate: '清川市人民检察院' });
    const step = (state: object) => transferStep(pageOf({ main: 'POLICE_REFUSED', ...state }))?.step;
    expect([step(seen), step({ ...seen, latest: { ...seen.latest, ASK_REFUSAL_REVIEW: { command: {} } } }), step({})]).toEqual(['ASK_REFUSAL_REVIEW', 'ACCEPT_REFUSAL', 'ACCEPT_REFUSAL']);
    expect(said('ACCEPT_REFUSAL', pageOf())).toContain('只有监测数据的统计特征');
    expect(said('ASK_REFUSAL_REVIEW', pageOf(seen))).toContain('斜率被改小');
  });
});

describe('没有处罚的案件，审议、法制审核的话是这个结果的', () => {
  const words = (step: string, page: CasePage) => JSON.stringify(CASE_ACTS[step]?.body(page, START));
  const asks = { proposals: [{ command: 'PROPOSE_TRANSFER', article: '法释〔2023〕7号 第一条', grounds: [{ zh: '篡改、伪造自动监测数据', holds: 'NO' }] }], unanswered: [{ id: 'MINOR', grounds: [] }] };

  it('违法事实不成立：没有告知、没有裁量、没有罚款，犯罪核查写不符合', () => {
    const page = pageOf({ report: { outcome: 'NOT_ESTABLISHED' }, proposal: { outcome: 'NOT_ESTABLISHED', amount: 0 } }, asks);
    for (const step of ['DELIBERATE', 'PASS_LEGAL_REVIEW', 'ANSWER_SUGGESTION', 'DECIDE']) expect(words(step, page), step).not.toMatch(/告知书已经送达|陈述申辩|0元|相符|裁量各档|——符合|不适用/);
    expect(words('PASS_LEGAL_REVIEW', page)).toContain('篡改、伪造自动监测数据——不符合');
    expect(words('DELIBERATE', page)).toContain('不能证明人为干预，同意');
  });

  it('不予处罚：没有告知，领导同意不予处罚；提出以后不再另选一项', () => {
    const page = pageOf({ proposal: { outcome: 'NO_PENALTY', exemptionId: 'MINOR', amount: 0 } }, asks);
    expect(words('PASS_LEGAL_REVIEW', page)).toContain('不作处罚，依法不需要事先告知');
    expect(words('RECORD_DISCUSSION', page)).toMatch(/不计罚款，同意不予行政处罚/);
    expect(words('DECIDE', page)).toContain('不予行政处罚');
    expect(weighExemptions(page).why).toContain('“违法行为轻微”（第三十三条）：各项条件均符合，予以适用');
    expect(weighExemptions(pageOf({ proposal: { outcome: 'PENALTY', amount: 1 } })).followed).toBeUndefined();
  });
});

it('移送后新增的事实不列入的，理由照平台所示的关系；核查改正的数据自报告的完成日起', () => {
  const story = { now: { version: 4 }, standing: { zh: '与本案事实为同一行为，数值以审核通过的数据为准' } };
  expect(CASE_ACTS['SETTLE_LATER_FINDINGS']?.body(pageOf({}, { story }), START)).toMatchObject({ clueVersion: 4, reason: '与本案事实为同一行为，数值以审核通过的数据为准。' });
  const reported = pageOf({ latest: { REPORT_RECTIFICATION: { command: { completedOn: '2026-09-13' } } } });
  expect(CASE_ACTS['CHECK_RECTIFICATION']?.body(reported, START)).toMatchObject({ from: '2026-09-13', to: '2026-09-14' });
});

describe('持续时间', () => {
  it('平台没有算出的超标不按线索的起止时间；其他行为按开始至结束', () => {
    const table = { factors: [{ ...factor('DURATION'), grades: [{ id: 'H_24', title: { zh: '24小时以内' }, upTo: '24' }, { id: 'D_3', title: { zh: '1日以上' } }] }] };
    const graded = (violation: string) => chooseGrades(pageOf({ violation }, { law: { ...LAW, computed: [], table } }))[0];
    expect(graded('AIR_EXCEED')).toMatchObject({ grade: 'H_24', why: expect.not.stringContaining('30') });
    expect(graded('DEVICE_NOT_RUNNING')).toMatchObject({ grade: 'D_3', why: expect.stringContaining('30 小时') });
  });
});

describe('人员和提交的材料', () => {
  it('姓名虚构且每次相同；身份证号码格式正确，行政区划代码不属于任何地方', () => {
    const [manager, director] = [personOf('QY0005', MANAGER), personOf('QY0005', DIRECTOR)];
    expect(personOf('QY0005', MANAGER)).toEqual(manager);
    expect(director.idNumber).not.toBe(manager.idNumber);
    const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    for (const { idNumber } of [manager, director]) {
      expect(idNumber).toMatch(/^3299\d{13}[\dX]$/);
      const sum = WEIGHTS.reduce((s, weight, i) => s + weight * Number(idNumber[i]), 0);
      expect('10X98765432'[sum % 11]).toBe(idNumber[17]);
    }
    expect(CASE_ACTS['RECORD_INQUIRY']?.body(pageOf(), START)).toMatchObject({ asked: { name: manager.name, idNumber: manager.idNumber } });
    // The number is of where the province stands; the person is the same.
    for (const [region, division] of [['ningxia', '6499'], ['inner-mongolia', '1599'], ['shanghai', '3199']] as const) {
      const there = personOf('QY0005', MANAGER, region);
      expect(there).toMatchObject({ name: manager.name, phone: manager.phone, address: expect.stringContaining(cityIn(region)) });
      expect(there.idNumber.slice(0, 4)).toBe(division);
      expect(there.idNumber.slice(4, 17)).toBe(manager.idNumber.slice(4, 17));
      expect('10X98765432'[WEIGHTS.reduce((s, weight, i) => s + weight * Number(there.idNumber[i]), 0) % 11]).toBe(there.idNumber[17]);
      expect(CASE_ACTS['RECORD_INQUIRY']?.body(pageOf({ region }), START)).toMatchObject({ asked: { idNumber: there.idNumber } });
      expect(whoDid({ unitId: 'QY0005', region }).director.idNumber.slice(0, 4)).toBe(division);
    }
  });

  it('每份材料是自己的文件，写着当事人、排放口、时间和事实', async () => {
    const point = (id: string) => ({ id, zh: `材料${id}`, required: true, kinds: ['DOCUMENT'], items: [], proves: '', provider: '' });
    const files = await Promise.all(['PARTY', 'PERMIT', 'CALC', 'TRACE'].map((id) => bytesOf(evidenceFile(pageOf(), point(id), START))));
    expect(new Set(files.map((bytes) => createHash('sha256').update(bytes).digest('hex'))).size).toBe(4);
    expect(files.map((bytes) => Buffer.from(bytes).subarray(0, 5).toString()).slice(0, 2)).toEqual(['%PDF-', '%PDF-']);
    const table = Buffer.from(files[3] ?? []).toString();
    for (const fact of ['演示公司', 'O1', '2026-09-14 08:00', '修改参数', '均为虚构']) expect(table).toContain(fact);
    // The books of the days of the act are the party's, and wanted where officers went to the place; a record of the place comes from no party.
    const books = { ...point('OPERATOR'), required: false };
    const wanted = (latest: object) => emptyPoints(pageOf({ latest }, { evidencePoints: [point('PERMIT'), books, { ...books, id: 'SITE' }] })).map(({ id }) => id);
    expect([wanted({}), wanted({ RECORD_SITE_INSPECTION: { command: {} } })]).toEqual([['PERMIT'], ['PERMIT', 'OPERATOR']]);
  });
});
