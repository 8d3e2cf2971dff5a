import { describe, expect, it } from 'vitest';
import { asId, calendarDay, DAY, HOUR, instant, manualClock, type RegionKey } from '#kernel';
import { sql } from '#platform/db';
import type { Actor } from '../actor.ts';
import type { Role } from '../roles.ts';
import { effectiveActor } from '../decide-access.ts';
import { DEMO_CAST, DEMO_CITY, demoAccountId } from '../demo/demo-cast.ts';
import { conflictOf, dutiesTaken } from '../duties.ts';
import { testDoor } from '../testing/door.ts';
import { disableAccount } from '../accounts/keep-accounts.ts';
import { keeper, keeping } from '../testing/keeper.ts';
import { actsAs, peopleWith } from './colleagues.ts';
import { checkDelegation, isInForce, type Delegation, type Person } from './decide-delegation.ts';

const day = calendarDay;
const person = (login: string): Person => {
  const found = DEMO_CAST.find((one) => one.login === login);
  if (found === undefined) throw new Error(login);
  return { certificate: null, legalQualification: null, ...found, accountId: demoAccountId(login), disabledAt: null };
};
const command = { roles: ['authority-head'], firstDay: day('2026-09-14'), lastDay: day('2026-09-18'), reason: '外出学习一周' } as const;
const today = day('2026-09-14');
const refusal = (from: string, to: string, change: object = {}) => {
  const no = checkDelegation({ ...command, ...change }, person(from), person(to), today);
  return no === undefined ? undefined : [no.code, no.field];
};

describe('委托代办：谁可以委托给谁', () => {
  it('同一机关的另一名工作人员，本人的业务岗位，今天或以后的起止日期，写明理由', () => {
    expect(refusal('head', 'enforcement')).toBeUndefined();
    expect(refusal('head', 'head')).toEqual(['ACCESS-030', 'to']);
    expect(refusal('head', 'neighbour')).toEqual(['ACCESS-030', 'to']);
    expect(checkDelegation(command, person('head'), { ...person('enforcement'), disabledAt: instant(1) }, today)?.code).toBe('ACCESS-030');
    expect(checkDelegation(command, { ...person('head'), authorityId: 'JS' }, person('security'), today)?.code).toBe('ACCESS-030');
    expect(refusal('head', 'enforcement', { roles: ['legal'] })).toEqual(['ACCESS-031', 'roles']);
    expect(refusal('head', 'enforcement', { roles: [] })).toEqual(['ACCESS-031', 'roles']);
    expect(refusal('head', 'enforcement', { firstDay: day('2026-09-13') })).toEqual(['ACCESS-032', 'firstDay']);
    expect(refusal('head', 'enforcement', { lastDay: day('2026-09-13') })).toEqual(['ACCESS-032', 'lastDay']);
    expect(refusal('head', 'enforcement', { reason: ' 休假 ' })).toEqual(['ACCESS-026', 'reason']);
  });

  it('执法岗位只能委托给全程持有效执法证件的人（行政处罚法 第四十二条）', () => {
    const change = { roles: ['enforcement-officer'] };
    expect(refusal('officer', 'officer2', change)).toBeUndefined();
    expect(refusal('officer', 'officer3', change)).toEqual(['ACCESS-012', 'to']);
    expect(refusal('officer', 'lab', change)).toEqual(['ACCESS-012', 'to']);
    expect(refusal('officer', 'officer2', { ...change, lastDay: day('2030-01-01') })).toEqual(['ACCESS-012', 'to']);
  });

  it('法制审核岗位只能委托给有法律职业资格的人（行政处罚法 第五十八条）', () => {
    expect(refusal('legal', 'review-legal', { roles: ['legal'] })).toBeUndefined();
    expect(refusal('legal', 'officer', { roles: ['legal'] })).toEqual(['ACCESS-034', 'to']);
  });
});

