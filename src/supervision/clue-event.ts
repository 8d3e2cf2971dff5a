import { z } from 'zod';
import { asId, type ClueId, type Instant, type OutfallId, type UnitId } from '#kernel';
import type { Bilingual } from '#law';

/** 提醒、警告、工单, mildest first. The digit 3/2/1 appears in `alarms.jsonl` and labels only. */
export const TIERS = ['REMIND', 'WARN', 'WORK_ORDER'] as const;
export type Tier = (typeof TIERS)[number];

/** Place of a tier on the ladder; larger is more severe. */
export const tierRank = (tier: Tier): number => TIERS.indexOf(tier);

/** The rung of a region's ladder (mildest first) that a finding of this tier reaches: the highest not above it. */
export const rungOf = (ladder: readonly Tier[], tier: Tier): Tier | undefined => ladder.findLast((rung) => tierRank(rung) <= tierRank(tier));

/** What ③ tells about a clue: raised, escalated, grown (more exceeding hours), joined by a strong fact, settled (marks final), withdrawn, validity changed. */
const clueEventSchema = z.object({
  clueId: z.string().transform((id) => asId<ClueId>(id)),
  /** Version of the clue, counted from 1; absent in events kept before it was told. */
  version: z.number().int().optional(),
  outfall: z.string().transform((id) => asId<OutfallId>(id)),
  unit: z.string().transform((id) => asId<UnitId>(id)),
  tier: z.enum(TIERS),
  /** Raised before the mark deadline of its hours has passed. */
  provisional: z.boolean().default(false),
  sentence: z.object({ zh: z.string(), en: z.string() }),
  factors: z.array(z.string()).default([]),
  period: z.object({
    from: z.number().transform((at) => at as Instant),
    to: z.number().nullish().transform((at) => (at ?? null) as Instant | null),
  }),
  /** Every finding was explained afterwards, e.g. by a late mark. */
  cleared: z.boolean().default(false),
  /** The validity of hours it stands on has changed: in words, and what is left of the finding. */
  validity: z.object({ zh: z.string(), en: z.string(), at: z.number(), left: z.enum(['MET', 'PARTLY_MET', 'NO_LONGER_MET', 'OPEN']) }).optional(),
  /** `hours`: exceeding hours in a row that a compliance model counted; absent where it counts none. */
  models: z.array(z.object({ model: z.string(), version: z.string(), hours: z.number().optional() })).default([]),
});

/** What analysis tells about a clue, as the outbox carries it. */
export type ClueEvent = z.infer<typeof clueEventSchema>;

/** Reads the payload; throws on one that ③ should never have sent. */
export const readClueEvent = (payload: unknown): ClueEvent => clueEventSchema.parse(payload);

/** Models of a clue with their versions, as papers name them. */
export const ruleOf = (event: ClueEvent): string => event.models.map(({ model, version }) => `${model}@${version}`).join(' ');

/** The same as a paper prints it: how each model is called, and its version. */
export function ruleInWords(rule: string, words: (id: string) => { readonly title: Bilingual }): { readonly names: string; readonly versions: string } {
  const models = modelsIn(rule).map((model) => model.split('@'));
  return { names: models.map(([id = '']) => words(id).title.zh).join('、'), versions: models.map(([, version = '']) => version).join('、') };
}

/** The models a rule names, each with its version; none for a clue that no model raised. */
export const modelsIn = (rule: string): readonly string[] => rule.split(' ').filter((model) => model !== '');
