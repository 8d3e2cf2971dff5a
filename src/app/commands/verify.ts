import type { Register } from './command.ts';

export const verify: Register = (program) =>
  void program
    .command('verify')
    .description('离线核验证据包：0 成立 1 不成立 2 不能判断 3 用法错误 · offline check of a package')
    .argument('<file>', '证据包 package (.zip)')
    .option('--policy <file>', '信任策略 trust policy, given from outside the package')
    .option('--json', '输出 JSON 报告')
    .action(async (file: string, { policy, json = false }: { policy?: string; json?: boolean }) => {
      const [{ runVerifier }, { recomputeHours }] = await Promise.all([import('#evidence/verify'), import('../verify/recompute-hours.ts')]);
      const args = [file, ...(policy === undefined ? [] : ['--policy', policy]), ...(json ? ['--json'] : [])];
      process.exitCode = await runVerifier(args, { out: (text) => void process.stdout.write(text), err: (text) => void process.stderr.write(text) }, recomputeHours);
    });
