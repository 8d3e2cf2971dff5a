import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAY, makeGrid, type Grid } from './grid.ts';
import { exceedancesOf } from './exceedances.ts';
import { outfallFrames } from './outfall-frames.ts';
import type { Inject, InjectRequest } from './plan.ts';
import type { Industry } from './plants/industry.ts';
import { makeProvince } from './province.ts';
import { simulateOutfall, type OutfallResult } from './simulate-outfall.ts';
import type { Variation } from './variation.ts';
import { makeWaste, WASTE_GAP } from './waste.ts';
import { provinceWeather } from './weather.ts';
import { isWorkshop, type Enterprise, type Label, type Site } from './world.ts';
import { openCapture, type Compression } from './write-capture.ts';
import { openCsv } from './write-csv.ts';
import { openRegistry } from './write-registry.ts';

export type { Inject, InjectRequest } from './plan.ts';

export interface SimulateOptions {
  readonly seed: string | number;
  readonly outfalls: number;
  readonly days: number;
  readonly outDir: string;
  /** First instant of history, epoch ms; moved back to 00:00 China time. */
  readonly start: number;
  readonly stepMin?: number;
  /** Differences from the page (`drawVariation`). Default: none. */
  readonly variation?: Variation;
  readonly industries?: readonly Industry[];
  /** Region the units stand in, as the register says it. Default jiangsu. */
  readonly region?: string;
  /** Default: cheats placed by rule. */
  readonly inject?: Inject;
  /** Planned look-alikes. Default true. */
  readonly benign?: boolean;
  readonly compression?: Compression;
  /** Also put ST 80 power frames into the capture; power.csv says the same. Default false. */
  readonly powerFrames?: boolean;
  /** Devices beside the outfalls' own: analysers before treatment, meters of the water taken in. Default false. */
  readonly sideDevices?: boolean;
  /** Stormwater outlets of plants whose yards have one, beside `outfalls`. Default false. */
  readonly stormDrains?: boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface SimulateSummary {
  readonly enterprises: number;
  readonly outfalls: number;
  readonly frames: number;
  readonly labels: number;
  readonly labelKinds: Readonly<Record<string, number>>;
  readonly from: number;
  readonly until: number;
  readonly capturePath: string;
  readonly labelsPath: string;
}

export interface LabelLine extends Label {
  readonly id: string;
  readonly outfall: string;
  readonly enterprise: string;
  /** Every outfall on which an alarm counts as a hit. */
  readonly outfalls: readonly string[];
}

/**
 * Writes a labelled province: register files, `capture.tsv` (`.gz`/`.zst` by option), `labels.jsonl` and
 * `exceedances.csv`. The same
 * options give the same bytes. Throws on unknown industries or kinds and on an unusable folder.
 */
export async function simulate(options: SimulateOptions): Promise<SimulateSummary> {
  // One day more than is written: pumps start before the furnace, so the last minutes of history know the next ones.
  const grid = makeGrid(options.start, options.days + 1, options.stepMin ?? 10);
  const until = grid.start + options.days * DAY;
  mkdirSync(options.outDir, { recursive: true });
  const registry = openRegistry(options.outDir, options.region ?? 'jiangsu', options.sideDevices === true);
  const suffix = options.compression === undefined || options.compression === 'none' ? '' : `.${options.compression}`;
  const capturePath = join(options.outDir, `capture.tsv${suffix}`);
  const capture = openCapture(capturePath, options.compression ?? 'none');
  const labels: LabelLine[] = [];
  const exceedances = openCsv(join(options.outDir, 'exceedances.csv'), ['outfall', 'factor', 'start_ms', 'end_ms', 'ratio', 'clear']);
  let enterprises = 0;
  let done = 0;
  const counties = new Set<string>();
  for (const { enterprise, sites } of walkProvince(options, grid, until)) {
    enterprises++;
    registry.enterprise(enterprise);
    const loads: Float64Array[] = [];
    for (const { site, result } of sites()) {
      if (!counties.has(enterprise.county)) registry.weather(enterprise.county, grid, result.run.weather, until);
      counties.add(enterprise.county);
      capture.add(outfallFrames(result, grid.start, until, options.powerFrames === true, true, options.sideDevices === true));
      registry.outfall(enterprise, result.run, until);
      for (const e of exceedancesOf(result.run, result.hours, until)) exceedances.row([site.id, e.factor, e.start, e.end, e.ratio.toFixed(4), e.clear]);
      if (enterprise.outfalls.includes(site)) loads.push(result.run.truth.load);
      labels.push(...labelLines(result.run.ledger.labels, enterprise, site, until));
      done++;
      options.onProgress?.(done, options.outfalls);
    }
    const waste = makeWaste(String(options.seed), enterprise, grid, until, loads, hidesWaste(options.inject));
    registry.waste(enterprise, waste.rows, waste.manifests);
    const first = enterprise.outfalls[0];
    if (first !== undefined) labels.push(...labelLines(waste.labels, enterprise, first, until));
  }
  registry.close();
  exceedances.close();
  const labelsPath = join(options.outDir, 'labels.jsonl');
  const sorted = numberLabels(labels);
  writeFileSync(labelsPath, sorted.map((l) => `${JSON.stringify(l)}\n`).join(''));
  const frames = await capture.close();
  return { enterprises, outfalls: done, frames, labels: sorted.length, labelKinds: countKinds(sorted), from: grid.start, until, capturePath, labelsPath };
}

/** Ledgers lie where cheats come by rule, or where that is asked for. */
const hidesWaste = (inject: Inject = 'default'): boolean =>
  inject === 'default' || (typeof inject === 'object' && 'inTurn' in inject && inject.inTurn.includes(WASTE_GAP));

export interface WalkOptions extends Pick<SimulateOptions, 'seed' | 'outfalls' | 'industries' | 'inject' | 'benign' | 'variation' | 'stormDrains'> {
  readonly liveInject?: readonly InjectRequest[];
}

/** The province enterprise by enterprise; outfalls are computed one at a time as they are asked for. */
export function* walkProvince(
  options: WalkOptions, grid: Grid, until: number,
): Generator<{ enterprise: Enterprise; sites: () => Generator<{ site: Site; result: OutfallResult }> }> {
  const weatherOf = provinceWeather(options.seed, grid);
  let ordinal = 0;
  const province = makeProvince({
    seed: options.seed, outfalls: options.outfalls, ...(options.industries === undefined ? {} : { industries: options.industries }),
    traits: options.benign !== false, stormDrains: options.stormDrains === true, ...(options.variation === undefined ? {} : { variation: options.variation }),
  });
  for (const enterprise of province) {
    const first = ordinal;
    ordinal += enterprise.outfalls.length;
    const sites = function* (): Generator<{ site: Site; result: OutfallResult }> {
      for (const [k, site] of [...enterprise.outfalls, ...enterprise.drains, ...enterprise.workshops].entries()) {
        const result = simulateOutfall({
          seed: String(options.seed), site, ordinal: first + k, alone: enterprise.outfalls.length === 1 && !isWorkshop(site), grid, weather: weatherOf(enterprise.county), until,
          inject: options.inject ?? 'default', benign: options.benign !== false,
          ...(options.liveInject === undefined ? {} : { liveInject: options.liveInject }),
        });
        yield { site, result };
      }
    };
    yield { enterprise, sites };
  }
}

function labelLines(labels: readonly Label[], enterprise: Enterprise, site: Site, until: number): LabelLine[] {
  const whole = new Set(['waste_gap', 'emergency_ignore', 'order_obeyed', 'site_blackout']);
  return labels
    .filter((l) => l.start < until)
    .map((l) => ({
      id: '', outfall: site.id, enterprise: enterprise.id, ...l, end: Math.min(l.end, until),
      outfalls: whole.has(l.kind) ? [...enterprise.outfalls, ...enterprise.workshops].map((o) => o.id) : [site.id],
    }));
}

function numberLabels(labels: readonly LabelLine[]): LabelLine[] {
  const sorted = [...labels].sort((a, b) => a.start - b.start || (a.outfall < b.outfall ? -1 : a.outfall > b.outfall ? 1 : a.kind < b.kind ? -1 : 1));
  return sorted.map((l, k) => ({ ...l, id: `L${String(k + 1).padStart(5, '0')}` }));
}

const countKinds = (labels: readonly LabelLine[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const l of labels) counts[l.kind] = (counts[l.kind] ?? 0) + 1;
  return counts;
};
