/** A name of the data area taken apart once: `w01018-Rtd` → factor `w01018`, suffix `Rtd`. */
export interface Name {
  readonly text: string;
  readonly codes: Uint8Array;
  /** Empty for a plain name such as DataTime. */
  readonly factor: string;
  /** Safe as an object key. */
  readonly suffix: string;
  /** The name that last followed this one. A device says the same things in the same order, frame after frame. */
  next: Name | null;
}

/** Enough for all codes of the standards with all suffixes; a sender of ever new names costs no memory beyond this. */
const MAX_NAMES = 8192;
const known = new Map<string, Name>();

const trim = (text: string): string =>
  text.length > 0 && (text.charCodeAt(0) <= 0x20 || text.charCodeAt(text.length - 1) <= 0x20) ? text.trim() : text;

/** Engine-internal form of a key, so that storing under it costs no search. */
const internal = (key: string): string => Object.keys({ [key]: 0 })[0] as string;

/** Hostile suffixes must not reach the object's own machinery or hide the factor. */
const safeSuffix = (suffix: string): string =>
  suffix === 'factor' || suffix in Object.prototype ? `-${suffix}` : suffix;

function makeName(text: string): Name {
  const codes = Uint8Array.from(text, (character) => Math.min(character.charCodeAt(0), 255));
  const dash = text.indexOf('-');
  return {
    text: internal(text),
    codes,
    factor: dash <= 0 ? '' : internal(trim(text.slice(0, dash))),
    suffix: dash <= 0 ? '' : internal(safeSuffix(trim(text.slice(dash + 1)))),
    next: null,
  };
}

/** The name as an object; the same object for the same text while there is room. */
export function nameOf(text: string): Name {
  const found = known.get(text);
  if (found) return found;
  const made = makeName(text);
  if (known.size < MAX_NAMES) known.set(made.text, made);
  return made;
}

/** Starts a chain of predicted names. */
export const firstName = (): Name => makeName('');
