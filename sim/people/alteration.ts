import { chanceOf } from './habits.ts';
import { DIRECTOR, personOf, type UnitPerson } from './persons.ts';
import type { CasePage, MeansOfAct } from './shapes.ts';

type State = Pick<CasePage['state'], 'caseId' | 'unitId' | 'region' | 'actStart' | 'observed'>;
/** What tells when and how it was done, whoever did it. */
type Deed = Omit<State, 'unitId' | 'region'>;

/** A parameter of a device that was changed: its name, the value that was filed, and between which values the changed one lies. */
export interface Altered {
  readonly name: string;
  readonly filed: string;
  readonly least: number;
  readonly most: number;
  readonly digits: number;
  readonly unit: string;
}

const MINUTE = 60_000;
/** Minutes past the hour, China time, as a record writes them. */
export const clockTime = (at: number): string => {
  const [, year, month, day, hour, minute] = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+)/.exec(new Date(at + 480 * MINUTE).toISOString()) ?? [];
  return `${year}年${Number(month)}月${Number(day)}日${Number(hour)}时${Number(minute)}分`;
};

/** When it was done: after the door of the station was opened, or shortly before the data show it; the same moment in every record of the case. */
export function alteredMoment({ caseId, actStart, observed = [] }: Deed): number {
  const drawn = chanceOf(caseId, 'altered-at');
  const opened = observed.find(({ figures }) => figures?.kind === 'DOOR_OPENED')?.from;
  return Math.floor((opened === undefined ? actStart - (6 + (drawn % 50)) * MINUTE : opened + (2 + (drawn % 8)) * MINUTE) / MINUTE) * MINUTE;
}
export const alteredAt = (state: Deed): string => clockTime(alteredMoment(state));

/** By how much of what is usual the values moved, as the facts have it: after the door was opened, or against what the point measures at other times. */
const movedBy = ({ observed = [] }: Pick<State, 'observed'>): number | undefined =>
  observed.flatMap(({ figures }) => (figures?.kind === 'DOOR_OPENED' && figures.change !== undefined ? [Number(figures.change)] : figures?.kind === 'LEVEL_SHIFTED' ? [Number(figures.level) - 1] : []))
    .find((change) => change < 0);

/** The parameter with its filed and its found value, and when it was changed: as observed, else invented for the case and the same in every record of it. */
export function alterationOf(state: Deed, { name, filed, least, most, digits, unit }: Altered): string {
  // What the values fell by is what the coefficient was lowered by.
  const fell = movedBy(state);
  const drawn = (fell === undefined || Number(filed) === 0 ? least + ((most - least) * chanceOf(state.caseId, 'altered')) / 100 : Number(filed) * (1 + fell)).toFixed(digits);
  const known = state.observed?.flatMap(({ figures }) => (figures?.kind === 'PARAMETER' ? [figures] : []))[0] ?? { name, found: `${drawn}${unit}`, filed: `${filed}${unit}` };
  return `参数“${known.name}”备案值为 ${known.filed}，检查时为 ${known.found}，修改时间为${alteredAt(state)}`;
}

/** The parameter as the record of the place names it; undefined where it names none. */
export const alterationIn = (found: unknown): string | undefined =>
  (typeof found === 'string' ? /参数“[^”]+”备案值为 [^，]+，检查时为 [^，]+/u.exec(found)?.[0] : undefined);

/** The moment that a record writes in words (`clockTime`). */
function momentIn(words: string | undefined): number | undefined {
  const [year, month, day, hour, minute] = (words?.match(/\d+/gu) ?? []).map(Number);
  return year === undefined || month === undefined || minute === undefined ? undefined : Date.UTC(year, month - 1, day, hour, minute) - 480 * MINUTE;
}

/** When it was done, as the record of the place has it from the device's log; undefined where it says nothing of it. */
export const alteredAtIn = (found: unknown): string | undefined => (typeof found === 'string' ? /(?:修改|启用)时间为(\d+年[^；。，]+分)/u.exec(found)?.[1] : undefined);

/** By which means the act was done, as an item of the file shows it. */
export const meansOf = ({ evidence = [] }: { readonly evidence?: CasePage['state']['evidence'] }): MeansOfAct | undefined => evidence.flatMap(({ shows = [] }) => shows)[0];

const KEEPER = { post: '自动监测设备运维员', place: '站房' };
const OPERATOR = '治理设施操作工';
/** Whose hand does what by the act, and where he does it. */
const HANDS: Readonly<Record<MeansOfAct, { readonly post: string; readonly place: string }>> = {
  PARAM_CHANGED: KEEPER, RECORD_FORGED: KEEPER, DEVICE_MOVED: KEEPER, SAMPLING_INTERFERED: { post: KEEPER.post, place: '采样点' }, MARK_FALSE: { post: '环保专员', place: '企业端标记页面' },
  TREATMENT_STOPPED: { post: OPERATOR, place: '中控室' }, HIDDEN_OUTLET: { post: OPERATOR, place: '旁路阀门处' },
};

/** Who had it done, whose hand did it, and where. */
export function whoDid(state: Pick<State, 'unitId' | 'region'> & { readonly evidence?: CasePage['state']['evidence'] }): { readonly director: UnitPerson; readonly hand: UnitPerson; readonly place: string } {
  const { post, place } = HANDS[meansOf(state) ?? 'PARAM_CHANGED'];
  return { director: personOf(state.unitId, DIRECTOR, state.region), hand: personOf(state.unitId, post, state.region), place };
}

/** When the alarm of the station was seen: soon after the data became abnormal. */
export const alarmSeen = ({ caseId, actStart }: Pick<State, 'caseId' | 'actStart'>): string =>
  clockTime(actStart + (12 + (chanceOf(caseId, 'alarm') % 45)) * MINUTE);

const HOUR = 60 * MINUTE;

/** The log that officers extract: from an hour before the act was done, so that it holds the moment itself, until the act ends. */
export function logOf(state: Pick<CasePage['state'], 'caseId' | 'actStart' | 'actEnd' | 'observed' | 'latest'>): { readonly at: number; readonly from: number; readonly to: number } {
  const at = momentIn(alteredAtIn(state.latest['RECORD_SITE_INSPECTION']?.command['found'])) ?? alteredMoment(state);
  return { at, from: Math.floor((Math.min(at, state.actStart) - HOUR) / HOUR) * HOUR, to: Math.max(state.actEnd, at + HOUR) };
}
