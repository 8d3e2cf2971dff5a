import { DAY, floorDay, HOUR } from './grid.ts';
import type { LiveOptions } from './live.ts';
import type { InjectRequest } from './plan.ts';
import type { SimulateOptions } from './simulate.ts';

type Province = Pick<SimulateOptions, 'seed' | 'outfalls' | 'days' | 'start' | 'stepMin' | 'inject' | 'benign'>;

/** History a demonstration begins with; many models need 30 days of their own (so at least 60). */
export const DEMO_DAYS = 62;
export const DEMO_OUTFALLS = 8;

/**
 * The demonstration province: two coal plants, two waste incinerators, a sewage works and a plating shop, with every
 * cheat placed by rule in its history.
 *
 * @param firstStart when the demonstration was started for the first time; history ends at that day's 00:00
 */
export const demoProvince = (firstStart: number): Province => ({
  seed: 'mingjian-1',
  outfalls: DEMO_OUTFALLS,
  days: DEMO_DAYS,
  start: floorDay(firstStart) - DEMO_DAYS * DAY,
  stepMin: 10,
  inject: 'default',
  benign: true,
});

/** What goes wrong while people watch: hours after the end of history, so that running the clock always shows something. */
const LIVE_STORY: readonly { readonly kind: string; readonly outfall: string; readonly after: number; readonly hours: number }[] = [
  { kind: 'exceed_sustained', outfall: 'QY0001-DA001', after: 9, hours: 9 },
  { kind: 'treatment_off', outfall: 'QY0002-DA001', after: 14, hours: 16 },
  { kind: 'retro_mark', outfall: 'QY0005-DA001', after: 22, hours: 6 },
  { kind: 'sample_swap', outfall: 'QY0003-DW001', after: 34, hours: 72 },
  { kind: 'stop_mark_running', outfall: 'QY0006-DA001', after: 50, hours: 30 },
  { kind: 'value_rewrite', outfall: 'QY0001-DA001', after: 75, hours: 48 },
  { kind: 'door_tamper', outfall: 'QY0005-DA001', after: 98, hours: 96 },
  { kind: 'air_dilution', outfall: 'QY0002-DA001', after: 120, hours: 40 },
  { kind: 'treatment_idle', outfall: 'QY0003-DW001', after: 170, hours: 60 },
  { kind: 'exceed_sustained', outfall: 'QY0006-DA001', after: 216, hours: 12 },
];

/** Requests for the time after history, in epoch milliseconds. */
export const demoStory = (province: Province): InjectRequest[] => {
  const end = province.start + province.days * DAY;
  return LIVE_STORY.map(({ kind, outfall, after, hours }) => ({ kind, outfall, at: end + after * HOUR, hours }));
};

/** Options with which `startLive` goes on where `simulate(demoProvince(…))` ended. */
export const demoLive = (firstStart: number, link: Pick<LiveOptions, 'host' | 'port' | 'now'> & { readonly from?: number }): LiveOptions => {
  const province = demoProvince(firstStart);
  return { ...province, liveInject: demoStory(province), liveDays: 60, ...link };
};
