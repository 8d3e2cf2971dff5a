import type { Contour, FontFile, OutlinePoint } from './font-file.ts';
import { face } from './fonts.ts';

/**
 * Pictures of seals and signatures as PDF drawing operators. Glyphs are drawn as outlines, so that an appearance
 * needs no font of its own, and nothing is transparent: both would end PDF/A-1b.
 */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly operators: string;
}

/** Printed into every seal and signature of the development provider (doc:D11). */
export const DEVELOPMENT_LEGEND = ['测试印章', '无法律效力'] as const;
export const DEVELOPMENT_REASON = '测试印章 无法律效力 TEST SEAL WITHOUT LEGAL EFFECT';

const RED = '0.78 0.06 0.09';
const INK = '0.10 0.16 0.42';

/** A 2 × 3 matrix as PDF writes it. */
type Matrix = readonly [number, number, number, number, number, number];

/**
 * The round seal: ring, the authority's name along the upper arc, star, legend below (国发〔1999〕25号: round, name
 * from left to right around a star).
 *
 * @param size diameter in points
 */
export function roundSeal(name: string, legend: readonly string[], size: number): Picture {
  const middle = size / 2;
  const font = face('serifBold');
  const parts = [`${RED} rg`, `${RED} RG`, circle(middle, middle, middle - 2, 2.2)];
  const characters = [...name];
  const glyphSize = Math.min(size * 0.14, (size * 0.92) / Math.max(characters.length, 1) + size * 0.035);
  const radius = middle - 6 - glyphSize;
  const span = Math.min(Math.PI * 1.4, characters.length * ((glyphSize * 1.18) / radius));
  characters.forEach((character, i) => {
    const share = characters.length === 1 ? 0.5 : i / (characters.length - 1);
    const angle = Math.PI / 2 + span / 2 - span * share;
    const turn = angle - Math.PI / 2;
    parts.push(
      glyph(font, character, glyphSize, (width) => {
        const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
        const [x, y] = [middle + radius * Math.cos(angle), middle + radius * Math.sin(angle)];
        return [cos, sin, -sin, cos, x - (width / 2) * cos, y - (width / 2) * sin];
      }),
    );
  });
  parts.push(star(middle, middle + size * 0.01, size * 0.115));
  legend.forEach((line, i) => parts.push(lineOfText(line, middle, size * (0.205 - i * 0.09), size * 0.075)));
  return { width: size, height: size, operators: parts.join('\n') };
}

/** A person's signature: the name, a thin frame, the legend in small print. */
export function nameMark(name: string, legend: string, width: number, height: number): Picture {
  const size = Math.min(height * 0.5, (width - 6) / Math.max([...name].length, 1));
  return {
    width,
    height,
    operators: [
      `${INK} rg`,
      `${INK} RG`,
      `0.5 w 0.5 0.5 ${n(width - 1)} ${n(height - 1)} re S`,
      lineOfText(name, width / 2, height * 0.42, size),
      lineOfText(legend, width / 2, height * 0.13, Math.min(height * 0.19, (width - 4) / [...legend].length)),
    ].join('\n'),
  };
}

const n = (value: number): string => String(Math.round(value * 100) / 100);

function lineOfText(line: string, centre: number, baseline: number, size: number): string {
  const font = face('serifBold');
  const widths = [...line].map((character) => advance(font, character, size));
  let x = centre - widths.reduce((a, b) => a + b, 0) / 2;
  return [...line]
    .map((character, i) => {
      const at = x;
      x += widths[i]!;
      return glyph(font, character, size, () => [1, 0, 0, 1, at, baseline]);
    })
    .join('\n');
}

const advance = (font: FontFile, character: string, size: number): number =>
  (font.advanceOf(font.glyphOf(character.codePointAt(0)!)) * size) / font.unitsPerEm;

function glyph(font: FontFile, character: string, size: number, place: (width: number) => Matrix): string {
  const outline = font.outlineOf(font.glyphOf(character.codePointAt(0)!));
  if (outline.length === 0) return '';
  const scale = size / font.unitsPerEm;
  const [a, b, c, d, e, f] = place(advance(font, character, size));
  const put = ({ x, y }: { x: number; y: number }): string => {
    const [u, v] = [x * scale, y * scale];
    return `${n(a * u + c * v + e)} ${n(b * u + d * v + f)}`;
  };
  return `${outline.map((contour) => contourPath(contour, put)).join('\n')}\nf`;
}

/** TrueType curves are quadratic with implied on-curve points; PDF knows cubic ones only. */
function contourPath(contour: Contour, put: (p: { x: number; y: number }) => string): string {
  const points = withImpliedPoints(contour);
  const start = points[0]!;
  const commands = [`${put(start)} m`];
  for (let i = 1; i <= points.length; i++) {
    const point = points[i % points.length]!;
    if (point.onCurve) {
      commands.push(`${put(point)} l`);
      continue;
    }
    const [from, to] = [points[i - 1]!, points[(i + 1) % points.length]!];
    const third = (p: OutlinePoint) => ({ x: p.x + ((point.x - p.x) * 2) / 3, y: p.y + ((point.y - p.y) * 2) / 3 });
    commands.push(`${put(third(from))} ${put(third(to))} ${put(to)} c`);
    i++;
  }
  return `${commands.join(' ')} h`;
}

/** Starts on a curve point and puts a point between every two control points. */
function withImpliedPoints(contour: Contour): OutlinePoint[] {
  const full = contour.flatMap((point, i) => {
    const next = contour[(i + 1) % contour.length]!;
    if (point.onCurve || next.onCurve) return [point];
    return [point, { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2, onCurve: true }];
  });
  const first = full.findIndex((point) => point.onCurve);
  return [...full.slice(first), ...full.slice(0, first)];
}

function circle(x: number, y: number, r: number, width: number): string {
  const k = r * 0.5523;
  const p = (dx: number, dy: number): string => `${n(x + dx)} ${n(y + dy)}`;
  return [
    `${n(width)} w ${p(r, 0)} m`,
    `${p(r, k)} ${p(k, r)} ${p(0, r)} c`,
    `${p(-k, r)} ${p(-r, k)} ${p(-r, 0)} c`,
    `${p(-r, -k)} ${p(-k, -r)} ${p(0, -r)} c`,
    `${p(k, -r)} ${p(r, -k)} ${p(r, 0)} c s`,
  ].join(' ');
}

function star(x: number, y: number, r: number): string {
  const points = Array.from({ length: 10 }, (_, i) => {
    const length = i % 2 === 0 ? r : r * 0.382;
    const angle = Math.PI / 2 + (i * Math.PI) / 5;
    return `${n(x + length * Math.cos(angle))} ${n(y + length * Math.sin(angle))}`;
  });
  return `${points.map((point, i) => `${point} ${i === 0 ? 'm' : 'l'}`).join(' ')} h f`;
}
