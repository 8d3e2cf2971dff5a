import { instant, type CalendarDay, type CaseId, type UnitId } from '#kernel';
import type { CommandOf } from '../commands/index.ts';
import { SHARED_POINTS } from '../charged-acts.ts';
import { observedAt } from '../evidence/facts-found.ts';
import type { ChargedAct, EvidenceItem, PenaltyCase } from '../penalty-case.ts';

/** How another case stands to this one. */
export const KIN = {
  SPLIT_OFF: { zh: '由本案分出', en: 'split off from this case' },
  SPLIT_FROM: { zh: '本案由其分出', en: 'this case was split off from it' },
  JOINT_WITH: { zh: '共同违法的另一当事人', en: 'another party to the same act' },
  MERGED_INTO: { zh: '本案已并入', en: 'this case was merged into it' },
  TOOK_IN: { zh: '已并入本案', en: 'was merged into this case' },
  REOPENED_AS: { zh: '归档后重新办理为', en: 'handled anew after the archive' },
  REOPENS: { zh: '重新办理的原案', en: 'the archived case handled anew' },
} as const;
export type KinRelation = keyof typeof KIN;

export interface Kin {
  readonly relation: KinRelation;
  readonly caseId: CaseId;
  readonly caseNo: string;
  readonly unitId: UnitId;
  /** Number of the identity paper, where the party is a person. */
  readonly idNumber?: string;
}

/** What a case brings along that was opened from another case instead of a handover. */
export interface OpenedFrom {
  readonly relation: Extract<KinRelation, 'SPLIT_FROM' | 'JOINT_WITH' | 'REOPENS'>;
  readonly caseId: CaseId;
  readonly caseNo: string;
  readonly unitId: UnitId;
  readonly reason: string;
  /** Evidence of that case; each item keeps its source and its review. */
  readonly evidence: readonly EvidenceItem[];
  /** A violation already filed does not get a second ninety days by being split off. */
  readonly decideBy?: CalendarDay;
  /** Where the archived case stood after its investigation, to be examined again. */
  readonly again?: Pick<PenaltyCase, 'violation' | 'filing' | 'further' | 'officers' | 'partyType' | 'mode' | 'amountCap'>;
}

/** The notice of the review went to the unit of the clue: another party to the act is told in its own case. */
export const isOtherParty = ({ person, openedFrom }: Pick<PenaltyCase, 'person' | 'openedFrom'>): boolean => person !== undefined || openedFrom?.relation === 'JOINT_WITH';

/** Facts of one party alone. */
const OF_THE_PARTY = ['PARTY', 'PERMIT', 'INQUIRY'];

/** Evidence another case takes over; the mark says where it came from, so that no number is used twice. */
const carried = (items: readonly EvidenceItem[], mark: string): readonly EvidenceItem[] =>
  items.map((item) => ({ ...item, itemId: `${mark}-${item.itemId}` }));

/** What the review handed over comes to a new file by itself at its filing. */
const gathered = (state: PenaltyCase): readonly EvidenceItem[] => state.evidence.filter((item) => !item.itemId.startsWith('H'));

/**
 * What goes with a violation that is split off: its own items, whose points lose the key they carried beside another
 * violation, and those every violation of a party shares.
 */
export function evidenceOfSplit(state: PenaltyCase, violation: string): readonly EvidenceItem[] {
  const mark = `${violation}:`;
  const own = gathered(state).filter((item) => item.point.startsWith(mark) || SHARED_POINTS.includes(item.point));
  return carried(own.map((item) => ({ ...item, point: item.point.replace(mark, '') })), 'F');
}

/** Everything gathered about the act: the same for each who took part; whose part it was is for each file to prove. The permit of the unit is one for it and its people. */
export const evidenceOfJoint = (state: PenaltyCase, party: 'UNIT' | 'PERSON'): readonly EvidenceItem[] =>
  carried(gathered(state).filter(({ point }) => !OF_THE_PARTY.includes(point) || (party === 'PERSON' && point === 'PERMIT')), 'J');

/** The whole evidence of an archived case, to be examined again. */
export const evidenceOfArchived = (state: PenaltyCase): readonly EvidenceItem[] => carried(state.evidence, 'R');

