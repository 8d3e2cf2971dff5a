import { endOfDay, type CalendarDay, type Instant, type RegionKey } from '#kernel';
import type { ClockId, Law } from '#law';
import { filingClockOf } from '#review';
import type { CaseOrigin, OpenedClock } from '../penalty-case.ts';

/**
 * A term as it starts to run at `start`, by the law of the region.
 *
 * @param set last day named by the act itself, e.g. by an order; otherwise the law counts it
 */
export function openedClock(law: Law, clock: ClockId, region: RegionKey, start: Instant, set?: CalendarDay): OpenedClock {
  const { article, holder, dayKind, provisional, effect, ...due } = law.due(clock, region, start);
  return {
    clock, startedAt: start, article, holder, dayKind, provisional, effect,
    dueAt: set === undefined ? due.dueAt : endOfDay(set),
    dueDay: set ?? due.dueDay,
  };
}

/** Terms of the decision to file or not; all of them end with it. */
export const FILING_CLOCKS = ['T3a', 'T3b', 'T3c', 'T3cx'] as const satisfies readonly ClockId[];

/**
 * Terms that run from the dispatch of the handover, whether enforcement signs for it or not: seven days by the
 * region's measures, or from the report of the monitoring institution where that brought the clue here (沪环执法〔2021〕75号
 * 三（六）三), and above both the fifteen days of 生态环境行政处罚办法 第十八条.
 */
export const filingClocks = (law: Law, { region, handedOverAt, route }: Pick<CaseOrigin, 'region' | 'handedOverAt' | 'route'>): readonly OpenedClock[] =>
  ([filingClockOf(route), 'T3c'] as const).map((clock) => openedClock(law, clock, region, handedOverAt));
