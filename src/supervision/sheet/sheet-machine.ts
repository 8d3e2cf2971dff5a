import { own } from '#law';
import type { Role } from '#access';
import type { Tier } from '../clue-event.ts';

/** States of a sheet (线索督办阶段); the Chinese term is what stands on screen. */
export const SHEET_STATES = {
  REMINDED: { zh: '已提醒', en: 'reminded', open: true },
  WARNED: { zh: '已警告', en: 'warned', open: true },
  ORDERED: { zh: '已发督办单', en: 'sheet issued', open: true },
  FEEDBACK_PENDING: { zh: '待反馈', en: 'waiting for feedback', open: true },
  FEEDBACK_OVERDUE: { zh: '逾期未反馈', en: 'feedback overdue', open: true },
  FEEDBACK_RECEIVED: { zh: '已反馈待核查', en: 'feedback received', open: true },
  FEEDBACK_RETURNED: { zh: '反馈不实不详退回', en: 'feedback sent back', open: true },
  SELF_CORRECTED: { zh: '自行纠正', en: 'self-corrected', open: false },
  EXPLAINED: { zh: '核查排除', en: 'explained', open: false },
  REFERRED: { zh: '转入研判', en: 'referred to the panel', open: false },
  ESTABLISHED: { zh: '复核属实，已移交执法', en: 'found true, passed to enforcement', open: false },
} as const satisfies Record<string, { zh: string; en: string; open: boolean }>;

export type SheetState = keyof typeof SHEET_STATES;

export const ACTS = {
  remind: { zh: '发出提醒', en: 'remind' },
  warn: { zh: '发出警告', en: 'warn' },
  order: { zh: '发出督办单', en: 'issue the sheet' },
  send: { zh: '发送，开始计时', en: 'send, the clock starts' },
  arrive: { zh: '送达', en: 'arrive' },
  answer: { zh: '反馈', en: 'answer' },
  lapse: { zh: '逾期', en: 'lapse' },
  explain: { zh: '核查排除', en: 'find explained' },
  accept: { zh: '认定自行纠正', en: 'accept self-correction' },
  'send-back': { zh: '退回补充', en: 'send back' },
  refer: { zh: '转研判', en: 'refer for analysis' },
  establish: { zh: '复核属实，移交执法', en: 'find true, pass to enforcement' },
  escalate: { zh: '升级', en: 'escalate' },
} as const;

export type SheetAct = keyof typeof ACTS;

/** `platform`: by rule, without a person; otherwise the role that may do it. */
export type SheetActor = 'platform' | Role;

export interface SheetTransition {
  readonly act: SheetAct;
  readonly from: SheetState | 'START';
  readonly to: SheetState;
  readonly actor: SheetActor;
  /** Paper or record the act leaves. */
  readonly paper: 'REMINDER_NOTICE' | 'WARNING_NOTICE' | 'SUPERVISION_SHEET' | 'DELIVERY_PROOF' | 'FEEDBACK' | 'CONTROL_RECHECK_NOTE' | 'LAPSE_RECORD' | 'REFERRAL';
  readonly basis: string;
}

/** The platform finds, warns and passes on by itself; the unit answers: by the region's own text. */
export const WARNING_BASIS = own('warning');
const ISSUED: readonly SheetState[] = ['REMINDED', 'WARNED', 'ORDERED'];
const OPEN: readonly SheetState[] = [...ISSUED, 'FEEDBACK_PENDING', 'FEEDBACK_OVERDUE', 'FEEDBACK_RECEIVED', 'FEEDBACK_RETURNED'];
const CLOSED: readonly SheetState[] = ['SELF_CORRECTED', 'EXPLAINED'];
const recheck = { actor: 'monitoring-control', paper: 'CONTROL_RECHECK_NOTE', basis: WARNING_BASIS } as const;

/**
 * The whole machine. Late, poor and false answers each have a state and an exit; a closed sheet can come back
 * when the same episode grows, and only a referral (to the panel) or a finding (to enforcement) leaves ④.
 */
