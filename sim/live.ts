import { DeviceLink, type LinkStats } from './devices/device-link.ts';
import { DAY, makeGrid, type Grid } from './grid.ts';
import { outfallFrames, type TimedFrame } from './outfall-frames.ts';
import type { InjectRequest } from './plan.ts';
import type { OutfallResult } from './simulate-outfall.ts';
import { walkProvince, type SimulateOptions } from './simulate.ts';
import type { Enterprise, Label, Ledger, Site } from './world.ts';

export interface LiveOptions extends Pick<SimulateOptions, 'seed' | 'outfalls' | 'days' | 'start' | 'stepMin' | 'industries' | 'inject' | 'benign'> {
  /** Days after history that the province can be lived on. Default 30. */
  readonly liveDays?: number;
  /** Cheats after history, `at` in epoch ms. */
  readonly liveInject?: readonly InjectRequest[];
  readonly host: string;
  readonly port: number;
  /** The demonstration's clock, epoch ms; it may run fast or jump forward, never back. */
  readonly now: () => number;
  /** Frames that arrive from here on are sent; the end of history when not given. */
  readonly from?: number;
  /** Real milliseconds between two looks at the clock. Default 200. */
  readonly pollMs?: number;
  readonly ackTimeoutMs?: number;
}

export interface LiveStats extends LinkStats {
  readonly devices: number;
  /** Frames waiting for a line or an answer. */
  readonly pending: number;
  /** Demonstration time up to which everything due was handed to the devices. */
  readonly sentUntil: number;
  /** True when the horizon is used up. */
  readonly exhausted: boolean;
}

/** What people, not devices, have to tell the platform about a stretch of live time. */
export interface LiveRecords {
  readonly outfall: string;
  readonly enterprise: string;
  readonly marks: Ledger['marks'];
  readonly maintenance: Ledger['maintenance'];
  readonly orders: Ledger['orders'];
  readonly video: Ledger['video'];
  readonly calibrations: Ledger['calibrations'];
}

export interface LiveProvince {
  stats(): LiveStats;
  /** Marks submitted, works begun, orders issued, video events and calibrations ended in [from, to). */
  records(from: number, to: number): LiveRecords[];
  /** What really went on at an outfall between two moments, honest look-alikes left out; the devices tell it to nobody. */
  happened(outfall: string, from: number, to: number): readonly Label[];
  /** Resolves when nothing is pending, or after so many real milliseconds; true when all was answered. */
  settled(timeoutMs: number): Promise<boolean>;
  stop(): void;
}

interface Station {
  readonly enterprise: Enterprise;
  readonly site: Site;
  readonly result: OutfallResult;
  readonly links: ReadonlyMap<string, DeviceLink>;
}

/**
 * The same province as `simulate` with the same options wrote, going on after its history: every logger, door and
 * power terminal has a TCP connection of its own and sends what is due by the given clock. Computing a dozen outfalls
 * takes a few seconds; do not call it on a thread that must answer.
 */
export function startLive(options: LiveOptions): LiveProvince {
  const liveDays = options.liveDays ?? 30;
  const grid = makeGrid(options.start, options.days + liveDays + 1, options.stepMin ?? 10);
  const until = grid.start + options.days * DAY;
  const horizon = until + liveDays * DAY;
  const stats: LinkStats = { sent: 0, acknowledged: 0, resent: 0, givenUp: 0, connects: 0, commands: 0 };
  const stations = openStations(options, grid, until, stats);
  let sentUntil = options.from ?? until;
  let queue: Due[] = [];
  let loadedUntil = sentUntil;
  const links = stations.flatMap((s) => [...s.links.values()]);
  const pending = (): number => links.reduce((sum, link) => sum + link.pending, 0);
  const tick = (): void => {
    // A clock that jumped by weeks is followed in portions, so that the links' queues stay short.
    if (pending() > 20_000) return;
    const to = Math.min(options.now(), horizon, sentUntil + 2 * DAY);
    if (to <= sentUntil) return;
    if (to > loadedUntil) {
      const next = Math.min(horizon, Math.max(to, loadedUntil + DAY));
      queue = queue.concat(loadFrames(stations, loadedUntil, next));
      loadedUntil = next;
    }
    let k = 0;
    for (let due = queue[k]; due !== undefined && due.at < to; due = queue[++k]) due.link.send([due.frame]);
    queue = queue.slice(k);
    sentUntil = to;
  };
  const timer = setInterval(tick, options.pollMs ?? 200);
  return {
    stats: () => ({ ...stats, devices: links.length, pending: pending(), sentUntil, exhausted: sentUntil >= horizon }),
    records: (from, to) => stations.map((s) => recordsOf(s, from, to)),
    happened: (outfall, from, to) => {
      const labels = stations.filter((s) => s.site.id === outfall).flatMap((s) => s.result.run.ledger.labels);
      return labels.filter((l) => !l.benign && l.start < to && l.end > from);
    },
    settled: async (timeoutMs) => {
      for (const end = performance.now() + timeoutMs; performance.now() < end; ) {
        tick();
        if (pending() === 0 && sentUntil >= Math.min(options.now(), horizon)) return true;
        await new Promise((go) => setTimeout(go, 20));
      }
      return false;
    },
    stop: () => {
      clearInterval(timer);
      for (const link of links) link.close();
    },
  };
}

interface Due extends TimedFrame {
  readonly link: DeviceLink;
}

function openStations(options: LiveOptions, grid: Grid, until: number, stats: LinkStats): Station[] {
  const stations: Station[] = [];
  const link = (): DeviceLink =>
    new DeviceLink({ host: options.host, port: options.port, ...(options.ackTimeoutMs === undefined ? {} : { ackTimeoutMs: options.ackTimeoutMs }) }, stats);
  for (const { enterprise, sites } of walkProvince(options, grid, until)) {
    for (const { site, result } of sites()) {
      stations.push({ enterprise, site, result, links: new Map([site.mn, site.doorMn, site.powerMn].map((mn) => [mn, link()])) });
    }
  }
  return stations;
}

/** Frames of all devices that fall due in the interval, in order. */
function loadFrames(stations: readonly Station[], from: number, to: number): Due[] {
  const due: Due[] = [];
  for (const { result, links } of stations) {
    for (const frame of outfallFrames(result, from, to, true, false)) {
      const link = links.get(/;MN=([0-9A-F]+);/.exec(frame.frame)?.[1] ?? '');
      if (link !== undefined) due.push({ ...frame, link });
    }
  }
  return due.sort((a, b) => a.at - b.at);
}

function recordsOf(s: Station, from: number, to: number): LiveRecords {
  const within = (t: number): boolean => t >= from && t < to;
  const { ledger } = s.result.run;
  return {
    outfall: s.site.id,
    enterprise: s.enterprise.id,
    // A stop announced beforehand is marked when it begins: hours to come cannot be.
    marks: ledger.marks.filter((m) => within(Math.max(m.submitted, m.start))),
    maintenance: ledger.maintenance.filter((m) => within(m.start)),
    orders: ledger.orders.filter((o) => within(o.start)),
    video: ledger.video.filter((v) => within(v.end)),
    calibrations: ledger.calibrations.filter((c) => within(c.end)),
  };
}
