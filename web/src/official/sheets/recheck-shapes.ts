import type { Routes } from '../../shared/api.gen.ts';
import type { Text } from '../../shared/i18n.tsx';

export type RecheckOutcome = Routes['POST /api/supervision/sheets/:sheetId/recheck']['body']['outcome'];

/** What an answer is weighed with. */
export interface Weighed {
  readonly outcomes: readonly RecheckOutcome[];
  readonly compares: boolean;
  /** What the platform's records show beside the answer, and the finding that follows; null where nothing waits to be found. */
  readonly comparisons: Readonly<Record<string, Text & { readonly result: string }>> | null;
  readonly suggested: (Text & { readonly outcome: RecheckOutcome }) | null;
}
