import { DAY, HOUR, type ClueId, type EpisodeId, type FactorCode, type OutfallId } from '#kernel';
import type { VerdictCause, VerdictReason } from '#quality';
import { CONCLUDING, type Finding, type Model, type PastFinding, type SourceFamily, type Tier } from '../contract.ts';

/** A sentence in both languages. */
export type Texts = { readonly zh: string; readonly en: string };
/** When a tier was first reached, epoch ms. */
export type TierStep = { readonly tier: Tier; readonly at: number };

/** Hours in a row of one factor whose verdict changed alike. */
export interface ChangedHours {
  readonly factor: FactorCode;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly before: VerdictReason;
  readonly after: VerdictReason;
}

/**
 * MET: judged again, and all of it stands · PARTLY_MET · NO_LONGER_MET: nothing is left of it · OPEN: this model does not judge
 * again, the unit may still mark, or the mark is itself in doubt: a person weighs it.
 */
export type Left = 'MET' | 'PARTLY_MET' | 'NO_LONGER_MET' | 'OPEN';

/** The validity of hours that a finding stood on has changed: which, how, by what, and what is left. */
export interface ValidityTrace extends Texts {
  readonly at: number;
  readonly cause: VerdictCause;
  /** Which mark or check; empty for frames and steps. */
  readonly ref: string;
  readonly hours: readonly ChangedHours[];
  readonly left: Left;
}

/** Findings of one model that continue each other. Immutable: every change is a new version with its known time. */
export interface Episode {
  readonly id: EpisodeId;
  readonly version: number;
  /** When this version became known. */
  readonly knownAt: number;
  readonly outfall: OutfallId;
  readonly model: string;
  readonly modelVersion: string;
  readonly params: Readonly<Record<string, number>>;
  readonly family: SourceFamily;
  readonly factors: readonly FactorCode[];
  readonly start: number;
  readonly end: number;
  /** Highest tier reached and the moment it was. */
  readonly tier: Tier;
  readonly raisedAt: number;
  readonly steps: readonly TierStep[];
  readonly score: number;
  readonly stats: Readonly<Record<string, number | string>>;
  readonly text: Texts;
  readonly clearedBy: readonly Texts[];
  readonly provisional: boolean;
  /** Explained from the start: kept with the reason, no alarm. */
  readonly suppressed: (Texts & { readonly reason: string }) | undefined;
  /** Tier the model asked for and did not get, and why: a sign alone, or a model over its false-alarm budget. */
  readonly withheld: { readonly tier: Tier; readonly reason: 'UNCORROBORATED' | 'CAPPED' } | undefined;
  /** Explained afterwards, e.g. by a mark in time. */
  readonly cleared: (Texts & { readonly reason: string; readonly at: number }) | undefined;
  /** Oldest first; absent while the validity of the hours it stands on was never changed. */
  readonly validity?: readonly ValidityTrace[];
  readonly lastSeenAt: number;
  readonly clue: ClueId | undefined;
}

export const MERGE_GAP_HOURS = 6;
const CORROBORATION_MS = 24 * HOUR;
const REPEAT_MS = 30 * DAY;
const REPEATS = 3;

const RANK = { REMIND: 1, WARN: 2, WORK_ORDER: 3 } as const satisfies Record<Tier, number>;
export const isHigher = (a: Tier, b: Tier): boolean => RANK[a] > RANK[b];

const sharesFactor = (a: readonly FactorCode[], b: readonly FactorCode[]): boolean =>
  a.length === 0 || b.length === 0 || a.some((factor) => b.includes(factor));

export const overlaps = (a: { start: number; end: number }, b: { start: number; end: number }, gap: number): boolean =>
  a.start <= b.end + gap && b.start <= a.end + gap;

export const counts = (episode: Episode): boolean => episode.suppressed === undefined && episode.cleared === undefined;

/** Findings of a model at most so far apart continue one episode, ms; below 0 where neighbours stay apart. */
export const mergeGapOf = ({ mergeGapHours = MERGE_GAP_HOURS }: Pick<Model, 'mergeGapHours'>): number => mergeGapHours * HOUR;

/** Where every hour named is a fact, hours that are explained and hours beside them that are not stay apart. */
const mixes = (episode: Episode, finding: Finding, gap: number): boolean =>
  gap <= 0 && (episode.suppressed === undefined) !== (finding.suppressed === undefined) && !(episode.start < finding.end && finding.start < episode.end);

