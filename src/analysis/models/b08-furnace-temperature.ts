import type { FactorCode } from '#kernel';
import { markDeadlineMs } from '#quality';
import { mean, overlaps, union } from '../primitives/index.ts';
import type { Context, Finding, Model, StepSeries, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, marksOf, suppress } from './parts/explanations.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { NORMAL, RUN, stateAt } from './parts/signal.ts';
import { clampedIndex, DAY, endedAt, HOUR, localDayStart, MINUTE, timeAt } from './parts/window.ts';
import { num, spanText } from './parts/wording.ts';

const DEFAULTS = {
  /** Where no law was read; else the region's own figures hold. */
  limitC: 850, allowedCount: 5, remindCount: 1, warnCount: 3,
  meanMinutes: 5,
  /** Below this the sensor is out of the fire or broken: no furnace that burns waste reads so. */
  plausibleC: 400,
  /** The second channel contradicts the first by this much: slag on a thermocouple. */
  disagreeC: 50,
  /** Steady production this long before: a ramp is start-up or shutdown, marked or not. */
  steadyHours: 2,
} as const satisfies Thresholds;

/** HJ 212-2017 air factors: mean combustion temperature of the furnace, and the same as the control system has it. */
const FURNACE = 'a01901' as FactorCode;
const CONTROL_SYSTEM = 'a01902' as FactorCode;
const CO = 'a21005' as FactorCode;

type Settings = Readonly<Record<keyof typeof DEFAULTS, number>>;

/** 850 ℃ and five times a day are figures of the law, dated and by region. */
function inForce(ctx: Context, p: Settings): Settings {
  const { rules } = ctx.reg;
  return rules === undefined ? p : { ...p, limitC: Number(rules.furnaceTemperature), allowedCount: rules.furnaceLowMeansAllowed };
}

interface Low {
  readonly at: number;
  readonly end: number;
  readonly value: number;
  readonly control: number;
}

/**
 * Means over five minutes below the line in normal operation. Shorter steps are averaged; a longer step counts once,
 * since a mean below the line over ten minutes holds at least one five-minute mean below it.
 */
function lowMeans(ctx: Context, series: StepSeries, from: number, p: Settings): Low[] {
  const width = Math.max(1, Math.round((p.meanMinutes * MINUTE) / series.stepMs));
  const control = ctx.step(CONTROL_SYSTEM);
  const exempt = union([...marksOf(ctx, 'CONDITION'), ...marksOf(ctx, 'STOP'), ...marksOf(ctx, 'MONITORING')]);
  const to = endedAt(series, ctx.now);
  const first = clampedIndex(series, from);
  const out: Low[] = [];
  for (let i = first; i + width <= to; i += width) {
    if ((series.avg[i] as number) >= p.limitC && width === 1) continue;
    let normal = 0;
    for (let k = i; k < i + width; k++) if (series.flag[k] === NORMAL && (series.avg[k] as number) > p.plausibleC) normal++;
    const value = mean(series.avg, i, i + width);
    if (normal < width || !(value < p.limitC)) continue;
    const at = timeAt(series, i);
    const end = at + width * series.stepMs;
    if (exempt.some((m) => overlaps(m, { start: at, end })) || !steady(ctx, at, p)) continue;
    out.push({ at, end, value, control: control === undefined ? Number.NaN : mean(control.avg, i, i + width) });
  }
  return out;
}

const steady = (ctx: Context, at: number, p: Settings): boolean => {
  for (let h = 0; h <= p.steadyHours; h++) if (stateAt(ctx, at - h * HOUR) !== RUN) return false;
  return true;
};

