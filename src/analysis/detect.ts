import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { HOUR, MINUTE, startOfHour, type OutfallId } from '#kernel';
import { byKnownTime, type Arrival } from '#quality';
import { loadRegistry, type Registry, type RegisterProblem } from '#register';
import { alarmLines } from './alarm.ts';
import { modelCatalogue } from './catalogue.ts';
import type { Model } from './contract.ts';
import { OutfallEngine, type ModelAnswer } from './engine.ts';
import type { Episode } from './episode.ts';
import { readCapture, type CaptureLine } from './read-capture.ts';
import { powerStepIn, registerArrivals } from './register-arrivals.ts';
import { FrameRouter } from './route-frames.ts';
import { setupOf, type OutfallSetup } from './setup.ts';

export interface DetectOptions {
  readonly registryDir: string;
  readonly capture: string;
  /** Where `alarms.jsonl` goes; nothing is written when not given. */
  readonly out?: string;
  /** Ids of the models to run; all when not given. */
  readonly models?: readonly string[];
  /** Only what was known at this moment (epoch ms). */
  readonly asOf?: number;
  readonly catalogue?: readonly Model[];
  onProgress?(progress: { readonly bytes: number; readonly total: number; readonly at: number }): void;
}

export interface DetectReport {
  readonly alarms: readonly string[];
  readonly frames: number;
  readonly damaged: number;
  readonly unknownDevices: number;
  readonly outfalls: number;
  readonly from: number;
  readonly until: number;
  readonly registerProblems: readonly RegisterProblem[];
  /** Models that failed somewhere: counted, never hidden. */
  readonly exceptions: readonly (ModelAnswer & { readonly outfall: OutfallId })[];
}

/** Lines may be this much out of order and still be processed in one pass. */
const SLACK_MS = 10 * MINUTE;
/** Work is done in portions of capture time, so that one outfall's columns stay in the processor's cache. */
const PORTION_MS = 6 * HOUR;
/** Lines looked at together, unless half the slack holds more. */
const HOLD = 4096;

/** By arrival; lines of one millisecond by their bytes, so that their order in the file does not show (R5). */
const byArrival = (a: CaptureLine, b: CaptureLine): number => a.at - b.at || Buffer.compare(a.bytes, b.bytes);

interface Lane {
  readonly engine: OutfallEngine;
  readonly episodes: Map<string, Episode>;
  readonly known: readonly Arrival[];
  nextKnown: number;
  waiting: Arrival[];
}

class OutOfOrder extends Error {}

/** Unknown ids in `models` are the caller's mistake and are thrown. */
function chooseModels(catalogue: readonly Model[], ids: readonly string[] | undefined): readonly Model[] {
  if (ids === undefined) return catalogue;
  const unknown = ids.filter((id) => !catalogue.some((model) => model.id === id));
  if (unknown.length > 0) throw new RangeError(`no such model: ${unknown.join(', ')}`);
  return catalogue.filter((model) => ids.includes(model.id));
}

class Detection {
  readonly #lanes = new Map<OutfallId, Lane>();
  readonly #setups = new Map<OutfallId, OutfallSetup>();
  readonly #registry: Registry;
  readonly #models: readonly Model[];
  readonly router: FrameRouter;
  readonly exceptions: (ModelAnswer & { outfall: OutfallId })[] = [];
  readonly #slack: number;
  from = Number.NaN;
  newest = Number.NEGATIVE_INFINITY;
  #fedUntil = Number.NEGATIVE_INFINITY;
  #releasedUntil = Number.NEGATIVE_INFINITY;
  #held: CaptureLine[] = [];

