import { writeFileSync } from 'node:fs';
import type { Register } from './command.ts';

export const caseCommand: Register = (program) =>
  void program
    .command('case')
    .description('案件 cases')
    .command('export')
    .description('导出案件证据包 write the evidence package of a case')
    .argument('<case-no>', '案号或案件编号 number or id of the case')
    .requiredOption('--out <file>', '证据包 package (.zip)')
    .option('--kind <kind>', '版本 edition: court | archive | notice', 'court')
    .action(async (caseNo: string, { out, kind }: { out: string; kind: string }) => {
      const known = (['court', 'archive', 'notice'] as const).find((each) => each === kind);
      if (known === undefined) throw new Error(`--kind: court | archive | notice, not ${kind}`);
      const [{ withDomain }, { exportCase }] = await Promise.all([import('../with-platform.ts'), import('../export-case.ts')]);
      const result = await withDomain((domain) => exportCase(domain, caseNo, known));
      if (!result.ok) throw new Error(`${result.code} ${result.zh} ${result.en}`);
      writeFileSync(out, result.value.zip);
      process.stdout.write(`${out}\n${result.value.name}\nmanifest-sha256 ${result.value.manifestSha256} · leaf ${result.value.leaf}\n`);
    });
