import { dayOf, type CalendarDay, type Instant } from '#kernel';
import { CLOCK_IDS, termLeft, type ClockId, type Law } from '#law';
import type { Deadline } from '#platform/deadlines';
import type { PenaltyCase } from '../penalty-case.ts';

/** A statutory clock of a case as people read it, with article and who holds it. */
export interface ClockView {
  readonly clockId: string;
  readonly title: string;
  readonly titleEn: string;
  readonly article: string;
  readonly holder: string;
  readonly state: string;
  readonly startedAt: number;
  readonly dueAt: number;
  /** Last day of the term, China time. */
  readonly dueDay: CalendarDay;
  readonly dayKind?: string;
  readonly workingDaysLeft?: number;
  readonly provisional: boolean;
  /** Only a broken duty is overdue; a right that lapsed is not. */
  readonly overdue: boolean;
  readonly effect: string;
  readonly verified: boolean;
}

/** Clocks with days left; the legal meaning of their end decides what may be shown in red. */
export function clockViews(law: Law, state: PenaltyCase, rows: readonly Deadline[], now: Instant): ClockView[] {
  return rows
    .filter((d) => isClock(d.clockId))
    .map((d) => {
      const rule = law.clock(d.clockId as ClockId, state.region, dayOf(d.startedAt as Instant));
      // The term is used up at 24:00: the last day is the one that instant closes.
      const dueDay = dayOf((d.dayKind === 'HOUR' ? d.dueAt : d.dueAt - 1) as Instant);
      const open = d.state === 'OPEN' || d.state === 'PAUSED';
      return {
        clockId: d.clockId,
        title: rule.title.zh,
        titleEn: rule.title.en,
        article: d.article,
        holder: d.holder,
        state: d.state,
        startedAt: d.startedAt,
        dueAt: d.dueAt,
        dueDay,
        ...(open ? termLeft(law.calendar, d, now) : {}),
        provisional: d.provisional,
        overdue: rule.effect === 'OVERDUE' && (d.overdue || (d.state === 'OPEN' && now > d.dueAt)),
        effect: rule.effect,
        verified: rule.verified,
      };
    });
}

const isClock = (id: string): id is ClockId => CLOCK_IDS.some((c) => c === id);

/**
 * The clock an official reads first: the authority's own before the party's, of those that press (no earliest day, no right that has
 * lapsed, no term that stands still) the one that ends first.
 */
export function nextClockOf(clocks: readonly ClockView[], unitId: string, now: Instant): ClockView | undefined {
  const presses = (clock: ClockView) => clock.state === 'OPEN' && (clock.effect === 'OVERDUE' || clock.dueAt >= now);
  const own = (clock: ClockView) => clock.holder !== unitId;
  return clocks
    .filter((clock) => presses(clock) && clock.effect !== 'EARLIEST')
    .sort((a, b) => Number(own(b)) - Number(own(a)) || a.dueAt - b.dueAt)[0];
}
