import { asId, type AccountId, type AuthorityId, type CalendarDay, type Instant, type RegionKey, type UnitId } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';
import type { Authority, AuthorityLevel } from '../authority.ts';
import { rowsOf, type Action } from '../permissions.ts';
import { isRole, type Role } from '../roles.ts';

/** Enforcement certificate (执法证) with the days on which it is valid, both inclusive (行政处罚法 第四十二条). */
export interface Certificate {
  readonly number: string;
  readonly from: CalendarDay;
  readonly to: CalendarDay;
}

/** An account as stored: a person, the roles and whom they speak for. Accounts are disabled, never deleted. */
export interface Account {
  readonly accountId: AccountId;
  readonly login: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly authorityId: AuthorityId | null;
  readonly unitId: UnitId | null;
  /** Of a third party's person, who is of no authority and no registered unit. */
  readonly company?: string | null;
  readonly region: RegionKey;
  readonly certificate: Certificate | null;
  readonly legalQualification: string | null;
  readonly demo: boolean;
  readonly disabledAt: Instant | null;
  /** An administrator gave the password out: its bearer sets another at the next sign-in. */
  readonly passwordDue: boolean;
  readonly roles: readonly Role[];
}

interface Row {
  account_id: string;
  login: string;
  name: string;
  password_hash: string;
  authority_id: string | null;
  unit_id: string | null;
  company: string | null;
  region: string;
  certificate_no: string | null;
  certificate_from: string | null;
  certificate_to: string | null;
  legal_qualification: string | null;
  demo: boolean;
  disabled_at: number | null;
  password_due: boolean;
  roles: string[];
}

const toAccount = (row: Row): Account => ({
  accountId: asId<AccountId>(row.account_id),
  login: row.login,
  name: row.name,
  passwordHash: row.password_hash,
  authorityId: row.authority_id === null ? null : asId<AuthorityId>(row.authority_id),
  unitId: row.unit_id === null ? null : asId<UnitId>(row.unit_id),
  company: row.company,
  region: asId<RegionKey>(row.region),
  certificate:
    row.certificate_no === null
      ? null
      : { number: row.certificate_no, from: row.certificate_from as CalendarDay, to: row.certificate_to as CalendarDay },
  legalQualification: row.legal_qualification,
  demo: row.demo,
  disabledAt: row.disabled_at as Instant | null,
  passwordDue: row.password_due,
  roles: row.roles.filter(isRole),
});

const SELECT = sql`SELECT a.*, ARRAY(SELECT r.role FROM access_account_role r
    WHERE r.account_id = a.account_id AND r.revoked_at IS NULL ORDER BY r.role) AS roles FROM access_account a`;

/** One person by sign-in name; undefined when there is none. Disabled people are still found. */
export async function accountByLogin(db: Database | Tx, login: string): Promise<Account | undefined> {
  const { rows } = await sql<Row>`${SELECT} WHERE a.login = ${login}`.execute(db);
  return rows[0] === undefined ? undefined : toAccount(rows[0]);
}

/** One person by id; undefined when there is none. Disabled people are still found: they signed papers. */
export async function accountOf(db: Database | Tx, accountId: AccountId): Promise<Account | undefined> {
  const { rows } = await sql<Row>`${SELECT} WHERE a.account_id = ${accountId}`.execute(db);
  return rows[0] === undefined ? undefined : toAccount(rows[0]);
}

/** Several people by id, in no particular order; for names on pages and papers. */
export async function accountsOf(db: Database | Tx, ids: readonly AccountId[]): Promise<Account[]> {
  const { rows } = await sql<Row>`${SELECT} WHERE a.account_id = ANY(${[...ids]})`.execute(db);
  return rows.map(toAccount);
}

const allows = (account: Account, actions: readonly Action[]): boolean =>
  actions.every((action) => rowsOf(action).some((row) => row.roles.some((role) => account.roles.includes(role))));

/** Accounts of an authority that can sign in and whose own roles allow all these actions, by login. */
export async function authorityPeople(db: Database | Tx, authorityId: AuthorityId, ...actions: readonly Action[]): Promise<Account[]> {
  const { rows } = await sql<Row>`${SELECT} WHERE a.authority_id = ${authorityId} AND a.disabled_at IS NULL ORDER BY a.login`.execute(db);
  return rows.map(toAccount).filter((account) => allows(account, actions));
}

/** Accounts of a unit that can sign in and whose own roles allow all these actions, by login. */
export async function unitPeople(db: Database | Tx, unitId: UnitId, ...actions: readonly Action[]): Promise<Account[]> {
  const { rows } = await sql<Row>`${SELECT} WHERE a.unit_id = ${unitId} AND a.disabled_at IS NULL ORDER BY a.login`.execute(db);
  return rows.map(toAccount).filter((account) => allows(account, actions));
}

/** Everybody, disabled people too, by sign-in name. */
export async function allAccounts(db: Database): Promise<Account[]> {
  const { rows } = await sql<Row>`${SELECT} ORDER BY a.login`.execute(db);
  return rows.map(toAccount);
}

