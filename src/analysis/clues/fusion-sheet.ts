import { z } from 'zod';
import { CONCLUDING, type Model } from '../contract.ts';
import type { Episode } from './episode.ts';
import { fuse, FUSION_WEIGHTS, voiceOf, type FusionKind, type FusionWeights } from '../models/index.ts';

const texts = z.object({ zh: z.string(), en: z.string() });
const tier = z.enum(['REMIND', 'WARN', 'WORK_ORDER']);

/** How several findings were put together (model G11), so that a person can reckon it again by hand. */
export const fusionSheet = z.object({
  kind: texts.describe('which wrongdoing the findings together point to'),
  recorded: z.boolean().describe('as G11 concluded it; false: reckoned from the findings of this clue, below what G11 speaks of'),
  prior: z.number().nullable().describe('log-odds before any finding; null where the weights have been fitted anew since'),
  voices: z.array(z.object({
    model: z.string(), title: texts, family: z.string(), tier: tier.nullable().describe('null: the finding belongs to another clue of the unit'),
    weight: z.number().nullable(), adds: z.number().describe('log-odds: weight × step, at most the cap of its family'), times: z.number().describe('by how much it multiplies the odds'), capped: z.boolean(),
  })),
  silent: z.array(z.object({ model: z.string(), title: texts, family: z.string(), why: z.enum(['NO_WEIGHT', 'SAME_SOURCE']) })).describe('findings that add nothing, and why'),
  probability: z.number(), missing: z.array(texts).describe('kinds of evidence that would decide it'), weights: z.string(),
});
type Sheet = z.infer<typeof fusionSheet>;

const STEP = { REMIND: 1, WARN: 2, WORK_ORDER: 3 } as const;
const list = (value: number | string | undefined): string[] => String(value ?? '').split(',').filter((one) => one !== '');

/** What a recorded conclusion of G11 said: kind, voices with their log-odds, probability. */
function recordedIn({ stats }: Episode, weights: FusionWeights) {
  const kind = weights.kinds.find((one) => one.kind === stats['kind']);
  const adds = list(stats['adds']);
  // What another outfall of the unit showed is named with it: `F06@DA002`.
  const voices = list(stats['evidence']).map((name, i) => ({ model: name.split('@')[0] ?? name, own: !name.includes('@'), adds: Number(adds[i] ?? 0) }));
  return kind === undefined ? undefined : { kind, voices, probability: Number(stats['probability']), sameWeights: stats['weights'] === weights.version };
}

/** The kind that the findings of a clue point to most, where at least two sources speak. */
function reckoned(findings: readonly Episode[], weights: FusionWeights) {
  const [best] = weights.kinds.map((kind) => fuse(findings, kind, weights.calibration)).sort((a, b) => b.probability - a.probability || (a.kind.kind < b.kind.kind ? -1 : 1));
  if (best === undefined || best.voices.length < 2) return undefined;
  return { kind: best.kind, voices: best.voices.map(({ finding, adds }) => ({ model: finding.model, own: true, adds })), probability: best.probability, sameWeights: true };
}

const silence = (kind: FusionKind, model: string) => ((kind.weights[model] ?? 0) <= 0 ? 'NO_WEIGHT' : 'SAME_SOURCE');

/**
 * The fusion sheet of a clue: as G11 recorded it, else reckoned from what the clue's standing findings say together; null
 * where fewer than two sources speak. Pure.
 */
export function fusionOf(episodes: readonly Episode[], named: (id: string) => Model | undefined, weights: FusionWeights = FUSION_WEIGHTS): Sheet | null {
  const standing = episodes.filter((one) => one.cleared === undefined && one.suppressed === undefined);
  const conclusion = standing.findLast((one) => one.model === 'G11');
  const findings = standing.filter((one) => !CONCLUDING.has(one.model));
  const found = (conclusion && recordedIn(conclusion, weights)) ?? reckoned(findings, weights);
  if (found === undefined) return null;
  const { kind, sameWeights } = found;
  const title = (model: string) => { const { zh, en } = named(model)?.title ?? { zh: model, en: model }; return { zh, en }; };
  const ofModel = (model: string) => findings.filter((one) => one.model === model).sort((a, b) => STEP[b.tier] - STEP[a.tier])[0];
  const voices = found.voices.map(({ model, own, adds }) => {
    const finding = own ? ofModel(model) : undefined;
    const weight = sameWeights ? (kind.weights[model] ?? 0) * (conclusion?.params[voiceOf(model)] ?? 1) : null;
    return { model, title: title(model), family: finding?.family ?? named(model)?.family ?? '', tier: finding?.tier ?? null, weight, adds, times: Math.exp(adds), capped: sameWeights && adds >= kind.cap };
  });
  const others = [...new Set(findings.map((one) => one.model))].filter((model) => !voices.some((one) => one.model === model));
  return {
    kind: { zh: kind.zh, en: kind.en }, recorded: conclusion !== undefined, prior: sameWeights ? kind.prior : null, voices,
    silent: others.map((model) => ({ model, title: title(model), family: ofModel(model)?.family ?? '', why: silence(kind, model) })),
    probability: found.probability, missing: kind.toFetch.filter((one) => !voices.some((voice) => voice.family === one.family)).map(({ zh, en }) => ({ zh, en })),
    weights: weights.version,
  };
}
