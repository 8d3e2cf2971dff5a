import { z } from 'zod';
import { instant, toRfc3339 } from '#kernel';
import type { Database } from '#platform/db';
import { modelCatalogue } from '../catalogue.ts';
import { g11 } from '../models/g11-evidence-fusion.ts';
import { spendingOf } from './decide-cap.ts';
import { readStanding } from './live-standing.ts';
import { budgetsOf } from './store/proposals.ts';
import { lastDecision, readCaps } from './store/standing.ts';
import { reviewedOf } from './store/verdicts.ts';

export const standingItem = z.object({
  model: z.string(), version: z.string(), title: z.object({ zh: z.string(), en: z.string() }), inForce: z.boolean(),
  /** Whether what people found of clues can be fitted into its parameters (evidence fusion). */
  refits: z.boolean(),
  /** Highest tier the model may give now; null where it is free. */
  cap: z.enum(['REMIND', 'WARN']).nullable(),
  /** Why and since when a tier is lost; also where it is about to be. */
  lost: z.object({ cap: z.enum(['REMIND', 'WARN']), from: z.string(), reviewed: z.number(), wrong: z.number(), days: z.number(), share: z.number(), bound: z.number() }).nullable(),
  /** What people found of its clues, against each budget. */
  spending: z.array(z.object({ days: z.number(), share: z.number(), least: z.number(), reviewed: z.number(), wrong: z.number(), bound: z.number() })),
});

async function showOne(db: Database, model: { id: string; version: string; title: { zh: string; en: string } }, inForce: boolean, now: number): Promise<z.infer<typeof standingItem>> {
  const [caps, budgets, reviewed, since] = await Promise.all([readCaps(db, model.id), budgetsOf(db, model.id, now), reviewedOf(db, model.id), lastDecision(db, model.id)]);
  const last = caps.at(-1);
  const held = caps.findLast((row) => row.validFrom <= now);
  const cap = (row: typeof last) => (row?.cap === 'REMIND' || row?.cap === 'WARN' ? row.cap : null);
  const lost = cap(last);
  return {
    model: model.id, version: model.version, title: { zh: model.title.zh, en: model.title.en }, inForce, refits: model.id === g11.id, cap: cap(held),
    lost: last === undefined || lost === null ? null : {
      cap: lost, from: toRfc3339(instant(last.validFrom)), reviewed: last.reviewed, wrong: last.wrong, days: last.days, share: last.share, bound: last.bound,
    },
    spending: spendingOf(reviewed, budgets, since, now).map(({ budget, reviewed: n, wrong, bound }) => ({ ...budget, reviewed: n, wrong, bound })),
  };
}

/** How every model stands: in force or not, with its tier or without, and how much of its budget is spent. */
export async function showStanding(db: Database, now: number, only?: string): Promise<z.infer<typeof standingItem>[]> {
  const { standing, models } = await readStanding(db, modelCatalogue);
  const newest = new Map(models.filter((model) => only === undefined || model.id === only).map((model) => [model.id, model]));
  const items: z.infer<typeof standingItem>[] = [];
  for (const model of newest.values()) items.push(await showOne(db, model, models.some((one) => one.id === model.id && standing.inForce(one, now)), now));
  return items;
}
