import type { Action, Duty } from '#access';

/** Where a proposal stands; the Chinese term is what stands on screen. */
export const PROPOSAL_STATES = {
  PROPOSED: { zh: '已提出', en: 'proposed', open: true },
  BACKTESTED: { zh: '已回测', en: 'back-tested', open: true },
  IN_SHADOW: { zh: '影子运行中', en: 'in shadow run', open: true },
  APPROVED: { zh: '已批准', en: 'approved', open: false },
  REFUSED: { zh: '未批准', en: 'refused', open: false },
  WITHDRAWN: { zh: '已撤回', en: 'withdrawn', open: false },
} as const satisfies Record<string, { zh: string; en: string; open: boolean }>;

export type ProposalState = keyof typeof PROPOSAL_STATES;

export const PROPOSAL_ACTS = {
  'propose': { zh: '提出', en: 'propose' },
  'revise': { zh: '修改', en: 'revise' },
  'attach-backtest': { zh: '回测', en: 'back-test' },
  'start-shadow': { zh: '开始影子运行', en: 'start the shadow run' },
  'approve': { zh: '批准', en: 'approve' },
  'refuse': { zh: '不予批准', en: 'refuse' },
  'withdraw': { zh: '撤回', en: 'withdraw' },
} as const;

export type ProposalAct = keyof typeof PROPOSAL_ACTS;

export interface ProposalTransition {
  readonly act: ProposalAct;
  readonly from: ProposalState | 'START';
  readonly to: ProposalState;
  readonly action: Action;
  readonly duty?: Duty;
  /** Only the proposer himself. */
  readonly own?: true;
  /** `tried`: only after a trial where the change needs one; `untried`: only where it needs none. */
  readonly when?: 'tried' | 'untried';
}

const AUTHOR = { action: 'model.propose', duty: 'rule-author' } as const;
const APPROVER = { action: 'model.approve', duty: 'rule-approver' } as const;
const OPEN: readonly ProposalState[] = ['PROPOSED', 'BACKTESTED', 'IN_SHADOW'];

/** The whole machine: proposal → back-test → shadow run → decision (江苏办法 第八条、第十条). Nothing leaves a closed state. */
export const PROPOSAL_TRANSITIONS: readonly ProposalTransition[] = [
  { act: 'propose', from: 'START', to: 'PROPOSED', ...AUTHOR },
  { act: 'revise', from: 'PROPOSED', to: 'PROPOSED', ...AUTHOR, own: true },
  { act: 'revise', from: 'BACKTESTED', to: 'PROPOSED', ...AUTHOR, own: true },
  { act: 'attach-backtest', from: 'PROPOSED', to: 'BACKTESTED', action: 'model.backtest', when: 'tried' },
  { act: 'attach-backtest', from: 'BACKTESTED', to: 'BACKTESTED', action: 'model.backtest', when: 'tried' },
  { act: 'start-shadow', from: 'BACKTESTED', to: 'IN_SHADOW', action: 'model.propose', when: 'tried' },
  { act: 'approve', from: 'IN_SHADOW', to: 'APPROVED', ...APPROVER, when: 'tried' },
  { act: 'approve', from: 'PROPOSED', to: 'APPROVED', ...APPROVER, when: 'untried' },
  ...OPEN.map((from) => ({ act: 'refuse', from, to: 'REFUSED', ...APPROVER }) as const),
  ...OPEN.map((from) => ({ act: 'withdraw', from, to: 'WITHDRAWN', ...AUTHOR, own: true }) as const),
];

export const transitionOf = (from: ProposalState | 'START', act: ProposalAct): ProposalTransition | undefined =>
  PROPOSAL_TRANSITIONS.find((row) => row.from === from && row.act === act);
