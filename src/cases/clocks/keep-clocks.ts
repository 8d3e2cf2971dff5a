import { instant, type Instant } from '#kernel';
import { closeDeadline, extendDeadline, openDeadline, pauseDeadline, resumeDeadline } from '#platform/deadlines';
import type { Tx } from '#platform/db';
import type { OpenedClock, PenaltyCase } from '../penalty-case.ts';
import type { CaseEvent } from '../case-event.ts';

const subjectOf = (state: PenaltyCase) => ({ subjectKind: 'case', subjectId: state.caseId }) as const;

/** A window or an earliest day ends when its term does, however late somebody records it: nobody was late. */
const endOf = (clock: OpenedClock | undefined, now: Instant): Instant =>
  clock === undefined || clock.effect === 'OVERDUE' ? now : instant(Math.min(now, clock.dueAt));

/**
 * Every clock is a row with its article; this writes what the event says about them.
 *
 * @param running the terms that ran before the step
 */
export async function keepClocks(
  tx: Tx,
  running: PenaltyCase['running'],
  state: PenaltyCase,
  event: CaseEvent,
  now: Instant,
): Promise<void> {
  const subject = subjectOf(state);
  if (event.kind === 'STEP') {
    for (const clockId of event.closed)
      await closeDeadline(tx, { ...subject, clockId, closedAt: endOf(running[clockId], now) });
    for (const clockId of event.cancelled)
      await closeDeadline(tx, { ...subject, clockId, closedAt: now, outcome: 'CANCELLED' });
    for (const clockId of event.paused)
      await pauseDeadline(tx, { ...subject, clockId, at: now, reason: event.command.kind });
    for (const { clock: clockId, dueAt, article } of event.extended) {
      if (event.resumed.includes(clockId)) await resumeDeadline(tx, { ...subject, clockId, at: now, dueAt });
      else await extendDeadline(tx, { ...subject, clockId, dueAt, article });
    }
  }
  for (const clock of event.opened) await openOne(tx, state, clock);
}

async function openOne(tx: Tx, state: PenaltyCase, clock: OpenedClock): Promise<void> {
  // A second notice starts the same terms again; the first run is over.
  await closeDeadline(tx, {
    ...subjectOf(state),
    clockId: clock.clock,
    closedAt: clock.startedAt,
    outcome: 'CANCELLED',
  });
  await openDeadline(tx, {
    ...subjectOf(state),
    clockId: clock.clock,
    unitId: state.unitId,
    authorityId: state.authorityId,
    holder: clock.holder === 'UNIT' ? state.unitId : clock.holder,
    article: clock.article,
    dayKind: clock.dayKind as Parameters<typeof openDeadline>[1]['dayKind'],
    startedAt: clock.startedAt,
    dueAt: clock.dueAt,
    provisional: clock.provisional,
  });
}
