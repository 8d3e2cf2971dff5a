import { DAY } from '#kernel';
import { systemClock } from '#platform/clock';
import { progressBar, say } from '../terminal.ts';
import { moment, wholeNumber, type Register } from './command.ts';

interface Options {
  seed: string;
  outfalls: number;
  days: number;
  out: string;
  start?: number;
  compress?: boolean;
}

export const simulate: Register = (program) =>
  void program
    .command('simulate')
    .description('生成带标注的模拟省份 write a labelled province: register, capture, labels')
    .requiredOption('--seed <text>', '种子，相同种子得到相同字节 seed: the same seed gives the same bytes')
    .requiredOption('--outfalls <n>', '排放口数', wholeNumber('--outfalls', 1, 10_000))
    .requiredOption('--days <n>', '天数', wholeNumber('--days', 1, 1_000))
    .requiredOption('--out <dir>', '输出文件夹 folder to write')
    .option('--start <time>', '起始日 first day (default: so that the last day is yesterday)', moment('--start'))
    .option('--compress', '报文记录写为 .zst write the capture as .zst')
    .action(async ({ seed, outfalls, days, out, start, compress }: Options) => {
      const { simulate: run } = await import('#sim/simulate');
      const bar = progressBar('模拟 simulating');
      const summary = await run({
        seed, outfalls, days, outDir: out, start: start ?? systemClock().now() - days * DAY,
        ...(compress ? { compression: 'zst' as const } : {}), onProgress: bar,
      });
      say(`${summary.enterprises} 家单位 enterprises · ${summary.outfalls} 个排放口 outfalls · ${summary.frames} 帧 frames · ${summary.labels} 条标注 labels → ${out}`);
    });
