import type { Tier } from './contract.ts';
import { counts, type Episode } from './clues/episode.ts';

/** Digits of `alarms.jsonl` (docs/files.md): 1 = work order, 2 = warning, 3 = reminder. */
export const TIER_DIGIT = { WORK_ORDER: 1, WARN: 2, REMIND: 3 } as const satisfies Record<Tier, 1 | 2 | 3>;

const rounded = (value: number): number => (Number.isFinite(value) ? Math.round(value * 1000) / 1000 : 0);

/** Keys in a fixed order, so that equal facts are equal bytes. */
const ordered = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/** A line of `alarms.jsonl` (docs/files.md), without its line end. */
export function alarmLine(episode: Episode): string {
  return JSON.stringify({
    outfall: episode.outfall,
    model: episode.model,
    start: Math.round(episode.start),
    end: Math.round(episode.end),
    tier: TIER_DIGIT[episode.tier],
    raised_at: Math.round(episode.raisedAt),
    score: rounded(episode.score),
    factors: [...episode.factors].sort(),
    outcome: 'met',
    text: { zh: episode.text.zh, en: episode.text.en },
    evidence: {
      episode: episode.id,
      clue: episode.clue,
      model_version: episode.modelVersion,
      params: ordered(episode.params),
      steps: episode.steps.map((step) => ({ tier: TIER_DIGIT[step.tier], at: Math.round(step.at) })),
      stats: ordered(episode.stats),
      cleared_by: episode.clearedBy.map(({ zh, en }) => ({ zh, en })),
      provisional: episode.provisional,
      ...(episode.withheld ? { withheld: { tier: TIER_DIGIT[episode.withheld.tier], reason: episode.withheld.reason } } : {}),
    },
  });
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Episodes that stand, as lines sorted by raised_at, outfall, model (and age, so that the order is total). */
export const alarmLines = (episodes: readonly Episode[]): readonly string[] =>
  episodes
    .filter(counts)
    .sort(
      (a, b) =>
        a.raisedAt - b.raisedAt || compareText(a.outfall, b.outfall) || compareText(a.model, b.model) || a.start - b.start || compareText(a.id, b.id),
    )
    .map(alarmLine);
