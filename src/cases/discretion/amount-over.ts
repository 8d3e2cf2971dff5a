import { Decimal } from '#kernel';
import type { DiscretionFactor } from '#law';
import type { ObservedFact } from '#review';
import { toldIn } from '../evidence/facts-found.ts';
import type { ComputedGrade } from './computed-grades.ts';

/** By how much of the permitted amount it was exceeded, the highest of the facts; undefined where none is of an amount. */
export function amountRatio(facts: readonly ObservedFact[]): Decimal | undefined {
  const over = toldIn(facts, 'AMOUNT_OVER').map(({ figures: { used, permitted } }) => new Decimal(used).div(permitted).minus(1));
  return over.length === 0 ? undefined : Decimal.max(...over);
}

/** Facts of an amount alone: of no concentration beside it. */
export const ofAmountAlone = (facts: readonly ObservedFact[]): boolean =>
  amountRatio(facts) !== undefined && toldIn(facts, 'HOURS_OVER', 'DAY_OVER', 'MINUTES_OVER').length === 0;

/** What stands for a concentration: how many times over a limit, and for how many hours. */
const OF_CONCENTRATION = ['EXCEED_RATIO', 'DURATION'];

/**
 * An amount has neither a multiple of a concentration nor hours over a limit: a table that weighs only those is applied at its lowest grade,
 * and no other can stand beside these facts.
 */
export function gradeOfAmount(facts: readonly ObservedFact[], { id, grades }: DiscretionFactor): ComputedGrade | undefined {
  const [lowest, ...others] = grades;
  if (lowest === undefined || !OF_CONCENTRATION.includes(id) || !ofAmountAlone(facts)) return undefined;
  const zh = `查明的事实是排放总量超过许可排放量，没有浓度的超标倍数和超标时间，按最低一档“${lowest.title.zh}”`;
  return {
    factor: id, grade: lowest.id, refused: others.map((grade) => grade.id), zh, told: zh,
    en: `the facts are of an amount, which has no multiple of a concentration and no hours over a limit: the lowest grade, ${lowest.title.en}`,
  };
}
