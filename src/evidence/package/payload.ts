import { ok, toRfc3339, type Result } from '#kernel';
import { canonicalJson, type Json } from '../canonical-json.ts';
import { digestOf, sha256Hex, sm3Hex } from '../digest.ts';
import { refuse } from '../errors.ts';
import { earlierManifest, unsafeName } from '../verify/index.ts';
import type { PackageContent, PackageFile, PackageFrame } from './content.ts';

/** A file, or a line of `audit/events.jsonl`, whose digest a leaf must hold. */
export interface Binding {
  readonly where: string;
  readonly leaf: number;
  readonly sha256: string;
}

export interface Payload {
  /** Paths below the bag, all under `data/`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly bindings: readonly Binding[];
  /** Of these, the ones that are whole files. */
  readonly fileBindings: readonly { readonly file: string; readonly leaf: number }[];
}

const text = (value: string): Uint8Array => Buffer.from(value);
const bytesOf = (file: PackageFile): Uint8Array => ('bytes' in file ? file.bytes : text(canonicalJson(file.json)));

/** `<case-no>_<kind>_<seq>`, the name of the package and of its top folder. */
export const packageName = ({ caseNo, kind, seq }: Pick<PackageContent, 'caseNo' | 'kind' | 'seq'>): string =>
  `${caseNo}_${kind}_${seq}`;

/** A device's folder: its MN, or a digest where the MN cannot be a file name. */
const deviceFolder = (device: string): string =>
  /^[A-Za-z0-9_-]{1,40}$/.test(device) ? device : `x-${sha256Hex(device).slice(0, 16)}`;

/** The payload of a package: the same content always gives the same bytes. Refuses unsafe or repeated names (EVID-008). */
export function payloadOf(content: PackageContent): Result<Payload> {
  const files = new Map<string, Uint8Array>();
  const bindings: Binding[] = [];
  for (const [path, bytes] of frameFiles(content.frames)) files.set(path, bytes);
  for (const [folder, list] of Object.entries(content.files))
    for (const file of list) {
      const path = `data/${folder}/${file.path}`;
      if (unsafeName(path) !== undefined || files.has(path)) return refuse('EVID-008', { args: { path }, field: path });
      const bytes = bytesOf(file);
      files.set(path, bytes);
      if (file.leaf !== undefined) bindings.push({ where: path, leaf: file.leaf, sha256: sha256Hex(bytes) });
    }
  const fileBindings = bindings.map(({ where, leaf }) => ({ file: where, leaf }));
  for (const [i, { leaf, event }] of content.events.entries())
    if (leaf !== undefined)
      bindings.push({ where: `data/audit/events.jsonl line ${i + 1}`, leaf, sha256: digestOf(event) });
  const events = content.events.map(({ leaf, event }) => canonicalJson({ event, leaf: leaf ?? null }));
  files.set('data/audit/events.jsonl', jsonLines(events));
  files.set('data/editions.json', text(canonicalJson(editionsOf(content, files))));
  for (const { name, manifest } of content.earlier ?? []) files.set(earlierManifest(name), text(manifest));
  const name = packageName(content);
  if (unsafeName(name) !== undefined || name.includes('/'))
    return refuse('EVID-008', { args: { path: name }, field: 'caseNo' });
  return ok({ files, bindings, fileBindings });
}

const jsonLines = (lines: readonly string[]): Uint8Array => text(lines.map((line) => `${line}\n`).join(''));

/** Raw bytes back to back by device and day, and the index that says which is which. */
function frameFiles(frames: readonly PackageFrame[]): Map<string, Uint8Array> {
  const days = new Map<string, Uint8Array[]>();
  const sizes = new Map<string, number>();
  const index = [...frames]
    .sort((a, b) => a.leaf - b.leaf)
    .map((frame) => {
      const file = `data/frames/raw/${deviceFolder(frame.device)}/${frame.day}.bin`;
      const offset = sizes.get(file) ?? 0;
      days.set(file, [...(days.get(file) ?? []), frame.raw]);
      sizes.set(file, offset + frame.raw.length);
      const { leaf, device, raw, peer } = frame;
      const digests = { sha256: sha256Hex(raw), sm3: sm3Hex(raw) };
      return canonicalJson({
        leaf,
        device,
        peer,
        file,
        offset,
        length: raw.length,
        ...digests,
        receivedAt: toRfc3339(frame.receivedAt),
      });
    });
  const files = new Map([...days].map(([file, parts]) => [file, Buffer.concat(parts) as Uint8Array]));
  return files.set('data/frames/index.jsonl', jsonLines(index));
}

/** What this edition is, which came before it, and which files none of them had. */
function editionsOf(content: PackageContent, files: ReadonlyMap<string, Uint8Array>): Json {
  const earlier = (content.earlier ?? []).map(({ name, manifest }) => ({ name, manifestSha256: sha256Hex(manifest) }));
  const known = new Set((content.earlier ?? []).flatMap(({ manifest }) => manifest.split('\n')));
  const fresh = [...files].filter(([path, bytes]) => !known.has(`${sha256Hex(bytes)}  ${path}`)).map(([path]) => path);
  const { kind, seq, caseNo, title } = content;
  return {
    caseNo,
    kind,
    seq,
    title,
    frozenAt: toRfc3339(content.frozenAt),
    earlier,
    new: earlier.length === 0 ? [] : fresh.sort(),
  };
}

/** A leaf binds a file when the file's digest is one of its values. Refuses the first that does not (EVID-007). */
export function checkBindings(bindings: readonly Binding[], leafBytes: ReadonlyMap<number, Uint8Array>): Result<void> {
  for (const { where, leaf, sha256 } of bindings) {
    const bytes = leafBytes.get(leaf);
    if (bytes === undefined || !Buffer.from(bytes).toString().includes(`"${sha256}"`))
      return refuse('EVID-007', { args: { what: `${where} ↔ ${leaf}` }, field: where });
  }
  return ok(undefined);
}
