import { areaFor } from './plants/gas.ts';
import { AUXILIARY, factorRow, FURNACE_CHANNELS } from './plants/factors.ts';
import { runBy, type FactorCode, type IndustryRow } from './plants/industry.ts';
import { drainPlant, drainRow } from './plants/storm-drain.ts';
import type { ProvinceOptions } from './province.ts';
import { randomStream, type Random } from './random.ts';
import { REFERENCE, type Variation } from './variation.ts';
import type { GasPlant, Instrument, Meter, Site, WaterPlant } from './world.ts';

/** Drains are numbered behind all outfalls of a unit. */
const FIRST_DRAIN = 0x100;

/** Draws the stormwater outlet of a unit, from streams of its own: the unit's other outfalls stay as they are. */
export function makeDrainSite(options: ProvinceOptions, enterpriseId: string, industry: IndustryRow, k: number): Site {
  const id = `${enterpriseId}-YS001`;
  const random = randomStream(options.seed, id, 'site');
  const row = drainRow(industry);
  const plant = drainPlant(random, row);
  const variation = options.variation ?? REFERENCE;
  return {
    id, enterpriseId, name: `1号${row.outfallZh}`, industry: row, medium: 'water', ...numbersOf(k, FIRST_DRAIN), plant, pollutants: [],
    instruments: AUXILIARY.water.map((f) => instrument(random, f, [], plant, undefined, options.resolution, variation, false)),
    meters: [], redundant: false, cycleHours: 1, sampleMinute: 0, doorBeatMin: 60, designFlow: Number((1.1 * plant.flow).toPrecision(4)), variation, traits: [],
    persons: { operator: [], own: [] },
  };
}

/** The outlet of a unit's workshop, numbered behind its outfalls, from streams of its own. */
export function makeWorkshopSites(options: ProvinceOptions, enterpriseId: string, industry: IndustryRow, k: number): Site[] {
  if (industry.workshop === undefined) return [];
  return [makeSite(options, enterpriseId, { ...industry, ...industry.workshop, role: 'workshop' }, industry.outfallsPerSite[1], k)];
}

/** Draws one outfall: its plant, instruments, meters and device numbers. */
export function makeSite(options: ProvinceOptions, enterpriseId: string, industry: IndustryRow, j: number, k: number): Site {
  const id = `${enterpriseId}-${industry.medium === 'gas' ? 'DA' : 'DW'}${String(j + 1).padStart(3, '0')}`;
  const random = randomStream(options.seed, id, 'site');
  const variation = options.variation ?? REFERENCE;
  const plant = industry.medium === 'gas' ? gasPlant(random, industry, randomStream(options.seed, id, 'furnace-usual')) : waterPlant(random, industry);
  // Burning gas leaves next to no sulphur; with a coarse printout the reading stands still for days.
  const nearZero = industry.medium === 'gas' && options.traits !== false && random.chance(0.06);
  const pollutants = industry.pollutants.map((p) => {
    const coarse = nearZero && p.factor === 'a21026';
    const share = coarse ? random.uniform(0.02, 0.06) : random.uniform(...p.r);
    return { ...p, share, sd: Math.min(p.sdMax * variation.spread, Math.log(1 / share) / 3.8), lag: variation.lag * random.uniform(...p.tau) };
  });
  const factors: readonly FactorCode[] = [...pollutants.map((p) => p.factor), ...AUXILIARY[industry.medium]];
  return {
    id,
    enterpriseId,
    name: `${j + 1}号${industry.outfallZh}`,
    industry,
    medium: industry.medium,
    ...numbersOf(k, j),
    plant,
    pollutants,
    instruments: [
      ...factors.map((f) => instrument(random, f, pollutants, plant, nearZero ? 'a21026' : undefined, options.resolution, variation,
        randomStream(options.seed, id, `coarse-${f}`).chance(variation.coarse))),
      ...(industry.gas?.furnace === undefined ? [] : FURNACE_CHANNELS).map((f) =>
        instrument(randomStream(options.seed, id, `instrument-${f}`), f, [], plant, undefined, undefined, variation, false)),
    ],
    ...meters(random, id, industry),
    cycleHours: options.cycleHours ?? (random.chance(0.7) ? 1 : 2),
    sampleMinute: random.int(0, 59),
    doorBeatMin: random.pick([15, 15, 30, 60]),
    designFlow: Number((1.1 * plant.flow).toPrecision(4)),
    variation,
    traits: nearZero ? ['near_zero_coarse'] : [],
    persons: {
      operator: [1, 2, 3].map((n) => `OP${String(k + 1).padStart(4, '0')}${n}`),
      own: [1, 2].map((n) => `EN${String(k + 1).padStart(4, '0')}${n}`),
    },
  };
}

