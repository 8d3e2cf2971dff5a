import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { calibrate } from '../calibration/calibrate.ts';
import { renderCalibration } from '../calibration/render.ts';
import { runTool } from './run-tool.ts';

const HELP = `npm run calibrate -- [options]   how far honest simulated plants go in the statistics that models use, beside what the method says
  --outfalls N   outfalls of each trade (default 6; the table of the method has 40)
  --days N       days of each (default 120)
  --step M       minutes between frames (default 10)
  --seed S       seed of the plants (default calibrate-1)
  --media a,b    gas, water or both (default gas,water)
  --write FILE   also write the table, e.g. docs/calibration.md
`;

const { values } = parseArgs({
  options: {
    outfalls: { type: 'string', default: '6' }, days: { type: 'string', default: '120' }, step: { type: 'string', default: '10' }, seed: { type: 'string', default: 'calibrate-1' },
    media: { type: 'string', default: 'gas,water' }, write: { type: 'string' }, help: { type: 'boolean', default: false },
  },
});

const isMedium = (text: string): text is 'gas' | 'water' => text === 'gas' || text === 'water';

async function main(): Promise<void> {
  const media = values.media.split(',').filter(isMedium);
  const measured = calibrate({ seed: values.seed, outfalls: Number(values.outfalls), days: Number(values.days), stepMin: Number(values.step), media, say: (line) => process.stderr.write(`${line}\n`) });
  const given = Object.entries(values).filter(([name]) => name !== 'write' && name !== 'help');
  const text = renderCalibration(measured, `npm run calibrate -- ${given.map(([name, value]) => `--${name} ${value}`).join(' ')}`);
  process.stdout.write(text);
  if (values.write !== undefined) writeFileSync(values.write, text);
  await Promise.resolve();
}

await runTool(values.help ? HELP : undefined, main);
