import { fileURLToPath } from 'node:url';
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import { documentFonts } from './fonts.ts';

/** Where a signature or seal belongs on the page, in points from the top left corner. */
export interface Slot {
  readonly id: string;
  readonly shape: 'seal' | 'name';
  /** Who is to sign here: the printed name, or the authority; empty for the platform. */
  readonly name: string;
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Typeset {
  /** PDF/A-1b, not signed. Same input, same bytes. */
  readonly pdf: Uint8Array;
  readonly pages: number;
  readonly slots: readonly Slot[];
}

export type TypesetFailure = { readonly failed: 'LAYOUT' | 'GLYPH' | 'TOO_LONG'; readonly reason: string };

/** A document beyond this is a mistake or an attack; an attachment is the way for long lists. */
const MAX_PAGES = 200;
const TEMPLATES = fileURLToPath(new URL('../../law/templates/', import.meta.url));
/**
 * Memoised layouts older than this many documents are dropped. Measured over 600 documents: flat at 280 MB, as long as
 * the event loop turns between two of them — a tight synchronous loop never frees the native documents (2 MB each).
 */
const CACHE_AGE = 8;

let compiler: NodeCompiler | undefined;

const typst = (): NodeCompiler =>
  (compiler ??= NodeCompiler.create({
    workspace: TEMPLATES,
    fontArgs: [{ fontBlobs: [...documentFonts().values()].map((face) => face.bytes) }],
  }));

/** The layout engine keeps what it laid out; the caller drops it with `evictCache`. */
function compile(template: string, data: unknown): NodeTypstDocument | TypesetFailure {
  const compiled = typst().compile({ mainFilePath: `${TEMPLATES}${template}`, inputs: { data: JSON.stringify(data) } });
  const document = compiled.result;
  if (document === null || compiled.hasError()) {
    return { failed: 'LAYOUT', reason: JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? []) };
  }
  return document.numOfPages > MAX_PAGES ? { failed: 'TOO_LONG', reason: String(document.numOfPages) } : document;
}

/**
 * Sets a template with data. The data travel as JSON input and are never read as markup.
 *
 * @param template file name in `law/templates`
 * @param createdAtSeconds the document's own time: nothing in the file depends on when it was made
 */
export function typeset(template: string, data: unknown, createdAtSeconds: number): Typeset | TypesetFailure {
  const engine = typst();
  const document = compile(template, data);
  if ('failed' in document) return document;
  try {
    // A-2b makes a missing glyph an error; A-1b, the profile we keep, would leave a gap in the text.
    engine.pdf(document, { pdfStandard: 'a-2b', creationTimestamp: createdAtSeconds });
  } catch (error) {
    return { failed: 'GLYPH', reason: error instanceof Error ? error.message : String(error) };
  }
  const pdf = engine.pdf(document, { pdfStandard: 'a-1b', creationTimestamp: createdAtSeconds });
  const slots = engine.query(document, { selector: '<slot>', field: 'value' }) as Slot[];
  engine.evictCache(CACHE_AGE);
  return { pdf: new Uint8Array(pdf), pages: document.numOfPages, slots };
}

/** The same pages as one picture (SVG, glyphs as outlines: it needs no fonts), one below the other. */
export function picture(template: string, data: unknown): { readonly svg: string; readonly pages: number } | TypesetFailure {
  const engine = typst();
  const document = compile(template, data);
  if ('failed' in document) return document;
  const svg = engine.plainSvg(document);
  engine.evictCache(CACHE_AGE);
  return { svg, pages: document.numOfPages };
}
