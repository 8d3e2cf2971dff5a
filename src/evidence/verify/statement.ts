import { createHash } from 'node:crypto';

/** The log's signature over what a package holds. No signature file is listed in the tag manifest: it signs that manifest. */
export const STATEMENT_FILE = 'signatures/manifest.ed25519.note';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The signed text. Its first line can be no checkpoint's, so that neither can pass for the other. */
export const statementText = (name: string, manifest: Uint8Array, tagManifest: Uint8Array): string =>
  `mingjian case package v1\n${name}\nmanifest-sha256.txt ${sha256(manifest)}\ntagmanifest-sha256.txt ${sha256(tagManifest)}\n`;
