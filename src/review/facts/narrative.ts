import { formatDay } from '#documents';
import { dayOf, HOUR, instant, startOfDay, toMinuteText, unstopped, type Instant } from '#kernel';
import { filled, VIOLATION_KEYS, type Blanks, type Law, type Means, type Narratives, type ObservationWords, type ViolationKey } from '#law';
import { blanksOfFigures, figuresOf, type Figures } from './figures.ts';
import type { Observation } from './observations.ts';
import type { ObservedFact } from './observed-fact.ts';
import { lastCalibrated } from './calibration-terms.ts';
import { toldInTime, type CountedHours, type PrecheckInput } from './precheck.ts';
import { isWholeRun, runOf, toldOnce } from './told-once.ts';
import { fits, isFactOf, wordsFor } from './words-for.ts';

/** A text in both languages. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}
type Language = keyof Words;

/** Longer runs are told by their peak; their hours stand in the sheet of calculations. */
const MOST_HOURS = 24;
/** More findings than these say the same again. */
const MOST_SENTENCES = 12;

/** `2026年9月25日10时`, with the minutes where there are some; `2026-09-25 10:00` in English. China time. */
export function moment(at: Instant, language: Language): string {
  const local = toMinuteText(at);
  if (language === 'en') return local;
  const minutes = at % HOUR === 0 ? '' : `${Number(local.slice(14, 16))}分`;
  return `${formatDay(dayOf(at))}${Number(local.slice(11, 13))}时${minutes}`;
}

/** Findings that data were not sent in time. */
const IN_TIME = /^A0[13]/;

/** The hours one by one, where all are known and few enough. */
function hourly(figures: Figures | undefined, language: Language): string {
  if (figures?.kind !== 'HOURS_OVER' || figures.each.length < 2 || figures.each.length > MOST_HOURS) return '';
  const values = figures.each.map(({ start, value }) => `${language === 'zh' ? moment(instant(start), 'zh').replace(/^\d+年/, '') : moment(instant(start), 'en').slice(5)} ${value}`);
  return language === 'zh' ? `，逐小时为：${values.join('、')}` : `; hour by hour: ${values.join(', ')}`;
}

/** Hours a finding names are one run; findings near each other make one span. Undefined where it names none. */
function runWords(observed: Observation, language: Language): string | undefined {
  const run = runOf(observed);
  if (run === undefined) return undefined;
  // One hour, as it is rounded, is no hours in a row.
  if (isWholeRun(observed) && Math.abs(run - HOUR) < 0.05 * HOUR) return { zh: '', en: 'for' }[language];
  return isWholeRun(observed) ? { zh: '连续', en: 'for' }[language] : { zh: '其间一段连续', en: 'at one time for' }[language];
}

/** Units of what is a mere number, as registers write them. */
const WITHOUT_UNIT = ['1', '无量纲'];

/** What values were held against, as sentences name it. */
export const heldAgainst = ({ unit, standard, converted }: Pick<Observation, 'unit' | 'standard' | 'converted'>, language: Language): Blanks => ({
  factorUnit: WITHOUT_UNIT.includes(unit) ? '' : unit, standard: standard ?? { zh: '排污许可证', en: 'permit' }[language],
  basis: (converted ? { zh: '折算', en: 'converted' } : { zh: '实测', en: 'measured' })[language],
});

function blanksOf(observed: Observation, figures: Figures | undefined, language: Language): Blanks {
  const { stats, factors, from, to } = observed;
  return {
    ...stats, factor: factors.map((one) => one[language]).join(language === 'zh' ? '、' : ', ') || { zh: '', en: 'the outfall' }[language], ...heldAgainst(observed, language), hourly: '',
    run: runWords(observed, language), from: moment(from, language), to: moment(to, language),
    day: language === 'zh' ? formatDay(dayOf(from)) : dayOf(from), ...(figures === undefined ? {} : blanksOfFigures(figures, language)),
  };
}

