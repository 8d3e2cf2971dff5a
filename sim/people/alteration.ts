import { chanceOf } from './habits.ts';
import { DIRECTOR, personOf, type UnitPerson } from './persons.ts';
import type { CasePage } from './shapes.ts';

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
export function alteredAt({ caseId, actStart, observed = [] }: Deed): string {
  const drawn = chanceOf(caseId, 'altered-at');
  const opened = observed.find(({ figures }) => figures?.kind === 'DOOR_OPENED')?.from;
  return clockTime(opened === undefined ? actStart - (6 + (drawn % 50)) * MINUTE : opened + (2 + (drawn % 8)) * MINUTE);
}

/** The parameter with its filed and its found value, and when it was changed: as observed, else invented for the case and the same in every record of it. */
export function alterationOf(state: Deed, { name, filed, least, most, digits, unit }: Altered): string {
  // What the values fell by after the door was opened is what the coefficient was lowered by.
  const fell = state.observed?.flatMap(({ figures }) => (figures?.kind === 'DOOR_OPENED' && Number(figures.change) < 0 ? [Number(figures.change)] : []))[0];
  const drawn = (fell === undefined || Number(filed) === 0 ? least + ((most - least) * chanceOf(state.caseId, 'altered')) / 100 : Number(filed) * (1 + fell)).toFixed(digits);
  const known = state.observed?.flatMap(({ figures }) => (figures?.kind === 'PARAMETER' ? [figures] : []))[0] ?? { name, found: `${drawn}${unit}`, filed: `${filed}${unit}` };
  return `参数“${known.name}”备案值为 ${known.filed}，检查时为 ${known.found}，修改时间为${alteredAt(state)}`;
}

/** The parameter as the record of the place names it; undefined where it names none. */
export const alterationIn = (found: unknown): string | undefined =>
  (typeof found === 'string' ? /参数“[^”]+”备案值为 [^，]+，检查时为 [^，]+/u.exec(found)?.[0] : undefined);

/** When it was done, as the record of the place has it from the device's log; undefined where it says nothing of it. */
export const alteredAtIn = (found: unknown): string | undefined => (typeof found === 'string' ? /(?:修改|启用)时间为(\d+年[^；。，]+分)/u.exec(found)?.[1] : undefined);

/** Who had it done, and whose hand did it. */
export const whoDid = ({ unitId, region }: Pick<State, 'unitId' | 'region'>): { readonly director: UnitPerson; readonly hand: UnitPerson } =>
  ({ director: personOf(unitId, DIRECTOR, region), hand: personOf(unitId, '自动监测设备运维员', region) });

/** When the alarm of the station was seen: soon after the data became abnormal. */
export const alarmSeen = ({ caseId, actStart }: Pick<State, 'caseId' | 'actStart'>): string =>
  clockTime(actStart + (12 + (chanceOf(caseId, 'alarm') % 45)) * MINUTE);
