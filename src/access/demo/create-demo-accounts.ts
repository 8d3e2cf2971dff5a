import { asId, type AccountId, type Clock, type UnitId } from '#kernel';
import { transact, type Database } from '#platform/db';
import { newId } from '#platform/ids';
import { demoCast, DEMO_PASSWORD, DEMO_REGION, demoAccountId, demoPlace, unitLogin, type DemoPlace } from './demo-cast.ts';
import { hashPassword } from '../password.ts';
import { insertOffice, officesOf } from '../store/offices.ts';
import { accountByLogin, insertAccount, insertAuthority, type NewAccount } from '../store/accounts.ts';

/** A unit of the demonstration whose people need accounts. */
export interface DemoUnit {
  readonly unitId: UnitId;
  readonly name: string;
}

const by = asId<AccountId>('platform');

function accountsFor(place: DemoPlace, units: readonly DemoUnit[], passwordHash: string): NewAccount[] {
  const none = { authorityId: null, unitId: null, certificate: null, legalQualification: null };
  const common = { passwordHash, region: place.region, demo: true };
  const cast = demoCast(place).map((member) => ({ ...none, ...member, ...common, accountId: demoAccountId(member.login) }));
  const people = units.map((unit) => {
    const login = unitLogin(unit.unitId);
    const name = `${unit.name}环保负责人`;
    return { ...none, ...common, login, name, roles: ['unit-user', 'unit-admin'] as const, unitId: unit.unitId, accountId: demoAccountId(login) };
  });
  return [...cast, ...people];
}

/**
 * The demonstration's authorities, cast and one person per unit. Called with `--demo` only; calling it again adds
 * what is missing and changes nothing else.
 *
 * @param region whose law the demonstration plays under; a RangeError where none plays
 * @returns how many accounts were made
 */
export async function createDemoAccounts(deps: { db: Database; clock: Clock }, units: readonly DemoUnit[], region: string = DEMO_REGION): Promise<number> {
  const place = demoPlace(region);
  // One hash for all: the password is printed on the sign-in page, a salt each would only cost start-up time.
  const accounts = accountsFor(place, units, await hashPassword(DEMO_PASSWORD));
  return transact(deps.db, async (tx) => {
    const now = deps.clock.now();
    for (const authority of place.authorities) await insertAuthority(tx, authority, now);
    const kept = await officesOf(tx, place.offices.map(({ authorityId }) => authorityId));
    for (const office of place.offices) {
      if (!kept.some(({ authorityId }) => authorityId === office.authorityId)) await insertOffice(tx, { entryId: newId('off'), office, by, at: now });
    }
    let made = 0;
    for (const account of accounts) {
      if ((await accountByLogin(tx, account.login)) !== undefined) continue;
      await insertAccount(tx, account, by, now);
      made++;
    }
    return made;
  });
}
