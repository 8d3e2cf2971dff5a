import { createHash } from 'node:crypto';
import { checkBag } from './bag.ts';
import { addLine, type OpenPackage } from './package.ts';
import { problem, type Problem } from './report.ts';
import { STATEMENT_FILE } from './statement.ts';

const REQUIRED = ['manifest-sha256.txt', 'manifest-sha512.txt', 'tagmanifest-sha256.txt'] as const;
/** Files that sign or list the tag manifest cannot stand in it. */
const UNLISTED: ReadonlySet<string> = new Set(['tagmanifest-sha256.txt', STATEMENT_FILE]);

/** BagIt, and what a case package asks beyond it: both manifests, nothing unlisted anywhere, nothing to be fetched. */
export function checkManifests(pkg: OpenPackage): void {
  const { problems, manifests, version } = checkBag(pkg.files);
  const found: Problem[] = [...problems];
  if (version !== undefined && version !== '1.0') found.push(problem('bagit.txt', '版本不是 1.0', 'not version 1.0'));
  for (const name of REQUIRED) if (!manifests.has(name)) found.push(problem(name, '清单缺失', 'manifest is missing'));
  const tags = manifests.get('tagmanifest-sha256.txt');
  for (const path of pkg.files.keys()) {
    if (path.startsWith('data/') || UNLISTED.has(path)) continue;
    if (path === 'fetch.txt') found.push(problem(path, '证据包不得引用外部文件', 'a case package carries everything'));
    if (tags !== undefined && !tags.has(path.normalize('NFC')))
      found.push(problem(path, '未列入清单', 'not listed in tagmanifest-sha256.txt'));
  }
  addLine(pkg, 'bagit', found, `${pkg.files.size} 个文件`, `${pkg.files.size} files`);
}

/** `sm3sums.txt` names every payload file with its SM3 digest, in the form of `cksum -a sm3`. */
export function checkSm3(pkg: OpenPackage): void {
  const found: Problem[] = [];
  const listed = new Set<string>();
  const lines = Buffer.from(pkg.files.get('sm3sums.txt') ?? '')
    .toString('utf8')
    .split('\n');
  for (const line of lines.slice(0, -1)) {
    const [, path = '', digest = ''] = /^SM3 \((.+)\) = ([0-9a-f]{64})$/.exec(line) ?? [];
    const bytes = pkg.files.get(path);
    listed.add(path);
    if (bytes === undefined)
      found.push(problem(path || 'sm3sums.txt', '文件缺失或行不合规', 'missing, or line malformed'));
    else if (createHash('sm3').update(bytes).digest('hex') !== digest)
      found.push(problem(path, '内容被改动', 'does not match sm3sums.txt'));
  }
  for (const path of pkg.files.keys())
    if (path.startsWith('data/') && !listed.has(path))
      found.push(problem(path, '未列入国密校验和', 'not listed in sm3sums.txt'));
  addLine(pkg, 'sm3', found, `${listed.size} 个文件`, `${listed.size} files`);
}
