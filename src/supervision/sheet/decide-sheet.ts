import { ok, type Instant, type Refusal, type Result } from '#kernel';
import type { Actor } from '#access';
import { refuse } from '../errors.ts';
import { ACTS, SHEET_STATES, transitionOf, type SheetAct, type SheetState, type SheetTransition } from './sheet-machine.ts';

/** Causes a unit may name in its answer. */
export const CAUSES = {
  'process': { zh: '生产工况变化', en: 'change of production' },
  'treatment-fault': { zh: '治理设施故障', en: 'fault of the treatment' },
  'device-fault': { zh: '监测设备故障', en: 'fault of the monitoring device' },
  'maintenance': { zh: '设备校准维护', en: 'calibration or maintenance' },
  'start-stop': { zh: '开停车', en: 'start or stop' },
  'transport': { zh: '通讯或供电中断', en: 'communication or power cut' },
  'exceedance': { zh: '确属超标，正在处置', en: 'a true exceedance, being handled' },
  'other': { zh: '其他', en: 'other' },
} as const;
export type Cause = keyof typeof CAUSES;

export interface Feedback {
  readonly cause: Cause;
  readonly explanation: string;
  readonly measures: string;
}

/** Is the step in the table, and is it this person's to take? Pure. */
export function decideStep(state: SheetState | 'START', act: SheetAct, actor: Actor): Result<SheetTransition> {
  const row = transitionOf(state, act);
  const shown = state === 'START' ? { zh: '未发出', en: 'not sent' } : SHEET_STATES[state];
  if (row === undefined) {
    return refuse('SUPV-002', { args: { state: shown.zh, act: ACTS[act].zh, stateEn: shown.en, actEn: ACTS[act].en } });
  }
  // What a unit's person may do, its agent may: whether this sheet was entrusted to him, the permission table says.
  const acts = row.actor === 'unit-user' && actor.roles.includes('unit-agent');
  const mine = row.actor === 'platform' ? actor.accountId === 'platform' : acts || actor.roles.includes(row.actor);
  if (!mine) return refuse('SUPV-003', { args: { who: row.actor === 'platform' ? '信息平台' : row.actor, whoEn: row.actor }, basis: row.basis });
  return ok(row);
}

/** An answer needs a cause in words; a bare "other" explains nothing. */
export function checkFeedback(feedback: Feedback): Refusal | undefined {
  return feedback.explanation.trim().length < 5 ? refuse('SUPV-004', { field: 'explanation' }) : undefined;
}

/** The feedback came after the hour it was due. Equal to the moment is still in time. */
export const isLate = (dueAt: Instant | null, at: Instant): boolean => dueAt !== null && at > dueAt;

export const LAPSE_KINDS = {
  OVERDUE: { zh: '逾期未反馈', en: 'not answered in time' },
  POOR: { zh: '填报不规范', en: 'answered poorly' },
  FALSE: { zh: '反馈不实', en: 'answered untruly' },
} as const;
export type LapseKind = keyof typeof LAPSE_KINDS;

const ANSWER_FULLY = '请登录企业端，如实、完整地补充反馈，说明原因、措施并上传佐证材料。';

/** Rungs of the ladder by count, and what the unit is asked for; another ladder than the tiers by severity. */
export const LAPSE_MEASURES = {
  REMIND: { zh: '提醒', en: 'reminder', demand: ANSWER_FULLY },
  WARN: { zh: '警示', en: 'warning', demand: ANSWER_FULLY },
  TALK: { zh: '约谈', en: 'regulatory talk', demand: ANSWER_FULLY },
  /** After a talk was held: nobody is asked again, the matter is inspected on site. */
  ENFORCE: { zh: '移交执法专项检查', en: 'special inspection by enforcement', demand: '请保存有关数据、台账和视频，配合执法人员现场检查；补充反馈不影响移交。' },
} as const;
export type LapseMeasure = keyof typeof LAPSE_MEASURES;

/**
 * First time remind, second warn, third talk (首次提醒、二次警示、三次约谈); after a talk was held the rung of the region (`supervision.afterTalk`).
 *
 * @param earlier lapses of the unit so far
 * @param ladder regional parameter `supervision.feedbackLadder`
 * @param afterTalk given once a talk was held within the time that counts
 */
export function measureFor(earlier: number, ladder: readonly LapseMeasure[], afterTalk?: LapseMeasure): LapseMeasure {
  const rung = ladder[Math.min(earlier, ladder.length - 1)] ?? 'REMIND';
  return rung === 'TALK' ? (afterTalk ?? rung) : rung;
}
