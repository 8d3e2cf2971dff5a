import { availableParallelism } from 'node:os';
import { DAY, HOUR, isRefusal, type OutfallId, type Refusal } from '#kernel';
import type { Database } from '#platform/db';
import { ReadingRoom, type Series } from '#platform/series';
import type { LiveRegistry, StoredRegistry } from '#register';
import { modelById } from '../catalogue.ts';
import type { Asked } from '../context.ts';
import type { Model, Params } from '../contract.ts';
import { refuse } from '../errors.ts';
import type { Watchdog } from '../live/watchdog.ts';
import { registerArrivals } from '../live/register-arrivals.ts';
import { readParameters } from '../store/progress.ts';
import { readCaps, readReleases } from '../governance/store/standing.ts';
import { standingOf } from '../standing.ts';
import { countHours, findSuspects, readActiveSince } from '../store/read-history.ts';
import { openJudges, warmUp, type Judges } from './bench-of-judges.ts';
import { add, NO_DIFFERENCE } from './compare.ts';
import type { BatchResult, BatchTrial } from './judge-batch.ts';
import { firstRow, readBatch, type ReadDeps } from './read-batch.ts';
import type { Suspects } from './judge-history.ts';
import { watchGroups } from './quiet-outfalls.ts';
import type { BacktestProgress, BacktestReport, BacktestRequest } from './request.ts';

/** What a back-test works with: records, series and the register. It writes nothing. */
export interface BacktestDeps {
  readonly db: Database;
  readonly series: Series;
  readonly registry: LiveRegistry;
  /** Over what is judged in the caller's thread; each other thread has its own. */
  readonly watchdog?: Watchdog;
}

/** Hour rows of one batch: some tens of megabytes with every field, so that a run's memory does not grow with the province. */
const BATCH_ROWS = 80_000;
const MAX_BATCH = 64;
const MAX_THREADS = 4;
/** Outfall-days. */
const WORTH_THREADS = 100 * DAY;
const MOST_DAYS = 3 * 366;

