import { setTimeout } from 'node:timers/promises';
import { DAY, HOUR, isRefusal, type OutfallId } from '#kernel';
import type { Database } from '#platform/db';
import type { Series } from '#platform/series';
import { buildRegistry, EMPTY_REGISTER, type LimitValue, type RegisterData, type StoredRegistry } from '#register';
import { modelCatalogue } from './catalogue.ts';
import type { BacktestProgress } from './backtest/request.ts';
import { runBacktest } from './backtest/run-backtest.ts';

const FACTORS = ['a21026', 'a21002', 'a34013', 'a19001', 'a00000', 'a01012'];
const START = Date.parse('2025-01-01T00:00:00+08:00');
/** Rows of one INSERT … SELECT: the series host answers nothing else meanwhile. */
const OUTFALLS_AT_ONCE = 10;

const idOf = (i: number): OutfallId => `BENCH${String(i).padStart(4, '0')}-DA001` as OutfallId;

/** Every tenth outfall has the limit that its values pass for three hours once a month; the others stay below theirs. */
const LOUD_EVERY = 10;

/** Gas outfalls with three limited pollutants; of `every` outfalls one exceeds. */
function registerOf(outfalls: number, every = LOUD_EVERY): RegisterData {
  const ids = Array.from({ length: outfalls }, (_, i) => idOf(i));
  const limit = (outfall: OutfallId, factor: string, value: string): LimitValue => ({
    outfall, factor: factor as never, factorZh: '', limit: value, unit: 'mg/m3', period: 'hour', basis: 'zs', validFrom: undefined, validTo: undefined, source: 'bench', attributes: {},
  });
  return {
    ...EMPTY_REGISTER,
    outfalls: ids.map((outfall) => ({
      outfall, unit: 'BENCH' as never, type: 'gas', mn: undefined, doorMn: undefined, powerMn: undefined, o2Ref: 6, analysisCycleHours: undefined, designFlow: undefined,
      minuteStep: 10, stackAreaM2: undefined, velocityCoefficient: undefined, attributes: {},
    })),
    factors: ids.flatMap((outfall) => FACTORS.map((factor) => ({ outfall, factor: factor as never, factorZh: '', unit: '', span: 1e7, resolution: 0.01, attributes: {} }))),
    limits: ids.flatMap((outfall, i) => [limit(outfall, 'a21026', '35'), limit(outfall, 'a21002', i % every === 0 ? '50' : '70'), limit(outfall, 'a34013', '10')]),
  };
}

/** Values without hidden order: a hash of outfall, hour and factor around a daily wave. Oxygen, flow and temperature run. */
async function fill(series: Series, outfalls: number, days: number): Promise<void> {
  const base = 'arrayMap((b, s, k) -> round(b + s * (cityHash64(o, h, k) % 1000) / 1000, 2), [18., 30., 5., 5.5, 400000., 105.], [8., 12., 3., 1., 60000., 20.], range(6))';
  for (let from = 0; from < outfalls; from += OUTFALLS_AT_ONCE) {
    const n = Math.min(OUTFALLS_AT_ONCE, outfalls - from);
    await series.command(`INSERT INTO hour_value (outfall, start, known_at, factor, avg, min, max, cou, zs, sampled, flag, verdict, reason)
      WITH ${from} + intDiv(number, ${days * 24}) AS o, number % ${days * 24} AS h, h % 720 BETWEEN 300 AND 302 AS over,
        arrayMap((x, k) -> if(over AND k = 1, 61.2, x), ${base}, range(6)) AS v
      SELECT concat('BENCH', leftPad(toString(o), 4, '0'), '-DA001'), ${START} + h * ${HOUR}, ${START} + h * ${HOUR} + ${HOUR} + 60000 + cityHash64(o, h) % 60000,
        [${FACTORS.map((factor) => `'${factor}'`).join(', ')}], v, v, v, v, arrayMap((x, k) -> if(k < 3, x, null), v, range(6)),
        arrayMap(x -> null, range(6)), arrayMap(x -> toUInt8(1), range(6)), arrayMap(x -> toUInt8(1), range(6)), arrayMap(x -> 'OK', range(6))
      FROM numbers(${n * days * 24})`);
  }
}

/** Until the engine has merged what it was just given: a province's year does not come in the second before a question. */
async function settled(series: Series): Promise<void> {
  while (Number((await series.query<{ merges: string }>('SELECT count() AS merges FROM system.merges'))[0]?.merges) > 0) await setTimeout(200);
}

