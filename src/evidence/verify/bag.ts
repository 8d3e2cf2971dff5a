import { createHash } from 'node:crypto';
import { problem, type Problem } from './report.ts';

/** What a BagIt reader has to say about a bag (RFC 8493, and the older 0.97). */
export interface BagCheck {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  readonly version: string | undefined;
  /** Digest lists by file name of the manifest: path → lower-case hex. */
  readonly manifests: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

const ALGORITHMS: ReadonlySet<string> = new Set(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']);

type Files = ReadonlyMap<string, Uint8Array>;

interface Findings {
  readonly problems: Problem[];
  readonly warnings: Problem[];
}

/** Paths are compared in NFC: some systems store names decomposed. */
const nfc = (path: string): string => path.normalize('NFC');

const outOfScope = (path: string): boolean =>
  path.startsWith('/') ||
  path.startsWith('~') ||
  path.startsWith('\\') ||
  /^[a-z]:/i.test(path) ||
  path.split(/[/\\]/).includes('..');

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
const linesOf = (bytes: Uint8Array): string[] =>
  textOf(bytes)
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '');

/** Line ends and the percent sign are the only characters RFC 8493 encodes in paths. */
const decodePath = (path: string): string =>
  path.replace(/%(0[ADad]|25)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

function readDeclaration(files: Files, found: Findings): string | undefined {
  const bytes = files.get('bagit.txt');
  const [first, second, ...more] = bytes === undefined ? [] : linesOf(bytes);
  const version = /^BagIt-Version:\s*(\d+\.\d+)\s*$/.exec(first ?? '')?.[1];
  const encoding = /^Tag-File-Character-Encoding:\s*(\S+)\s*$/.exec(second ?? '')?.[1];
  if (version === undefined || encoding === undefined || more.length > 0) {
    found.problems.push(problem('bagit.txt', '缺失或不合规', 'missing or malformed'));
    return undefined;
  }
  return version;
}

function readManifest(
  name: string,
  bytes: Uint8Array,
  payload: boolean,
  strict: boolean,
  found: Findings,
): Map<string, string> {
  const entries = new Map<string, string>();
  for (const line of linesOf(bytes)) {
    const match = /^([0-9a-fA-F]+)[ \t]+(\*?)(.+)$/.exec(line);
    const [, digest = '', star = '', raw = ''] = match ?? [];
    const path = decodePath(raw).replace(/^(\.\/)+/, '');
    if (match === null || outOfScope(decodePath(raw)) || (payload && !path.startsWith('data/'))) {
      found.problems.push(problem(name, `不合规的一行：${line}`, 'line is malformed or points outside the bag'));
      continue;
    }
    if (star !== '' || path !== decodePath(raw))
      found.warnings.push(problem(name, `非标准写法：${raw}`, 'md5sum style or relative path'));
    const key = nfc(path);
    const before = entries.get(key);
    if (before !== undefined && (strict || before !== digest.toLowerCase()))
      found.problems.push(problem(path, '在清单中重复出现', `listed twice in ${name}`));
    else if (before !== undefined) found.warnings.push(problem(path, '在清单中重复出现', `listed twice in ${name}`));
    entries.set(key, digest.toLowerCase());
  }
  return entries;
}

function compare(name: string, entries: ReadonlyMap<string, string>, files: Files, found: Findings): void {
  const algorithm = /-([a-z0-9]+)\.txt$/.exec(name)?.[1] ?? '';
  for (const [path, digest] of entries) {
    const bytes = files.get(path);
    if (bytes === undefined) found.problems.push(problem(path, '文件缺失', `missing, listed in ${name}`));
    else if (createHash(algorithm).update(bytes).digest('hex') !== digest)
      found.problems.push(problem(path, '内容被改动', `does not match ${name}`));
  }
}

function checkFetch(files: Files, listed: ReadonlySet<string>, found: Findings): void {
  const bytes = files.get('fetch.txt');
  for (const line of bytes === undefined ? [] : linesOf(bytes)) {
    const path = decodePath(/^\S+[ \t]+(?:-|\d+)[ \t]+(.+)$/.exec(line)?.[1] ?? '').replace(/^(\.\/)+/, '');
    if (path === '' || outOfScope(path) || !path.startsWith('data/') || !listed.has(nfc(path)))
      found.problems.push(
        problem('fetch.txt', `不合规的一行：${line}`, 'line is malformed or points outside the payload'),
      );
  }
}

function checkOxum(files: Files, found: Findings): void {
  const info = files.get('bag-info.txt');
  const stated = info === undefined ? undefined : /^Payload-Oxum\s*:\s*(\d+)\.(\d+)\s*$/im.exec(textOf(info));
  if (stated === undefined || stated === null) return;
  const payload = [...files].filter(([path]) => path.startsWith('data/'));
  const octets = payload.reduce((sum, [, bytes]) => sum + bytes.length, 0);
  if (Number(stated[1]) !== octets || Number(stated[2]) !== payload.length)
    found.problems.push(problem('bag-info.txt', '载荷字节数或文件数不符', 'Payload-Oxum does not match'));
}

/** Checks a bag given as its files (path without the top folder → bytes). */
export function checkBag(given: Files): BagCheck {
  const found: Findings = { problems: [], warnings: [] };
  const files: Files = new Map([...given].map(([path, bytes]) => [nfc(path), bytes]));
  const version = readDeclaration(files, found);
  const strict = version !== undefined && !version.startsWith('0.');
  const manifests = new Map<string, Map<string, string>>();
  for (const [name, bytes] of files) {
    const [, tag = '', algorithm = ''] = /^(tag)?manifest-([a-z0-9]+)\.txt$/.exec(name) ?? [];
    if (algorithm === '') continue;
    if (!ALGORITHMS.has(algorithm)) {
      found.warnings.push(problem(name, '摘要算法不支持', 'unknown algorithm'));
      continue;
    }
    const entries = readManifest(name, bytes, tag === '', strict, found);
    manifests.set(name, entries);
    compare(name, entries, files, found);
  }
  const payload = [...manifests].filter(([name]) => name.startsWith('manifest-'));
  if (payload.length === 0) found.problems.push(problem('manifest', '没有载荷清单', 'no payload manifest'));
  for (const path of files.keys()) {
    if (!path.startsWith('data/')) continue;
    const without = payload.filter(([, entries]) => !entries.has(path));
    // 1.0: every manifest lists every file; 0.97: at least one does.
    if (without.length > 0 && (strict || without.length === payload.length))
      found.problems.push(problem(path, '未列入清单', `not listed in ${without.map(([name]) => name).join(', ')}`));
  }
  checkFetch(files, new Set(payload.flatMap(([, entries]) => [...entries.keys()])), found);
  checkOxum(files, found);
  return { ...found, version, manifests };
}