  constructor(registry: Registry, models: readonly Model[], slack: number) {
    this.#registry = registry;
    this.#models = models;
    this.#slack = slack;
    const stepOf = powerStepIn(registry);
    for (const outfall of registry.data.outfalls) {
      const setup = setupOf(registry, outfall.outfall, stepOf(outfall.outfall, Math.min(outfall.minuteStep * MINUTE, HOUR)));
      if (setup) this.#setups.set(outfall.outfall, setup);
    }
    this.router = new FrameRouter(registry, this.#setups);
  }

  #begin(at: number): void {
    this.from = at;
    const arrivalsOf = registerArrivals(this.#registry);
    for (const [outfall, setup] of this.#setups) {
      const episodes = new Map<string, Episode>();
      const engine = new OutfallEngine(setup, startOfHour(at), {
        models: this.#models,
        onChange: (change) => {
          if (change.kind === 'episode') episodes.set(change.episode.id, change.episode);
        },
        onAnswer: (answer) => {
          if (answer.outcome === 'EXCEPTION') this.exceptions.push({ ...answer, outfall });
        },
      });
      const known = arrivalsOf(outfall, setup.facts.powerStepMs).sort(byKnownTime);
      this.#lanes.set(outfall, { engine, episodes, known, nextKnown: 0, waiting: [] });
    }
  }

  /** Takes a line of the capture. Lines wait until none can come before them any more. */
  take(line: CaptureLine): void {
    if (line.at <= this.#releasedUntil) throw new OutOfOrder();
    this.#held.push(line);
    this.newest = Math.max(this.newest, line.at);
    if (this.#held.length < HOLD || this.newest - this.#slack <= this.#releasedUntil + SLACK_MS / 2) return;
    this.#release(this.newest - this.#slack);
    if (this.#releasedUntil > this.#fedUntil + PORTION_MS) this.#feed(this.#releasedUntil);
  }

  /** Routes the lines up to a moment in the one order that their content gives them. */
  #release(until: number): void {
    const due = this.#held.filter((line) => line.at <= until).sort(byArrival);
    this.#held = this.#held.filter((line) => line.at > until);
    const first = due[0];
    if (first !== undefined && Number.isNaN(this.from)) this.#begin(first.at);
    for (const { at, bytes } of due) {
      for (const { outfall, arrival } of this.router.route(bytes, at)) this.#lanes.get(outfall)?.waiting.push(arrival);
    }
    this.#releasedUntil = until;
  }

  #feed(until: number): void {
    for (const lane of this.#lanes.values()) {
      const due: Arrival[] = [];
      while ((lane.known[lane.nextKnown]?.knownAt ?? Number.POSITIVE_INFINITY) <= until) due.push(lane.known[lane.nextKnown++] as Arrival);
      due.push(...lane.waiting);
      lane.waiting = [];
      lane.engine.feed(due.sort(byKnownTime));
    }
    this.#fedUntil = until;
  }

  end(until: number): Episode[] {
    this.#release(this.newest);
    if (Number.isNaN(this.from)) return [];
    this.#feed(until);
    for (const lane of this.#lanes.values()) lane.engine.advance(until);
    return [...this.#lanes.values()].flatMap((lane) => [...lane.episodes.values()]);
  }

  get outfalls(): number {
    return this.#setups.size;
  }
}

async function pass(options: DetectOptions, registry: Registry, slack: number): Promise<{ detection: Detection; until: number; episodes: Episode[]; broken: number }> {
  const models = chooseModels(options.catalogue ?? modelCatalogue, options.models);
  const detection = new Detection(registry, models, slack);
  const asOf = options.asOf ?? Number.POSITIVE_INFINITY;
  let broken = 0;
  const progress = (read: { bytes: number; total: number }) => options.onProgress?.({ ...read, at: detection.newest });
  for await (const lines of readCapture(options.capture, progress)) {
    for (const line of lines) {
      if (line === undefined) broken += 1;
      else if (line.at <= asOf) detection.take(line);
    }
  }
  const until = options.asOf ?? detection.newest;
  return { detection, until, episodes: detection.end(until), broken };
}

/**
 * The whole pipeline offline (formats.md §2 `detect`): capture → facts → models → episodes → `alarms.jsonl`. The same
 * input gives the same bytes. Register rows that are wrong are left out and reported; damaged lines are survived.
 * Throws for an unreadable file or an unknown model id.
 */
export async function runDetect(options: DetectOptions): Promise<DetectReport> {
  const { registry, problems } = loadRegistry(options.registryDir);
  let result: Awaited<ReturnType<typeof pass>>;
  try {
    result = await pass(options, registry, SLACK_MS);
  } catch (error) {
    if (!(error instanceof OutOfOrder)) throw error;
    result = await pass(options, registry, Number.POSITIVE_INFINITY);
  }
  const { detection, until, episodes, broken } = result;
  const alarms = alarmLines(episodes);
  if (options.out !== undefined) writeWhole(options.out, alarms);
  return {
    alarms, frames: detection.router.frames, damaged: detection.router.damaged + broken, unknownDevices: detection.router.unknownDevices,
    outfalls: detection.outfalls, from: detection.from, until, registerProblems: problems, exceptions: detection.exceptions,
  };
}

/** A reader never sees half a file. */
function writeWhole(path: string, lines: readonly string[]): void {
  const part = `${path}.part`;
  const file = openSync(part, 'w');
  for (const line of lines) writeSync(file, `${line}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(part, path);
}
