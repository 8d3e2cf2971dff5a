/** Checks in the order in which they are made. */
export type CheckId =
  | 'zip'
  | 'bagit'
  | 'sm3'
  | 'signature'
  | 'policy'
  | 'proofs'
  | 'consistency'
  | 'time'
  | 'completeness'
  | 'frames'
  | 'bindings'
  | 'audit'
  | 'package'
  | 'decision'
  | 'replay';

/** `not-claimed`: neither the package nor the policy says anything about this; it is no green light. */
export type CheckStatus = 'holds' | 'fails' | 'cannot-tell' | 'not-claimed';

/** One thing found, with the file (or leaf) it concerns. */
export interface Problem {
  readonly where: string;
  readonly zh: string;
  readonly en: string;
}

/** One check with its outcome and what was found. */
export interface CheckLine {
  readonly check: CheckId;
  readonly status: CheckStatus;
  readonly zh: string;
  readonly en: string;
  readonly problems: readonly Problem[];
}

/** 0 holds · 1 fails · 2 cannot tell · 3 bad use. */
export type VerifyExit = 0 | 1 | 2 | 3;

/** What the verifier says about a package. */
export interface VerifyReport {
  readonly exit: VerifyExit;
  readonly package: { readonly name: string; readonly kind: string; readonly manifestSha256: string } | null;
  readonly head: { readonly origin: string; readonly size: string } | null;
  readonly lines: readonly CheckLine[];
}

const TITLE = {
  zip: { zh: '压缩包结构', en: 'ZIP container' },
  bagit: { zh: '清单与文件（SHA-256、SHA-512）', en: 'BagIt manifests' },
  sm3: { zh: '国密 SM3 校验和', en: 'SM3 sums' },
  signature: { zh: '清单签名', en: 'signature over the manifests' },
  policy: { zh: '检查点与信任策略', en: 'checkpoints under the policy' },
  proofs: { zh: '存证包含证明', en: 'inclusion proofs' },
  consistency: { zh: '检查点一致性', en: 'consistency of checkpoints' },
  time: { zh: '时间界限', en: 'time bounds' },
  completeness: { zh: '设备与时段完整性', en: 'completeness of device and period' },
  frames: { zh: '报文原文', en: 'raw frames' },
  bindings: { zh: '文件与存证对应', en: 'files bound to leaves' },
  audit: { zh: '办案过程记录', en: 'audit events' },
  package: { zh: '证据包登记', en: 'package leaf and editions' },
  decision: { zh: '决定与案卷', en: 'decision and its file' },
  replay: { zh: '规则重算', en: 'replay of rules' },
} as const satisfies Record<CheckId, { zh: string; en: string }>;

/** A line out of what was found. `holds` texts say what was counted. */
export function lineOf(
  check: CheckId,
  problems: readonly Problem[],
  counted: { zh: string; en: string },
  status?: CheckStatus,
): CheckLine {
  const outcome = problems.length > 0 && status !== 'cannot-tell' ? 'fails' : (status ?? 'holds');
  return {
    check,
    status: outcome,
    zh: `${TITLE[check].zh}：${counted.zh}`,
    en: `${TITLE[check].en}: ${counted.en}`,
    problems,
  };
}

/** A problem with its place, in both languages. */
export const problem = (where: string, zh: string, en: string): Problem => ({ where, zh, en });

/** Exit code of a report: 1 when anything fails, else 2 when something cannot be told, else 0. */
export function exitOf(lines: readonly CheckLine[]): VerifyExit {
  if (lines.some((line) => line.status === 'fails')) return 1;
  return lines.some((line) => line.status === 'cannot-tell') ? 2 : 0;
}

const MARK = {
  holds: '[成立]',
  fails: '[不成立]',
  'cannot-tell': '[无法判断]',
  'not-claimed': '[未主张]',
} as const satisfies Record<CheckStatus, string>;
const VERDICT = {
  0: '结论：成立。所列各项均经核验。 Verified.',
  1: '结论：不成立。以下各处与存证不符。 FAILED.',
  2: '结论：无法判断。没有发现不符，但缺少作出判断所需的依据。 Cannot tell.',
  3: '用法错误。 Bad use.',
} as const satisfies Record<VerifyExit, string>;

const MAX_SHOWN = 20;

/** The report for people: Chinese first, one line per check, each problem with its file. */
export function renderReport(report: VerifyReport): string {
  const lines: string[] = [VERDICT[report.exit]];
  if (report.package !== null) lines.push(`证据包 ${report.package.name}  清单摘要 ${report.package.manifestSha256}`);
  if (report.head !== null) lines.push(`存证日志 ${report.head.origin}  规模 ${report.head.size}`);
  for (const line of report.lines) {
    lines.push(`${MARK[line.status]} ${line.zh} / ${line.en}`);
    for (const { where, zh, en } of line.problems.slice(0, MAX_SHOWN)) lines.push(`    ${where}：${zh} / ${en}`);
    if (line.problems.length > MAX_SHOWN) lines.push(`    … 另有 ${line.problems.length - MAX_SHOWN} 处 / more`);
  }
  return `${lines.join('\n')}\n`;
}
