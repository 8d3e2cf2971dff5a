import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readFont, type FontFile } from './font-file.ts';

/**
 * The only fonts a document may use. They come from npm (SIL OFL 1.1), never from the machine:
 * a system font would change the bytes from one computer to the next.
 */
const FACES = {
  /** 正文、标题 */
  serif: '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  /** 版头、公文标题 */
  serifBold: '@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
  /** 一级小标题、表头(黑体) */
  sans: '@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf',
} as const;

export type FaceName = keyof typeof FACES;

interface LoadedFace {
  readonly bytes: Buffer;
  readonly font: FontFile;
}

const resolveFont = createRequire(import.meta.url).resolve;
let loaded: ReadonlyMap<FaceName, LoadedFace> | undefined;

/** Reads the three faces once a process (about 40 MB). */
export function documentFonts(): ReadonlyMap<FaceName, LoadedFace> {
  loaded ??= new Map(
    (Object.keys(FACES) as FaceName[]).map((name) => {
      const bytes = readFileSync(resolveFont(FACES[name]));
      return [name, { bytes, font: readFont(bytes) }];
    }),
  );
  return loaded;
}

export const face = (name: FaceName): FontFile => documentFonts().get(name)!.font;

const LINE_BREAK = 0x0a;

/**
 * Characters of a text that some face cannot draw (or that draw nothing), each once, in order of appearance.
 * Every face must know a character because data may stand in a heading as well as in the body.
 */
export function missingCharacters(text: string): readonly string[] {
  const missing = new Set<string>();
  for (const character of text) {
    const codePoint = character.codePointAt(0)!;
    if (codePoint === LINE_BREAK) continue;
    // Controls and direction marks print nothing and can turn a name around: not in a document, drawable or not.
    if (/\p{C}/u.test(character)) missing.add(character);
    for (const { font } of documentFonts().values()) {
      if (font.glyphOf(codePoint) === 0) missing.add(character);
    }
  }
  return [...missing];
}

const hexOf = (character: string): string => character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');

/** `𠮷 (U+20BB7)`: the code point too, because the screen may not be able to draw it either. */
export const nameCharacter = (character: string): string => {
  const hex = hexOf(character);
  return /\p{C}/u.test(character) ? `U+${hex}` : `${character} (U+${hex})`;
};

/** The text with every character no face can draw spelled out as `〔U+1F9EA〕`: what somebody handed in may not be refused for a character. */
export const spelledOut = (text: string): string =>
  missingCharacters(text).reduce((spelled, character) => spelled.replaceAll(character, `〔U+${hexOf(character)}〕`), text);
