import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asId, instant, manualClock, type AuthorityId } from '#kernel';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { secretBox } from '#platform/secrets';
import type { Authority } from '../authority.ts';
import { addAuthority } from './add-authority.ts';
import { keepOffice, officeOf } from '../offices/keep-office.ts';
import { emptyOffice, missingOf } from '../offices/office.ts';
import { createAccount } from './create-account.ts';
import { createDemoAccounts } from '../demo/create-demo-accounts.ts';
import { DEMO_CITY, DEMO_PASSWORD, DEMO_REGION, demoAccountId } from '../demo/demo-cast.ts';
import { rolesRefusal } from './decide-roles.ts';
import { disableAccount, enableAccount, resetPassword, setRoles } from './keep-accounts.ts';
import { resume, signIn } from '../sign-in.ts';
import { accountByLogin } from '../store/accounts.ts';
import { keeper, keeping } from '../testing/keeper.ts';

const clock = manualClock(instant(Date.parse('2026-09-14T09:00:00+08:00')));
let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  await createDemoAccounts({ db: test.db, clock }, []);
});
afterAll(() => test.drop());

const deps = () => keeping(test.db, clock);
const enter = (login: string, password = DEMO_PASSWORD) => signIn({ ...deps(), box: () => secretBox(new Uint8Array(32)) }, login, password, 'x');
const leaves = async () => (await sql<{ n: number }>`SELECT count(*)::int AS n FROM evidence_leaf`.execute(test.db)).rows[0]?.n ?? 0;

describe('keeping accounts', () => {
  it('disabling ends rights and sessions at once, enabling gives them back, each once and each with a leaf', async () => {
    const before = await leaves();
    const open = await enter('legal');
    if (!open.ok) throw new Error(open.en);
    expect(await disableAccount(deps(), keeper, 'legal')).toEqual({ ok: true, value: demoAccountId('legal') });
    expect(await resume({ ...deps(), box: () => secretBox(new Uint8Array(32)) }, open.value.token)).toMatchObject({ code: 'ACCESS-006' });
    expect(await enter('legal')).toMatchObject({ ok: false });
    expect(await disableAccount(deps(), keeper, 'legal')).toMatchObject({ code: 'ACCESS-052' });
    expect(await enableAccount(deps(), keeper, 'legal')).toMatchObject({ ok: true });
    expect(await enableAccount(deps(), keeper, 'legal')).toMatchObject({ code: 'ACCESS-053' });
    expect(await enter('legal')).toMatchObject({ ok: true });
    expect(await leaves()).toBe(before + 2);
  });

  it('roles are set as a whole; what was withdrawn stays on record with its end', async () => {
    clock.advance(1_000);
    expect(await setRoles(deps(), keeper, 'lab', ['element-dept', 'lab'])).toMatchObject({ ok: true });
    clock.advance(1_000);
    expect(await setRoles(deps(), keeper, 'lab', ['element-dept'])).toMatchObject({ ok: true });
    expect((await accountByLogin(test.db, 'lab'))?.roles).toEqual(['element-dept']);
    const { rows } = await sql<{ role: string; granted_by: string }>`SELECT role, granted_by FROM access_account_role
      WHERE account_id = ${demoAccountId('lab')} AND revoked_at IS NOT NULL`.execute(test.db);
    expect(rows).toEqual([{ role: 'lab', granted_by: 'platform' }]);
  });

  it('一名三员不兼业务岗位，业务岗位须有所属机关，企业一方的岗位没有所属机关（GB/T 22239-2019）', () => {
    const [official, unit] = [{ authorityId: asId<AuthorityId>('A') }, { authorityId: null }];
    expect([rolesRefusal(official, ['legal', 'lab']), rolesRefusal(official, ['admin']), rolesRefusal(unit, ['unit-user', 'unit-admin']), rolesRefusal(unit, [])]).toEqual([undefined, undefined, undefined, undefined]);
    for (const [who, roles] of [[official, ['admin', 'legal']], [unit, ['legal']], [official, ['unit-user']], [unit, ['public']]] as const) expect(rolesRefusal(who, roles)).toMatchObject({ code: 'ACCESS-054', field: 'roles' });
  });

  it('a new password replaces the old one and ends open sessions', async () => {
    const open = await enter('panel');
    if (!open.ok) throw new Error(open.en);
    expect(await resetPassword(deps(), keeper, 'panel', 'short')).toMatchObject({ code: 'ACCESS-020' });
    expect(await resetPassword(deps(), keeper, 'panel', 'a password of my own')).toMatchObject({ ok: true });
    expect(await resume({ ...deps(), box: () => secretBox(new Uint8Array(32)) }, open.value.token)).toMatchObject({ code: 'ACCESS-006' });
    expect([(await enter('panel')).ok, (await enter('panel', 'a password of my own')).ok]).toEqual([false, true]);
  });

  it('is for the security administrator alone, and says so of people who are not there', async () => {
    const other = { ...keeper, roles: ['audit-admin'] as const };
    expect(await disableAccount(deps(), other, 'legal')).toMatchObject({ code: 'ACCESS-004' });
    expect(await setRoles(deps(), other, 'legal', [])).toMatchObject({ code: 'ACCESS-004' });
    expect(await enableAccount(deps(), keeper, 'nobody')).toMatchObject({ code: 'ACCESS-005', field: 'login' });
    const command = { login: 'new-one', name: '新人', password: 'a long password', region: DEMO_REGION } as const;
    expect(await createAccount(deps(), { ...command, roles: ['legal'] }, keeper.accountId)).toMatchObject({ code: 'ACCESS-054' });
    expect(await createAccount(deps(), { ...command, roles: ['legal'], authorityId: asId<AuthorityId>('NOWHERE') }, keeper.accountId)).toMatchObject({ code: 'ACCESS-055', field: 'authorityId' });
    const before = await leaves();
    expect(await createAccount(deps(), { ...command, roles: ['legal'], authorityId: DEMO_CITY }, keeper.accountId)).toMatchObject({ ok: true });
    expect(await leaves()).toBe(before + 1);
  });
});

