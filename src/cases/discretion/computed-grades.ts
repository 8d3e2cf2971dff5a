import { Decimal } from '#kernel';
import type { DiscretionTable, Law } from '#law';
import { chargedActs } from '../charged-acts.ts';
import type { PenaltyCase } from '../penalty-case.ts';

/** A grade that follows from what the file states, with the words of it. */
export interface ComputedGrade {
  readonly factor: string;
  readonly grade: string;
  readonly zh: string;
  readonly en: string;
}

/** How far over the limit the facts say it was: the highest multiple they name; undefined where they name none. */
export function statedRatio(facts: string): Decimal | undefined {
  const named = [...facts.matchAll(/超标\s*(\d+(?:\.\d+)?)\s*倍/g)].map((match) => new Decimal(match[1] ?? '0'));
  // A daily mean is told with its limit, without the multiple.
  const means = [...facts.matchAll(/日均值 (\d+(?:\.\d+)?) \S+?（[^）]*），限值 (\d+(?:\.\d+)?) /g)].map(([, mean, limit]) => new Decimal(mean ?? '0').div(limit ?? '1').minus(1));
  const over = [...named, ...means].filter((ratio) => ratio.gt(0));
  return over.length === 0 ? undefined : Decimal.max(...over);
}

/**
 * Hours over the limit, where the facts name one run of them; undefined where they name none, or several, which may lie in the same
 * hours. What a clue spans from its first sign to its last is not how long the act went on.
 */
export function statedHours(facts: string): Decimal | undefined {
  const runs = [...facts.matchAll(/连续\s*(\d+)\s*小时超/g)].map((match) => new Decimal(match[1] ?? '0'));
  return runs.length === 1 ? runs[0] : undefined;
}

/** The facts as last found: by the investigation, else as filed, else as handed over. */
const foundBy = ({ report, filing, facts }: PenaltyCase): string => report?.facts ?? filing?.facts ?? facts;

type Factor = DiscretionTable['factors'][number];
const gradeBelow = (factor: Factor, value: Decimal) => factor.grades.find(({ below, upTo }) => (below !== undefined && value.lt(below)) || (upTo !== undefined && value.lte(upTo))) ?? factor.grades.find(({ below, upTo }) => below === undefined && upTo === undefined);

/** What each factor stands for in figures; a factor whose figure the facts do not name stays with the officer. */
const FIGURES: Readonly<Record<string, (state: PenaltyCase) => { readonly value: Decimal; readonly zh: string; readonly en: string } | undefined>> = {
  EXCEED_RATIO: (state) => {
    const value = statedRatio(foundBy(state));
    return value && { value, zh: `查明的事实：超标 ${value} 倍`, en: `found: ${value} times over the limit` };
  },
  DURATION: (state) => {
    const value = statedHours(foundBy(state));
    return value && { value, zh: `查明的事实：连续超标 ${value} 小时`, en: `found: ${value} hours in a row over the limit` };
  },
};

/** Grades of the main violation that the file itself decides; factors without bounds in figures stay with the officer. */
export function computedGrades(state: PenaltyCase, table: DiscretionTable | undefined): ComputedGrade[] {
  return (table?.factors ?? []).flatMap((factor) => {
    const bounded = factor.grades.some(({ below, upTo }) => below !== undefined || upTo !== undefined);
    const figure = bounded ? FIGURES[factor.id]?.(state) : undefined;
    const grade = figure && gradeBelow(factor, figure.value);
    return figure === undefined || grade === undefined ? [] : [{ factor: factor.id, grade: grade.id, zh: `${figure.zh}，属于“${grade.title.zh}”`, en: `${figure.en}: ${grade.title.en}` }];
  });
}

/** What of the chosen grades the file contradicts, in words. */
export function contradictions(state: PenaltyCase, law: Law, grades: Readonly<Record<string, string>>): string[] {
  const [act] = chargedActs(state);
  if (act === undefined) return [];
  const table = law.discretionTable(act.violation, state.region, act.actEnd);
  return computedGrades(state, table)
    .filter(({ factor, grade }) => grades[factor] !== undefined && grades[factor] !== grade)
    .map(({ factor, zh }) => `与事实一致的“${table?.factors.find((one) => one.id === factor)?.title.zh ?? factor}”（${zh}；事实不是这样的，先更正事实）`);
}
