import { dayOf, daysBetween, HOUR, type CalendarDay, type Instant } from '#kernel';
import type { DiscretionTable, ExemptionFacts } from '#law';
import { chargedActs, standingDecision } from '../charged-acts.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { amountRatio, ofAmountAlone } from './amount-over.ts';
import { EXCEEDANCES, mainFacts } from './computed-grades.ts';
import { hoursOver, timeObserved } from './hours-over.ts';

/**
 * What the file holds of the facts an exemption list asks for. What it does not hold stays out, and so does a correction that came
 * after the decision.
 *
 * @param table the benchmark of the case, which says what its grades stand for
 * @param last when the same violation of the unit was found before; undefined when never
 */
export function exemptionFacts(state: PenaltyCase, table: DiscretionTable | undefined, last?: Instant): ExemptionFacts {
  const line = state.discretion?.trace.lines.find((l) => l.factor === 'EXCEED_RATIO');
  const ratio = table?.factors.find((f) => f.id === line?.factor)?.grades.find((g) => g.id === line?.grade)?.below;
  const hours = hoursPerDay(state);
  const corrected = correctedInTime(state);
  const days = corrected === true ? correctionDays(state) : undefined;
  const amount = amountRatio(mainFacts(state)) !== undefined;
  return {
    ...(ratio === undefined || amount ? {} : { exceedRatioBelow: ratio }),
    ...(hours === undefined || amount ? {} : { hoursPerDay: hours }),
    factors: state.factors.length,
    ...(corrected === undefined ? {} : { corrected }),
    ...(ofAmountAlone(mainFacts(state)) ? { slightFound: false as const } : {}),
    ...(days === undefined ? {} : { correctionDays: days }),
    ...(state.selfReport === undefined ? {} : { selfReported: true }),
    monthsSinceLast: last === undefined ? null : monthsBetween(dayOf(last), dayOf(state.handedOverAt)),
  };
}

/**
 * Of an exceedance the hours over the limit, of another act how long it was observed, at most within one day; of an act nothing of which is kept as data how
 * long it spans, where that is within a day and of one case alone. Undefined where that is not known.
 */
function hoursPerDay(state: PenaltyCase): number | undefined {
  const [facts, main] = [mainFacts(state), chargedActs(state)[0]?.violation];
  if (main !== undefined && EXCEEDANCES.includes(main)) return hoursOver(facts)?.mostInDay.toNumber();
  const observed = timeObserved(facts);
  if (observed !== undefined) return observed.mostInDay.toNumber();
  const span = Math.ceil((state.actEnd - state.actStart) / HOUR);
  return span > 0 && span <= 24 && !state.kin.some(({ relation }) => relation === 'TOOK_IN') ? span : undefined;
}

function correctedInTime(state: PenaltyCase): boolean | undefined {
  const { rectification, latest } = state;
  const decided = standingDecision(state);
  if (decided !== undefined && (latest.CHECK_RECTIFICATION?.at ?? 0) >= decided.decidedAt) return undefined;
  return rectification === 'CORRECTED' ? true : rectification === 'NOT_CORRECTED' ? false : undefined;
}

/** Days from the order (or from the end of the act where none was served) to the correction the unit reported. */
function correctionDays({ latest, order, actEnd }: PenaltyCase): number | undefined {
  const report = latest.REPORT_RECTIFICATION?.command;
  return report === undefined ? undefined : Math.max(0, daysBetween(order?.delivery?.legalDay ?? dayOf(actEnd), report.completedOn));
}

function monthsBetween(from: CalendarDay, to: CalendarDay): number {
  const [y1, m1, d1] = from.split('-').map(Number) as [number, number, number];
  const [y2, m2, d2] = to.split('-').map(Number) as [number, number, number];
  return (y2 - y1) * 12 + (m2 - m1) - (d2 < d1 ? 1 : 0);
}
