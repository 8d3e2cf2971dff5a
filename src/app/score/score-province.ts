import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDetect, type Model } from '#analysis';
import { loadRegistry } from '#register';
import { INDUSTRIES, isIndustry } from '#sim/plants/industries';
import { randomStream } from '#sim/random';
import { simulate, type Inject } from '#sim/simulate';
import { drawVariation } from '#sim/variation';
import { exactness, type Exactness, type Exceeding } from './exceedances.ts';
import { sheetsOf, type Sheet } from './fusion-sheets.ts';
import { NAIVE } from './naive.ts';
import type { Alarm, Label } from './rule.ts';
import { tally, type Tally } from './tally.ts';
import { checkSeed } from './tuning-seeds.ts';

export interface ProvinceOptions {
  readonly seed: string;
  readonly outfalls: number;
  readonly days: number;
  readonly stepMin: number;
  /** How far plants and instruments leave the reference page; see `drawVariation`. */
  readonly paramShift: number;
  /** Trades of the province; all nine by default. */
  readonly industries?: readonly string[];
}

export interface ScoreOptions extends ProvinceOptions {
  /** Events of the province and whether look-alikes come; by rule where not said. */
  readonly inject?: Inject;
  readonly benign?: boolean;
  /** Judged by these models alone. */
  readonly models?: readonly string[];
  readonly threads?: number;
  readonly say?: (line: string) => void;
}

/** A province with what was found in it: all that scoring and fitting need, as plain records. */
export interface Judged {
  readonly options: ProvinceOptions;
  readonly outfalls: readonly { readonly outfall: string; readonly type: string }[];
  readonly from: number;
  readonly until: number;
  readonly labels: readonly Label[];
  readonly exceeding: readonly Exceeding[];
  readonly alarms: readonly Alarm[];
  /** What the yardstick found; none where it was not asked. */
  readonly naive: readonly Alarm[];
}

export interface Scored {
  readonly options: ProvinceOptions;
  readonly ours: Tally;
  readonly naive: Tally;
  readonly exact: Exactness;
  readonly sheets: readonly Sheet[];
}

/** Begins in late winter, so that cold, the Spring Festival and warm weeks all occur. A date, not the clock: runs repeat. */
const START = Date.UTC(2026, 1, 1, -8);

/** Makes a labelled province in a temporary folder and runs the real `detect` on it; the folder is removed. */
export async function judgeProvince(options: ScoreOptions, withNaive = true): Promise<Judged> {
  const dir = mkdtempSync(join(tmpdir(), 'mingjian-score-'));
  try {
    const { say, threads = 1, inject = 'default', benign = true, models, ...plain } = options;
    say?.(`模拟 simulating ${options.seed}`);
    const made = await simulate({
      seed: options.seed, outfalls: options.outfalls, days: options.days, stepMin: options.stepMin, start: START, outDir: dir,
      powerFrames: true, sideDevices: true, stormDrains: true, variation: drawVariation(options.seed, options.paramShift),
      industries: (options.industries ?? Object.keys(INDUSTRIES)).filter(isIndustry), inject, benign,
    });
    say?.(`研判 detecting ${made.frames} 帧 frames`);
    const judged = async (catalogue?: readonly Model[]): Promise<Alarm[]> => {
      const report = await runDetect({ registryDir: dir, capture: made.capturePath, threads, ...(models === undefined ? {} : { models }), ...(catalogue === undefined ? {} : { catalogue }) });
      if (report.exceptions.length > 0) throw new Error(`${report.exceptions[0]?.model}: ${report.exceptions[0]?.reason}`);
      return report.alarms.map((line) => JSON.parse(line) as Alarm);
    };
    return {
      options: plain, outfalls: loadRegistry(dir).registry.data.outfalls.map(({ outfall, type }) => ({ outfall, type })), from: made.from, until: made.until,
      labels: jsonLines(made.labelsPath), exceeding: readExceedances(join(dir, 'exceedances.csv')), alarms: await judged(), naive: withNaive ? await judged(NAIVE) : [],
    };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Judges a province and scores the alarms. Throws a RangeError for a seed on which thresholds were tuned. */
export async function scoreProvince(options: ScoreOptions): Promise<Scored> {
  checkSeed(options.seed);
  const judged = await judgeProvince(options);
  const scored = (alarms: readonly Alarm[]): Tally => {
    const random = randomStream(options.seed, 'score', 'placebo');
    return tally({ ...judged, alarms }, () => random.next());
  };
  return {
    options: judged.options, ours: scored(judged.alarms), naive: scored(judged.naive), exact: exactness(judged.alarms, judged.exceeding),
    sheets: sheetsOf(options.seed, judged.alarms, judged.labels),
  };
}

const lines = (path: string): string[] => readFileSync(path, 'utf8').split('\n').filter(Boolean);
const jsonLines = (path: string): Label[] => lines(path).map((line) => JSON.parse(line) as Label);

function readExceedances(path: string): Exceeding[] {
  return lines(path).slice(1).map((line) => {
    const [outfall = '', factor = '', start, end, , clear] = line.split(',');
    return { outfall, factor, start: Number(start), end: Number(end), clear: clear === '1' };
  });
}

