import type { Checkpoint, Policy } from '../log/index.ts';
import { lineOf, problem, type CheckId, type CheckLine, type CheckStatus, type Problem } from './report.ts';
import { readZip } from './zip.ts';

/** A head that opened under the policy, with the times its witnesses stated (epoch seconds). */
export interface Head extends Checkpoint {
  readonly file: string;
  readonly note: string;
  readonly cosigned: readonly bigint[];
}

/** A package while it is checked. */
export interface OpenPackage {
  /** Name of the top folder. */
  readonly name: string;
  /** Paths below the top folder. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly policy: Policy;
  /** False: no policy came from outside and the package's own is used, which proves nothing about who signed. */
  readonly pinned: boolean;
  readonly heads: Head[];
  /** Leaves proven to be under a head, by index: exact bytes. */
  readonly leaves: Map<number, Uint8Array>;
  /** Ranges of which every leaf is known (as bytes or as a hash). */
  readonly ranges: ProvenRange[];
  readonly lines: CheckLine[];
}

export interface ProvenRange {
  readonly file: string;
  readonly from: number;
  readonly to: number;
  readonly devices: readonly string[];
  /** Leaves shown as hashes only. */
  readonly hidden: number;
}

export const addLine = (
  pkg: Pick<OpenPackage, 'lines'>,
  check: CheckId,
  problems: readonly Problem[],
  zh: string,
  en: string,
  status?: CheckStatus,
): void => void pkg.lines.push(lineOf(check, problems, { zh, en }, status));

/** Takes the ZIP apart: entries in form and all below one folder, which is the package's name. */
export function openContainer(zip: Uint8Array): { name: string; files: Map<string, Uint8Array>; line: CheckLine } {
  const { files: entries, problems } = readZip(zip);
  const [first] = entries.keys();
  const name = first?.split('/')[0] ?? '';
  const found: Problem[] = [...problems];
  const files = new Map<string, Uint8Array>();
  for (const [path, bytes] of entries) {
    if (path.startsWith(`${name}/`)) files.set(path.slice(name.length + 1), bytes);
    else found.push(problem(path, '不在同一顶层文件夹内', 'not below the one top folder'));
  }
  if (entries.size === 0 && found.length === 0) found.push(problem('ZIP', '空包', 'empty'));
  const counted = { zh: `${entries.size} 个条目`, en: `${entries.size} entries` };
  return { name, files, line: lineOf('zip', found, counted) };
}
