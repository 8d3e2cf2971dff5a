import type { CalendarDay } from '#kernel';
import type { ClockId } from '#law';
import type { CommandKind, CommandOf } from '../commands/index.ts';
import type { PaperKind } from '../papers/paper-kinds.ts';
import type { PaperRef, PenaltyCase } from '../penalty-case.ts';
import type { ObligationKey } from '../recovery/obligations.ts';
import { stateOn, type AnyState, type Track } from '../states.ts';

/** An act against which the party may ask for reconsideration or sue (行政复议法 第十一条; 行政诉讼法 第十二条). */
interface ContestableAct {
  readonly zh: string;
  readonly en: string;
  /** Its papers; the first one makes the act, the others build on it and fall with it. */
  readonly papers: readonly PaperKind[];
  readonly track: Track;
  /** What it obliges to, where the court may be asked to enforce it. */
  readonly obligation?: ObligationKey;
  /** Where its track goes when it is set aside, and from where: what is over already stays over. */
  readonly falls: { readonly from: readonly AnyState[]; readonly to: AnyState };
  /** Terms that end with it. */
  readonly clocks: readonly ClockId[];
  /** Terms that stand still while its execution is stayed, and steps that wait (行政复议法 第四十二条; 行政诉讼法 第五十六条). */
  readonly stops: readonly ClockId[];
  readonly halts: readonly CommandKind[];
}

const DAILY_DEBT: readonly ClockId[] = ['T10d', 'T11d', 'T15d', 'T15bd', 'T16d'];
const LIMIT_TERMS: readonly ClockId[] = ['T22b', 'T22bx', 'T22c', 'T22d', 'T22e'];

/** Every act but the decision on the penalty, whose remedies have a track of their own. A new act is a row here. */
export const CONTESTABLE_ACTS = {
  DAILY_PENALTY: {
    zh: '按日连续处罚决定', en: 'daily penalty', papers: ['DAILY_PENALTY'], track: 'DAILY', obligation: 'DAILY',
    falls: { from: ['DAILY_PAYING', 'DAILY_OVERDUE', 'DAILY_DEMANDED', 'DAILY_COURT_APPLIED', 'DAILY_PAID', 'DAILY_UNRECOVERED'], to: 'DAILY_REVOKED' },
    clocks: DAILY_DEBT,
    stops: ['T10d'],
    halts: ['ISSUE_DAILY_DEMAND', 'APPLY_TO_COURT_DAILY'],
  },
  CORRECTION_ORDER: {
    zh: '责令改正决定', en: 'order to correct', papers: ['RECTIFICATION_ORDER'], track: 'RECTIFICATION', obligation: 'CORRECTION',
    falls: { from: ['CORRECTING', 'REPORTED', 'NOT_CORRECTED', 'CORRECTION_DEMANDED', 'CORRECTION_IN_COURT', 'SUBSTITUTE_ORDERED'], to: 'NO_ORDER' },
    clocks: ['TR', 'T20', 'T15r', 'T15br'],
    stops: ['TR', 'T20'],
    halts: ['CHECK_RECTIFICATION', 'DEMAND_CORRECTION', 'ORDER_SUBSTITUTE', 'APPLY_TO_COURT_CORRECTION'],
  },
  SUBSTITUTE: {
    zh: '代履行决定', en: 'substitute performance', papers: ['SUBSTITUTE_DECISION'], track: 'RECTIFICATION',
    falls: { from: ['SUBSTITUTE_ORDERED'], to: 'NOT_CORRECTED' },
    clocks: [],
    stops: [],
    halts: ['RECORD_SUBSTITUTE'],
  },
  SEALING: {
    zh: '查封、扣押决定', en: 'sealing or seizure', papers: ['SEALING_ORDER', 'SEALING_EXTENSION'], track: 'SEALING',
    falls: { from: ['SEALED', 'SEALED_LONGER', 'RELEASE_REQUESTED', 'RELEASE_PROPOSED', 'SEALING_OVERRUN'], to: 'SEALING_FALLEN' },
    clocks: ['T21', 'T21x', 'T21c', 'T21p'],
    // What is sealed may be used again, but nobody seals longer for it.
    stops: [],
    halts: ['EXTEND_SEALING'],
  },
  PRODUCTION: {
    zh: '限制生产、停产整治决定', en: 'limited or stopped production', papers: ['PRODUCTION_ORDER', 'PRODUCTION_EXTENSION'], track: 'PRODUCTION',
    falls: { from: ['UNDER_LIMIT', 'UNDER_STOP', 'COMPLETION_REPORTED', 'LIMIT_EXPIRED', 'LIMIT_ENDED', 'LIMIT_BROKEN', 'CLOSURE_PROPOSED'], to: 'LIMIT_FALLEN' },
    clocks: LIMIT_TERMS,
    stops: ['T22b', 'T22bx', 'T22c'],
    halts: ['RECORD_BREACH', 'EXTEND_LIMIT', 'PROPOSE_CLOSURE'],
  },
} as const satisfies Record<string, ContestableAct>;
export type ContestableActKey = keyof typeof CONTESTABLE_ACTS;
const KEYS = Object.keys(CONTESTABLE_ACTS) as readonly ContestableActKey[];
export const contestableAct = (key: ContestableActKey): ContestableAct => CONTESTABLE_ACTS[key];

