import { asId, instant, isRefusal, type Instant } from '#kernel';
import type { StepEvent } from '../case-event.ts';
import type { CaseCommand, CommandKind } from '../commands/index.ts';
import { PAPER_KINDS, type PaperKind } from '../papers/paper-kinds.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { decideCase } from '../decide-case.ts';
import { applyEvent } from '../fold.ts';
import { openSteps } from '../transitions/transitions.ts';
import { act, DAY, filed, investigated, law, must, orderOverdue, people, PURE_CHECKLIST, received, start } from './pure-case.ts';
import { sample } from './sample-commands.ts';
import { consequenceOf } from './sweep.ts';

/** A step that owes a paper, and the case it was taken on. */
export interface OwedPaper {
  readonly before: PenaltyCase;
  readonly event: StepEvent;
}

/** Numbers that look drawn and are always the same. */
function drawn(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** A step, the day after the start on which it is taken, and what of its command is other than in the sample. */
type Stride = readonly [CommandKind, number, object?];
const all = (kinds: readonly CommandKind[], day = 0): Stride[] => kinds.map((kind) => [kind, day]);

const REVIEWED = all(['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'SET_DISCRETION']);
const DECIDED = all(['PASS_LEGAL_REVIEW', 'RECORD_DISCUSSION', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED']);
const LIMITED: readonly Stride[] = [...REVIEWED, ['DELIBERATE', 0, { penalties: ['FINE', 'LIMIT_PRODUCTION', 'CLOSURE'] }], ...all(['SEND_NOTICE', 'RECORD_NOTICE_DELIVERED', 'WAIVE_RIGHTS']), ...DECIDED];
const REFUSED: readonly Stride[] = [...LIMITED, ...all(['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED']), ['CHECK_RECTIFICATION', 25, { corrected: false }]];
const TOLD_OF_DAILY: readonly Stride[] = [...REFUSED, ...all(['PROPOSE_DAILY_PENALTY', 'SEND_DAILY_NOTICE', 'RECORD_DAILY_NOTICE_DELIVERED'], 25)];
const HEARING: readonly Stride[] = [...REVIEWED, ['DELIBERATE', 0, { penalties: ['FINE', 'LIMIT_PRODUCTION'] }], ...all(['SEND_NOTICE', 'RECORD_NOTICE_DELIVERED', 'REQUEST_HEARING', 'GRANT_HEARING', 'RECORD_PAPER_DELIVERED'])];
const DAILY: readonly Stride[] = [...TOLD_OF_DAILY, ...all(['CLOSE_DAILY_WINDOW', 'PASS_DAILY_LEGAL_REVIEW', 'DISCUSS_DAILY_PENALTY', 'DECIDE_DAILY_PENALTY', 'RECORD_DAILY_DELIVERED'], 45)];
const FALLEN: readonly Stride[] = [['RECORD_REMEDY', 3], ['RECORD_REMEDY_OUTCOME', 40, { outcome: 'REVOKED' }]];
const NO_PENALTY: Stride = ['DELIBERATE', 0, { outcome: 'NO_PENALTY', penalties: [], exemptionId: 'APL33-MINOR' }];

const tampering = (state: PenaltyCase): PenaltyCase => ({ ...state, violation: 'DATA_TAMPER_DISCHARGE' });
const reached = (strides: readonly Stride[]): PenaltyCase => strides.reduce((state, [kind, day, more]) => must(state, { ...sample(kind, instant(start + day * DAY), state), ...more } as CaseCommand, instant(start + day * DAY)), investigated());

/** Ways that chance seldom takes to their end, each from its beginning. */
const WAYS: readonly (readonly [() => PenaltyCase, readonly Stride[]])[] = [
  [received, all(['PROPOSE_FILING', 'ENDORSE_FILING'])],
  [filed, all(['SWITCH_MODE', 'RECORD_SITE_INSPECTION', 'RECORD_SAMPLING']).concat(all(['RECEIVE_TEST_REPORT', 'TELL_TEST_RESULT', 'RECORD_TEST_RESULT_DELIVERED', 'COMMENT_ON_RESULT', 'ANSWER_RESULT_COMMENT'], 3))],
  [filed, all(['ADD_VIOLATION', 'SPLIT_CASE', 'ADD_PARTY', 'TAKE_IN_CASE'])],
  [filed, all(['MERGE_CASE'])],
  [() => ({ ...filed(), openedFrom: { relation: 'JOINT_WITH', caseId: asId('case-0'), caseNo: 'JS-QC-2026-0000', unitId: asId('QY0001'), reason: '与该单位共同安装了旁路管道。', evidence: [] } }), all(['TELL_SUSPICION'])],
  [investigated, REVIEWED],
  [investigated, [...HEARING, ['HOLD_HEARING', 21]]],
  [investigated, [...HEARING, ['ADJOURN_HEARING', 21], ['RESUME_HEARING', 22]]],
  [investigated, [...REVIEWED, NO_PENALTY, ...DECIDED.filter(([kind]) => kind !== 'RECORD_DISCUSSION')]],
  [filed, [['FINISH_INVESTIGATION', 0, { outcome: 'NOT_ESTABLISHED' }], ['PASS_CASE_REVIEW', 0], ['DELIBERATE', 0, { outcome: 'NOT_ESTABLISHED', penalties: [] }], ...DECIDED.filter(([kind]) => kind !== 'RECORD_DISCUSSION'), ['PROPOSE_CLOSING', 1, { ground: 'NOT_ESTABLISHED' }], ['APPROVE_CLOSING', 2], ['ARCHIVE', 3]]],
  [investigated, LIMITED],
  [investigated, [...LIMITED, ['REGISTER_PAYMENT', 1], ...FALLEN, ...all(['DECIDE_REFUND', 'RECORD_REFUND'], 41)]],
  [investigated, [...REFUSED, ...all(['DEMAND_CORRECTION', 'RECORD_CORRECTION_DEMAND_DELIVERED'], 26), ['ORDER_SUBSTITUTE', 45], ['RECORD_PAPER_DELIVERED', 45], ['RECORD_SUBSTITUTE', 50]]],
  [investigated, [...REFUSED, ...all(['DEMAND_CORRECTION', 'RECORD_CORRECTION_DEMAND_DELIVERED'], 26), ['APPLY_TO_COURT_CORRECTION', 220], ['RECORD_CORRECTION_ENFORCED', 240]]],
  [investigated, [...TOLD_OF_DAILY, ...all(['REQUEST_DAILY_HEARING', 'NOTIFY_DAILY_HEARING', 'RECORD_PAPER_DELIVERED'], 26), ['HOLD_DAILY_HEARING', 47]]],
  [investigated, TOLD_OF_DAILY],
  [investigated, [...DAILY, ...all(['REQUEST_DAILY_INSTALMENTS', 'REFUSE_DAILY_INSTALMENTS', 'REQUEST_DAILY_INSTALMENTS', 'GRANT_DAILY_INSTALMENTS', 'REGISTER_DAILY_PAYMENT'], 46)]],
  [investigated, [...LIMITED, ...all(['ORDER_PRODUCTION', 'RECORD_PRODUCTION_DELIVERED'], 1), ...FALLEN, ['END_PRODUCTION', 41]]],
  [() => tampering(reached(LIMITED)), [...all(['PROPOSE_DETENTION', 'APPROVE_DETENTION', 'SEND_DETENTION'], 1), ...FALLEN, ['WITHDRAW_DETENTION', 41]]],
  [() => tampering(reached(LIMITED)), all(['PROPOSE_DETENTION', 'REJECT_DETENTION', 'PROPOSE_DETENTION', 'APPROVE_DETENTION', 'SEND_DETENTION', 'RECORD_DETENTION_ANSWER'], 1)],
  [investigated, [...DAILY, ['RECORD_DAILY_OVERDUE', 65], ...all(['ISSUE_DAILY_DEMAND', 'RECORD_DAILY_DEMAND_DELIVERED'], 66), ['APPLY_TO_COURT_DAILY', 300], ['RECORD_DAILY_ENFORCEMENT', 320]]],
  [investigated, all(['PROPOSE_TRANSFER', 'GIVE_TRANSFER_OPINION', 'APPROVE_TRANSFER', 'SEND_TRANSFER', 'RECORD_POLICE_REFUSED', 'ASK_REFUSAL_REVIEW'])],
  [filed, all(['SETTLE_LATER_FINDINGS', 'ANSWER_SUGGESTION'])],
];
/** On the spot, where the region allows it (行政处罚法 第五十一条). */
function onTheSpot(state: PenaltyCase): StepEvent {
  const allowed = { ...law, valueAt: ((key, region, day) => (key === 'cases.simpleProcedure' ? { ...law.valueAt(key, region, day), value: true } : law.valueAt(key, region, day))) as typeof law.valueAt };
  const command = sample('DECIDE_ON_SPOT', start);
  const decided = decideCase(state, command, people(command), allowed, start);
  if (isRefusal(decided)) throw new Error(decided.zh);
  return decided.value;
}

/** The other answer of steps that have two. */
function turned(kind: CommandKind, now: Instant, state: PenaltyCase, sour: boolean): CaseCommand {
  const given = sample(kind, now, state);
  const flags = ['fit', 'obeyed', 'corrected', 'agreed', 'passed', 'granted'].filter((flag) => flag in given);
  return { ...given, ...(kind === 'RECORD_PENALTY_CARRIED_OUT' ? { penalty: 'CLOSURE' } : {}), ...Object.fromEntries(flags.map((flag) => [flag, !sour])) } as CaseCommand;
}

const WALKS = 12;
const STRIDES = 80;
/** All but those that come with the handover. */
const ALL = Object.keys(PAPER_KINDS).length - 3;

/** Walks the table of steps until every paper was owed once, steps not taken before first. Always the same walks. */
export function everyPaper(): ReadonlyMap<PaperKind, OwedPaper> {
  const owed = new Map<PaperKind, OwedPaper>();
  const taken = new Map<CommandKind, number>();
  const next = drawn(20_261_130);
  const take = (state: PenaltyCase, command: CaseCommand, now: Instant): PenaltyCase | undefined => {
    const result = act(state, command, now);
    if (isRefusal(result)) return undefined;
    for (const kind of result.value.owes) if (!owed.has(kind)) owed.set(kind, { before: state, event: result.value });
    taken.set(command.kind, (taken.get(command.kind) ?? 0) + 1);
    return must(state, command, now);
  };
  const spot = { before: investigated(), event: onTheSpot(investigated()) };
  owed.set('ON_SPOT_DECISION', spot);
  const ends = WAYS.map(([beginning, strides]) =>
    strides.reduce((state, [kind, day, more]) => {
      const now = instant(start + day * DAY);
      const moved = take(orderOverdue(state), { ...sample(kind, now, state), ...more } as CaseCommand, now);
      if (moved === undefined) throw new Error(`${kind}: ${JSON.stringify(act(orderOverdue(state), { ...sample(kind, now, state), ...more } as CaseCommand, now))}`);
      return moved;
    }, beginning()),
  );
  const starts = [...ends, tampering(filed()), tampering(ends[9] as PenaltyCase), applyEvent(spot.before, spot.event)];
  for (let walkNo = 0; walkNo < WALKS; walkNo++)
    for (const beginning of starts) {
      let state = beginning;
      let now: Instant = start;
      for (let i = 0; i < STRIDES && owed.size < ALL; i++) {
        now = instant(now + Math.floor(next() * 15) * DAY);
        for (const clock of Object.keys(state.running) as (keyof typeof state.running)[]) {
          const row = (state.running[clock]?.dueAt ?? Infinity) > now ? undefined : consequenceOf(state, clock);
          if (row !== undefined) state = take(state, sample(row.command, now), now) ?? state;
        }
        for (const command of PURE_CHECKLIST) if (state.main === 'INVESTIGATING' && next() < 0.2) state = take(state, command, now) ?? state;
        const rank = new Map(openSteps(state).filter((row) => row.onExpiry === undefined).map((row) => [row.command, (taken.get(row.command) ?? 0) * next()]));
        const choice = [...rank.keys()].toSorted((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
        const moved = choice.slice(0, 6).reduce<PenaltyCase | undefined>((done, kind) => done ?? take(state, turned(kind, now, state, next() < 0.5), now), undefined);
        if (moved === undefined) break;
        state = moved;
      }
    }
  return owed;
}
