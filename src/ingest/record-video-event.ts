import { type Clock, ok, type Result } from '#kernel';
import { appendLeaf, leafToken } from '#evidence';
import { type Database, transact } from '#platform/db';
import { newId } from '#platform/ids';
import { refuse } from './errors.ts';
import { insertVideoEvents, type VideoEvent } from './store/video-events.ts';

/** An event as a camera platform tells it. */
export type NewVideoEvent = Pick<VideoEvent, 'outfall' | 'camera' | 'kind' | 'startAt' | 'endAt' | 'photoSha'>;

/**
 * Takes an event a camera platform reports over HTTP. The same event again is answered as the first time and recorded
 * once. Refused: an end before its start, a start later than now.
 */
export async function recordVideoEvent(
  deps: { readonly db: Database; readonly clock: Clock },
  input: NewVideoEvent,
): Promise<Result<{ readonly event: string; readonly known: boolean }>> {
  const now = deps.clock.now();
  if (input.endAt < input.startAt) return refuse('INGEST-002', { field: 'endAt' });
  if (input.startAt > now + 60_000) return refuse('INGEST-003', { field: 'startAt' });
  const event: VideoEvent = { ...input, event: newId('ve'), source: 'HTTP', knownAt: now };
  return transact(deps.db, async (tx) => {
    const [added] = await insertVideoEvents(tx, [event]);
    if (added === undefined) return ok({ event: event.event, known: true });
    await appendLeaf(tx, deps.clock, {
      t: 'series',
      ref: added,
      kind: 'video',
      outfall: leafToken(input.outfall),
      camera: leafToken(input.camera),
      event: leafToken(input.kind),
      start: input.startAt,
      end: input.endAt,
      ...(input.photoSha === null ? {} : { photo: input.photoSha }),
    });
    return ok({ event: added, known: false });
  });
}
