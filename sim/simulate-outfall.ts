import { LOOKALIKES } from './benign/lookalikes.ts';
import { CHEATS } from './cheats/cheats.ts';
import { planTransport } from './devices/comms.ts';
import { planVisits } from './devices/doors.ts';
import { makeHours } from './devices/hours.ts';
import { readInstruments } from './devices/instruments.ts';
import { printChannels } from './devices/quantise.ts';
import { labelOf, type Episode, type Kind } from './event.ts';
import type { Grid } from './grid.ts';
import { emptyLedger, naturalExceedances, recordStops, recordTraits, sampleByHand, setPermits } from './ledger.ts';
import { planEvents, type PlanOptions } from './plan.ts';
import { addFurnace } from './plants/furnace.ts';
import { makeGas } from './plants/gas.ts';
import { makeLoad, planStops, plantStates } from './plants/load.ts';
import { makePower } from './plants/power.ts';
import { makeDrain } from './plants/storm-drain.ts';
import { makeWater } from './plants/water.ts';
import type { FactorCode } from './plants/industry.ts';
import { isDrain, type Hours, type Influence, type Run, type Truth } from './world.ts';

export interface OutfallOptions extends Pick<PlanOptions, 'seed' | 'site' | 'ordinal' | 'alone' | 'grid' | 'until' | 'inject' | 'benign' | 'liveInject' | 'weather'> {
  /** No stops, no calibrations, no losses: the conditions of the acceptance table (`acceptance.test.ts`). */
  readonly ideal?: boolean;
}

export interface OutfallResult {
  readonly run: Run;
  readonly hours: Hours;
}

const kindOf = (name: string): { kind: Kind; benign: boolean } => {
  const cheat = CHEATS[name];
  if (cheat !== undefined) return { kind: cheat, benign: false };
  const lookalike = LOOKALIKES[name];
  if (lookalike === undefined) throw new Error(`unknown kind of event: ${name}`);
  return { kind: lookalike, benign: true };
};

/**
 * One outfall over the whole horizon: plant → instruments → forgery → print → hours → transport. What happens before
 * `until` does not depend on how far the horizon goes beyond it, so the live province continues the same history.
 */
export function simulateOutfall(o: OutfallOptions): OutfallResult {
  const { seed, site, grid } = o;
  const ideal = o.ideal === true;
  const ledger = emptyLedger();
  const stops = ideal ? [] : planStops(seed, site, grid);
  const state = plantStates(grid, stops);
  const events = planEvents({ ...o, state });
  const influence = blankInfluence(grid);
  for (const e of events) kindOf(e.kind).kind.influence?.(e, { influence, state });
  const truth = makeTruth(o, stops, state, influence);
  recordStops(seed, site, stops, ledger);
  const { channels, sampled } = readInstruments(seed, site, grid, truth, ledger, ideal);
  if (!ideal && !isDrain(site)) planVisits(seed, site, grid, ledger);
  const transport = planTransport(seed, site, grid, influence.dark, ledger, ideal);
  const run: Run = {
    seed, grid, site, weather: o.weather, stops, influence, truth, channels, sampled,
    reportedPower: new Map([...truth.power].map(([id, kw]) => [id, Float64Array.from(kw)])), ledger, transport,
  };
  for (const e of events) kindOf(e.kind).kind.forge?.(e, run);
  printChannels(channels);
  const hours = makeHours(site, grid, channels);
  for (const e of events) kindOf(e.kind).kind.transmit?.(e, run, hours);
  finishLedger(run, hours, events, o.until);
  return { run, hours };
}

function finishLedger(run: Run, hours: Hours, events: readonly Episode[], until: number): void {
  setPermits(run, hours, events, until);
  for (const e of events) {
    const { kind, benign } = kindOf(e.kind);
    if (e.void !== true) run.ledger.labels.push(labelOf(e, kind, benign));
  }
  recordTraits(run, until);
  sampleByHand(run, until);
  run.ledger.labels.push(...naturalExceedances(run, hours, until));
}

function blankInfluence(grid: Grid): Influence {
  return {
    ln: new Map(), load: new Float64Array(grid.n).fill(Number.NaN), treatment: new Float64Array(grid.n).fill(1),
    steady: new Uint8Array(grid.n), flow: new Float64Array(grid.n), furnace: new Float64Array(grid.n), held: new Uint8Array(grid.n), dark: new Uint8Array(grid.n),
  };
}

function makeTruth(o: OutfallOptions, stops: Run['stops'], state: Uint8Array, influence: Influence): Truth {
  const { seed, site, grid } = o;
  const load = makeLoad(seed, site, grid, stops, influence);
  const made = flowOf(o, load, state, influence);
  const power = makePower(seed, site, grid, load, state, made.flow, influence);
  return { load, state, flow: made.flow, values: made.values, power };
}


function flowOf(o: OutfallOptions, load: Float64Array, state: Uint8Array, influence: Influence): { flow: Float64Array; values: Map<FactorCode, Float64Array> } {
  const { seed, site, grid, weather } = o;
  const { plant } = site;
  if (plant.kind === 'water') {
    return plant.catchment === undefined
      ? makeWater(seed, site, plant, grid, weather, load, state, influence)
      : makeDrain(seed, site, plant, plant.catchment, grid, weather, influence);
  }
  const made = makeGas(seed, site, plant, grid, weather, load, state, influence);
  addFurnace(made.values, seed, site, plant, grid, weather, load, state, influence);
  return made;
}
