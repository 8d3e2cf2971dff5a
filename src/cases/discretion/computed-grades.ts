import { formatDay } from '#documents';
import { dayOf, Decimal } from '#kernel';
import type { DiscretionFactor, DiscretionTable, Law, ViolationKey } from '#law';
import type { ObservedFact } from '#review';
import { amountRatio, gradeOfAmount } from './amount-over.ts';
import { meansFound, meansTitle } from '../evidence/act-found.ts';
import { factsFound, toldIn, type FactIn } from '../evidence/facts-found.ts';
import { chargedActs, standingDecision } from '../charged-acts.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import type { OtherCase } from '../store/other-cases.ts';
import { earlierDecisions } from './earlier-decisions.ts';
import { hoursOver } from './hours-over.ts';

/** A grade that follows from what the file and the other cases of the party state, with the words of it. */
export interface ComputedGrade {
  readonly factor: string;
  readonly grade: string;
  /** Grades that cannot stand beside these facts. */
  readonly refused: readonly string[];
  readonly zh: string;
  readonly en: string;
  /** The Chinese words as a paper to the party or the public may bear them: of other cases only earlier decisions are named. */
  readonly told: string;
}

type InMultiples = FactIn<'HOURS_OVER' | 'DAY_OVER'>;

/** Those of the highest multiple. */
export const gravest = (facts: readonly InMultiples[]): readonly InMultiples[] => {
  const top = facts.map(({ figures }) => new Decimal(figures.multiple)).reduce<Decimal | undefined>((most, one) => (most === undefined || one.gt(most) ? one : most), undefined);
  return top === undefined ? [] : facts.filter(({ figures }) => top.eq(figures.multiple));
};

/** How many times over the limit it was, the highest of the facts; undefined where none names it. */
export function exceedRatio(facts: readonly ObservedFact[]): Decimal | undefined {
  const over = toldIn(facts, 'HOURS_OVER', 'DAY_OVER').map(({ figures }) => new Decimal(figures.multiple));
  return over.length === 0 ? undefined : Decimal.max(...over);
}

/** The facts of the violation the case was filed for, as data; none where the file holds none: then no figure is known. */
export const mainFacts = (state: PenaltyCase): readonly ObservedFact[] => factsFound(state, chargedActs(state)[0]?.violation) ?? [];

const gradeOf = ({ grades }: DiscretionFactor, value: Decimal) => grades.find(({ below, upTo }) => (below !== undefined && value.lt(below)) || (upTo !== undefined && value.lte(upTo))) ?? grades.find(({ below, upTo }) => below === undefined && upTo === undefined);

/** What a factor stands for in figures. */
interface Figure {
  readonly value: Decimal;
  readonly zh: string;
  readonly en: string;
  /** The Chinese words for the party, where they say less. */
  readonly told?: string;
  /** There may be more than the platform knows of: a higher grade is the officer's to show. */
  readonly atLeast?: true;
}

const list = (cases: readonly string[]): string => (cases.length === 0 ? '' : `（${cases.join('、')}）`);

/** How often the party was punished before this act began, within the time the table names, this act included; which decisions those are, and which cases are none. */
function penalties(state: PenaltyCase, { lookbackMonths }: DiscretionFactor, others: readonly OtherCase[] | undefined): Figure | undefined {
  if (others === undefined || lookbackMonths === undefined) return undefined;
  const { from, begun, counted, beside } = earlierDecisions(state, lookbackMonths, others);
  const named = list(counted.map(({ caseNo, decisionNo, decidedAt }) => `${decisionNo ?? caseNo}，${decidedAt === null ? '' : formatDay(dayOf(decidedAt))}决定`));
  const namedEn = list(counted.map(({ caseNo, decisionNo, decidedAt }) => `${decisionNo ?? caseNo}, ${decidedAt === null ? '' : dayOf(decidedAt)}`));
  const without = beside.length === 0 ? '' : `；同期另案不计入${list(beside.map(({ other, why }) => `${other.caseNo}：${why.zh}`))}`;
  const rest = beside.map(({ other, why }) => `${other.caseNo}: ${why.en}`);
  const zh = `本次行为自${formatDay(begun)}开始，此前 ${lookbackMonths} 个月内（自${formatDay(from)}起）本平台已经送达、有效的处罚决定 ${counted.length} 件${named}，含本次 ${counted.length + 1} 次`;
  return {
    value: new Decimal(counted.length + 1), atLeast: true, zh: `${zh}${without}`, told: zh,
    en: `this act began on ${begun}; ${counted.length} penalty decisions in force on this platform were served in the ${lookbackMonths} months before (from ${from})${namedEn}, ${counted.length + 1} with this one${rest.length === 0 ? '' : `; other cases are not counted${list(rest)}`}`,
  };
}

/** Acts that last as long as a limit is exceeded. */
export const EXCEEDANCES: readonly string[] = ['AIR_EXCEED', 'WATER_EXCEED', 'PERMIT_EXCEED'] satisfies ViolationKey[];

/** Later findings that were taken in without their facts as data bring figures of their own, which the officer shows. */
const grown = ({ settledFindings }: PenaltyCase): Pick<Figure, 'atLeast'> => (settledFindings.some(({ way, asData }) => way === 'TAKE_IN' && asData !== true) ? { atLeast: true } : {});

