import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAY, HOUR } from '#kernel';

/** Within the shortest term of any check that these devices need. */
const EVERY = 5 * DAY;

/** Adds to the register files of a province that every device was calibrated, all its factors, before `from` and every few days until `to` (epoch ms): what a review asks a record of. */
export function recordCalibrations(province: string, from: number, to = from): void {
  const outfalls = readFileSync(join(province, 'outfalls.csv'), 'utf8').split('\n').slice(1).flatMap((line) => line.split(',')[0]?.trim() || []);
  const times = Array.from({ length: Math.floor((to - from) / EVERY) + 1 }, (_, i) => from + i * EVERY);
  appendFileSync(join(province, 'calibrations.csv'), outfalls.flatMap((outfall) => times.map((at) => `${outfall},${at - HOUR},${at - HOUR / 2},standard check calibration,\n`)).join(''));
}
