import { chanceOf } from './habits.ts';
import { DIRECTOR, personOf, type UnitPerson } from './persons.ts';
import type { CasePage } from './shapes.ts';

type State = Pick<CasePage['state'], 'caseId' | 'unitId' | 'actStart' | 'facts'>;

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

/** The opening of the station's door the facts tell of, epoch ms. */
function doorOpened(facts: string): number | undefined {
  const [, year, month, day, hour, minute = '0'] = /(\d{4})年(\d+)月(\d+)日(\d+)时(?:(\d+)分)?监测站房开门后/u.exec(facts) ?? [];
  return year === undefined ? undefined : Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)) - 480 * MINUTE;
}

/** When it was done: after the door was opened, or shortly before the data show it; the same moment in every record of the case. */
export function alteredAt({ caseId, actStart, facts }: Omit<State, 'unitId'>): string {
  const drawn = chanceOf(caseId, 'altered-at');
  const opened = doorOpened(facts);
  return clockTime(opened === undefined ? actStart - (6 + (drawn % 50)) * MINUTE : opened + (2 + (drawn % 8)) * MINUTE);
}

/** The parameter with its filed and its found value, and when it was changed: as the facts tell, else invented for the case and the same in every record of it. */
export function alterationOf(state: Omit<State, 'unitId'>, { name, filed, least, most, digits, unit }: Altered): string {
  const drawn = (least + ((most - least) * chanceOf(state.caseId, 'altered')) / 100).toFixed(digits);
  const [, told = name, found = `${drawn}${unit}`, before = `${filed}${unit}`] = /参数 (\S+) 为 ([^，]+)，备案值为 ([^，]+)，/u.exec(state.facts) ?? [];
  return `参数“${told}”备案值为 ${before}，检查时为 ${found}，修改时间为${alteredAt(state)}`;
}

/** The parameter as the record of the place names it; undefined where it names none. */
export const alterationIn = (found: unknown): string | undefined =>
  (typeof found === 'string' ? /参数“[^”]+”备案值为 [^，]+，检查时为 [^，]+/u.exec(found)?.[0] : undefined);

/** Who had it done, and whose hand did it. */
export const whoDid = ({ unitId }: Pick<State, 'unitId'>): { readonly director: UnitPerson; readonly hand: UnitPerson } =>
  ({ director: personOf(unitId, DIRECTOR), hand: personOf(unitId, '自动监测设备运维员') });

/** When the alarm of the station was seen: soon after the data became abnormal. */
export const alarmSeen = ({ caseId, actStart }: Pick<State, 'caseId' | 'actStart'>): string =>
  clockTime(actStart + (12 + (chanceOf(caseId, 'alarm') % 45)) * MINUTE);
