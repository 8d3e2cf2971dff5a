import type { ClueVerdict } from '#analysis';
import type { ClueState } from './clue-machine.ts';
import type { ClueStep } from '../store/clues.ts';

type Said = Pick<ClueVerdict, 'verdict' | 'reason'>;

/**
 * What a person's act says of the models that raised the clue; undefined where it says nothing. A clue that marks in
 * time explained before anybody saw it, or that repeats another, is no verdict on a model.
 */
export function verdictOf(act: ClueStep['act'], from: ClueState | null, to: ClueState, detail: Readonly<Record<string, unknown>>): Said | undefined {
  const reason = typeof detail['reason'] === 'string' ? detail['reason'] : act;
  switch (act) {
    case 'list':
      return from === to ? undefined : { verdict: 'RIGHT', reason };
    case 'pass':
    case 'downgrade':
      return { verdict: 'RIGHT', reason };
    case 'dismiss':
      return reason === 'duplicate' ? undefined : { verdict: 'WRONG', reason };
    case 'reject':
      return { verdict: 'WRONG', reason };
    case 'explain':
      if (detail['sheetId'] === undefined) return undefined;
      return detail['outcome'] === 'accept' ? { verdict: 'RIGHT', reason: 'accept' } : { verdict: 'WRONG', reason: 'explain' };
    case 'return':
    case 'reopen':
      return { verdict: 'OPEN', reason };
    default:
      return undefined;
  }
}
