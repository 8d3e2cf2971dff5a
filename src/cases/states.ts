import {
  ACT_REMEDY_STATES,
  DAILY_STATES,
  DAMAGE_STATES,
  DETENTION_STATES,
  MAJOR_STATES,
  PRESERVATION_STATES,
  PRODUCTION_STATES,
  SEALING_STATES,
} from './measures/states.ts';

export interface StateEntry {
  readonly zh: string;
  readonly en: string;
  /** Nothing leads out of it. */
  readonly final?: true;
  /** The matter of this track is over and stands in no one's way; it may begin anew. */
  readonly atRest?: true;
  /** Inner preparation or a matter between authorities: the party's own page does not show it. */
  readonly inside?: true;
}

/** States of the ordinary procedure (普通程序) in the order of the law; readings of open points: docs/decisions/0013. */
export const MAIN_STATES = {
  PRELIM_REVIEW: { zh: '待立案', en: 'waiting to be filed' },
  FILING_PROPOSED: { zh: '立案审批中', en: 'filing proposed' },
  NOT_FILED: { zh: '不予立案', en: 'not filed', final: true },
  MERGED: { zh: '已并入他案', en: 'merged into another case', final: true },
  TRANSFERRED_OUT: { zh: '已移送有管辖权机关', en: 'sent to the competent authority', final: true },
  INVESTIGATING: { zh: '调查取证', en: 'investigation' },
  SUSPENDED: { zh: '中止调查', en: 'investigation suspended' },
  TRANSFER_PROPOSED: { zh: '涉嫌犯罪移送审批中', en: 'criminal transfer proposed' },
  TRANSFER_APPROVED: { zh: '待移送公安机关', en: 'transfer approved' },
  WITH_POLICE: { zh: '已移送公安机关', en: 'with the police' },
  POLICE_REFUSED: { zh: '公安机关不予立案', en: 'refused by the police' },
  REFUSAL_REVIEW: { zh: '不予立案复议、立案监督中', en: 'review of the refusal' },
  CRIMINAL_CASE: { zh: '公安机关已立案', en: 'criminal case open' },
  CASE_REVIEW: { zh: '案件审查', en: 'case review' },
  DISCRETION: { zh: '裁量', en: 'discretion' },
  DELIBERATION: { zh: '案件审议', en: 'deliberation' },
  NOTICE_PREPARED: { zh: '拟发事先告知书', en: 'prior notice to be sent' },
  NOTICE_SENT: { zh: '告知书送达中', en: 'prior notice on its way' },
  DEFENCE_WINDOW: { zh: '陈述申辩期', en: 'defence window' },
  HEARING_REQUESTED: { zh: '已要求听证', en: 'hearing requested' },
  HEARING_NOTICED: { zh: '已通知听证', en: 'hearing notified' },
  HEARING_ADJOURNED: { zh: '听证中止', en: 'hearing adjourned' },
  DEFENCE_REVIEW: { zh: '陈述申辩复核', en: 'review of the defence' },
  LEGAL_REVIEW: { zh: '法制审核', en: 'legal review' },
  COLLECTIVE_DISCUSSION: { zh: '集体讨论', en: 'collective discussion' },
  DECISION_READY: { zh: '待作出决定', en: 'ready for the decision' },
  DECIDED: { zh: '决定已作出', en: 'decided' },
  DECISION_SENT: { zh: '决定书送达中', en: 'decision on its way' },
  PERFORMING: { zh: '履行中', en: 'being performed' },
  OVERDUE: { zh: '逾期未缴', en: 'payment overdue' },
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
  CORRECTION_DEMANDED: { zh: '已催告改正', en: 'correction demanded' },
  CORRECTION_IN_COURT: { zh: '已申请法院强制执行（责令改正）', en: 'enforcement of the order asked of the court' },
  SUBSTITUTE_ORDERED: { zh: '代履行中', en: 'substitute performance ordered' },
  CORRECTED: { zh: '已改正', en: 'corrected', atRest: true },
  NOT_NEEDED: { zh: '无须整改（已记明理由）', en: 'not needed, with recorded ground', final: true },
} as const satisfies Record<string, StateEntry>;

