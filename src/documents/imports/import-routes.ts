import type { App } from '#platform/http';
import { z } from 'zod';
import { MAX_IMPORT_BYTES } from './import-file.ts';
import { VERDICTS } from './import-report.ts';
import type { ImportedFile } from '../store/imports.ts';

const words = z.object({ zh: z.string(), en: z.string() });
const line = words.extend({ outcome: z.enum(['HOLDS', 'FAILS', 'CANNOT_TELL', 'NOTE']) });

/** A file from outside as every route answers it: what it is, and what its signatures are worth. */
export const importedFileView = z.object({
  importId: z.string(), fileName: z.string(), sha256: z.string(), bytes: z.number(), importedAt: z.number(), leaf: z.number(),
  format: z.string(), verdict: z.enum(Object.keys(VERDICTS) as [keyof typeof VERDICTS]), verdictWords: words, lines: z.array(line),
  signatures: z.array(z.object({
    kind: z.enum(['SIGNATURE', 'SEAL']), signer: z.string(), seal: z.string(), signedAt: z.number().nullable(), coversWholeFile: z.boolean(), trusted: z.boolean(), lines: z.array(line),
  })),
});

/** An imported paper as HTTP answers it. */
export const viewOfImport = ({ importId, fileName, sha256, bytes, importedAt, leaf, report }: ImportedFile): z.infer<typeof importedFileView> => ({
  importId, fileName, sha256, bytes, importedAt, leaf, format: report.format, verdict: report.verdict, verdictWords: VERDICTS[report.verdict],
  lines: [...report.lines], signatures: report.signatures.map((one) => ({ ...one, lines: [...one.lines] })),
});

/** The name a file is brought under. */
export const namedFile = z.object({ name: z.string().min(1).max(200) });

/** Lets routes take the bytes of a file as they are; asked for by every module that has such a route. */
export function takeFiles(app: App): void {
  if (app.hasContentTypeParser('application/octet-stream')) return;
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer', bodyLimit: MAX_IMPORT_BYTES }, (_request, body, done) => done(null, body));
}