describe('代办人的权限只在一处算出', () => {
  const delegation: Delegation = { ...command, delegationId: 'd', from: demoAccountId('head'), to: demoAccountId('enforcement'), madeAt: instant(0), madeBy: demoAccountId('head'), withdrawnAt: null };
  const own: Actor = { accountId: demoAccountId('enforcement'), name: '梁执中', roles: ['enforcement-lead'], region: asId<RegionKey>('jiangsu'), certificate: '苏ZF-060010' };
  const acting = { delegation, principal: person('head'), deputy: person('enforcement') };

  it('只有受托的岗位，本人的证件，名下写明代谁', () => {
    const actor = effectiveActor(own, acting, today);
    expect(actor).toMatchObject({ roles: ['authority-head'], name: '梁执中（代魏司南）', certificate: '苏ZF-060010', behalf: { accountId: demoAccountId('head'), delegationId: 'd' } });
  });

  it('未到期日、已过期、已撤回、委托人失去岗位或停用、受托人失去资格：恢复本人', () => {
    expect(['2026-09-13', '2026-09-14', '2026-09-18', '2026-09-19'].map((d) => isInForce(delegation, day(d)))).toEqual([false, true, true, false]);
    expect(effectiveActor(own, { ...acting, delegation: { ...delegation, withdrawnAt: instant(1) } }, today)).toBe(own);
    expect(effectiveActor(own, { ...acting, principal: { ...person('head'), roles: [] } }, today)).toBe(own);
    expect(effectiveActor(own, { ...acting, principal: { ...person('head'), disabledAt: instant(1) } }, today)).toBe(own);
    const officer = { delegation: { ...delegation, roles: ['enforcement-officer'] as const }, principal: person('officer'), deputy: person('officer3') };
    expect(effectiveActor(own, officer, today)).toBe(own);
  });

  it('职责分离按两人合并计算：两人中任何一人做过的，代办时都不能再批 sec:X14', () => {
    const deputy = effectiveActor(own, acting, today);
    expect(conflictOf([{ accountId: demoAccountId('enforcement'), duty: 'investigator' }], deputy, 'decision-signer')?.code).toBe('ACCESS-010');
    expect(conflictOf([{ accountId: demoAccountId('head'), duty: 'investigator' }], deputy, 'decision-signer')?.code).toBe('ACCESS-010');
    expect(conflictOf([{ accountId: demoAccountId('head'), duty: 'interested' }], deputy, 'decision-signer')?.code).toBe('ACCESS-011');
    expect(conflictOf([{ accountId: demoAccountId('officer'), duty: 'investigator' }], deputy, 'decision-signer')).toBeUndefined();
    // And afterwards neither of the two may do what would have to be apart.
    const after = dutiesTaken(deputy, 'decision-signer');
    for (const login of ['enforcement', 'head']) expect(conflictOf(after, { accountId: demoAccountId(login) }, 'fine-clerk')?.code).toBe('ACCESS-010');
  });
});

