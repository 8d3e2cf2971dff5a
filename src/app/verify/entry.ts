import { runVerifier } from '#evidence/verify';
import { recomputeHours } from './recompute-hours.ts';

// Entry of the bundled verifier: core and codec, so that the hours can be computed again anywhere.
process.exitCode = await runVerifier(
  process.argv.slice(2),
  { out: (text) => void process.stdout.write(text), err: (text) => void process.stderr.write(text) },
  recomputeHours,
);
