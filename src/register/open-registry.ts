import type { AuthorityId, RegionKey, UnitId } from '#kernel';
import type { PartyType } from '#law';
import type { Database, Tx } from '#platform/db';
import { buildRegistry } from './build-registry.ts';
import { EMPTY_REGISTER, type MarkRow, type RegisterData, type Registry } from './registry.ts';
import { readEntries, readMarks, registerVersion } from './store/entries.ts';

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

/** Reads the whole register into memory: look-ups of the live path must answer at once. */
export async function openRegistry(db: Database | Tx): Promise<StoredRegistry> {
  const version = await registerVersion(db);
  const tables: Record<string, unknown[]> = Object.fromEntries(Object.keys(EMPTY_REGISTER).map((kind) => [kind, []]));
  const authorities = new Map<string, string>();
  for (const { kind, body, authority } of await readEntries(db)) {
    tables[kind]?.push(revive(kind, body));
    if (kind === 'units' && authority !== null) authorities.set((body as { unit: string }).unit, authority);
  }
  tables['marks'] = (await readMarks(db)) satisfies MarkRow[];
  const registry = buildRegistry(tables as unknown as RegisterData);
  return { ...registry, version, authorityOf: (unit) => authorities.get(unit) as AuthorityId | undefined };
}

/** The register in memory, renewed when it has changed. */
export interface LiveRegistry {
  current(): StoredRegistry;
  /** Looks whether anything changed and reads it again if so. Returns whether it did. */
  refresh(): Promise<boolean>;
}

/** The register in memory, read anew by `refresh` when its version has moved. */
export async function followRegistry(db: Database): Promise<LiveRegistry> {
  let registry = await openRegistry(db);
  return {
    current: () => registry,
    refresh: async () => {
      if ((await registerVersion(db)) === registry.version) return false;
      registry = await openRegistry(db);
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
    partyType: of('party_type') === 'THIRD_PARTY_AGENCY' ? 'THIRD_PARTY_AGENCY' : 'DISCHARGE_UNIT',
    authorityId, region: (of('region') || 'national') as RegionKey,
  };
}
