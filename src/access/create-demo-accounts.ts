import { asId, type AccountId, type Clock, type UnitId } from '#kernel';
import { transact, type Database } from '#platform/db';
import { DEMO_AUTHORITIES, DEMO_CAST, DEMO_PASSWORD, DEMO_REGION, demoAccountId, unitLogin } from './demo-cast.ts';
import { hashPassword } from './password.ts';
import { accountByLogin, insertAccount, insertAuthority, type NewAccount } from './store/accounts.ts';

export interface DemoUnit {
  readonly unitId: UnitId;
  readonly name: string;
}

const by = asId<AccountId>('platform');

function accountsFor(units: readonly DemoUnit[], passwordHash: string): NewAccount[] {
  const none = { authorityId: null, unitId: null, certificate: null, legalQualification: null };
  const common = { passwordHash, region: DEMO_REGION, demo: true };
  const cast = DEMO_CAST.map((member) => ({ ...none, ...member, ...common, accountId: demoAccountId(member.login) }));
  const people = units.map((unit) => {
    const login = unitLogin(unit.unitId);
    const name = `${unit.name}环保负责人`;
    return { ...none, ...common, login, name, roles: ['unit-user'] as const, unitId: unit.unitId, accountId: demoAccountId(login) };
  });
  return [...cast, ...people];
}

/**
 * The demonstration's authorities, cast and one person per unit. Called with `--demo` only; calling it again adds
 * what is missing and changes nothing else.
 *
 * @returns how many accounts were made
 */
export async function createDemoAccounts(deps: { db: Database; clock: Clock }, units: readonly DemoUnit[]): Promise<number> {
  // One hash for all: the password is printed on the sign-in page, a salt each would only cost start-up time.
  const accounts = accountsFor(units, await hashPassword(DEMO_PASSWORD));
  return transact(deps.db, async (tx) => {
    const now = deps.clock.now();
    for (const authority of DEMO_AUTHORITIES) await insertAuthority(tx, authority, now);
    let made = 0;
    for (const account of accounts) {
      if ((await accountByLogin(tx, account.login)) !== undefined) continue;
      await insertAccount(tx, account, by, now);
      made++;
    }
    return made;
  });
}
