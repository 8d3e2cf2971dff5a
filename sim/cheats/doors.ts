import { choosePollutants, dirty, round, type KindTable } from '../event.ts';
import { openDoor, rewrite } from './reading.ts';

/** Family "hands on the device": a step in the readings right after somebody unknown was in the station. */
export const DOOR_CHEATS = {
  door_tamper: {
    media: ['gas', 'water'], hours: [48, 240], tier: 1,
    influence: (e, before) => {
      choosePollutants(e, 1, 2);
      dirty(e, before, [1.3, 1.9]);
    },
    forge: (e, run) => {
      const ln = e.random.uniform(-0.6, -0.25);
      e.params['ln'] = round(ln);
      openDoor(e, run, e.start - e.random.uniform(5, 30) * 60_000);
      // The step is measured against what was shown before: the dirt behind it is taken out as well.
      const factor = Math.exp(ln) / Number(e.params['dirty']);
      for (const code of e.factors) rewrite(e, run, code, (x) => x * factor);
    },
  },
} as const satisfies KindTable;
