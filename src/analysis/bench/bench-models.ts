import { DAY, HOUR, type OutfallId } from '#kernel';
import { collector } from '#platform/measure';
import { byKnownTime, type Arrival } from '#quality';
import { loadRegistry } from '#register';
import { modelCatalogue } from '../catalogue.ts';
import type { Model } from '../contract.ts';
import { benchState, type StateBench } from './bench-state.ts';
import { OutfallEngine } from '../engine.ts';
import { MemoryBoard } from '../peers/peers.ts';
import { readCapture } from '../detect/read-capture.ts';
import { powerStepIn, registerArrivals } from '../live/register-arrivals.ts';
import { FrameRouter } from '../route-frames.ts';
import { setupOf, type OutfallSetup } from '../setup.ts';

/** Figures of the published scenario of judging live. */
export interface ModelsBench {
  readonly outfalls: number;
  readonly models: number;
  /** Days judged before measuring, so that windows are full, and days measured. */
  readonly warmDays: number;
  readonly days: number;
  /** One core: everything that one hour of one outfall costs, facts and all models. */
  readonly microsPerOutfallHour: number;
  /** The daily models of one outfall, part of the above. */
  readonly perModel: readonly { readonly id: string; readonly microsPerOutfallHour: number; readonly calls: number; readonly longestMs: number }[];
  /** The same in processor time, which other work on the machine does not lengthen. */
  readonly cpuMicrosPerOutfallHour: number;
  /** One pass over all columns that an outfall's models look at, in a plain loop. */
  readonly plainMicros: number;
  readonly kilobytesPerOutfall: number;
  /** Of them the columns themselves; they grow no further than the window. */
  readonly columnKilobytesPerOutfall: number;
  /** What the state is made of, and what storing it and taking it up cost; means over the outfalls. */
  readonly state: StateBench;
}

/** Measures a model from outside; what it answers is untouched. */
function timed(model: Model, book: Map<string, { ms: number; calls: number; longest: number }>): Model {
  const own = { ms: 0, calls: 0, longest: 0 };
  book.set(model.id, own);
  return {
    ...model,
    evaluate(ctx, params) {
      const began = performance.now();
      const evaluation = model.evaluate(ctx, params);
      const ms = performance.now() - began;
      own.ms += ms;
      own.calls += 1;
      own.longest = Math.max(own.longest, ms);
      return evaluation;
    },
  };
}

async function arrivalsOf(dir: string, capture: string): Promise<{ setups: Map<OutfallId, OutfallSetup>; arrivals: Map<OutfallId, Arrival[]>; from: number; until: number }> {
  const { registry } = loadRegistry(dir);
  const setups = new Map<OutfallId, OutfallSetup>();
  const stepOf = powerStepIn(registry);
  for (const { outfall, minuteStep } of registry.data.outfalls) {
    const setup = setupOf(registry, outfall, stepOf(outfall, Math.min(minuteStep * 60_000, HOUR)));
    if (setup !== undefined) setups.set(outfall, setup);
  }
  const told = registerArrivals(registry);
  const arrivals = new Map([...setups].map(([outfall, setup]) => [outfall, told(outfall, setup.facts.powerStepMs)]));
  const router = new FrameRouter(registry, setups);
  let [from, until] = [Number.POSITIVE_INFINITY, 0];
  for await (const lines of readCapture(capture, () => undefined)) {
    for (const line of lines) {
      if (line === undefined) continue;
      from = Math.min(from, line.at);
      until = Math.max(until, line.at);
      for (const { outfall, arrival } of router.route(line.bytes, line.at)) arrivals.get(outfall)?.push(arrival);
    }
  }
  for (const list of arrivals.values()) list.sort(byKnownTime);
  return { setups, arrivals, from: Math.floor(from / HOUR) * HOUR, until };
}

/** Bytes of objects, and of the arrays beside them. */
const memory = (collect: () => void): { all: number; arrays: number } => {
  collect();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return { all: heapUsed + external, arrays: arrayBuffers };
};

