import { runVerifier } from './command.ts';

// Entry of the bundled core verifier; app composes a fuller one with the rule engine in it.
process.exitCode = await runVerifier(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
});
