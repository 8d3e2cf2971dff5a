import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PDF } from '@libpdf/core';
import type { Troupe } from './habits.ts';

/** What a person hands in: a title, and lines of what and how. Each file is made for its own act, so no two are the same. */
export interface HandedIn {
  readonly title: string;
  readonly lines: readonly (readonly [what: string, how: string])[];
  /** A record of words goes as PDF, a table as CSV. */
  readonly as: 'pdf' | 'csv';
}

const INVENTED = '演示材料：单位、人员和数值均为虚构';
export const fileNameOf = ({ title, as }: HandedIn): string => `${title}.${as}`;

const FONT = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';
let font: Uint8Array | undefined;
const SIZE = 11;
const [LEFT, TOP, STEP, WIDTH] = [60, 770, 18, 43];

/** Lines of at most so many signs of full width. */
function wrap(text: string, most: number): string[] {
  const lines = [''];
  let used = 0;
  for (const sign of text) {
    const width = sign.charCodeAt(0) < 0x2000 ? 0.58 : 1;
    if (sign === '\n' || used + width > most) {
      lines.push('');
      used = 0;
    }
    if (sign !== '\n') lines[lines.length - 1] += sign;
    used += width;
  }
  return lines;
}

async function pdfOf({ title, lines }: HandedIn): Promise<Uint8Array> {
  font ??= readFileSync(createRequire(import.meta.url).resolve(FONT));
  const pdf = PDF.create();
  const face = pdf.embedFont(font);
  const text = [...lines.flatMap(([what, how]) => wrap(`${what}：${how}`, WIDTH)), '', INVENTED];
  const perPage = 36;
  for (let at = 0; at < text.length; at += perPage) {
    const page = pdf.addPage({ size: 'a4' });
    if (at === 0) page.drawText(title, { x: LEFT, y: TOP, font: face, size: 17 });
    text.slice(at, at + perPage).forEach((line, k) => {
      if (line !== '') page.drawText(line, { x: LEFT, y: TOP - 40 - k * STEP, font: face, size: SIZE });
    });
  }
  return pdf.save({ subsetFonts: true });
}

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
/** With the mark by which office programs know the encoding. */
const csvOf = ({ title, lines }: HandedIn): Uint8Array =>
  Buffer.from(`\uFEFF${[['材料', title], ...lines, ['说明', INVENTED]].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`);

export const bytesOf = (file: HandedIn): Promise<Uint8Array> => (file.as === 'pdf' ? pdfOf(file) : Promise.resolve(csvOf(file)));

type Doors = Pick<Troupe, 'as'>;

/** Takes a file to a door that keeps it by its digest. @returns its name and digest as acts refer to it; undefined where the platform would not have it */
export async function handIn({ as }: Doors, login: string, file: HandedIn, door: '/api/unit/materials' | '/api/review/materials' | '/api/review/list-files' | '/api/review/proofs'): Promise<{ name: string; sha256: string } | undefined> {
  const kept = await as(login).request<{ sha256: string }>('POST', door, { base64: Buffer.from(await bytesOf(file)).toString('base64') });
  return kept.ok ? { name: fileNameOf(file), sha256: kept.body.sha256 } : undefined;
}

/** Takes a file to a matter that checks and lists what comes in (a case, a delivery). @returns its digest */
export async function bring({ as }: Doors, login: string, file: HandedIn, door: string): Promise<string | undefined> {
  const kept = await as(login).request<{ sha256: string }>('POST', `${door}?name=${encodeURIComponent(fileNameOf(file))}`, await bytesOf(file));
  return kept.ok ? kept.body.sha256 : undefined;
}

/** A moment as papers write it, China time. */
export const chinaTime = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
