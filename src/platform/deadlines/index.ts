export {
  closeDeadline, countDeadlines, deadlinesOf, extendDeadline, nearestDeadlines, openDeadline, openDeadlines, pauseDeadline, resumeDeadline, sweepDeadlines,
  type DayKind, type Deadline, type DeadlineState, type NewDeadline, type RunningFilter,
} from './deadlines.ts';
