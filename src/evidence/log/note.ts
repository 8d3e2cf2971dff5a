import { fromBase64, isKeyName, toBase64, type NoteSigner, type NoteVerifier } from './keys.ts';

/** One line `— name base64(key id ‖ signature)`. */
export interface SignatureLine {
  readonly name: string;
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** A signed note taken apart (C2SP signed-note). */
export interface SplitNote {
  /** The signed text, with its final newline. */
  readonly text: string;
  readonly lines: readonly SignatureLine[];
}

/** A note after its signatures were checked; a failing line of a known key makes the whole note bad. */
export type OpenedNote =
  | { readonly ok: true; readonly text: string; readonly verified: readonly VerifiedLine[]; readonly unknown: number }
  | { readonly ok: false; readonly reason: string; readonly why: 'bad' | 'unknown-key' };

/** A signature line that verified. */
export interface VerifiedLine {
  readonly by: NoteVerifier;
  readonly signature: Uint8Array;
}

/** signed-note v1.0.0 sets this bound against floods of lines. */
const MAX_LINES = 64;
const PREFIX = '— ';

function readLine(line: string): SignatureLine | undefined {
  if (!line.startsWith(PREFIX)) return undefined;
  const [name = '', encoded = '', ...more] = line.slice(PREFIX.length).split(' ');
  const bytes = fromBase64(encoded);
  if (more.length > 0 || !isKeyName(name) || bytes === undefined || bytes.length < 5) return undefined;
  return { name, keyId: Buffer.from(bytes.subarray(0, 4)).toString('hex'), signature: bytes.subarray(4) };
}

/** The format forbids exactly these: characters below U+0020 but the newline. */
function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 0x20 && code !== 0x0a) return true;
  }
  return false;
}

/** Splits a note without checking signatures; undefined when it is no note. */
export function splitNote(note: string): SplitNote | undefined {
  if (hasControl(note) || !note.isWellFormed()) return undefined;
  const cut = note.lastIndexOf('\n\n');
  if (cut < 0 || !note.endsWith('\n')) return undefined;
  const tail = note.slice(cut + 2);
  if (tail === '') return undefined;
  const lines = tail.slice(0, -1).split('\n').map(readLine);
  if (lines.length > MAX_LINES || lines.includes(undefined)) return undefined;
  return { text: note.slice(0, cut + 1), lines: lines as SignatureLine[] };
}

/**
 * Opens a note under known keys. Lines of unknown keys are ignored; one failing line of a known key fails the whole
 * note; at least one line must verify. `unknown-key` = nothing here is signed by a key we know.
 */
export function openNote(note: string, known: readonly NoteVerifier[]): OpenedNote {
  const split = splitNote(note);
  if (split === undefined) return { ok: false, reason: 'malformed note', why: 'bad' };
  const verified: VerifiedLine[] = [];
  let unknown = 0;
  for (const line of split.lines) {
    const by = known.find((key) => key.name === line.name && key.keyId === line.keyId);
    if (by === undefined) {
      unknown += 1;
      continue;
    }
    if (!by.verify(split.text, line.signature))
      return { ok: false, reason: `signature of ${by.name} (${by.keyId}) does not hold`, why: 'bad' };
    if (!verified.some((done) => done.by === by)) verified.push({ by, signature: line.signature });
  }
  if (verified.length === 0) return { ok: false, reason: 'no line of a known key', why: 'unknown-key' };
  return { ok: true, text: split.text, verified, unknown };
}

const lineOf = ({ verifier, sign }: NoteSigner, text: string): string =>
  `${PREFIX}${verifier.name} ${toBase64(Buffer.concat([Buffer.from(verifier.keyId, 'hex'), sign(text)]))}\n`;

/** Signs a text that ends in a newline; one line per signer, in order. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  if (!text.endsWith('\n')) throw new Error('a note text ends in a newline');
  return `${text}\n${signers.map((signer) => lineOf(signer, text)).join('')}`;
}

/** Adds a line to a signed note, e.g. a witness's. */
export const addSignature = (note: string, signer: NoteSigner): string => {
  const split = splitNote(note);
  if (split === undefined) throw new Error('not a note');
  return note + lineOf(signer, split.text);
};
