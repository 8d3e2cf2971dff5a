import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asId, calendarDay, instant, manualClock, type AccountId, type RegionKey, type UnitId } from '#kernel';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import type { Actor } from '../actor.ts';
import { createAccount } from '../accounts/create-account.ts';
import { can, gate, grantFor, refusalFor, visibilityOf } from '../decide-access.ts';
import { PERMISSIONS } from '../permissions.ts';
import { actorOf } from '../sign-in.ts';
import { accountOf } from '../store/accounts.ts';
import { findGrant, insertGrant, insertWithdrawal } from '../store/agents.ts';
import { keeping } from '../testing/keeper.ts';
import { AGENT_ACTS, AGENT_ACT_NAMES } from './agent-acts.ts';
import { grantStateOn } from './agent-grant.ts';
import { acceptInvitation, agentByLogin, inviteAgent } from './invite-agent.ts';

const unitId = asId<UnitId>('E1');
const region = asId<RegionKey>('jiangsu');
const agent = (acts: readonly (keyof typeof AGENT_ACTS)[], outfalls: readonly string[] = ['E1-A']): Actor => ({
  accountId: asId<AccountId>('a'), name: '运维员', roles: ['unit-agent'], region, entrusted: [{ grantId: 'g1', unitId, outfalls, acts }],
});
const own = { unitId, outfall: 'E1-A' };
const actions = [...new Set(PERMISSIONS.map((row) => row.action))];

describe('授权代理人（运维单位）what an agent may do', () => {
  it('does what was entrusted at the outfall that was named, and the act names the grant', () => {
    expect(refusalFor(agent(['marks']), 'mark.submit', own)).toBeUndefined();
    expect(grantFor(agent(['marks']), 'mark.submit', own)?.grantId).toBe('g1');
  });

  it('another outfall of the same unit, the same outfall of another unit and a thing without an outfall are not found', () => {
    for (const resource of [{ unitId, outfall: 'E1-B' }, { unitId: asId<UnitId>('E2'), outfall: 'E1-A' }, { unitId }, {}]) {
      expect(refusalFor(agent(['marks']), 'mark.submit', resource)).toMatchObject({ status: 404 });
    }
  });

  it('an act that was not granted is refused at the gate already', () => {
    expect(gate(agent(['marks']), 'supervision.feedback')).toMatchObject({ code: 'ACCESS-004', status: 403 });
    expect(gate(agent([]), 'mark.submit')).toMatchObject({ code: 'ACCESS-004' });
    expect(gate(agent(['sheets']), 'supervision.feedback')).toBeUndefined();
  });

  it('with everything entrusted, nothing opens that no act names: no case, no paper, no consent, no grant', () => {
    const all = agent(AGENT_ACT_NAMES);
    const named = new Set<string>(AGENT_ACT_NAMES.flatMap((act) => AGENT_ACTS[act].actions));
    for (const action of actions) {
      const reaches = can(all, action, own);
      const always = PERMISSIONS.some((row) => row.action === action && row.jurisdiction === 'any' && (row.roles as readonly string[]).includes('unit-agent'));
      expect({ action, reaches }).toEqual({ action, reaches: always || named.has(action) });
    }
    for (const action of ['case.read-own', 'case.defend', 'document.read-own', 'delivery.read-own', 'delivery.consent', 'agent.authorise', 'register.dispute', 'supervision.confirm-receipt'] as const) {
      expect(gate(all, action), action).toMatchObject({ status: 403 });
    }
  });

  it('lists show the entrusted outfalls and nothing by unit', () => {
    expect(visibilityOf(agent(['sheets']), 'supervision.read', 'supervision.read-own')).toEqual({ kind: 'some', authorities: [], outfalls: ['E1-A'] });
    expect(visibilityOf(agent(['marks']), 'supervision.read', 'supervision.read-own')).toEqual({ kind: 'none' });
  });

  it('holds from the first to the last day, both included, and not a day more', () => {
    const days = { from: calendarDay('2026-09-10'), until: calendarDay('2026-09-14'), withdrawnAt: null };
    expect(['2026-09-09', '2026-09-10', '2026-09-14', '2026-09-15'].map((day) => grantStateOn(days, calendarDay(day)))).toEqual(['COMING', 'IN_FORCE', 'IN_FORCE', 'ENDED']);
    expect(grantStateOn({ ...days, withdrawnAt: instant(1) }, calendarDay('2026-09-12'))).toBe('WITHDRAWN');
  });
});

