import { asId, instant, type OutfallId } from '#kernel';
import type { EvidenceRef } from '#review';
import type { EvidenceItem } from '../penalty-case.ts';

/** Reads `data:<outfall>:<from ms>:<to ms>` or `material:<sha256>`; undefined for anything else. */
export function parseDataRef(text: string): EvidenceRef | undefined {
  const material = /^material:([0-9a-f]{64})$/.exec(text);
  if (material !== null) return { kind: 'MATERIAL', sha256: material[1] ?? '' };
  const data = /^data:([^:]{1,64}):(\d{1,15}):(\d{1,15})$/.exec(text);
  if (data === null) return undefined;
  const [, outfall = '', from, to] = data;
  return { kind: 'DATA', outfall: asId<OutfallId>(outfall), from: instant(Number(from)), to: instant(Number(to)) };
}

/** A paper of the platform, e.g. an earlier decision of the same party: issued by an authority, not measured. */
const PAPER_OF_CASE = /^case:[^:]+:decision$/;

/** Whether an item of evidence is electronic data, whatever kind of evidence it is called: by its kind, or by where it comes from. */
export const isElectronicData = ({ evidenceKind, source }: Pick<EvidenceItem, 'evidenceKind' | 'source'>): boolean =>
  evidenceKind === 'ELECTRONIC_DATA' || source.from === 'REVIEWED_DATA' || (source.from === 'PLATFORM_DATA' && !PAPER_OF_CASE.test(source.dataRef));

/** How a review names a file. */
export const materialRef = (sha256: string): string => `material:${sha256}`;
