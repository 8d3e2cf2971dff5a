import { say } from '../terminal.ts';
import { ingestBench, type IngestOptions } from './bench-ingest.ts';
import { UsageError, wholeNumber, type Register } from './command.ts';

async function machine(): Promise<void> {
  const { cpus, totalmem } = await import('node:os');
  const [first] = cpus();
  say(`${first?.model ?? '?'} × ${cpus().length} · ${(totalmem() / 2 ** 30).toFixed(0)} GiB · Node ${process.version}`);
}

/** Codec alone: one core, 421-byte minute frames, everything checked and parsed. */
async function decodeBench(runs: number): Promise<void> {
  const { benchDecode } = await import('#ingest');
  const rounds = runs * 5;
  const report = benchDecode({ rounds });
  say(`\ndecode · 单核 one core · ${report.frameBytes}-byte minute frame · median of ${rounds} rounds, scenarios in turn`);
  for (const { name, megabytesPerSecond, framesPerSecond, ratio } of report.scenarios) {
    say(`  ${name.padEnd(46)} ${megabytesPerSecond.toFixed(0).padStart(6)} MB/s · ${ratio.toFixed(2)} of good input per byte${framesPerSecond > 0 ? ` ${framesPerSecond.toFixed(0).padStart(9)} frames/s` : ''}`);
  }
  say(`  worst noise ÷ good input, per byte: ${report.worstNoiseRatio.toFixed(2)}`);
}

async function evidenceBench(): Promise<void> {
  const { withPlatform } = await import('../with-platform.ts');
  const { benchEvidence, evidenceOf } = await import('#evidence');
  const report = await withPlatform((platform) => benchEvidence(evidenceOf(platform)));
  say('\nevidence · 存证 leaves in batches of 500');
  for (const [name, value] of Object.entries(report)) say(`  ${name.padEnd(24)} ${typeof value === 'number' ? Math.round(value).toLocaleString('en') : String(value)}`);
}

export const bench: Register = (program) =>
  void program
    .command('bench')
    .description('公开的性能场景 the published performance scenarios (decode, evidence, ingest, backtest, models, web, all)')
    .argument('[scenario]', 'decode | evidence | ingest | backtest | models | web | all', 'all')
    .option('--connections <n>', '设备连接数', wholeNumber('--connections', 1, 10_000), 3_000)
    .option('--seconds <n>', '时长', wholeNumber('--seconds', 1, 3_600), 60)
    .option('--rate <n>', '每秒帧数，0 为尽快 frames per second, 0 = as fast as answered', wholeNumber('--rate', 0, 1_000_000), 0)
    .option('--outfalls <n>', '回溯的排放口数 outfalls of the back-test', wholeNumber('--outfalls', 1, 30_000), 65)
    .option('--catalogue <n>', '以全部模型回溯的排放口数 of them judged by the whole catalogue', wholeNumber('--catalogue', 0, 30_000), 4)
    .option('--clues <n>', '线索池中的线索数 clues in the pool of the screens', wholeNumber('--clues', 1, 100_000), 500)
    .option('--runs <n>', '重复次数', wholeNumber('--runs', 1, 99), 5)
    .action(async (scenario: string, options: IngestOptions & { runs: number; outfalls: number; catalogue: number; clues: number }) => {
      if (!['decode', 'evidence', 'ingest', 'backtest', 'models', 'web', 'all'].includes(scenario)) throw new UsageError(`没有这个场景 no such scenario: ${scenario}`);
      const wants = (name: string) => scenario === name || scenario === 'all';
      // Benches work on a data folder of their own, never on servers that are named, and leave nothing behind.
      const { mkdtempSync, rmSync } = await import('node:fs');
      const { join } = await import('node:path');
      const { tmpdir } = await import('node:os');
      const folder = mkdtempSync(join(tmpdir(), 'mingjian-bench-'));
      process.env['MINGJIAN_DATA'] = folder;
      for (const name of ['DATABASE_URL', 'CLICKHOUSE_URL']) delete process.env[name];
      await machine();
      try {
        if (wants('decode')) await decodeBench(options.runs);
        if (wants('evidence')) await evidenceBench();
        if (wants('ingest')) await ingestBench(options);
        const { backtestBench, modelsBench } = await import('./bench-analysis.ts');
        if (wants('backtest')) await backtestBench(options);
        if (wants('models')) await modelsBench(options);
        if (wants('web')) {
          process.env['MINGJIAN_DATA'] = join(folder, 'web');
          const { webBench } = await import('./bench-web.ts');
          await webBench(options);
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
