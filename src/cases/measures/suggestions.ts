import type { Instant } from '#kernel';
import type { Bilingual, ExemptionProposal, Law } from '#law';
import { standingDecision } from '../charged-acts.ts';
import { fitsParty } from '../kin/liable-person.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { transitionOf } from '../transitions/transitions.ts';
import { dutiesOf, DUTY_SUGGESTION } from './duties.ts';
import { crimeProposal, proposeMeasures, type Ground } from './propose-measures.ts';

/** Something the file points to and a person has to follow, or to say why not. */
export interface Suggestion extends Bilingual {
  /** The step that takes it up, or the rule of exemption. */
  readonly id: string;
  readonly kind: 'CRIME' | 'MEASURE' | 'EXEMPTION' | 'DUTY';
  readonly force: string;
  /** The applied provision demands it: who does not take it names the provision that spares it. */
  readonly demanded?: true;
  readonly grounds: readonly Ground[];
}

const HOLDS = { MET: 'YES', NOT_MET: 'NO', CANNOT_TELL: 'UNKNOWN' } as const;

/**
 * Everything the file points to, followed or not. Once decided, the check for a crime and the exemptions stand as they stood for the
 * decision; measures that follow the decision remain.
 */
export function suggestionsOf(state: PenaltyCase, law: Law, now: Instant, keyUnit: boolean | undefined, exemptions: readonly ExemptionProposal[]): Suggestion[] {
  const known = { state, law, now, keyUnit };
  const crime = state.filing === undefined ? undefined : crimeProposal(known);
  const measures = proposeMeasures(known).filter(({ command, force }) => command !== crime?.command && force === 'SHALL' && fitsParty(state, transitionOf(command)));
  const duties = state.discretion === undefined ? [] : dutiesOf(state, law, now);
  return [
    ...duties.filter(({ duty }) => duty === 'LIMIT_OR_STOP').map(({ duty, provision, words }) => ({
      id: DUTY_SUGGESTION[duty], kind: 'DUTY' as const, zh: `${provision}：应当${words}`, en: `${provision}: production has to be limited or stopped`, force: 'SHALL', demanded: true as const, grounds: [],
    })),
    ...(crime === undefined ? [] : [{ id: crime.command, kind: 'CRIME' as const, zh: crime.zh, en: crime.en, force: crime.force, grounds: crime.grounds }]),
    ...measures.map(({ command, zh, en, force, grounds }) => ({
      id: command, kind: 'MEASURE' as const, zh, en, force, grounds, ...(duties.some(({ duty }) => DUTY_SUGGESTION[duty] === command) ? { demanded: true as const } : {}),
    })),
    ...exemptions.filter(({ fits }) => fits === 'PROPOSED').map(({ rule, checks }) => ({
      id: rule.id, kind: 'EXEMPTION' as const, ...rule.title, force: rule.force, grounds: [
        ...rule.conditions.filter(({ judged }) => judged === true).map(({ zh, en }) => ({ zh, en, holds: 'UNKNOWN' as const })),
        ...checks.map(({ zh, en, outcome }) => ({ zh, en, holds: HOLDS[outcome] })),
      ],
    })),
  ];
}

/** Was it followed: the step it names taken, or an exemption applied? Where one is, the others need no answer. */
export const isFollowed = ({ papers, proposal }: PenaltyCase, { kind }: Suggestion): boolean =>
  kind === 'DUTY' ? proposal !== undefined && (proposal.outcome !== 'PENALTY' || proposal.penalties.some((penalty) => penalty === 'LIMIT_PRODUCTION' || penalty === 'STOP_PRODUCTION'))
  : kind === 'CRIME' ? papers.some((paper) => paper.kind === 'TRANSFER_PROPOSAL') : kind === 'EXEMPTION' && proposal?.exemptionId !== undefined;

/** Suggestions that were neither followed nor answered with a reason. */
export const unanswered = (state: PenaltyCase, suggestions: readonly Suggestion[], kind: Suggestion['kind']): Suggestion[] =>
  suggestions.filter((one) => one.kind === kind && state.notFollowed[one.id] === undefined && !isFollowed(state, one));

/** Whether the decision has been made that the suggestions before it are about. */
export const isOver = (state: PenaltyCase, { kind }: Suggestion): boolean => kind !== 'MEASURE' && standingDecision(state) !== undefined;
