import { progressBar, say } from '../terminal.ts';
import { moment, UsageError, type Register } from './command.ts';

interface Options {
  registry: string;
  capture: string;
  out: string;
  models?: string;
  asOf?: number;
}

export const detect: Register = (program) =>
  void program
    .command('detect')
    .description('离线研判：登记表与报文入，预警出 · the whole pipeline offline: register and capture in, alarms out')
    .requiredOption('--registry <dir>', '登记表文件夹 folder of register files')
    .requiredOption('--capture <file>', '报文记录（.gz、.zst 亦可）capture, also .gz or .zst')
    .requiredOption('--out <file>', '输出 alarms.jsonl')
    .option('--models <ids>', '只用这些模型，如 A01,B01 · only these models')
    .option('--as-of <time>', '只用当时所知 only what was known at this time', moment('--as-of'))
    .action(async ({ registry, capture, out, models, asOf }: Options) => {
      const { runDetect } = await import('#analysis');
      const bar = progressBar('研判 detecting');
      const ids = models?.split(',').map((id) => id.trim().toUpperCase());
      const report = await runDetect({
        registryDir: registry, capture, out,
        ...(ids === undefined ? {} : { models: ids }),
        ...(asOf === undefined ? {} : { asOf }),
        onProgress: ({ bytes, total }) => bar(bytes, total),
      }).catch((error: unknown) => {
        throw error instanceof RangeError || (error as NodeJS.ErrnoException).code === 'ENOENT' ? new UsageError((error as Error).message) : error;
      });
      for (const { file, line, column, zh, en } of report.registerProblems) process.stderr.write(`${file}:${line} ${column}: ${zh} ${en}\n`);
      for (const { outfall, model, reason } of report.exceptions) process.stderr.write(`${outfall} ${model}: EXCEPTION ${reason}\n`);
      say(`${report.outfalls} 个排放口 outfalls · ${report.frames} 帧 frames · 损坏 damaged ${report.damaged} · 预警 alarms ${report.alarms.length} → ${out}`);
    });