function findingOf(ctx: Context, day: number, low: readonly Low[], p: Settings): Finding {
  const count = low.length;
  const start = (low[0] as Low).at;
  const end = (low[count - 1] as Low).end;
  const coldest = Math.min(...low.map((l) => l.value));
  const disputed = low.filter((l) => l.control >= p.limitC && l.control - l.value > p.disagreeC).length;
  const reached: Tier = count > p.allowedCount ? 'WORK_ORDER' : count >= p.warnCount ? 'WARN' : 'REMIND';
  const tier = disputed > count / 2 ? 'REMIND' : reached;
  const co = ctx.step(CO);
  const carbon = co === undefined ? Number.NaN : mean(co.avg, clampedIndex(co, start), clampedIndex(co, end));
  return {
    factors: [FURNACE], start, end, tier, score: count,
    stats: {
      count, coldest, disputed, meanCo: carbon, limitC: p.limitC, allowed: p.allowedCount, lowFrom: start, lowTo: end,
      // Means the control system contradicts are no breach: the thermocouple is in doubt.
      breach: count - disputed > p.allowedCount ? 'some' : 'none',
    },
    text: {
      zh: `炉膛焚烧温度 5 分钟均值当日有 ${count} 次低于 ${num(p.limitC)} ℃（${spanText(start, end)}，最低 ${num(coldest, 1)} ℃），其间 CO 平均 ${num(carbon, 1)} mg/m³${disputed > 0 ? `；其中 ${disputed} 次 DCS 温度不低于 ${num(p.limitC)} ℃` : ''}。`,
      en: `${count} five-minute means of the furnace were below ${num(p.limitC)} °C on that day (${spanText(start, end)}, coldest ${num(coldest, 1)} °C), mean CO meanwhile ${num(carbon, 1)} mg/m³${disputed > 0 ? `; for ${disputed} of them the control system showed ${num(p.limitC)} °C or more` : ''}.`,
    },
    clearedBy: [
      { zh: '热电偶结焦或故障：比对冗余测点与 DCS 温度', en: 'Slag on a thermocouple or its fault: compare the redundant probes and the control system' },
      { zh: '期限内补报的启炉、停炉或炉温异常标记', en: 'A start-up, shutdown or temperature mark filed in time' },
    ],
    provisional: ctx.now < markDeadlineMs(day, ctx.reg.rules?.markDeadlineHour),
  };
}

/** `model:B08` — a waste incinerator burns too cold. */
export const b08: Model = {
  id: 'B08', version: '1.0.2',
  title: { zh: '炉温与一氧化碳', en: 'Furnace temperature and CO' },
  family: 'emission', trigger: 'tick', media: ['gas'], standsAlone: true,
  params: DEFAULTS, legalHooks: ['H10'],
  about: {
    zh: '炉温取自因子 a01901（a01902 为 DCS 温度，仅作比对），随分钟数据上传；统计自然日内正常运行时 5 分钟均值低于 850 ℃ 的次数：1 次提醒、3 次警告、超过 5 次为工单。上传间隔长于 5 分钟时每个间隔最多计 1 次。投料信息不上传，启炉投料不判；CO 限值由 B01、B02 判定，这里只作佐证。',
    en: 'Furnace temperature arrives as factor a01901 with the step data (a01902, the control system\'s, only for comparison); five-minute means below 850 °C in normal operation are counted per natural day: one reminds, three warn, more than five make a work order. A step longer than five minutes counts once at most. Feeding is not transmitted and not judged; limits of CO are judged by B01 and B02, CO is shown here as support.',
    source: 'B08; 生活垃圾焚烧发电厂自动监测数据应用管理规定 (生态环境部令 第 10 号); HJ 212-2017 a01901, a01902',
  },
  minimum: { days: 0, needs: ['furnaceTemperature'] },
  applies: (reg) => /waste|incinerat|焚烧/iu.test(reg.industry) || reg.factors.some((f) => f.factor === FURNACE),
  evaluate(ctx, params) {
    const p = inForce(ctx, settings(DEFAULTS, params));
    const series = ctx.step(FURNACE);
    if (series === undefined) return cannotTell('no furnace temperature', [FURNACE]);
    const today = localDayStart(ctx.now);
    const low = lowMeans(ctx, series, today - DAY, p);
    const findings = [today - DAY, today].flatMap((day) => {
      const own = low.filter((l) => l.at >= day && l.at < day + DAY);
      if (own.length < p.remindCount) return [];
      const finding = findingOf(ctx, day, own, p);
      return [suppress(finding, explain(ctx, finding, [FURNACE], ['instrument-work', 'filed-work']))];
    });
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
