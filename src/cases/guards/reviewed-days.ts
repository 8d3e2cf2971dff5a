import { formatMoment } from '#documents';
import { dayOf, instant, joinedSpans, type CalendarDay, type Span } from '#kernel';
import type { ViolationKey } from '#law';
import { parseDataRef } from '../evidence/data-ref.ts';
import { factsFound } from '../evidence/facts-found.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { fine, need } from './need.ts';

type File = Pick<PenaltyCase, 'evidenceRefs' | 'evidence'>;

/** The stretches of data that a review passed for this file, supplementary reviews among the evidence included; none where the file stands on none. Of one outfall only, where it is named. */
export function reviewedSpans({ evidenceRefs, evidence }: File, outfall?: string): readonly Span[] {
  const refs = [...evidenceRefs.map((ref) => ref.dataRef), ...evidence.flatMap(({ source }) => (source.from === 'REVIEWED_DATA' ? source.dataRef : []))];
  return joinedSpans(refs.flatMap((ref) => { const data = parseDataRef(ref); return data?.kind === 'DATA' && (outfall === undefined || data.outfall === outfall) ? [data] : []; }));
}

/** Whether the whole of a time lies in one of these stretches, to the hour. */
export const covers = (spans: readonly Span[], { from, to }: Span): boolean => spans.some((span) => span.from <= from && to <= span.to);

interface Days {
  readonly first: CalendarDay;
  readonly last: CalendarDay;
}

/** First and last day of a stretch: data until midnight are of the day before. */
const daysOf = ({ from, to }: Span): Days => ({ first: dayOf(instant(from)), last: dayOf(instant(Math.max(from, to - 1))) });

/** First and last day of all of those data. */
export function reviewedDays(file: File): Days | undefined {
  const days = reviewedSpans(file).map(daysOf);
  const [first, last] = [days[0]?.first, days.at(-1)?.last];
  return first === undefined || last === undefined ? undefined : { first, last };
}

/**
 * What is missing where facts that a review found are said to reach beyond the data it passed (江苏办法 第十二条): an act begins and ends on a day of those
 * data, as it is stated in days; and each of its facts that is kept as data lies in them to the hour.
 */
export function withinReview(state: PenaltyCase, act: { readonly actStart: CalendarDay; readonly actEnd: CalendarDay }, violation: ViolationKey | undefined): readonly string[] {
  const [spans, whole] = [reviewedSpans(state), reviewedDays(state)];
  if (whole === undefined) return fine;
  const reviewed = (day: CalendarDay): boolean => spans.map(daysOf).some(({ first, last }) => first <= day && day <= last);
  return [
    ...need(reviewed(act.actStart) && reviewed(act.actEnd), `在审核通过的数据时段（${whole.first}至${whole.last}）以内的行为起止日期，或者其余时段的补充审核`),
    ...(factsFound(state, violation) ?? []).filter((fact) => !covers(reviewedSpans(state, fact.outfall), fact))
      .map(({ from, to }) => `所述事实（${formatMoment(instant(from))}–${formatMoment(instant(to))}）全部在审核通过的数据时段以内，或者其余时段的补充审核`),
  ];
}
