import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOUR } from '#kernel';

/** Adds to the register files of a province that every device was calibrated, all its factors, before it began to send (epoch ms): what a review asks a record of. */
export function recordCalibrations(province: string, before: number): void {
  const outfalls = readFileSync(join(province, 'outfalls.csv'), 'utf8').split('\n').slice(1).flatMap((line) => line.split(',')[0]?.trim() || []);
  appendFileSync(join(province, 'calibrations.csv'), outfalls.map((outfall) => `${outfall},${before - HOUR},${before - HOUR / 2},standard check calibration,\n`).join(''));
}