/** Something observed as papers tell it: its sentence without an end, in figures what the sentence says in figures, and its hours one by one. */
interface ToldFact {
  readonly observed: Observation;
  /** Absent of what a rule of a department says in its own words. */
  readonly words?: ObservationWords;
  readonly figures?: Figures;
  readonly told: Words;
  readonly hourly: Words;
}

const NONE: Words = { zh: '', en: '' };

/** Within one day by its hours, in Chinese `2026年9月25日3时至4时5分`. */
function dayAndHours({ from, to }: Observation, language: Language): string {
  const [first, last] = [moment(from, language), moment(to, language)];
  if (language === 'en') return `${first}–${endOfDayAt(to) ? '24:00' : last.slice(11)}`;
  return `${first}至${endOfDayAt(to) ? '24时' : last.replace(/^.*日/u, '')}`;
}
const endOfDayAt = (to: Instant): boolean => startOfDay(dayOf(to)) === to;

type Known = Pick<ToldFact, 'observed' | 'figures'>;

/** What is said of each of several days, those of the same figures together. */
function saidOfDays(each: Words, days: readonly Known[], language: Language): string | undefined {
  const together = Map.groupBy(days, ({ observed, figures }) => filled(each[language], { ...blanksOf(observed, figures, language), days: '' }));
  const said = [...together.values()].map(([first, ...others]) => {
    if (first === undefined) return undefined;
    const named = [first, ...others].map(({ observed }) => dayAndHours(observed, language)).join({ zh: '、', en: ', ' }[language]);
    const all = others.length === 0 ? named : { zh: `${named}每日`, en: `each of ${named}` }[language];
    return filled(each[language], { ...blanksOf(first.observed, first.figures, language), days: all });
  });
  return said.includes(undefined) ? undefined : said.join({ zh: '，', en: ', ' }[language]);
}

/** The sentence of something observed, or of several days that it was observed on. */
function tell(words: ObservationWords, [first, ...others]: readonly [Known, ...Known[]], language: Language): string | undefined {
  const blanks = blanksOf(first.observed, first.figures, language);
  if (words.each === undefined) return filled(words[language], blanks);
  const all = others.length === 0 ? '' : { zh: '各日均', en: 'each ' }[language];
  return filled(words[language], { ...blanks, each: saidOfDays(words.each, [first, ...others], language), all });
}

function factOf(narratives: Narratives, observed: Observation): ToldFact | undefined {
  if (observed.rule !== undefined) return { observed, told: { zh: unstopped(observed.rule.zh), en: unstopped(observed.rule.en) }, hourly: NONE };
  const words = wordsFor(narratives, observed);
  if (words === undefined) return undefined;
  const figures = figuresOf(observed);
  const known = { observed, ...(figures === undefined ? {} : { figures }) };
  const [zh, en] = [tell(words, [known], 'zh'), tell(words, [known], 'en')];
  return zh === undefined || en === undefined ? undefined : { ...known, words, told: { zh, en }, hourly: { zh: hourly(figures, 'zh'), en: hourly(figures, 'en') } };
}

/** What was observed that is a fact of this violation, each once. */
function factsOf(narratives: Narratives, observations: readonly Observation[], violation: ViolationKey): ToldFact[] {
  const facts = observations.flatMap((observed) => (isFactOf(narratives, observed, violation) ? (factOf(narratives, observed) ?? []) : []));
  return facts.filter((fact, i) => facts.findIndex(({ told, hourly: hours }) => told.zh === fact.told.zh && hours.zh === fact.hourly.zh) === i).slice(0, MOST_SENTENCES);
}

/** Before what was observed of these hours. */
const hoursSaid = ({ from, to }: Observation, language: Language): string =>
  language === 'zh' ? `${moment(from, 'zh')}至${moment(to, 'zh')}，` : `from ${moment(from, 'en')} to ${moment(to, 'en')} `;

const SAME_HOURS: Words = { zh: '，同期', en: ', and in the same hours ' };

