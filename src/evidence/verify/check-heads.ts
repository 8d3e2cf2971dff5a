import { equalHash, fromBase64, openCheckpoint, openNote, verifyConsistency, type Hash } from '../log/index.ts';
import { asCount, asObject } from './json.ts';
import { addLine, type Head, type OpenPackage } from './package.ts';
import { problem, type Problem } from './report.ts';
import { STATEMENT_FILE, statementText } from './statement.ts';

const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? '').toString('utf8');

/** The log's signature over both manifests. */
export function checkStatement(pkg: OpenPackage): void {
  const note = openNote(textOf(pkg.files.get(STATEMENT_FILE)), pkg.policy.logs);
  const at = (file: string): Uint8Array => pkg.files.get(file) ?? Buffer.of();
  const found: Problem[] = [];
  if (!note.ok) found.push(problem(STATEMENT_FILE, '签名不成立', note.reason));
  else {
    const stated = note.text.split('\n');
    const actual = statementText(pkg.name, at('manifest-sha256.txt'), at('tagmanifest-sha256.txt')).split('\n');
    for (const [i, file] of [
      STATEMENT_FILE,
      `${pkg.name}/`,
      'manifest-sha256.txt',
      'tagmanifest-sha256.txt',
      STATEMENT_FILE,
    ].entries())
      if (stated[i] !== actual[i]) found.push(problem(file, '与所签内容不符', 'is not what was signed'));
    if (stated.length !== actual.length)
      found.push(problem(STATEMENT_FILE, '签名文本不合规', 'signs another kind of text'));
  }
  // Without a pinned policy nothing tells whose key this is: sound in itself is "cannot tell", never green (pkg:P06).
  const status = found.length === 0 && !pkg.pinned ? 'cannot-tell' : undefined;
  const by = note.ok ? note.verified.map((line) => line.by.keyId).join(' ') : '';
  addLine(pkg, 'signature', found, `公钥 ${by}`, `key ${by}`, status);
}

/** Opens every checkpoint under the policy; two of one size with different roots are a fork (ev:E09). */
export function checkHeads(pkg: OpenPackage): void {
  const found: Problem[] = [];
  const unmet: Problem[] = [];
  for (const [file, bytes] of pkg.files) {
    if (!/^log\/checkpoints\/.+\.note$/.test(file)) continue;
    const note = textOf(bytes);
    const opened = openCheckpoint(note, pkg.policy);
    if (!opened.ok && opened.why !== 'quorum') {
      found.push(problem(file, '不被信任策略接受', opened.reason));
      continue;
    }
    if (!opened.ok) unmet.push(problem(file, '见证方不足', opened.reason));
    const { checkpoint, cosigned } = opened.ok ? opened : opened.signed;
    const twin = pkg.heads.find((head) => head.size === checkpoint.size && head.origin === checkpoint.origin);
    if (twin !== undefined && !equalHash(twin.root, checkpoint.root))
      found.push(problem(file, `日志分叉（与 ${twin.file}）`, `fork with ${twin.file}`));
    pkg.heads.push({ ...checkpoint, file, note, cosigned: [...cosigned.values()] });
  }
  pkg.heads.sort((a, b) => (a.size < b.size ? -1 : 1));
  const [head] = pkg.heads;
  const other = pkg.heads.find((one) => one.origin !== head?.origin);
  if (other !== undefined) found.push(problem(other.file, '来自另一日志', `origin is ${other.origin}`));
  if (head === undefined && found.length + unmet.length === 0)
    found.push(problem('log/checkpoints', '没有检查点', 'no checkpoint'));
  const status = found.length === 0 && (unmet.length > 0 || !pkg.pinned) ? 'cannot-tell' : undefined;
  const trust = pkg.pinned
    ? { zh: '策略由外部给定', en: 'policy given from outside' }
    : { zh: '未给定外部策略，仅自洽', en: 'no policy given: consistent in itself only' };
  addLine(
    pkg,
    'policy',
    [...found, ...unmet],
    `${pkg.heads.length} 个检查点，${trust.zh}`,
    `${pkg.heads.length} heads, ${trust.en}`,
    status,
  );
}

/** Each head must extend the one before it, by a proof in the package. */
export function checkConsistency(pkg: OpenPackage): void {
  const found: Problem[] = [];
  const proofs = new Map<string, readonly Hash[]>();
  for (const [file, bytes] of pkg.files) {
    if (!file.startsWith('log/consistency/')) continue;
    const json = asObject(bytes);
    const path = Array.isArray(json?.['path']) ? json['path'].map((text) => fromBase64(String(text))) : [undefined];
    if (asCount(json?.['size1']) === undefined || asCount(json?.['size2']) === undefined || path.includes(undefined))
      found.push(problem(file, '证明不合规', 'malformed proof'));
    else proofs.set(`${String(json?.['size1'])}-${String(json?.['size2'])}`, path as Hash[]);
  }
  for (const [i, head] of pkg.heads.entries()) {
    const before = pkg.heads[i - 1];
    if (before === undefined || before.size === head.size) continue;
    const path = proofs.get(`${before.size}-${head.size}`);
    if (path === undefined || !verifyConsistency(before.size, head.size, before.root, head.root, path))
      found.push(problem(head.file, '不是前一检查点的延续', `does not extend ${before.file}`));
  }
  const n = Math.max(0, pkg.heads.length - 1);
  addLine(pkg, 'consistency', found, `${n} 处衔接`, `${n} steps`, pkg.heads.length === 0 ? 'cannot-tell' : undefined);
}

const TOLERANCE_S = 300n;

/**
 * A leaf under a head witnessed at T2 and not under one witnessed at T1 was written between T1 and T2; the time it
 * states itself must lie there, give or take five minutes (ev:E10).
 */
export function checkTimes(pkg: OpenPackage): void {
  const stamped = pkg.heads
    .filter((head) => head.cosigned.length > 0)
    .map((head) => ({ size: head.size, at: earliest(head) }));
  if (stamped.length === 0) {
    addLine(pkg, 'time', [], '信任策略未要求外部时间见证', 'the policy names no outside clock', 'not-claimed');
    return;
  }
  const found: Problem[] = [];
  for (const [index, bytes] of pkg.leaves) {
    const at = Date.parse(String(asObject(bytes)?.['at']));
    const before = stamped.filter((head) => head.size <= BigInt(index)).at(-1);
    const after = stamped.find((head) => head.size > BigInt(index));
    const seconds = Number.isNaN(at) ? undefined : BigInt(Math.floor(at / 1_000));
    const early = before !== undefined && (seconds === undefined || seconds < before.at - TOLERANCE_S);
    const late = after !== undefined && (seconds === undefined || seconds > after.at + TOLERANCE_S);
    if (early || late) found.push(problem(`leaf ${index}`, '所载时间得不到见证支持', 'time not supported'));
  }
  addLine(pkg, 'time', found, `${stamped.length} 个有见证时间的检查点`, `${stamped.length} witnessed heads`);
}

const earliest = (head: Head): bigint => head.cosigned.reduce((a, b) => (a < b ? a : b));
