import { dayOf, type UnitId } from '#kernel';
import type { ClockRule } from '#law';
import { closeDeadline, openDeadline } from '#platform/deadlines';
import type { Tx } from '#platform/db';
import type { Sheet } from '../store/sheets.ts';
import { feedbackClock, type SupervisionDeps } from './step-sheet.ts';

const CLOCKS = ['T1', 'T1b'] as const;

/** The rule of the unit's clock in this region today, e.g. from sending (内蒙古) or from arrival (elsewhere). */
export function clockRule(deps: Pick<SupervisionDeps, 'law' | 'clock' | 'directory'>, sheet: Pick<Sheet, 'unitId' | 'region'>): ClockRule {
  return deps.law.clock(feedbackClock(isKey(deps, sheet.unitId)), sheet.region, dayOf(deps.clock.now()));
}

const isKey = (deps: Pick<SupervisionDeps, 'directory'>, unitId: UnitId): boolean => deps.directory.unit(unitId)?.keyPolluter ?? false;

/** Starts the unit's clock; never at reading: a notice left unread cannot stop it. */
export async function openFeedbackClock(tx: Tx, deps: SupervisionDeps, sheet: Sheet): Promise<Sheet> {
  const due = deps.law.due(feedbackClock(isKey(deps, sheet.unitId)), sheet.region, deps.clock.now());
  await openDeadline(tx, {
    clockId: due.clockId, subjectKind: 'sheet', subjectId: sheet.sheetId, unitId: sheet.unitId, authorityId: sheet.authorityId, holder: sheet.unitId, article: due.article,
    startedAt: due.startedAt, dueAt: due.dueAt, dayKind: due.dayKind, provisional: due.provisional,
  });
  return { ...sheet, feedbackDue: due.dueAt };
}

export async function closeFeedbackClock(tx: Tx, deps: SupervisionDeps, sheet: Sheet, outcome: 'MET' | 'CANCELLED'): Promise<void> {
  for (const clockId of CLOCKS) {
    await closeDeadline(tx, { clockId, subjectKind: 'sheet', subjectId: sheet.sheetId, closedAt: deps.clock.now(), outcome });
  }
}