/** One reconsideration or suit against one of these acts. */
export interface ActRemedy {
  readonly remedyId: string;
  readonly act: ContestableActKey;
  readonly paperId: string;
  readonly number: string;
  readonly remedy: CommandOf<'RECORD_ACT_REMEDY'>['remedy'];
  readonly from: CalendarDay;
  /** Day its outcome was received. */
  readonly to?: CalendarDay;
  readonly outcome?: CommandOf<'RECORD_ACT_REMEDY_OUTCOME'>['outcome'];
  /** Last day to sue against the decision of the reconsideration body (行政诉讼法 第四十五条). */
  readonly suitUntil?: CalendarDay;
  /** Execution of the act is stayed while the remedy is pending. */
  readonly stayed?: boolean;
}

/** The act this paper makes or builds on; undefined for papers that are no such act. */
export const actOfPaper = ({ kind }: Pick<PaperRef, 'kind'>): ContestableActKey | undefined =>
  KEYS.find((key) => contestableAct(key).papers.includes(kind));

export const obligationOfAct = (act: ContestableActKey): ObligationKey | undefined => contestableAct(act).obligation;

/** Is a remedy pending that bears on this obligation? One against the penalty bears on the daily penalty that multiplies it. */
export const isContested = ({ remedy, actRemedies }: Pick<PenaltyCase, 'remedy' | 'actRemedies'>, key: ObligationKey): boolean =>
  (key !== 'CORRECTION' && (remedy === 'RECONSIDERATION' || remedy === 'LITIGATION')) ||
  actRemedies.some((one) => one.outcome === undefined && obligationOfAct(one.act) === key);

/** Remedies that are pending with a stay of their act. */
const stays = ({ actRemedies }: Pick<PenaltyCase, 'actRemedies'>): readonly ActRemedy[] => actRemedies.filter((one) => one.outcome === undefined && one.stayed === true);

/** Terms of the act this remedy is against that stand still under a stay. */
export const stopsOf = ({ actRemedies }: Pick<PenaltyCase, 'actRemedies'>, remedyId: string): readonly ClockId[] => {
  const act = actRemedies.find((one) => one.remedyId === remedyId)?.act;
  return act === undefined ? [] : contestableAct(act).stops;
};

/** Does a stay, other than one in this remedy, keep this term standing still? */
export const isStopped = (state: Pick<PenaltyCase, 'actRemedies'>, clock: ClockId, but: string | undefined): boolean =>
  stays(state).some((one) => one.remedyId !== but && contestableAct(one.act).stops.includes(clock));

/** Does this step wait because the act it carries out is stayed? */
export const isHalted = (state: Pick<PenaltyCase, 'actRemedies'>, step: CommandKind | undefined): boolean =>
  step !== undefined && stays(state).some((one) => contestableAct(one.act).halts.includes(step));

