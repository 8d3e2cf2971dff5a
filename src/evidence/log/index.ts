/** The log as mathematics and text formats: no database, no clock, no network. Runs in the offline verifier too. */
export * from './checkpoint.ts';
export * from './hash.ts';
export * from './keys.ts';
export * from './note.ts';
export * from './policy.ts';
export * from './proof.ts';
export { sm2Sign, sm2Verify } from './sm2.ts';
export * from './tiles.ts';
export * from './tlog-proof.ts';
export * from './tree.ts';
