/** Tracks of a case: the main procedure, and three that run beside it (R52–R54). */
export const TRACKS = ['MAIN', 'RECTIFICATION', 'REMEDY'] as const;
export type Track = (typeof TRACKS)[number];

interface StateEntry {
  readonly zh: string;
  readonly en: string;
  readonly final?: true;
}

/** States of the ordinary procedure (普通程序), law.md §5.2 as completed by rulings R42, R48–R54. */
export const MAIN_STATES = {
  PRELIM_REVIEW: { zh: '待立案', en: 'waiting to be filed' },
  FILING_PROPOSED: { zh: '立案审批中', en: 'filing proposed' },
  NOT_FILED: { zh: '不予立案', en: 'not filed', final: true },
  TRANSFERRED_OUT: { zh: '已移送有管辖权机关', en: 'sent to the competent authority', final: true },
  INVESTIGATING: { zh: '调查取证', en: 'investigation' },
  SUSPENDED: { zh: '中止调查', en: 'investigation suspended' },
  TRANSFER_PROPOSED: { zh: '涉嫌犯罪移送审批中', en: 'criminal transfer proposed' },
  TRANSFER_APPROVED: { zh: '待移送公安机关', en: 'transfer approved' },
  WITH_POLICE: { zh: '已移送公安机关', en: 'with the police' },
  CASE_REVIEW: { zh: '案件审查', en: 'case review' },
  DISCRETION: { zh: '裁量', en: 'discretion' },
  DELIBERATION: { zh: '案件审议', en: 'deliberation' },
  NOTICE_PREPARED: { zh: '拟发事先告知书', en: 'prior notice to be sent' },
  NOTICE_SENT: { zh: '告知书送达中', en: 'prior notice on its way' },
  DEFENCE_WINDOW: { zh: '陈述申辩期', en: 'defence window' },
  HEARING_REQUESTED: { zh: '已要求听证', en: 'hearing requested' },
  HEARING_NOTICED: { zh: '已通知听证', en: 'hearing notified' },
  DEFENCE_REVIEW: { zh: '陈述申辩复核', en: 'review of the defence' },
  LEGAL_REVIEW: { zh: '法制审核', en: 'legal review' },
  COLLECTIVE_DISCUSSION: { zh: '集体讨论', en: 'collective discussion' },
  DECISION_READY: { zh: '待作出决定', en: 'ready for the decision' },
  DECIDED: { zh: '决定已作出', en: 'decided' },
  DECISION_SENT: { zh: '决定书送达中', en: 'decision on its way' },
  PERFORMING: { zh: '履行中', en: 'being performed' },
  DEMANDED: { zh: '已催告', en: 'demand sent' },
  COURT_APPLIED: { zh: '已申请强制执行', en: 'court enforcement applied for' },
  TO_CLOSE: { zh: '待结案', en: 'ready to close' },
  CLOSING_PROPOSED: { zh: '结案审批中', en: 'closing proposed' },
  CLOSED: { zh: '已结案', en: 'closed' },
  ARCHIVED: { zh: '已归档', en: 'archived', final: true },
} as const satisfies Record<string, StateEntry>;
export type MainState = keyof typeof MAIN_STATES;

export const RECTIFICATION_STATES = {
  NO_ORDER: { zh: '未责令改正', en: 'no order' },
  ORDER_SENT: { zh: '责令改正送达中', en: 'order on its way' },
  CORRECTING: { zh: '整改中', en: 'correcting' },
  REPORTED: { zh: '已报送整改', en: 'correction reported' },
  NOT_CORRECTED: { zh: '未改正', en: 'not corrected' },
  CORRECTED: { zh: '已改正', en: 'corrected', final: true },
  NOT_NEEDED: { zh: '无须整改（已记明理由）', en: 'not needed, with recorded ground', final: true },
} as const satisfies Record<string, StateEntry>;
export type RectificationState = keyof typeof RECTIFICATION_STATES;

export const REMEDY_STATES = {
  NO_REMEDY: { zh: '未申请救济', en: 'no remedy sought' },
  RECONSIDERATION: { zh: '行政复议中', en: 'under reconsideration' },
  LITIGATION: { zh: '行政诉讼中', en: 'under litigation' },
  UPHELD: { zh: '维持', en: 'upheld' },
  CHANGED: { zh: '变更', en: 'changed', final: true },
  REVOKED: { zh: '撤销', en: 'revoked', final: true },
} as const satisfies Record<string, StateEntry>;
export type RemedyState = keyof typeof REMEDY_STATES;

export type AnyState = MainState | RectificationState | RemedyState;

export const STATE_TITLES: Readonly<Record<AnyState, StateEntry>> = {
  ...MAIN_STATES,
  ...RECTIFICATION_STATES,
  ...REMEDY_STATES,
};

/** The first state of each track. */
export const INITIAL = { MAIN: 'PRELIM_REVIEW', RECTIFICATION: 'NO_ORDER', REMEDY: 'NO_REMEDY' } as const;

const keys = <S extends string>(states: Readonly<Record<S, StateEntry>>) => Object.keys(states) as S[];
export const MAIN = keys(MAIN_STATES);
export const RECTIFICATION = keys(RECTIFICATION_STATES);
export const REMEDY = keys(REMEDY_STATES);
