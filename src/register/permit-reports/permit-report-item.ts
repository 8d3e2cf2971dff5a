import { z } from 'zod';

/** A report as pages show it. */
export const permitReportItem = z.object({ title: z.string(), usedKg: z.string(), filedAt: z.string(), name: z.string(), sha256: z.string() });
