import type { OutfallId } from '#kernel';
import { loadRegistry, type Registry } from '#register';
import { modelCatalogue } from '../catalogue.ts';
import type { Model } from '../contract.ts';
import { Detection, OutOfOrder, SLACK_MS, type Share } from '../detection.ts';
import type { ModelAnswer } from '../engine.ts';
import type { Episode } from '../clues/episode.ts';
import { Watchdog } from '../live/watchdog.ts';
import { aloneExchange, threadExchange, type Meeting } from '../peers/peer-exchange.ts';
import { readCapture } from './read-capture.ts';

export interface ShareOptions {
  readonly registryDir: string;
  readonly capture: string;
  readonly models?: readonly string[] | undefined;
  readonly asOf?: number | undefined;
}

/** What one worker found; plain data, so that it can cross from a thread. */
export interface ShareResult {
  readonly episodes: readonly Episode[];
  readonly exceptions: readonly (ModelAnswer & { readonly outfall: OutfallId })[];
  readonly frames: number;
  readonly damaged: number;
  readonly unknownDevices: number;
  readonly from: number;
  readonly until: number;
}

interface Reading {
  readonly slack: number;
  /** Which reading of the capture this is. */
  readonly pass: number;
  readonly meeting: Meeting | undefined;
  readonly onProgress: Progress | undefined;
  readonly watchdog: Watchdog;
}

type Progress = (progress: { readonly bytes: number; readonly total: number; readonly at: number }) => void;

/** Unknown ids in `models` are the caller's mistake and are thrown. */
export function chooseModels(catalogue: readonly Model[], ids: readonly string[] | undefined): readonly Model[] {
  if (ids === undefined) return catalogue;
  const unknown = ids.filter((id) => !catalogue.some((model) => model.id === id));
  if (unknown.length > 0) throw new RangeError(`no such model: ${unknown.join(', ')}`);
  return catalogue.filter((model) => ids.includes(model.id));
}

async function read(options: ShareOptions, registry: Registry, models: readonly Model[], share: Share, how: Reading): Promise<ShareResult> {
  const { slack, pass, meeting, onProgress, watchdog } = how;
  const exchange = meeting === undefined ? aloneExchange() : threadExchange(meeting, pass);
  const detection = new Detection(registry, models, slack, share, watchdog, exchange);
  const asOf = options.asOf ?? Number.POSITIVE_INFINITY;
  let broken = 0;
  for await (const lines of readCapture(options.capture, (bytes) => onProgress?.({ ...bytes, at: detection.newest }))) {
    for (const line of lines) {
      if (line === undefined) broken += 1;
      else if (line.at <= asOf) detection.take(line);
    }
  }
  const until = options.asOf ?? detection.newest;
  const episodes = detection.end(until);
  const { frames, damaged, unknownDevices } = detection.router;
  const { exceptions, from } = detection;
  return { episodes, exceptions, frames, damaged: damaged + (share.part === 0 ? broken : 0), unknownDevices, from, until };
}

/**
 * Judges a share of the outfalls. A capture in no order is read again, whole, and put into order first. Throws `BrokenOff` when judging
 * had to be stopped: the watchdog then knows what to do otherwise the next time.
 */
export async function detectShare(
  options: ShareOptions,
  share: Share,
  more: { readonly registry?: Registry; readonly catalogue?: readonly Model[]; readonly onProgress?: Progress; readonly meeting?: Meeting; readonly watchdog?: Watchdog } = {},
): Promise<ShareResult> {
  const registry = more.registry ?? loadRegistry(options.registryDir).registry;
  const models = chooseModels(more.catalogue ?? modelCatalogue, options.models);
  const how = { meeting: more.meeting, onProgress: more.onProgress, watchdog: more.watchdog ?? new Watchdog() };
  try {
    return await read(options, registry, models, share, { ...how, slack: SLACK_MS, pass: 1 });
  } catch (error) {
    if (!(error instanceof OutOfOrder)) throw error;
    return read(options, registry, models, share, { ...how, slack: Number.POSITIVE_INFINITY, pass: 2 });
  }
}
