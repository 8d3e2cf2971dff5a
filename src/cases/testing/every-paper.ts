import { instant, isRefusal, type Instant } from '#kernel';
import type { StepEvent } from '../case-event.ts';
import type { CaseCommand, CommandKind } from '../commands/index.ts';
import { PAPER_KINDS, type PaperKind } from '../papers/paper-kinds.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { decideCase } from '../decide-case.ts';
import { applyEvent } from '../fold.ts';
import { openSteps } from '../transitions/transitions.ts';
import { act, DAY, filed, investigated, law, must, noticed, people, PURE_CHECKLIST, received, start, walk } from './pure-case.ts';
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

/** Where the ways of a case part: handed over, filed, noticed, performing under a limit, with tampering, told of a daily penalty. */
function beginnings(): PenaltyCase[] {
  const reviewed = walk(investigated(), ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'SET_DISCRETION'], start);
  const limited = must(reviewed, { ...sample('DELIBERATE', start), penalties: ['FINE', 'LIMIT_PRODUCTION', 'CONFISCATION'], confiscation: 50_000 } as CaseCommand, start);
  const performing = walk(limited, ['SEND_NOTICE', 'RECORD_NOTICE_DELIVERED', 'WAIVE_RIGHTS', 'PASS_LEGAL_REVIEW', 'RECORD_DISCUSSION', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'], start);
  const refused = must(walk(performing, ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED'], start), { ...sample('CHECK_RECTIFICATION', start), corrected: false } as CaseCommand, start);
  const toldOfDaily = walk(refused, ['PROPOSE_DAILY_PENALTY', 'SEND_DAILY_NOTICE', 'RECORD_DAILY_NOTICE_DELIVERED'], start);
  const spared = must(reviewed, { ...sample('DELIBERATE', start), outcome: 'NO_PENALTY', penalties: [], exemptionId: 'APL33-MINOR' } as CaseCommand, start);
  const unfounded = must(investigated(), { ...sample('FINISH_INVESTIGATION', start), outcome: 'NOT_ESTABLISHED' } as CaseCommand, start);
  return [received(), filed(), reviewed, noticed(), performing, { ...filed(), violation: 'DATA_TAMPER_DISCHARGE' }, { ...performing, violation: 'DATA_TAMPER_DISCHARGE' }, refused, toldOfDaily, spared, unfounded];
}

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
  return { ...given, ...Object.fromEntries(flags.map((flag) => [flag, !sour])) } as CaseCommand;
}

const WALKS = 12;
const STRIDES = 80;
/** All but the two that come with the handover. */
const ALL = Object.keys(PAPER_KINDS).length - 2;

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
  const starts = [...beginnings(), applyEvent(spot.before, spot.event)];
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
