import { randomInt } from 'node:crypto';
import type { DeviceDirectory } from '#ingest';
import type { Series } from '#platform/series';
import type { StoredRegistry } from '#register';
import type { SupervisionDeps } from '#supervision';
import { declaredAround } from './facts/declared.ts';
import { gatherFacts } from './facts/gather-facts.ts';
import { actsByRecord, narrate, observedFacts } from './facts/narrative.ts';
import { observationsOf } from './facts/observations.ts';
import { toldInTime } from './facts/precheck.ts';
import type { ReviewDeps } from './ports.ts';
import { suggestViolations } from './facts/suggest-violations.ts';

/** The real journal, log and register behind the pre-check. Papers and directory are those of ④. */
export function connectReview(deps: SupervisionDeps, registry: () => StoredRegistry, devices?: DeviceDirectory, series?: Series): ReviewDeps {
  return {
    ...deps,
    draw: () => randomInt(2 ** 32) / 2 ** 32,
    facts: {
      gather: (clue, asked) => gatherFacts({ db: deps.db, law: deps.law, blobs: deps.blobs, registry, devices, series, now: () => deps.clock.now() }, clue, asked),
      narrate: (input, violations) => narrate(deps.law, input, violations),
      observed: (input, violations, reviewId) => observedFacts(deps.law, input, violations, reviewId),
      declared: (clue) => declaredAround(registry(), clue),
      suggestViolations: async (clue, input) => {
        const { type = 'gas' } = (clue.outfall === null ? undefined : registry().outfall(clue.outfall)) ?? {};
        const observed = input?.observations ?? (await observationsOf({ db: deps.db, law: deps.law, now: () => deps.clock.now() }, registry(), clue));
        return suggestViolations(deps.law, observed, type, Boolean(input && toldInTime(input)));
      },
      actsByRecord: (input, violations) => actsByRecord(deps.law, input, violations),
    },
  };
}