function modelsOf(request: BacktestRequest): readonly Model[] | Refusal {
  const models = request.models.map((one) => (typeof one === 'string' ? modelById(one) : one));
  if (models.length === 0 || models.some((model) => model === undefined)) return refuse('ANALYSIS-002', { field: 'models' });
  return (models as readonly Model[]).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function checked(request: BacktestRequest, models: readonly Model[]): Refusal | undefined {
  const { from, to, set = {} } = request;
  if (!(to > from) || to - from > MOST_DAYS * DAY) return refuse('ANALYSIS-021', { field: 'to' });
  const names = Object.keys(set);
  const [model] = models as readonly [Model];
  if (names.length > 0 && models.length > 1) return refuse('ANALYSIS-022', { field: 'set' });
  const unknown = names.filter((name) => !(name in model.params));
  if (unknown.length > 0) return refuse('ANALYSIS-023', { field: 'set', missing: unknown, args: { names: unknown.join(', '), known: Object.keys(model.params).join(', ') } });
  if (!Object.values(set).every(Number.isFinite)) return refuse('ANALYSIS-024', { field: 'set' });
  return undefined;
}

function outfallsOf(registry: StoredRegistry, request: BacktestRequest, models: readonly Model[]): readonly OutfallId[] | Refusal {
  const { region } = request;
  const asked = request.outfalls && new Set(request.outfalls);
  const found = registry.data.outfalls.filter((outfall) => {
    const unit = registry.unit(outfall.unit);
    const inRegion = region === undefined || unit?.county === region || registry.authorityOf(outfall.unit) === region;
    return inRegion && (asked === undefined || asked.has(outfall.outfall)) && models.some((model) => model.media.includes(outfall.type));
  });
  return found.length === 0 ? refuse('ANALYSIS-025', { field: region === undefined ? 'outfalls' : 'region' }) : found.map((outfall) => outfall.outfall);
}

/** What a first look at the highest values of the days of the period, its run-in and the window before showed. */
interface Looked {
  /** Outfalls where no hour could make the models speak. */
  readonly quiet: ReadonlySet<OutfallId>;
  /** Hours that could, by outfall; empty where the models do not say what they watch for. */
  readonly suspects: ReadonlyMap<OutfallId, Suspects>;
  readonly from: number;
}

async function lookThrough(deps: BacktestDeps, registry: StoredRegistry, request: BacktestRequest, models: readonly Model[], trial: BatchTrial, outfalls: readonly OutfallId[], signal: AbortSignal | undefined): Promise<Looked> {
  const [from, to] = [firstRow(request.from, new Set()), request.to];
  const { paramsOf } = standingOf(trial.standing);
  const groups = watchGroups(registry, models, (model) => [paramsOf(model, to), { ...paramsOf(model, to), ...trial.set }], outfalls, from, to) ?? [];
  const quiet = new Set<OutfallId>();
  const suspects = new Map<OutfallId, Suspects>();
  for (const { outfalls: alike, watches } of groups) {
    const found = await findSuspects(deps.series, { outfalls: alike, from, to }, watches, signal);
    for (const outfall of alike) {
      const days = found.get(outfall);
      if (days === undefined) quiet.add(outfall);
      else suspects.set(outfall, { watches, days });
    }
  }
  return { quiet, suspects, from };
}

interface Run {
  readonly read: ReadDeps;
  readonly request: BacktestRequest;
  readonly models: readonly Model[];
  readonly judges: Judges;
  readonly needs: Set<Asked>;
  readonly suspects: Looked['suspects'];
  readonly signal: AbortSignal | undefined;
}

/** Rejects as soon as the run is cancelled: whoever is still at work then is stopped when the judges are closed. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Reads a few outfalls into `room` and judges them; once more with what the models turned out to ask for. */
async function judgeSome(run: Run, outfalls: readonly OutfallId[], room: ReadingRoom): Promise<BatchResult> {
  for (;;) {
    run.signal?.throwIfAborted();
    room.clear();
    const range = { from: run.request.from, to: run.request.to, models: run.models, needs: run.needs, suspects: run.suspects, signal: run.signal, room };
    const batch = await readBatch(run.read, outfalls, range);
    run.signal?.throwIfAborted();
    const result = await unlessAborted(run.judges.judge(batch), run.signal);
    for (const each of result.asked) run.needs.add(each);
    if (result.complete) return result;
  }
}

/** In whatever order outfalls are done, they are told in one. */
const byOutfall = (a: { readonly outfall: OutfallId; readonly model: string }, b: typeof a): number => (a.outfall < b.outfall ? -1 : a.outfall > b.outfall ? 1 : a.model < b.model ? -1 : 1);

/** Begins with little, so that every judge soon has work, and ends with little, so that none works on long after the others. */
function* portions(outfalls: readonly OutfallId[], most: number, judges: number): Generator<readonly OutfallId[]> {
  for (let at = 0, grown = 1; at < outfalls.length; grown *= 2) {
    const size = Math.min(grown, most, Math.ceil((outfalls.length - at) / (2 * judges)));
    yield outfalls.slice(at, at + size);
    at += size;
  }
}

async function judgeAll(run: Run, outfalls: readonly OutfallId[], onDone: (result: BatchResult, outfalls: number) => void): Promise<void> {
  const hours = (run.request.to - firstRow(run.request.from, run.needs)) / HOUR;
  const { places } = run.judges;
  const next = portions(outfalls, Math.max(1, Math.min(MAX_BATCH, Math.floor(BATCH_ROWS / hours))), places);
  const work = async () => {
    const room = new ReadingRoom();
    try {
      for (const own of next) onDone(await judgeSome(run, own, room), own.length);
    } finally {
      room.close();
    }
  };
  // One more than there are judges: while all of them judge, the next portion is being read.
  await Promise.all(Array.from({ length: places + 1 }, work));
}

const threadsOf = (request: BacktestRequest, models: readonly Model[], outfalls: number): number => {
  const { from, to, threads } = request;
  const little = outfalls * (to - from) < WORTH_THREADS;
  // Starting threads would take longer than little work does; but what a rule asks for, nobody has measured: it runs apart from all else.
  if (threads === undefined && little) return models.some((model) => 'rule' in model) ? 1 : 0;
  return Math.min(threads ?? Math.min(MAX_THREADS, availableParallelism()), outfalls);
};

/**
 * Tries models with changed parameters over stored history, beside the parameters in force, and says what differs. The
 * engine and the model functions are those of the live path (docs/decisions/0011); what the stores do not hold is in `basis`.
 * Expected refusals are returned (unknown model or parameter, empty region, cancelled); defects are thrown.
 */
export async function runBacktest(deps: BacktestDeps, request: BacktestRequest, onProgress?: (progress: BacktestProgress) => void, signal?: AbortSignal): Promise<BacktestReport | Refusal> {
  const began = performance.now();
  const models = modelsOf(request);
  if (isRefusal(models)) return models;
  const wrong = checked(request, models);
  if (wrong !== undefined) return wrong;
  await deps.registry.refresh();
  const registry = deps.registry.current();
  const outfalls = outfallsOf(registry, request, models);
  if (isRefusal(outfalls)) return outfalls;
  const { from, to, set = {}, baseline = 'IN_FORCE' } = request;
  const standing = { parameters: await readParameters(deps.db), caps: await readCaps(deps.db), releases: await readReleases(deps.db), shadows: [] };
  const trial: BatchTrial = { from, to, set, baseline, standing };
  const read: ReadDeps = { ...deps, registry, activeSince: await readActiveSince(deps.db), register: registerArrivals(registry) };
  warmUp(threadsOf(request, models, outfalls.length));
  onProgress?.({ done: 0, outfalls: outfalls.length, values: 0, ms: performance.now() - began });
  const looked = await lookThrough(deps, registry, request, models, trial, outfalls, signal).catch((error: unknown) => {
    if (signal?.aborted === true) return undefined;
    throw error;
  });
  if (looked === undefined) return refuse('ANALYSIS-026');
  const loud = outfalls.filter((outfall) => !looked.quiet.has(outfall));
  const judges = openJudges(registry, models, trial, threadsOf(request, models, loud.length), deps.watchdog);
  const run: Run = { read, request, models, judges, needs: new Set(), suspects: looked.suspects, signal };
  let sum = { comparison: NO_DIFFERENCE, hours: 0, values: 0, evaluations: 0, exceptions: [] as BatchResult['exceptions'], done: looked.quiet.size };
  const told = () => onProgress?.({ done: sum.done, outfalls: outfalls.length, values: sum.values, ms: performance.now() - began });
  told();
  try {
    const judged = judgeAll(run, loud, (result, count) => {
      const { comparison, hours, values, evaluations, exceptions } = result;
      sum = {
        comparison: add(sum.comparison, comparison), hours: sum.hours + hours, values: sum.values + values, evaluations: sum.evaluations + evaluations,
        exceptions: [...sum.exceptions, ...exceptions].sort(byOutfall), done: sum.done + count,
      };
      told();
    });
    // Nobody waits for how much was passed over: the store counts it while outfalls are being judged.
    const passedOver = countHours(deps.series, { outfalls: [...looked.quiet], from: looked.from, to }, signal).then(({ hours, values }) => {
      sum = { ...sum, hours: sum.hours + hours, values: sum.values + values };
      told();
    });
    await Promise.all([judged, passedOver]);
    signal?.throwIfAborted();
  } catch (error) {
    if (signal?.aborted === true) return refuse('ANALYSIS-026');
    throw error;
  } finally {
    await judges.close();
  }
  const { paramsOf } = standingOf(standing);
  const shown = models.map((model): { id: string; version: string; inForce: Params; changed: Params } => ({
    id: model.id, version: model.version, inForce: paramsOf(model, to), changed: { ...paramsOf(model, to), ...set },
  }));
  const { comparison, hours, values, evaluations, exceptions } = sum;
  return {
    models: shown, from, to, outfalls: outfalls.length, hours, values, evaluations, exceptions, ms: performance.now() - began, ...comparison,
    basis: { steps: run.needs.has('steps'), contactsMissing: run.needs.has('contacts'), peersMissing: run.needs.has('peers'), quietOutfalls: looked.quiet.size },
  };
}
