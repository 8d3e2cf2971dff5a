import type { Register } from './command.ts';

export const verify: Register = (program) =>
  void program
    .command('verify')
    .description('离线核验证据包，或公开文本及其证明：0 成立 1 不成立 2 不能判断 3 用法错误 · offline check of a package, or of a published text and its proof')
    .argument('<file>', '证据包 package (.zip)，或公开文本 published text')
    .option('--policy <file>', '信任策略 trust policy, given from outside the package')
    .option('--proof <file>', '公开文本的证明 proof of a published text (.tlog-proof)')
    .option('--json', '输出 JSON 报告')
    .action(async (file: string, { policy, proof, json = false }: { policy?: string; proof?: string; json?: boolean }) => {
      const [{ runVerifier }, { recomputeHours }] = await Promise.all([import('#evidence/verify'), import('../verify/recompute-hours.ts')]);
      const args = [file, ...(policy === undefined ? [] : ['--policy', policy]), ...(proof === undefined ? [] : ['--proof', proof]), ...(json ? ['--json'] : [])];
      process.exitCode = await runVerifier(args, { out: (text) => void process.stdout.write(text), err: (text) => void process.stderr.write(text) }, recomputeHours);
    });
