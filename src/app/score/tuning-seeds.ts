/**
 * Seeds whose provinces were looked at while thresholds were set, floors were chosen or models were written. A score
 * on one of them would be praise from one's own mirror, so `score` refuses them.
 */
export const TUNING_SEEDS: readonly string[] = [
  'mingjian-1', 'd1', 'dev1', 'dev2', 'dev3', 'dev4', 'dev5', 'dev6', 'dev7', 'dev8', 'floor', 'judge-1', 'judge-2', 'judge-3',
  'judge-4', 'judge-5', 'judge-6', 'judge-7', 'judge-8', 'judge-9', 'judge-10', 'judge-11',
  'judge-12', 'judge-13', 'judge-14', 'judge-15', 'judge-16', 'judge-17', 'judge-18', 'judge-19', 'judge-20', 'judge-21', 'judge-22', 'judge-23',
  'judge-24', 'judge-25', 'judge-26', 'judge-27', 'judge-28', 'judge-29', 'judge-30', 'judge-31',
  'judge-32', 'judge-33', 'judge-34', 'judge-35', 'judge-36', 'judge-37', 'judge-38', 'judge-39',
  'judge-48', 'judge-49', 'judge-50', 'judge-51', 'judge-56', 'judge-57', 'judge-58', 'judge-59',
];

const PREFIXES = ['test', 'acceptance', 'tune', 'mend'] as const;

/** Throws a RangeError for a seed that was used in tuning or in a test of a model. */
export function checkSeed(seed: string): void {
  if (TUNING_SEEDS.includes(seed) || PREFIXES.some((p) => seed.startsWith(p))) {
    throw new RangeError(`种子 ${seed} 用于过阈值调试，不能用来评分 seed ${seed} was used in tuning and cannot be scored on`);
  }
}
