import type { Clock, MeterId, OutfallId } from '#kernel';
import { appendLeaves, digestOf, type LeafInput } from '#evidence';
import type { Database, Tx } from '#platform/db';
import type { DoorRow, PowerRow, RegisterData, VideoRow } from '#register';
import { addSideRecords, readSideRecords, type SideRecord } from './store/side-records.ts';
import { addVideoEvents, readVideoEvents, type ToldVideoEvent } from './store/video-events.ts';

/** What the register files say of doors, meters and cameras (`doors.csv`, `power.csv`, `video.csv`), checked. */
export type SideFacts = Pick<RegisterData, 'doors' | 'power' | 'videos'>;

/** What became of the rows of one file; a changed one stands as a revision beside what was told before. */
export interface SideCount {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

const CHUNK = 5_000;
const ALL_TIME = { from: 0, to: Number.MAX_SAFE_INTEGER };

/** Cells that are empty say nothing. */
const told = (cells: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(cells).filter(([, text]) => text !== ''));

const doorRecord = ({ outfall, openedAt, closedAt, method, person, attributes }: DoorRow): SideRecord => ({
  kind: 'DOOR', subject: outfall, startAt: openedAt, endAt: Number.isNaN(closedAt) ? null : closedAt, value: told({ ...attributes, method, person }),
});
const powerRecord = ({ at, meter, kw }: PowerRow): SideRecord => ({ kind: 'POWER', subject: meter, startAt: at, endAt: null, value: { kw: String(kw) } });
const videoEvent = ({ outfall, start, end, camera, event, attributes }: VideoRow): ToldVideoEvent => ({
  outfall, camera, kind: event, startAt: start, endAt: end, photoSha: null, source: 'FILE', attributes: told(attributes),
});

/**
 * Stores doors, meter readings and camera events of register files, in the transaction of their import. The same files
 * again change nothing. What was added, and nothing else, is fixed by leaves of kind `series`, one for each 5,000 rows.
 */
export async function importSideFacts(tx: Tx, clock: Clock, facts: SideFacts): Promise<Readonly<Record<keyof SideFacts, SideCount>>> {
  const leaves: LeafInput[] = [];
  const now = clock.now();
  const store = async <T>(ref: string, rows: readonly T[], add: (part: readonly T[]) => Promise<readonly { readonly revision: number }[]>): Promise<SideCount> => {
    let [added, changed] = [0, 0];
    for (let i = 0; i < rows.length; i += CHUNK) {
      const written = await add(rows.slice(i, i + CHUNK));
      if (written.length === 0) continue;
      leaves.push({ t: 'series', ref, rows: written.length, sha256: digestOf(written.map((row) => ({ ...row }))) });
      const first = written.filter((row) => row.revision === 0).length;
      added += first;
      changed += written.length - first;
    }
    return { added, changed, unchanged: rows.length - added - changed };
  };
  const doors = await store('doors.csv', facts.doors, (part) => addSideRecords(tx, part.map(doorRecord), now));
  const power = await store('power.csv', facts.power, (part) => addSideRecords(tx, part.map(powerRecord), now));
  const videos = await store('video.csv', facts.videos, async (part) => (await addVideoEvents(tx, part.map(videoEvent), now)).filter((event) => event.added));
  if (leaves.length > 0) await appendLeaves(tx, clock, leaves);
  return { doors, power, videos };
}

/** All doors, meter readings and camera events held, as told last, for the register files to be written again. */
export async function readSideFacts(db: Database): Promise<SideFacts> {
  const [doors, power, videos] = await Promise.all([
    readSideRecords(db, 'DOOR', 'all', ALL_TIME), readSideRecords(db, 'POWER', 'all', ALL_TIME), readVideoEvents(db, 'all', ALL_TIME),
  ]);
  return {
    doors: doors.map(({ subject, startAt, endAt, value: { method = '', person = '', ...attributes } }) => ({
      outfall: subject as OutfallId, openedAt: startAt, closedAt: endAt ?? Number.NaN, method, person, attributes,
    })),
    power: power.map(({ subject, startAt, value }) => ({ at: startAt, meter: subject as MeterId, kw: Number(value['kw']) })),
    videos: videos.map(({ outfall, startAt, endAt, camera, kind, attributes }) => ({
      outfall: outfall as OutfallId, start: startAt, end: endAt, camera, event: kind, attributes,
    })),
  };
}
