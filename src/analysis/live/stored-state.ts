import { deserialize, serialize } from 'node:v8';
import { packBytes, unpackBytes, type FactsPiece } from '#quality';
import { modelCatalogue } from '../catalogue.ts';
import type { EngineState, OutfallEngine } from '../engine.ts';

/** An engine at one moment, as it is stored: a state that is written anew, and the pieces of its columns that changed. */
export interface StoredEngine {
  readonly state: Uint8Array;
  readonly pieces: readonly FactsPiece[];
}

/** The models of this program. What others learnt in the course of a day may have another form: it is learnt again. */
const PROGRAM = modelCatalogue.map(({ id, version }) => `${id}@${version}`).join(' ');

type Holding = { readonly engine: EngineState };

/** An engine's state and what belongs to it, packed. Structured clones keep NaN, undefined, maps and typed arrays as they are. */
export const packState = (held: Holding): Uint8Array => packBytes(serialize({ program: PROGRAM, held }));

export function unpackState<T extends Holding>(bytes: Uint8Array): T {
  const { program, held } = deserialize(unpackBytes(bytes)) as { program: string; held: T };
  if (program !== PROGRAM) held.engine.judged.learnt.clear();
  return held;
}

/** What must be written so that the engine can be taken up again; pieces given out count as written. */
export const storeEngine = (engine: OutfallEngine): StoredEngine => ({ state: packState({ engine: engine.state }), pieces: engine.facts.takePieces() });

export const takeUpEngine = (engine: OutfallEngine, state: Uint8Array, pieces: Iterable<Uint8Array>): void =>
  engine.takeUp(unpackState(state).engine, pieces);
