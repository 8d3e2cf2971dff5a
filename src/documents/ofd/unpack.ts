import { unzipSync } from 'fflate';
import { unsafeName } from '#evidence/verify';

/** A sealed paper has tens of parts and a few megabytes; what is larger is refused before a byte is unpacked (sec:X21). */
const MAX_PARTS = 2_000;
const MAX_UNPACKED = 200 * 1024 * 1024;
const MAX_RATIO = 100;
/** Small parts may shrink more than that, e.g. a page of blanks. */
const RATIO_FROM = 1024 * 1024;

export type Unpacked = { readonly parts: ReadonlyMap<string, Uint8Array> } | { readonly refused: string };

class Refused extends Error {}

/**
 * The parts of a ZIP container by name, or why it is not opened: sizes are judged as declared and nothing larger than
 * declared is ever unpacked; a name may occur once, also in another case, and may not lead out of its folder.
 */
export function unpack(zip: Uint8Array): Unpacked {
  const seen = new Set<string>();
  let total = 0;
  try {
    const files = unzipSync(zip, {
      filter({ name, size, originalSize, compression }) {
        if (name.endsWith('/')) return false;
        const why = unsafeName(name);
        if (why !== undefined) throw new Refused(`${name}: ${why}`);
        const key = name.normalize('NFC').toLowerCase();
        if (seen.has(key)) throw new Refused(`${name}: name occurs twice`);
        seen.add(key);
        total += originalSize;
        if (seen.size > MAX_PARTS || total > MAX_UNPACKED) throw new Refused('too large unpacked');
        if (originalSize > RATIO_FROM && originalSize > size * MAX_RATIO) throw new Refused(`${name}: packed too densely`);
        if (compression !== 0 && compression !== 8) throw new Refused(`${name}: unknown compression`);
        return true;
      },
    });
    return { parts: new Map(Object.entries(files)) };
  } catch (error) {
    return { refused: error instanceof Refused ? error.message : 'not a readable ZIP container' };
  }
}
