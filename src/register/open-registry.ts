import { HOUR, type AuthorityId, type RegionKey, type UnitId } from '#kernel';
import type { PartyType } from '#law';
import type { Database, Tx } from '#platform/db';
import { buildRegistry } from './build-registry.ts';
import { EMPTY_REGISTER, type LimitValue, type MarkRow, type RegisterData, type Registry } from './registry.ts';
import { succeedLimits, type KnownLimit } from './succeed-limits.ts';
import { marksKnownAfter, readEntries, readMarks, registerVersion, type EntryRow, type StoredMark } from './store/entries.ts';

/** JSON has no NaN and no undefined: rows come back with what they were written with. */
function revive(kind: string, body: unknown): unknown {
  if (kind !== 'outfalls' && kind !== 'factors' && kind !== 'limits' && kind !== 'units' && kind !== 'meters') return body;
  return Object.fromEntries(Object.entries(body as object).map(([name, value]) => [name, value ?? undefined]));
}

/** The register as it stands in the database, with the authority each unit belongs to. */
export interface StoredRegistry extends Registry {
  readonly version: number;
  authorityOf(unit: UnitId): AuthorityId | undefined;
}

/** Rows and marks by their keys, as they were last read. */
interface Held {
  readonly entries: Map<string, EntryRow>;
  readonly marks: Map<string, StoredMark>;
}

/** Marks commit in any order; a transaction that adds some does not last an hour. */
const MARKS_LATE_MS = HOUR;

const inOrder = (left: string, right: string): number => (left < right ? -1 : Number(left > right));

/** Reads into `held` what it does not hold yet: everything at first, later what was changed since. */
async function readInto(db: Database | Tx, held: Held, since?: StoredRegistry): Promise<StoredRegistry> {
  const version = await registerVersion(db);
  for (const row of await readEntries(db, since?.version)) held.entries.set(`${row.kind} ${row.key}`, { ...row, body: revive(row.kind, row.body) });
  const known = since === undefined ? undefined : [...held.marks.values()].reduce((latest, mark) => Math.max(latest, mark.knownAt), 0) - MARKS_LATE_MS;
  for (const mark of known === undefined ? await readMarks(db) : await marksKnownAfter(db, known)) held.marks.set(`${mark.mark} ${mark.submittedAt}`, mark);
  const tables: Record<string, unknown[]> = Object.fromEntries(Object.keys(EMPTY_REGISTER).map((kind) => [kind, []]));
  const authorities = new Map<string, string>();
  const limits: KnownLimit[] = [];
  for (const { kind, key, body, authority, knownAt } of [...held.entries.values()].sort((a, b) => inOrder(a.key, b.key))) {
    if (kind === 'limits') limits.push({ limit: body as LimitValue, knownAt: knownAt ?? 0 });
    else tables[kind]?.push(body);
    if (kind === 'units' && authority !== null) authorities.set(key, authority);
  }
  tables['limits'] = succeedLimits(limits);
  tables['marks'] = [...held.marks.values()].sort((a, b) => a.submittedAt - b.submittedAt || inOrder(a.mark, b.mark)) satisfies MarkRow[];
  const registry = buildRegistry(tables as unknown as RegisterData);
  return { ...registry, version, authorityOf: (unit) => authorities.get(unit) as AuthorityId | undefined };
}

/** Reads the whole register into memory: look-ups of the live path must answer at once. */
export const openRegistry = (db: Database | Tx): Promise<StoredRegistry> => readInto(db, { entries: new Map(), marks: new Map() });

/** The register in memory, renewed when it has changed. Marks alone do not renew it: who needs them of this moment asks `readMarks`. */
export interface LiveRegistry {
  current(): StoredRegistry;
  /** Looks whether anything changed and reads what did. Returns whether it did. */
  refresh(): Promise<boolean>;
}

/** The register in memory; `refresh` reads the rows whose change moved its version. */
export async function followRegistry(db: Database): Promise<LiveRegistry> {
  const held: Held = { entries: new Map(), marks: new Map() };
  let registry = await readInto(db, held);
  return {
    current: () => registry,
    refresh: async () => {
      if ((await registerVersion(db)) === registry.version) return false;
      registry = await readInto(db, held, registry);
      return true;
    },
  };
}

/** The party block that papers print, from the register's columns (docs/register-files.md). Empty text where nothing is registered. */
export interface PartyBlock {
  readonly unitId: UnitId;
  readonly name: string;
  readonly creditCode: string;
  readonly legalRepresentative: string;
  readonly address: string;
  readonly phone: string;
  readonly permitNumber: string;
  readonly keyPolluter: boolean;
  /** 实行排污许可重点管理, by column `permit_category`; undefined where the register does not say. */
  readonly keyManaged?: boolean;
  /** Column `party_type`; a row that does not say so discharges itself. */
  readonly partyType: PartyType;
  readonly authorityId: AuthorityId;
  readonly region: RegionKey;
}

/** Undefined when the unit is not registered. */
export function partyOf(registry: StoredRegistry, id: UnitId): PartyBlock | undefined {
  const unit = registry.unit(id);
  const authorityId = registry.authorityOf(id);
  if (unit === undefined || authorityId === undefined) return undefined;
  const of = (...names: string[]) => names.map((name) => unit.attributes[name]).find((value) => value !== undefined) ?? '';
  return {
    unitId: id, name: unit.name, creditCode: of('credit_code'), legalRepresentative: of('legal_representative'),
    address: of('address'), phone: of('phone'), permitNumber: of('permit_no', 'permit_number'), keyPolluter: unit.keyPolluter,
    ...(of('permit_category') === '' ? {} : { keyManaged: of('permit_category') === '重点管理' }),
    partyType: of('party_type') === 'THIRD_PARTY_AGENCY' ? 'THIRD_PARTY_AGENCY' : 'DISCHARGE_UNIT',
    authorityId, region: (of('region') || 'national') as RegionKey,
  };
}
