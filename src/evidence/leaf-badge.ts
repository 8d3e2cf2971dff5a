import { isRefusal, ok, type Instant, type LeafIndex, type Result } from '#kernel';
import type { EvidenceDeps } from './deps.ts';
import { refuse } from './errors.ts';
import type { LeafType } from './leaf.ts';
import { splitNote } from './log/index.ts';
import { proofOf } from './prove-leaf.ts';
import { firstCheckpointOver, lastCheckpoint, logHead, readLeafSet } from './store/index.ts';

/** What a screen shows beside a record: sealed (and since when) or not yet. */
export interface LeafBadge {
  readonly index: LeafIndex;
  readonly sealed: boolean;
  /** When the sequencer took the leaf. */
  readonly knownAt: Instant;
  /** When the first head over it was signed; null while there is none. */
  readonly sealedAt: Instant | null;
  readonly leafHash: string;
  /** C2SP tlog-proof file under the newest head; null while not sealed. */
  readonly proof: string | null;
}

/** Badge of one leaf. Refuses an index the log does not have (EVID-003). */
export async function leafBadge(deps: Pick<EvidenceDeps, 'db'>, index: LeafIndex): Promise<Result<LeafBadge>> {
  const row = (await readLeafSet(deps.db, Number.isSafeInteger(index) ? [index] : [])).get(index);
  if (row === undefined) return refuse('EVID-003');
  const head = await firstCheckpointOver(deps.db, index);
  const proof = head === undefined ? undefined : await proofOf(deps, index);
  if (proof !== undefined && isRefusal(proof)) return proof;
  return ok({
    index,
    sealed: head !== undefined,
    knownAt: row.knownAt as Instant,
    sealedAt: head?.madeAt ?? null,
    leafHash: Buffer.from(row.hash).toString('hex'),
    proof: proof?.value.proof ?? null,
  });
}

/**
 * What the public may see of a leaf: the hash and the proof of any, which the public tiles give, too; the words of it only
 * where it is of a document that was published (行政处罚法 第四十八条). All others name cases, people and acts not public.
 */
export async function publicLeaf(
  deps: Pick<EvidenceDeps, 'db' | 'published'>,
  index: LeafIndex,
): Promise<Result<LeafBadge & { leaf: string | null }>> {
  const badge = await leafBadge(deps, index);
  if (isRefusal(badge)) return badge;
  const leaf = Buffer.from((await readLeafSet(deps.db, [index])).get(index)?.bytes ?? []).toString();
  const { t, ref } = JSON.parse(leaf) as { t: LeafType; ref: string };
  const open = t === 'doc' && (await deps.published?.(ref)) === true;
  return ok({ ...badge.value, leaf: open ? leaf : null });
}

/** Where the log stands: origin, keys, leaves written and leaves under a signed head. */
export interface LogStatus {
  readonly origin: string;
  readonly vkeys: readonly string[];
  /** Leaves written. */
  readonly size: number;
  /** Leaves under a signed head. */
  readonly sealed: number;
  readonly sealedAt: Instant | null;
  /** Signatures on the newest head that are not the log's own: of witnesses who saw no other version of it. */
  readonly witnesses: number;
}

/** Names that signed a head beside the log itself. */
const witnessesOf = (note: string, origin: string): number =>
  new Set((splitNote(note)?.lines ?? []).map(({ name }) => name).filter((name) => name !== origin)).size;

/** Where the log stands now. */
export async function logStatus({ db, keys }: Pick<EvidenceDeps, 'db' | 'keys'>): Promise<LogStatus> {
  const last = await lastCheckpoint(db);
  const { size } = await logHead(db);
  const vkeys = keys.verifiers.map((verifier) => verifier.vkey);
  return { origin: keys.origin, vkeys, size, sealed: last?.size ?? 0, sealedAt: last?.madeAt ?? null, witnesses: last === undefined ? 0 : witnessesOf(last.note, keys.origin) };
}

/** The policy a verifier pins: our keys, no witness required. An authority adds its witnesses and a quorum. */
export const policyText = ({ keys }: Pick<EvidenceDeps, 'keys'>): string =>
  `${keys.verifiers.map((verifier) => `log ${verifier.vkey}`).join('\n')}\nquorum none\n`;
