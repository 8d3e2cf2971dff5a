import { join, resolve } from 'node:path';
import { say } from '../terminal.ts';
import type { Register } from './command.ts';

export const verifier: Register = (program) =>
  void program
    .command('verifier')
    .description('写出独立核验程序（一个文件，只需 Node 20 以上） writes the verifier as one file that needs only Node')
    .argument('[file]', '写到哪里 where to', 'mingjian-verify.mjs')
    .action(async (file: string) => {
      const { bundleVerifier } = await import('#evidence');
      const out = resolve(file);
      await bundleVerifier(out, join(import.meta.dirname, '../verify/entry.ts'));
      say(`${out}`);
    });
