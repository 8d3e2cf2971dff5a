import { fallTo, hasFurnace, lowMeans } from '../cheats/furnace.ts';
import { letIn, showSalt } from '../cheats/drains.ts';
import { rewrite } from '../cheats/reading.ts';
import { round, type KindTable } from '../event.ts';
import { HOUR } from '../grid.ts';

/** Honest reasons for a cold reading of a furnace and for water in a dry drain (false alarms of B08 and D16). */
export const FURNACE_AND_DRAIN_LOOKALIKES = {
  /** One mean under the line: the law allows five a day. */
  furnace_dip: {
    media: ['gas'], eligible: hasFurnace, hours: [0.05, 0.16], tier: null,
    influence: (e, before) => {
      e.factors = ['a01901'];
      before.influence.furnace.fill(fallTo(e.site, e.random.uniform(822, 838)), e.from, e.to);
    },
    forge: (e, run) => {
      const { most } = lowMeans(e, run);
      e.params['lowMeans'] = most;
      if (most === 0) e.void = true;
    },
  },
  /** A hopper is blocked or a tube leaks: told as a plant fault, no longer than the four hours a fault may last. */
  furnace_fault: {
    media: ['gas'], eligible: hasFurnace, hours: [1, 3.6], tier: null,
    influence: (e, before) => {
      e.factors = ['a01901'];
      before.influence.furnace.fill(fallTo(e.site, e.random.uniform(700, 820)), e.from, e.to);
    },
    forge: (e, run) => {
      run.ledger.marks.push({
        kind: 'plant_fault', start: e.start - 0.2 * HOUR, end: e.end + 0.2 * HOUR, submitted: e.start + e.random.uniform(0.2, 3) * HOUR, reason: '给料机故障，投运辅助燃烧器',
      });
    },
  },
  /** Slag on the thermocouples: they read low, the control system does not. */
  thermocouple_slag: {
    media: ['gas'], eligible: hasFurnace, hours: [4, 24], tier: null,
    forge: (e, run) => {
      e.factors = ['a01901'];
      const low = fallTo(e.site, e.random.uniform(780, 840));
      const told = e.random.chance(0.6);
      Object.assign(e.params, { low: round(low), told });
      rewrite(e, run, 'a01901', (x) => x + low);
      if (!told) return;
      run.ledger.marks.push({
        kind: 'thermocouple_fault', start: e.start, end: e.end, submitted: e.start + e.random.uniform(1, 12) * HOUR, reason: '热电偶结焦，已安排清理更换',
      });
    },
  },
  /** A hydrant is tried out and the yard hosed down; the test is filed. */
  hydrant_test: {
    media: ['water'], drain: true, hours: [0.4, 0.8], startHour: [9, 16], tier: null, running: false,
    influence: (e, before) => letIn(e, before.influence.flow, [2, 5]),
    forge: (e, run) => {
      showSalt(e, run, [250, 450]);
      run.ledger.maintenance.push({ start: e.start, end: e.end, what: 'hydrant_test', factors: e.factors });
    },
  },
} as const satisfies KindTable;
