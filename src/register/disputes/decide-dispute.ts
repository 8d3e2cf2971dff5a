import type { CalendarDay, Refusal } from '#kernel';
import { addDays } from '#kernel';
import { refuse } from '../errors.ts';
import { REGISTER_FILES } from '../register-files.ts';
import type { LimitValue } from '../registry.ts';
import type { DisputeKind } from './registered-values.ts';

/** A registered or measured number as text. */
export const DECIMAL = /^\d{1,12}(\.\d{1,6})?$/;

/** Why a text cannot stand for a registered number, or nothing. */
export function checkProposed(text: string, registered: string): Refusal | undefined {
  if (!DECIMAL.test(text)) return refuse('REGISTER-022', { field: 'proposed' });
  return text === registered ? refuse('REGISTER-023', { field: 'proposed' }) : undefined;
}

export interface RevisedRow {
  readonly key: string;
  readonly body: object;
}

/**
 * The rows that make the register say `value` from `from` on. A dated row (limit) is closed the day before and followed by
 * a new one; an undated row is rewritten, and the ledger `register_change` keeps what stood before. Pure.
 */
export function revise(kind: DisputeKind, key: string, row: object, field: string, value: string, from: CalendarDay): RevisedRow[] {
  if (kind !== 'limits') return [{ key, body: { ...row, [field]: Number(value) } }];
  const limit = row as LimitValue;
  const next: LimitValue = { ...limit, limit: value, validFrom: from };
  const nextKey = REGISTER_FILES.limits.key?.(next) ?? '';
  return [{ key, body: { ...limit, validTo: addDays(from, -1) } }, { key: nextKey, body: next }];
}
