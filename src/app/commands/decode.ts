import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { UsageError, type Register } from './command.ts';

/** Writes to stdout no faster than its reader reads; a reader that has left ends the command quietly. */
async function write(lines: string): Promise<void> {
  if (!process.stdout.write(lines)) await once(process.stdout, 'drain');
}

export const decode: Register = (program) =>
  void program
    .command('decode')
    .description('解码 HJ 212 字节流，每帧一行 JSON · HJ 212 bytes in, one JSON object per line out')
    .argument('[file]', '文件，- 为标准输入 a file, or - for standard input', '-')
    .action(async (file: string) => {
      if (file !== '-' && !existsSync(file)) throw new UsageError(`没有这个文件 no such file: ${file}`);
      const { runDecode } = await import('#ingest');
      process.stdout.on('error', () => process.exit(0));
      const { bad } = await runDecode(file === '-' ? process.stdin : createReadStream(file), write);
      process.exitCode = bad > 0 ? 1 : 0;
    });
