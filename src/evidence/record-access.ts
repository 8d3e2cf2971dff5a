import { transact } from '#platform/db';
import { appendLeaf } from './append-leaves.ts';
import type { EvidenceDeps } from './deps.ts';
import { leafToken } from './leaf.ts';

/** Reading evidence is an act of its own and leaves its trace in the same log. */
export async function recordAccess(
  deps: Pick<EvidenceDeps, 'db' | 'clock'>,
  what: string,
  accountId: string,
): Promise<void> {
  await transact(deps.db, (tx) =>
    appendLeaf(tx, deps.clock, { t: 'access', ref: leafToken(what), actor: leafToken(accountId) }),
  );
}
