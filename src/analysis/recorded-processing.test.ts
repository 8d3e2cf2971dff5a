import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, startOfHour, type OutfallId } from '#kernel';
import { byKnownTime, type Arrival } from '#quality';
import { loadRegistry, type Registry } from '#register';
import { simulate } from '#sim/simulate';
import { alarmLines } from './alarm.ts';
import { modelCatalogue } from './catalogue.ts';
import { OutfallEngine, type EngineSnapshot } from './engine.ts';
import type { Episode } from './episode.ts';
import type { Clue } from './clue.ts';
import { readCapture } from './read-capture.ts';
import { powerStepIn, registerArrivals } from './register-arrivals.ts';
import { FrameRouter } from './route-frames.ts';
import { setupOf, type OutfallSetup } from './setup.ts';

/** `RECORDED_RUNS=5000 npx vitest run src/analysis/recorded-processing` is the longer mode. */
const RUNS = Number(process.env['RECORDED_RUNS'] ?? 200);
const DAYS = 2;
const START = Date.parse('2026-03-02T00:00:00+08:00');

interface Recorded {
  readonly setup: OutfallSetup;
  readonly arrivals: readonly Arrival[];
  readonly activeSince: number;
  readonly until: number;
}

/** How a processing is cut: batch sizes, moments at which the worker dies, idle advances in between. */
interface Processing {
  readonly batches: readonly number[];
  readonly restarts: readonly number[];
  readonly advances: boolean;
  readonly shuffle: number;
}

class Run {
  readonly episodes = new Map<string, Episode>();
  readonly clues = new Map<string, Clue>();
  snapshot: EngineSnapshot | undefined;
  engine: OutfallEngine;
  readonly #recorded: Recorded;

  constructor(recorded: Recorded) {
    this.#recorded = recorded;
    this.engine = this.#open(recorded.activeSince);
  }

  #open(from: number): OutfallEngine {
    const { setup, activeSince } = this.#recorded;
    return new OutfallEngine(setup, activeSince, {
      models: modelCatalogue,
      onChange: (change) => {
        if (change.kind === 'episode') this.episodes.set(`${change.episode.id} ${change.episode.version}`, change.episode);
        else this.clues.set(`${change.clue.id} ${change.clue.version}`, change.clue);
      },
      onSnapshot: (snapshot) => void (this.snapshot = JSON.parse(JSON.stringify(snapshot)) as EngineSnapshot),
    }, from);
  }

  /** The process dies: all that is left is the last snapshot and what was recorded. Returns where to go on. */
  restart(fed: readonly Arrival[]): number {
    const { snapshot } = this;
    this.engine = this.#open(snapshot?.at ?? this.#recorded.activeSince);
    if (snapshot === undefined) return 0;
    const known = fed.filter((arrival) => arrival.knownAt <= snapshot.at);
    this.engine.resume(snapshot, known);
    return known.length;
  }

  /** Every version that was ever written and the alarms at the end. */
  bytes(): string {
    const newest = new Map([...this.episodes.values()].sort((a, b) => a.version - b.version).map((episode) => [episode.id, episode]));
    const versions = [...this.episodes.entries(), ...this.clues.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify([alarmLines([...newest.values()]), versions]);
  }
}

/** Cuts the arrivals at the given sizes; a batch never ends between arrivals of one millisecond. */
function processed(recorded: Recorded, how: Processing): string {
  const run = new Run(recorded);
  const { arrivals } = recorded;
  let next = 0;
  let batch = 0;
  while (next < arrivals.length) {
    const size = Math.max(1, how.batches[batch % how.batches.length] ?? 1);
    let end = Math.min(arrivals.length, next + size);
    while (end < arrivals.length && arrivals[end]?.knownAt === arrivals[end - 1]?.knownAt) end += 1;
    const part = arrivals.slice(next, end);
    // A batch may be read in any order: it is put into known-time order before it is fed.
    const mixed = how.shuffle === 0 ? part : part.map((arrival, i) => ({ arrival, key: ((i + 1) * how.shuffle) % 97 })).sort((a, b) => a.key - b.key).map(({ arrival }) => arrival);
    run.engine.feed([...mixed].sort(byKnownTime));
    next = end;
    const coming = arrivals[next]?.knownAt ?? recorded.until;
    if (how.advances && coming - 1 > (part.at(-1)?.knownAt ?? 0)) run.engine.advance(Math.floor((coming - 1 + (part.at(-1)?.knownAt ?? coming)) / 2));
    if (how.restarts.includes(batch)) next = run.restart(arrivals.slice(0, next));
    batch += 1;
    if (batch > 100_000) throw new Error('the processing does not end');
  }
  run.engine.advance(recorded.until);
  return run.bytes();
}

async function record(registry: Registry, id: OutfallId, capture: string): Promise<Recorded> {
  const setup = setupOf(registry, id, powerStepIn(registry)(id, 10 * MINUTE)) as OutfallSetup;
  const router = new FrameRouter(registry, new Map([[id, setup]]));
  const arrivals: Arrival[] = registerArrivals(registry)(id, setup.facts.powerStepMs);
  let first = Number.NaN;
  for await (const lines of readCapture(capture)) {
    for (const line of lines) {
      if (line === undefined) continue;
      if (Number.isNaN(first)) first = line.at;
      for (const routed of router.route(line.bytes, line.at)) arrivals.push(routed.arrival);
    }
  }
  return { setup, arrivals: arrivals.filter((arrival) => arrival.knownAt <= START + DAYS * DAY).sort(byKnownTime), activeSince: startOfHour(first), until: START + DAYS * DAY + HOUR };
}

describe('按记录处理 the same recorded arrivals (R5)', () => {
  const dir = mkdtempSync(join(tmpdir(), 'recorded-'));
  let recorded: Recorded;
  let expected: string;
  beforeAll(async () => {
    const inject = [{ kind: 'exceed_sustained', outfall: 0, at: 1.2, hours: 6 }];
    await simulate({ seed: 'recorded', outfalls: 1, days: DAYS, outDir: dir, start: START, inject });
    const { registry } = loadRegistry(dir);
    recorded = await record(registry, registry.data.outfalls[0]?.outfall as OutfallId, join(dir, 'capture.tsv'));
    expected = processed(recorded, { batches: [1_000_000], restarts: [], advances: false, shuffle: 0 });
  }, 60_000);
  afterAll(() => rmSync(dir, { recursive: true }));

  it(`gives the same bytes in ${RUNS} random processings: batches, order within a batch, idle rounds, restarts`, () => {
    expect((JSON.parse(expected) as [string[]])[0].length).toBeGreaterThan(0);
    const processing = fc.record({
      batches: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 6 }),
      restarts: fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { maxLength: 3 }),
      advances: fc.boolean(),
      shuffle: fc.integer({ min: 0, max: 96 }),
    });
    fc.assert(
      fc.property(processing, (how) => {
        expect(processed(recorded, how)).toBe(expected);
      }),
      { numRuns: RUNS, seed: 20260302 },
    );
  }, 600_000);
});
