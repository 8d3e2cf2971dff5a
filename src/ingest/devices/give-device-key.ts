import { createHash } from 'node:crypto';
import { appendLeaf, digestOf, leafToken } from '#evidence';
import { type Clock, instant, type Instant, ok, type Result, toRfc3339 } from '#kernel';
import { type Database, transact, type Tx } from '#platform/db';
import type { SecretBox } from '#platform/secrets';
import { refuse } from '../errors.ts';
import { deviceKeysAfter, insertDeviceKey, lockDeviceKeys, newestDeviceKey } from '../store/device-keys.ts';

/** What giving and ending keys needs. */
export interface DeviceKeyDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly box: () => SecretBox;
}

/** A key as a person writes it: 32 hexadecimal digits, or the 16 ASCII characters some makers print. Undefined for anything else. */
export function parseSm4Key(text: string): Uint8Array | undefined {
  const given = text.trim();
  if (/^[0-9a-fA-F]{32}$/.test(given)) return Buffer.from(given, 'hex');
  return /^[\x21-\x7e]{16}$/.test(given) ? Buffer.from(given, 'latin1') : undefined;
}

const fingerprintOf = (key: Uint8Array): string => createHash('sha256').update(key).digest('hex').slice(0, 16);

export interface GiveKey {
  readonly mn: string;
  readonly key: Uint8Array;
  readonly by: string;
  /** From when it counts; now where left out. A first key may reach back to frames that came as a file; a later one may not. */
  readonly since?: Instant | undefined;
}

/**
 * Gives a device a key, or another one in place of the one it has (HJ 212-2025: every 90 days). The old one keeps opening
 * what came under it. Returns the fingerprint. INGEST-011 when it would reach back behind an earlier key.
 */
export async function giveDeviceKey(deps: DeviceKeyDeps, { mn, key, by, since }: GiveKey): Promise<Result<string>> {
  const fingerprint = fingerprintOf(key);
  return transact(deps.db, async (tx) => {
    await lockDeviceKeys(tx);
    const now = deps.clock.now();
    const earlier = await newestDeviceKey(tx, mn);
    const from = since ?? now;
    if (earlier !== undefined && from < Math.max(now, earlier.since)) return refuse('INGEST-011', { field: 'since' });
    await keep(tx, deps, { act: 'key-given', mn, since: from, sealed: deps.box().seal(key, mn), fingerprint, by });
    return ok(fingerprint);
  });
}

/** Ends the key of a device: from now on it speaks in clear. INGEST-012 when it has none. */
export async function removeDeviceKey(deps: DeviceKeyDeps, mn: string, by: string): Promise<Result<void>> {
  return transact(deps.db, async (tx) => {
    await lockDeviceKeys(tx);
    const earlier = await newestDeviceKey(tx, mn);
    if (earlier === undefined || earlier.sealed === null) return refuse('INGEST-012', { field: 'mn' });
    const since = instant(Math.max(deps.clock.now(), earlier.since));
    await keep(tx, deps, { act: 'key-removed', mn, since, sealed: null, fingerprint: null, by });
    return ok(undefined);
  });
}

interface Kept {
  readonly act: 'key-given' | 'key-removed';
  readonly mn: string;
  readonly since: Instant;
  readonly sealed: string | null;
  readonly fingerprint: string | null;
  readonly by: string;
}

/** The row and its leaf. The leaf names the sealed row, not the key's own digest: a weak key could be guessed from it. */
async function keep(tx: Tx, { clock }: DeviceKeyDeps, { act, by, ...row }: Kept): Promise<void> {
  await insertDeviceKey(tx, { ...row, givenBy: by, givenAt: clock.now() });
  const { mn, since, sealed } = row;
  await appendLeaf(tx, clock, { t: 'config', ref: leafToken(mn), act, actor: by, from: toRfc3339(since), row: digestOf({ mn, since, sealed }) });
}

/** A device that has a key now or will have one. */
export interface ListedKey {
  readonly mn: string;
  readonly fingerprint: string;
  readonly since: Instant;
  readonly givenBy: string;
}

/** The newest key of each device, by MN; devices whose key ended are left out. */
export async function listDeviceKeys(db: Database): Promise<ListedKey[]> {
  const newest = new Map((await deviceKeysAfter(db, 0)).map((row) => [row.mn, row]));
  return [...newest.values()]
    .flatMap(({ mn, fingerprint, since, givenBy }) => (fingerprint === null ? [] : [{ mn, fingerprint, since: instant(since), givenBy }]))
    .sort((a, b) => (a.mn < b.mn ? -1 : 1));
}