/** Processor time of this process and its threads; the series engine's own is not in it. */
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** The same limit over the same stored values in a plain loop, read the same way: what the machine allows. */
async function plainLoop(series: Series, outfalls: number): Promise<{ readMs: number; loopMs: number; cpuMs: number; over: number }> {
  let [readMs, loopMs, over] = [0, 0, 0];
  const cpu = cpuMs();
  for (let from = 0; from < outfalls; from += 64) {
    const ids = Array.from({ length: Math.min(64, outfalls - from) }, (_, i) => idOf(from + i));
    const began = performance.now();
    const table = await series.columns('SELECT zs AS v FROM hour_value WHERE outfall IN {ids:Array(String)}', { ids });
    const read = performance.now();
    const column = table.columns['v'];
    if (column?.kind === 'lists') for (let i = 1; i < column.values.length; i += FACTORS.length) if ((column.values[i] as number) > 50) over += 1;
    readMs += read - began;
    loopMs += performance.now() - read;
  }
  return { readMs, loopMs, cpuMs: cpuMs() - cpu, over };
}

/** One back-test: how long it took and its processor time, without the series engine's own. */
export interface BacktestTime {
  readonly ms: number;
  readonly cpuMs: number;
  readonly found: number;
}

/** Figures of the published back-test scenario; times are wall-clock and processor time. */
export interface BacktestBench {
  readonly outfalls: number;
  readonly days: number;
  readonly values: number;
  /** One simple model with one parameter changed, both sets judged: asked for the first time, in threads that have hardly judged. */
  readonly first: BacktestTime;
  /** Another value of the parameter, in the same threads; nothing that the first question read is kept. */
  readonly again: BacktestTime;
  /** The same where every outfall exceeds: none can be passed over. */
  readonly everywhere: BacktestTime;
  readonly plain: { readonly readMs: number; readonly loopMs: number; readonly cpuMs: number };
  readonly catalogue: BacktestTime | undefined;
  readonly peakMb: number;
}

/**
 * The published back-test scenario: `outfalls` gas outfalls × `days` × 6 factors of hourly values, no steps. Empties
 * the hours of the series given, writes its own and leaves them there: it is meant for a data folder of its own. `onProgress` hears of the
 * whole catalogue, outfall by outfall.
 */
export async function benchBacktest(deps: { readonly db: Database; readonly series: Series }, o: { outfalls: number; days: number; catalogueOutfalls: number }, onProgress?: (progress: BacktestProgress) => void): Promise<BacktestBench> {
  const registryOf = (every?: number): StoredRegistry => ({ ...buildRegistry(registerOf(o.outfalls, every)), version: 1, authorityOf: () => undefined });
  await deps.series.command('TRUNCATE TABLE hour_value');
  await deps.series.command('TRUNCATE TABLE hour_peak');
  await fill(deps.series, o.outfalls, o.days);
  await settled(deps.series);
  const plain = await plainLoop(deps.series, o.outfalls);
  const run = async (registry: StoredRegistry, models: readonly string[], set: Record<string, number>, outfalls: number, told?: typeof onProgress): Promise<BacktestTime> => {
    const trial = { models, from: START, to: START + o.days * DAY, set, outfalls: Array.from({ length: outfalls }, (_, i) => idOf(i)), threads: 2 };
    const before = cpuMs();
    const report = await runBacktest({ ...deps, registry: { current: () => registry, refresh: async () => false } }, trial, told);
    if (isRefusal(report)) throw new Error(report.en);
    return { ms: report.ms, cpuMs: cpuMs() - before, found: report.unchanged + report.moves.count };
  };
  // A server keeps its judging threads; a process pays for their start once.
  await run(registryOf(1), ['B01'], { workOrderRun: 2 }, 2);
  const first = await run(registryOf(), ['B01'], { workOrderRun: 2 }, o.outfalls);
  const again = await run(registryOf(), ['B01'], { workOrderRun: 4 }, o.outfalls);
  const everywhere = await run(registryOf(1), ['B01'], { workOrderRun: 2 }, o.outfalls);
  const peakMb = process.memoryUsage().rss / 2 ** 20;
  const catalogue = o.catalogueOutfalls > 0 ? await run(registryOf(), modelCatalogue.map((model) => model.id), {}, o.catalogueOutfalls, onProgress) : undefined;
  return {
    outfalls: o.outfalls, days: o.days, values: o.outfalls * o.days * 24 * FACTORS.length, first, again, everywhere, plain, catalogue,
    peakMb: Math.max(peakMb, process.memoryUsage().rss / 2 ** 20),
  };
}
