import { Command, CommanderError } from 'commander';
import type { Register } from './commands/command.ts';
import { authority } from './commands/authority.ts';
import { backtest } from './commands/backtest.ts';
import { bench } from './commands/bench.ts';
import { caseCommand } from './commands/case.ts';
import { decode } from './commands/decode.ts';
import { detect } from './commands/detect.ts';
import { evidence } from './commands/evidence.ts';
import { key } from './commands/key.ts';
import { model } from './commands/model.ts';
import { region } from './commands/region.ts';
import { registry } from './commands/registry.ts';
import { replay } from './commands/replay.ts';
import { series } from './commands/series.ts';
import { serve } from './commands/serve.ts';
import { simulate } from './commands/simulate.ts';
import { user } from './commands/user.ts';
import { verifier } from './commands/verifier.ts';
import { verify } from './commands/verify.ts';

const COMMANDS: readonly Register[] = [serve, decode, registry, replay, detect, backtest, simulate, verify, verifier, caseCommand, evidence, series, bench, authority, user, region, model, key];

const program = new Command('mingjian')
  .description('明鉴 · 生态环境非现场执法平台 off-site enforcement platform')
  .exitOverride()
  .showHelpAfterError('--help 查看用法 shows how');
for (const register of COMMANDS) register(program);
for (const command of program.commands) command.exitOverride();

/** Exit codes: 0 done, 1 found wrong, 2 usage or environment; of `verify` 2 is "cannot tell" and 3 usage. Bad input never shows a stack trace. */
const USAGE = process.argv[2] === 'verify' ? 3 : 2;
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : USAGE;
  else {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = USAGE;
  }
}
