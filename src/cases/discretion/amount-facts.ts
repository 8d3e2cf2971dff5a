import { Decimal } from '#kernel';
import type { DiscretionFactor } from '#law';
import type { ComputedGrade } from './computed-grades.ts';

const AMOUNT = /累计排放 ([\d.]+) kg，超过排污许可证规定的\S{1,6}许可排放量 ([\d.]+) kg/g;

/** By how much of the permitted amount the facts say it was exceeded, the highest of them; undefined where they tell of no amount. */
export function statedAmountRatio(facts: string): Decimal | undefined {
  const over = [...facts.matchAll(AMOUNT)].map(([, used, permitted]) => new Decimal(used ?? '0').div(permitted ?? '1').minus(1));
  return over.length === 0 ? undefined : Decimal.max(...over);
}

/** What stands for a concentration: how many times over a limit, and for how many hours. */
const OF_CONCENTRATION = ['EXCEED_RATIO', 'DURATION'];

/**
 * An amount has neither a multiple of a concentration nor hours over a limit: a table that weighs only those is applied at its lowest grade,
 * and no other can stand beside these facts.
 */
export function gradeOfAmount(facts: string, { id, grades }: DiscretionFactor): ComputedGrade | undefined {
  const [lowest, ...others] = grades;
  if (lowest === undefined || !OF_CONCENTRATION.includes(id) || statedAmountRatio(facts) === undefined) return undefined;
  const zh = `查明的事实是排放总量超过许可排放量，没有浓度的超标倍数和超标时间，按最低一档“${lowest.title.zh}”`;
  return {
    factor: id, grade: lowest.id, refused: others.map((grade) => grade.id), zh, told: zh,
    en: `the facts are of an amount, which has no multiple of a concentration and no hours over a limit: the lowest grade, ${lowest.title.en}`,
  };
}
