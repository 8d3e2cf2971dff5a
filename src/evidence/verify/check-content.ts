import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../canonical-json.ts';
import { asCount, asObject, asText, objectLines } from './json.ts';
import { deviceOf, holdsDigest, isFrameLeaf, leafJson } from './leaf-view.ts';
import { addLine, type OpenPackage } from './package.ts';
import { problem, type Problem } from './report.ts';

const digest = (algorithm: 'sha256' | 'sm3', bytes: Uint8Array): string =>
  createHash(algorithm).update(bytes).digest('hex');

/** One frame of `data/frames/index.jsonl` whose bytes match its leaf. */
export interface PackageFrameView {
  readonly leaf: number;
  readonly device: string;
  readonly receivedAt: string;
  readonly raw: Uint8Array;
}

export const FRAME_INDEX = 'data/frames/index.jsonl';

export interface CheckedFrames {
  /** Frames that hold, by leaf. */
  readonly frames: ReadonlyMap<number, PackageFrameView>;
  /** Leaves that the index names, whether their bytes hold or not. */
  readonly listed: ReadonlySet<number>;
}

/** Raw bytes against the digests that leaf and index state. */
export function checkFrames(pkg: OpenPackage): CheckedFrames {
  const found: Problem[] = [];
  const listed = new Set<number>();
  const frames = new Map<number, PackageFrameView>();
  const used = new Map<string, number>();
  for (const [i, line] of objectLines(pkg.files.get(FRAME_INDEX)).entries()) {
    const frame = line === undefined ? undefined : readFrame(pkg, line);
    listed.add(asCount(line?.['leaf']) ?? -1);
    const where = `${FRAME_INDEX} line ${i + 1} (${asText(line?.['file']) ?? '?'}, leaf ${String(line?.['leaf'])})`;
    if (frame === undefined || typeof frame === 'string') {
      found.push(problem(where, '报文与存证不符', frame ?? 'malformed line'));
      continue;
    }
    if (frames.has(frame.leaf)) found.push(problem(where, '报文重复', 'leaf occurs twice'));
    frames.set(frame.leaf, frame);
    const file = asText(line?.['file']) as string;
    used.set(file, (used.get(file) ?? 0) + frame.raw.length);
  }
  for (const [path, bytes] of pkg.files)
    if (path.startsWith('data/frames/raw/') && used.get(path) !== bytes.length && found.length === 0)
      found.push(problem(path, '含未列入索引的字节', 'bytes that the index does not name'));
  addLine(pkg, 'frames', found, `${frames.size} 条报文`, `${frames.size} frames`);
  return { frames, listed };
}

function readFrame(pkg: OpenPackage, line: Readonly<Record<string, unknown>>): PackageFrameView | string | undefined {
  const [leaf, offset, length] = [asCount(line['leaf']), asCount(line['offset']), asCount(line['length'])];
  const [file, device, receivedAt] = [asText(line['file']), asText(line['device']), asText(line['receivedAt'])];
  if (
    leaf === undefined ||
    offset === undefined ||
    length === undefined ||
    device === undefined ||
    receivedAt === undefined
  )
    return undefined;
  const bytes = file?.startsWith('data/frames/raw/') === true ? pkg.files.get(file) : undefined;
  if (bytes === undefined || offset + length > bytes.length) return 'raw bytes are missing';
  const raw = bytes.subarray(offset, offset + length);
  const proven = pkg.leaves.get(leaf);
  const json = proven === undefined ? undefined : leafJson(proven);
  if (json === undefined) return 'no proven leaf';
  if (!isFrameLeaf(json) || json['mn'] !== device) return 'the leaf is of another device or kind';
  const fits = json['len'] === undefined || json['len'] === length;
  if (!fits || json['sha256'] !== digest('sha256', raw) || json['sm3'] !== digest('sm3', raw))
    return 'bytes differ from what the leaf fixed';
  if (json['sha256'] !== line['sha256'] || json['sm3'] !== line['sm3']) return 'index states other digests';
  return { leaf, device, receivedAt, raw };
}

