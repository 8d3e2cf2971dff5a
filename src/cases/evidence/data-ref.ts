import { asId, instant, type OutfallId } from '#kernel';
import type { EvidenceRef } from '#review';

/** Reads `data:<outfall>:<from ms>:<to ms>` or `material:<sha256>`; undefined for anything else. */
export function parseDataRef(text: string): EvidenceRef | undefined {
  const material = /^material:([0-9a-f]{64})$/.exec(text);
  if (material !== null) return { kind: 'MATERIAL', sha256: material[1] ?? '' };
  const data = /^data:([^:]{1,64}):(\d{1,15}):(\d{1,15})$/.exec(text);
  if (data === null) return undefined;
  const [, outfall = '', from, to] = data;
  return { kind: 'DATA', outfall: asId<OutfallId>(outfall), from: instant(Number(from)), to: instant(Number(to)) };
}
