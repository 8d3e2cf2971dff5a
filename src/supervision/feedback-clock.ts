import { closeDeadline, openDeadline } from '#platform/deadlines';
import type { Tx } from '#platform/db';
import type { Sheet } from './store/sheets.ts';
import { feedbackClock, type SupervisionDeps } from './step-sheet.ts';

const CLOCKS = ['T1', 'T1b'] as const;

/** Starts the unit's clock at arrival, not at reading: a notice left unread cannot stop it. */
export async function openFeedbackClock(tx: Tx, deps: SupervisionDeps, sheet: Sheet): Promise<Sheet> {
  const key = deps.directory.unit(sheet.unitId)?.keyPolluter ?? false;
  const due = deps.law.due(feedbackClock(key), sheet.region, deps.clock.now());
  await openDeadline(tx, {
    clockId: due.clockId, subjectKind: 'sheet', subjectId: sheet.sheetId, holder: sheet.unitId, article: due.article,
    startedAt: due.startedAt, dueAt: due.dueAt, dayKind: due.dayKind, provisional: due.provisional,
  });
  return { ...sheet, feedbackDue: due.dueAt };
}

export async function closeFeedbackClock(tx: Tx, deps: SupervisionDeps, sheet: Sheet, outcome: 'MET' | 'CANCELLED'): Promise<void> {
  for (const clockId of CLOCKS) {
    await closeDeadline(tx, { clockId, subjectKind: 'sheet', subjectId: sheet.sheetId, closedAt: deps.clock.now(), outcome });
  }
}