/** In each proven range, every frame leaf of the claimed devices must be in the package (ev:E11). */
export function checkCompleteness(pkg: OpenPackage, { listed }: CheckedFrames): void {
  const found: Problem[] = [];
  let counted = 0;
  for (const { from, to, devices } of pkg.ranges) {
    for (let index = from; index < to; index += 1) {
      const bytes = pkg.leaves.get(index);
      const device = bytes === undefined ? undefined : deviceOf(bytes);
      if (bytes === undefined || device === undefined || !devices.includes(device)) continue;
      counted += 1;
      const json = leafJson(bytes);
      if (json !== undefined && isFrameLeaf(json) && !listed.has(index))
        found.push(problem(`leaf ${index}`, `缺少设备 ${device} 的报文`, `frame of ${device} is not in the package`));
    }
  }
  const hidden = pkg.ranges.reduce((sum, range) => sum + range.hidden, 0);
  if (pkg.ranges.length === 0) addLine(pkg, 'completeness', [], '未主张', 'not claimed', 'not-claimed');
  else if (hidden > 0 && found.length === 0)
    addLine(
      pkg,
      'completeness',
      [],
      `${hidden} 条他人存证仅列哈希，无法逐条核对`,
      `${hidden} leaves of others are shown as hashes only`,
      'not-claimed',
    );
  else addLine(pkg, 'completeness', found, `${counted} 条本设备存证`, `${counted} leaves of the devices`);
}

/** Files that a leaf fixes: `log/bindings.json` says which; the file's digest must be a value of that leaf. */
export function checkFileBindings(pkg: OpenPackage): void {
  const found: Problem[] = [];
  const list = asObject(pkg.files.get('log/bindings.json'))?.['files'];
  const bindings = Array.isArray(list) ? list.map((one) => asObject(JSON.stringify(one))) : [];
  if (!Array.isArray(list)) found.push(problem('log/bindings.json', '缺失或不合规', 'missing or malformed'));
  for (const binding of bindings) {
    const [file, leaf] = [asText(binding?.['file']) ?? 'log/bindings.json', asCount(binding?.['leaf'])];
    const [bytes, proven] = [pkg.files.get(file), leaf === undefined ? undefined : pkg.leaves.get(leaf)];
    if (bytes === undefined) found.push(problem(file, '文件缺失', 'missing'));
    else if (proven === undefined || !holdsDigest(proven, digest('sha256', bytes)))
      found.push(problem(file, `与存证 ${String(leaf)} 不符`, `does not match leaf ${String(leaf)}`));
  }
  addLine(pkg, 'bindings', found, `${bindings.length} 个文件`, `${bindings.length} files`);
}

const EVENTS = 'data/audit/events.jsonl';

/** Events of the matter: each that names a leaf must be what that leaf fixed. */
export function checkEvents(pkg: OpenPackage): void {
  const found: Problem[] = [];
  const lines = objectLines(pkg.files.get(EVENTS));
  let fixed = 0;
  for (const [i, line] of lines.entries()) {
    const where = `${EVENTS} line ${i + 1}`;
    const leaf = line?.['leaf'];
    if (line === undefined || line['event'] === undefined) found.push(problem(where, '行不合规', 'malformed line'));
    else if (leaf !== null) {
      const proven = pkg.leaves.get(asCount(leaf) ?? -1);
      const sha256 = digest('sha256', Buffer.from(canonicalJson(line['event'] as Json)));
      if (proven === undefined || !holdsDigest(proven, sha256))
        found.push(problem(where, `与存证 ${String(leaf)} 不符`, `does not match leaf ${String(leaf)}`));
      fixed += 1;
    }
  }
  addLine(
    pkg,
    'audit',
    found,
    `${lines.length} 步，其中 ${fixed} 步有存证`,
    `${lines.length} steps, ${fixed} with a leaf`,
  );
}

/** The package's own leaf fixes its payload manifest, name and kind: an edition made later cannot pass for this one. */
export function checkPackageLeaf(pkg: OpenPackage): { kind: string; manifestSha256: string } {
  const manifest = pkg.files.get('manifest-sha256.txt');
  const manifestSha256 = manifest === undefined ? '' : digest('sha256', manifest);
  const index = asCount(asObject(pkg.files.get('log/package.json'))?.['leaf']);
  const bytes = index === undefined ? undefined : pkg.leaves.get(index);
  const leaf = bytes === undefined ? undefined : leafJson(bytes);
  const editions = asObject(pkg.files.get('data/editions.json'));
  const kind = asText(editions?.['kind']) ?? '';
  const found: Problem[] = [];
  if (leaf?.['t'] !== 'pkg' || leaf['manifest'] !== manifestSha256 || leaf['ref'] !== pkg.name || leaf['kind'] !== kind)
    found.push(
      problem('log/package.json', '证据包未按此内容登记', 'the package leaf does not fix this manifest, name and kind'),
    );
  const earlier = Array.isArray(editions?.['earlier']) ? editions['earlier'].length : 0;
  const none = pkg.heads.length === 0;
  addLine(
    pkg,
    'package',
    none ? [] : found,
    `存证 ${String(index)}，此前版本 ${earlier} 个`,
    `leaf ${String(index)}, ${earlier} earlier editions`,
    none ? 'cannot-tell' : undefined,
  );
  return { kind, manifestSha256 };
}
