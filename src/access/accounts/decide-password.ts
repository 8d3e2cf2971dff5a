import type { Refusal } from '#kernel';
import { refuse } from '../errors.ts';

const MIN_CHARACTERS = 12;
const MIN_DIFFERENT = 6;
const MIN_KINDS = 2;
/** Small letters, capitals, digits, and everything else: signs, blanks, Chinese. */
const KINDS = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u];
/** A sign-in name this short stands in many a word by chance. */
const SHORT_LOGIN = 4;

/** So many passwords before the present one may not come back. */
export const REMEMBERED_PASSWORDS = 5;

/**
 * What stands against a new password (复杂度要求, GB/T 22239-2019 8.1.4.1 a); undefined when nothing does.
 *
 * @returns ACCESS-020 under twelve characters, ACCESS-027 all of one kind, ACCESS-029 under six different ones, ACCESS-028 holds the sign-in name
 */
export function passwordRefusal(password: string, login: string): Refusal | undefined {
  const field = { field: 'password' };
  const characters = [...password];
  if (characters.length < MIN_CHARACTERS) return refuse('ACCESS-020', field);
  if (KINDS.filter((kind) => kind.test(password)).length < MIN_KINDS) return refuse('ACCESS-027', field);
  if (new Set(characters).size < MIN_DIFFERENT) return refuse('ACCESS-029', field);
  const named = login.length >= SHORT_LOGIN && password.toLowerCase().includes(login.toLowerCase());
  return named ? refuse('ACCESS-028', field) : undefined;
}
