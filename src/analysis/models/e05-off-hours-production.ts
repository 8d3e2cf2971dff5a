import type { Context, Finding, Model, Shift, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { quantileOf } from '../primitives/index.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { metersOf, powerHours } from './parts/power-hours.ts';
import { DAY, HOUR, localDayStart, localHour } from './parts/window.ts';
import { num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remindHours: 1, warnNights: 3, warnDays: 14, banHours: 2,
  /** Hours beside a declared shift in which machines are still warm or already being started. */
  graceHours: 1,
  /** Above the usual level outside the shift, as a share of the way to the usual full load. */
  onShare: 0.25, runShare: 0.2,
  /** A calendar that production leaves on more of its free hours does not describe the plant. */
  misfit: 0.3, freshHours: 30, learnDays: 45, minDays: 10,
} as const satisfies Thresholds;

interface Calendar {
  /** kW above which production counts as on outside the shifts. */
  readonly on: number;
  readonly usual: number;
  /** Share of the free hours of the learning time in which production was on. */
  readonly misfit: number;
}

const weekdayOf = (at: number): number => ((Math.floor((localDayStart(at) + 8 * HOUR) / DAY) + 3) % 7) + 1;

/** Whether an hour lies in a declared shift, a night shift counted to the day it begins on. */
function inShift(shifts: readonly Shift[], at: number, grace: number): boolean {
  const h = localHour(at);
  return shifts.some(({ weekdays, fromHour, toHour }) => {
    const covers = (hour: number, day: number): boolean => weekdays.includes(day) && hour >= fromHour - grace && hour < toHour + grace + (toHour <= fromHour ? 24 : 0);
    return covers(h, weekdayOf(at)) || covers(h + 24, weekdayOf(at - DAY)) || covers(h - 24, weekdayOf(at + DAY));
  });
}

const calendarOf = (ctx: Context, p: typeof DEFAULTS): Calendar | undefined =>
  ctx.daily('E05', () => {
    const end = localDayStart(ctx.now) - 2 * DAY;
    const start = Math.max(end - p.learnDays * DAY, localDayStart(ctx.activeSince) + DAY);
    const kw = powerHours(ctx, 'production', start, Math.max(0, Math.floor((end - start) / HOUR)));
    if (kw.filter(Number.isFinite).length < p.minDays * 24 || ctx.reg.shifts.length === 0) return undefined;
    const free = kw.filter((v, i) => Number.isFinite(v) && !inShift(ctx.reg.shifts, start + i * HOUR, p.graceHours));
    const usual = quantileOf(kw, 0.95);
    const idle = free.length > 0 ? quantileOf(free, 0.5) : 0;
    const on = Math.max(p.runShare * usual, idle + p.onShare * (usual - idle));
    // Where the free hours are usually at full load the middle of them is no idle level.
    const busy = free.filter((v) => v > p.runShare * 2 * usual).length;
    return { on, usual, misfit: free.length === 0 ? 0 : busy / free.length };
  });

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly kwh: number;
}

function stretches(ctx: Context, on: number, from: number, hours: number, counts: (at: number) => boolean): Stretch[] {
  const kw = powerHours(ctx, 'production', from, hours);
  const found: Stretch[] = [];
  let open: { start: number; kwh: number } | undefined;
  for (let i = 0; i <= hours; i++) {
    const at = from + i * HOUR;
    const is = i < hours && (kw[i] as number) > on && counts(at);
    if (is) open = { start: open?.start ?? at, kwh: (open?.kwh ?? 0) + (kw[i] as number) };
    else if (open !== undefined) {
      found.push({ ...open, end: at });
      open = undefined;
    }
  }
  return found;
}

const nightsOf = (list: readonly Stretch[]): number => new Set(list.map((s) => localDayStart(s.start - 12 * HOUR))).size;

