import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FUSION_WEIGHTS, withFit } from '#analysis';
import { DAY, dayOf } from '#kernel';
import { systemClock } from '#platform/clock';
import { fitFusion } from '../score/fit-fusion.ts';
import { sheetsOf, type Sheet } from '../score/fusion-sheets.ts';
import { reliabilityOf } from '../score/reliability.ts';
import { reliabilityTable } from '../score/render.ts';
import { judgeProvince, type Judged } from '../score/score-province.ts';
import { runTool } from './run-tool.ts';

const HELP = `npm run fit-fusion -- [options]   fits the weights of evidence fusion (G11)
  --seeds tune-5,…    provinces to fit on; never one that is scored
  --check tune-11,…   other provinces for the reliability table that is printed
  --outfalls N --days N --step M --param-shift W    as in npm run score (18, 48, 10, 0)
  --keep DIR          keep judged provinces there and read them again instead of judging anew
  --version V         version of the fit, stated on every sheet (default 2)
  --write             write src/analysis/models/fusion-fit.json
`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: 'tune-5,tune-6,tune-7,tune-8' }, check: { type: 'string', default: 'tune-9' },
    outfalls: { type: 'string', default: '18' }, days: { type: 'string', default: '48' }, step: { type: 'string', default: '10' },
    'param-shift': { type: 'string', default: '0' }, keep: { type: 'string' }, version: { type: 'string', default: '2' },
    write: { type: 'boolean', default: false }, help: { type: 'boolean', default: false },
  },
});

const FILE = join(import.meta.dirname, '../../analysis/models/fusion-fit.json');

async function judged(seed: string): Promise<Judged> {
  const file = values.keep === undefined ? undefined : join(values.keep, `${seed}.json`);
  if (file !== undefined && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Judged;
  const made = await judgeProvince({
    seed, outfalls: Number(values.outfalls), days: Number(values.days), stepMin: Number(values.step), paramShift: Number(values['param-shift']),
    say: (line) => process.stderr.write(`${line}\n`),
  }, false);
  if (file !== undefined && values.keep !== undefined) {
    mkdirSync(values.keep, { recursive: true });
    writeFileSync(file, JSON.stringify(made));
  }
  return made;
}

async function main(): Promise<void> {
  let months = 0;
  const sheetsFrom = async (seeds: readonly string[]): Promise<Sheet[]> => {
    const sheets: Sheet[] = [];
    for (const seed of seeds) {
      if (!seed.startsWith('tune')) throw new RangeError(`只在 tune-* 种子上拟合 fits are made on tune-* seeds only: ${seed}`);
      const province = await judged(seed);
      months += (province.outfalls.length * (province.until - province.from)) / (30 * DAY);
      sheets.push(...sheetsOf(seed, province.alarms, province.labels));
    }
    return sheets;
  };
  const sheets = await sheetsFrom(values.seeds.split(','));
  const fit = fitFusion(sheets, { version: values.version, fittedOn: dayOf(systemClock().now()), outfallMonths: Math.round(months) });
  const others = await sheetsFrom(values.check.split(',').filter(Boolean));
  if (values.write) writeFileSync(FILE, `${JSON.stringify(fit, null, 1)}\n`);
  process.stdout.write(`${JSON.stringify(fit, null, 1)}\n\n${values.check} 拟合前 before the fit\n${reliabilityTable(reliabilityOf(others, FUSION_WEIGHTS))}\n\n拟合后 after\n${reliabilityTable(reliabilityOf(others, withFit(fit)))}\n`);
}

await runTool(values.help ? HELP : undefined, main);
