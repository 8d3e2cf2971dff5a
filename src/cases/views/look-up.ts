import type { Database, Tx } from '#platform/db';
import type { LookedUp } from '../acting-context.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { otherCases } from '../store/other-cases.ts';

/** Looks up what guards and rules of the file review ask for beside the file. */
export const lookUp = async (db: Database | Tx, state: PenaltyCase): Promise<LookedUp> => ({ others: await otherCases(db, state) });
