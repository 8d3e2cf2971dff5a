import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemoAccounts, type Actor } from '#access';
import { asId, instant, type CaseId } from '#kernel';
import { transact } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { actOnCase } from '../act-on-case.ts';
import type { CaseCommand, CommandOf } from '../commands/index.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { receiveHandover, handoverSchema } from '../receive-handover.ts';
import { cast, dataRefOf, evidence, filingOf, handover, inquiryAt, sample, testClock, testDeps, walkCase, type TestDeps } from '../testing/index.ts';
import { earlierDecisions } from '../discretion/earlier-decisions.ts';
import { otherCases } from '../store/other-cases.ts';
import { casePage, loadCase } from '../views/case-page.ts';
import { visibleCase } from '../views/visible-case.ts';

const DAY = 86_400_000;
const HALF = { METHOD: 'PARAM', DURATION: 'H_24', CONSEQUENCE: 'WITHIN', REPEAT: 'FIRST', ATTITUDE: 'OPEN' };
let base: TestDatabase;
let deps: TestDeps;
beforeAll(async () => {
  base = await testDatabase();
  await createDemoAccounts({ db: base.db, clock: testClock() }, []);
  deps = testDeps(base.db, testClock());
}, 60_000);
afterAll(() => base.drop());

const take = (actor: Actor, caseId: CaseId, command: CaseCommand) => actOnCase(deps, actor, caseId, command);
async function must(actor: Actor, caseId: CaseId, command: CaseCommand): Promise<PenaltyCase> {
  const result = await take(actor, caseId, command);
  if (!result.ok) throw new Error(`${command.kind}: ${result.code} ${result.zh}`);
  return result.value;
}
const now = () => deps.clock.now();
const filing = async (caseId: CaseId): Promise<CaseCommand> => ({ ...(await filingOf(deps, caseId)), violation: 'DATA_FALSIFY_UNIT', facts: '修改参数，数据与真实状态不符。' });
const weighing = (): CaseCommand => ({ ...(sample('SET_DISCRETION', now()) as CommandOf<'SET_DISCRETION'>), basisId: 'MON44', grades: HALF });

/** The case of the unit, filed, with everything gathered about the act. */
async function againstTheUnit(mark = 'p'): Promise<CaseId> {
  deps.reviewed.add(dataRefOf(`DA-${mark}`));
  const given = handoverSchema.parse(handover({ reviewId: `review-${mark}`, clueId: `clue-${mark}`, outfall: `DA-${mark}`, violations: ['DATA_FALSIFY_UNIT'] }));
  const caseId = (await transact(deps.db, (tx) => receiveHandover(tx, deps, given))) ?? asId<CaseId>('none');
  await must(cast.officer, caseId, await filing(caseId));
  await must(cast.enforcement, caseId, sample('APPROVE_FILING', now()));
  for (const point of ['DEVICE_QC', 'CONDITION', 'PERMIT', 'PARTY']) await must(cast.officer, caseId, evidence(point, 'DOCUMENT'));
  await must(cast.officer, caseId, { ...evidence('TRACE', 'SITE_RECORD'), shows: 'PARAM_CHANGED' });
  return caseId;
}

