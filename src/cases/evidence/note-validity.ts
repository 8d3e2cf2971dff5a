import { appendLeaves, type LeafInput } from '#evidence';
import type { Tx } from '#platform/db';
import { z } from 'zod';
import type { CaseDeps } from '../ports.ts';
import { casesOnClue, insertNotice } from '../store/notices.ts';

const changed = z.object({
  clueId: z.string(), version: z.number(), validity: z.object({ zh: z.string(), en: z.string(), left: z.string() }),
});

/**
 * `clue.validity_changed` of ③: the officers of every case on this clue are told on the page of the case. Nothing in the case is
 * altered by it: an exceedance in a case that was filed is weighed again by people.
 */
export async function noteValidity(deps: Pick<CaseDeps, 'clock'>, tx: Tx, payload: unknown): Promise<void> {
  const { clueId, version, validity } = changed.parse(payload);
  const notice = { kind: 'VALIDITY_CHANGED', clueId, clueVersion: version, notedAt: deps.clock.now(), ...validity } as const;
  const leaves: LeafInput[] = [];
  for (const caseId of await casesOnClue(tx, clueId)) {
    if (await insertNotice(tx, caseId, notice)) leaves.push({ t: 'case', ref: caseId, step: 'NOTICE', kind: notice.kind, clue: clueId, ver: version, left: validity.left });
  }
  await appendLeaves(tx, deps.clock, leaves);
}
