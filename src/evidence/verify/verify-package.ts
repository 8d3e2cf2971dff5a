import { parsePolicy, type Policy } from '../log/index.ts';
import { checkManifests, checkSm3 } from './check-bag.ts';
import {
  checkCompleteness,
  checkEvents,
  checkFileBindings,
  checkFrames,
  checkPackageLeaf,
  type PackageFrameView,
} from './check-content.ts';
import { checkDecisions } from './check-decision.ts';
import { checkConsistency, checkHeads, checkStatement, checkTimes } from './check-heads.ts';
import { checkProofs } from './check-leaves.ts';
import { addLine, openContainer, type OpenPackage } from './package.ts';
import { exitOf, lineOf, problem, type Problem, type VerifyReport } from './report.ts';

/** What a recomputation gets: only what was proven. */
export interface PackageReader {
  readonly name: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Frames whose bytes match their leaves, in leaf order. */
  readonly frames: readonly PackageFrameView[];
  readonly leaves: ReadonlyMap<number, Uint8Array>;
}

/** Recomputes `data/replay/expected.json` from the frames; returns what differs, with the place. */
export type Recompute = (reader: PackageReader) => Promise<RecomputeResult> | RecomputeResult;

/** What computing a package's claims again from its frames gave. */
export interface RecomputeResult {
  readonly problems: readonly Problem[];
  /** What was recomputed, for the report. */
  readonly zh: string;
  readonly en: string;
  /** Set where the recomputation could not be made. */
  readonly cannotTell?: boolean;
}

/** What the verifier is given beside the package. */
export interface VerifyOptions {
  /** Text of a C2SP tlog-policy file, from outside the package. Without it the best verdict is "cannot tell". */
  readonly policy?: string;
  readonly recompute?: Recompute;
}

const EXPECTED = 'data/replay/expected.json';
const NOBODY: Policy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: undefined };

const badUse = (en: string): VerifyReport => ({
  exit: 3,
  package: null,
  head: null,
  lines: [{ check: 'policy', status: 'fails', zh: '策略文件有误', en, problems: [] }],
});

/**
 * Checks a case package in a fixed order, without network, clock or the platform.
 * Exit 0 holds · 1 fails · 2 cannot tell · 3 bad use. Never throws for anything a package may contain.
 */
export async function verifyPackage(zip: Uint8Array, options: VerifyOptions = {}): Promise<VerifyReport> {
  const given = options.policy === undefined ? undefined : parsePolicy(options.policy);
  if (typeof given === 'string') return badUse(`policy: ${given}`);
  const { name, files, line } = openContainer(zip);
  const own = parsePolicy(Buffer.from(files.get('log/policy.txt') ?? '').toString('utf8'));
  const policy = given ?? (typeof own === 'string' ? NOBODY : own);
  const pkg: OpenPackage = {
    name,
    files,
    policy,
    pinned: given !== undefined,
    heads: [],
    leaves: new Map(),
    ranges: [],
    lines: [line],
  };
  if (files.size === 0) return { exit: 1, package: null, head: null, lines: pkg.lines };
  checkManifests(pkg);
  checkSm3(pkg);
  checkStatement(pkg);
  checkHeads(pkg);
  checkProofs(pkg);
  checkConsistency(pkg);
  checkTimes(pkg);
  const checked = checkFrames(pkg);
  checkCompleteness(pkg, checked);
  checkFileBindings(pkg);
  checkEvents(pkg);
  const { kind, manifestSha256 } = checkPackageLeaf(pkg);
  checkDecisions(pkg);
  await checkReplay(pkg, checked.frames, options.recompute);
  const head = pkg.heads.at(-1);
  return {
    exit: exitOf(pkg.lines),
    package: { name, kind, manifestSha256 },
    head: head === undefined ? null : { origin: head.origin, size: head.size.toString() },
    lines: pkg.lines,
  };
}

async function checkReplay(
  pkg: OpenPackage,
  frames: ReadonlyMap<number, PackageFrameView>,
  recompute: Recompute | undefined,
): Promise<void> {
  if (!pkg.files.has(EXPECTED)) return addLine(pkg, 'replay', [], '未主张', 'not claimed', 'not-claimed');
  if (recompute === undefined)
    return addLine(pkg, 'replay', [], '本核验程序不含规则引擎', 'this verifier carries no rule engine', 'cannot-tell');
  const inOrder = [...frames.values()].sort((a, b) => a.leaf - b.leaf);
  try {
    const result = await recompute({ name: pkg.name, files: pkg.files, frames: inOrder, leaves: pkg.leaves });
    pkg.lines.push(lineOf('replay', result.problems, result, result.cannotTell === true ? 'cannot-tell' : undefined));
  } catch (error) {
    // A package may hold parameters no model was written for; that is the package's failure, not ours.
    addLine(pkg, 'replay', [problem(EXPECTED, '规则重算中断', String(error))], '重算中断', 'recomputation broke off');
  }
}
