import { dayOf, instant, type CalendarDay, type Instant } from '#kernel';
import { parseDataRef } from '../evidence/data-ref.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { fine, need } from './need.ts';

type File = Pick<PenaltyCase, 'evidenceRefs' | 'evidence'>;

/** Beginning and end (exclusive) of the data that a review passed for this file, supplementary reviews among the evidence included; undefined where the file stands on none. */
export function reviewedSpan({ evidenceRefs, evidence }: File): { readonly from: Instant; readonly to: Instant } | undefined {
  const refs = [...evidenceRefs.map((ref) => ref.dataRef), ...evidence.flatMap(({ source }) => (source.from === 'REVIEWED_DATA' ? source.dataRef : []))];
  const spans = refs.flatMap((ref) => { const data = parseDataRef(ref); return data?.kind === 'DATA' ? [data] : []; });
  return spans.length === 0 ? undefined : { from: instant(Math.min(...spans.map(({ from }) => from))), to: instant(Math.max(...spans.map(({ to }) => to))) };
}

/** First and last day of those data: data until midnight are of the day before. */
export function reviewedDays(file: File): { readonly first: CalendarDay; readonly last: CalendarDay } | undefined {
  const span = reviewedSpan(file);
  return span && { first: dayOf(span.from), last: dayOf(instant(Math.max(span.from, span.to - 1))) };
}

/** What is missing where facts that a review found are said to reach beyond the data it passed (江苏办法 第十二条). */
export function withinReview(state: PenaltyCase, act: { readonly actStart: CalendarDay; readonly actEnd: CalendarDay }): readonly string[] {
  const days = reviewedDays(state);
  return days === undefined ? fine : need(days.first <= act.actStart && act.actEnd <= days.last, `在审核通过的数据时段（${days.first}至${days.last}）以内的行为起止日期，或者其余时段的补充审核`);
}