export const REMEDY_STATES = {
  NO_REMEDY: { zh: '未申请救济', en: 'no remedy sought' },
  RECONSIDERATION: { zh: '行政复议中', en: 'under reconsideration' },
  LITIGATION: { zh: '行政诉讼中', en: 'under litigation' },
  UPHELD: { zh: '维持', en: 'upheld' },
  CHANGED: { zh: '变更', en: 'changed', atRest: true },
  REMANDED: { zh: '撤销并责令重新作出', en: 'set aside, to be decided anew', atRest: true },
  REVOKED: { zh: '撤销', en: 'revoked', atRest: true },
} as const satisfies Record<string, StateEntry>;

/** One procedure of a case: where it starts and the states it knows. `field` is where the folded case keeps its state. */
interface TrackEntry {
  readonly field: string;
  readonly zh: string;
  readonly en: string;
  readonly initial: string;
  readonly states: Readonly<Record<string, StateEntry>>;
}

/** Tracks of a case: the main procedure and those that run beside it. A new track is a row here and a table of steps. */
export const TRACKS = {
  MAIN: { field: 'main', zh: '普通程序', en: 'main procedure', initial: 'PRELIM_REVIEW', states: MAIN_STATES },
  RECTIFICATION: {
    field: 'rectification',
    zh: '整改',
    en: 'rectification',
    initial: 'NO_ORDER',
    states: RECTIFICATION_STATES,
  },
  REMEDY: { field: 'remedy', zh: '救济', en: 'remedies', initial: 'NO_REMEDY', states: REMEDY_STATES },
  ACT_REMEDY: {
    field: 'actRemedy',
    zh: '对其他决定的救济',
    en: 'remedies against other acts',
    initial: 'NO_ACT_REMEDY',
    states: ACT_REMEDY_STATES,
  },
  PRESERVATION: {
    field: 'preservation',
    zh: '先行登记保存',
    en: 'evidence preservation',
    initial: 'NO_PRESERVATION',
    states: PRESERVATION_STATES,
  },
  SEALING: { field: 'sealing', zh: '查封、扣押', en: 'sealing and seizure', initial: 'NO_SEALING', states: SEALING_STATES },
  PRODUCTION: {
    field: 'production',
    zh: '限制生产、停产整治',
    en: 'limited or stopped production',
    initial: 'NO_LIMIT',
    states: PRODUCTION_STATES,
  },
  DAILY: { field: 'daily', zh: '按日连续处罚', en: 'daily penalty', initial: 'NO_DAILY', states: DAILY_STATES },
  DETENTION: {
    field: 'detention',
    zh: '移送行政拘留',
    en: 'detention transfer',
    initial: 'NO_DETENTION',
    states: DETENTION_STATES,
  },
  DAMAGE: { field: 'damage', zh: '生态环境损害赔偿', en: 'damage compensation', initial: 'NO_DAMAGE', states: DAMAGE_STATES },
  MAJOR: { field: 'major', zh: '重大案件', en: 'major case', initial: 'NOT_MAJOR', states: MAJOR_STATES },
} as const satisfies Record<string, TrackEntry>;

export type Track = keyof typeof TRACKS;
export const TRACK_KEYS = Object.keys(TRACKS) as readonly Track[];
export type StateOf<T extends Track> = keyof (typeof TRACKS)[T]['states'];
/** A state of whichever track. */
export type AnyState = { [T in Track]: StateOf<T> }[Track];
/** Where a case stands on each track, by the track's field. */
export type TrackStates = { readonly [T in Track as (typeof TRACKS)[T]['field']]: StateOf<T> };

/** Titles of every state of every track. */
export const STATE_TITLES = Object.assign(
  {},
  ...Object.values(TRACKS).map((track) => track.states),
) as Readonly<Record<AnyState, StateEntry>>;

export const statesOf = (track: Track): readonly AnyState[] => Object.keys(TRACKS[track].states) as AnyState[];

/** Where the case stands on this track. */
export const stateOn = (state: TrackStates, track: Track): AnyState => state[TRACKS[track].field];

/** The same as a part of a case, ready to be laid over it. */
export const standingAt = (track: Track, state: AnyState): Partial<TrackStates> => ({ [TRACKS[track].field]: state });

/** Every track at its first state. */
export const atTheStart = (): TrackStates =>
  Object.assign({}, ...TRACK_KEYS.map((track) => standingAt(track, TRACKS[track].initial))) as TrackStates;
