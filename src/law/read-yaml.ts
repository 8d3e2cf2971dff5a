import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';

/** Thrown when a file under `law/` is wrong: the program must not start on law it cannot read. */
export class LawFileError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`law files are wrong:\n${problems.join('\n')}`);
    this.name = 'LawFileError';
    this.problems = problems;
  }
}

/**
 * Reads and checks one YAML file. Each problem names file, line and path, as `deadlines/case.yaml:12 clocks.3.n: …`.
 * Unknown keys are refused: a misspelt `validTo` would otherwise keep a dead rule alive.
 */
export function readLawFile<S extends z.ZodType>(path: string, shown: string, schema: S): z.infer<S> {
  const lines = new LineCounter();
  const doc = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, schema: 'core' });
  if (doc.errors.length > 0) {
    throw new LawFileError(
      doc.errors.map((e) => `${shown}:${lines.linePos(e.pos[0]).line} ${e.message.split('\n')[0]}`),
    );
  }
  const checked = schema.safeParse(doc.toJS());
  if (checked.success) return checked.data;
  throw new LawFileError(
    checked.error.issues.map((issue) => {
      const path = issue.path.filter((p) => typeof p !== 'symbol');
      return `${shown}:${lineOf(doc, lines, path)} ${path.join('.')}: ${issue.message}`;
    }),
  );
}

/** Line of the node at the path, or of its nearest existing parent (a missing key has no line of its own). */
function lineOf(doc: Document, lines: LineCounter, path: readonly (string | number)[]): number {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node: unknown = depth === 0 ? doc.contents : doc.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
