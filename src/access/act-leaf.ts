import { createHash } from 'node:crypto';
import type { AccountId } from '#kernel';
import type { Tx } from '#platform/db';

/** An act about people and rights as the evidence log keeps it: ids, days and digests, no words (sec:X28). */
export interface ActLeaf {
  readonly t: 'role';
  readonly ref: string;
  readonly act: 'delegate' | 'withdraw' | 'factor-rule' | 'factor-reset' | 'link' | 'unlink' | 'add' | 'disable' | 'enable' | 'roles' | 'password' | 'password-reset' | 'end-sessions' | 'authority' | 'office';
  readonly actor: AccountId;
  readonly [field: string]: string | readonly string[];
}

/** A reading of evidence: who read what kind of thing, and the digest of the row that says which. */
export interface ReadingLeaf {
  readonly t: 'access';
  readonly ref: string;
  readonly kind: string;
  readonly by: AccountId;
  readonly row: string;
  readonly [field: string]: string;
}

/** Appends the act to the evidence log, at the end of its transaction. */
export type Seal = (tx: Tx, leaf: ActLeaf | ReadingLeaf) => Promise<unknown>;

/** What a leaf holds of a sentence a person wrote. */
export const digestOfText = (text: string): string => `sha256:${createHash('sha256').update(text.trim()).digest('hex')}`;
