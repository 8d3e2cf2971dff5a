import type { FactorCode } from '#kernel';
import { type Context, type Finding, type HourSeries, type Model, type Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, suppress, type Suppression } from './parts/explanations.ts';
import { exceeds, judgedValue, limitFor } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { OFF, stateAt } from './parts/signal.ts';
import { clampedIndex, DAY, HOUR, localDayStart } from './parts/window.ts';
import { namesEn, namesZh, num, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remindDays: 1, warnDays: 3, workOrderDays: 15,
  /** Running hours with other factors' data that make a day count. */
  minHours: 12,
  /** Hours over the limit in the day before it disappeared. */
  exceedHours: 2, exceedWithinHours: 24,
} as const satisfies Thresholds;

const arrived = (series: HourSeries | undefined, t: number): boolean => {
  if (series === undefined) return false;
  const i = Math.floor((t - series.t0) / HOUR);
  return i >= 0 && i < series.length && Number.isFinite(series.arrivedAt[i] as number) && Number.isFinite(series.avg[i] as number);
};

type DayVerdict = 'present' | 'absent' | 'silent';

/** Whether a factor was reported on a local day on which the plant ran and other factors came. */
function dayOf(ctx: Context, factor: FactorCode, start: number, others: readonly HourSeries[], p: typeof DEFAULTS): DayVerdict {
  const own = ctx.hour(factor);
  let hours = 0;
  for (let t = start; t < start + DAY; t += HOUR) {
    if (arrived(own, t)) return 'present';
    if (stateAt(ctx, t) !== OFF && others.some((s) => arrived(s, t))) hours++;
  }
  return hours >= p.minHours ? 'absent' : 'silent';
}

interface Absence {
  readonly start: number;
  readonly days: number;
  /** Whether the factor had been reported before, within the window. */
  readonly reportedBefore: boolean;
}

/** Running days without the factor, counted back from yesterday; stops neither count nor end it. */
function absenceOf(ctx: Context, factor: FactorCode, p: typeof DEFAULTS): Absence | undefined {
  const others = ctx.factors.filter((f) => f !== factor).flatMap((f) => ctx.hour(f) ?? []);
  const first = Math.max(ctx.state.t0, ctx.activeSince);
  let days = 0;
  let start = localDayStart(ctx.now);
  for (let day = start - DAY; day >= first; day -= DAY) {
    const verdict = dayOf(ctx, factor, day, others, p);
    if (verdict === 'present') return days === 0 ? undefined : { start, days, reportedBefore: true };
    if (verdict === 'absent') {
      days++;
      start = day;
    }
  }
  return days === 0 ? undefined : { start, days, reportedBefore: false };
}

/** The factor went away right after it had been over its limit. */
function afterExceedance(ctx: Context, factor: FactorCode, p: typeof DEFAULTS, start: number): number {
  const limit = limitFor(ctx, factor);
  const series = ctx.hour(factor);
  if (limit === undefined || limit.period === 'instant' || series === undefined) return 0;
  let last = clampedIndex(series, start + DAY) - 1;
  while (last >= 0 && !Number.isFinite(series.avg[last] as number)) last--;
  let over = 0;
  for (let i = Math.max(0, last - p.exceedWithinHours + 1); i <= last; i++) {
    if (series.valid[i] === 1 && exceeds(judgedValue(ctx, series, i, limit), limit.limit)) over++;
  }
  return over;
}

/** An unregistered code that began when this one ended is most likely the same factor under its other name. */
function renamed(ctx: Context, absence: Absence): Suppression | undefined {
  const known = new Set<string>([...ctx.reg.factors.map((f) => f.factor), ...ctx.reg.mustMonitor]);
  const code = ctx.factors.find((f) => {
    if (known.has(f)) return false;
    const series = ctx.hour(f);
    if (series === undefined) return false;
    const begins = series.arrivedAt.findIndex((v) => Number.isFinite(v));
    return begins >= 0 && arrived(series, absence.start + 12 * HOUR) && (!absence.reportedBefore || series.t0 + begins * HOUR >= absence.start - DAY);
  });
  return code === undefined ? undefined : { reason: 'code-alias', zh: `同期出现未登记因子编码 ${code}，可能是同一因子的新编码`, en: `the unregistered code ${code} appeared instead: probably the same factor` };
}

