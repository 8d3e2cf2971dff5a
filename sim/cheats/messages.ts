import { addLn, choosePollutants, round, type Episode, type KindTable } from '../event.ts';
import { DAY, HOUR, indexAt, timeAt } from '../grid.ts';
import type { FactorCode } from '../plants/industry.ts';
import { at } from '../processes.ts';
import type { Random } from '../random.ts';
import type { Hours, Run } from '../world.ts';
import { limitOf } from './reading.ts';

const BOTH = ['gas', 'water'] as const;

/** Family "messages": frames lost at the right moment, sent anew, or stamped with another hour. */
export const MESSAGE_CHEATS = {
  strategic_gap: {
    media: BOTH, hours: [192, 384], tier: 1,
    influence: (e, before) => {
      choosePollutants(e, 1, 2);
      const spells = drawSpells(e, e.random.int(4, 10), [3, 8], [2, 4]);
      e.params['spells'] = spells;
      for (const s of spells) addLn(e, before, Math.log(s.dirty), e.factors, indexAt(e.grid, s.start), indexAt(e.grid, s.end));
    },
    transmit: (e, run) => {
      for (const s of e.params['spells'] as Spell[]) {
        if (!e.random.chance(0.85)) continue;
        lose(run, indexAt(run.grid, s.start), indexAt(run.grid, s.end));
      }
    },
  },
  value_rewrite: {
    media: ['gas'], hours: [24, 96], tier: 1,
    influence: (e, before) => {
      const [factor] = choosePollutants(e, 1, 1);
      const share = e.site.pollutants.find((p) => p.factor === factor)?.share ?? 0.6;
      // Spells are multiples of the limit here: without hours above it there is nothing to rewrite.
      for (const s of drawSpells(e, e.random.int(2, 5), [2, 6], [1.2, 1.9])) {
        addLn(e, before, Math.log(s.dirty / share), e.factors, indexAt(e.grid, s.start), indexAt(e.grid, s.end));
      }
    },
    transmit: rewriteHours,
  },
  clock_shift: {
    media: BOTH, hours: [24, 120], tier: 1,
    influence: (e, before) => {
      choosePollutants(e, 1, 2);
      addLn(e, before, Math.log(e.random.uniform(1.5, 2.4)), e.factors, e.from, e.to);
    },
    transmit: (e, run) => {
      // Whole hours: a logger cuts its steps and hours by its own wrong clock, so DataTime stays on the grid.
      const shift = e.random.int(1, 6) * HOUR;
      e.params['shiftHours'] = round(shift / HOUR);
      for (let i = e.from; i < Math.min(e.to, run.grid.n); i++) run.transport.clock[i] = -shift;
      run.ledger.marks.push({
        kind: 'maintenance', start: e.start - shift, end: e.start + 4 * HOUR, submitted: e.start - shift - HOUR, reason: '仪器检修',
      });
    },
  },
} as const satisfies KindTable;

interface Spell {
  readonly start: number;
  readonly end: number;
  readonly dirty: number;
}

/** Dirty spells inside the event, spread over it so that they do not touch. */
function drawSpells(e: Episode, count: number, hours: readonly [number, number], dirt: readonly [number, number]): Spell[] {
  const slot = (e.end - e.start) / count;
  return Array.from({ length: count }, (_, k) => spellIn(e.random, e.start + k * slot, slot, hours, dirt));
}

function spellIn(random: Random, from: number, slot: number, hours: readonly [number, number], dirt: readonly [number, number]): Spell {
  const length = Math.min(random.uniform(...hours) * HOUR, 0.8 * slot);
  const start = Math.round(from + random.uniform(0, slot - length));
  return { start, end: Math.round(start + length), dirty: round(random.uniform(...dirt)) };
}

/** Frames of these steps and of the hours they touch never arrive. */
export function lose(run: Run, from: number, to: number): void {
  const { minute, hour } = run.transport;
  for (let i = from; i < Math.min(to, run.grid.n); i++) {
    minute[i] = Number.NaN;
    hour[Math.floor(i / run.grid.perHour)] = Number.NaN;
  }
}

/** Hours above the limit are sent truthfully, then again with numbers below it. */
function rewriteHours(e: Episode, run: Run, hours: Hours): void {
  const per = run.grid.perHour;
  const factor = e.factors[0];
  if (factor === undefined) return;
  const limit = limitOf(run, factor);
  const hour = hours.channels.get(factor);
  let count = 0;
  for (let h = Math.ceil(e.from / per); hour !== undefined && (h + 1) * per <= Math.min(e.to, run.grid.n); h++) {
    const zs = at(hour.zsAvg, h);
    if (!(zs > limit) || Number.isNaN(at(run.transport.hour, h))) continue;
    const down = (e.random.uniform(0.6, 0.92) * limit) / zs;
    const again = timeAt(run.grid, (h + 1) * per) + e.random.uniform(2, 24) * HOUR;
    run.transport.extra.push({ at: again, segment: { kind: 'hour', index: h, factors: new Map<FactorCode, number>([[factor, down]]) } });
    e.end = Math.max(e.end, Math.min(again, e.start + 5 * DAY));
    count++;
  }
  e.params['rewritten'] = count;
  if (count === 0) e.void = true;
}
