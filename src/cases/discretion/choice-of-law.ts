import type { CalendarDay } from '#kernel';
import { applicableLaw, type Bilingual, type Law, type LegalBasis, type ViolationKey } from '#law';
import { chargedActs } from '../charged-acts.ts';
import type { CommandOf } from '../commands/index.ts';
import { violationFor } from '../kin/liable-person.ts';
import type { ChargedAct, PenaltyCase, ReplacedBasis } from '../penalty-case.ts';

/** The provision weighed for a violation of the case; undefined until then. */
export const weighedBasis = ({ discretion, violation }: PenaltyCase, key: ViolationKey): string | undefined =>
  key === violation ? discretion?.basisId : discretion?.further.find((one) => one.violation === key)?.basisId;

/** The provision by which a paper names an act: as weighed, as the report proposed it, else as the rules lead to it on this day. */
export function basisOfAct(state: PenaltyCase, law: Law, act: ChargedAct, today: CalendarDay): LegalBasis | undefined {
  const violation = violationFor(state, law, act.violation);
  const known = weighedBasis(state, act.violation) ?? state.reported?.[act.violation];
  return violation.bases.find(({ id }) => id === known) ?? applicableLaw(violation, act.actStart, act.actEnd, today).proposed;
}

/** What the report proposes to apply, by violation: the rules of law, worked out once, so that the notice does not find another law. */
export const reportedBases = (state: PenaltyCase, law: Law, today: CalendarDay): NonNullable<PenaltyCase['reported']> =>
  Object.fromEntries(chargedActs(state).flatMap((act) => {
    const proposed = applicableLaw(violationFor(state, law, act.violation), act.actStart, act.actEnd, today).proposed;
    return proposed === undefined ? [] : [[act.violation, proposed.id]];
  }));

/** Where the earlier provision was named, as a sentence begins with it. */
export const REPLACED_IN = {
  REPORT: { zh: '案件调查报告建议适用', en: 'the investigation report proposed' },
  NOTICE: { zh: '事先告知书告知适用', en: 'the prior notice named' },
} as const satisfies Record<ReplacedBasis['in'], Bilingual>;

/** Provisions the weighing puts in the place of those the notice named, else of those the report proposed. */
export function replacedBases(state: PenaltyCase, command: CommandOf<'SET_DISCRETION'>): ReplacedBasis[] {
  const told = state.notice !== undefined && state.discretion !== undefined;
  return chargedActs(state).flatMap(({ violation }, i) => {
    const chosen = i === 0 ? command.basisId : command.further.find((one) => one.violation === violation)?.basisId;
    const before = told ? weighedBasis(state, violation) : state.reported?.[violation];
    return before === undefined || chosen === undefined || before === chosen ? [] : [{ violation, basisId: before, in: told ? 'NOTICE' as const : 'REPORT' as const }];
  });
}