/** One act more, or more of an act the case has already: then its span and facts grow. */
function joined(acts: readonly ChargedAct[], act: ChargedAct, told: CommandOf<'TAKE_IN_CASE'>['told'] = []): readonly ChargedAct[] {
  const known = acts.find((one) => one.violation === act.violation);
  if (known === undefined) return [...acts, act];
  const both = {
    ...known,
    actStart: act.actStart < known.actStart ? act.actStart : known.actStart,
    actEnd: act.actEnd > known.actEnd ? act.actEnd : known.actEnd,
    facts: told.find(({ violation }) => violation === act.violation)?.facts ?? (known.facts === act.facts ? known.facts : `${known.facts}\n${act.facts}`),
  };
  return acts.map((one) => (one === known ? both : one));
}

/** What was asked, reckoned, shown and ordered before the facts of another case came in says nothing of those: it is open again, as far as that case brings none of its own. */
function reopenedBy(state: PenaltyCase, { acts, factors = [], reopens }: CommandOf<'TAKE_IN_CASE'>): Pick<PenaltyCase, 'reopened'> {
  if (reopens === undefined) return {};
  const reckoned = acts.map(({ violation }) => (violation === state.violation ? 'CALC' : `${violation}:CALC`));
  const permit = factors.some((factor) => !state.factors.includes(factor)) ? ['PERMIT'] : [];
  const points = [...new Set([...(state.reopened?.points ?? []), 'INQUIRY', ...reckoned, ...permit])];
  return { reopened: { from: state.evidence.length, points, orders: reopens.ordered ? (state.reopened?.orders ?? 0) : ordersIn(state) } };
}

/** Orders to correct in the file. */
export const ordersIn = ({ papers }: Pick<PenaltyCase, 'papers'>): number => papers.filter(({ kind }) => kind === 'RECTIFICATION_ORDER').length;

/** The case after it has taken in the acts and the evidence of another one about the same party: its facts, factors and time are those of both. */
export function takeIn(state: PenaltyCase, command: CommandOf<'TAKE_IN_CASE'>): PenaltyCase {
  const { acts, evidence, refs, span, observed, factors = [], told } = command;
  const { filing } = state;
  if (filing === undefined || state.violation === undefined) return state;
  const first: ChargedAct = { violation: state.violation, actStart: filing.actStart, actEnd: filing.actEnd, facts: filing.facts };
  const [main = first, ...further] = acts.reduce<readonly ChargedAct[]>((all, act) => joined(all, act, told), [first, ...state.further]);
  const { observed: own, ...rest } = state;
  const known = new Set(state.evidenceRefs.map((ref) => `${ref.reviewId}/${ref.dataRef}`));
  return {
    ...rest,
    // Of a file without them no figure of both is known.
    ...(own === undefined || observed === undefined ? {} : observedAt({ ...rest, observed: [...own, ...observed.filter(({ factId }) => !own.some((one) => one.factId === factId))] })),
    facts: [state.facts, ...acts.map((act) => act.facts).filter((facts) => !state.facts.includes(facts))].join('\n'),
    factors: [...new Set([...state.factors, ...factors])],
    ...(span === undefined ? {} : { actStart: instant(Math.min(state.actStart, span.from)), actEnd: instant(Math.max(state.actEnd, span.to)) }),
    filing: { ...filing, actStart: main.actStart, actEnd: main.actEnd, facts: main.facts },
    further,
    evidence: [...state.evidence, ...evidence],
    ...reopenedBy(state, command),
    evidenceRefs: [...state.evidenceRefs, ...(refs as PenaltyCase['evidenceRefs']).filter((ref) => !known.has(`${ref.reviewId}/${ref.dataRef}`))],
  };
}

/** Points of the case taken in, as the case that takes it in names them. */
export function evidenceForMerger(from: PenaltyCase, into: PenaltyCase, mark: string): readonly EvidenceItem[] {
  const pointIn = (point: string): string => {
    const [head, tail] = point.includes(':') ? (point.split(':', 2) as [string, string]) : [from.violation ?? '', point];
    return head === into.violation || SHARED_POINTS.includes(tail) ? tail : `${head}:${tail}`;
  };
  return carried(from.evidence.map((item) => ({ ...item, point: pointIn(item.point) })), mark);
}
