import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, startOfHour, type AuthorityId, type OutfallId } from '#kernel';
import { byKnownTime, type Arrival } from '#quality';
import { loadRegistry, type Registry } from '#register';
import { simulate } from '#sim/simulate';
import { alarmLines } from './alarm.ts';
import { modelById, modelCatalogue } from './catalogue.ts';
import type { Model } from './contract.ts';
import { OutfallEngine, type EngineOptions } from './engine.ts';
import type { Episode } from './clues/episode.ts';
import type { Clue } from './clues/clue.ts';
import { readCapture } from './detect/read-capture.ts';
import { MemoryBoard } from './peers/peers.ts';
import { powerStepIn, registerArrivals } from './live/register-arrivals.ts';
import { FrameRouter } from './route-frames.ts';
import { modelOfRule } from './rules/rule-model.ts';
import { setupOf, type OutfallSetup } from './setup.ts';
import { standingOf, type Standing } from './standing.ts';
import { storeEngine, takeUpEngine } from './live/stored-state.ts';
import { peerWatcher } from './testing/peer-watcher.ts';

/** `RECORDED_RUNS=10000 npx vitest run src/analysis/recorded-processing` is the long mode; `RECORDED_SEED` draws others. */
const RUNS = Number(process.env['RECORDED_RUNS'] ?? 200);
const SEED = Number(process.env['RECORDED_SEED'] ?? 20_260_302);
const DAYS = 2;
const START = Date.parse('2026-03-02T00:00:00+08:00');

interface Recorded {
  readonly setup: OutfallSetup;
  readonly arrivals: readonly Arrival[];
  readonly activeSince: number;
  readonly until: number;
  /** What is in force: everything with its defaults, or decided by date. */
  readonly governed: Pick<EngineOptions, 'models'> & Partial<Standing>;
}

/** How a processing is cut: batch sizes, batches after which the state is stored and the worker dies, idle advances in between. */
interface Processing {
  readonly batches: readonly number[];
  readonly stores: readonly number[];
  readonly restarts: readonly number[];
  readonly advances: boolean;
  readonly shuffle: number;
}

const WHOLE: Processing = { batches: [1_000_000], stores: [], restarts: [], advances: false, shuffle: 0 };

class Run {
  readonly episodes = new Map<string, Episode>();
  readonly clues = new Map<string, Clue>();
  readonly shadows = new Map<string, Episode>();
  /** What outlives the process: the state as last stored, every piece of the columns, and how many arrivals are in it. */
  #stored: { readonly state: Uint8Array; readonly fed: number } | undefined;
  readonly #pieces = new Map<number, Uint8Array>();
  engine: OutfallEngine;
  readonly #recorded: Recorded;
  /** Written with the step, so it outlives the process; a day that is judged again is laid down again. */
  readonly #board = new MemoryBoard();

  constructor(recorded: Recorded) {
    this.#recorded = recorded;
    this.engine = this.#open();
  }

