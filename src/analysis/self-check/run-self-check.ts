import { DAY, type Clock, type OutfallId, type Refusal } from '#kernel';
import { EMPTY_REGISTER } from '#register';
import { readBatch, type ReadDeps } from '../backtest/read-batch.ts';
import type { BacktestDeps } from '../backtest/run-backtest.ts';
import { modelCatalogue } from '../catalogue.ts';
import { refuse } from '../errors.ts';
import { readRules } from '../governance/store/proposals.ts';
import { readCaps, readReleases } from '../governance/store/standing.ts';
import { registerArrivals } from '../live/register-arrivals.ts';
import { modelOfRule } from '../rules/rule-model.ts';
import { readActiveSince } from '../store/read-history.ts';
import { readParameters } from '../store/progress.ts';
import { askThread } from './ask-thread.ts';
import type { Checked, Span } from './check-history.ts';
import type { SelfCheckAnswer, SelfCheckTask } from './self-check-worker.ts';

export interface SelfCheckDeps extends BacktestDeps {
  readonly clock: Clock;
}

export interface SelfCheckRequest extends Span {
  readonly outfalls: readonly OutfallId[];
}

export interface SelfCheckProgress {
  /** 0 to 1. */
  readonly share: number;
  readonly ms: number;
}

/** What a unit's own check of its files found, and how long it took (ms). */
export interface SelfCheckReport extends Checked {
  readonly ms: number;
}

const MOST_DAYS = 92;

const WORKER = new URL('./self-check-worker.ts', import.meta.url);

/**
 * Check before it counts (先自查): the models in force over a unit's own stored data. Reads in this thread, judges in another;
 * stores nothing and raises nothing. ANALYSIS-030 for a span that is empty, in the future or longer than 92 days; ANALYSIS-026 cancelled.
 */
export async function runSelfCheck(deps: SelfCheckDeps, request: SelfCheckRequest, onProgress?: (progress: SelfCheckProgress) => void, signal?: AbortSignal): Promise<SelfCheckReport | Refusal> {
  const began = performance.now();
  const tell = (share: number) => onProgress?.({ share, ms: performance.now() - began });
  const { outfalls, from, to } = request;
  if (!(to > from) || to > deps.clock.now() || to - from > MOST_DAYS * DAY) return refuse('ANALYSIS-030', { field: 'to' });
  tell(0);
  await deps.registry.refresh();
  const registry = deps.registry.current();
  const [parameters, caps, releases, stored, activeSince] = await Promise.all([
    readParameters(deps.db), readCaps(deps.db), readReleases(deps.db), readRules(deps.db), readActiveSince(deps.db),
  ]);
  const rules = stored.map(({ rule, ...one }) => ({ ...one, id: rule }));
  const models = [...modelCatalogue, ...rules.map(modelOfRule)];
  const read: ReadDeps = { db: deps.db, series: deps.series, registry, activeSince, register: registerArrivals(registry) };
  const batch = await readBatch(read, outfalls, { from, to, models, needs: new Set(['steps', 'totals']), suspects: new Map(), signal }).catch((error: unknown) => {
    if (signal?.aborted === true) return undefined;
    throw error;
  });
  if (batch === undefined) return refuse('ANALYSIS-026');
  const { units, outfalls: places, factors, limits, permits, meters, other } = registry.data;
  const data = { ...EMPTY_REGISTER, units, outfalls: places, factors, limits, permits, meters, other };
  const task: SelfCheckTask = { data, rules, standing: { parameters, caps, releases, shadows: [] }, span: { from, to }, batch };
  const answer = await askThread<SelfCheckAnswer>(WORKER, task, tell, signal);
  return answer === undefined ? refuse('ANALYSIS-026') : { ...answer.checked, ms: performance.now() - began };
}
