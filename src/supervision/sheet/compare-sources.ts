import { HOUR, type Instant } from '#kernel';
import type { Bilingual } from '#law';
import type { HeldRecords, Power } from '../ports.ts';
import type { Sheet } from '../store/sheets.ts';
import { COMPARED, type Compared, type Comparison, type RecheckOutcome } from './decide-recheck.ts';
import type { Cause } from './decide-sheet.ts';
import { speaksOfExceedance } from '../notice/decide-notice.ts';

/** What a source shows beside the unit's answer, and what lies in it. */
export interface Shown {
  readonly result: Comparison;
  readonly zh: string;
  readonly en: string;
}
export type Comparisons = Readonly<Record<Compared, Shown>>;

type MarkClass = HeldRecords['marks'][number]['class'];

/** What would lie in the records if a cause were true: how its hours are marked, whether the device was worked on, how the plant ran. */
const TRACES: Readonly<Record<Cause, { readonly marked: readonly MarkClass[]; readonly work: boolean; readonly plant?: (held: HeldRecords) => boolean | undefined }>> = {
  'process': { marked: ['CONDITION'], work: false, plant: ({ production }) => production && production.swing >= 0.2 },
  'treatment-fault': { marked: ['CONDITION'], work: false, plant: ({ production, treatment }) => (treatment && treatment.off > 0 && (production === undefined || production.off < production.hours) ? true : undefined) },
  'start-stop': { marked: ['CONDITION', 'STOP'], work: false, plant: ({ production }) => production && production.off > 0 },
  // That the plant ran bears out no particular cause of an exceedance; that it stood all the time contradicts every one.
  'exceedance': { marked: [], work: false, plant: ({ production }) => (production !== undefined && production.off >= production.hours ? false : undefined) },
  'device-fault': { marked: ['MONITORING'], work: true },
  'maintenance': { marked: ['MONITORING'], work: true },
  'transport': { marked: ['MONITORING'], work: true },
  'other': { marked: [], work: false },
};

const nothing = (zh: string, en: string): Shown => ({ result: 'NOTHING', zh, en });

/** Hours to one decimal. */
const hours = (n: number): number => Math.round(n * 10) / 10;
/** Records of one kind are told once, with what they add up to. */
const byKind = <T extends Bilingual>(records: readonly T[]): readonly (readonly [T, ...T[]])[] =>
  [...Map.groupBy(records, ({ zh }) => zh).values()].map((of) => of as [T, ...T[]]);
const sum = <T>(of: readonly T[], value: (one: T) => number): number => of.reduce((all, one) => all + value(one), 0);

/** A stop is untrue where by its power the plant ran in most of the hours it marks. */
const isUntrue = ({ class: kind, hours, ran = 0 }: HeldRecords['marks'][number]): boolean => kind === 'STOP' && ran * 2 > hours;

function marksShow({ marks }: HeldRecords, cause: Cause | undefined): Shown {
  const timely = marks.filter(({ hoursInTime }) => hoursInTime > 0);
  const untrue = timely.filter(isUntrue);
  const late = marks.length - timely.length;
  const lateZh = late === 0 ? '' : `逾期标记 ${late} 个，视为数据有效`;
  const lateEn = late === 0 ? '' : `${late} late marks, the data stand as valid`;
  if (timely.length === 0) return late === 0 ? nothing('时段内没有标记，视为数据有效', 'no marks: the data stand as valid') : nothing(lateZh, lateEn);
  const told = byKind(timely).map((of) => ({ kind: of[0], n: of.length, inTime: hours(sum(of, ({ hoursInTime }) => hoursInTime)) }));
  const [marked, ran] = [hours(sum(untrue, (one) => one.hours)), hours(sum(untrue, (one) => one.ran ?? 0))];
  const [untrueZh, untrueEn] = untrue.length === 0 ? ['', ''] : [
    `；其中停运标记 ${untrue.length} 个共 ${marked} 小时，同时段用电显示生产设施运行 ${ran} 小时，标记与用电不符`,
    `; ${untrue.length} marks of a stop cover ${marked} h in which by its power the plant ran for ${ran} h: they do not fit the power`,
  ];
  const zh = `按期标记 ${told.map(({ kind, n, inTime }) => `${kind.zh}${n === 1 ? '' : ` ${n} 个共`} ${inTime} 小时`).join('、')}${late === 0 ? '' : `；${lateZh}`}${untrueZh}`;
  const en = `marked in time: ${told.map(({ kind, n, inTime }) => `${kind.en}${n === 1 ? '' : ` ${n} times,`} ${inTime} h`).join(', ')}${late === 0 ? '' : `; ${lateEn}`}${untrueEn}`;
  if (cause !== undefined && untrue.length > 0) return { result: 'CONTRADICTS', zh, en };
  const { marked: kinds = [] } = cause === undefined ? {} : TRACES[cause];
  return { result: kinds.length === 0 ? 'SILENT' : timely.some((one) => kinds.includes(one.class)) ? 'AGREES' : 'CONTRADICTS', zh, en };
}

function workShows({ works }: HeldRecords, cause: Cause | undefined): Shown {
  if (works.length === 0) return nothing('时段内没有设备运维、校准记录', 'no work on the device in the ledger');
  const result = cause !== undefined && TRACES[cause].work ? 'AGREES' : 'SILENT';
  const told = byKind(works).map((of) => ({ ...of[0], n: of.length }));
  return { result, zh: `台账有${told.map(({ zh, n }) => `${zh} ${n} 次`).join('、')}的记录`, en: `in the ledger: ${told.map(({ en, n }) => `${en} (${n})`).join(', ')}` };
}

