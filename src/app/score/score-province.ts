import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDetect, type Model } from '#analysis';
import { loadRegistry } from '#register';
import { INDUSTRIES, isIndustry } from '#sim/plants/industries';
import { randomStream } from '#sim/random';
import { simulate } from '#sim/simulate';
import { drawVariation } from '#sim/variation';
import { exactness, type Exactness, type Exceeding } from './exceedances.ts';
import { NAIVE } from './naive.ts';
import type { Alarm, Label } from './rule.ts';
import { tally, type Tally } from './tally.ts';
import { checkSeed } from './tuning-seeds.ts';

export interface ScoreOptions {
  readonly seed: string;
  readonly outfalls: number;
  readonly days: number;
  readonly stepMin: number;
  /** How far plants and instruments leave the reference page; see `drawVariation`. */
  readonly paramShift: number;
  /** Trades of the province; all nine by default. */
  readonly industries?: readonly string[];
  readonly threads?: number;
  readonly say?: (line: string) => void;
}

export interface Scored {
  readonly options: ScoreOptions;
  readonly ours: Tally;
  readonly naive: Tally;
  readonly exact: Exactness;
}

/** Begins in late winter, so that cold, the Spring Festival and warm weeks all occur. A date, not the clock: runs repeat. */
const START = Date.UTC(2026, 1, 1, -8);

/**
 * Makes a labelled province in a temporary folder, runs the real `detect` on it and scores the alarms; the folder is
 * removed. Throws a RangeError for a seed on which thresholds were tuned.
 */
export async function scoreProvince(options: ScoreOptions): Promise<Scored> {
  checkSeed(options.seed);
  const dir = mkdtempSync(join(tmpdir(), 'mingjian-score-'));
  try {
    options.say?.(`模拟 simulating ${options.seed}`);
    const made = await simulate({
      seed: options.seed, outfalls: options.outfalls, days: options.days, stepMin: options.stepMin, start: START, outDir: dir,
      variation: drawVariation(options.seed, options.paramShift),
      industries: (options.industries ?? Object.keys(INDUSTRIES)).filter(isIndustry),
    });
    options.say?.(`研判 detecting ${made.frames} 帧 frames`);
    const run = { registryDir: dir, capture: made.capturePath, threads: options.threads ?? 1 };
    const judged = async (catalogue?: readonly Model[]): Promise<Alarm[]> => {
      const report = await runDetect({ ...run, ...(catalogue === undefined ? {} : { catalogue }) });
      if (report.exceptions.length > 0) throw new Error(`${report.exceptions[0]?.model}: ${report.exceptions[0]?.reason}`);
      return report.alarms.map((line) => JSON.parse(line) as Alarm);
    };
    const ours = await judged();
    const naive = await judged(NAIVE);
    const labels = jsonLines(made.labelsPath);
    const outfalls = loadRegistry(dir).registry.data.outfalls.map(({ outfall, type }) => ({ outfall, type }));
    const scored = (alarms: readonly Alarm[]): Tally => {
      const random = randomStream(options.seed, 'score', 'placebo');
      return tally({ outfalls, from: made.from, until: made.until, labels, alarms }, () => random.next());
    };
    return { options, ours: scored(ours), naive: scored(naive), exact: exactness(ours, readExceedances(join(dir, 'exceedances.csv'))) };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const lines = (path: string): string[] => readFileSync(path, 'utf8').split('\n').filter(Boolean);
const jsonLines = (path: string): Label[] => lines(path).map((line) => JSON.parse(line) as Label);

function readExceedances(path: string): Exceeding[] {
  return lines(path).slice(1).map((line) => {
    const [outfall = '', factor = '', start, end, , clear] = line.split(',');
    return { outfall, factor, start: Number(start), end: Number(end), clear: clear === '1' };
  });
}

