import { Command } from 'commander';
import { readConfig } from '#platform/config';
import { supervise } from './supervise.ts';

const program = new Command('mingjian').description('明鉴 · 生态环境非现场执法平台 off-site enforcement platform');

program
  .command('serve')
  .description('启动平台 run the platform')
  .option('--demo', '演示省份与演示账号 a demonstration province and its accounts')
  .action(async (options: { demo?: boolean }) => supervise(readConfig(process.env, options.demo ?? false)));

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
