import type { Clock, OutfallId, Refusal } from '#kernel';
import { ok, type Result } from '#kernel';
import { appendLeaf } from '#evidence';
import { transact, type Database } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import { refuse } from './errors.ts';
import { insertMarks } from './store/entries.ts';

/** A mark a unit declares; times in epoch ms. */
export interface MarkCommand {
  readonly outfall: OutfallId;
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly reason: string;
  readonly by: string;
  /** Set where an agent marks in the unit's name: both are kept with the mark. */
  readonly agency?: { readonly grantId: string; readonly unitId: string } | undefined;
}

/**
 * A unit marks hours of its own data. It answers for the truth of the mark; whether the mark came in time is judged
 * per hour by quality, never here: a late mark is kept for the record (公告2022年第21号).
 */
export async function submitMark(deps: { readonly db: Database; readonly clock: Clock }, command: MarkCommand): Promise<Result<{ mark: string; submittedAt: number }>> {
  const now = deps.clock.now();
  const wrong = check(command, now);
  if (wrong !== undefined) return wrong;
  return transact(deps.db, async (tx) => {
    const mark = newId('mrk');
    const { outfall, kind, start, end, reason, by, agency } = command;
    const attributes: Readonly<Record<string, string>> = agency === undefined ? {} : { agent_grant: agency.grantId, for_unit: agency.unitId };
    await insertMarks(tx, [{ mark, outfall, kind, start, end, reason, submittedAt: now, attributes }], by, now);
    await emit(tx, deps.clock, { type: 'mark.submitted', subject: mark, payload: { mark, outfall, start, end } });
    await appendLeaf(tx, deps.clock, { t: 'mark', ref: mark, outfall, start, end, by, ...(agency === undefined ? {} : { grant: agency.grantId, unit: agency.unitId }) });
    return ok({ mark, submittedAt: now });
  });
}

function check(command: MarkCommand, now: number): Refusal | undefined {
  if (command.end < command.start) return refuse('REGISTER-004', { field: 'end' });
  return command.start > now ? refuse('REGISTER-005', { field: 'start' }) : undefined;
}
