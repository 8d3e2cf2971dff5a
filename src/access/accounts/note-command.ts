import type { Clock } from '#kernel';
import type { Database } from '#platform/db';
import { newId } from '#platform/ids';
import type { Actor } from '../actor.ts';
import type { Action } from '../permissions.ts';
import { insertAudit } from '../store/sessions.ts';

/** A command given at the machine itself, in the same trail as requests over HTTP: who gave it, and how it ended (HTTP's numbers). */
export const noteCommand = (deps: { readonly db: Database; readonly clock: Clock }, { accountId }: Actor, action: Action, words: string, status: number): Promise<void> =>
  insertAudit(deps.db, { auditId: newId('aud'), at: deps.clock.now(), accountId, action, method: 'COMMAND', path: words, status, source: 'console', behalf: null });