function findingOf(ctx: Context, factor: FactorCode, absence: Absence, p: typeof DEFAULTS): Finding {
  const over = absence.reportedBefore ? afterExceedance(ctx, factor, p, absence.start) : 0;
  const dodged = over >= p.exceedHours;
  // A factor never seen is first of all a register to compare; one that went away is an act.
  const tier: Tier = !absence.reportedBefore
    ? 'REMIND'
    : dodged || absence.days >= p.workOrderDays ? 'WORK_ORDER' : absence.days >= p.warnDays ? 'WARN' : 'REMIND';
  const end = localDayStart(ctx.now);
  return {
    factors: [factor], start: absence.start, end, tier, score: absence.days / p.remindDays,
    stats: { days: absence.days, overBefore: over, reportedBefore: absence.reportedBefore ? 1 : 0 },
    text: {
      zh: `应测因子${namesZh([factor])}在 ${spanText(absence.start, end)} 连续 ${num(absence.days)} 个生产日没有任何小时数据，其他因子照常上报${absence.reportedBefore ? '' : '（该因子从未上报）'}${dodged ? `；消失前 24 小时内有 ${over} 小时超限` : ''}。`,
      en: `${namesEn([factor])}, which must be monitored, was not reported on ${num(absence.days)} running days (${spanText(absence.start, end)}) while other factors were${absence.reportedBefore ? '' : '; it has never been reported'}${dodged ? `; it had been over its limit for ${over} h in the day before` : ''}.`,
    },
    clearedBy: [
      { zh: '许可证变更后不再要求该因子', en: 'The permit no longer asks for it' },
      { zh: '新旧因子编码不一致', en: 'Old and new codes of one factor' },
      { zh: '已申报的仪器故障', en: 'A filed fault of the instrument' },
    ],
  };
}

/** `model:A09` — a factor that must be monitored is not among what is sent. */
export const a09: Model = {
  id: 'A09', version: '1.0.0',
  title: { zh: '应测因子缺报', en: 'Required factor not reported' },
  family: 'transport', trigger: 'day', media: ['gas', 'water'], standsAlone: true,
  params: DEFAULTS, legalHooks: ['H4'],
  about: {
    zh: '许可证或标准要求监测的因子，在有其他因子数据的生产日全天无小时值即计 1 日；1 日提醒、3 日警告、15 日或超限后 24 小时内消失为工单；从未上报的只提醒核对登记。',
    en: 'Running days on which other factors came and a required one did not: one reminds, three warn, fifteen, or a disappearance within 24 h of its own exceedance, make a work order. A factor never seen only asks to compare the register.',
    source: 'A09, a method of this platform',
  },
  minimum: { days: 1, needs: ['hours', 'mustMonitor'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (ctx.reg.mustMonitor.length === 0) return cannotTell('no list of required factors', ['must-monitor list']);
    if (ctx.factors.length === 0) return cannotTell('no hour data', ['hour data']);
    const yesterday = localDayStart(ctx.now) - DAY;
    if (yesterday < ctx.activeSince) return cannotTell('no whole day yet', ['1 day of data']);
    const findings = ctx.reg.mustMonitor.flatMap((factor) => {
      const absence = absenceOf(ctx, factor, p);
      if (absence === undefined || absence.days < p.remindDays) return [];
      const finding = findingOf(ctx, factor, absence, p);
      return [suppress(finding, renamed(ctx, absence) ?? explain(ctx, finding, [factor], ['filed-work', 'site-blackout']))];
    });
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
