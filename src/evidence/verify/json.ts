/** A JSON object out of bytes that came from outside; undefined for anything else. Never throws. */
export function asObject(bytes: Uint8Array | string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (bytes === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** A whole number ≥ 0 that a double holds exactly. */
export const asCount = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

export const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Lines of a JSONL file; undefined in the place of a line that is no object. */
export const objectLines = (bytes: Uint8Array | undefined): (Readonly<Record<string, unknown>> | undefined)[] =>
  bytes === undefined
    ? []
    : Buffer.from(bytes)
        .toString('utf8')
        .split('\n')
        .filter((line, i, all) => i < all.length - 1 || line !== '')
        .map(asObject);
