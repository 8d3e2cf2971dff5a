/** Device flags normalised by edition, because one letter means different things in HJ/T 212-2005, HJ 212-2017 and -2025; index in `Uint8Array` columns. Append only. */
export const FLAGS = [
  'NONE', 'NORMAL', 'SOURCE_STOPPED', 'DEVICE_STOPPED', 'MAINTENANCE', 'MANUAL_SET', 'FAULT', 'CALIBRATION',
  'OVER_RANGE', 'COMM_ABNORMAL', 'POWER_FAULT', 'UNKNOWN', 'BANKED', 'STARTING', 'STOPPING', 'NO_DATA',
] as const;
export type Flag = (typeof FLAGS)[number];
/** Place of a flag in `FLAGS`, as columns store it. */
export const flagIndex = Object.fromEntries(FLAGS.map((flag, i) => [flag, i])) as Readonly<Record<Flag, number>>;

/** Edition of HJ 212 a device speaks. */
export type Edition = '2005' | '2017' | '2025';

/**
 * How one logger uses letters that mean different things in different standards. `F`: source or instrument stopped;
 * `B`: no communication (HJ 212-2017 表8) or furnace banked (HJ 75/76-2017).
 */
export interface FlagProfile {
  readonly edition: Edition;
  readonly f?: 'source' | 'instrument';
  readonly b?: 'communication' | 'banked';
}

const COMMON: Readonly<Record<string, Flag>> = {
  N: 'NORMAL', M: 'MAINTENANCE', S: 'MANUAL_SET', D: 'FAULT', C: 'CALIBRATION', T: 'OVER_RANGE',
};
const CONDITION: Readonly<Record<string, Flag>> = { St: 'STARTING', Sd: 'STOPPING', Md: 'NO_DATA' };

/**
 * One letter as sent → what it says, by edition and site profile. HJ/T 212-2005 表: F = source stopped, P = power;
 * HJ 212-2017 表8: F = instrument out of service, B = instrument–logger communication. The list of 2025 was not
 * available to us: F is read as in 2005, anything unlisted is UNKNOWN, never NORMAL.
 */
export function normaliseFlag(letter: string | undefined, profile: FlagProfile): Flag {
  if (letter === undefined || letter === '') return 'NONE';
  const common = COMMON[letter];
  if (common !== undefined) return common;
  if (letter === 'F') {
    const use = profile.f ?? (profile.edition === '2017' ? 'instrument' : 'source');
    return use === 'source' ? 'SOURCE_STOPPED' : 'DEVICE_STOPPED';
  }
  if (letter === 'B' && profile.edition !== '2005') return profile.b === 'banked' ? 'BANKED' : 'COMM_ABNORMAL';
  if (letter === 'P' && profile.edition === '2005') return 'POWER_FAULT';
  return CONDITION[letter] ?? 'UNKNOWN';
}

const VALID: ReadonlySet<Flag> = new Set(['NORMAL', 'BANKED', 'STARTING', 'STOPPING']);

/**
 * By index in `FLAGS`: whether a value under the flag counts as valid. Normal (HJ 75-2017, HJ 356-2019), and with its condition a furnace that
 * starts, stops or is banked (HJ 75/76-2017): its hours are exempt only through a mark of plant condition, never by the flag alone.
 */
export const VALID_FLAG: readonly boolean[] = FLAGS.map((flag) => VALID.has(flag));
