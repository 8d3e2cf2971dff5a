import { DAY, HOUR, type ClueId, type EpisodeId, type OutfallId, type UnitId } from '#kernel';
import { localMidnight, markDeadlineMs, WINDOW_DAYS, type RuleBook } from '#quality';
import { clueFor, composeClue, type Clue } from './clues/clue.ts';
import type { Finding, Model, Params, PastFinding, Tier } from './contract.ts';
import {
  continued, corroborated, counts, decideTier, isHigher, pastFindings, unionFactors, warnSince, type Episode,
} from './clues/episode.ts';
import type { Explanation } from './clues/explain.ts';
import type { Revaluation } from './live/judge-again.ts';

/** How long an episode can still be continued, corroborated or counted as a repetition, and the hours it stands on be judged again. */
const KEEP_MS = (WINDOW_DAYS + 1) * DAY;
/** Why an episode was withdrawn whose hours were judged again. */
const VALIDITY_CHANGED = 'VALIDITY_CHANGED';
/** Families whose facts a mark of the unit may still explain. */
const MARKABLE = new Set(['emission', 'transport']);

/** `joined`: a fact of warning or more, with its marks final, is new in the clue. */
export type Change = { readonly kind: 'episode'; readonly episode: Episode } | { readonly kind: 'clue'; readonly clue: Clue; readonly joined: boolean };

export interface OpinionState {
  readonly sequence: number;
  readonly episodes: readonly Episode[];
  readonly clues: readonly Clue[];
}

export interface OpinionOptions {
  /** Highest tier a model may give at a moment. */
  capOf?(model: string, at: number): Tier | undefined;
  /** Episodes of others that corroborate these without belonging to them (shadow runs). */
  beside?(): readonly Episode[];
  /** The region's rules by day, for the mark deadlines; the nation's where not given. */
  readonly rules?: RuleBook | undefined;
}

/** The withheld tier that is still to be given: a weaker look at the same facts takes nothing back, a tier that reaches it does. */
function stillWithheld(now: Episode['withheld'], before: Episode['withheld'], tier: Tier): Episode['withheld'] {
  const strongest = now === undefined || (before !== undefined && isHigher(before.tier, now.tier)) ? before : now;
  return strongest !== undefined && isHigher(strongest.tier, tier) ? strongest : undefined;
}

/** A fact of warning or more whose marks are final, which was not one before. What a clue that waits as a whole was raised with joins nothing when it settles. */
function joins(episode: Episode, before: Episode | undefined, clue: Clue | undefined): boolean {
  const loud = counts(episode) && episode.tier !== 'REMIND' && !episode.provisional;
  const known = before !== undefined && counts(before) && !isHigher(episode.tier, before.tier) && (!before.provisional || clue?.provisional === true);
  return loud && !known;
}

/** Findings → episodes → clues of one outfall. A pure fold: the same calls in the same order give the same changes. */
export class Opinions {
  readonly #outfall: OutfallId;
  readonly #unit: UnitId;
  readonly #emit: (change: Change) => void;
  readonly #options: OpinionOptions;
  #sequence = 0;
  #episodes: Episode[] = [];
  #clues: Clue[] = [];
  #recent: readonly PastFinding[] | undefined;
  /** Formed elsewhere and only known of here. */
  readonly #foreign = new Set<EpisodeId>();

  constructor(outfall: OutfallId, unit: UnitId, emit: (change: Change) => void, options: OpinionOptions = {}) {
    this.#options = options;
    this.#outfall = outfall;
    this.#unit = unit;
    this.#emit = emit;
  }

  get state(): OpinionState {
    return { sequence: this.#sequence, episodes: this.#episodes, clues: this.#clues };
  }

  restore(state: OpinionState): void {
    this.#sequence = state.sequence;
    this.#episodes = [...state.episodes];
    this.#clues = [...state.clues];
    this.#recent = undefined;
  }

  get episodes(): readonly Episode[] {
    return this.#episodes;
  }

  #waits(episode: Episode): boolean {
    return episode.provisional && counts(episode) && !this.#foreign.has(episode.id);
  }

  /** Some episode waits for its mark deadline. */
  get unsettled(): boolean {
    return this.#episodes.some((episode) => this.#waits(episode));
  }

