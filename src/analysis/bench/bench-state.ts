import { serialize } from 'node:v8';
import { HOUR } from '#kernel';
import type { Arrival } from '#quality';
import type { OutfallEngine } from '../engine.ts';
import { storeEngine, takeUpEngine } from '../live/stored-state.ts';

/** What one outfall's state is made of, kB. */
export interface StateShares {
  /** Columns in memory. */
  readonly hours: number;
  readonly steps: number;
  readonly power: number;
  /** Beside the columns, as plain data: what models learnt today, opinions, facts (doors, weather, readings …). */
  readonly learnt: number;
  readonly opinions: number;
  readonly facts: number;
  /** As stored: the part written every time, all pieces of the columns, and the newest piece. */
  readonly storedState: number;
  readonly storedPieces: number;
  readonly newestPiece: number;
}

export interface StateBench extends StateShares {
  /** Processor time (ms) of packing state and newest piece, and of taking all of it up again. */
  readonly packMs: number;
  readonly takeUpMs: number;
}

const kb = (bytes: number): number => bytes / 1024;
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/**
 * Stores an engine and takes it up again, hour after hour over the given arrivals, as a lane that rests does. The engine
 * must not have been stored before. `open` makes an empty one.
 */
export function benchState(engine: OutfallEngine, open: () => OutfallEngine, arrivals: readonly Arrival[], from: number, hours: number): StateBench {
  const { judged, facts } = engine.state;
  const { learnt, ...opinions } = judged;
  const columns = { hours: kb(engine.facts.hours.bytes), steps: kb(engine.facts.steps.bytes), power: kb(engine.facts.power.bytes) };
  const first = storeEngine(engine);
  const pieces = new Map(first.pieces.map(({ start, bytes }) => [start, bytes]));
  let { state } = first;
  let [packMs, takeUpMs] = [0, 0];
  for (let h = 0; h < hours; h++) {
    const began = cpuMs();
    const next = open();
    takeUpEngine(next, state, pieces.values());
    takeUpMs += cpuMs() - began;
    const [since, until] = [from + h * HOUR, from + (h + 1) * HOUR];
    next.feed(arrivals.filter(({ knownAt }) => knownAt > since && knownAt <= until));
    next.advance(until);
    const fed = cpuMs();
    const stored = storeEngine(next);
    packMs += cpuMs() - fed;
    ({ state } = stored);
    for (const { start, bytes } of stored.pieces) pieces.set(start, bytes);
  }
  return {
    ...columns, learnt: kb(serialize(learnt).length), opinions: kb(serialize(opinions).length), facts: kb(serialize(facts).length),
    storedState: kb(state.length), storedPieces: kb([...pieces.values()].reduce((sum, bytes) => sum + bytes.length, 0)),
    newestPiece: kb(pieces.get(Math.max(...pieces.keys()))?.length ?? 0), packMs: packMs / hours, takeUpMs: takeUpMs / hours,
  };
}