/** What is told together: days of the same words, else what is told of the same factors over the same hours. */
function togetherWith({ observed, words, figures, told }: ToldFact, i: number, language: Language): string {
  if (words?.each !== undefined) return `${words.zh}${filled(words[language], { ...blanksOf(observed, figures, language), each: '', all: '' })}`;
  const hours = hoursSaid(observed, language);
  return told[language].startsWith(hours) ? `${hours}${observed.factors.map(({ zh }) => zh).join()}` : String(i);
}

/** Facts as they stand one after the other; what is told of the same factors over the same hours is one sentence that names the hours once, and so is what was counted day by day. */
function sentences(facts: readonly ToldFact[], language: Language): string[] {
  const apart = Map.groupBy(facts, (fact, i) => togetherWith(fact, i, language));
  return [...apart.values()].map(([first, ...others]) => {
    if (first === undefined) return '';
    if (first.words?.each !== undefined) return tell(first.words, [first, ...others], language) ?? first.told[language];
    return [first, ...others].map(({ observed, told, hourly: hours }, i) => `${i === 0 ? told[language] : told[language].slice(hoursSaid(observed, language).length)}${hours[language]}`).join(SAME_HOURS[language]);
  });
}

function opening(narratives: Narratives, input: PrecheckInput, language: Language): string {
  const known: Blanks = { creditCode: input.party?.creditCode || undefined, permit: input.party?.permit || undefined };
  const identity = narratives.identity.flatMap((words) => filled(words[language], known) ?? []);
  const inBrackets = identity.length === 0 ? '' : language === 'zh' ? `（${identity.join('，')}）` : ` (${identity.join(', ')})`;
  return filled(narratives.opening[language], { unit: input.unitName || input.unit, identity: inBrackets, outfall: input.outfallName }) ?? '';
}

/** Hours of the facts that are told: those of the violation, or of all that was observed where several count differently. */
function hoursOf({ hours, hoursBy = {} }: PrecheckInput, violations: readonly ViolationKey[]): PrecheckInput['hours'] {
  const [first = hours, ...others] = violations.map((violation) => hoursBy[violation] ?? hours);
  return others.every((other) => JSON.stringify(other) === JSON.stringify(first)) ? first : hours;
}

/** When the factors of the facts were last calibrated, the longest ago of them; null where of one nothing is recorded. */
function calibratedAt(narratives: Narratives, { observations = [], calibrations = [] }: PrecheckInput, violations: readonly ViolationKey[]): Instant | null {
  const codes = observations.filter((observed) => violations.some((key) => isFactOf(narratives, observed, key))).flatMap(({ codes: own = [] }) => own);
  const own = calibrations.filter(({ factor, last }) => (codes.length === 0 ? last !== null : codes.includes(factor)));
  return own.some(({ last }) => last === null) ? null : lastCalibrated(own);
}

/** Of data that were missing: how many hours came in time, and how many afterwards until when. Of other facts only whether they are known counts. */
function toldAfterwards({ expected, present, afterwards }: CountedHours, { observations = [] }: PrecheckInput, narratives: Narratives, violations: readonly ViolationKey[], language: Language): Blanks {
  const missing = observations.some((observed) => IN_TIME.test(observed.model) && violations.some((key) => isFactOf(narratives, observed, key)));
  if (!missing || afterwards === undefined) return { afterwards: 'none' };
  const timely = present - afterwards.hours;
  return { afterwards: 'some', timelyHours: timely, missedHours: expected - timely, afterwardsHours: afterwards.hours, afterwardsUntil: moment(afterwards.until, language), openHours: expected - present };
}

function validity(narratives: Narratives, input: PrecheckInput, violations: readonly ViolationKey[], language: Language): string {
  const { marks, reports } = input;
  const warned = toldInTime(input);
  const hours = hoursOf(input, violations);
  const at = calibratedAt(narratives, input, violations);
  const calibrated = at === null ? undefined : language === 'zh' ? formatDay(dayOf(at)) : dayOf(at);
  const blanks: Blanks = {
    ...(hours === null || hours.expected === 0 ? {} : { expectedHours: hours.expected, presentHours: hours.present, validHours: hours.valid, received: hours.present === 0 ? 'none' : hours.valid === 0 ? 'invalid' : 'some', ...toldAfterwards(hours, input, narratives, violations, language) }),
    ...(warned ? { warnedAt: moment(warned.at, language), warnedNo: warned.number } : {}), warned: warned === undefined ? undefined : warned === null ? 'none' : 'some',
    reports: reports === undefined ? undefined : reports > 0 ? 'some' : 'none',
    marks: marks === null ? undefined : marks.some((mark) => mark.inTime) ? 'some' : 'none', calibratedAt: calibrated,
  };
  const told = narratives.validity.filter((words) => fits(words, blanks) && (words.of?.some((key) => violations.includes(key)) ?? true));
  return told.flatMap((words) => filled(words[language], blanks) ?? []).join('');
}