/** Times of the remedies that bear on this obligation. */
export const remedyTimes = ({ remedyPeriods, actRemedies }: PenaltyCase, key: ObligationKey): PenaltyCase['remedyPeriods'] => [
  ...(key === 'CORRECTION' ? [] : remedyPeriods),
  ...actRemedies.filter((one) => obligationOfAct(one.act) === key),
];

/** Papers that were served and may still be contested: not while a remedy is pending, not after they fell, not after a court has judged. */
export function contestablePapers({ papers, arrived, actRemedies }: PenaltyCase): readonly PaperRef[] {
  return papers.filter((paper) => {
    if (actOfPaper(paper) === undefined || arrived[paper.paperId] === undefined) return false;
    const last = actRemedies.findLast((one) => one.paperId === paper.paperId);
    return last === undefined || (last.remedy === 'RECONSIDERATION' && (last.outcome === 'UPHELD' || last.outcome === 'CHANGED'));
  });
}

/** Does this paper belong to the matter under way, or to one before it that is over? */
function isUnderWay({ papers }: PenaltyCase, { act, paperId }: ActRemedy): boolean {
  const [makes] = contestableAct(act).papers;
  return papers.findLastIndex((p) => p.paperId === paperId) >= papers.findLastIndex((p) => p.kind === makes);
}

/** A track that moves because of a step on another one. */
export interface SideMove {
  readonly track: Track;
  readonly to: AnyState;
}

/** What the outcome does to the very act that was contested; nothing where it was upheld, or is over already. */
export function fateOfAct(state: PenaltyCase, { remedyId, outcome, amount = 0 }: CommandOf<'RECORD_ACT_REMEDY_OUTCOME'>): readonly SideMove[] {
  const contested = state.actRemedies.find((one) => one.remedyId === remedyId);
  if (contested === undefined || outcome === 'UPHELD' || !isUnderWay(state, contested)) return [];
  const { track, falls } = contestableAct(contested.act);
  if (!falls.from.includes(stateOn(state, track))) return [];
  if (outcome !== 'CHANGED') return [{ track, to: falls.to }];
  return contested.act === 'DAILY_PENALTY' ? [{ track, to: amount > state.dailyPaid ? 'DAILY_PAYING' : 'DAILY_PAID' }] : [];
}

/** What stands on the penalty and falls with it, or with the kind of penalty a change left out. */
export function fateOfDependents(state: PenaltyCase, { outcome, penalties = [] }: CommandOf<'RECORD_REMEDY_OUTCOME'>): readonly SideMove[] {
  if (outcome === 'UPHELD') return [];
  const { track, falls } = CONTESTABLE_ACTS.PRODUCTION;
  const ordered = state.latest.ORDER_PRODUCTION?.command.measure;
  const limited = (falls.from as readonly AnyState[]).includes(state.production) && !(outcome === 'CHANGED' && ordered !== undefined && penalties.includes(ordered));
  const detained = outcome !== 'CHANGED' && (state.detention === 'DETENTION_SENT' || state.detention === 'DETENTION_ANSWERED');
  return [...(limited ? [{ track, to: falls.to }] : []), ...(detained ? [{ track: 'DETENTION', to: 'DETENTION_FALLEN' } as const] : [])];
}

/** Terms that end because of these moves. */
export const clocksOfMoves = (moves: readonly SideMove[]): readonly ClockId[] =>
  moves.flatMap(({ track }) => KEYS.filter((key) => CONTESTABLE_ACTS[key].track === track).flatMap((key) => [...CONTESTABLE_ACTS[key].clocks]));

/** The remedies once this outcome is known. */
export const withOutcome = (remedies: readonly ActRemedy[], { remedyId, outcome }: CommandOf<'RECORD_ACT_REMEDY_OUTCOME'>, to: CalendarDay, suitUntil?: CalendarDay): readonly ActRemedy[] =>
  remedies.map((one) => (one.remedyId === remedyId ? { ...one, outcome, to, ...(suitUntil === undefined ? {} : { suitUntil }) } : one));
