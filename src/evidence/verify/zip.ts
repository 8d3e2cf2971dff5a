import { problem, type Problem } from './report.ts';

/*
 * Packages are ZIP files with stored (uncompressed) entries and not one free bit: fixed time, no extra fields, no
 * comments, no gaps. So the same content always gives the same bytes, a bomb cannot exist, and a flipped byte anywhere,
 * also in a header, is found and named. Any unpacker reads them.
 */

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
const VERSION = 20;
const UTF8_NAMES = 0x0800;
/** 1980-01-01 00:00, the zero of DOS time: the time of a file says nothing here. */
const DOS_DATE = 0x0021;
const MAX_ENTRIES = 60_000;
const MAX_BYTES = 0xffff_fffe;

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = (CRC[(c ^ byte) & 0xff] as number) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

/** Fields that local and central headers share, from "version needed" to "extra length". */
function common(name: Uint8Array, content: Uint8Array): Buffer {
  const head = Buffer.alloc(26);
  head.writeUInt16LE(VERSION, 0);
  head.writeUInt16LE(UTF8_NAMES, 2);
  head.writeUInt16LE(DOS_DATE, 8);
  head.writeUInt32LE(crc32(content), 10);
  head.writeUInt32LE(content.length, 14);
  head.writeUInt32LE(content.length, 18);
  head.writeUInt16LE(name.length, 22);
  return head;
}

const u32 = (n: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(n);
  return bytes;
};

/** Writes entries in the order of their names. Throws when the package is larger than ZIP without extensions holds. */
export function writeZip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const local: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const path of [...files.keys()].sort()) {
    const content = files.get(path) as Uint8Array;
    const name = Buffer.from(path);
    const shared = common(name, content);
    const version = Buffer.of(VERSION, 0);
    local.push(u32(LOCAL), shared, name, content);
    central.push(u32(CENTRAL), version, shared, Buffer.alloc(10), u32(offset), name);
    offset += LOCAL_BYTES + name.length + content.length;
  }
  const directory = Buffer.concat(central);
  if (files.size > MAX_ENTRIES || offset + directory.length > MAX_BYTES)
    throw new RangeError('too much for one package');
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}

/** Why a name may not be unpacked anywhere: leaves its folder, hides on some system, or is no text. */
export function unsafeName(path: string): string | undefined {
  if (path === '' || path.length > 255) return 'empty or too long';
  if (/[\p{Cc}\\:*?"<>|]/u.test(path) || !path.isWellFormed()) return 'characters that some system forbids';
  if (path.startsWith('/') || path.startsWith('~') || path.endsWith('/')) return 'absolute path or folder';
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || /[. ]$/.test(part)))
    return 'path leaves its folder';
  if (parts.some((part) => /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(part))) return 'device name';
  return undefined;
}

/** Files of an archive by name, with everything suspicious about it. */
export interface ReadZip {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly problems: readonly Problem[];
}

/** Reads a package; every deviation from the form above is a problem with its entry named. Never throws, unpacks nothing to disk. */
export function readZip(zip: Uint8Array): ReadZip {
  const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  const files = new Map<string, Uint8Array>();
  const broken = (en: string): ReadZip => ({ files, problems: [problem('ZIP', '不是规范的证据包压缩文件', en)] });
  const end = bytes.length - END_BYTES;
  if (end < 0 || bytes.readUInt32LE(end) !== END) return broken('no end record where it belongs');
  const [count, size, start] = [
    bytes.readUInt16LE(end + 10),
    bytes.readUInt32LE(end + 12),
    bytes.readUInt32LE(end + 16),
  ];
  const fixed =
    bytes.readUInt32LE(end + 4) === 0 && bytes.readUInt16LE(end + 8) === count && bytes.readUInt16LE(end + 20) === 0;
  if (!fixed || start + size !== end || count > MAX_ENTRIES) return broken('end record does not fit the file');
  const problems: Problem[] = [];
  const seen = new Set<string>();
  let [at, local, before] = [start, 0, ''];
  for (let i = 0; i < count; i += 1) {
    if (at + CENTRAL_BYTES > end || bytes.readUInt32LE(at) !== CENTRAL)
      return broken(`directory entry ${i + 1} is broken`);
    const nameLength = bytes.readUInt16LE(at + 28);
    if (at + CENTRAL_BYTES + nameLength > end) return broken(`directory entry ${i + 1} is broken`);
    const name = bytes.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameLength);
    const path = name.toString();
    const content = entryAt(bytes, local, start, at, name);
    const wrong = typeof content === 'string' ? content : (unsafeName(path) ?? nameProblem(name, path, before, seen));
    if (wrong !== undefined) problems.push(problem(path, '条目不合规或被改动', wrong));
    if (typeof content === 'string') return { files, problems };
    files.set(path, content);
    seen.add(path.normalize('NFC').toLowerCase());
    local += LOCAL_BYTES + nameLength + content.length;
    before = path;
    at += CENTRAL_BYTES + nameLength;
  }
  if (at !== end || local !== start) problems.push(problem('ZIP', '压缩包中有多余字节', 'bytes between the entries'));
  return { files, problems };
}

function nameProblem(name: Buffer, path: string, before: string, seen: ReadonlySet<string>): string | undefined {
  if (!Buffer.from(path).equals(name)) return 'name is not UTF-8';
  if (seen.has(path.normalize('NFC').toLowerCase())) return 'name occurs twice';
  return path > before ? undefined : 'entries are not in order';
}

/** Content of an entry whose headers say exactly what they must; else what is wrong. */
function entryAt(bytes: Buffer, local: number, limit: number, central: number, name: Buffer): Uint8Array | string {
  const size = bytes.readUInt32LE(central + 24);
  const from = local + LOCAL_BYTES + name.length;
  if (bytes.readUInt16LE(central + 10) !== 0) return 'compressed entries are not part of the form';
  if (from + size > limit) return 'size does not fit the file';
  const content = bytes.subarray(from, from + size);
  const shared = common(name, content);
  const expectedLocal = Buffer.concat([u32(LOCAL), shared, name]);
  if (!bytes.subarray(local, from).equals(expectedLocal)) return 'header or content was changed';
  const expectedCentral = Buffer.concat([
    u32(CENTRAL),
    Buffer.of(VERSION, 0),
    shared,
    Buffer.alloc(10),
    u32(local),
    name,
  ]);
  return bytes.subarray(central, central + expectedCentral.length).equals(expectedCentral)
    ? content
    : 'directory entry was changed';
}