export type NewAccount = Omit<Account, 'disabledAt' | 'passwordDue'>;

export async function insertAccount(tx: Tx, account: NewAccount, grantedBy: AccountId, at: Instant): Promise<void> {
  await sql`INSERT INTO access_account (account_id, login, name, password_hash, authority_id, unit_id, region,
      certificate_no, certificate_from, certificate_to, legal_qualification, demo, created_at, company)
    VALUES (${account.accountId}, ${account.login}, ${account.name}, ${account.passwordHash}, ${account.authorityId},
      ${account.unitId}, ${account.region}, ${account.certificate?.number ?? null}, ${account.certificate?.from ?? null},
      ${account.certificate?.to ?? null}, ${account.legalQualification}, ${account.demo}, ${at}, ${account.company ?? null})`.execute(tx);
  for (const role of account.roles) await grantRole(tx, account.accountId, role, at, grantedBy);
}

/** One person by sign-in name or id, others held off the account until the transaction ends; undefined where there is none. */
export async function lockAccount(tx: Tx, who: string | Pick<Account, 'accountId'>): Promise<Account | undefined> {
  const { rows } = await sql<{ account_id: string }>`SELECT account_id FROM access_account
    WHERE ${typeof who === 'string' ? sql`login = ${who}` : sql`account_id = ${who.accountId}`} FOR UPDATE`.execute(tx);
  return rows[0] === undefined ? undefined : accountOf(tx, asId<AccountId>(rows[0].account_id));
}

export async function grantRole(tx: Tx, accountId: AccountId, role: Role, at: Instant, by: AccountId): Promise<void> {
  await sql`INSERT INTO access_account_role (account_id, role, granted_at, granted_by) VALUES (${accountId}, ${role}, ${at}, ${by})`.execute(tx);
}

export async function endRole(tx: Tx, accountId: AccountId, role: Role, at: Instant): Promise<void> {
  await sql`UPDATE access_account_role SET revoked_at = ${at} WHERE account_id = ${accountId} AND role = ${role} AND revoked_at IS NULL`.execute(tx);
}

/** Puts a new hash in the place of the present one, which is kept; `due` where its bearer has to set another at the next sign-in. */
export async function setPasswordHash(tx: Tx, accountId: AccountId, { hash, due, at }: { readonly hash: string; readonly due: boolean; readonly at: Instant }): Promise<void> {
  await sql`INSERT INTO access_past_password (account_id, password_hash, replaced_at) SELECT account_id, password_hash, ${at} FROM access_account WHERE account_id = ${accountId}`.execute(tx);
  await sql`UPDATE access_account SET password_hash = ${hash}, password_due = ${due} WHERE account_id = ${accountId}`.execute(tx);
}

/** Hashes of the passwords before the present one, newest first. */
export async function pastPasswords(db: Database | Tx, accountId: AccountId, limit: number): Promise<string[]> {
  const { rows } = await sql<{ password_hash: string }>`SELECT password_hash FROM access_past_password WHERE account_id = ${accountId} ORDER BY replaced_at DESC LIMIT ${limit}`.execute(db);
  return rows.map((row) => row.password_hash);
}

export async function enableRow(tx: Tx, accountId: AccountId): Promise<void> {
  await sql`UPDATE access_account SET disabled_at = NULL WHERE account_id = ${accountId}`.execute(tx);
}

export async function disableRow(tx: Tx, accountId: AccountId, at: Instant): Promise<void> {
  await sql`UPDATE access_account SET disabled_at = ${at} WHERE account_id = ${accountId} AND disabled_at IS NULL`.execute(tx);
}

interface AuthorityRow {
  authority_id: string;
  name_zh: string;
  name_en: string;
  level: AuthorityLevel;
  parent_id: string | null;
  region: string;
  doc_prefix: string;
}

/** The whole tree of authorities; small by nature (a province, its cities, their branch offices). */
export async function allAuthorities(db: Database | Tx): Promise<Authority[]> {
  const { rows } = await sql<AuthorityRow>`SELECT * FROM access_authority ORDER BY authority_id`.execute(db);
  return rows.map((row) => ({
    authorityId: asId<AuthorityId>(row.authority_id),
    nameZh: row.name_zh,
    nameEn: row.name_en,
    level: row.level,
    parentId: row.parent_id === null ? null : asId<AuthorityId>(row.parent_id),
    region: asId<RegionKey>(row.region),
    docPrefix: row.doc_prefix,
  }));
}

/** Adds an authority; false, and nothing done, where the id is there already. */
export async function insertAuthority(tx: Tx, authority: Authority, at: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`INSERT INTO access_authority (authority_id, name_zh, name_en, level, parent_id, region, doc_prefix, created_at)
    VALUES (${authority.authorityId}, ${authority.nameZh}, ${authority.nameEn}, ${authority.level}, ${authority.parentId},
      ${authority.region}, ${authority.docPrefix}, ${at}) ON CONFLICT (authority_id) DO NOTHING`.execute(tx);
  return numAffectedRows === 1n;
}