describe('grants in the database', () => {
  let t: TestDatabase;
  const clock = manualClock(instant(Date.parse('2026-09-14T22:00:00+08:00')));
  const by = asId<AccountId>('unit-admin');
  const deps = () => ({ db: t.db, clock });
  const actor = async (accountId: AccountId) => actorOf(deps(), (await accountOf(t.db, accountId)) ?? expect.fail('no account'));
  beforeAll(async () => void (t = await testDatabase()));
  afterAll(async () => t.drop());

  it('an invited person sets the password with the code, once; nothing of the unit is his but the grant, until midnight of the last day', async () => {
    const invited = await t.db.transaction().execute((tx) => inviteAgent(tx, { login: 'yunwei-01', name: '运维员', company: '清源运维公司', region }, by, clock.now()));
    if (!invited.ok) return expect.fail(invited.en);
    const { accountId, code } = invited.value;
    expect(await acceptInvitation(deps(), 'x'.repeat(43), 'a long password')).toMatchObject({ code: 'ACCESS-050' });
    expect(await acceptInvitation(deps(), code, 'short')).toMatchObject({ code: 'ACCESS-020' });
    expect(await acceptInvitation(deps(), code, 'a long password')).toMatchObject({ ok: true, value: { login: 'yunwei-01' } });
    expect(await acceptInvitation(deps(), code, 'another password')).toMatchObject({ code: 'ACCESS-050' });
    await t.db.transaction().execute((tx) => insertGrant(tx, {
      grantId: 'g1', accountId, unitId, company: '清源运维公司', outfalls: ['E1-A'], acts: ['marks'], from: calendarDay('2026-09-01'), until: calendarDay('2026-09-14'), grantedBy: by, grantedAt: clock.now(),
    }));
    expect(await actor(accountId)).toMatchObject({ roles: ['unit-agent'], entrusted: [{ grantId: 'g1', unitId, outfalls: ['E1-A'], acts: ['marks'] }] });
    expect((await actor(accountId)).unitId).toBeUndefined();
    clock.set(instant(Date.parse('2026-09-14T23:59:59+08:00')));
    expect(can(await actor(accountId), 'mark.submit', own)).toBe(true);
    clock.set(instant(Date.parse('2026-09-15T00:00:00+08:00')));
    expect(can(await actor(accountId), 'mark.submit', own)).toBe(false);
    expect(gate(await actor(accountId), 'mark.submit')).toMatchObject({ status: 403 });
  });

  it('a withdrawal ends the grant at once and is made once; the row of the grant stays', async () => {
    clock.set(instant(Date.parse('2026-09-14T10:00:00+08:00')));
    const { accountId } = (await t.db.transaction().execute((tx) => agentByLogin(tx, 'yunwei-01'))) ?? expect.fail('no agent');
    expect(can(await actor(accountId), 'mark.submit', own)).toBe(true);
    const withdraw = () => t.db.transaction().execute((tx) => insertWithdrawal(tx, 'g1', by, clock.now(), '合同解除'));
    expect([await withdraw(), await withdraw()]).toEqual([true, false]);
    expect(can(await actor(accountId), 'mark.submit', own)).toBe(false);
    expect(await findGrant(t.db, 'g1')).toMatchObject({ reason: '合同解除', acts: ['marks'] });
  });

  it('an official cannot be made an agent, and looks like an unknown name', async () => {
    await t.db.insertInto('access_authority').values({ authority_id: 'A1', name_zh: '局', name_en: 'office', level: 'city', region: 'jiangsu', doc_prefix: '局', created_at: 0 }).execute();
    const made = await createAccount(keeping(t.db, clock), { login: 'officer-x', name: '执法员', password: 'a long password', roles: ['enforcement-officer'], region, authorityId: asId('A1') }, by);
    expect(made.ok).toBe(true);
    const found = await t.db.transaction().execute(async (tx) => [await agentByLogin(tx, 'officer-x'), await agentByLogin(tx, 'nobody-x')]);
    expect(found).toEqual([undefined, undefined]);
  });
});
