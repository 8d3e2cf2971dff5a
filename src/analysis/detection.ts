import { DAY, HOUR, MINUTE, startOfHour, type OutfallId } from '#kernel';
import { byKnownTime, type Arrival } from '#quality';
import type { Registry } from '#register';
import type { Model } from './contract.ts';
import { OutfallEngine, type ModelAnswer } from './engine.ts';
import { firstDayMoment } from './moments.ts';
import type { Episode } from './clues/episode.ts';
import type { CaptureLine } from './detect/read-capture.ts';
import { aloneExchange, type PeerExchange } from './peers/peer-exchange.ts';
import type { Watchdog } from './live/watchdog.ts';
import { powerStepIn, registerArrivals } from './live/register-arrivals.ts';
import { FrameRouter } from './route-frames.ts';
import { setupOf, type OutfallSetup } from './setup.ts';

/** Lines may be this much out of order and still be processed in one pass. */
export const SLACK_MS = 10 * MINUTE;
/** Work is done in portions of capture time, so that one outfall's columns stay in the processor's cache. */
const PORTION_MS = 6 * HOUR;
/** Lines looked at together, unless half the slack holds more. */
const HOLD = 4096;

/** By arrival; lines of one millisecond by their bytes, so that their order in the file does not show. */
const byArrival = (a: CaptureLine, b: CaptureLine): number => a.at - b.at || Buffer.compare(a.bytes, b.bytes);

interface Lane {
  readonly engine: OutfallEngine;
  readonly episodes: Map<string, Episode>;
  readonly known: readonly Arrival[];
  nextKnown: number;
  waiting: Arrival[];
}

export class OutOfOrder extends Error {}

/** Which share of the outfalls a worker judges; every worker reads the whole capture. */
export interface Share {
  readonly part: number;
  readonly of: number;
}

const MN = Buffer.from('MN=');
const SEMICOLON = 59;

/** The MN a line names, without reading the frame. */
function mnOf(bytes: Uint8Array): string {
  const line = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = line.indexOf(MN);
  if (at < 0) return '';
  const end = line.indexOf(SEMICOLON, at);
  return end < 0 ? '' : line.toString('latin1', at + 3, end);
}

/** One pass over a capture for a share of the outfalls. */
export class Detection {
  readonly #lanes = new Map<OutfallId, Lane>();
  readonly #setups = new Map<OutfallId, OutfallSetup>();
  readonly #registry: Registry;
  readonly #models: readonly Model[];
  readonly router: FrameRouter;
  readonly exceptions: (ModelAnswer & { outfall: OutfallId })[] = [];
  readonly #slack: number;
  readonly #share: Share;
  readonly #exchange: PeerExchange;
  readonly #watchdog: Watchdog;
  readonly #devices = new Map<string, { mine: boolean; counted: boolean }>();
  from = Number.NaN;
  newest = Number.NEGATIVE_INFINITY;
  #fedUntil = Number.NEGATIVE_INFINITY;
  #nextDay = Number.POSITIVE_INFINITY;
  #releasedUntil = Number.NEGATIVE_INFINITY;
  #held: CaptureLine[] = [];

