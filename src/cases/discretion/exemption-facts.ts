import { dayOf, daysBetween, HOUR, type CalendarDay, type Instant } from '#kernel';
import type { DiscretionTable, ExemptionFacts } from '#law';
import type { CaseEvent } from '../case-event.ts';
import type { PenaltyCase } from '../penalty-case.ts';

/**
 * What the file holds of the facts an exemption list asks for. What it does not hold stays out.
 *
 * @param table the benchmark of the case, which says what its grades stand for
 * @param last when the same violation of the unit was found before; undefined when never
 */
export function exemptionFacts(state: PenaltyCase, events: readonly CaseEvent[], table: DiscretionTable | undefined, last?: Instant): ExemptionFacts {
  const line = state.discretion?.trace.lines.find((l) => l.factor === 'EXCEED_RATIO');
  const ratio = table?.factors.find((f) => f.id === line?.factor)?.grades.find((g) => g.id === line?.grade)?.below;
  const hours = Math.ceil((state.actEnd - state.actStart) / HOUR);
  const corrected = state.rectification === 'CORRECTED' ? true : state.rectification === 'NOT_CORRECTED' ? false : undefined;
  const days = corrected === true ? correctionDays(state, events) : undefined;
  return {
    ...(ratio === undefined ? {} : { exceedRatioBelow: ratio }),
    ...(hours <= 24 && hours > 0 ? { hoursPerDay: hours } : {}),
    factors: state.factors.length,
    ...(corrected === undefined ? {} : { corrected }),
    ...(days === undefined ? {} : { correctionDays: days }),
    ...(state.selfReport === undefined ? {} : { selfReported: true }),
    monthsSinceLast: last === undefined ? null : monthsBetween(dayOf(last), dayOf(state.handedOverAt)),
  };
}

/** Days from the order (or from the end of the act where none was served) to the correction the unit reported. */
function correctionDays(state: PenaltyCase, events: readonly CaseEvent[]): number | undefined {
  const report = events.findLast((e) => e.kind === 'STEP' && e.command.kind === 'REPORT_RECTIFICATION');
  if (report?.kind !== 'STEP' || report.command.kind !== 'REPORT_RECTIFICATION') return undefined;
  const from = state.order?.delivery?.legalDay ?? dayOf(state.actEnd);
  return Math.max(0, daysBetween(from, report.command.completedOn));
}

function monthsBetween(from: CalendarDay, to: CalendarDay): number {
  const [y1, m1, d1] = from.split('-').map(Number) as [number, number, number];
  const [y2, m2, d2] = to.split('-').map(Number) as [number, number, number];
  return (y2 - y1) * 12 + (m2 - m1) - (d2 < d1 ? 1 : 0);
}
