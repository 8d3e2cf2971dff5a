import type { LeafInput } from '#evidence';
import { asId, dayOf, ok, yearOf, type CaseId, type Result, type UnitId } from '#kernel';
import type { Law, ViolationKey } from '#law';
import type { Tx } from '#platform/db';
import { newId } from '#platform/ids';
import type { ReceivedEvent, StepEvent } from '../case-event.ts';
import type { CaseCommand, CommandOf } from '../commands/index.ts';
import { refuse } from '../errors.ts';
import { foldCase } from '../fold.ts';
import type { DrawnPaper } from '../papers/draw-up-papers.ts';
import { paperEntry } from '../papers/paper-kinds.ts';
import { filingClocks, openedClock } from '../clocks/open-clock.ts';
import type { ActingContext } from '../acting-context.ts';
import type { CaseActor, ChargedAct, PaperRef, PenaltyCase } from '../penalty-case.ts';
import type { CaseDeps, PartyFacts } from '../ports.ts';
import { caseNoOf, openFile } from '../receive-handover.ts';
import * as store from '../store/case-store.ts';
import { chargedActs } from '../charged-acts.ts';
import { factsFound } from '../evidence/facts-found.ts';
import { jointFacts } from './joint-facts.ts';
import { personAsParty, personsLiable, type LiablePerson } from './liable-person.ts';
import { evidenceForMerger, evidenceOfArchived, evidenceOfJoint, evidenceOfSplit, type Kin, type KinRelation, type OpenedFrom } from './kin.ts';

const OPENS = { SPLIT_CASE: 'SPLIT_OFF', ADD_PARTY: 'JOINT_WITH', ADD_PERSON: 'JOINT_WITH', REOPEN_ARCHIVED: 'REOPENED_AS' } as const satisfies Partial<Record<CaseCommand['kind'], KinRelation>>;
type Opening = CommandOf<keyof typeof OPENS>;
const opens = (command: CaseCommand): command is Opening => command.kind in OPENS;

/** Looks up the other party or the other case a step names, and foresees the number of the file it opens; writes nothing. */
export async function kinContext(tx: Tx, deps: CaseDeps, state: PenaltyCase, command: CaseCommand): Promise<Omit<ActingContext, 'actor'>> {
  if (command.kind === 'MERGE_CASE') {
    const target = await lockedCase(tx, asId<CaseId>(command.intoCaseId));
    if (target === undefined) return {};
    return { target, opened: { relation: 'MERGED_INTO', caseId: target.caseId, caseNo: target.caseNo, unitId: target.unitId } };
  }
  if (!opens(command)) return {};
  const other = otherParty(deps, state, command, asId<UnitId>(newId('person')));
  const year = yearOf(dayOf(deps.clock.now()));
  const opened: Kin = {
    relation: OPENS[command.kind],
    caseId: asId<CaseId>(newId('case')),
    caseNo: caseNoOf(state.authorityId, year, await store.foreseenCaseNo(tx, state.authorityId, year)),
    unitId: other?.unitId ?? state.unitId,
    ...(command.kind === 'ADD_PERSON' ? { idNumber: command.idNumber } : {}),
  };
  return other === undefined ? { opened } : { other, opened };
}

/** The person a step names, with the unit whose act it is. */
function personOf({ directory }: Pick<CaseDeps, 'directory'>, { unitId }: Pick<PenaltyCase, 'unitId'>, { name, idNumber, role, post, address }: CommandOf<'ADD_PERSON'>): LiablePerson {
  return { name, idNumber, role, post, address, employer: { unitId, name: directory.unit(unitId)?.name ?? unitId } };
}

/** The other party a step names: a unit of the register, or a person, whom `personId` stands for. */
export function otherParty(deps: Pick<CaseDeps, 'directory'>, state: PenaltyCase, command: CaseCommand, personId: UnitId): PartyFacts | undefined {
  if (command.kind === 'ADD_PARTY') return deps.directory.unit(asId<UnitId>(command.otherUnitId));
  return command.kind === 'ADD_PERSON' ? personAsParty(personId, personOf(deps, state, command), state) : undefined;
}

