import { type Clock, ok, type Result } from '#kernel';
import { appendLeaf, leafToken } from '#evidence';
import { type Database, transact } from '#platform/db';
import { refuse } from './errors.ts';
import { addVideoEvents, type VideoEvent } from './store/video-events.ts';

/** An event as a camera platform tells it. */
export type NewVideoEvent = Pick<VideoEvent, 'outfall' | 'camera' | 'kind' | 'startAt' | 'endAt' | 'photoSha'>;

/**
 * Takes an event a camera platform reports over HTTP. The same event again is answered with the id it has and recorded
 * once; a later end or a photo is a revision with its own id and leaf, and what was told before stays in the ledger.
 * Refused: an end before its start, a start later than now.
 */
export async function recordVideoEvent(
  deps: { readonly db: Database; readonly clock: Clock },
  input: NewVideoEvent,
): Promise<Result<{ readonly event: string; readonly known: boolean }>> {
  const now = deps.clock.now();
  if (input.endAt < input.startAt) return refuse('INGEST-002', { field: 'endAt' });
  if (input.startAt > now + 60_000) return refuse('INGEST-003', { field: 'startAt' });
  return transact(deps.db, async (tx) => {
    const [kept] = await addVideoEvents(tx, [{ ...input, source: 'HTTP', attributes: {} }], now);
    if (kept === undefined) throw new Error('an event was neither written nor found');
    const { event, added, revision, photoSha } = kept;
    if (added) {
      await appendLeaf(tx, deps.clock, {
        t: 'series',
        ref: event,
        kind: 'video',
        outfall: leafToken(input.outfall),
        camera: leafToken(input.camera),
        event: leafToken(input.kind),
        start: input.startAt,
        end: input.endAt,
        ...(photoSha === null ? {} : { photo: photoSha }),
        ...(revision === 0 ? {} : { revision }),
      });
    }
    return ok({ event, known: !added });
  });
}
