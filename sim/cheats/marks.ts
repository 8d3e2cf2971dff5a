import { addLn, choosePollutants, dirty, round, type KindTable } from '../event.ts';
import { F, M } from '../devices/flags.ts';
import { HOUR, timeAt } from '../grid.ts';
import { at } from '../processes.ts';
import { flagAll, measuredAtLimit, values } from './reading.ts';

const BOTH = ['gas', 'water'] as const;

/** Family "marks": declared states that excuse what the plant did. */
export const MARK_CHEATS = {
  stop_mark_running: {
    media: BOTH, hours: [12, 96], tier: 1,
    influence: (e, before) => {
      e.factors = e.site.pollutants.map((p) => p.factor);
      dirty(e, before, [1.3, 1.9]);
    },
    forge: (e, run) => {
      run.ledger.marks.push({ kind: 'stop', start: e.start, end: e.end, submitted: e.start - e.random.uniform(-1, 6) * HOUR, reason: '计划停运' });
      flagAll(run, e.from, e.to, F);
    },
  },
  retro_mark: {
    media: BOTH, hours: [2, 8], startHour: [20, 28], tier: 1,
    influence: (e, before) => {
      choosePollutants(e, 1, 2);
      dirty(e, before, [2, 5]);
    },
    forge: (e, run) => {
      const kind = e.random.pick(['stop', 'maintenance'] as const);
      const submitted = e.end + e.random.uniform(5, 10) * HOUR;
      e.params['mark'] = kind;
      run.ledger.marks.push({
        kind, start: e.start, end: e.end, submitted, reason: kind === 'stop' ? '夜间临时停运（补报）' : '仪器维护（补报）',
      });
    },
  },
  mark_abuse: {
    media: ['gas'], hours: [480, 1080], tier: 2,
    influence: (e, before) => {
      choosePollutants(e, 1, 1);
      // Only so dirty that hours near the limit become common, as a plant with a worn catalyst is.
      const share = e.site.pollutants.find((p) => p.factor === e.factors[0])?.share ?? 0.6;
      addLn(e, before, Math.log(0.85 / share), e.factors, e.from, e.to);
    },
    forge: (e, run) => {
      const per = run.grid.perHour;
      let marked = 0;
      for (let h = Math.ceil(e.from / per); (h + 1) * per <= e.to; h++) {
        const factor = e.factors[0];
        if (factor === undefined) break;
        let mean = 0;
        for (let i = h * per; i < (h + 1) * per; i++) mean += at(values(run, factor), i) / measuredAtLimit(run, factor, i) / per;
        if (mean <= 0.9 || !e.random.chance(0.8)) continue;
        const hours = e.random.int(1, 3);
        const start = timeAt(run.grid, h * per);
        run.ledger.marks.push({
          kind: 'maintenance', start, end: start + hours * HOUR, submitted: start + e.random.uniform(0.2, 4) * HOUR, reason: '仪器维护保养',
        });
        flagAll(run, h * per, (h + hours) * per, M);
        marked++;
        h += hours - 1;
      }
      e.params['marks'] = marked;
      e.params['level'] = round(0.85);
      if (marked < 5) e.void = true;
    },
  },
} as const satisfies KindTable;
