import { hash } from 'node:crypto';
import { canonicalJson, type Json } from './canonical-json.ts';

/** Lower-case hex. */
export const sha256Hex = (data: Uint8Array | string): string => hash('sha256', data);

/** GB/T 32905, lower-case hex. */
export const sm3Hex = (data: Uint8Array | string): string => hash('sm3', data);

/** Digest of a JSON value as leaves cite it: SHA-256 over its RFC 8785 form. A file written in that form has the same digest. */
export const digestOf = (value: Json): string => sha256Hex(canonicalJson(value));
