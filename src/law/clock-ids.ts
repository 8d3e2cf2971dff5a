/**
 * Every statutory clock of the product. The ids are those of the deadline table (T1 … T29), completed by rulings R41
 * and R48–R57; `law/deadlines/*.yaml` must define exactly these.
 */
export const CLOCK_IDS = [
  'T1', 'T1b', 'T2', 'T2n', 'T2s', 'T3a', 'T3b', 'T3c', 'T3cx',
  'T4', 'T4b', 'T5', 'T6', 'T7', 'T8', 'T8x', 'T8y', 'T9', 'T10', 'T11', 'T12', 'T13', 'T14', 'T14r',
  'T15', 'T15b', 'T16', 'T17', 'T18', 'T19', 'T20', 'T21', 'T21x', 'T21b', 'T21c', 'T21d',
  'T22', 'T22b', 'T22bx', 'T22c', 'T22d', 'T22e', 'T23', 'T23b', 'T23c', 'T23cx', 'T23cy', 'T23d', 'T23e', 'T23f',
  'T24', 'T25', 'T25r', 'T25b', 'T25c', 'T26', 'T27', 'T28', 'T28h', 'T29', 'TR',
] as const;

export type ClockId = (typeof CLOCK_IDS)[number];
