import { HOUR } from '#kernel';
import { markClassOf, markCoversHour, markDeadlineMs, type MarkClass, type MarkPolicy, type MarkSpan } from './marks.ts';

/** What a mark does: how many hours it covers and for how many it came in time. */
export interface MarkEffect {
  readonly class: MarkClass;
  /** Hours the mark touches, and those for which it came in time. */
  readonly hours: number;
  readonly hoursInTime: number;
  /** Deadline of its first hour, epoch ms. */
  readonly deadline: number;
  readonly zh: string;
  readonly en: string;
}

const EFFECT: Readonly<Record<MarkClass, readonly [zh: string, en: string]>> = {
  MONITORING: ['按期标记的时段不作为判定超标的依据', 'hours marked in time are no basis for judging exceedance'],
  CONDITION: ['按期标记的非正常工况：设施运行合规且未超时限的，不作为判定依据，由人员确认', 'abnormal condition in time: no basis where plant and time limits are kept; a person confirms'],
  STOP: ['按期标记停运：与用电、工况一致的，不判定超标', 'stop in time: not judged where power and condition agree'],
  OTHER: ['标记留存备查，不影响判定', 'kept for the record, no effect on judging'],
};

/**
 * What a mark does, in words for the unit: marks of a day count until an hour of the next (12:00 in 公告2022年第21号 and 内蒙古指引 二(一));
 * hours not marked in time stand as valid. `policyAt` is what the region says on a day.
 */
export function markEffect(mark: MarkSpan & { readonly kind: string }, policyAt: (at: number) => MarkPolicy): MarkEffect {
  let hours = 0;
  let hoursInTime = 0;
  for (let hour = Math.floor(mark.start / HOUR) * HOUR; hour < mark.end; hour += HOUR) {
    hours += 1;
    if (markCoversHour(mark, hour, policyAt(hour))) hoursInTime += 1;
  }
  const kind = markClassOf(mark.kind);
  const [zh, en] = EFFECT[kind];
  const late = hours - hoursInTime;
  const { markDeadlineHour } = policyAt(mark.start);
  const lateZh = late === 0 ? '' : `；其中 ${late} 小时逾期（次日${markDeadlineHour}时前未标记），视为对数据有效性无异议`;
  const lateEn = late === 0 ? '' : `; ${late} h came after ${markDeadlineHour}:00 of the next day and stand as valid`;
  return { class: kind, hours, hoursInTime, deadline: markDeadlineMs(mark.start, markDeadlineHour), zh: `${zh}${lateZh}`, en: `${en}${lateEn}` };
}