  constructor(registry: Registry, models: readonly Model[], slack: number, share: Share, watchdog: Watchdog, exchange = aloneExchange()) {
    this.#registry = registry;
    this.#models = models;
    this.#slack = slack;
    const stepOf = powerStepIn(registry);
    this.#share = share;
    this.#exchange = exchange;
    this.#watchdog = watchdog;
    for (const [i, outfall] of registry.data.outfalls.entries()) {
      if (i % share.of !== share.part) continue;
      const setup = setupOf(registry, outfall.outfall, stepOf(outfall.outfall, Math.min(outfall.minuteStep * MINUTE, HOUR)));
      if (setup) this.#setups.set(outfall.outfall, setup);
    }
    this.router = new FrameRouter(registry, this.#setups);
  }

  #begin(at: number): void {
    this.from = at;
    this.#nextDay = firstDayMoment(startOfHour(at));
    const arrivalsOf = registerArrivals(this.#registry);
    for (const [outfall, setup] of this.#setups) {
      const episodes = new Map<string, Episode>();
      const engine = new OutfallEngine(setup, startOfHour(at), {
        models: this.#models.map((model) => this.#watchdog.may(outfall, model)),
        beforeAsking: (_, model) => this.#watchdog.asks(outfall, model),
        board: this.#exchange.board,
        onChange: (change) => {
          if (change.kind === 'episode') episodes.set(change.episode.id, change.episode);
        },
        onAnswer: (answer) => {
          if (answer.outcome === 'EXCEPTION') this.exceptions.push({ ...answer, outfall });
        },
      });
      const known = arrivalsOf(outfall, setup.facts.powerStepMs).sort(byKnownTime);
      this.#lanes.set(outfall, { engine, episodes, known, nextKnown: 0, waiting: [] });
    }
  }

  /** Takes a line of the capture. Lines wait until none can come before them any more. */
  take(line: CaptureLine): void {
    if (line.at <= this.#releasedUntil) throw new OutOfOrder();
    this.#held.push(line);
    this.newest = Math.max(this.newest, line.at);
    if (this.#held.length < HOLD || this.newest - this.#slack <= this.#releasedUntil + SLACK_MS / 2) return;
    this.#release(this.newest - this.#slack);
    if (this.#releasedUntil > this.#fedUntil + PORTION_MS) this.#feed(this.#releasedUntil);
  }

  /** Routes the lines up to a moment in the one order that their content gives them. */
  #release(until: number): void {
    const due = this.#held.filter((line) => line.at <= until).sort(byArrival);
    this.#held = this.#held.filter((line) => line.at > until);
    const first = due[0];
    if (first !== undefined && Number.isNaN(this.from)) this.#begin(first.at);
    for (const { at, bytes } of due) {
      const { mine, counted } = this.#whose(bytes);
      if (!mine && !counted) continue;
      for (const { outfall, arrival } of this.router.route(bytes, at, counted)) this.#lanes.get(outfall)?.waiting.push(arrival);
    }
    this.#releasedUntil = until;
  }

  /** A device may serve outfalls of several shares; exactly one of them counts its frames. */
  #whose(bytes: Uint8Array): { mine: boolean; counted: boolean } {
    if (this.#share.of === 1) return { mine: true, counted: true };
    const mn = mnOf(bytes);
    let known = this.#devices.get(mn);
    if (known === undefined) {
      const outfalls = this.#registry.deviceOf(mn).flatMap((device) => device.outfalls);
      const first = this.#registry.data.outfalls.findIndex((outfall) => outfall.outfall === outfalls[0]);
      known = { mine: outfalls.some((id) => this.#setups.has(id)), counted: Math.max(0, first) % this.#share.of === this.#share.part };
      this.#devices.set(mn, known);
    }
    return known;
  }

  /** Judges up to a moment, all outfalls together from one daily moment to the next: that is when they look at each other. */
  #feed(until: number): void {
    for (; this.#nextDay <= until; this.#nextDay += DAY) {
      this.#exchange.meet();
      this.#feedTo(this.#nextDay);
      this.#advance(this.#nextDay);
      this.#exchange.post();
    }
    this.#feedTo(until);
  }

  #advance(until: number): void {
    for (const [outfall, { engine }] of this.#lanes) this.#watchdog.run(outfall, () => engine.advance(until));
  }

  #feedTo(until: number): void {
    for (const [outfall, lane] of this.#lanes) {
      const due: Arrival[] = [];
      while ((lane.known[lane.nextKnown]?.knownAt ?? Number.POSITIVE_INFINITY) <= until) due.push(lane.known[lane.nextKnown++] as Arrival);
      const later: Arrival[] = [];
      for (const arrival of lane.waiting) (arrival.knownAt <= until ? due : later).push(arrival);
      lane.waiting = later;
      if (due.length > 0) this.#watchdog.run(outfall, () => lane.engine.feed(due.sort(byKnownTime)));
    }
    this.#fedUntil = until;
  }

  end(until: number): Episode[] {
    this.#release(this.newest);
    if (Number.isNaN(this.from)) return [];
    this.#feed(until);
    this.#advance(until);
    return [...this.#lanes.values()].flatMap((lane) => [...lane.episodes.values()]);
  }

}