function findingOf(s: Stretch, tier: Tier, ban: boolean, nights: number, c: Pick<Calendar, 'usual'>, p: typeof DEFAULTS): Finding {
  const hours = (s.end - s.start) / HOUR;
  const share = s.kwh / hours / c.usual;
  const [zh, en] = ban ? ['责令停产期间', 'while an order to stop was in force'] : ['申报班次之外', 'outside the declared shifts'];
  return {
    factors: [], start: s.start, end: s.end, tier, score: hours / p.remindHours, stats: { hours, kwh: s.kwh, share, nights, ban: ban ? 1 : 0 },
    text: {
      zh: `${spanText(s.start, s.end)} ${zh}生产用电持续 ${num(hours, 0)} 小时，平均为正常负荷的 ${percent(share, 0)}（共 ${num(s.kwh, 0)} kWh）；14 天内此类夜次 ${nights} 个。`,
      en: `Production power ran ${num(hours, 0)} h ${en} (${spanText(s.start, s.end)}), at ${percent(share, 0)} of the usual load (${num(s.kwh, 0)} kWh); ${nights} such nights in 14 days.`,
    },
    clearedBy: [
      { zh: '临时加班或班次变更尚未申报：看排班与考勤', en: 'Overtime or a changed shift not yet declared: see rosters' },
      { zh: '电表还带有照明、保温等辅助负荷', en: 'The meter also feeds lighting or heating' },
    ],
  };
}

/** `model:E05` — production in hours that were declared or ordered to be free of it. */
export const e05: Model = {
  id: 'E05', version: '1.0.0', title: { zh: '隐蔽生产', en: 'Off-hours production' },
  family: 'power', trigger: 'day', media: ['gas', 'water'], standsAlone: true, params: DEFAULTS, legalHooks: ['H3', 'H7'],
  about: {
    zh: '申报班次（前后各留 1 小时）之外，或责令停产期间，生产用电高于本厂班外常态 25% 满负荷差且不低于满负荷 20%。班外时间三成以上都在生产的，说明班次登记不符，不判定。',
    en: 'Outside the declared shifts (an hour of grace on each side) or under an order to stop, production power lies above the usual idle level by a quarter of the way to full load and above 20 % of full load. Where more than 30 % of the free hours are worked as a habit the registered calendar does not fit, and nothing is judged.',
    source: 'E05, a method of this platform',
  },
  minimum: { days: 13, needs: ['productionMeter', 'shifts'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (metersOf(ctx, 'production').length === 0) return cannotTell('no production meter', ['production meter']);
    const to = localDayStart(ctx.now) + Math.floor((ctx.now - localDayStart(ctx.now)) / HOUR) * HOUR;
    const from = to - p.freshHours * HOUR;
    const bans = ctx.orders.filter((o) => o.requiredCut >= 0.99 && o.start < ctx.now);
    const calendar = calendarOf(ctx, p);
    if (calendar === undefined && bans.length === 0) return cannotTell('no declared shifts, or less than ten days of power', ['shifts', 'power history']);
    const usual = calendar?.usual ?? metersOf(ctx, 'production').reduce((sum, m) => sum + m.ratedKw, 0);
    const on = calendar?.on ?? p.runShare * usual;
    const banned = stretches(ctx, on, from, p.freshHours, (at) => bans.some((o) => at >= o.start + 2 * HOUR && at + HOUR <= o.end));
    const hits = banned.filter((s) => s.end - s.start > p.banHours * HOUR).map((s) => findingOf(s, 'WORK_ORDER', true, 0, { usual }, p));
    if (calendar === undefined || calendar.misfit > p.misfit) {
      if (hits.length > 0) return conclude(hits);
      return calendar === undefined ? notMet('no ban was broken; shifts are not declared') : cannotTell('the declared shifts do not describe this plant', ['shifts']);
    }
    const free = (at: number): boolean => !inShift(ctx.reg.shifts, at, p.graceHours);
    const days = Math.min(p.warnDays * 24, Math.max(0, Math.floor((to - ctx.activeSince) / HOUR)));
    const all = stretches(ctx, on, to - days * HOUR, days, free).filter((s) => s.end - s.start >= p.remindHours * HOUR);
    const nights = nightsOf(all);
    const found = all.filter((s) => s.end > from).map((s) => findingOf(s, nights >= p.warnNights ? 'WARN' : 'REMIND', false, nights, calendar, p));
    return hits.length + found.length === 0 ? notMet() : conclude([...hits, ...found]);
  },
};
