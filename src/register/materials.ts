import { z } from 'zod';
import type { Refusal } from '#kernel';
import type { BlobStore } from '#platform/blobs';
import { refuse } from './errors.ts';

/** A file that goes with what a unit says; it was uploaded before and is named by its digest. */
export interface Material {
  readonly name: string;
  readonly sha256: string;
}

export const material = z.object({ name: z.string().min(1).max(200), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** REGISTER-028 for the first file that was never received. */
export function missingMaterial(blobs: BlobStore, materials: readonly Material[]): Refusal | undefined {
  const missing = materials.find(({ sha256 }) => !blobs.has(sha256));
  return missing === undefined ? undefined : refuse('REGISTER-028', { field: 'materials', args: { name: missing.name } });
}

/** Header `content-disposition` under which a file is sent back with the name it came with. */
export const underItsName = ({ name }: Material): string => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;
