import { createHash } from 'node:crypto';
import { leafHash, openCheckpoint, parsePolicy, readTlogProof, verifyInclusion } from '../log/index.ts';
import { asObject } from './json.ts';
import { exitOf, lineOf, problem, type CheckLine, type Problem, type VerifyReport } from './report.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const report = (lines: readonly CheckLine[], head: VerifyReport['head'] = null): VerifyReport => ({ exit: exitOf(lines), package: null, head, lines });

/**
 * Checks one published file against the proof given out beside it: digest → record → path → root → signed head. The record stands in
 * the proof's `extra` line. Without a policy from outside the best verdict is "cannot tell", as with packages.
 */
export function verifyFile(file: Uint8Array, proofText: string, policyText: string | undefined): VerifyReport {
  const policy = parsePolicy(policyText ?? '');
  if (policyText !== undefined && typeof policy === 'string') return { exit: 3, package: null, head: null, lines: [{ check: 'policy', status: 'fails', zh: '策略文件有误', en: `policy: ${policy}`, problems: [] }] };
  const proof = readTlogProof(proofText.replaceAll('\r\n', '\n'));
  const record = proof?.extra;
  if (proof === undefined || record === undefined) return report([lineOf('proofs', [problem('proof', '不是带有记录的证明文件', 'is no proof file that carries its record')], { zh: '无法读取', en: 'cannot be read' })]);
  const digest = sha256(file);
  const named = asObject(record)?.['sha256'] === digest;
  const bindings = lineOf('bindings', named ? [] : [problem('sha256', `文件摘要 ${digest} 不是记录所写的摘要`, `digest ${digest} is not the one the record names`)], { zh: `文件摘要 ${digest}`, en: `digest ${digest}` });
  const opened = typeof policy === 'string' ? undefined : openCheckpoint(proof.checkpoint, policy);
  const [origin = '', size = '', root = ''] = proof.checkpoint.split('\n');
  const included = /^\d{1,20}$/.test(size) && verifyInclusion(proof.index, BigInt(size), leafHash(record), proof.path, Buffer.from(root, 'base64'));
  const proofs = lineOf('proofs', included ? [] : [problem(`leaf ${proof.index}`, '路径不通向日志头的根', 'the path does not lead to the root of the head')], { zh: `第 ${proof.index} 条，共 ${size} 条`, en: `entry ${proof.index} of ${size}` });
  const unsigned: Problem[] = opened === undefined || opened.ok ? [] : [problem('checkpoint', '日志头不被信任策略接受', opened.reason)];
  const trust = opened === undefined ? { zh: '未给定外部策略', en: 'no policy given' } : { zh: '策略由外部给定', en: 'policy given from outside' };
  const unsure = opened === undefined || (!opened.ok && opened.why !== 'bad');
  return report([bindings, proofs, lineOf('policy', unsigned, trust, unsure ? 'cannot-tell' : undefined)], { origin, size });
}
