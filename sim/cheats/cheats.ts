import type { KindTable } from '../event.ts';
import { DOOR_CHEATS } from './doors.ts';
import { DRAIN_CHEATS } from './drains.ts';
import { FURNACE_CHEATS } from './furnace.ts';
import { LIMIT_CHEATS } from './limits.ts';
import { MARK_CHEATS } from './marks.ts';
import { MESSAGE_CHEATS } from './messages.ts';
import { SAMPLING_CHEATS } from './sampling.ts';
import { TREATMENT_CHEATS } from './treatment.ts';
import { VALUE_CHEATS } from './values.ts';

/**
 * Every way to cheat, one family a file. To add one, write a `Kind` into a family's table (or a new table and a line
 * here): planning, labels and scoring take it from this record.
 */
export const CHEATS: KindTable = {
  ...VALUE_CHEATS,
  ...SAMPLING_CHEATS,
  ...TREATMENT_CHEATS,
  ...MARK_CHEATS,
  ...MESSAGE_CHEATS,
  ...LIMIT_CHEATS,
  ...DOOR_CHEATS,
  ...FURNACE_CHEATS,
  ...DRAIN_CHEATS,
};