describe('adding authorities', () => {
  const city: Authority = { authorityId: asId('ZZ'), nameZh: '某市生态环境局', nameEn: 'City', level: 'city', parentId: null, region: DEMO_REGION, docPrefix: '某环' };
  const add = (change: Partial<Authority>, actor = keeper) => addAuthority(deps(), actor, { ...city, ...change });

  it('names the field that does not fit, and fixes nothing then', async () => {
    const before = await leaves();
    const wrong = await Promise.all([
      add({ authorityId: asId('zz top') }), add({ nameZh: ' ' }), add({ nameEn: '' }), add({ docPrefix: '' }), add({ authorityId: DEMO_CITY }), add({ docPrefix: '苏清环' }),
      add({ parentId: asId('NOWHERE') }), add({ level: 'branch' }), add({ level: 'province', parentId: DEMO_CITY }), add({ level: 'branch', parentId: DEMO_CITY, region: asId('shanghai') }),
    ]);
    expect(wrong.map((one) => (one.ok ? 'done' : `${one.code} ${one.field}`))).toEqual([
      'ACCESS-056 authorityId', 'ACCESS-057 nameZh', 'ACCESS-057 nameEn', 'ACCESS-057 docPrefix', 'ACCESS-058 authorityId', 'ACCESS-058 docPrefix',
      'ACCESS-055 parentId', 'ACCESS-059 parentId', 'ACCESS-059 parentId', 'ACCESS-059 parentId',
    ]);
    expect(await add({}, { ...keeper, roles: ['audit-admin'] })).toMatchObject({ code: 'ACCESS-004' });
    expect(await leaves()).toBe(before);
    expect(await add({})).toEqual({ ok: true, value: 'ZZ' });
    expect(await add({ authorityId: asId('ZZ-E'), level: 'branch', parentId: asId('ZZ'), docPrefix: '某东环' })).toMatchObject({ ok: true });
    expect(await leaves()).toBe(before + 2);
  });
});

describe('what papers print of an authority', () => {
  const head = { ...keeper, accountId: demoAccountId('head'), roles: ['authority-head'] as const, authorityId: DEMO_CITY, area: [DEMO_CITY] };
  const bank = { bank: { zh: '某银行', en: 'Some Bank' }, accountName: { zh: '财政专户', en: 'Treasury' }, accountNo: '1' };

  it('行政处罚法 第六十七条、第七十四条：没有填写的照实列为缺少，账户三项齐全才算；本机关的人填写，留叶', async () => {
    const before = await leaves();
    const office = { ...emptyOffice(DEMO_CITY), court: { zh: '某法院', en: 'Court' }, collection: { ...bank, accountNo: '' } };
    expect(missingOf(emptyOffice(DEMO_CITY))).toEqual(['address', 'phone', 'reconsideration', 'court', 'collection']);
    expect(await keepOffice(deps(), head, office)).toMatchObject({ ok: true });
    expect(missingOf(await officeOf(test.db, DEMO_CITY))).toEqual(['address', 'phone', 'reconsideration', 'collection']);
    clock.advance(1_000);
    expect(await keepOffice(deps(), head, { ...office, collection: bank })).toMatchObject({ ok: true });
    expect((await officeOf(test.db, DEMO_CITY)).collection).toEqual(bank);
    expect(await leaves()).toBe(before + 2);
  });

  it('is for the head of that authority: another one answers as if it were not there, other roles may not', async () => {
    expect(await keepOffice(deps(), head, emptyOffice(asId('JS-NZ')))).toMatchObject({ code: 'ACCESS-005' });
    expect(await keepOffice(deps(), { ...head, roles: ['legal'] }, emptyOffice(DEMO_CITY))).toMatchObject({ code: 'ACCESS-004' });
  });

  it('演示机关的银行、账户和法院都写明是虚构的', async () => {
    const office = await officeOf(test.db, asId('JS-NZ'));
    expect(missingOf(office)).toEqual([]);
    expect([office.reconsideration.zh, office.court.zh, office.collection.bank.zh, office.collection.accountName.zh].every((text) => /演示|虚构/.test(text))).toBe(true);
  });
});
