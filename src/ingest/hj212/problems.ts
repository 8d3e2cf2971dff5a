/** Errors of a frame that is not accepted (`ok: false`). */
export type DecodeError =
  | 'NOISE'
  | 'LENGTH_MISMATCH'
  | 'CRC_MISMATCH'
  | 'TRUNCATED'
  | 'TOO_LONG'
  | 'BAD_SEGMENT'
  | 'MISSING_FIELD'
  | 'BAD_FLAG'
  | 'BAD_TIME'
  | 'BAD_SPLIT'
  | 'DECRYPT_FAILED';

/**
 * Departures from the standard that do not by themselves spoil a frame, with the error they become under strict
 * reading. Real devices show every one of them; a finding keeps them visible.
 */
export const FINDINGS = {
  NO_QN: 'MISSING_FIELD',
  NO_ST: 'MISSING_FIELD',
  NO_PW: 'MISSING_FIELD',
  NO_MN: 'MISSING_FIELD',
  NO_FLAG: 'MISSING_FIELD',
  NO_DATA_TIME: 'MISSING_FIELD',
  QN_FORM: 'BAD_TIME',
  DATA_TIME_FORM: 'BAD_TIME',
  MN_FORM: 'BAD_SEGMENT',
  FLAG_VERSION: 'BAD_FLAG',
  FIELD_ORDER: 'BAD_SEGMENT',
  FIELD_REPEATED: 'BAD_SEGMENT',
  FIELD_UNKNOWN: 'BAD_SEGMENT',
  MISSING_SEMICOLON: 'BAD_SEGMENT',
  BLANKS: 'BAD_SEGMENT',
  EMPTY_ITEM: 'BAD_SEGMENT',
  MIXED_FACTORS: 'BAD_SEGMENT',
  NESTED_MARKS: 'BAD_SEGMENT',
  OVER_1024: 'TOO_LONG',
  SPLIT_WITHOUT_PNUM: 'BAD_SPLIT',
  PNUM_WITHOUT_FLAG: 'BAD_SPLIT',
  TAIL: 'BAD_SEGMENT',
  CRC_VARIANT: 'CRC_MISMATCH',
  LENGTH_IN_CHARACTERS: 'LENGTH_MISMATCH',
  LENGTH_TOLERATED: 'LENGTH_MISMATCH',
  ENCODING: 'BAD_SEGMENT',
  NOT_ENCRYPTED: 'DECRYPT_FAILED',
} as const satisfies Record<string, DecodeError>;

export type Finding = keyof typeof FINDINGS;

/** One line of `problems`: the code, then what was seen. */
export const finding = (code: Finding, seen: string): string => `${code}: ${seen}`;

/** The error a problem line stands for under strict reading. */
export const strictError = (problem: string): DecodeError => {
  const code = problem.slice(0, problem.indexOf(':'));
  return code in FINDINGS ? FINDINGS[code as Finding] : 'BAD_SEGMENT';
};
