import type { CalendarDay } from '#kernel';
import { computeDiscretion, type DiscretionInput, type DiscretionTable, type LegalBasis, type ViolationKey } from '#law';
import { spreadOf, type Spread } from './spread.ts';

/** A fine that was decided, with the stored inputs of the run it rests on. */
export interface DecidedFine {
  readonly caseId: string;
  readonly caseNo: string;
  readonly unitId: string;
  readonly violation: ViolationKey;
  readonly decidedOn: CalendarDay;
  /** Yuan. */
  readonly amount: number;
  readonly tableId: string;
  readonly tableVersion: string;
  readonly basisId: string;
  readonly input: DiscretionInput;
}

export interface ReplayedFine {
  readonly caseId: string;
  readonly caseNo: string;
  readonly decidedOn: CalendarDay;
  readonly before: number;
  /** Null when the changed table asks what the old run never answered; `why` names it. */
  readonly after: number | null;
  readonly why: { readonly zh: string; readonly en: string } | null;
}

export interface Replay {
  readonly rows: readonly ReplayedFine[];
  readonly before: Spread | null;
  readonly after: Spread | null;
  readonly changed: number;
  readonly impossible: number;
}

/**
 * Decided fines computed again under a changed table, each with the grades and the legal basis it was decided by.
 * Compares spreads, never sums: fines are no target (行政处罚法 第七十四条).
 */
export function replayFines(
  decided: readonly DecidedFine[],
  table: DiscretionTable,
  basisOf: (fine: DecidedFine) => LegalBasis | undefined,
): Replay {
  const rows = decided.map((fine) => replayOne(fine, table, basisOf(fine)));
  const possible = rows.filter((r): r is ReplayedFine & { after: number } => r.after !== null);
  return {
    rows,
    before: spreadOf(possible.map((r) => r.before)) ?? null,
    after: spreadOf(possible.map((r) => r.after)) ?? null,
    changed: possible.filter((r) => r.after !== r.before).length,
    impossible: rows.length - possible.length,
  };
}

function replayOne(fine: DecidedFine, table: DiscretionTable, basis: LegalBasis | undefined): ReplayedFine {
  const row = { caseId: fine.caseId, caseNo: fine.caseNo, decidedOn: fine.decidedOn, before: fine.amount };
  if (basis === undefined)
    return { ...row, after: null, why: { zh: `处罚依据 ${fine.basisId} 已不在法规数据中`, en: `basis ${fine.basisId} is gone` } };
  const run = computeDiscretion(table, basis, fine.input);
  return run.ok ? { ...row, after: run.value.amount, why: null } : { ...row, after: null, why: { zh: run.zh, en: run.en } };
}
