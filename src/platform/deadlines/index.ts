export {
  closeDeadline, deadlinesOf, extendDeadline, openDeadline, openDeadlines, pauseDeadline, resumeDeadline, sweepDeadlines,
  type DayKind, type Deadline, type DeadlineState, type NewDeadline,
} from './deadlines.ts';
