import { readConfig } from '#platform/config';
import type { Register } from './command.ts';

export const serve: Register = (program) =>
  void program
    .command('serve')
    .description('启动平台 run the platform')
    .option('--demo', '带演示省份与演示账号 with a demonstration province and its accounts')
    .action(async ({ demo = false }: { demo?: boolean }) => {
      const { supervise } = await import('../supervise.ts');
      await supervise(readConfig(process.env, demo));
    });
