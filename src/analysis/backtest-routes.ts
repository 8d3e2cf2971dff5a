import { Readable } from 'node:stream';
import { z } from 'zod';
import { DAY, isRefusal, type OutfallId, type Refusal } from '#kernel';
import { refuse as answer, type App } from '#platform/http';
import { runBacktest, type BacktestDeps } from './backtest/run-backtest.ts';
import type { BacktestProgress, BacktestReport, BacktestRequest } from './backtest/request.ts';
import { refuse } from './errors.ts';

const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const body = z.object({
  model: z.string().max(16), from: moment, to: moment, set: z.record(z.string().max(60), z.number()).default({}),
  region: z.string().max(60).optional(), outfalls: z.array(z.string().max(64)).max(1_000).optional(),
});

/** Trials at once in one process: each uses the cores it is given. */
const AT_ONCE = 2;
/** A year of one model is seconds; three years of everything belong on the command line. */
const MOST_DAYS = 400;

type Line = { readonly progress: BacktestProgress } | { readonly report: BacktestReport } | { readonly refusal: Omit<Refusal, 'ok'> };
const lineOf = (line: Line): string => `${JSON.stringify(line)}\n`;

/** Starts a run and gives its lines as they come about; the newest progress replaces one that nobody has read yet. */
function begin(run: (tell: (progress: BacktestProgress) => void) => Promise<BacktestReport | Refusal>): AsyncGenerator<string> {
  let newest: BacktestProgress | undefined;
  let over = false;
  let wake: () => void = () => undefined;
  const result = run((progress) => {
    newest = progress;
    wake();
  }).finally(() => {
    over = true;
    wake();
  });
  // Nobody may come to read it: the connection can close before the first line is asked for.
  result.catch(() => undefined);
  return (async function* lines() {
    while (!over) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (newest !== undefined || over) resolve();
      });
      if (newest !== undefined) yield lineOf({ progress: newest });
      newest = undefined;
    }
    const report = await result;
    if (!isRefusal(report)) return yield lineOf({ report });
    const { ok: _, ...refusal } = report;
    return yield lineOf({ refusal });
  })();
}

/**
 * The back-test bench: one request whose answer grows, a JSON object per line: `progress` as it goes, then `report` or
 * `refusal`. Whoever closes the connection cancels; nothing is kept, so any server of several can answer.
 */
export function registerBacktestRoutes(app: App, deps: BacktestDeps): void {
  let running = 0;
  app.post(
    '/api/analysis/backtests',
    { config: { action: 'model.backtest' }, schema: { tags: ['analysis'], summary: 'A model with changed parameters over stored history, as lines of JSON', body } },
    async (request, reply) => {
      const { model, from, to, set, region, outfalls } = request.body;
      if (to - from > MOST_DAYS * DAY) return answer(reply, refuse('ANALYSIS-021', { field: 'to' })) as never;
      if (running >= AT_ONCE) return answer(reply, refuse('ANALYSIS-028')) as never;
      const stop = new AbortController();
      reply.raw.on('close', () => stop.abort());
      const trial: BacktestRequest = {
        models: [model], from, to, set, ...(region === undefined ? {} : { region }), ...(outfalls === undefined ? {} : { outfalls: outfalls as OutfallId[] }),
      };
      running += 1;
      const run = (tell: (progress: BacktestProgress) => void) => runBacktest(deps, trial, tell, stop.signal).finally(() => void (running -= 1));
      return reply.type('application/x-ndjson').header('cache-control', 'no-store').send(Readable.from(begin(run))) as never;
    },
  );
}
