import type { Law, ViolationKey } from '#law';
import { wordsFor } from './words-for.ts';
import type { Observation } from './observations.ts';

/** What an outlet of the other medium breaks. */
const OTHERS: Readonly<Record<'gas' | 'water', ViolationKey>> = { gas: 'WATER_EXCEED', water: 'AIR_EXCEED' };

/**
 * Violations of which something observed is a fact (`supports` of `law/narratives`), best first, without repeats; a person always chooses (JS-20.1).
 * Abnormal data not reported come last where nothing shows that the unit knew of them (生态环境法典 第一百八十四条第二款、排污许可管理条例 第二十条第二款: 发现传输数据异常).
 *
 * @param warned whether the platform told the unit of the data (`PrecheckInput.warned`)
 * @returns none where the findings only lead to a violation: then a person writes what was found
 */
export function suggestViolations(law: Law, observations: readonly Observation[], type: 'gas' | 'water', warned: boolean): readonly ViolationKey[] {
  const narratives = law.narratives();
  const keys = observations.flatMap((observed) => (observed.rule === undefined ? (wordsFor(narratives, observed)?.supports ?? []) : []));
  const proved = (key: ViolationKey): boolean => warned || key !== 'DEVICE_ABNORMAL_NOT_REPORTED';
  const charged = [...new Set(keys)].filter((key) => key !== OTHERS[type]);
  return [...charged.filter(proved), ...charged.filter((key) => !proved(key))];
}