  #open(): OutfallEngine {
    const { setup, activeSince } = this.#recorded;
    return new OutfallEngine(setup, activeSince, {
      ...this.#recorded.governed,
      onShadow: (proposal, change) => {
        if (change.kind === 'episode') this.shadows.set(`${proposal} ${change.episode.id} ${change.episode.version}`, change.episode);
      },
      board: this.#board,
      onChange: (change) => {
        if (change.kind === 'episode') this.episodes.set(`${change.episode.id} ${change.episode.version}`, change.episode);
        else this.clues.set(`${change.clue.id} ${change.clue.version}`, change.clue);
      },
    });
  }

  store(fed: number): void {
    const { state, pieces } = storeEngine(this.engine);
    this.#stored = { state, fed };
    for (const { start, bytes } of pieces) this.#pieces.set(start, bytes);
  }

  /** The process dies: all that is left is what was stored and what was recorded. Returns where to go on. */
  restart(): number {
    this.engine = this.#open();
    if (this.#stored === undefined) return 0;
    takeUpEngine(this.engine, this.#stored.state, this.#pieces.values());
    return this.#stored.fed;
  }

  /** Every version that was ever written and the alarms at the end. */
  bytes(): string {
    const newest = new Map([...this.episodes.values()].sort((a, b) => a.version - b.version).map((episode) => [episode.id, episode]));
    const versions = [...this.episodes.entries(), ...this.clues.entries(), ...this.shadows.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
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
    if (how.stores.includes(batch)) run.store(next);
    if (how.restarts.includes(batch)) next = run.restart();
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
  return { setup, arrivals: arrivals.filter((arrival) => arrival.knownAt <= START + DAYS * DAY).sort(byKnownTime), activeSince: startOfHour(first), until: START + DAYS * DAY + HOUR, governed: { models: [...modelCatalogue, peerWatcher] } };
}

/** A model that loses its tier while its episode runs, a proposal in its shadow, and a department's rule that comes into force. */
function governed(): Recorded['governed'] {
  const b01 = modelById('B01') as Model;
  const rule = modelOfRule({
    id: 'R-001', version: 1, owner: 'JS-QC' as AuthorityId, area: [],
    body: {
      title: { zh: '贴限', en: 'near the limit' }, department: 'air', family: 'emission', trigger: 'hour', media: ['gas', 'water'], factors: ['a21026', 'a21002', 'a34013'],
      applies: '', remind: 'exceeds(factor)', warn: 'last(6).consecutive(exceeds(factor)) >= 2', workOrder: '', params: {}, standsAlone: true, excusedBy: [],
      text: { zh: '{factor} 超过限值 {limit(factor)}', en: '{factor} over {limit(factor)}' }, purpose: { zh: '检验', en: 'a check' }, advice: { zh: '核查', en: 'look' }, legalHooks: ['H1'],
    },
  });
  const event = START + 1.2 * DAY;
  const standing = standingOf({
    parameters: [], caps: [{ model: 'B01', cap: 'REMIND', validFrom: START }, { model: 'B01', cap: null, validFrom: event + 4 * HOUR }],
    releases: [{ model: 'R-001', version: '1', inForce: true, validFrom: event + 2 * HOUR }],
    shadows: [{ proposal: 'P1', model: b01, params: { ...b01.params, workOrderRun: 2 }, from: START + 0.5 * DAY, until: START + 9 * DAY }],
  });
  return { models: [...modelCatalogue, peerWatcher, rule], ...standing };
}

describe('按记录处理 the same recorded arrivals', () => {
  const dir = mkdtempSync(join(tmpdir(), 'recorded-'));
  let recorded: Recorded;
  let expected: string;
  beforeAll(async () => {
    const inject = [{ kind: 'exceed_sustained', outfall: 0, at: 1.2, hours: 6 }];
    await simulate({ seed: 'recorded', outfalls: 1, days: DAYS, outDir: dir, start: START, inject });
    const { registry } = loadRegistry(dir);
    recorded = await record(registry, registry.data.outfalls[0]?.outfall as OutfallId, join(dir, 'capture.tsv'));
    expected = processed(recorded, WHOLE);
  }, 60_000);
  afterAll(() => rmSync(dir, { recursive: true }));

  it('the same holds where tiers are lost and given back, rules come into force and proposals run in the shadow', () => {
    const decided = { ...recorded, governed: governed() };
    const all = processed(decided, WHOLE);
    const [, versions] = JSON.parse(all) as [string[], [string, Episode & Clue][]];
    const b01 = versions.flatMap(([, one]) => (one.model === 'B01' ? [one] : []));
    // Capped while it ran, raised once the cap was lifted; the shadow was not capped and reached the work order first.
    expect(b01.some((one) => one.withheld?.reason === 'CAPPED' && one.tier === 'REMIND')).toBe(true);
    const reached = (shadow: boolean) => Math.min(...versions.flatMap(([key, one]) => (one.model === 'B01' && key.startsWith('P1 ') === shadow && one.tier === 'WORK_ORDER' ? [one.raisedAt] : [])));
    expect(reached(true)).toBeLessThan(reached(false));
    expect(versions.some(([key, one]) => !key.startsWith('P1 ') && one.model === 'R-001' && one.tier === 'WARN')).toBe(true);
    expect(versions.some(([, one]) => one.models?.includes('R-001'))).toBe(true);
    for (let i = 0; i < 12; i++) {
      const how = { batches: [1 + i * 37, 400 - i * 30], stores: [i >> 1, i + 3], restarts: [i, i + 5], advances: i % 2 === 0, shuffle: i * 7 };
      expect(processed(decided, how)).toBe(all);
    }
  }, 120_000);

  it(`gives the same bytes in ${RUNS} random processings: batches, order within a batch, idle rounds, restarts from stored state`, () => {
    expect((JSON.parse(expected) as [string[]])[0].length).toBeGreaterThan(0);
    const processing = fc.record({
      batches: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 6 }),
      stores: fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { maxLength: 6 }),
      restarts: fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { maxLength: 3 }),
      advances: fc.boolean(),
      shuffle: fc.integer({ min: 0, max: 96 }),
    });
    fc.assert(
      fc.property(processing, (how) => {
        expect(processed(recorded, how)).toBe(expected);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  }, Math.max(600_000, RUNS * 2_000));
});
