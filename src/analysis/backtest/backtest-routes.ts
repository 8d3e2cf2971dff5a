import { z } from 'zod';
import { DAY, type OutfallId } from '#kernel';
import { refuse as answer, type App } from '#platform/http';
import { runBacktest, type BacktestDeps } from './run-backtest.ts';
import type { BacktestRequest } from './request.ts';
import { replyInLines } from './backtest-lines.ts';
import { refuse } from '../errors.ts';

const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const body = z.object({
  model: z.string().max(16), from: moment, to: moment, set: z.record(z.string().max(60), z.number()).default({}),
  region: z.string().max(60).optional(), outfalls: z.array(z.string().max(64)).max(1_000).optional(),
});

/** A year of one model is seconds; three years of everything belong on the command line. */
const MOST_DAYS = 400;

/**
 * The back-test bench: one request whose answer grows, a JSON object per line: `progress` as it goes, then `report` or
 * `refusal`. Whoever closes the connection cancels; nothing is kept, so any server of several can answer.
 */
export function registerBacktestRoutes(app: App, deps: BacktestDeps): void {
  app.post(
    '/api/analysis/backtests',
    { config: { action: 'model.backtest', keys: 'none' }, schema: { tags: ['analysis'], summary: 'A model with changed parameters over stored history, as lines of JSON', body } },
    async (request, reply) => {
      const { model, from, to, set, region, outfalls } = request.body;
      if (to - from > MOST_DAYS * DAY) return answer(reply, refuse('ANALYSIS-021', { field: 'to' })) as never;
      const trial: BacktestRequest = {
        models: [model], from, to, set, ...(region === undefined ? {} : { region }), ...(outfalls === undefined ? {} : { outfalls: outfalls as OutfallId[] }),
      };
      return replyInLines(reply, (tell, signal) => runBacktest(deps, trial, tell, signal), (report) => ({ report }));
    },
  );
}