const ROLES = { production: { zh: '生产设施', en: 'production' }, treatment: { zh: '治理设施', en: 'treatment' } } as const;
const ranZh = ({ hours: of, off }: Power): string => (off === 0 ? '全程运行' : off >= of ? '全程停运' : `停运 ${hours(off)} 小时`);
const ranEn = ({ hours: of, off }: Power): string => (off === 0 ? 'ran throughout' : off >= of ? 'stood throughout' : `stood for ${hours(off)} h`);

/** Findings about the load (D, E) were made knowing how it moved: that it moved bears nothing out any more. */
const knewTheLoad = (rule: string): boolean => /(^| )[DE]\d/.test(rule);

function plantShows(held: HeldRecords, cause: Cause | undefined, rule: string): Shown {
  const known = (['production', 'treatment'] as const).flatMap((role) => (held[role] === undefined ? [] : [{ ...ROLES[role], power: held[role] }]));
  if (known.length === 0) return nothing('没有用电记录', 'no power readings');
  const seen = cause === undefined ? undefined : TRACES[cause].plant?.(held);
  const fits = seen === true && cause === 'process' && knewTheLoad(rule) ? undefined : seen;
  const swing = held.production === undefined ? '' : `，负荷变化 ${Math.round(held.production.swing * 100)} %`;
  const swingEn = held.production === undefined ? '' : `, load changed by ${Math.round(held.production.swing * 100)} %`;
  return {
    result: fits === undefined ? 'SILENT' : fits ? 'AGREES' : 'CONTRADICTS',
    zh: `用电显示${known.map(({ zh, power }) => `${zh}${ranZh(power)}`).join('、')}${swing}`, en: `by power, ${known.map(({ en, power }) => `${en} ${ranEn(power)}`).join(', ')}${swingEn}`,
  };
}

/** Marks, ledger and power of a stretch held against the cause the unit named; without an answer they only tell what there is. Pure. */
export const compareSources = (held: HeldRecords, cause: Cause | undefined, rule: string): Comparisons =>
  ({ marks: marksShow(held, cause), maintenance: workShows(held, cause), condition: plantShows(held, cause, rule) });

/** The finding that follows from answer and comparison, with its reason. */
export interface Suggested {
  readonly outcome: RecheckOutcome;
  readonly falseAnswer: boolean;
  readonly zh: string;
  readonly en: string;
}

/** A cause by which the unit says that what was found is so. */
const ADMITS: readonly Cause[] = ['exceedance', 'treatment-fault'];

/**
 * What follows: an admitted finding is true; an exceedance is excused by timely marks alone (二（一）: 逾期未标记视为数据有效); an
 * anomaly by any record that bears the answer out; what nothing bears out is asked for once, then taken as found. Pure.
 *
 * @param open findings open on the sheet, the one that goes onward last
 */
export function suggestOutcome(sheet: Pick<Sheet, 'rule' | 'tier' | 'round'>, cause: Cause | undefined, shown: Comparisons, open: readonly RecheckOutcome[]): Suggested {
  const onward = open.at(-1) ?? 'establish';
  const say = (outcome: RecheckOutcome, zh: string, en: string, falseAnswer = false): Suggested => ({ outcome, falseAnswer, zh, en });
  if (cause === undefined) return say(onward, '逾期未反馈，按所持数据认定属实', 'not answered: taken as the data show it');
  const with_ = (result: Comparison) => (Object.keys(COMPARED) as Compared[]).filter((key) => shown[key].result === result);
  const [agree, contradict] = [with_('AGREES'), with_('CONTRADICTS')];
  const named = (keys: readonly Compared[], language: 'zh' | 'en') => keys.map((key) => COMPARED[key][language]).join(language === 'zh' ? '、' : ', ');
  const exceeded = speaksOfExceedance(sheet.rule);
  const minor = sheet.tier === 'REMIND' && open.includes('accept');
  if (contradict.length > 0) return say(onward, `${named(contradict, 'zh')}与反馈不一致，反馈不能排除异常`, `${named(contradict, 'en')} contradict the answer`, agree.length === 0 && !ADMITS.includes(cause));
  if (ADMITS.includes(cause)) return minor ? say('accept', '反馈承认并已处置，属提醒级别', 'admitted and mended, a reminder') : say(onward, '反馈确认属实', 'the answer confirms the finding');
  if (exceeded && shown.marks.result !== 'AGREES') return minor ? say('accept', '属提醒级别，已处置', 'a reminder, mended') : say(onward, '没有按期标记，数据有效，超标属实', 'not marked in time: the data are valid and the exceedance is true');
  if (agree.length > 0) return say('explain', `${named(agree, 'zh')}印证反馈，予以排除`, `${named(agree, 'en')} bear the answer out`);
  if (minor) return say('accept', '属提醒级别，反馈留存备查，继续观察', 'a reminder: the answer is kept, the outfall watched');
  if (sheet.round === 1 && open.includes('send-back')) return say('send-back', '没有记录印证反馈，请补充起止时间、处理过程和佐证材料', 'nothing bears the answer out: state times and hand in proof');
  return say(onward, '补充反馈仍无记录印证，按所持数据认定属实', 'still nothing bears it out: taken as the data show it');
}

const MOST = 31 * 24 * HOUR;
/** The stretch whose records are compared: the sheet's, up to now where it lasts, at most a month. */
export function stretchOf({ periodFrom, periodTo }: Pick<Sheet, 'periodFrom' | 'periodTo'>, now: Instant): { readonly from: number; readonly to: number } {
  const to = Math.max(periodFrom + HOUR, periodTo ?? now);
  return { from: Math.max(periodFrom, to - MOST), to };
}
