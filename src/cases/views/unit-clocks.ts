import type { Instant } from '#kernel';
import type { Bilingual, ClockId } from '#law';
import type { CaseEvent, StepEvent } from '../case-event.ts';
import type { CommandKind } from '../commands/index.ts';
import type { ClockView } from './clock-views.ts';

/** How a term of the party ended: a duty was done or not, a right was used, given up, or not used. */
export const CLOCK_ENDS = {
  DONE: { zh: '已完成', en: 'done' },
  DONE_LATE: { zh: '已完成（逾期）', en: 'done late' },
  NOT_DONE: { zh: '未按期完成', en: 'not done in time' },
  USED: { zh: '已行使', en: 'used' },
  WAIVED: { zh: '已明示放弃', en: 'waived' },
  NOT_USED: { zh: '未行使，已结束', en: 'not used, ended' },
  ENDED: { zh: '已结束', en: 'ended' },
} as const satisfies Record<string, Bilingual>;
export type ClockEnd = keyof typeof CLOCK_ENDS;

type Steps = readonly CommandKind[];
/** The steps by which the party, or whoever records it, does what a duty asks. */
const DUTIES: Readonly<Partial<Record<ClockId, Steps>>> = {
  T10: ['REGISTER_PAYMENT'], T10d: ['REGISTER_DAILY_PAYMENT'], TR: ['REPORT_RECTIFICATION'], T22c: ['FILE_PLAN', 'REPORT_COMPLETION'], T22d: ['FILE_COMPLETION'],
};
/** The steps that use a right. Who is heard at a hearing has stated and defended there. */
const RIGHTS: Readonly<Partial<Record<ClockId, Steps>>> = {
  TM: ['COMMENT_ON_RESULT'], T5: ['SUBMIT_DEFENCE', 'REQUEST_HEARING', 'DEFEND_AGAINST_DAILY', 'REQUEST_DAILY_HEARING'], T6: ['REQUEST_HEARING', 'REQUEST_DAILY_HEARING'],
  T12: ['REQUEST_INSTALMENTS'], T13: ['RECORD_REMEDY'], T14: ['RECORD_REMEDY'], T14r: ['RECORD_REMEDY'],
};
const REMEDY_OF: Readonly<Partial<Record<ClockId, 'RECONSIDERATION' | 'LITIGATION'>>> = { T13: 'RECONSIDERATION', T14: 'LITIGATION', T14r: 'LITIGATION' };

/** Undefined while the term runs. A right that nobody used is not “done”, nor is a duty whose term ended with a demand. */
export function clockEnd({ clockId, state, startedAt }: Pick<ClockView, 'clockId' | 'state' | 'startedAt'>, events: readonly CaseEvent[]): ClockEnd | undefined {
  if (state === 'OPEN' || state === 'PAUSED') return undefined;
  if (state === 'CANCELLED') return 'ENDED';
  const id = clockId as ClockId;
  const steps = events.filter((event): event is StepEvent => event.kind === 'STEP' && event.at >= (startedAt as Instant));
  const duty = DUTIES[id];
  if (duty !== undefined) {
    const closing = steps.find(({ closed }) => closed.includes(id))?.command.kind;
    if (closing === undefined || !duty.includes(closing)) return 'NOT_DONE';
    return state === 'OVERDUE_MET' ? 'DONE_LATE' : 'DONE';
  }
  const right = RIGHTS[id];
  if (right === undefined) return 'ENDED';
  const used = steps.some(({ command }) => right.includes(command.kind) && (command.kind !== 'RECORD_REMEDY' || command.remedy === REMEDY_OF[id]));
  if (used) return 'USED';
  return (id === 'T5' || id === 'T6') && steps.some(({ command }) => command.kind === 'WAIVE_RIGHTS') ? 'WAIVED' : 'NOT_USED';
}