async function lockedCase(tx: Tx, caseId: CaseId): Promise<PenaltyCase | undefined> {
  return (await store.lockCase(tx, caseId)) ? foldCase(await store.eventsOf(tx, caseId)) : undefined;
}

/** Papers that go along: how the matter came here and its evidence; to one handled anew also those of its filing. */
function papersAlong(state: PenaltyCase, command: Opening | CommandOf<'MERGE_CASE'>): readonly PaperRef[] {
  const ofTheParty: readonly PaperRef['kind'][] = command.kind === 'ADD_PARTY' || command.kind === 'ADD_PERSON' ? ['INVESTIGATION_REPORT', 'REMOTE_INQUIRY_RECORD'] : ['INVESTIGATION_REPORT'];
  const sections: readonly string[] = command.kind === 'REOPEN_ARCHIVED' ? ['SOURCE', 'EVIDENCE', 'FILING'] : ['SOURCE', 'EVIDENCE'];
  return state.papers.filter((p) => sections.includes(paperEntry(p.kind).section) && !ofTheParty.includes(p.kind));
}

/** The same document as a paper of another file. */
const asOwn = (paper: PaperRef): PaperRef => ({ ...paper, paperId: newId('ppr') });

/** Opens the file a step calls for, in the same transaction. */
export async function openKin(tx: Tx, deps: CaseDeps, before: PenaltyCase, event: StepEvent): Promise<LeafInput[]> {
  const { command, derived, at } = event;
  if (!opens(command) || derived.opened === undefined) return [];
  const { opened } = derived;
  const year = yearOf(dayOf(at));
  if (caseNoOf(before.authorityId, year, await store.nextCaseNo(tx, before.authorityId, year)) !== opened.caseNo)
    throw new Error(`cases: the number ${opened.caseNo} went to another case`);
  const act = command.kind === 'SPLIT_CASE' ? before.further.find((one) => one.violation === command.violation) : undefined;
  const origin: ReceivedEvent['origin'] = {
    ...originOf(before),
    caseId: opened.caseId,
    caseNo: opened.caseNo,
    unitId: opened.unitId,
    ...(act === undefined ? {} : { facts: act.facts, suggestions: [act.violation], ...keptOf(before, act.violation) }),
    ...(command.kind === 'ADD_PERSON' ? { person: personOf(deps, before, command), suggestions: personsLiable(before, deps.law, dayOf(at)) } : {}),
    history: before.duties,
    openedFrom: broughtBy(before, command),
  };
  const again = command.kind === 'REOPEN_ARCHIVED';
  const leaf = await openFile(tx, {
    kind: 'RECEIVED',
    at,
    actor: event.actor,
    origin,
    opened: again ? [openedClock(deps.law, 'T8', before.region, at)] : filingClocks(deps.law, { ...origin, handedOverAt: at }),
    papers: [...papersAlong(before, command), ...event.papers].map(asOwn),
  });
  if (leaf === undefined) throw new Error(`cases: ${command.kind} could not open its file`);
  return [leaf];
}

function broughtBy(state: PenaltyCase, command: Opening): OpenedFrom {
  const { caseId, caseNo, unitId } = state;
  const from = { caseId, caseNo, unitId, reason: 'reason' in command ? command.reason : '' };
  switch (command.kind) {
    case 'SPLIT_CASE': {
      const decideBy = state.running.T8?.dueDay;
      return { ...from, relation: 'SPLIT_FROM', evidence: evidenceOfSplit(state, command.violation), ...(decideBy === undefined ? {} : { decideBy }) };
    }
    case 'ADD_PARTY':
      return { ...from, reason: command.part, relation: 'JOINT_WITH', evidence: evidenceOfJoint(state, 'UNIT') };
    case 'ADD_PERSON':
      return { ...from, reason: command.part, relation: 'JOINT_WITH', evidence: evidenceOfJoint(state, 'PERSON') };
    case 'REOPEN_ARCHIVED': {
      const { violation, filing, further, officers, partyType, mode, amountCap } = state;
      const again = { further, officers, mode, ...(violation === undefined ? {} : { violation }), ...(filing === undefined ? {} : { filing }), ...(partyType === undefined ? {} : { partyType }), ...(amountCap === undefined ? {} : { amountCap }) };
      return { ...from, relation: 'REOPENS', evidence: evidenceOfArchived(state), again };
    }
  }
}

