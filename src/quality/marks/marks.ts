import { CST_OFFSET, DAY, HOUR } from '#kernel';

/** STOP out of service · CONDITION start, stop, fault of the plant · MONITORING device maintenance, calibration, fault, break. */
export type MarkClass = 'STOP' | 'CONDITION' | 'MONITORING' | 'OTHER';

const WORDS: readonly (readonly [MarkClass, RegExp])[] = [
  ['MONITORING', /maint|calib|cems|analy[sz]er|monitor|comm|device|instrument|replac|thermocouple|standard|维护|校准|校验|通讯|监测|设备故障|仪器|热电偶|更换/iu],
  ['CONDITION', /start|shut|grid|dry|cool|accident|fault|furnace|plant|condition|启|烘炉|停炉|停窑|降温|并网|解列|事故|故障|炉温/iu],
  ['STOP', /stop|out_of_service|out of service|outage|off|停运|停产|停机/iu],
];

/** Reads a mark's kind in the words of the marking rules (生态环境部公告 2022 年第 21 号 and those of the trades) or of a region. */
export function markClassOf(kind: string): MarkClass {
  if (/^(stop|shutdown_?stop|out_of_service)$/iu.test(kind)) return 'STOP';
  return WORDS.find(([, words]) => words.test(kind))?.[0] ?? 'OTHER';
}

/** Local hour of the following day by which a day must be marked (生态环境部公告2022年第21号: next day 12:00). */
export const MARK_DEADLINE_HOUR = 12;

/** Until when the hours of the local day of `at` may be marked, epoch ms; a mark at exactly this moment is in time. Plain arithmetic, for loops over years of hours. */
export const markDeadlineMs = (at: number, deadlineHour = MARK_DEADLINE_HOUR): number =>
  Math.floor((at + CST_OFFSET) / DAY) * DAY - CST_OFFSET + DAY + deadlineHour * HOUR;

/** The span of a mark and when it was submitted, epoch ms. */
export interface MarkSpan {
  readonly start: number;
  readonly end: number;
  readonly submittedAt: number;
}

/** What a region says of deadlines (law: `marks.*`). */
export interface MarkPolicy {
  readonly markDeadlineHour: number;
  readonly lateMark: 'IGNORED' | 'COUNTS';
}
const NATIONAL_POLICY: MarkPolicy = { markDeadlineHour: MARK_DEADLINE_HOUR, lateMark: 'IGNORED' };

/**
 * Whether the mark counts for the hour beginning at `hourStart`: it overlaps the hour and was submitted before the
 * deadline of that hour's day. A late mark is kept and shown, but has no effect (标记规则: who does not mark in time raises no objection).
 */
export const markCoversHour = (mark: MarkSpan, hourStart: number, policy: MarkPolicy = NATIONAL_POLICY): boolean =>
  mark.start < hourStart + HOUR && mark.end > hourStart
  && (policy.lateMark === 'COUNTS' || mark.submittedAt <= markDeadlineMs(hourStart, policy.markDeadlineHour));