/** 24 hexadecimal digits; the leading 32F0 marks the simulator so that no real device can share a number. */
const deviceNumber = (k: number, j: number, role: number): string =>
  `32F000${(k + 1).toString(16).toUpperCase().padStart(8, '0')}${role}${(j + 1).toString(16).toUpperCase().padStart(9, '0')}`;

const numbersOf = (k: number, j: number): Pick<Site, 'mn' | 'doorMn' | 'powerMn'> => ({ mn: deviceNumber(k, j, 0), doorMn: deviceNumber(k, j, 1), powerMn: deviceNumber(k, j, 2) });

function gasPlant(random: Random, industry: IndustryRow, chamber: Random): GasPlant {
  const row = industry.gas;
  if (row === undefined) throw new Error(`${industry.key} has no flue-gas row`);
  const drawn = {
    kind: 'gas' as const,
    flow: random.uniform(...row.flow),
    o2: random.uniform(...row.o2),
    o2Slope: random.uniform(...row.o2Slope),
    temp: random.uniform(...row.temp),
    tempSlope: random.uniform(...row.tempSlope),
    moisture: random.uniform(...row.moisture),
    velocity: random.uniform(...row.velocity),
    velocityCoefficient: Number(random.uniform(0.85, 1.15).toFixed(3)),
    draught: random.uniform(0.08, 0.4),
    o2Reference: row.o2Reference,
  };
  // Area is registered with four digits: the device computes with what is registered.
  return { ...drawn, area: Number(areaFor(drawn).toPrecision(4)), ...(row.furnace === undefined ? {} : { furnace: chamber.uniform(...row.furnace) }) };
}

function waterPlant(random: Random, industry: IndustryRow): WaterPlant {
  const row = industry.water;
  if (row === undefined) throw new Error(`${industry.key} has no wastewater row`);
  const flow = random.uniform(...row.flow);
  return {
    kind: 'water',
    flow,
    ph: random.uniform(...row.ph),
    conductivity: random.uniform(...row.conductivity),
    warmth: random.uniform(0, 6),
    tank: random.uniform(1.5, 3) * 3600 * flow,
  };
}

function instrument(
  random: Random, factor: FactorCode, pollutants: Site['pollutants'], plant: GasPlant | WaterPlant,
  coarse: FactorCode | undefined, forced: number | undefined, variation: Variation, coarser: boolean,
): Instrument {
  const row = factorRow(factor);
  const pollutant = pollutants.find((p) => p.factor === factor);
  const drawn = random.weighted(row.resolutions.map(([q]) => q), row.resolutions.map(([, w]) => w));
  const span = pollutant === undefined ? (row.span ?? 0) : spanFor(runBy(pollutant), random.pick([2.5, 3, 4, 5]));
  const noise = variation.noise * span * random.uniform(0.001, 0.004);
  const small = factor === 'w00000' && plant.flow < 10 ? 0.001 : drawn;
  const resolution = pollutant !== undefined && forced !== undefined ? Math.min(forced, drawn) : factor === coarse ? 1 : pollutant !== undefined && coarser ? Math.min(1, 10 * small) : small;
  return {
    factor,
    zh: row.zh,
    unit: row.unit,
    span: factor === 'w00000' ? Math.ceil(plant.flow * 4) : factor === 'a00000' ? Math.ceil(plant.flow / 1000) * 2000 : span,
    resolution,
    decimals: Math.max(0, Math.round(-Math.log10(resolution))),
    noise: pollutant !== undefined && plant.kind === 'gas' ? noise : 0,
    ...(pollutant === undefined ? {} : { pollutant }),
  };
}

const spanFor = (limit: number, factor: number): number => Number((limit * factor).toPrecision(3));

function meters(random: Random, id: string, industry: IndustryRow): { meters: Meter[]; redundant: boolean } {
  const production = Math.round(random.uniform(...industry.productionKw));
  const treatment = Math.round(production * random.uniform(...industry.treatmentShare));
  const redundant = random.chance(0.25);
  const meter = (n: number, role: Meter['role'], ratedKw: number, line: string): Meter => ({
    id: `${id}-M${n}`, role, ratedKw: Math.max(1, ratedKw), channel: String(100000 + n), line,
  });
  const list = [meter(1, 'production', production, industry.lines.production), meter(2, 'treatment', treatment, industry.lines.treatment)];
  if (redundant) list.push(meter(3, 'treatment', treatment, `${industry.lines.treatment}（备用）`));
  list.push(meter(9, 'main', Math.round(1.05 * (production + treatment)), '总进线'));
  return { meters: list, redundant };
}
