import { createHash } from 'node:crypto';
import { asCount, asObject, asText, objectLines } from './json.ts';
import { leafJson } from './leaf-view.ts';
import { addLine, type OpenPackage } from './package.ts';
import { problem, type Problem } from './report.ts';

type Fields = Readonly<Record<string, unknown>>;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

/** Where an earlier edition's manifest lies in a later one. */
export const earlierManifest = (name: string): string => `data/matter/editions/${name}.manifest-sha256.txt`;
/** What was in the file then must be in it now, byte for byte; lists of steps and receipts go on growing. */
const KEPT = /^([0-9a-f]{64}) {2}(data\/(?:documents|matter)\/(?!editions\/).+)$/;

/**
 * A decision rests on the file frozen before it (行政诉讼法 第三十五条): the edition named in the decision's own leaf must have
 * been fixed in the log at an earlier place, be listed here, and its papers must still be here as they were.
 */
export function checkDecisions(pkg: OpenPackage): void {
  const found: Problem[] = [];
  const rested: string[] = [];
  const editions = asObject(pkg.files.get('data/editions.json'))?.['earlier'];
  const listed = new Map((Array.isArray(editions) ? editions : []).map((one) => [asText(fieldsOf(one)?.['name']), asText(fieldsOf(one)?.['manifestSha256'])]));
  for (const [i, line] of objectLines(pkg.files.get('data/audit/events.jsonl')).entries()) {
    const frozen = fieldsOf(fieldsOf(fieldsOf(line?.['event'])?.['derived'])?.['frozen']);
    if (line === undefined || frozen === undefined) continue;
    const where = `data/audit/events.jsonl line ${i + 1}`;
    const [name, manifest, at] = [asText(frozen['name']) ?? '', asText(frozen['manifestSha256']) ?? '', asCount(frozen['leaf'])];
    const decision = leafAt(pkg, line['leaf']);
    const edition = leafAt(pkg, at);
    if (decision?.['pkg'] !== manifest || decision['pkgLeaf'] !== at)
      found.push(problem(where, '决定的存证未载明其所依据的案卷', 'the leaf of the decision does not name this file'));
    if (edition?.['t'] !== 'pkg' || edition['kind'] !== 'decision' || edition['ref'] !== name || edition['manifest'] !== manifest)
      found.push(problem(`leaf ${String(at)}`, '决定所依据的案卷未按此内容登记', 'no proven leaf fixes the file the decision rests on'));
    if (at === undefined || at >= (asCount(line['leaf']) ?? -1))
      found.push(problem(where, '案卷封存不在决定之前', 'the file was not frozen before the decision'));
    if (listed.get(name) !== manifest) found.push(problem('data/editions.json', `未列出决定所依据的案卷 ${name}`, `does not list ${name}`));
    found.push(...checkKept(pkg, name, manifest));
    rested.push(name);
  }
  if (rested.length === 0) addLine(pkg, 'decision', [], '包内没有以封存案卷作出的决定', 'no decision on a frozen file in this package', 'not-claimed');
  else addLine(pkg, 'decision', found, `决定所依据的案卷：${rested.join('、')}`, `decisions rest on ${rested.join(', ')}`);
}

const leafAt = (pkg: OpenPackage, index: unknown): Fields | undefined => {
  const bytes = pkg.leaves.get(asCount(index) ?? -1);
  return bytes === undefined ? undefined : leafJson(bytes);
};

function checkKept(pkg: OpenPackage, name: string, manifestSha256: string): Problem[] {
  const path = earlierManifest(name);
  const manifest = pkg.files.get(path);
  if (manifest === undefined || sha256(manifest) !== manifestSha256)
    return [problem(path, '缺少该案卷的清单，或者与登记不符', 'the manifest of that edition is missing or another')];
  return Buffer.from(manifest).toString('utf8').split('\n').flatMap((line) => {
    const [, digest, file] = KEPT.exec(line) ?? [];
    if (digest === undefined || file === undefined) return [];
    const bytes = pkg.files.get(file);
    if (bytes === undefined) return [problem(file, '决定前已在卷，现已缺失', 'was in the file before the decision and is missing')];
    return sha256(bytes) === digest ? [] : [problem(file, '决定后被改动', 'was changed after the decision')];
  });
}
