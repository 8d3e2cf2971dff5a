import type { Clock } from '#kernel';
import type { Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import { insertVerdict, modelsOfClue, type Verdict } from './store/verdicts.ts';

/** What people found out about a clue: the ground truth against which a model's false alarms are counted. */
export interface ClueVerdict {
  readonly clueId: string;
  /** OPEN takes an earlier verdict back: the clue is looked at again. */
  readonly verdict: Verdict;
  /** Code of the person's reason. */
  readonly reason: string;
}

/** Keeps what people found of a clue, in the transaction in which they found it: the measure of the models that raised it. */
export async function noteVerdict(tx: Tx, clock: Clock, { clueId, verdict, reason }: ClueVerdict): Promise<void> {
  const found = await modelsOfClue(tx, clueId);
  if (found === undefined) return;
  const { unit, models } = found;
  await insertVerdict(tx, { id: newId('vdt'), clue: clueId, verdict, reason, models, at: clock.now() });
  await emit(tx, clock, { type: 'clue.judged', subject: clueId, payload: { clueId, unit, verdict, models } });
}
