import { dayOf, Decimal, HOUR, instant } from '#kernel';
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

type Factor = DiscretionTable['factors'][number];
const gradeBelow = (factor: Factor, value: Decimal) => factor.grades.find(({ below, upTo }) => (below !== undefined && value.lt(below)) || (upTo !== undefined && value.lte(upTo))) ?? factor.grades.find(({ below, upTo }) => below === undefined && upTo === undefined);

/** What each factor stands for in figures. A span is known to the hour where the officers charge the days that were reviewed; another one they state themselves. */
const FIGURES: Readonly<Record<string, (state: PenaltyCase) => { readonly value: Decimal; readonly zh: string; readonly en: string } | undefined>> = {
  EXCEED_RATIO: (state) => {
    const value = statedRatio(state.report?.facts ?? state.filing?.facts ?? state.facts);
    return value && { value, zh: `查明的事实：超标 ${value} 倍`, en: `found: ${value} times over the limit` };
  },
  DURATION: ({ actStart, actEnd, filing }) => {
    const asReviewed = filing === undefined || (filing.actStart === dayOf(actStart) && filing.actEnd === dayOf(instant(actEnd - 1)));
    if (!asReviewed || actEnd <= actStart) return undefined;
    const value = new Decimal(actEnd - actStart).div(HOUR);
    return { value, zh: `经审核的时段：${value.toDecimalPlaces(1)} 小时`, en: `reviewed span: ${value.toDecimalPlaces(1)} h` };
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