  get #all(): readonly Episode[] {
    const beside = this.#options.beside?.();
    return beside === undefined ? this.#episodes : [...beside, ...this.#episodes];
  }

  recent(now: number): readonly PastFinding[] {
    this.#recent ??= pastFindings(this.#episodes.filter((episode) => episode.lastSeenAt >= now - 30 * DAY));
    return this.#recent;
  }

  /** Gets to know of a version of an episode that was formed elsewhere: it corroborates and is seen, and is never changed here. */
  hearOf(episode: Episode, now: number): void {
    this.#foreign.add(episode.id);
    this.#replace(episode);
    this.#recent = undefined;
    if (counts(episode) && episode.tier !== 'REMIND') this.#recheck(now);
  }

  /** Takes one finding made at `now`. */
  take(model: Model, params: Params, finding: Finding, now: number): void {
    const found = continued(this.#episodes, model, finding);
    // Hours that were given back: what was withdrawn with them stays as it is, and this is raised anew.
    const anew = found?.cleared !== undefined && (finding.end > found.end || found.cleared.reason === VALIDITY_CHANGED);
    const before = anew ? undefined : found;
    if (before?.cleared !== undefined) return;
    if (finding.suppressed !== undefined) return this.#takeSuppressed(model, params, finding, before, now);
    const given = decideTier(finding, model, before, this.#all, now, this.#options.capOf?.(model.id, now));
    const { tier } = given;
    const fresh = before === undefined || before.suppressed !== undefined;
    const higher = fresh || isHigher(tier, before.tier);
    const withheld = fresh ? given.withheld : stillWithheld(given.withheld, before.withheld, higher ? tier : before.tier);
    const start = Math.min(finding.start, before?.start ?? finding.start);
    const end = Math.max(finding.end, before?.end ?? finding.end);
    const factors = unionFactors(before?.factors ?? finding.factors, finding.factors);
    const sameTier = before !== undefined && before.tier === tier;
    const grown = before === undefined || start < before.start || end > before.end || factors !== before.factors;
    if (!fresh && !higher && !grown && withheld?.tier === before.withheld?.tier && withheld?.reason === before.withheld?.reason) {
      this.#touch(before, now);
      return;
    }
    const speaks = higher || sameTier;
    const next: Episode = {
      ...(before ?? this.#blank(model, params, now)),
      modelVersion: model.version, params, factors, start, end, withheld, suppressed: undefined, lastSeenAt: now, knownAt: now,
      version: (before?.version ?? 0) + 1,
      tier: higher ? tier : before.tier,
      raisedAt: higher ? now : before.raisedAt,
      steps: higher ? [...(fresh ? [] : before.steps), { tier, at: now }] : before.steps,
      score: Math.max(finding.score, fresh ? finding.score : before.score),
      stats: speaks ? finding.stats : before.stats,
      text: speaks ? finding.text : before.text,
      clearedBy: speaks ? finding.clearedBy : before.clearedBy,
      provisional: (!fresh && before.provisional) || (higher && (finding.provisional ?? this.#isProvisional(model.family, end, now))),
    };
    this.#put(next, now);
    if (higher && tier !== 'REMIND') this.#recheck(now);
  }

  #takeSuppressed(model: Model, params: Params, finding: Finding, before: Episode | undefined, now: number): void {
    if (before !== undefined && before.suppressed === undefined) return this.#touch(before, now);
    const grown = before === undefined || finding.end > before.end || finding.start < before.start;
    if (!grown) return this.#touch(before, now);
    this.#put({
      ...(before ?? this.#blank(model, params, now)),
      factors: unionFactors(before?.factors ?? finding.factors, finding.factors),
      start: Math.min(finding.start, before?.start ?? finding.start), end: Math.max(finding.end, before?.end ?? finding.end),
      tier: finding.tier, score: finding.score, stats: finding.stats, text: finding.text, clearedBy: finding.clearedBy,
      suppressed: finding.suppressed, version: (before?.version ?? 0) + 1, knownAt: now, lastSeenAt: now,
    }, now);
  }

  #blank(model: Model, params: Params, now: number): Episode {
    this.#sequence += 1;
    return {
      id: `${this.#outfall}.${model.id}.${this.#sequence}` as EpisodeId, version: 0, knownAt: now, outfall: this.#outfall,
      model: model.id, modelVersion: model.version, params, family: model.family, factors: [], start: now, end: now,
      tier: 'REMIND', raisedAt: now, steps: [], score: 0, stats: {}, text: { zh: '', en: '' }, clearedBy: [], provisional: false,
      suppressed: undefined, withheld: undefined, cleared: undefined, lastSeenAt: now, clue: undefined,
    };
  }

  /** When the hour that holds `at` can no longer be marked. */
  #deadline(at: number): number {
    return markDeadlineMs(at, this.#options.rules?.(at).markDeadlineHour);
  }

  #isProvisional(family: Model['family'], end: number, now: number): boolean {
    return MARKABLE.has(family) && now < this.#deadline(Math.min(end, now) - 1);
  }

  #touch(episode: Episode, now: number): void {
    this.#replace({ ...episode, lastSeenAt: now });
  }

  #replace(episode: Episode): void {
    const at = this.#episodes.findIndex((other) => other.id === episode.id);
    if (at < 0) this.#episodes.push(episode);
    else this.#episodes[at] = episode;
  }

  #put(episode: Episode, now: number): void {
    this.#recent = undefined;
    const before = this.#episodes.find((other) => other.id === episode.id);
    // What is explained from the start tells nobody; what became a candidate afterwards stays in its clue.
    const clue = episode.suppressed !== undefined && episode.clue === undefined ? undefined : this.#clueOf(episode);
    const kept: Episode = clue === undefined ? episode : { ...episode, clue: clue.id };
    this.#replace(kept);
    this.#emit({ kind: 'episode', episode: kept });
    if (clue !== undefined) this.#compose(clue.id, joins(kept, before, this.#clues.find((one) => one.id === clue.id)), now);
  }

  #clueOf(episode: Episode): { id: ClueId } {
    if (episode.clue !== undefined) return { id: episode.clue };
    const joined = clueFor(this.#clues.filter((clue) => !clue.cleared), episode);
    if (joined !== undefined) return joined;
    this.#sequence += 1;
    return { id: `${this.#outfall}.${this.#sequence}` as ClueId };
  }

  #compose(id: ClueId, joined: boolean, now: number): void {
    const at = this.#clues.findIndex((clue) => clue.id === id);
    const clue = composeClue(id, this.#unit, this.#episodes.filter((episode) => episode.clue === id), this.#clues[at], now);
    if (at < 0) this.#clues.push(clue);
    else this.#clues[at] = clue;
    this.#emit({ kind: 'clue', clue, joined });
  }

  /** Episodes formed here that stand as far as is known. */
  get standing(): readonly Episode[] {
    return this.#episodes.filter((episode) => counts(episode) && !this.#foreign.has(episode.id));
  }

  /**
   * The validity of hours an episode stood on has changed: a version that says which, by what and what is left of it. The tier it
   * once reached stays; what was known before stays in the earlier versions.
   */
  revalue({ episode: { id }, traces, left, found }: Revaluation, now: number): void {
    const episode = this.#episodes.find((other) => other.id === id);
    const last = traces.at(-1);
    if (episode === undefined || last === undefined) return;
    const strongest = left === 'PARTLY_MET' ? found[0] : undefined;
    const gone = { provisional: false, cleared: { reason: VALIDITY_CHANGED, zh: last.zh, en: last.en, at: now } };
    const part = strongest && {
      start: Math.min(...found.map((one) => one.start)), end: Math.max(...found.map((one) => one.end)), score: strongest.score, stats: strongest.stats, text: strongest.text, clearedBy: strongest.clearedBy,
    };
    this.#put({
      ...episode, ...(left === 'NO_LONGER_MET' ? gone : part), validity: [...(episode.validity ?? []), ...traces], version: episode.version + 1, knownAt: now,
    }, now);
  }

  /** A new warning may be the corroboration another episode was waiting for. */
  #recheck(now: number): void {
    for (const episode of this.#episodes) {
      if (episode.withheld?.reason !== 'UNCORROBORATED' || this.#foreign.has(episode.id) || !counts(episode) || now - episode.lastSeenAt > 2 * DAY) continue;
      const subject = { ...episode, warnSince: warnSince(episode), windowHours: Number.POSITIVE_INFINITY };
      if (!corroborated(subject, this.#all, now)) continue;
      const { tier } = episode.withheld;
      const cap = this.#options.capOf?.(episode.model, now);
      if (cap !== undefined && isHigher(tier, cap)) continue;
      const steps = [...episode.steps, { tier, at: now }];
      this.#put({ ...episode, tier, raisedAt: now, steps, withheld: undefined, version: episode.version + 1, knownAt: now }, now);
    }
  }

  /**
   * Once the mark deadline of the last hour its tier rests on has passed, a provisional episode is explained by marks in time or it
   * stands; one that goes on and is explained so far waits for the hours since. `explain` returns undefined where no mark explains it.
   */
  settle(now: number, explain: (episode: Episode, episodes: readonly Episode[]) => Explanation | undefined): void {
    for (const episode of this.#episodes) {
      if (!this.#waits(episode) || now < this.#deadline(Math.max(episode.start, Math.min(episode.end, episode.raisedAt) - 1))) continue;
      const closed = Math.min(episode.end, this.#closedUntil(now));
      const explained = explain({ ...episode, end: closed }, this.#episodes);
      if (explained !== undefined && closed < episode.end) continue;
      this.#put({ ...episode, provisional: false, ...explained, version: episode.version + 1, knownAt: now }, now);
    }
  }

  /** End of the last local day whose hours can no longer be marked. */
  #closedUntil(now: number): number {
    let end = localMidnight(now);
    while (this.#deadline(end - 1) > now) end -= DAY;
    return end;
  }

  forget(now: number): void {
    const old = (fact: { end: number; knownAt: number }) => fact.end < now - KEEP_MS && fact.knownAt < now - KEEP_MS;
    this.#episodes = this.#episodes.filter((episode) => !old(episode));
    this.#clues = this.#clues.filter((clue) => !old(clue));
    this.#recent = undefined;
  }
}

/** Hours a mark must leave open before an episode counts as explained. */
export const UNEXPLAINED_MS = HOUR;
