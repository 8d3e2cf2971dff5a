/** Values that RFC 8785 can write; `undefined` members of an object are left out. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
/** A JSON object; a field that is undefined is left out. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

const text = (value: string): string => {
  if (!value.isWellFormed()) throw new Error('a lone surrogate has no RFC 8785 form');
  return JSON.stringify(value);
};

/**
 * RFC 8785 (JSON Canonicalization Scheme): members sorted by UTF-16 units, numbers as ECMAScript prints them.
 * The same value always gives the same bytes, so that a digest can be computed again by anyone.
 * Throws on NaN, infinities and lone surrogates, which the RFC forbids.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`${value} has no RFC 8785 form`);
    return JSON.stringify(value);
  }
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members.push(`${text(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}

const isList = (value: readonly Json[] | JsonObject): value is readonly Json[] => Array.isArray(value);
