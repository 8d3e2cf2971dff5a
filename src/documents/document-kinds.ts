import type { z } from 'zod';
import { closingKinds } from './kinds/closing-kinds.ts';
import { controlKinds } from './kinds/control-kinds.ts';
import { decisionKinds } from './kinds/decision-kinds.ts';
import type { DocumentKind } from './kinds/document-kind.ts';
import { innerKinds } from './kinds/inner-kinds.ts';
import { measureKinds } from './kinds/measure-kinds.ts';
import { partyKinds } from './kinds/party-kinds.ts';
import { trackKinds } from './kinds/track-kinds.ts';
import { transferKinds } from './kinds/transfer-kinds.ts';
import { investigationKinds } from './kinds/investigation-kinds.ts';
import { procedureKinds } from './kinds/procedure-kinds.ts';
import { supervisionKinds } from './kinds/supervision-kinds.ts';

/** Every document the platform makes, in the order of a case. */
export const documentKinds = { ...supervisionKinds, ...controlKinds, ...investigationKinds, ...decisionKinds, ...closingKinds, ...procedureKinds, ...innerKinds, ...measureKinds, ...transferKinds, ...trackKinds, ...partyKinds };

export type DocumentKindKey = keyof typeof documentKinds;

/** What the caller owes for a kind: days as `YYYY-MM-DD`, moments as epoch milliseconds, sums as decimal text. */
export type DocumentData<K extends DocumentKindKey> = z.input<(typeof documentKinds)[K]['schema']>;

/** Keys of every kind of document. */
export const documentKindKeys = Object.keys(documentKinds) as readonly DocumentKindKey[];

/** Whether a text is the key of a kind. */
export const isDocumentKind = (key: string): key is DocumentKindKey => Object.hasOwn(documentKinds, key);

/** The kind under a key. */
export const documentKind = (key: DocumentKindKey): DocumentKind => documentKinds[key];

/** What stands over a document with these data, as its schema gave them out. */
export const titleOf = (key: DocumentKindKey, parsed: unknown): string => documentKind(key).titled?.(parsed) ?? documentKinds[key].zh;

/** The fields of a kind, for screens and for the developer: name → whether it must be given. */
export function fieldsOf(key: DocumentKindKey): readonly { readonly name: string; readonly required: boolean }[] {
  const { shape } = documentKinds[key].schema;
  return Object.entries(shape).map(([name, schema]) => ({ name, required: !schema.safeParse(undefined).success }));
}
