import { z } from 'zod';
import { instant, toRfc3339 } from '#kernel';
import type { Database } from '#platform/db';
import { aroundChanges, precisionByMonth, type JudgedClue } from './precision.ts';
import { CHANGE_KINDS, type ChangeKind } from './proposal.ts';
import { listProposals } from './store/proposals.ts';

const precision = z.object({ right: z.number(), reviewed: z.number(), low: z.number(), high: z.number() });

/** Share of a model's clues that people found right, over time and around each change of its rule or thresholds. */
export const precisionView = z.object({
  months: z.array(precision.extend({ month: z.string() })),
  changes: z.array(z.object({ proposal: z.string(), kindText: z.object({ zh: z.string(), en: z.string() }), from: z.string(), reason: z.string(), before: precision, after: precision })),
});

/** Kinds that change what a model finds; a tier taken or given back changes only how loudly it speaks. */
const CHANGING: readonly ChangeKind[] = ['PARAMETERS', 'RULE', 'RELEASE'];

export async function showPrecision(db: Database, model: string, judged: readonly JudgedClue[]): Promise<z.infer<typeof precisionView>> {
  const approved = (await listProposals(db, { model, states: ['APPROVED'], limit: 200 }))
    .flatMap((one) => (one.validFrom !== null && CHANGING.includes(one.change.kind) ? [{ ...one, validFrom: one.validFrom }] : []))
    .sort((a, b) => a.validFrom - b.validFrom);
  const around = aroundChanges(judged, approved.map((one) => one.validFrom));
  return {
    months: precisionByMonth(judged),
    changes: approved.flatMap(({ proposal, change, validFrom, reason }, i) => {
      const figures = around[i];
      return figures === undefined ? [] : [{ proposal, kindText: { zh: CHANGE_KINDS[change.kind].zh, en: CHANGE_KINDS[change.kind].en }, from: toRfc3339(instant(validFrom)), reason, ...figures }];
    }),
  };
}