/** What the handover said, without what the case made of it. */
function originOf(state: PenaltyCase): Omit<ReceivedEvent['origin'], 'openedFrom'> {
  const { caseId, caseNo, authorityId, region, unitId, outfallId, clueId, clueVersion, reviewId, route, reviewedBy, opinionDocumentId, handoverDocumentId, facts, factors, actStart, actEnd, suggestions, evidenceRefs, handedOverAt, history, person, acts, observed } = state;
  return {
    caseId, caseNo, authorityId, region, unitId, clueId, reviewId, facts, factors, actStart, actEnd, suggestions, evidenceRefs, handedOverAt, history,
    ...(person === undefined ? {} : { person }),
    ...(acts === undefined ? {} : { acts }),
    ...(observed === undefined ? {} : { observed }),
    ...(outfallId === undefined ? {} : { outfallId }),
    ...(clueVersion === undefined ? {} : { clueVersion }),
    ...(route === undefined ? {} : { route }),
    ...(reviewedBy === undefined ? {} : { reviewedBy }),
    ...(opinionDocumentId === undefined ? {} : { opinionDocumentId }),
    ...(handoverDocumentId === undefined ? {} : { handoverDocumentId }),
  };
}

/** The facts of one violation alone, as far as they are kept as data. */
function keptOf(state: PenaltyCase, violation: ViolationKey): Pick<PenaltyCase, 'observed'> {
  const observed = factsFound(state, violation);
  return observed === undefined ? {} : { observed };
}

interface TakenIn {
  readonly into: PenaltyCase;
  readonly step: CommandOf<'TAKE_IN_CASE'>;
  readonly papers: readonly DrawnPaper[];
}

/** What the case that goes on has to take in, with the papers of its source and its evidence; refused when it stands no longer under investigation. */
export async function takenIn(tx: Tx, law: Law, from: PenaltyCase, command: CommandOf<'MERGE_CASE'>, { name, certificate }: CaseActor): Promise<Result<TakenIn>> {
  const into = await lockedCase(tx, asId<CaseId>(command.intoCaseId));
  if (into === undefined) return refuse('CASE-001');
  const mark = `M${into.version}`;
  const acts: ChargedAct[] = [...chargedActs(from)];
  const both = chargedActs(into).flatMap((act) => acts.flatMap((other) => (other.violation === act.violation ? [{ violation: act.violation, of: [{ facts: act.facts, observed: into.observed ?? [] }, { facts: other.facts, observed: from.observed ?? [] }] }] : [])));
  return ok({
    into,
    papers: papersAlong(from, command).map((paper) => ({ ref: asOwn(paper), data: { from: from.caseId } })),
    step: {
      kind: 'TAKE_IN_CASE', fromCaseId: from.caseId, fromCaseNo: from.caseNo, acts, reason: command.reason, by: { name, ...(certificate === undefined ? {} : { certificate }) },
      ...(from.observed === undefined ? {} : { observed: [...from.observed] }), span: { from: from.actStart, to: from.actEnd }, factors: [...from.factors],
      told: both.map(({ violation, of }) => ({ violation, facts: jointFacts(law, violation, of) })),
      reopens: { ordered: from.rectification !== 'NO_ORDER' },
      evidence: evidenceForMerger(from, into, mark).map((item) => ({ ...item })),
      refs: from.evidenceRefs.map((ref) => ({ ...ref })),
    },
  });
}
