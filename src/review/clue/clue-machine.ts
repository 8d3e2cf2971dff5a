import type { Duty, Role } from '#access';
import { BASES } from './bases.ts';
import { BODIES, needsList, type Body, type ReviewRoute } from './decide-route.ts';

/** Where a clue stands in ⑤; the Chinese term is what stands on screen. `closed` states keep a reason and a person. */
export const CLUE_STATES = {
  SUPERVISED: { zh: '督办中', en: 'with supervision', closed: false },
  WAITING_MARKS: { zh: '待标记期满', en: 'waiting for marks', closed: false },
  PANEL_ANALYSIS: { zh: '待研判', en: 'before the panel', closed: false },
  LISTED: { zh: '已列入清单', en: 'listed', closed: false },
  UNDER_REVIEW: { zh: '审核中', en: 'under review', closed: false },
  RETURNED_FOR_MORE: { zh: '退回补充', en: 'returned for more', closed: false },
  REVIEW_PASSED: { zh: '审核通过', en: 'review passed', closed: false },
  HANDED_OVER: { zh: '已移送', en: 'handed over', closed: false },
  REVIEW_REJECTED: { zh: '审核不予认定', en: 'rejected in review', closed: true },
  DISMISSED: { zh: '研判排除', en: 'dismissed', closed: true },
  DOWNGRADED: { zh: '降级处理', en: 'downgraded', closed: true },
  EXPLAINED: { zh: '核查排除', en: 'explained', closed: true },
} as const satisfies Record<string, { zh: string; en: string; closed: boolean }>;

export type ClueState = keyof typeof CLUE_STATES;

/** Every act on a clue, as its history names it. */
export const ACTS = {
  'take-up': { zh: '归集', en: 'take up' },
  'wait': { zh: '等待标记期满', en: 'wait for marks' },
  'to-panel': { zh: '提交研判', en: 'put before the panel' },
  'explain': { zh: '督办核查排除', en: 'explained in supervision' },
  'report': { zh: '巡查移送', en: 'report from patrol' },
  'submit': { zh: '提交审核', en: 'put before the reviewing body' },
  'supply': { zh: '补充后再报', en: 'supply and submit again' },
  'list': { zh: '列入清单', en: 'list' },
  'dismiss': { zh: '排除', en: 'dismiss' },
  'downgrade': { zh: '降级', en: 'downgrade' },
  'take': { zh: '受理审核', en: 'take for review' },
  'pass': { zh: '审核通过', en: 'pass' },
  'return': { zh: '退回补充', en: 'return for more' },
  'reject': { zh: '不予认定', en: 'reject' },
  'hand-over': { zh: '移送', en: 'hand over' },
  'reopen': { zh: '重新研判', en: 'reopen' },
} as const;

export type ClueAct = keyof typeof ACTS;
export type ClueActor = 'platform' | Role;

export interface ClueTransition {
  readonly act: ClueAct;
  readonly from: ClueState | 'START';
  readonly to: ClueState;
  readonly actors: readonly ClueActor[];
  /** Set where the body that reviews the clue says which of the actors it is. */
  readonly by?: 'reviewer' | 'lead';
  /** Left out: on every way. `LIST`: where a frozen list carries the clue; `DIRECT`: where it goes without. */
  readonly on?: 'LIST' | 'DIRECT';
  readonly duty?: Duty;
  readonly paper: 'ALERT_RECORD' | 'ANALYSIS_NOTE' | 'SUSPECTED_VIOLATION_LIST' | 'REVIEW_RECORD' | 'REVIEW_OPINION' | 'HANDOVER_SHEET' | 'CLOSURE_NOTE' | 'PATROL_RECORD';
  readonly basis: string;
}

const PANEL: readonly ClueActor[] = ['panel-member', 'panel-lead'];
const bodies = Object.values(BODIES);
const REVIEW: readonly ClueActor[] = [...new Set(bodies.flatMap((body) => (body.technical.length > 0 ? [...body.technical, 'review-legal' as const, ...body.lead] : [])))];
const LEAD: readonly ClueActor[] = [...new Set(bodies.flatMap((body) => (body.technical.length > 0 ? [...body.lead] : [])))];
const SUPPLIERS: readonly ClueActor[] = ['monitoring-control', 'lab', 'element-dept', 'enforcement-officer', 'enforcement-lead'];
const CLOSED: readonly ClueState[] = ['DISMISSED', 'DOWNGRADED', 'REVIEW_REJECTED', 'EXPLAINED'];
const rule = { actors: ['platform'], paper: 'ALERT_RECORD', basis: BASES.warning } as const;
const panel = { actors: PANEL, duty: 'analyst', basis: BASES.analysis } as const;
const lead = { actors: LEAD, by: 'lead', duty: 'data-reviewer', paper: 'REVIEW_OPINION', basis: BASES.review } as const;

/**
 * The whole machine of a clue after ③. Every closed state can be reopened by the panel or by new data; what is listed,
 * passed or handed over has no silent way out (江苏办法 第二十五条).
 */
