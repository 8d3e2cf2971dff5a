import type { AccountId, Refusal } from '#kernel';
import { own, DEPARTMENTS, type Department } from '#law';
import { refuse } from '../errors.ts';

interface KindEntry {
  readonly zh: string;
  readonly en: string;
  /** Departments that must take part; with none named, any two. */
  readonly needs: readonly Department[];
  readonly basis: string;
}

/** Forms in which departments work together beyond one review. */
export const JOINT_KINDS = {
  CONSULTATION: { zh: '联合会商', en: 'joint consultation', needs: [], basis: own('consultation') },
  INSPECTION: { zh: '联合检查', en: 'joint inspection', needs: ['ENFORCEMENT', 'MONITORING'], basis: own('jointInspection') },
} as const satisfies Record<string, KindEntry>;
export type JointKind = keyof typeof JOINT_KINDS;

/** What enforcement and the monitoring institution look at together (沪环执法〔2021〕75号 三（九）一). */
export const JOINT_SUBJECTS = {
  DUST: { zh: '扬尘在线监测设备', en: 'on-line dust monitors' },
  DEVICES: { zh: '污染源在线监测设备', en: 'on-line source monitors' },
  SELF_MONITORING: { zh: '排污单位自行监测', en: 'self-monitoring of the unit' },
  TESTING_AGENCY: { zh: '社会化检测机构的监测活动', en: 'work of commercial laboratories' },
} as const;
export type JointSubject = keyof typeof JOINT_SUBJECTS;

export const JOINT_OUTCOMES = {
  NOTHING: { zh: '未发现问题', en: 'found nothing' },
  SUSPECTED: { zh: '涉嫌违法', en: 'suspects a breach' },
  EXCUSED: { zh: '未能参加', en: 'could not take part' },
} as const;
export type JointOutcome = keyof typeof JOINT_OUTCOMES;

export interface Seat {
  readonly accountId: AccountId;
  readonly department: Department;
}

export interface Convening {
  readonly kind: JointKind;
  readonly subject: JointSubject | null;
  readonly question: string;
  readonly seats: readonly Seat[];
}

/** What is wrong with a call, or undefined: a question, each person once, the departments the form needs. Pure. */
export function checkConvening({ kind, subject, question, seats }: Convening): Refusal | undefined {
  if (question.trim().length < 5) return refuse('REVIEW-004', { field: 'question' });
  if ((kind === 'INSPECTION') !== (subject !== null)) return refuse('REVIEW-081', { field: 'subject' });
  if (new Set(seats.map((seat) => seat.accountId)).size < seats.length) return refuse('REVIEW-056', { field: 'seats' });
  const { needs, basis } = JOINT_KINDS[kind];
  const present = new Set(seats.map((seat) => seat.department));
  const missing = needs.filter((department) => !present.has(department));
  if (missing.length > 0 || present.size < 2) {
    const named = missing.length > 0 ? missing.map((one) => DEPARTMENTS[one]) : [{ zh: '至少两个部门', en: 'two departments at least' }];
    return refuse('REVIEW-082', { field: 'seats', basis, missing: named.map(({ zh }) => zh), missingEn: named.map(({ en }) => en) });
  }
  return undefined;
}

export interface JointWord {
  readonly accountId: AccountId;
  readonly outcome: JointOutcome;
  readonly text: string;
}

export interface JointState {
  readonly convenedBy: AccountId;
  readonly seats: readonly Seat[];
  readonly words: readonly JointWord[];
  readonly concluded: boolean;
}

/** May `by` enter this word? Each speaks for himself, once; that somebody could not come is noted by who called. Pure. */
export function checkWord(state: JointState, word: JointWord, by: AccountId): Refusal | undefined {
  if (state.concluded) return refuse('REVIEW-083');
  const seated = state.seats.some((seat) => seat.accountId === word.accountId);
  const mine = word.outcome === 'EXCUSED' ? state.convenedBy : word.accountId;
  if (!seated || by !== mine || state.words.some((one) => one.accountId === word.accountId)) return refuse('REVIEW-057');
  return word.text.trim().length < 5 ? refuse('REVIEW-004', { field: 'text' }) : undefined;
}

/** The one who called ends it, when everybody was heard or excused and somebody was heard; a suspicion is reported or explained away by nobody silently. Pure. */
export function checkConclusion(state: JointState, conclusion: { readonly text: string; readonly reports: boolean }, by: AccountId): Refusal | undefined {
  if (state.concluded) return refuse('REVIEW-083');
  if (by !== state.convenedBy) return refuse('REVIEW-084');
  const silent = state.seats.filter((seat) => !state.words.some((word) => word.accountId === seat.accountId)).map(({ department }) => DEPARTMENTS[department]);
  const unheard = silent.length === 0 && state.words.every((word) => word.outcome === 'EXCUSED') ? [{ zh: '至少一个部门的意见', en: 'the word of one department at least' }] : [];
  const missing = [...silent, ...unheard];
  if (missing.length > 0) return refuse('REVIEW-085', { missing: missing.map(({ zh }) => zh), missingEn: missing.map(({ en }) => en) });
  if (conclusion.text.trim().length < 5) return refuse('REVIEW-004', { field: 'text' });
  const suspected = state.words.some((word) => word.outcome === 'SUSPECTED');
  return conclusion.reports && !suspected ? refuse('REVIEW-086', { field: 'report' }) : undefined;
}
