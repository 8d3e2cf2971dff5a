import { addDays, dayOf, daysBetween, endOfDay, instant, type CalendarDay, type Instant } from '#kernel';
import { addWorkingDays, rollForward, workingDaysBetween, type Law } from '#law';
import type { StepEvent } from '../case-event.ts';
import type { CaseCommand, CommandKind } from '../commands/index.ts';
import type { ExcludedPeriod, OpenedClock, PenaltyCase } from '../penalty-case.ts';

/** Why a time does not count towards the term of the decision (生态环境行政处罚办法; codes of `law/codes/exclusion-grounds.yaml`). */
export const EXCLUSION_GROUNDS = ['SUSPENSION', 'TRANSFER', 'HEARING', 'SERVICE', 'MONITORING', 'APPRAISAL', 'PUBLIC_NOTICE'] as const;
export type ExclusionGround = (typeof EXCLUSION_GROUNDS)[number];

const isGround = (text: string): text is ExclusionGround => EXCLUSION_GROUNDS.some((g) => g === text);

/** Steps that begin or end such a time by themselves. */
const BEGINS: Readonly<Partial<Record<CommandKind, ExclusionGround>>> = {
  SUSPEND: 'SUSPENSION',
  SEND_TRANSFER: 'TRANSFER',
  REQUEST_HEARING: 'HEARING',
  SEND_NOTICE: 'SERVICE',
};
const ENDS: Readonly<Partial<Record<CommandKind, readonly ExclusionGround[]>>> = {
  RESUME: ['SUSPENSION'],
  ACCEPT_REFUSAL: ['TRANSFER'],
  RECORD_NO_PUNISHMENT: ['TRANSFER'],
  RECORD_CONVICTION: ['TRANSFER'],
  REFUSE_HEARING: ['HEARING'],
  WITHDRAW_HEARING: ['HEARING'],
  HOLD_HEARING: ['HEARING'],
  RECORD_NOTICE_DELIVERED: ['SERVICE'],
  WITHDRAW_NOTICE: ['SERVICE', 'HEARING'],
};

const begun = (command: CaseCommand): ExclusionGround | undefined =>
  command.kind === 'BEGIN_EXCLUSION' && isGround(command.ground) ? command.ground : BEGINS[command.kind];
const ended = (command: CaseCommand): readonly ExclusionGround[] =>
  command.kind === 'END_EXCLUSION' && isGround(command.ground) ? [command.ground] : (ENDS[command.kind] ?? []);

/** Would another excluded time still be open after this step? Then the term goes on standing still. */
export const stillExcluded = (state: PenaltyCase, command: CaseCommand): boolean =>
  state.excluded.some((p) => p.to === undefined && !ended(command).includes(p.ground));

const reasonOf = (command: CaseCommand): string => ('reason' in command && typeof command.reason === 'string' ? command.reason : '');

/** The periods after a step; all of them end when the term itself does. */
export function excludedAfter(periods: readonly ExcludedPeriod[], event: StepEvent): readonly ExcludedPeriod[] {
  const over = [...event.closed, ...event.cancelled].includes('T8');
  const ends = ended(event.command);
  const kept = periods.map((p) => (p.to === undefined && (over || ends.includes(p.ground)) ? { ...p, to: event.at } : p));
  const ground = begun(event.command);
  if (ground === undefined || !event.paused.includes('T8')) return kept;
  return [...kept, { ground, reason: reasonOf(event.command), article: event.article, from: event.at }];
}

/** The term goes on at `at` and ends on `day`, 24:00; one counted in hours at its very moment. */
function goesOn({ pausedAt, ...going }: OpenedClock, at: Instant, day: (stopped: CalendarDay, resumed: CalendarDay) => CalendarDay): OpenedClock {
  if (pausedAt === undefined) return going;
  if (going.dayKind === 'HOUR') {
    const dueAt = instant(going.dueAt + (at - pausedAt));
    return { ...going, dueAt, dueDay: dayOf(instant(dueAt - 1)) };
  }
  const dueDay = day(dayOf(pausedAt), dayOf(at));
  return { ...going, dueAt: endOfDay(dueDay), dueDay };
}

/** Whole days come back, whatever the hour of the stop and of the going on. */
const wholeDays = ({ dueDay }: OpenedClock) => (stopped: CalendarDay, resumed: CalendarDay) => addDays(dueDay, daysBetween(stopped, resumed));

/**
 * A term that stood still as the law lets it go on: whole days are given back, working days as working days, and a last day on a
 * holiday moves where the clock says so.
 */
export function resumedTerm(clock: OpenedClock, law: Law, region: PenaltyCase['region'], at: Instant): OpenedClock {
  const rule = law.clock(clock.clock, region, dayOf(clock.startedAt));
  return goesOn(clock, at, (stopped, resumed) => {
    if (rule.dayKind === 'WORKING_DAY') return addWorkingDays(law.calendar, resumed, Math.max(0, workingDaysBetween(law.calendar, stopped, clock.dueDay))).day;
    const day = wholeDays(clock)(stopped, resumed);
    return rule.rollForward ? rollForward(law.calendar, day).day : day;
  });
}

/** Terms that stop at this step stand still; those that go on get back the time that stood still (the event says by which calendar). */
export function standStill(running: PenaltyCase['running'], event: StepEvent): PenaltyCase['running'] {
  const moved = Object.values(running).map((clock): OpenedClock => {
    if (event.resumed.includes(clock.clock)) return goesOn(clock, event.at, wholeDays(clock));
    return event.paused.includes(clock.clock) && clock.pausedAt === undefined ? { ...clock, pausedAt: event.at } : clock;
  });
  return Object.fromEntries(moved.map((clock) => [clock.clock, clock]));
}
