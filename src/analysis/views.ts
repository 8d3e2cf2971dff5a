import { z } from 'zod';
import { instant, toRfc3339 } from '#kernel';
import type { Model } from './contract.ts';
import type { Episode, Texts, ValidityTrace } from './clues/episode.ts';
import { fusionSheet } from './clues/fusion-sheet.ts';

const tier = z.enum(['REMIND', 'WARN', 'WORK_ORDER']);
const texts = z.object({ zh: z.string(), en: z.string() });
export const textsOf = ({ zh, en }: Texts) => ({ zh, en });
const time = (at: number): string => toRfc3339(instant(Math.round(at)));
const step = z.object({ tier, at: z.string() });

/** A change of the validity of hours that findings stand on (VALIDITY_CHANGED): which, by what arrival, and what is left. */
const validity = texts.extend({
  at: z.string(), cause: z.enum(['FRAME', 'STEPS', 'MARK', 'CHECK']), ref: z.string(), left: z.enum(['MET', 'PARTLY_MET', 'NO_LONGER_MET', 'OPEN']),
  hours: z.array(z.object({ factor: z.string(), from: z.string(), to: z.string(), before: z.string(), after: z.string() })),
});

export const clueItem = z.object({
  clueId: z.string(), version: z.number(), outfall: z.string(), outfallName: z.string(), unitId: z.string(), unitName: z.string(), tier,
  raisedAt: z.string(), from: z.string(), to: z.string(), models: z.array(z.string()), factors: z.array(z.string()), claim: texts,
  provisional: z.boolean(), cleared: z.boolean(), score: z.number(), steps: z.array(step),
  validity: validity.nullable(),
});

export const episodeItem = z.object({
  episodeId: z.string(), version: z.number(), knownAt: z.string(), model: z.string(), modelVersion: z.string(), title: texts, family: z.string(),
  about: texts.extend({ source: z.string() }), legalHooks: z.array(z.string()), params: z.record(z.string(), z.number()), tier, from: z.string(),
  to: z.string(), raisedAt: z.string(), steps: z.array(step), factors: z.array(z.string()), score: z.number(),
  stats: z.record(z.string(), z.union([z.number(), z.string()])), text: texts, clearedBy: z.array(texts), provisional: z.boolean(),
  withheld: z.object({ tier, reason: z.string(), zh: z.string(), en: z.string() }).nullable(),
  suppressed: texts.extend({ reason: z.string() }).nullable(), cleared: texts.extend({ reason: z.string(), at: z.string() }).nullable(),
  validity: z.array(validity),
});

export const cluePage = clueItem.extend({
  clearedBy: z.array(texts), episodes: z.array(episodeItem),
  /** Findings explained from the start: kept with the reason. */
  suppressed: z.array(episodeItem),
  fusion: fusionSheet.nullable(),
  openQuestions: z.array(z.object({ model: z.string(), title: texts, outcome: z.string(), reason: z.string(), missing: z.array(z.string()), since: z.string() })),
  versions: z.array(z.object({ version: z.number(), knownAt: z.string(), tier })),
});

const point = z.tuple([z.number(), z.number().nullable()]);
const span = z.object({ from: z.number(), to: z.number(), label: z.string(), labelEn: z.string(), tone: z.string().optional() });
export const laneReply = z.object({
  id: z.string(), title: z.string(), titleEn: z.string(), unit: z.string().optional(),
  curves: z.array(z.object({ name: z.string(), points: z.array(point), dashed: z.boolean().optional() })).optional(),
  limit: z.object({ value: z.number(), label: z.string() }).optional(), spans: z.array(span).optional(),
});
export const seriesReply = z.object({ from: z.number(), to: z.number(), stepMs: z.number(), lanes: z.array(laneReply) });

/** Hours in force with what quality says of each: three-valued, with the reason. */
export const hoursReply = z.object({
  items: z.array(z.object({
    factor: z.string(), from: z.string(), avg: z.number().nullable(), zs: z.number().nullable(), flag: z.string(),
    verdict: z.enum(['VALID', 'INVALID', 'CANNOT_TELL']), reason: z.string(),
  })),
});

const WITHHELD: Readonly<Record<NonNullable<Episode['withheld']>['reason'], Texts>> = {
  UNCORROBORATED: {
    zh: '统计迹象单独不足以开工单：等待另一类来源佐证，或持续三个窗口',
    en: 'a statistical sign alone opens no work order: it waits for evidence of another kind, or three windows of persistence',
  },
  CAPPED: {
    zh: '该模型经复核的误报超出预算，已自动降低最高级别，由人决定恢复之前不再升级',
    en: 'the model exceeded its false-alarm budget on reviewed clues and lost this tier until a person decides',
  },
};

export const validityView = ({ at, hours, ...trace }: ValidityTrace): z.infer<typeof validity> => ({
  ...trace, at: time(at), hours: hours.map(({ from, to, ...one }) => ({ ...one, from: time(from), to: time(to) })),
});

/** Evidence fusion says with each finding what it hints at; other models always hint at the same. */
function hooksOf({ stats }: Episode, model: Model | undefined): string[] {
  const own = stats['hooks'];
  return typeof own === 'string' ? own.split(',') : [...(model?.legalHooks ?? [])];
}

/** An episode in words: what was seen, by which version and parameters, what would clear it. */
export function episodeView(episode: Episode, model: Model | undefined): z.infer<typeof episodeItem> {
  const { suppressed, cleared, withheld } = episode;
  return {
    episodeId: episode.id, version: episode.version, knownAt: time(episode.knownAt), model: episode.model, modelVersion: episode.modelVersion,
    title: model?.title ?? { zh: episode.model, en: episode.model }, family: episode.family,
    about: model?.about ?? { zh: '', en: '', source: '' }, legalHooks: hooksOf(episode, model), params: { ...episode.params },
    tier: episode.tier, from: time(episode.start), to: time(episode.end), raisedAt: time(episode.raisedAt),
    steps: episode.steps.map((one) => ({ tier: one.tier, at: time(one.at) })), factors: [...episode.factors],
    score: Number.isFinite(episode.score) ? episode.score : 0,
    stats: Object.fromEntries(Object.entries(episode.stats).map(([key, value]) => [key, value ?? 'NaN'])),
    text: textsOf(episode.text), clearedBy: episode.clearedBy.map(textsOf), provisional: episode.provisional,
    withheld: withheld === undefined ? null : { ...withheld, ...WITHHELD[withheld.reason] },
    suppressed: suppressed === undefined ? null : { reason: suppressed.reason, ...textsOf(suppressed) },
    cleared: cleared === undefined ? null : { reason: cleared.reason, ...textsOf(cleared), at: time(cleared.at) },
    validity: (episode.validity ?? []).map(validityView),
  };
}
