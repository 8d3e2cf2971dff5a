import { z } from 'zod';

/** What every list that is read page by page takes. */
export const pageQuery = z.object({ cursor: z.string().max(120).optional(), limit: z.coerce.number().int().min(1).max(200).default(100) });

/** What it answers: a page and where the next begins. */
export const pageReply = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });
