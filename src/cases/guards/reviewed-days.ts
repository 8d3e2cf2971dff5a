import { dayOf, instant, type CalendarDay } from '#kernel';
import type { PenaltyCase } from '../penalty-case.ts';
import { fine, need } from './need.ts';

const SPAN = /^data:[^:]+:(\d+):(\d+)$/;

/** First and last day of the data that a review passed for this file, supplementary reviews among the evidence included; undefined where the file stands on none. */
export function reviewedDays({ evidenceRefs, evidence }: Pick<PenaltyCase, 'evidenceRefs' | 'evidence'>): { readonly first: CalendarDay; readonly last: CalendarDay } | undefined {
  const refs = [...evidenceRefs.map((ref) => ref.dataRef), ...evidence.flatMap(({ source }) => (source.from === 'REVIEWED_DATA' ? source.dataRef : []))];
  const spans = refs.flatMap((ref) => { const span = SPAN.exec(ref); return span === null ? [] : [[Number(span[1]), Number(span[2])] as const]; });
  if (spans.length === 0) return undefined;
  // The end is exclusive: data until midnight are of the day before.
  return { first: dayOf(instant(Math.min(...spans.map(([from]) => from)))), last: dayOf(instant(Math.max(...spans.map(([from, to]) => Math.max(from, to - 1))))) };
}

/** What is missing where facts that a review found are said to reach beyond the data it passed (江苏办法 第十二条). */
export function withinReview(state: PenaltyCase, act: { readonly actStart: CalendarDay; readonly actEnd: CalendarDay }): readonly string[] {
  const days = reviewedDays(state);
  return days === undefined ? fine : need(days.first <= act.actStart && act.actEnd <= days.last, `在审核通过的数据时段（${days.first}至${days.last}）以内的行为起止日期，或者其余时段的补充审核`);
}
