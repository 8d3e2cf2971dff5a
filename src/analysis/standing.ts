import type { Model, Params, Tier } from './contract.ts';
import { parametersIn, type DatedParameter } from './live/parameters.ts';

/** A model tried beside those in force: judged live, its findings kept apart, never shown as clues. */
export interface Shadow {
  readonly proposal: string;
  readonly model: Model;
  readonly params: Params;
}

/**
 * What is in force at a moment. Every answer depends on the moment alone and each decision is dated before it can be
 * reached, so that recorded processing gives the same bytes whenever it is done.
 */
export interface Standing {
  inForce(model: Model, at: number): boolean;
  /** Parameters in force; the model's defaults where nothing was approved. */
  paramsOf(model: Model, at: number): Params;
  /** Highest tier the model may give; undefined where it is free. */
  capOf(model: string, at: number): Tier | undefined;
  shadowsAt(at: number): readonly Shadow[];
}

export interface DatedCap {
  readonly model: string;
  /** Null: the cap was lifted. */
  readonly cap: Tier | null;
  readonly validFrom: number;
}

/** Takes a model into force or out of it. For rules the version that is meant; catalogue models have one version at a time. */
export interface DatedRelease {
  readonly model: string;
  readonly version: string;
  readonly inForce: boolean;
  readonly validFrom: number;
}

export interface DatedShadow extends Shadow {
  readonly from: number;
  readonly until: number;
}

export interface StandingRows {
  readonly parameters: readonly DatedParameter[];
  readonly caps: readonly DatedCap[];
  readonly releases: readonly DatedRelease[];
  readonly shadows: readonly DatedShadow[];
}

const isRule = (id: string): boolean => id.startsWith('R-');

/** Rows of one model, oldest first; the last one that has begun holds. */
function byModel<T extends { readonly model: string; readonly validFrom: number }>(rows: readonly T[]): (model: string, at: number) => T | undefined {
  const groups = new Map<string, T[]>();
  for (const row of [...rows].sort((a, b) => a.validFrom - b.validFrom)) groups.set(row.model, [...(groups.get(row.model) ?? []), row]);
  return (model, at) => groups.get(model)?.findLast((row) => row.validFrom <= at);
}

/** The approved decisions as a function of the moment. A catalogue model is in force unless a decision says otherwise, a rule only by decision. */
export function standingOf({ parameters, caps, releases, shadows }: StandingRows): Standing {
  const release = byModel(releases);
  const cap = byModel(caps);
  return {
    paramsOf: parametersIn(parameters),
    inForce: (model, at) => {
      const decided = release(model.id, at);
      if (decided === undefined) return !isRule(model.id);
      return decided.inForce && (!isRule(model.id) || decided.version === model.version);
    },
    capOf: (model, at) => cap(model, at)?.cap ?? undefined,
    shadowsAt: (at) => (shadows.length === 0 ? shadows : shadows.filter((shadow) => shadow.from <= at && at < shadow.until)),
  };
}
