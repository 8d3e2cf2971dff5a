import { dirname, join, normalize } from 'node:path';
import { parseSync } from 'oxc-parser';

/** A name that a face gives out: where it is declared, and whether words stand above it. */
export interface Given {
  readonly name: string;
  readonly path: string;
  readonly told: boolean;
}

const escaped = (text: string): string => text.replaceAll('$', String.raw`\$`);

/** A type that is only the list of another declaration's keys or members: the words stand there. */
const DERIVED = /^export type \w+ = (?:keyof typeof \w+|\(typeof \w+\)\[number\]|Brand<string, '\w+'>);/;

/** Words right above the declaration (a doc comment that ends on the line before), if the name is declared in this text. */
function declaredHere(text: string, name: string): boolean | undefined {
  const at = new RegExp(String.raw`^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|const|let|class|interface|type) ${escaped(name)}\b`, 'm').exec(text);
  return at === null ? undefined : DERIVED.test(text.slice(at.index)) || /\*\/\s*$/.test(text.slice(0, at.index));
}

/**
 * Every name a face re-exports, followed to its declaration through the files of the repository. `read` gives the text of
 * a path from the root, or undefined; faces of other modules (`#…`) answer for themselves.
 */
export function givenBy(face: string, read: (path: string) => string | undefined): Given[] {
  const follow = (path: string, name: string, seen: ReadonlySet<string>): Given | undefined => {
    const text = read(path);
    if (text === undefined || seen.has(path)) return undefined;
    const told = declaredHere(text, name);
    if (told !== undefined) return { name, path, told };
    for (const entry of parseSync(path, text).module.staticExports.flatMap((each) => each.entries)) {
      if (entry.moduleRequest === null || !entry.moduleRequest.value.startsWith('.')) continue;
      const all = entry.importName.kind === 'All' || entry.importName.kind === 'AllButDefault';
      if (!all && entry.exportName.name !== name) continue;
      const found = follow(normalize(join(dirname(path), entry.moduleRequest.value)), all ? name : (entry.importName.name ?? name), new Set([...seen, path]));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const text = read(face) ?? '';
  return parseSync(face, text).module.staticExports.flatMap((each) => each.entries).flatMap((entry) => {
    const from = entry.moduleRequest?.value;
    if (entry.exportName.name !== null) return follow(face, entry.exportName.name, new Set()) ?? [];
    return from?.startsWith('.') ? givenBy(normalize(join(dirname(face), from)), read) : [];
  });
}