export const SHEET_TRANSITIONS: readonly SheetTransition[] = [
  { act: 'remind', from: 'START', to: 'REMINDED', actor: 'platform', paper: 'REMINDER_NOTICE', basis: WARNING_BASIS },
  { act: 'warn', from: 'START', to: 'WARNED', actor: 'platform', paper: 'WARNING_NOTICE', basis: WARNING_BASIS },
  { act: 'order', from: 'START', to: 'ORDERED', actor: 'platform', paper: 'SUPERVISION_SHEET', basis: WARNING_BASIS },
  // Where the clock runs from sending the sheet waits for its answer at once; the arrival is then only noted.
  ...ISSUED.flatMap((from) => (['send', 'arrive'] as const).map((act) => ({ act, from, to: 'FEEDBACK_PENDING', actor: 'platform', paper: 'DELIVERY_PROOF', basis: WARNING_BASIS }) as const)),
  ...(['FEEDBACK_PENDING', 'FEEDBACK_OVERDUE'] as const).map((state) => ({ act: 'arrive', from: state, to: state, actor: 'platform', paper: 'DELIVERY_PROOF', basis: WARNING_BASIS }) as const),
  { act: 'arrive', from: 'FEEDBACK_RETURNED', to: 'FEEDBACK_PENDING', actor: 'platform', paper: 'DELIVERY_PROOF', basis: WARNING_BASIS },
  { act: 'answer', from: 'FEEDBACK_PENDING', to: 'FEEDBACK_RECEIVED', actor: 'unit-user', paper: 'FEEDBACK', basis: WARNING_BASIS },
  { act: 'answer', from: 'FEEDBACK_OVERDUE', to: 'FEEDBACK_RECEIVED', actor: 'unit-user', paper: 'FEEDBACK', basis: WARNING_BASIS },
  { act: 'lapse', from: 'FEEDBACK_PENDING', to: 'FEEDBACK_OVERDUE', actor: 'platform', paper: 'LAPSE_RECORD', basis: WARNING_BASIS.replace('103号 二（二）', '103号 三（一）') },
  { act: 'explain', from: 'FEEDBACK_RECEIVED', to: 'EXPLAINED', ...recheck },
  { act: 'accept', from: 'FEEDBACK_RECEIVED', to: 'SELF_CORRECTED', ...recheck },
  { act: 'send-back', from: 'FEEDBACK_RECEIVED', to: 'FEEDBACK_RETURNED', ...recheck },
  { act: 'refer', from: 'FEEDBACK_RECEIVED', to: 'REFERRED', ...recheck },
  { act: 'refer', from: 'FEEDBACK_OVERDUE', to: 'REFERRED', ...recheck },
  { act: 'explain', from: 'FEEDBACK_OVERDUE', to: 'EXPLAINED', ...recheck },
  { act: 'establish', from: 'FEEDBACK_RECEIVED', to: 'ESTABLISHED', ...recheck },
  { act: 'establish', from: 'FEEDBACK_OVERDUE', to: 'ESTABLISHED', ...recheck },
  ...[...OPEN, ...CLOSED].map((from) => ({ act: 'warn', from, to: 'WARNED', actor: 'platform', paper: 'WARNING_NOTICE', basis: WARNING_BASIS }) as const),
  ...[...OPEN, ...CLOSED].map((from) => ({ act: 'order', from, to: 'ORDERED', actor: 'platform', paper: 'SUPERVISION_SHEET', basis: WARNING_BASIS }) as const),
  ...[...OPEN, ...CLOSED].map((from) => ({ act: 'escalate', from, to: 'REFERRED', actor: 'platform', paper: 'REFERRAL', basis: WARNING_BASIS }) as const),
];

export const transitionOf = (from: SheetState | 'START', act: SheetAct): SheetTransition | undefined =>
  SHEET_TRANSITIONS.find((row) => row.from === from && row.act === act);

export const isOpen = (state: SheetState): boolean => SHEET_STATES[state].open;

export const OPEN_STATES = OPEN;

/** What goes out at each tier: the act, the paper (D1) and what it is called. */
export const NOTICES = {
  REMIND: { act: 'remind', paper: 'REMINDER_NOTICE', title: '预警提醒单', en: 'reminder' },
  WARN: { act: 'warn', paper: 'WARNING_NOTICE', title: '预警警告单', en: 'warning' },
  WORK_ORDER: { act: 'order', paper: 'SUPERVISION_SHEET', title: '电子督办单', en: 'e-supervision sheet' },
} as const satisfies Record<Tier, { act: SheetAct; paper: SheetTransition['paper']; title: string; en: string }>;