describe('直接负责的主管人员和其他直接责任人员：各自一案、各自的罚款', () => {
  it('处罚依据没有对个人的罚款的，不能对个人另案处理', async () => {
    const { caseId } = await walkCase(deps, 'FILED');
    expect(await take(cast.enforcement, caseId, sample('ADD_PERSON', now()))).toMatchObject({ ok: false, code: 'CASE-003', missing: [expect.stringContaining('罚款的规定')] });
  });

  it('责令改正按违法行为的种类提出要求；决定书载明责令改正，已有决定书的指明文号而不另定“立即”；询问笔录记下证件号码', async () => {
    const { caseId } = await walkCase(deps, 'REVIEWED');
    const page = await casePage(deps, cast.officer, caseId);
    expect(page?.demands[0]).toMatch(/^停止.+超过限值排放大气污染物的行为$/);
    const falsified = await casePage(deps, cast.officer, await againstTheUnit('order'));
    expect(falsified?.demands.join()).toMatch(/真实参数/);
    expect(falsified?.demands.join()).not.toMatch(/超标|超过限值/);
    const papers = (kind: string, of: CaseId) => deps.orders.filter((order) => order.caseId === of && order.kind === kind).at(-1)?.data;
    expect(papers('REMOTE_INQUIRY_RECORD', caseId)).toMatchObject({ asked: { name: '张演示', idNumber: '32990119800101001X' } });
    const ordered = await must(cast.head, caseId, { kind: 'ORDER_RECTIFICATION', demands: [...page!.demands], dueOn: page!.correctBy, consequence: '' });
    const number = ordered.papers.find(({ kind }) => kind === 'RECTIFICATION_ORDER')?.number ?? '';
    const decide = async (of: CaseId) => {
      for (const [actor, kind] of [[cast.head, 'DELIBERATE'], [cast.head, 'SEND_NOTICE'], [cast.unit, 'WAIVE_RIGHTS'], [cast.legal, 'PASS_LEGAL_REVIEW'], [cast.head, 'DECIDE']] as const) await must(actor, of, sample(kind, now()));
      return (papers('PENALTY_DECISION', of) as { decisions: string[] }).decisions[0];
    };
    expect(number).not.toBe('');
    expect(await decide(caseId)).toBe(`责令改正违法行为，具体要求和期限见《责令改正违法行为决定书》（${number}）；`);
    expect(await decide((await walkCase(deps, 'REVIEWED')).caseId)).toBe('责令改正违法行为；');
  });

  it('自立案至结案：按个人的罚款幅度裁量，按公民的数额告知听证权，陈述由承办人代录，文书以本人为当事人，单位看不到', async () => {
    const unitCase = await againstTheUnit();
    const first = await must(cast.enforcement, unitCase, sample('ADD_PERSON', now()));
    expect(await take(cast.enforcement, unitCase, sample('ADD_PERSON', now()))).toMatchObject({ ok: false, missing: ['尚未另案处理的当事人'] });
    const caseId = first.kin[0]?.caseId ?? asId<CaseId>('none');
    const mine = (kind: string) => deps.orders.filter((order) => order.caseId === caseId && order.kind === kind).at(-1);

    expect(await take(cast.officer, caseId, sample('PROPOSE_FILING', now()))).toMatchObject({ ok: false, missing: [expect.stringContaining('对个人处以罚款的规定')] });
    await must(cast.officer, caseId, await filing(caseId));
    const filed = await must(cast.enforcement, caseId, sample('APPROVE_FILING', now()));
    // What was gathered about the act, and the permit of the unit; who he is, and what he says, has to be asked of himself.
    expect(filed.evidence.map(({ point }) => point).toSorted()).toEqual(expect.arrayContaining(['AUTO_DATA', 'CONDITION', 'DEVICE_QC', 'PERMIT', 'TRACE']));
    expect(filed.evidence.some(({ point }) => point === 'PARTY' || point === 'INQUIRY')).toBe(false);
    expect(await take(cast.head, caseId, sample('ORDER_RECTIFICATION', now()))).toMatchObject({ ok: false, code: 'CASE-017' });
    const points = (await casePage(deps, cast.officer, caseId))?.evidencePoints ?? [];
    expect(points.find(({ id }) => id === 'PARTY')).toMatchObject({ proves: '赵演示的身份、职务和住址', provider: '赵演示' });
    expect(points.find(({ id }) => id === 'PERMIT')?.proves).toMatch(/^示范电力有限公司持有/);
    expect(JSON.stringify(points)).not.toContain('person_');
    await must(cast.officer, caseId, evidence('PARTY', 'DOCUMENT'));
    await must(cast.officer2, caseId, inquiryAt(now()));
    await must(cast.officer, caseId, sample('FINISH_INVESTIGATION', now()));
    await must(cast.caseReviewer, caseId, sample('PASS_CASE_REVIEW', now()));
    const weighed = await must(cast.officer, caseId, weighing());
    // 50,000 + 20 % of the range above it (TAMPER-F2: X + Σ(1 − X)).
    expect(weighed.discretion?.trace).toMatchObject({ min: '50000', max: '200000', amount: 80_000 });
    expect(await take(cast.head, caseId, { ...(sample('DELIBERATE', now()) as CommandOf<'DELIBERATE'>), penalties: ['FINE', 'WARNING'] })).toMatchObject({ ok: false, missing: ['对个人只规定了罚款'] });
    // A unit has the right from 200,000, a citizen from 5,000.
    expect((await must(cast.head, caseId, sample('DELIBERATE', now()))).proposal).toMatchObject({ amount: 80_000, hearingRight: true });
    // The notice of the review went to the unit; he is told in his own case.
    expect(await take(cast.head, caseId, sample('SEND_NOTICE', now()))).toMatchObject({ ok: false, missing: expect.arrayContaining([expect.stringContaining('涉嫌违法事实告知书')]) });
    await must(cast.officer, caseId, sample('TELL_SUSPICION', now()));
    expect(mine('SUSPICION_NOTICE')?.data).toMatchObject({ party: { name: '赵演示' }, facts: expect.stringContaining('你单位在该行为中的作用') });
    // Falsified data: whether it is a crime is answered first, ground by ground.
    expect(await take(cast.head, caseId, sample('SEND_NOTICE', now()))).toMatchObject({ ok: false, missing: [expect.stringContaining('没有核查是否涉嫌犯罪')] });
    await must(cast.officer, caseId, { kind: 'ANSWER_SUGGESTION', suggestion: 'PROPOSE_TRANSFER', answers: [{ ground: '重点排污单位、实行重点管理的单位', holds: false }], reason: '不是重点排污单位。' });
    await must(cast.head, caseId, sample('SEND_NOTICE', now()));
    expect(mine('PRIOR_NOTICE')?.data).toMatchObject({ party: { name: '赵演示', idNumber: '11010119800101001X' }, investigated: expect.stringContaining('直接负责的主管人员（生产副总经理）') });

    expect(await take(cast.unit, caseId, sample('SUBMIT_DEFENCE', now()))).toMatchObject({ ok: false });
    expect(await take(cast.caseReviewer, caseId, sample('SUBMIT_DEFENCE', now()))).toMatchObject({ ok: false });
    const heard = await must(cast.officer, caseId, sample('SUBMIT_DEFENCE', now()));
    deps.clock.advance(8 * DAY);
    await must(cast.officer, caseId, sample('CLOSE_WINDOW', now()));
    await must(cast.caseReviewer, caseId, sample('REVIEW_DEFENCE', now(), heard));
    await must(cast.legal, caseId, sample('PASS_LEGAL_REVIEW', now()));
    await must(cast.head, caseId, sample('DECIDE', now()));
    const decision = mine('PENALTY_DECISION');
    expect(decision?.data).toMatchObject({ decisions: [expect.stringMatching(/^对直接负责的主管人员赵演示处以罚款/)], amount: '80000' });
    expect(decision?.unitId).not.toBe(first.unitId);
    const served = await must(cast.officer, caseId, sample('SEND_DECISION', now()));
    const paid = await must(cast.finance, caseId, { ...(sample('REGISTER_PAYMENT', now(), served) as CommandOf<'REGISTER_PAYMENT'>), amount: 80_000 });
    expect(paid).toMatchObject({ main: 'TO_CLOSE', paid: 80_000 });
    await must(cast.officer, caseId, sample('PROPOSE_CLOSING', now()));
    expect(await must(cast.head, caseId, sample('APPROVE_CLOSING', now()))).toMatchObject({ main: 'CLOSED', rectification: 'NO_ORDER' });

    expect(await visibleCase(deps, cast.unit, 'case.read-own', caseId)).toMatchObject({ code: 'CASE-001' });
    expect((await casePage(deps, cast.officer, unitCase))?.kin).toMatchObject([{ caseId, unitName: '赵演示', stateZh: '已结案' }]);
    expect((await casePage(deps, cast.officer, caseId))?.unitName).toBe('赵演示');

    // Punished once, he acts again, wherever he works: by his own decisions it is counted, not by those of the unit nor of another person.
    const others = async (mark: string, more: Partial<CommandOf<'ADD_PERSON'>> = {}) => {
      const { kin } = await must(cast.enforcement, await againstTheUnit(mark), { ...(sample('ADD_PERSON', now()) as CommandOf<'ADD_PERSON'>), ...more });
      const again = (await loadCase(deps.db, kin[0]?.caseId ?? asId('none')))?.state ?? expect.fail('no case');
      return { again, found: await otherCases(deps.db, again) };
    };
    const { again, found } = await others('again', { idNumber: '11010119800101001x' });
    expect(found).toMatchObject([{ caseId, punished: true, servedOn: served.decision?.delivery?.legalDay }]);
    const counted = (actStart: number) => earlierDecisions({ ...again, actStart: instant(actStart) }, 24, found).counted.map((one) => one.caseId);
    expect([counted(now() + DAY), counted(again.actStart)]).toEqual([[caseId], []]);
    expect((await others('another', { idNumber: '11010119800101002X' })).found).toEqual([]);
  });
});
