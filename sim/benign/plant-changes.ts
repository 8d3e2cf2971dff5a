import { PRODUCTION_IDLE } from '../plants/power.ts';
import { addLn, round, type KindTable } from '../event.ts';
import { HOUR, hourOfDay, timeAt } from '../grid.ts';

const BOTH = ['gas', 'water'] as const;
/** Declared hours of emptying, local. */
const NIGHT = { from: 22, to: 6 } as const;

/** Honest changes of the plant that look like something else. */
export const PLANT_LOOKALIKES = {
  fuel_switch: {
    media: ['gas'], industries: ['coal_power', 'boiler'], hours: [96, 240], tier: null,
    influence: (e, before) => {
      const share = e.random.uniform(0.55, 0.75);
      e.params['share'] = round(share);
      e.factors = ['a21026'];
      addLn(e, before, Math.log(share), e.factors, e.from, e.to);
    },
    forge: (e, run) => {
      run.ledger.maintenance.push({ start: e.start, end: e.end, what: 'fuel_switch', factors: e.factors });
    },
  },
  low_load: {
    media: ['gas'], industries: ['coal_power', 'boiler', 'sinter'], hours: [6, 30], tier: null,
    influence: (e, before) => {
      const load = e.random.uniform(0.35, 0.45);
      e.params['load'] = round(load);
      before.influence.load.fill(load, e.from, e.to);
    },
  },
  order_obeyed: {
    media: BOTH, hours: [24, 72], tier: null, alone: true,
    eligible: (site) => site.industry.key !== 'municipal' && site.industry.key !== 'electroplating',
    influence: (e, before) => {
      const cut = e.random.uniform(0.3, 0.5);
      e.params['cut'] = round(cut);
      // The order is measured on production power, part of which does not follow load (power.ts): load goes lower.
      const usual = PRODUCTION_IDLE + (1 - PRODUCTION_IDLE) * e.site.industry.load.base;
      const load = (0.97 * (1 - cut) * usual - PRODUCTION_IDLE) / (1 - PRODUCTION_IDLE);
      before.influence.load.fill(Math.max(0.1, load), Math.max(0, e.from - 2), e.to);
    },
    forge: (e, run) => {
      run.ledger.orders.push({ start: e.start, end: e.end, cut: Number(e.params['cut']), what: '重污染天气应急减排' });
    },
  },
  declared_tank_schedule: {
    media: ['water'], eligible: (site) => site.industry.water?.mechanism === 'tank', hours: [120, 336], tier: null, running: false,
    influence: (e, before) => {
      e.factors = ['w00000'];
      e.params['window'] = `${NIGHT.from}-${NIGHT.to}`;
      for (let i = e.from; i < Math.min(e.to, e.grid.n); i++) {
        const h = hourOfDay(timeAt(e.grid, i));
        before.influence.held[i] = h >= NIGHT.from || h < NIGHT.to ? 0 : 1;
      }
    },
    forge: (e, run) => {
      run.ledger.maintenance.push({ start: e.start, end: e.end, what: 'tank_schedule_filed', factors: e.factors });
    },
  },
  steady_plant: {
    media: BOTH, hours: [240, 480], tier: null,
    influence: (e, before) => {
      before.influence.steady.fill(1, e.from, e.to);
    },
  },
  ageing: {
    media: ['gas'], hours: [720, 1440], tier: null, running: false,
    influence: (e, before) => {
      const slope = e.random.uniform(1.1, 1.25);
      e.params['slope'] = round(slope);
      e.factors = e.site.pollutants.slice(1, 2).map((p) => p.factor);
      const steps = e.to - e.from;
      for (const factor of e.factors) {
        let extra = before.influence.ln.get(factor);
        if (extra === undefined) before.influence.ln.set(factor, (extra = new Float64Array(e.grid.n)));
        for (let i = e.from; i < e.grid.n; i++) extra[i] = (extra[i] ?? 0) + Math.log(slope) * Math.min(1, (i - e.from) / steps);
      }
    },
  },
  site_blackout: {
    media: BOTH, hours: [1.5, 9], tier: null, alone: true,
    influence: (e, before) => {
      before.influence.dark.fill(1, e.from, e.to);
    },
    forge: (e, run) => {
      run.ledger.video.push({ start: e.start, end: e.end, camera: `${run.site.id}-C1`, event: 'offline' });
      run.ledger.maintenance.push({ start: e.start, end: e.end, what: 'power_cut_notice', factors: [] });
      for (const d of run.ledger.doors) if (d.open < e.end && d.close > e.start) d.close = Math.max(d.open, e.start);
    },
  },
  odd_door: {
    media: BOTH, hours: [0.2, 0.8], tier: null, running: false,
    forge: (e, run) => {
      const unknown = e.random.chance(0.5);
      e.params['unregistered'] = unknown;
      run.ledger.doors.push({
        open: e.start, close: e.end, method: 'password',
        person: unknown ? `UNREG-${e.random.int(100, 999)}` : (run.site.persons.own[0] ?? 'EN'), purpose: 'unknown',
      });
    },
    startHour: [18, 30],
  },
  resend: {
    media: BOTH, hours: [6, 30], tier: null,
    transmit: (e, run) => {
      const again = e.random.uniform(0.5, 6) * HOUR;
      const identical = e.random.chance(0.7);
      e.params['identical'] = identical;
      e.factors = run.site.pollutants.map((p) => p.factor);
      const per = run.grid.perHour;
      for (let h = Math.ceil(e.from / per); (h + 1) * per <= Math.min(e.to, run.grid.n); h++) {
        if (Number.isNaN(run.transport.hour[h] ?? Number.NaN)) continue;
        // A second average differs a little in every factor and in both directions; a forger's differs downwards in one.
        const factors = new Map(identical ? [] : e.factors.map((f) => [f, 1 + e.random.normal(0, 0.012)] as const));
        run.transport.extra.push({ at: e.end + again + h * 900, segment: { kind: 'hour', index: h, factors } });
      }
    },
  },
} as const satisfies KindTable;
