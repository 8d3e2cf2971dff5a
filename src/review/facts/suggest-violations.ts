import type { ViolationKey } from '#law';
import { modelsIn } from '#supervision';

/** Families of models (first letter of the id) and what they speak for; a person always chooses (JS-20.1). */
const BY_FAMILY: Readonly<Record<string, readonly ViolationKey[]>> = {
  A: ['DEVICE_NOT_RUNNING', 'DEVICE_ABNORMAL_NOT_REPORTED'],
  C: ['DATA_TAMPER_DISCHARGE', 'DATA_FALSIFY_UNIT'],
  D: ['DATA_TAMPER_DISCHARGE', 'DATA_FALSIFY_UNIT'],
  E: ['TREATMENT_NOT_BY_PERMIT', 'DATA_TAMPER_DISCHARGE'],
  F: ['DATA_TAMPER_DISCHARGE', 'DEVICE_MOVED_DAMAGED'],
  G: ['MONITORING_NOT_BY_SPEC'],
};

/** B05 is the yearly permitted amount; the other B models compare concentrations. */
const byLimit = (model: string, type: 'gas' | 'water'): readonly ViolationKey[] =>
  model.startsWith('B05') ? ['PERMIT_EXCEED'] : [type === 'gas' ? 'AIR_EXCEED' : 'WATER_EXCEED', 'PERMIT_EXCEED'];

/**
 * Violation types a clue's models speak for, best first, without repeats.
 *
 * @param rule models with versions as the clue names them, e.g. `C01@1.4 E01@1.0`
 */
export function suggestViolations(rule: string, type: 'gas' | 'water'): readonly ViolationKey[] {
  const keys = modelsIn(rule).flatMap((model) => (model.startsWith('B') ? byLimit(model, type) : (BY_FAMILY[model.charAt(0)] ?? [])));
  return [...new Set(keys)];
}
