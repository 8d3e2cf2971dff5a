import type { Edition } from './edition.ts';

/** Wrong checksums that working devices send. Each is allowed per device only, never for all. */
export type CrcVariant = 'modbus' | 'modbus-swapped' | 'short' | 'none' | { readonly constant: string };

/**
 * How one device is to be read. Everything is off by default: a frame that breaks the standard is refused unless an
 * official has noted that this device is known to break it in this way.
 */
export interface DeviceProfile {
  /** Overrides the version bits of `Flag`, which surface-water stations set to 8 years before HJ 212-2025. */
  readonly edition?: Edition;
  readonly crc?: readonly CrcVariant[];
  /** Accept a frame whose length field is wrong when its CRC holds. */
  readonly tolerateLength?: boolean;
  /** Refuse every departure from the standard, also those that leave the meaning clear. */
  readonly strict?: boolean;
  /** Unit the device really sends, by factor code, e.g. `{ w00000: 'm3/h' }`. */
  readonly units?: Readonly<Record<string, string>>;
  /** SM4 key, 16 bytes (HJ 212-2025); with it the data area is taken as encrypted. */
  readonly key?: Uint8Array;
  /** HJ 212-2005 does not say whether DataTime is the start or the end of the period. */
  readonly dataTimeMarks?: 'start' | 'end';
}

/** A device that keeps to the standard. */
export const DEFAULT_PROFILE: DeviceProfile = {};
