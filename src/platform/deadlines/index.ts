export {
  closeDeadline, countDeadlines, deadlinesOf, extendDeadline, nearestDeadlines, openDeadline, openDeadlines, pauseDeadline, resumeDeadline, sweepDeadlines,
  type DayKind, type Deadline, type DeadlineState, type NewDeadline, type RunningFilter,
} from './deadlines.ts';
export { firstDue, pageByUrgency, partBy, urgencyCursor, type ListPart, type Pressing, type SeenPressing, type UrgencyPlace } from './urgency.ts';
