import { ok, type AuthorityId, type DocumentId, type Instant, type RegionKey, type Result, type UnitId } from '#kernel';
import { refuse } from '../errors.ts';

export const TALK_STATES = {
  DUE: { zh: '待约谈', en: 'due', open: true },
  SUMMONED: { zh: '已通知约谈', en: 'summoned', open: true },
  HELD: { zh: '已约谈', en: 'held', open: false },
  CANCELLED: { zh: '不再约谈', en: 'cancelled', open: false },
} as const satisfies Record<string, { zh: string; en: string; open: boolean }>;
export type TalkState = keyof typeof TALK_STATES;

export const TALK_ACTS = {
  open: { zh: '按次数的阶梯应当约谈', en: 'the ladder by count calls the unit to a talk' },
  join: { zh: '又一次未按要求反馈，并入本次约谈', en: 'one more failure, joins this talk' },
  summon: { zh: '发出约谈通知', en: 'summon' },
  hold: { zh: '进行约谈并形成记录', en: 'hold and record' },
  cancel: { zh: '写明理由不再约谈', en: 'cancel with a reason' },
} as const;
export type TalkAct = keyof typeof TALK_ACTS;

/** Which act leads where; `open` and `join` are the platform's, the others enforcement's (三（一）: 自治区执法总队). */
const STEPS: readonly { readonly act: TalkAct; readonly from: TalkState; readonly to: TalkState }[] = [
  { act: 'join', from: 'DUE', to: 'DUE' }, { act: 'join', from: 'SUMMONED', to: 'SUMMONED' },
  { act: 'summon', from: 'DUE', to: 'SUMMONED' }, { act: 'summon', from: 'SUMMONED', to: 'SUMMONED' },
  { act: 'hold', from: 'SUMMONED', to: 'HELD' },
  { act: 'cancel', from: 'DUE', to: 'CANCELLED' }, { act: 'cancel', from: 'SUMMONED', to: 'CANCELLED' },
];

/** A regulatory talk (约谈): no penalty, no inquiry; the unit explains and undertakes. */
export interface Talk {
  readonly talkId: string;
  readonly unitId: UnitId;
  readonly authorityId: AuthorityId;
  readonly region: RegionKey;
  readonly state: TalkState;
  readonly lapseIds: readonly string[];
  readonly meetAt: Instant | null;
  readonly place: string | null;
  readonly noticeId: DocumentId | null;
  readonly noticeNo: string | null;
  readonly recordId: DocumentId | null;
  readonly recordNo: string | null;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
}

/** Where the act leads, or SUPV-015. Pure. */
export function decideTalk(state: TalkState, act: TalkAct): Result<TalkState> {
  const step = STEPS.find((row) => row.from === state && row.act === act);
  const { zh, en } = TALK_ACTS[act];
  return step === undefined ? refuse('SUPV-015', { args: { state: TALK_STATES[state].zh, act: zh, stateEn: TALK_STATES[state].en, actEn: en } }) : ok(step.to);
}

export const talkActsFrom = (state: TalkState): readonly TalkAct[] => STEPS.filter((row) => row.from === state && row.act !== 'join').map((row) => row.act);
