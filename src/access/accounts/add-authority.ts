import { ok, type AuthorityId, type Refusal, type Result } from '#kernel';
import { transact } from '#platform/db';
import type { Actor } from '../actor.ts';
import type { Authority, AuthorityLevel } from '../authority.ts';
import { refusalFor } from '../decide-access.ts';
import { refuse } from '../errors.ts';
import { allAuthorities, insertAuthority } from '../store/accounts.ts';
import type { KeepDeps } from './keep-accounts.ts';

/** The level above: a branch office has its city, a city its province where that works on the same platform (江苏办法 第四条、第五条). */
const ABOVE: Readonly<Record<AuthorityLevel, AuthorityLevel | undefined>> = { province: undefined, city: 'province', branch: 'city' };

/** What stands against a new authority beside those there are; undefined when nothing does. */
function authorityRefusal(all: readonly Authority[], { authorityId, nameZh, nameEn, level, parentId, region, docPrefix }: Authority): Refusal | undefined {
  if (!/^[A-Z0-9]+(-[A-Z0-9]+)*$/.test(authorityId)) return refuse('ACCESS-056', { field: 'authorityId' });
  for (const [field, text] of Object.entries({ nameZh, nameEn, docPrefix })) if (text.trim() === '') return refuse('ACCESS-057', { field });
  if (all.some((one) => one.authorityId === authorityId)) return refuse('ACCESS-058', { field: 'authorityId' });
  // Two authorities with the same letters would give two papers one number.
  if (all.some((one) => one.docPrefix === docPrefix)) return refuse('ACCESS-058', { field: 'docPrefix' });
  if (parentId === null) return level === 'branch' ? refuse('ACCESS-059', { field: 'parentId' }) : undefined;
  const parent = all.find((one) => one.authorityId === parentId);
  if (parent === undefined) return refuse('ACCESS-055', { field: 'parentId' });
  return parent.level === ABOVE[level] && parent.region === region ? undefined : refuse('ACCESS-059', { field: 'parentId' });
}

/**
 * Adds an authority to the tree, with a leaf.
 *
 * @returns its id; ACCESS-004, ACCESS-055 no such parent, ACCESS-056 id, ACCESS-057 empty field, ACCESS-058 taken, ACCESS-059 wrong place in the tree
 */
export const addAuthority = (deps: KeepDeps, actor: Actor, authority: Authority): Promise<Result<AuthorityId>> =>
  transact<Result<AuthorityId>>(deps.db, async (tx) => {
    const no = refusalFor(actor, 'access.grant') ?? authorityRefusal(await allAuthorities(tx), authority);
    if (no !== undefined) return no;
    const { authorityId } = authority;
    if (!(await insertAuthority(tx, authority, deps.clock.now()))) return refuse('ACCESS-058', { field: 'authorityId' });
    await deps.seal(tx, { t: 'role', ref: authorityId, act: 'authority', actor: actor.accountId, level: authority.level, parent: authority.parentId ?? '' });
    return ok(authorityId);
  });
