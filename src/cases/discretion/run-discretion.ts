import type { Result } from '#kernel';
import { computeDiscretion, type DiscretionTrace, type Law, type ViolationKey } from '#law';
import { actOf } from '../charged-acts.ts';
import type { CommandOf } from '../commands/index.ts';
import { refuse } from '../errors.ts';
import { violationFor } from '../kin/liable-person.ts';
import type { PenaltyCase } from '../penalty-case.ts';

/** The stored calculation of a violation; also what the preview shows. The benchmark of the day the act ended governs; a person is fined within the range for persons. */
export function runDiscretion(
  state: PenaltyCase,
  input: Pick<CommandOf<'SET_DISCRETION'>, 'basisId' | 'grades' | 'mitigation'>,
  law: Law,
  violation: ViolationKey | undefined = state.violation,
): Result<DiscretionTrace> {
  const act = violation === undefined ? undefined : actOf(state, violation);
  if (violation === undefined || act === undefined) return refuse('CASE-009');
  const basis = violationFor(state, law, violation).bases.find((b) => b.id === input.basisId);
  const table = law.discretionTable(violation, state.region, act.actEnd);
  if (basis === undefined || table === undefined) return refuse('CASE-009');
  const mitigation = input.mitigation === undefined ? {} : { mitigation: input.mitigation };
  return computeDiscretion(table, basis, { grades: input.grades, ...mitigation });
}