/**
 * The facts of these violations as a paper tells them: who and where, what was measured and recorded from when to when, why the data count,
 * and how the matter was found. Pure: what the pre-check gathered is all it reads.
 *
 * @returns null where nothing observed is a fact of one of the violations, or nothing observed stands: then a person writes them; undefined where no
 *   finding stands behind the clue (a patrol, a rule of a department)
 */
export function narrate(law: Law, input: PrecheckInput, violations: readonly ViolationKey[]): Words | null | undefined {
  const observations = input.observations ?? [];
  if (violations.length === 0) return undefined;
  if (observations.length === 0) return input.fallen === true ? null : undefined;
  const narratives = law.narratives();
  const once = toldOnce(narratives, observations);
  const parts = violations.map((violation) => factsOf(narratives, once, violation));
  if (parts.some((part) => part.length === 0)) return null;
  const facts = (language: Language) => parts.map((part) => sentences(part, language).join({ zh: '；', en: '; ' }[language])).filter((text, i, all) => all.indexOf(text) === i);
  const write = (language: Language, stop: string) =>
    [...facts(language).map((text) => `${opening(narratives, input, language)}${text}${stop}`), validity(narratives, input, violations, language).trim(), narratives.lead[language].trim()].filter((text) => text !== '').join('\n');
  return { zh: write('zh', '。'), en: write('en', '.') };
}

/**
 * The same facts as data: what a case keeps of them, so that nobody reads their sentences again. Pure.
 *
 * @param reviewId the review they were found in
 */
export function observedFacts(law: Law, input: PrecheckInput, violations: readonly string[], reviewId: string): ObservedFact[] {
  const narratives = law.narratives();
  const charged = violations.flatMap((violation) => VIOLATION_KEYS.find((key) => key === violation) ?? []);
  const once = toldOnce(narratives, input.observations ?? []);
  const told = charged.flatMap((violation) => factsOf(narratives, once, violation));
  const facts = told.filter(({ observed }, i) => told.findIndex((one) => one.observed === observed) === i);
  return facts.map(({ observed, figures, told: words }, i): ObservedFact => ({
    factId: `${reviewId}:${i + 1}`, reviewId, ...(input.outfall === null ? {} : { outfall: input.outfall }), told: words, from: observed.from, to: observed.to, ...(figures === undefined ? {} : { figures }),
    supports: observed.rule === undefined ? [...(wordsFor(narratives, observed)?.supports ?? [])] : charged,
    factors: observed.factors.map(({ zh, en }, k) => ({ code: observed.codes?.[k] ?? zh, zh, en })), knownAt: input.health?.takenAt ?? null,
    calibrations: (input.calibrations ?? []).filter(({ factor }) => observed.codes?.includes(factor) === true)
      .map(({ factor, zh, en, last, everyHours, source }) => ({ factor, zh, en, last, everyHours, source })),
  }));
}

/** Means of the act that what was observed itself shows, as facts of these violations: a false mark, a parameter, a stop. Each once. */
export function actsByRecord(law: Law, { observations = [] }: PrecheckInput, violations: readonly string[]): readonly Means[] {
  const narratives = law.narratives();
  const words = observations.flatMap((observed) => (observed.rule === undefined ? (wordsFor(narratives, observed) ?? []) : []));
  return [...new Set(words.filter(({ supports }) => supports.some((key) => violations.includes(key))).flatMap(({ shows }) => shows))];
}