export const CLUE_TRANSITIONS: readonly ClueTransition[] = [
  { act: 'take-up', from: 'START', to: 'SUPERVISED', ...rule },
  { act: 'wait', from: 'START', to: 'WAITING_MARKS', ...rule },
  { act: 'to-panel', from: 'START', to: 'PANEL_ANALYSIS', ...rule },
  { act: 'wait', from: 'SUPERVISED', to: 'WAITING_MARKS', ...rule },
  { act: 'to-panel', from: 'SUPERVISED', to: 'PANEL_ANALYSIS', ...rule },
  { act: 'to-panel', from: 'WAITING_MARKS', to: 'PANEL_ANALYSIS', ...rule },
  { act: 'take-up', from: 'WAITING_MARKS', to: 'SUPERVISED', ...rule },
  { act: 'explain', from: 'SUPERVISED', to: 'EXPLAINED', ...rule, paper: 'CLOSURE_NOTE' },
  { act: 'explain', from: 'WAITING_MARKS', to: 'EXPLAINED', ...rule, paper: 'CLOSURE_NOTE' },
  {
    act: 'report', from: 'START', to: 'LISTED', actors: ['enforcement-officer', 'enforcement-lead', 'element-dept', 'lab', 'monitoring-control'],
    duty: 'finder', paper: 'PATROL_RECORD', basis: BASES.patrol,
  },
  ...(['START', 'SUPERVISED', 'WAITING_MARKS', 'EXPLAINED'] as const).map((from) => ({ act: 'submit', from, to: 'LISTED', on: 'DIRECT', ...rule }) as const),
  { act: 'supply', from: 'RETURNED_FOR_MORE', to: 'LISTED', on: 'DIRECT', actors: SUPPLIERS, duty: 'finder', paper: 'ANALYSIS_NOTE', basis: BASES.review },
  { act: 'list', from: 'PANEL_ANALYSIS', to: 'LISTED', ...panel, paper: 'SUSPECTED_VIOLATION_LIST' },
  { act: 'list', from: 'RETURNED_FOR_MORE', to: 'LISTED', on: 'LIST', ...panel, paper: 'SUSPECTED_VIOLATION_LIST' },
  { act: 'dismiss', from: 'PANEL_ANALYSIS', to: 'DISMISSED', ...panel, paper: 'CLOSURE_NOTE' },
  { act: 'dismiss', from: 'RETURNED_FOR_MORE', to: 'DISMISSED', on: 'LIST', ...panel, paper: 'CLOSURE_NOTE' },
  { act: 'downgrade', from: 'PANEL_ANALYSIS', to: 'DOWNGRADED', ...panel, paper: 'CLOSURE_NOTE' },
  { act: 'take', from: 'LISTED', to: 'UNDER_REVIEW', actors: REVIEW, by: 'reviewer', duty: 'data-reviewer', paper: 'REVIEW_RECORD', basis: BASES.review },
  { act: 'pass', from: 'UNDER_REVIEW', to: 'REVIEW_PASSED', ...lead },
  { act: 'return', from: 'UNDER_REVIEW', to: 'RETURNED_FOR_MORE', ...lead },
  { act: 'reject', from: 'UNDER_REVIEW', to: 'REVIEW_REJECTED', ...lead, basis: BASES.evidence },
  { act: 'hand-over', from: 'REVIEW_PASSED', to: 'HANDED_OVER', actors: LEAD, by: 'lead', paper: 'HANDOVER_SHEET', basis: BASES.handover },
  ...CLOSED.map((from) => ({ act: 'reopen', from, to: 'PANEL_ANALYSIS', ...panel, actors: [...PANEL, 'platform'], paper: 'ANALYSIS_NOTE' }) as const),
];

/** Does the step exist on this way at all? */
export const isOn = (row: ClueTransition, route: ReviewRoute): boolean => row.on === undefined || (row.on === 'LIST') === needsList(route);

/** Who takes a step on a clue that this body reviews. */
export function actorsOf(row: ClueTransition, body: Body): readonly ClueActor[] {
  const { technical, lead } = BODIES[body];
  if (row.by === 'lead') return lead;
  return row.by === 'reviewer' ? [...new Set<ClueActor>([...technical, 'review-legal', ...lead])] : row.actors;
}

export const transitionOf = (from: ClueState | 'START', act: ClueAct): ClueTransition | undefined =>
  CLUE_TRANSITIONS.find((row) => row.from === from && row.act === act);

/** Acts the table allows from a state, for "the next lawful step". */
export const actsFrom = (state: ClueState): readonly ClueTransition[] => CLUE_TRANSITIONS.filter((row) => row.from === state);

/** Why the panel set a clue aside; counted for the false-alarm rate of the model. */
export const CLOSURE_REASONS = {
  'explained-by-mark': { zh: '有效标记可以解释', en: 'explained by a valid mark' },
  'explained-by-maintenance': { zh: '运维校准记录可以解释', en: 'explained by maintenance or calibration' },
  'process-change': { zh: '生产工况变化可以解释', en: 'explained by production' },
  'transport-fault': { zh: '传输或平台原因', en: 'transport or platform fault' },
  'model-error': { zh: '模型误报', en: 'false alarm of the model' },
  'too-weak': { zh: '证据不足以列入清单', en: 'too weak to list' },
  'duplicate': { zh: '与其他线索重复', en: 'duplicate of another clue' },
  'minor': { zh: '情节轻微，转提醒', en: 'slight: a reminder is enough' },
} as const;
export type ClosureReason = keyof typeof CLOSURE_REASONS;
