import { transact, type Database } from '#platform/db';
import { digestOfText, type Seal } from './act-leaf.ts';
import { takeUnsealed, type Reading } from './store/readings.ts';

const BATCH = 500;

/** What a leaf holds of a row: a reading that was changed or made up later does not match. */
export const digestOfReading = ({ at, subject, path, source }: Reading): string => digestOfText(JSON.stringify([at, subject, path, source]));

/** Puts the readings of evidence since the last turn into the evidence log, each as a leaf (sec:X18); returns how many. */
export async function sealReadings(deps: { readonly db: Database; readonly seal: Seal }): Promise<number> {
  return transact(deps.db, async (tx) => {
    const readings = await takeUnsealed(tx, BATCH);
    for (const reading of readings) {
      await deps.seal(tx, { t: 'access', ref: reading.readingId, kind: reading.kind, by: reading.accountId, row: digestOfReading(reading) });
    }
    return readings.length;
  });
}