describe('委托、代办、撤回', () => {
  const clock = manualClock(instant(Date.parse('2026-09-14T09:00:00+08:00')));
  const test = testDoor(clock, (app) => {
    app.post('/t/decide', { config: { action: 'case.decide' } }, async ({ actor }) => ({ name: actor.name, behalf: actor.behalf?.accountId ?? null }));
  });
  const { jars } = test;
  type Body = Record<string, never> & { code: string; name: string; delegationId: string; behalf: { name: string } | null; items: { state: string; mine: string }[]; waitingFor: string | null };
  const call = (who: string, url: string, payload?: object) => test.call<Body>(who, url, payload);
  const enter = (login: string) => test.enter<Body>(login);
  const body = { to: demoAccountId('enforcement'), roles: ['authority-head'], firstDay: '2026-09-14', lastDay: '2026-09-15', reason: '外出学习两天' };
  const leaves = async () => {
    const { rows } = await sql<{ leaf: string }>`SELECT convert_from(bytes, 'UTF8') AS leaf FROM evidence_leaf ORDER BY idx`.execute(test.db);
    return rows.map(({ leaf }) => JSON.parse(leaf) as Record<string, unknown>);
  };

  it('机关负责人委托，受托人开始代办、办事、恢复本人；审计和存证记明两人 sec:X18', async () => {
    await enter('head');
    await enter('enforcement');
    expect((await call('enforcement', '/t/decide', {})).status).toBe(403);
    const made = await call('head', '/api/access/delegations', body);
    expect(made).toMatchObject({ status: 200, body: { state: 'in-force', mine: 'given' } });
    const before = jars.get('enforcement');
    const acting = await call('enforcement', '/api/access/behalf', { delegationId: made.body.delegationId });
    expect(acting.body).toMatchObject({ name: '梁执中（代魏司南）', behalf: { name: '魏司南' } });
    expect(jars.get('enforcement')).not.toBe(before);
    expect((await call('enforcement', '/t/decide', {})).body).toEqual({ name: '梁执中（代魏司南）', behalf: demoAccountId('head') });
    // He acts with the roles handed over only, and hands none of them on.
    expect((await call('enforcement', '/api/access/delegations', { ...body, to: demoAccountId('officer'), roles: ['enforcement-lead'] })).body.code).toBe('ACCESS-033');
    expect((await call('enforcement', `/api/access/accounts/${demoAccountId('legal')}/delegations`, { ...body, roles: ['legal'], to: demoAccountId('review-legal') })).body.code).toBe('ACCESS-033');
    const { rows } = await sql<{ behalf: string }>`SELECT behalf FROM access_audit WHERE path = '/t/decide' AND status = 200`.execute(test.db);
    expect(rows).toEqual([{ behalf: demoAccountId('head') }]);
    expect((await leaves()).at(-1)).toMatchObject({ t: 'role', act: 'delegate', from: demoAccountId('head'), to: demoAccountId('enforcement'), roles: ['authority-head'], first: '2026-09-14', last: '2026-09-15' });
    expect((await call('enforcement', '/api/access/behalf', { delegationId: null })).body).toMatchObject({ name: '梁执中', behalf: null });
    expect((await call('enforcement', '/t/decide', {})).status).toBe(403);
  });

  it('最后一日 24 时自动终止；之后不能再开始', async () => {
    const made = await call('head', '/api/access/delegations', body);
    const { delegationId } = made.body;
    await call('enforcement', '/api/access/behalf', { delegationId });
    clock.set(instant(Date.parse('2026-09-15T23:59:00+08:00')));
    await enter('head');
    await enter('enforcement');
    await call('enforcement', '/api/access/behalf', { delegationId });
    expect((await call('enforcement', '/t/decide', {})).status).toBe(200);
    clock.set(instant(Date.parse('2026-09-16T00:00:00+08:00')));
    expect((await call('enforcement', '/t/decide', {})).status).toBe(403);
    expect((await call('enforcement', '/api/access/me')).body).toMatchObject({ name: '梁执中', behalf: null });
    expect((await call('enforcement', '/api/access/behalf', { delegationId })).body.code).toBe('ACCESS-035');
    expect((await call('head', `/api/access/delegations/${delegationId}/withdrawal`, {})).body.code).toBe('ACCESS-035');
    clock.advance(9 * HOUR);
  });

  it('撤回立即生效，正在代办的会话随即恢复本人；每一步都是存证日志的一条', async () => {
    await enter('head');
    await enter('enforcement');
    const { body: { delegationId } } = await call('head', '/api/access/delegations', { ...body, firstDay: '2026-09-16', lastDay: '2026-09-20' });
    await call('enforcement', '/api/access/behalf', { delegationId });
    await enter('officer');
    expect((await call('officer', `/api/access/delegations/${delegationId}/withdrawal`, {})).status).toBe(404);
    expect((await call('officer', '/api/access/behalf', { delegationId })).status).toBe(404);
    expect((await call('head', `/api/access/delegations/${delegationId}/withdrawal`, {})).status).toBe(200);
    expect((await call('enforcement', '/t/decide', {})).status).toBe(403);
    expect((await leaves()).at(-1)).toMatchObject({ t: 'role', act: 'withdraw', ref: delegationId, actor: demoAccountId('head') });
    expect((await call('head', '/api/access/delegations')).body.items.map(({ state, mine }) => [state, mine])).toEqual([['withdrawn', 'given'], ['over', 'given'], ['over', 'given']]);
  });

  it('为他人安排：机关负责人限本机关，安全管理员不限，其他人不得', async () => {
    await enter('head');
    const forLegal = { ...body, to: demoAccountId('review-legal'), roles: ['legal'], firstDay: '2026-09-16', lastDay: '2026-09-17', reason: '病假期间代办' };
    const of = (login: string) => `/api/access/accounts/${demoAccountId(login)}/delegations`;
    expect((await call('head', of('legal'), forLegal)).status).toBe(200);
    expect((await call('head', of('neighbour'), { ...forLegal, roles: ['review-lead'] })).status).toBe(404);
    await enter('officer');
    expect((await call('officer', of('legal'), forLegal)).status).toBe(403);
    await enter('security');
    expect((await call('security', of('legal'), forLegal)).status).toBe(200);
    expect((await call('security', '/api/access/delegations', forLegal)).status).toBe(403);
    expect((await call('security', '/api/access/delegations/all')).body.items.length).toBeGreaterThan(3);
  });

  it('可供选择的人员包括当日代办的人，写明代谁；到期、失去资格即不再列出', async () => {
    const able = async (role: Role, on: string) => (await peopleWith(test.db, role, DEMO_CITY, day(on))).filter((one) => !one.roles.includes(role)).map((one) => [one.name, one.deputising.map(({ principal }) => principal.name)]);
    const name = (login: string) => DEMO_CAST.find((one) => one.login === login)?.name;
    expect(await able('legal', '2026-09-15')).toEqual([]);
    // Arranged twice in the test before: each delegation counts by itself, the person is named once.
    expect(await able('legal', '2026-09-16')).toEqual([[name('review-legal'), [name('legal'), name('legal')]]]);
    expect(await able('legal', '2026-09-18')).toEqual([]);
    const [first] = await peopleWith(test.db, 'legal', DEMO_CITY, day('2026-09-16'));
    expect(first && actsAs(first, 'legal') && !actsAs(first, 'authority-head')).toBe(true);
    await sql`UPDATE access_account SET legal_qualification = NULL WHERE account_id = ${demoAccountId('review-legal')}`.execute(test.db);
    expect(await able('legal', '2026-09-16')).toEqual([]);
    await sql`UPDATE access_account SET legal_qualification = '职业资格' WHERE account_id = ${demoAccountId('review-legal')}`.execute(test.db);
  });

  it('岗位规定须有第二重验证的，没有绑定的受托人不能代办', async () => {
    await enter('security');
    await call('security', '/api/access/factor-rule', { roles: ['legal'] });
    await enter('review-legal');
    const { body: { items } } = await call('review-legal', '/api/access/delegations');
    const received = items.find(({ mine, state }) => mine === 'received' && state === 'in-force') as unknown as { delegationId: string };
    expect((await call('review-legal', '/api/access/behalf', { delegationId: received.delegationId })).body.code).toBe('ACCESS-015');
  });

  it('委托人停用后委托随即失效；委托记录不能删除', async () => {
    clock.advance(DAY);
    await enter('head');
    await enter('enforcement');
    const { body: { delegationId } } = await call('head', '/api/access/delegations', { ...body, firstDay: '2026-09-17', lastDay: '2026-09-20' });
    await call('enforcement', '/api/access/behalf', { delegationId });
    expect((await call('enforcement', '/t/decide', {})).status).toBe(200);
    await disableAccount(keeping(test.db, clock), keeper, 'head');
    expect((await call('enforcement', '/t/decide', {})).status).toBe(403);
    await expect(sql`DELETE FROM access_delegation`.execute(test.db)).rejects.toThrow(/permission denied/);
  });
});
