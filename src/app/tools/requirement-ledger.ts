import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';

export interface LedgerEntry {
  readonly owner: string;
  readonly priority: string;
  /** Test files whose titles carry the id; none means that the demand is still owed. */
  readonly tests: readonly string[];
  /** Why it is owed; every demand without a test says so. */
  readonly why?: string;
}

export type Ledger = Readonly<Record<string, LedgerEntry>>;

const ROOT = join(import.meta.dirname, '../../..');
export const LEDGER_FILE = join(ROOT, 'requirements.yaml');

export const readLedger = (): Ledger => parse(readFileSync(LEDGER_FILE, 'utf8')) as Ledger;

const TITLE = /\b(?:it|test|describe)(?:\.\w+)*(?:\([^)]*\))?\(\s*(['"`])((?:\\.|(?!\1)[\s\S])*)\1/g;
const ID = /\[((?:JS|PAPER|NX|NMG|SH)-[A-Za-z0-9.-]+?)\*?\]/g;

export interface Claim {
  readonly id: string;
  readonly file: string;
  readonly title: string;
}

/** Ids in the titles of one test file. */
export function claimsOf(file: string, text: string): Claim[] {
  return [...text.matchAll(TITLE)].flatMap(([, , title = '']) =>
    [...title.matchAll(ID)].map(([, id = '']) => ({ id, file, title })),
  );
}

/** `JS-13` stands for `JS-13.1` …; `PAPER-3.2-5` for `PAPER-3.2-5a` …; never `JS-1` for `JS-10`. */
export const covers = (claimed: string, id: string): boolean =>
  claimed === id || (id.startsWith(claimed) && /^[.\-a-z]/.test(id.slice(claimed.length)));

/** All claims of the tree. */
export function allClaims(): Claim[] {
  return ['src', 'sim', 'test'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.test\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .flatMap((path) => claimsOf(relative(ROOT, path), readFileSync(path, 'utf8'))),
  );
}

/** Claims that name an id which no document has. */
export const unknownClaims = (ledger: Ledger, claims: readonly Claim[]): Claim[] =>
  claims.filter((claim) => !Object.keys(ledger).some((id) => covers(claim.id, id)));

/** Ledger lines that name a test file in whose titles the id does not stand. */
export function emptyPromises(ledger: Ledger, claims: readonly Claim[]): string[] {
  return Object.entries(ledger).flatMap(([id, entry]) =>
    entry.tests
      .filter((file) => !claims.some((claim) => claim.file === file && covers(claim.id, id)))
      .map((file) => `${id}: ${file}`),
  );
}

/** Test files that show an id, sorted. */
export const testsFor = (id: string, claims: readonly Claim[]): string[] =>
  [...new Set(claims.filter((claim) => covers(claim.id, id)).map((claim) => claim.file))].sort();
