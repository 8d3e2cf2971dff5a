import { dirname, join, normalize } from 'node:path';
import { parseSync } from 'oxc-parser';

/** One source file as the checker sees it; paths from the root of the checkout, with `/`. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

export interface Violation {
  readonly rule: string;
  readonly path: string;
  readonly what: string;
}

export type ImportTable = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads the table "Who may import whom" of ARCHITECTURE.md. */
export function readImportTable(markdown: string): ImportTable {
  const rows = [...markdown.matchAll(/^\| ([a-z]+) \| ([①②③④⑤⑥⑦]?) ?\| ([a-z ]*)\| /gmu)];
  return new Map(rows.map(([, name = '', , allowed = '']) => [name, new Set(allowed.split(' ').filter(Boolean))]));
}

export interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** All static, re-exported and dynamic imports of a file. */
export function importsOf(source: Source): Import[] {
  const { module } = parseSync(source.path, source.text);
  const found: Import[] = [];
  for (const entry of module.staticImports) {
    const typeOnly = entry.entries.length > 0 && entry.entries.every((each) => each.isType);
    found.push({ specifier: entry.moduleRequest.value, typeOnly });
  }
  for (const entry of module.staticExports.flatMap((each) => each.entries)) {
    if (entry.moduleRequest) found.push({ specifier: entry.moduleRequest.value, typeOnly: entry.isType });
  }
  for (const entry of module.dynamicImports) {
    const text = source.text.slice(entry.moduleRequest.start, entry.moduleRequest.end);
    if (/^['"]/.test(text)) found.push({ specifier: text.slice(1, -1), typeOnly: false });
  }
  return found;
}

const moduleOf = (path: string): string => path.split('/')[1] ?? '';
const isTest = (path: string): boolean => /\.test\.tsx?$|\/testing\//.test(path);
const isStore = (path: string): boolean => /\/store\.ts$|\/store\//.test(path);

/** Rule 1 and 2: downward or backward along the chain, and only through a face. */
function checkModules(source: Source, imports: readonly Import[], table: ImportTable): Violation[] {
  const own = moduleOf(source.path);
  const allowed = table.get(own);
  if (allowed === undefined) return [{ rule: 'module', path: source.path, what: `module ${own} is not in ARCHITECTURE.md` }];
  return imports.flatMap(({ specifier }) => {
    if (specifier.startsWith('#')) {
      const target = specifier.slice(1).split('/')[0] ?? '';
      if (target === own || allowed.has(target)) return [];
      return [{ rule: 'direction', path: source.path, what: `${own} may not import ${specifier}` }];
    }
    if (!specifier.startsWith('.')) return [];
    const resolved = normalize(join(dirname(source.path), specifier));
    if (moduleOf(resolved) === own && resolved.startsWith('src/')) return [];
    return [{ rule: 'face', path: source.path, what: `${specifier} reaches behind a module's face` }];
  });
}

const DATABASE = new Set(['kysely', 'pg', '@clickhouse/client']);

/** Rule 3: engines and servers are touched where the vocabulary says. */
function checkLibraries(source: Source, imports: readonly Import[]): Violation[] {
  const { path } = source;
  return imports.flatMap(({ specifier }) => {
    const library = specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : (specifier.split('/')[0] ?? '');
    if (DATABASE.has(library) && !isStore(path) && !path.startsWith('src/platform/')) {
      return [{ rule: 'database', path, what: `${library} outside a store` }];
    }
    const servesHttp = /\/routes\.ts$|\/routes\//.test(path) || path.startsWith('src/platform/http') || path.startsWith('src/app/');
    if (library === 'fastify' && !servesHttp) return [{ rule: 'http', path, what: 'fastify outside routes' }];
    if (specifier === 'node:net' && !path.startsWith('src/ingest/gateway')) return [{ rule: 'sockets', path, what: 'node:net outside the gateway' }];
    return [];
  });
}

const isPure = (path: string): boolean =>
  /\/decide-[^/]*\.ts$/.test(path) || /^src\/(kernel|analysis\/(models|primitives|rules)|ingest\/hj212|evidence\/log)\//.test(path);
const IMPURE_TEXT = /\b(Date\.now\(|new Date\(\)|Math\.random\(|performance\.now\()/;
/** node:crypto is allowed where a digest or a cipher is the subject itself; it is still a pure function there. */
const PURE_NODE = new Set(['node:crypto', 'node:buffer']);

/** Rule 4: decisions, models, codec and log are functions of their arguments. */
function checkPurity(source: Source, imports: readonly Import[]): Violation[] {
  if (!isPure(source.path)) return [];
  const { path } = source;
  const found = imports.flatMap(({ specifier, typeOnly }) => {
    if (specifier.startsWith('#platform') && !typeOnly) return [{ rule: 'purity', path, what: `pure code imports ${specifier}` }];
    if (specifier.startsWith('node:') && !PURE_NODE.has(specifier)) return [{ rule: 'purity', path, what: `pure code imports ${specifier}` }];
    if (specifier.startsWith('.') && isStore(specifier) && !typeOnly) return [{ rule: 'purity', path, what: `pure code imports the store ${specifier}` }];
    return [];
  });
  const clock = IMPURE_TEXT.exec(source.text);
  return clock === null ? found : [...found, { rule: 'purity', path, what: `pure code calls ${clock[1]}` }];
}

/** The time of the database's machine, asked for inside a statement. */
const SQL_TIME = /\bsql(?:<[^`]*>)?`[^`]*(?<![.\w])(now\(\)|current_timestamp|clock_timestamp\(\))/i;

/** House rule: one place reads the machine's time. */
function checkClock(source: Source): Violation[] {
  if (/^src\/platform\/(clock|ids)\//.test(source.path)) return [];
  const code = source.text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const clock = /\b(Date\.now\(|new Date\(\))/.exec(code);
  if (clock !== null) return [{ rule: 'clock', path: source.path, what: `${clock[1]} outside platform/clock` }];
  const asked = SQL_TIME.exec(code);
  return asked === null ? [] : [{ rule: 'clock', path: source.path, what: `the database is asked for the time: ${asked[1]}` }];
}

const WRITES = /(?:\b(?:insertInto|updateTable|deleteFrom|mergeInto)|\.insert)\(\s*'(\w+)|\b(?:INSERT\s+INTO|UPDATE(?!\s+SET)|DELETE\s+FROM|COPY|TRUNCATE(?:\s+TABLE)?)\s+([a-z]\w+)/g;

/** Rule 5: who writes which table, in either engine. `owners` maps a table to the module whose migration made it. */
function checkTables(source: Source, owners: ReadonlyMap<string, string>): Violation[] {
  const own = moduleOf(source.path);
  return [...source.text.matchAll(WRITES)].flatMap((match) => {
    const table = match[1] ?? match[2] ?? '';
    const owner = owners.get(table);
    if (owner === undefined || owner === own) return [];
    return [{ rule: 'tables', path: source.path, what: `${own} writes ${table}, which belongs to ${owner}` }];
  });
}

const LINES = 400;
function checkSize(source: Source): Violation[] {
  const lines = source.text.split('\n').length - 1;
  return lines > LINES ? [{ rule: 'size', path: source.path, what: `${lines} lines` }] : [];
}

/** Source files, tests aside, that lie side by side in one folder: more than one looks over at a glance. */
const FOLDER_FILES = 25;

/** Folders that hold more, each with its reason (docs/decisions/0014). */
const LARGE_FOLDERS: Readonly<Record<string, string>> = {
  'src/analysis/models': 'one file for each model, named by its id: the folder is the catalogue',
};

/** Rule 7: a folder that grew is divided into parts, and a part that shrank loses its exception. */
export function checkFolders(sources: readonly Source[], large: Readonly<Record<string, string>> = LARGE_FOLDERS): Violation[] {
  const counts = new Map<string, number>();
  for (const { path } of sources) if (!isTest(path)) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  const grown = [...counts].filter(([path, n]) => n > FOLDER_FILES && large[path] === undefined).map(([path, n]) => ({ rule: 'folder', path, what: `${n} files` }));
  const idle = Object.keys(large).filter((path) => (counts.get(path) ?? 0) <= FOLDER_FILES).map((path) => ({ rule: 'folder', path, what: 'needs no exception any more' }));
  return [...grown, ...idle];
}

/** Rule 6: the simulator and the screens stand outside. */
function checkOutsiders(source: Source, imports: readonly Import[]): Violation[] {
  return imports.flatMap(({ specifier }) => {
    const inside = specifier.startsWith('#') && !specifier.startsWith('#sim/') && specifier !== '#ingest/hj212';
    const behind = specifier.startsWith('.') && normalize(join(dirname(source.path), specifier)).startsWith('src/');
    return inside || behind ? [{ rule: 'outsiders', path: source.path, what: `imports ${specifier}` }] : [];
  });
}

/** Rule 6: import cycles between files, by depth-first search over relative imports of values. */
export function findCycles(sources: readonly Source[]): Violation[] {
  const paths = new Set(sources.map((source) => source.path));
  const edges = new Map(
    sources.map((source) => [
      source.path,
      importsOf(source)
        .filter((each) => each.specifier.startsWith('.') && !each.typeOnly)
        .map((each) => normalize(join(dirname(source.path), each.specifier)))
        .filter((path) => paths.has(path)),
    ]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const found: Violation[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') return void found.push({ rule: 'cycles', path, what: [...trail.slice(trail.indexOf(path)), path].join(' → ') });
    state.set(path, 'open');
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    state.set(path, 'done');
  };
  for (const { path } of sources) visit(path, []);
  return found;
}

/** All rules over a set of files. */
export function checkBoundaries(sources: readonly Source[], table: ImportTable, owners: ReadonlyMap<string, string>): Violation[] {
  const each = sources.flatMap((source) => {
    if (isTest(source.path)) return source.path.startsWith('sim/') ? checkOutsiders(source, importsOf(source)) : checkSize(source);
    const imports = importsOf(source);
    if (!source.path.startsWith('src/')) return [...checkOutsiders(source, imports), ...checkSize(source)];
    return [
      ...checkModules(source, imports, table), ...checkLibraries(source, imports), ...checkPurity(source, imports),
      ...checkClock(source), ...checkTables(source, owners), ...checkSize(source),
    ];
  });
  return [...each, ...findCycles(sources)];
}