/** A factor whose figure the facts do not name stays with the officer. */
const FIGURES: Readonly<Record<string, (state: PenaltyCase, factor: DiscretionFactor, others?: readonly OtherCase[]) => Figure | undefined>> = {
  EXCEED_RATIO: (state) => {
    const value = exceedRatio(mainFacts(state));
    return value && { value, zh: `查明的事实：超标 ${value} 倍`, en: `found: ${value} times over the limit`, ...grown(state) };
  },
  DURATION: (state) => {
    const over = EXCEEDANCES.includes(chargedActs(state)[0]?.violation ?? '') ? hoursOver(mainFacts(state)) : undefined;
    return over && { value: over.total, zh: `查明的事实：${over.said.zh}`, en: `found: ${over.said.en}`, ...grown(state) };
  },
  REPEAT: penalties,
  AMOUNT_RATIO: (state) => {
    const value = amountRatio(mainFacts(state));
    return value && { value, zh: `查明的事实：超过许可排放量 ${value.toDecimalPlaces(4)} 倍`, en: `found: ${value.toDecimalPlaces(4)} times over the permitted amount`, ...grown(state) };
  },
};

function byFigure(state: PenaltyCase, factor: DiscretionFactor, others: readonly OtherCase[] | undefined): ComputedGrade | undefined {
  const bounded = factor.grades.some(({ below, upTo }) => below !== undefined || upTo !== undefined);
  const figure = bounded ? FIGURES[factor.id]?.(state, factor, others) : undefined;
  const grade = figure && gradeOf(factor, figure.value);
  if (figure === undefined || grade === undefined) return undefined;
  const refused = factor.grades.filter((one, i) => one !== grade && (figure.atLeast === undefined || i < factor.grades.indexOf(grade))).map(({ id }) => id);
  const words = (said: string): string => `${said}，属于“${grade.title.zh}”`;
  return { factor: factor.id, grade: grade.id, refused, zh: words(figure.zh), told: words(figure.told ?? figure.zh), en: `${figure.en}: ${grade.title.en}` };
}

/** The gravest grade for which the investigation found a means; the others are not what was found. */
function byMeans(state: PenaltyCase, factor: DiscretionFactor, law: Law): ComputedGrade | undefined {
  const found = meansFound(state, law).map(({ means }) => means);
  const [grade] = factor.grades.filter(({ means }) => means?.some((one) => found.includes(one))).toSorted((a, b) => new Decimal(b.percent).cmp(a.percent));
  if (grade === undefined) return undefined;
  const titles = found.filter((one) => grade.means?.includes(one)).map((one) => meansTitle(law, one));
  const named = (language: 'zh' | 'en') => titles.map((title) => title[language]).join({ zh: '、', en: '; ' }[language]);
  const zh = `查明的行为方式为${named('zh')}，属于“${grade.title.zh}”`;
  return {
    factor: factor.id, grade: grade.id, refused: factor.grades.filter((one) => one !== grade).map(({ id }) => id),
    zh, told: zh, en: `found: ${named('en')}: ${grade.title.en}`,
  };
}

/** Nobody has corrected as ordered before a correction was reported; where the table has a grade for that, it is proposed. What comes after the decision weighs nothing any more. */
function notYetCorrected(state: PenaltyCase, { id, grades }: DiscretionFactor): ComputedGrade | undefined {
  const { rectification } = state;
  const open = id === 'ATTITUDE' ? grades.find((grade) => grade.id === 'OPEN') : undefined;
  if (open === undefined || standingDecision(state) !== undefined || rectification === 'REPORTED' || rectification === 'CORRECTED') return undefined;
  const why = rectification === 'NO_ORDER' ? ['尚未责令改正', 'no order to correct yet'] : ['责令改正后尚无改正记录', 'no correction recorded after the order'];
  const zh = `${why[0]}，不能认定“按要求改正”`;
  return { factor: id, grade: open.id, refused: ['NORMAL'], zh, told: zh, en: `${why[1]}: “corrected as ordered” cannot be found` };
}

/** Who found the data abnormal and reported nothing knew what he did: proposed, and the officer may show otherwise. */
function knewOf(state: PenaltyCase, { id, grades }: DiscretionFactor, law: Law): ComputedGrade | undefined {
  const [act] = chargedActs(state);
  const intent = id === 'FAULT' && act !== undefined && law.violation(act.violation).knowing ? grades.find((grade) => grade.id === 'INTENT') : undefined;
  if (intent === undefined) return undefined;
  const zh = `该行为以发现异常而不作为为要件，知道而不报告、不检修，属于“${intent.title.zh}”`;
  return { factor: id, grade: intent.id, refused: [], zh, told: zh, en: `the act is to have found it and not to have acted: ${intent.title.en}` };
}

/**
 * Grades of the main violation that the file itself decides; the other factors stay with the officer.
 *
 * @param others other cases of the party; left out where nobody looked them up, and then nothing is said of repetition
 */
export const computedGrades = (state: PenaltyCase, law: Law, table: DiscretionTable | undefined, others?: readonly OtherCase[]): ComputedGrade[] =>
  (table?.factors ?? []).flatMap((factor) => byMeans(state, factor, law) ?? gradeOfAmount(mainFacts(state), factor) ?? byFigure(state, factor, others) ?? knewOf(state, factor, law) ?? notYetCorrected(state, factor) ?? []);

/** What of the chosen grades the facts contradict, in words. */
export function contradictions(state: PenaltyCase, law: Law, grades: Readonly<Record<string, string>>, others?: readonly OtherCase[]): string[] {
  const [act] = chargedActs(state);
  if (act === undefined) return [];
  const table = law.discretionTable(act.violation, state.region, act.actEnd);
  return computedGrades(state, law, table, others)
    .filter(({ factor, refused }) => refused.includes(grades[factor] ?? ''))
    .map(({ factor, zh }) => `与事实一致的“${table?.factors.find((one) => one.id === factor)?.title.zh ?? factor}”（${zh}；事实不是这样的，先更正事实）`);
}
