import type { CalendarDay, UnitId } from '#kernel';
import { aboutMedium, applicableLaw, type LegalBasis, type Law, type ViolationKey, type ViolationType } from '#law';
import { chargedActs } from '../charged-acts.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import type { CaseDirectory, PartyFacts } from '../ports.ts';
import type { Transition } from '../transitions/transition.ts';

/** In what the law holds a natural person liable beside the unit (e.g. 生态环境监测条例 第四十四条). */
export const PERSON_ROLES = {
  IN_CHARGE: { zh: '直接负责的主管人员', en: 'person directly in charge' },
  RESPONSIBLE: { zh: '其他直接责任人员', en: 'other person directly responsible' },
} as const;

/** A natural person who is the party of a case of his own. */
export interface LiablePerson {
  readonly name: string;
  /** 居民身份证号码 or the number of another identity paper. */
  readonly idNumber: string;
  readonly role: keyof typeof PERSON_ROLES;
  readonly post: string;
  readonly address: string;
  /** The unit whose act it is. */
  readonly employer: { readonly unitId: UnitId; readonly name: string };
}

/** The person as the party block of papers names it; no unit's account stands for it, so its papers go by hand or by post. */
export const personAsParty = (unitId: UnitId, person: LiablePerson, { authorityId, region }: Pick<PenaltyCase, 'authorityId' | 'region'>): PartyFacts => ({
  unitId, name: person.name, creditCode: '', address: person.address, legalRepresentative: '', permitNumber: '', partyType: 'DISCHARGE_UNIT', authorityId, region, person,
});

/** Whom the case is against: a registered unit, or the person it names. Undefined for a unit the register does not know. */
export const partyOfCase = (directory: Pick<CaseDirectory, 'unit'>, state: PenaltyCase): PartyFacts | undefined =>
  state.person === undefined ? directory.unit(state.unitId) : personAsParty(state.unitId, state.person, state);

/**
 * 重点排污单位 or 实行排污许可重点管理, by the register; for a person that of the unit whose act it is. Undefined where the register does not say
 * enough: a unit that is not on the list may still be under key management.
 */
export function keyUnitOf(directory: Pick<CaseDirectory, 'unit'>, { person, unitId }: Pick<PenaltyCase, 'person' | 'unitId'>): boolean | undefined {
  const unit = directory.unit(person?.employer.unitId ?? unitId);
  if (unit?.keyPolluter === true || unit?.keyManaged === true) return true;
  return unit?.keyPolluter === false && unit.keyManaged === false ? false : undefined;
}

/** Name of the party, as it is called now. */
export const partyNameOf = (directory: Pick<CaseDirectory, 'unit'>, state: PenaltyCase): string => state.partyName ?? partyOfCase(directory, state)?.name ?? state.unitId;

/** A provision as it stands against a person: the fine on persons only; undefined where it holds none. */
function personalBasis({ fine: _unit, personalFine, ...rest }: LegalBasis): LegalBasis[] {
  return personalFine === undefined ? [] : [{ ...rest, penalties: ['FINE'], must: [], fine: personalFine }];
}

/** What the outlet of the case discharges: by the codes of what was measured (HJ 212), else by the letters of its number (HJ 608: DA, DW). */
function mediumOf({ factors, outfallId }: Pick<PenaltyCase, 'factors' | 'outfallId'>): LegalBasis['medium'] {
  const letters = new Set([...factors.map((code) => code[0]), /-D([AW])\d+/u.exec(outfallId ?? '')?.[1]?.toLowerCase()].filter((letter) => letter === 'a' || letter === 'w'));
  return letters.size !== 1 ? undefined : letters.has('a') ? 'gas' : 'water';
}

/**
 * A type of violation as it stands in the case: without the laws on the other medium, as far as the act handed over is
 * concerned (an act added later may be about another outlet), and for a person only the provisions that fine persons.
 */
export function violationFor(state: Pick<PenaltyCase, 'person' | 'factors' | 'outfallId' | 'violation'>, law: Law, key: ViolationKey): ViolationType {
  const violation = law.violation(key);
  const medium = state.violation === undefined || state.violation === key ? mediumOf(state) : undefined;
  const about = medium === undefined ? violation : aboutMedium(violation, medium);
  return state.person === undefined ? about : forPersons(about);
}

const forPersons = (violation: ViolationType): ViolationType => ({ ...violation, bases: violation.bases.flatMap(personalBasis) });

/** Violations of the case for which a provision that may apply fines persons. */
export const personsLiable = (state: PenaltyCase, law: Law, today: CalendarDay): readonly ViolationKey[] =>
  chargedActs(state).filter((act) => applicableLaw(forPersons(law.violation(act.violation)), act.actStart, act.actEnd, today).candidates.length > 0).map((act) => act.violation);

/** Aimed at what a unit does or owns. Who acted is fined; the unit corrects, is sealed, limited and fined by the day. */
const OF_UNITS: readonly Transition['track'][] = ['SEALING', 'PRODUCTION', 'DAILY', 'RECTIFICATION', 'DAMAGE'];
const UNIT_STEPS: readonly Transition['command'][] = ['DECIDE_ON_SPOT', 'ADD_PARTY', 'ADD_PERSON'];

/** Whether a step is known against the party of the case at all. */
export const fitsParty = (state: Pick<PenaltyCase, 'person'>, { track, command }: Pick<Transition, 'track' | 'command'>): boolean =>
  state.person === undefined || !(OF_UNITS.includes(track) || UNIT_STEPS.includes(command));
