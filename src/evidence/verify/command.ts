import { readFileSync } from 'node:fs';
import { renderReport, type VerifyExit } from './report.ts';
import { verifyFile } from './verify-file.ts';
import { verifyPackage, type Recompute } from './verify-package.ts';

const USAGE = `用法 Usage: node mingjian-verify.mjs 证据包.zip [--policy 策略文件] [--json]
                node mingjian-verify.mjs 公开文本.txt --proof 证明.tlog-proof [--policy 策略文件] [--json]
退出码 Exit: 0 成立 holds · 1 不成立 fails · 2 无法判断 cannot tell · 3 用法错误 bad use
`;

/** Bytes above this are no package: the whole file is held in memory. */
const MAX_BYTES = 2 ** 31;

export interface CommandOutput {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** The verifier as a command: reads the files named, prints the report, returns the exit code. Prints no stack traces. */
export async function runVerifier(
  args: readonly string[],
  { out, err }: CommandOutput,
  recompute?: Recompute,
): Promise<VerifyExit> {
  const files: string[] = [];
  let policyFile: string | undefined;
  let proofFile: string | undefined;
  let json = false;
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] as string;
    if (arg === '--json') json = true;
    else if (arg === '--policy' && args[i + 1] !== undefined) policyFile = args[(i += 1)];
    else if (arg === '--proof' && args[i + 1] !== undefined) proofFile = args[(i += 1)];
    else if (arg.startsWith('-')) return fail(err, USAGE);
    else files.push(arg);
  }
  const [file] = files;
  if (file === undefined || files.length > 1) return fail(err, USAGE);
  try {
    const bytes = readFileSync(file);
    if (bytes.length > MAX_BYTES) return fail(err, `${file}: 文件过大 too large\n`);
    const policy = policyFile === undefined ? undefined : readFileSync(policyFile, 'utf8');
    const report = proofFile !== undefined ? verifyFile(bytes, readFileSync(proofFile, 'utf8'), policy) : await verifyPackage(bytes, {
      ...(policy === undefined ? {} : { policy }),
      ...(recompute === undefined ? {} : { recompute }),
    });
    out(json ? `${JSON.stringify(report, null, 1)}\n` : renderReport(report));
    return report.exit;
  } catch (error) {
    return fail(err, `${error instanceof Error ? error.message : String(error)}\n`);
  }
}

function fail(err: CommandOutput['err'], text: string): 3 {
  err(text);
  return 3;
}
