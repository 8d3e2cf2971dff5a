import { quantileOf } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, marksOf, suppress } from './parts/explanations.ts';
import { O2 } from './parts/factors.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { metersOf, powerHours } from './parts/power-hours.ts';
import { NORMAL, OFF, RUN, stateAt } from './parts/signal.ts';
import { clampedIndex, DAY, HOUR, localDayStart } from './parts/window.ts';
import { num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remindHours: 2, warnHours: 4, workOrderHours: 8, abruptHours: 3,
  /** Share of P95 of production power: below it a ramp or a warm standby looks the same. */
  productionShare: 0.5,
  /** Oxygen of an abrupt stop: from its run value to air within two steps. */
  airOxygen: 20, runOxygen: 17, minDays: 10, learnDays: 30, lookBackHours: 96, rampHours: 3,
} as const satisfies Thresholds;

/** 95 % point of hourly production power. */
const fullPower = (ctx: Context, p: typeof DEFAULTS): number | undefined =>
  ctx.daily('D07', () => {
    const end = localDayStart(ctx.now);
    const start = Math.max(end - p.learnDays * DAY, ctx.state.t0);
    const hours = Math.round((end - start) / HOUR);
    return hours < p.minDays * 24 ? undefined : quantileOf(powerHours(ctx, 'production', start, hours), 0.95);
  });

/** Stack data show air and cold while the meters show real production; not a ramp, not instrument work. */
function contradicts(ctx: Context, at: number, kw: number, full: number, p: typeof DEFAULTS): boolean {
  if (stateAt(ctx, at, 'byData') !== OFF || stateAt(ctx, at, 'byPower') !== RUN || !(kw >= p.productionShare * full)) return false;
  const o2 = ctx.hour(O2);
  return o2 === undefined || o2.flag[clampedIndex(o2, at)] === NORMAL;
}

/** A real stop ramps its load down first: was power falling in the hours before, or did oxygen simply jump to air? */
function abrupt(ctx: Context, start: number, p: typeof DEFAULTS): boolean {
  const o2 = ctx.step(O2);
  if (o2 === undefined) return false;
  const power = powerHours(ctx, 'production', start - p.rampHours * HOUR, 2 * p.rampHours);
  const before = Math.max(...power.slice(0, p.rampHours));
  if (power.slice(p.rampHours).some((kw) => kw < 0.7 * before)) return false;
  const near = clampedIndex(o2, start + HOUR);
  for (let i = Math.max(2, clampedIndex(o2, start - HOUR)); i < near; i++) {
    if ((o2.avg[i - 2] as number) < p.runOxygen && (o2.avg[i] as number) > p.airOxygen) return true;
  }
  return false;
}

/** `model:D07` — the stack looks stopped, the power does not. */
export const d07: Model = {
  id: 'D07', version: '1.0.0',
  title: { zh: '似停非停', en: 'Looks stopped, is not' },
  family: 'emission', trigger: 'tick', media: ['gas'], standsAlone: true, windowHours: 6,
  params: DEFAULTS, legalHooks: ['H3'],
  about: {
    zh: '烟气数据（含氧量、流量、烟温投票）显示停运，而生产用电不低于 P95 的一半；另看含氧量是否在两个步长内由运行值跳到空气值而负荷未先下降。',
    en: 'Stack data vote "stopped" (oxygen, flow, temperature) while production power is at least half of its P95; and whether oxygen jumped from its run value to air within two steps without the load falling first.',
    source: 'D07, a method of this platform: U03 state of the plant',
  },
  minimum: { days: 10, needs: ['oxygen', 'productionMeter'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (metersOf(ctx, 'production').length === 0) return cannotTell('no production meter', ['production meter']);
    if (ctx.hour(O2) === undefined) return cannotTell('no oxygen', [O2]);
    const full = fullPower(ctx, p);
    if (full === undefined) return cannotTell('not enough power history', ['10 days of power']);
    const last = Math.floor(ctx.now / HOUR) * HOUR - HOUR;
    if (stateAt(ctx, last, 'byData') !== OFF || stateAt(ctx, last, 'byPower') !== RUN) return notMet();
    const power = powerHours(ctx, 'production', last - (p.lookBackHours - 1) * HOUR, p.lookBackHours);
    let hours = 0;
    while (hours < p.lookBackHours && contradicts(ctx, last - hours * HOUR, power[p.lookBackHours - 1 - hours] as number, full, p)) hours++;
    if (hours < p.remindHours) return notMet();
    const start = last - (hours - 1) * HOUR;
    const end = last + HOUR;
    const sudden = abrupt(ctx, start, p);
    const declared = marksOf(ctx, 'STOP').some((m) => m.start < end && m.end > start);
    const tier: Tier = hours >= p.workOrderHours || (hours >= p.abruptHours && sudden && !declared) ? 'WORK_ORDER' : hours >= p.warnHours ? 'WARN' : 'REMIND';
    const kw = power[p.lookBackHours - 1] as number;
    const finding: Finding = {
      factors: [O2], start, end, tier, score: hours / p.remindHours,
      stats: { hours, productionKw: kw, fullKw: full, abrupt: sudden ? 1 : 0, declared: declared ? 1 : 0 },
      text: {
        zh: `${spanText(start, end)} 烟气数据似已停运，生产用电却为 ${num(kw, 0)} kW（P95 的 ${percent(kw / full, 0)}），持续 ${hours} 小时${sudden ? '，含氧量骤升至空气值而负荷未先下降' : ''}${declared ? '' : '，且未申报停运'}。`,
        en: `The stack looked stopped for ${hours} h (${spanText(start, end)}) while production drew ${num(kw, 0)} kW (${percent(kw / full, 0)} of P95)${sudden ? '; oxygen jumped to air without the load falling first' : ''}${declared ? '' : '; no stop was declared'}.`,
      },
      clearedBy: [
        { zh: '生产电表含公辅设备；热备用', en: 'The production meter also feeds auxiliaries; hot standby' },
        { zh: '多台炉共用电表而仅其中一台停运', en: 'Several furnaces on one meter, of which one stands' },
      ],
    };
    return conclude([suppress(finding, explain(ctx, { start: start - 2 * HOUR, end }, [O2], ['filed-change', 'instrument-work', 'site-blackout']))]);
  },
};
