import { DAY, dataTime, endOf, floorDay, HOUR, MINUTE, weekdayOf, type Grid } from '../grid.ts';
import { arrivals } from '../processes.ts';
import { randomStream } from '../random.ts';
import type { DoorMethod, Ledger, Site } from '../world.ts';
import { toFrames } from './frames.ts';

/** Ordinary visits and video gaps of a station; calibrations open the door too. */
export function planVisits(seed: string, site: Site, grid: Grid, ledger: Ledger): void {
  const random = randomStream(seed, site.id, 'door-week');
  const visitor = (at: number, own: boolean): string =>
    randomStream(seed, site.id, `door-person-${Math.round(at)}`).pick(own ? site.persons.own : site.persons.operator);
  for (let day = floorDay(grid.start); day < endOf(grid); day += DAY) {
    if (weekdayOf(day) !== 0) continue;
    const open = day + random.int(0, 4) * DAY + Math.min(17, Math.max(7.5, random.normal(10.5, 1.5))) * HOUR;
    visit(seed, site, grid, ledger, open, random.uniform(25, 90), visitor(open, false), 'operation_visit');
  }
  const extra = randomStream(seed, site.id, 'door-extra-length');
  const own = randomStream(seed, site.id, 'door-own-length');
  for (const at of arrivals(randomStream(seed, site.id, 'door-extra'), grid.start, endOf(grid), 0.05)) {
    visit(seed, site, grid, ledger, at, extra.uniform(10, 60), visitor(at, false), 'operation_visit');
  }
  for (const at of arrivals(randomStream(seed, site.id, 'door-own'), grid.start, endOf(grid), 0.02)) {
    visit(seed, site, grid, ledger, at, own.uniform(3, 25), visitor(at, true), 'unit_visit');
  }
  for (const c of ledger.calibrations) {
    if (c.kind === 'gas') visit(seed, site, grid, ledger, c.start - 6 * MINUTE, (c.end - c.start) / MINUTE + 12, visitor(c.start, false), 'calibration');
  }
  const video = randomStream(seed, site.id, 'video-length');
  for (const start of arrivals(randomStream(seed, site.id, 'video-offline'), grid.start, endOf(grid), 0.02)) {
    ledger.video.push({ start, end: start + video.exponential(1.5 * HOUR), camera: `${site.id}-C1`, event: 'offline' });
  }
}

function visit(seed: string, site: Site, grid: Grid, ledger: Ledger, open: number, minutes: number, who: string, purpose: string): void {
  if (open < grid.start) return;
  const draw = randomStream(seed, site.id, `door-${Math.round(open)}`);
  const close = open + minutes * MINUTE;
  ledger.doors.push({ open, close, method: draw.weighted(['face', 'ic_card', 'fingerprint'] as const, [5, 3, 2]), person: who, purpose });
  if (draw.chance(0.9)) ledger.video.push({ start: open, end: close, camera: `${site.id}-C1`, event: 'person' });
}

/** i32004 of the Ningxia door profile. */
const METHOD_CODE = { face: '1', ic_card: '2', fingerprint: '3', password: '4' } as const satisfies Record<DoorMethod, string>;

export interface TimedFrame {
  readonly at: number;
  readonly frame: string;
}

/**
 * ST 81 frames of a station: on every change and every `doorBeatMin` minutes. i32001 = 1 means open, as Ningxia uses it;
 * nationally the code means the device's own state, so a receiver needs the regional profile.
 */
export function doorFrames(seed: string, site: Site, grid: Grid, ledger: Ledger, dark: Uint8Array): TimedFrame[] {
  const events = ledger.doors.flatMap((d) => [{ at: d.open, open: true, visit: d }, { at: d.close, open: false, visit: d }]);
  events.sort((a, b) => a.at - b.at);
  const jitter = randomStream(seed, site.id, 'door-jitter');
  const beat = site.doorBeatMin * MINUTE;
  const frames: TimedFrame[] = [];
  let k = 0;
  let current: (typeof events)[number] | undefined;
  const send = (t: number): void => {
    if (t >= endOf(grid) || dark[Math.floor((t - grid.start) / grid.stepMs)] === 1) return;
    frames.push({ at: Math.round(t + jitter.uniform(1, 6) * 1000), frame: doorFrame(site, t, current) });
  };
  for (let t = grid.start + jitter.uniform(0, beat); t < endOf(grid); t += beat) {
    for (let e = events[k]; e !== undefined && e.at <= t; e = events[++k]) {
      current = e;
      send(e.at);
    }
    send(t);
  }
  return frames;
}

function doorFrame(site: Site, t: number, last: { open: boolean; visit: Ledger['doors'][number] } | undefined): string {
  const open = last?.open === true;
  const items = [`i32001-Rtd=${open ? 1 : 0}`, 'i32002-Rtd=0', 'i32003-Rtd=0'];
  if (open && last !== undefined) {
    items.push(`i32004-Rtd=${METHOD_CODE[last.visit.method]}`, `i32005-Rtd=${last.visit.person}`, `i32006-Rtd=${dataTime(last.visit.open)}`);
  }
  return toFrames({ st: '81', cn: '2011', mn: site.doorMn, sentAt: t, dataTime: dataTime(t), items })[0] ?? '';
}
