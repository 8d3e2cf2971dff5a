import { Readable } from 'node:stream';
import { isRefusal, type Refusal } from '#kernel';
import { refuse as answer } from '#platform/http';
import { refuse } from '../errors.ts';

/** Runs at once in one process: each trial uses the cores it is given, a preview one thread. */
export interface Places {
  readonly most: number;
  taken: number;
  /** The refusal of one too many; that of the bench where not given. */
  readonly full?: 'ANALYSIS-031';
}
const TRIALS: Places = { most: 2, taken: 0 };

type Reply = Parameters<typeof answer>[0];
type Run<T> = (tell: (progress: object) => void, signal: AbortSignal) => Promise<T | Refusal>;

/** Starts a run and gives its lines as they come about; the newest progress replaces one that nobody has read yet. */
function begin<T>(run: Run<T>, signal: AbortSignal, show: (result: T) => object | Promise<object>, places: Places): AsyncGenerator<string> {
  let newest: object | undefined;
  let over = false;
  let wake: () => void = () => undefined;
  const result = run((progress) => {
    newest = progress;
    wake();
  }, signal).finally(() => {
    over = true;
    places.taken -= 1;
    wake();
  });
  // Nobody may come to read it: the connection can close before the first line is asked for.
  result.catch(() => undefined);
  return (async function* lines() {
    const lineOf = (line: object): string => `${JSON.stringify(line)}\n`;
    while (!over) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (newest !== undefined || over) resolve();
      });
      if (newest !== undefined) yield lineOf({ progress: newest });
      newest = undefined;
    }
    const found = await result;
    if (!isRefusal(found)) return yield lineOf(await show(found as T));
    const { ok: _, ...refusal } = found;
    return yield lineOf({ refusal });
  })();
}

/**
 * Answers with a back-test as lines of JSON: `progress` as it goes, then what `show` makes of the result, or `refusal`.
 * Whoever closes the connection cancels.
 */
export function replyInLines<T>(reply: Reply, run: Run<T>, show: (result: T) => object | Promise<object>, places = TRIALS): never {
  if (places.taken >= places.most) return answer(reply, refuse(places.full ?? 'ANALYSIS-028')) as never;
  places.taken += 1;
  const stop = new AbortController();
  reply.raw.on('close', () => stop.abort());
  const lines = Readable.from(begin(run, stop.signal, show, places));
  return reply.type('application/x-ndjson').header('cache-control', 'no-store').send(lines) as never;
}
