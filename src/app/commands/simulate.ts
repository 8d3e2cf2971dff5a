import { DAY } from '#kernel';
import { systemClock } from '#platform/clock';
import { progressBar, say } from '../terminal.ts';
import { fraction, moment, oneOf, wholeNumber, type Register } from './command.ts';

interface Options {
  seed: string;
  outfalls: number;
  days: number;
  out: string;
  start?: number;
  step: number;
  industries?: string;
  inject: string;
  paramShift: number;
  compress?: boolean;
  sideDevices?: boolean;
  stormDrains?: boolean;
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
    .option('--step <minutes>', '上报间隔（能整除一小时）minutes between frames, a divisor of the hour', wholeNumber('--step', 1, 60), 10)
    .option('--industries <list>', '行业，逗号分隔；all 为全部 · industries, comma-separated, or all (default: four of them)')
    .option('--inject <what>', '违法事件：default 或 none · events put in: default or none', 'default')
    .option('--param-shift <width>', '参数偏离参考值的幅度，0 为参考省份 · how far noise, spread, lag, drift and losses leave the reference', fraction('--param-shift', 0, 3), 0)
    .option('--side-devices', '另有进口分析仪与取水表 · also analysers before treatment and meters of the water taken in')
    .option('--storm-drains', '另有雨水排放口（不计入排放口数）· also stormwater outlets, beside the number of outfalls')
    .option('--compress', '报文记录写为 .zst write the capture as .zst')
    .action(async ({ seed, outfalls, days, out, start, step, industries, inject, paramShift, compress, sideDevices, stormDrains }: Options) => {
      const { simulate: run } = await import('#sim/simulate');
      const { drawVariation } = await import('#sim/variation');
      const { INDUSTRIES, isIndustry } = await import('#sim/plants/industries');
      const known = Object.keys(INDUSTRIES).filter(isIndustry);
      const chosen = industries === 'all' ? known : (industries ?? '').split(',').filter(Boolean).map((name) => oneOf('--industries', name.trim(), known));
      const bar = progressBar('模拟 simulating');
      const summary = await run({
        seed, outfalls, days, outDir: out, start: start ?? systemClock().now() - days * DAY, stepMin: step,
        inject: oneOf('--inject', inject, ['default', 'none'] as const), variation: drawVariation(seed, paramShift),
        ...(industries === undefined ? {} : { industries: chosen }),
        ...(compress ? { compression: 'zst' as const } : {}), sideDevices: sideDevices === true, stormDrains: stormDrains === true, onProgress: bar,
      });
      say(`${summary.enterprises} 家单位 enterprises · ${summary.outfalls} 个排放口 outfalls · ${summary.frames} 帧 frames · ${summary.labels} 条标注 labels → ${out}`);
    });