const cpuMicros = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/** Adds up every column of an outfall once: what a computer needs at least to look at everything that is known. */
function plainPass({ facts }: OutfallEngine): number {
  let sum = 0;
  for (const table of [facts.hours, facts.steps, facts.power]) {
    for (const factor of table.factors) {
      const columns = table.columns(factor);
      if (columns === undefined) continue;
      for (const column of [columns.avg, columns.arrivedAt, columns.min, columns.max, columns.cou, columns.zsAvg, columns.sampleTime]) {
        for (let i = 0; i < column.length; i++) {
          const v = column[i] as number;
          if (v === v) sum += v;
        }
      }
    }
  }
  return sum;
}

/** Hours over which storing is measured: the first of a process are slow. */
const STORED_HOURS = 24;

function meanOf(all: readonly StateBench[]): StateBench {
  const fields = Object.keys(all[0] as StateBench) as (keyof StateBench)[];
  return Object.fromEntries(fields.map((field) => [field, all.reduce((sum, one) => sum + one[field], 0) / all.length])) as unknown as StateBench;
}

/**
 * The published live scenario, scaled down: every model over a simulated province, decoded beforehand; the last `days`
 * days are measured with full windows. Figures are for one core; memory is what engines hold when their windows are full.
 */
export async function benchModels(o: { dir: string; capture: string; days: number }): Promise<ModelsBench> {
  const { setups, arrivals, from, until: last } = await arrivalsOf(o.dir, o.capture);
  const until = last - STORED_HOURS * HOUR;
  const book = new Map<string, { ms: number; calls: number; longest: number }>();
  const models = modelCatalogue.map((model) => timed(model, book));
  const board = new MemoryBoard();
  const collect = collector();
  const empty = memory(collect);
  const engines = [...setups].map(([outfall, setup]) => ({ outfall, engine: new OutfallEngine(setup, from, { models, board, onChange: () => undefined }), next: 0 }));
  const feed = (at: number) => {
    for (const one of engines) {
      const list = arrivals.get(one.outfall) ?? [];
      const first = one.next;
      while (one.next < list.length && (list[one.next] as Arrival).knownAt <= at) one.next += 1;
      one.engine.feed(list.slice(first, one.next));
      one.engine.advance(at);
    }
  };
  const warmUntil = until - o.days * DAY;
  for (let at = from + DAY; at <= warmUntil; at += DAY) feed(at);
  feed(warmUntil);
  const full = memory(collect);
  for (const own of book.values()) Object.assign(own, { ms: 0, calls: 0, longest: 0 });
  const began = performance.now();
  const cpuBegan = cpuMicros();
  for (let at = warmUntil + HOUR; at <= until; at += HOUR) feed(at);
  const ms = performance.now() - began;
  const cpu = cpuMicros() - cpuBegan;
  const passes = 5;
  const passBegan = cpuMicros();
  let seen = 0;
  for (let i = 0; i < passes; i++) for (const { engine } of engines) seen += plainPass(engine);
  const plainMicros = seen === 0 ? Number.NaN : (cpuMicros() - passBegan) / passes / engines.length;
  const stored = engines.map(({ outfall, engine }) => {
    const setup = setups.get(outfall) as OutfallSetup;
    return benchState(engine, () => new OutfallEngine(setup, from, { models, board, onChange: () => undefined }), arrivals.get(outfall) ?? [], until, STORED_HOURS);
  });
  const outfallHours = engines.length * o.days * 24;
  const micros = (ms * 1000) / outfallHours;
  return {
    outfalls: engines.length, models: models.length, warmDays: Math.round((warmUntil - from) / DAY), days: o.days, microsPerOutfallHour: micros,
    perModel: [...book].map(([id, own]) => ({ id, microsPerOutfallHour: (own.ms * 1000) / outfallHours, calls: own.calls, longestMs: own.longest }))
      .sort((a, b) => b.microsPerOutfallHour - a.microsPerOutfallHour),
    cpuMicrosPerOutfallHour: cpu / outfallHours, plainMicros,
    kilobytesPerOutfall: (full.all - empty.all) / engines.length / 1024, columnKilobytesPerOutfall: (full.arrays - empty.arrays) / engines.length / 1024,
    state: meanOf(stored),
  };
}
