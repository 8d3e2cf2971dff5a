import { z } from 'zod';
import type { App } from '#platform/http';
import { READING_KINDS } from './readings.ts';
import type { DoorDeps } from './session-routes.ts';
import { listReadings } from './store/readings.ts';

const query = z.object({ subject: z.string().max(100).optional(), account: z.string().max(64).optional(), before: z.string().max(64).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) });
const reading = z.object({
  readingId: z.string(), at: z.number(), accountId: z.string(), name: z.string(), kind: z.object({ zh: z.string(), en: z.string() }), subject: z.string(), path: z.string(), source: z.string(),
});
/** A page of readings as HTTP answers it. */
export const readingsReply = z.object({ items: z.array(reading), nextCursor: z.string().nullable() });

/** A page of the readings, with words for the kinds. */
export async function readingsPage(deps: Pick<DoorDeps, 'db'>, filter: Parameters<typeof listReadings>[1]): Promise<z.infer<typeof readingsReply>> {
  const items = await listReadings(deps.db, filter);
  const last = items.at(-1);
  return { items: items.map((row) => ({ ...row, kind: READING_KINDS[row.kind] })), nextCursor: items.length === filter.limit && last !== undefined ? last.readingId : null };
}

/** Who read what of the evidence, for those who watch over it. */
export function readingRoutes(app: App, deps: DoorDeps): void {
  app.get('/api/access/readings', { config: { action: 'access.readings' }, schema: { tags: ['access'], querystring: query, response: { 200: readingsReply } } }, async (request) =>
    readingsPage(deps, request.query),
  );
}
