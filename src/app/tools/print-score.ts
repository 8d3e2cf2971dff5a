import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { renderScore } from '../score/render.ts';
import { scoreProvince, type Scored } from '../score/score-province.ts';
import { runTool } from './run-tool.ts';

const HELP = `npm run score -- [options]
  --seeds a,b,c       seeds of the provinces, one after the other (default judge-44,judge-45)
  --outfalls N        outfalls of each (default 36)
  --days N            days of each (default 100)
  --step M            minutes between frames (default 10)
  --param-shift W,X   how far noise, spread, lag, drift and losses leave the reference, 0 = not at all (default 0);
                      one number per seed, the last one for all that follow
  --threads N         judging threads (default 1)
  --write FILE        also write the table, e.g. docs/score.md
`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: 'judge-44,judge-45' }, outfalls: { type: 'string', default: '36' }, days: { type: 'string', default: '100' },
    step: { type: 'string', default: '10' }, 'param-shift': { type: 'string', default: '0' }, threads: { type: 'string', default: '1' },
    write: { type: 'string' }, help: { type: 'boolean', default: false },
  },
});

/** One province after the other, so that memory stays that of one. */
async function main(): Promise<void> {
  const scored: Scored[] = [];
  const shifts = values['param-shift'].split(',').map(Number);
  for (const [i, seed] of values.seeds.split(',').entries()) {
    scored.push(await scoreProvince({
      seed, outfalls: Number(values.outfalls), days: Number(values.days), stepMin: Number(values.step),
      paramShift: shifts[i] ?? shifts.at(-1) ?? 0, threads: Number(values.threads), say: (line) => process.stderr.write(`${line}\n`),
    }));
  }
  const given = Object.entries(values).filter(([name]) => name !== 'write' && name !== 'help' && name !== 'threads');
  const text = renderScore(scored, `npm run score -- ${given.map(([name, value]) => `--${name} ${value}`).join(' ')}`);
  process.stdout.write(text);
  if (values.write !== undefined) writeFileSync(values.write, text);
}

await runTool(values.help ? HELP : undefined, main);