/** The episode a finding continues: same model, a common factor, at most six hours apart; the newest wins (U21). */
export function continued(episodes: readonly Episode[], model: Pick<Model, 'id' | 'mergeGapHours'>, finding: Finding): Episode | undefined {
  const gap = mergeGapOf(model);
  return episodes.findLast((episode) => episode.model === model.id && sharesFactor(episode.factors, finding.factors) && overlaps(episode, finding, gap) && !mixes(episode, finding, gap));
}

/** Corroboration: a WARN or higher from another source family within a day, or our own WARN lasting three windows. */
export function corroborated(
  subject: { start: number; end: number; family: SourceFamily; warnSince: number | undefined; windowHours: number },
  episodes: readonly Episode[],
  now: number,
): boolean {
  if (subject.warnSince !== undefined && now - subject.warnSince >= 3 * subject.windowHours * HOUR) return true;
  return episodes.some(
    (other) => counts(other) && !CONCLUDING.has(other.model) && other.family !== subject.family && other.tier !== 'REMIND' && overlaps(other, subject, CORROBORATION_MS),
  );
}

/**
 * Repetition: the third reminder of one model on one outfall in 30 days is a warning. Counted are reminders about the same
 * channels in clues that warn of nothing: what has been told louder, by this model or another, is no unheeded reminder.
 */
export function repeated(episodes: readonly Episode[], finding: Pick<Finding, 'factors'>, model: string, self: EpisodeId | undefined, now: number): boolean {
  const warned = new Set(episodes.filter((episode) => counts(episode) && episode.tier !== 'REMIND').map((episode) => episode.clue));
  const earlier = episodes.filter(
    (episode) =>
      episode.model === model && episode.id !== self && counts(episode) && !warned.has(episode.clue) && sharesFactor(episode.factors, finding.factors) &&
      episode.steps[0] !== undefined && episode.steps[0].at >= now - REPEAT_MS,
  );
  return earlier.length >= REPEATS - 1;
}

export const warnSince = (episode: Episode | undefined): number | undefined =>
  episode?.steps.find((step) => step.tier !== 'REMIND')?.at;

interface TierGiven {
  readonly tier: Tier;
  readonly withheld: Episode['withheld'];
}

/** The tier a finding gets here and now, and what was withheld. A model that lost its tier gives no more than `cap`. */
export function decideTier(
  finding: Finding,
  model: Model,
  before: Episode | undefined,
  episodes: readonly Episode[],
  now: number,
  cap?: Tier,
): TierGiven {
  const given = tierOnItsOwn(finding, model, before, episodes, now);
  if (cap === undefined || !isHigher(given.tier, cap)) return given;
  return { tier: cap, withheld: { tier: given.tier, reason: 'CAPPED' } };
}

function tierOnItsOwn(finding: Finding, model: Model, before: Episode | undefined, episodes: readonly Episode[], now: number): TierGiven {
  if (finding.tier === 'WORK_ORDER' && !model.standsAlone && finding.standsAloneHere === undefined) {
    const subject = {
      start: Math.min(finding.start, before?.start ?? finding.start), end: Math.max(finding.end, before?.end ?? finding.end),
      family: model.family, warnSince: warnSince(before), windowHours: model.windowHours ?? 24,
    };
    if (!corroborated(subject, episodes, now)) return { tier: 'WARN', withheld: { tier: 'WORK_ORDER', reason: 'UNCORROBORATED' } };
  }
  if (finding.tier === 'REMIND' && model.countsRepeats === undefined && repeated(episodes, finding, model.id, before?.id, now)) return { tier: 'WARN', withheld: undefined };
  return { tier: finding.tier, withheld: undefined };
}

/** What models may know of earlier findings (corroboration, frozen baselines). */
export const pastFindings = (episodes: readonly Episode[]): readonly PastFinding[] =>
  episodes.filter(counts).map(({ model, family, tier, start, end, raisedAt }) => ({ model, family, tier, start, end, raisedAt }));

export const unionFactors = (a: readonly FactorCode[], b: readonly FactorCode[]): readonly FactorCode[] =>
  b.every((factor) => a.includes(factor)) ? a : [...new Set([...a, ...b])].sort();
