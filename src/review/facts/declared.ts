import { dayOf, DAY, instant, toRfc3339 } from '#kernel';
import { toldRows, type StoredRegistry } from '#register';
import type { PoolClue } from '../store/clues.ts';

type Words = { readonly zh: string; readonly en: string };

/** What was approved, permitted and declared around a clue, beside what was measured (沪环执法〔2021〕75号 三（六）二). */
export interface Declared {
  /** Approvals and permits of the unit; `covers`: holds on the first day of the clue, null where the register names no days. */
  readonly approvals: readonly (Words & { readonly number: string; readonly from: string | null; readonly to: string | null; readonly covers: boolean | null })[];
  /** Permitted annual amounts of the outfall. */
  readonly totals: readonly { readonly factor: string; readonly name: string; readonly annualKg: number }[];
  /** The unit's own manual measurements of the outfall, from a month before to a month after; values as reported. */
  readonly samples: readonly { readonly at: string; readonly name: string; readonly value: string; readonly unit: string }[];
  /** Waste the unit declared for the months the clue touches, in tonnes. */
  readonly waste: readonly { readonly month: string; readonly waste: string; readonly generated: number; readonly shipped: number; readonly disposed: number; readonly stock: number; readonly submittedAt: string | null }[];
}

const AROUND = 30 * DAY;

/** Columns of `enterprises.csv` that name an approval, with those of its first and last day. */
const APPROVALS = [
  { zh: '环评审批', en: 'EIA approval', number: ['eia_no'], from: 'eia_from', to: 'eia_to' },
  { zh: '排污许可证', en: 'discharge permit', number: ['permit_no', 'permit_number'], from: 'permit_from', to: 'permit_to' },
] as const;

/** Pure: what the register holds, nothing computed but whether an approval covers the day. */
export function declaredAround(registry: StoredRegistry, clue: Pick<PoolClue, 'unitId' | 'outfall' | 'periodFrom' | 'periodTo' | 'changedAt'>): Declared {
  const { outfall } = clue;
  const attributes = registry.unit(clue.unitId)?.attributes ?? {};
  const day = dayOf(clue.periodFrom);
  const [from, to] = [clue.periodFrom, clue.periodTo ?? clue.changedAt];
  const factors = outfall === null ? [] : registry.factorsOf(outfall);
  const about = (code: string) => factors.find((one) => one.factor === code);
  const month = (at: number) => toRfc3339(instant(at)).slice(0, 7);
  return {
    approvals: APPROVALS.flatMap(({ zh, en, number, from: first, to: last }) => {
      const named = number.map((column) => attributes[column]).find((text) => text !== undefined && text !== '');
      if (named === undefined) return [];
      const [since, until] = [attributes[first] || null, attributes[last] || null];
      return [{ zh, en, number: named, from: since, to: until, covers: since === null && until === null ? null : (since === null || since <= day) && (until === null || day <= until) }];
    }),
    totals: outfall === null ? [] : registry.permitsOf(outfall).map(({ factor, annualKg }) => ({ factor, name: about(factor)?.factorZh ?? factor, annualKg })),
    samples: registry.data.selfMonitoring.filter((row) => row.outfall === outfall && row.sampledAt >= from - AROUND && row.sampledAt <= to + AROUND)
      .sort((a, b) => a.sampledAt - b.sampledAt)
      .map(({ factor, sampledAt, value }) => ({ at: toRfc3339(instant(sampledAt)), name: about(factor)?.factorZh ?? factor, value, unit: about(factor)?.unit ?? '' })),
    waste: toldRows(registry.data, 'waste').filter((row) => row.unit === clue.unitId && row.month >= month(from) && row.month <= month(to)).map((row) => ({
      month: row.month, waste: row.waste, generated: row.generated, shipped: row.shipped, disposed: row.disposed, stock: row.stock,
      submittedAt: Number.isFinite(row.submittedAt) ? toRfc3339(instant(row.submittedAt)) : null,
    })),
  };
}
