import { episodesOf, findClue, modelById, readHours, type Episode, type ValueRow } from '#analysis';
import { instant, type Instant, type OutfallId } from '#kernel';
import type { Law } from '#law';
import type { Database } from '#platform/db';
import type { Series } from '#platform/series';
import type { StoredRegistry } from '#register';
import type { PoolClue } from '../store/clues.ts';
import type { Words } from './narrative.ts';

/** What a finding of the clue observed: when, of what, with the figures it stands on and the limit it is held against. */
export interface Observation {
  /** Model without its version, e.g. `B01`, and what it is called. */
  readonly model: string;
  readonly title: Words;
  /** What a rule of a department says in its own words; the words of a model stand in `law/narratives`. */
  readonly rule?: Words;
  readonly factors: readonly Words[];
  readonly from: Instant;
  readonly to: Instant;
  readonly stats: Readonly<Record<string, number | string>>;
  /** Unit of measurement of its factor; empty where it is about several or none. */
  readonly unit: string;
  /** Standard or permit the limit of its factor stands in. */
  readonly standard: string | null;
  readonly converted: boolean;
  /** Judged hourly values of its factor over its own time, on the limit's basis. */
  readonly hourly: readonly { readonly start: Instant; readonly value: number }[];
}

/** Findings that only weigh what others found: their members are told, not they. */
const WEIGHING = ['G11'];

const stands = (episode: Episode): boolean => episode.suppressed === undefined && episode.cleared === undefined;

function standing(episodes: readonly Episode[]): Episode[] {
  const live = episodes.filter(stands).toSorted((a, b) => a.start - b.start || (a.model < b.model ? -1 : 1));
  const members = live.filter((episode) => !WEIGHING.includes(episode.model));
  return members.length > 0 ? members : live;
}

interface Deps {
  readonly db: Database;
  readonly law: Law;
  readonly series?: Series | undefined;
}

/** What the clue's findings observed, oldest first; none for a clue of a patrol. */
export async function observationsOf({ db, law, series }: Deps, registry: StoredRegistry, clue: PoolClue): Promise<Observation[]> {
  const { outfall } = clue;
  const found = clue.source === 'PLATFORM' && outfall !== null ? await findClue(db, clue.clueId) : undefined;
  if (found === undefined || outfall === null) return [];
  const episodes = standing(await episodesOf(db, found.clue.episodes));
  const hours = series === undefined || episodes.length === 0 ? [] : await readHours(series, { outfall, from: found.clue.start, to: found.clue.end });
  return episodes.map((episode) => observationOf(episode, law, registry, outfall, hours));
}

function observationOf(episode: Episode, law: Law, registry: StoredRegistry, outfall: OutfallId, hours: readonly ValueRow[]): Observation {
  const own = registry.factorsOf(outfall);
  const model = modelById(episode.model);
  const [factor, ...others] = episode.factors;
  const limits = registry.limitsOf(outfall, instant(episode.start)).filter((limit) => limit.factor === factor);
  const limit = limits.find((one) => one.limit === episode.stats['limit']) ?? limits[0];
  const converted = limit?.basis === 'zs';
  const single = factor !== undefined && others.length === 0;
  const valueOf = (row: ValueRow) => (converted ? row.zs : row.avg);
  return {
    model: episode.model, title: model?.title ?? { zh: episode.model, en: episode.model }, ...(model === undefined ? { rule: episode.text } : {}),
    factors: episode.factors.map((code) => wordsOf(law, own.find((one) => one.factor === code)?.factorZh ?? code)),
    from: instant(episode.start), to: instant(episode.end), stats: episode.stats,
    unit: single ? (limit?.unit ?? own.find((one) => one.factor === factor)?.unit ?? '') : '', standard: limit?.source || null, converted,
    hourly: !single ? [] : hours.flatMap((row) => {
      const value = valueOf(row);
      return row.factor === factor && row.verdict === 'VALID' && value !== null && row.start >= episode.start && row.start < episode.end ? [{ start: instant(row.start), value }] : [];
    }),
  };
}

const wordsOf = (law: Law, zh: string): Words => ({ zh, en: law.data.instruments.find((one) => one.zh === zh)?.en ?? zh });
