import type { Clock } from '#kernel';
import { appendLeaf } from '#evidence';
import type { Database } from '#platform/db';
import type { Actor } from '../actor.ts';
import { DEMO_REGION, demoAccountId } from '../demo/demo-cast.ts';
import type { KeepDeps } from '../accounts/keep-accounts.ts';

/** The security administrator, who keeps accounts. */
export const keeper: Actor = { accountId: demoAccountId('security'), name: '安全管理员', roles: ['security-admin'], region: DEMO_REGION };

/** What keeping accounts needs, with the real evidence log. */
export const keeping = (db: Database, clock: Clock): KeepDeps => ({ db, clock, seal: (tx, leaf) => appendLeaf(tx, clock, leaf) });
