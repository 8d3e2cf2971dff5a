import { z } from 'zod';
import type { BlobStore } from '#platform/blobs';
import type { App } from '#platform/http';

const body = z.object({ base64: z.base64().max(7_000_000) });
const reply = z.object({ sha256: z.string(), bytes: z.number() });

/** Files handed in over a route of their own (about 5 MB each) are kept by their digest; what they are is judged by people, never run or shown inline. */
export function takeMaterials(app: App, blobs: BlobStore, { path, action, tags }: { readonly path: `/api/${string}`; readonly action: string; readonly tags: string[] }): void {
  app.post(path, { config: { action }, schema: { tags, body, response: { 200: reply } } }, async (request) => {
    const bytes = Buffer.from(request.body.base64, 'base64');
    return { sha256: await blobs.put(bytes), bytes: bytes.length };
  });
}
