import type { FactorCode } from '#kernel';
import { median } from '../primitives/index.ts';
import type { Context, Finding, HourSeries, Model, StepSeries, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, suppress } from './parts/explanations.ts';
import { isAnalyser } from './parts/factors.ts';
import { trailing } from './parts/hour-values.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { NORMAL, RUN, stateAt } from './parts/signal.ts';
import { clampedIndex, DAY, endedAt, HOUR, localDayStart } from './parts/window.ts';
import { namesEn, namesZh, num, spanText } from './parts/wording.ts';

const DEFAULTS = {
  /** Changes of the shown value per hour beyond what new samples explain. */
  extraChanges: 2, remindHours: 4, warnHours: 12, workOrderHours: 36,
  staleWarnHours: 24, staleWorkOrderHours: 72,
  baselineDays: 14, minBaselineHours: 120, furthestHours: 168,
} as const satisfies Thresholds;

/** Changes of the step value within the hour that no new sample explains; NaN where the hour is not to be judged. */
function extraChanges(ctx: Context, step: StepSeries, hour: HourSeries, h: number): number {
  const start = hour.t0 + h * HOUR;
  const sampled = hour.sampleTime[h] as number;
  if (hour.flag[h] !== NORMAL || !Number.isFinite(sampled)) return Number.NaN;
  const q = 1e-9;
  let changes = 0;
  for (let i = Math.max(1, clampedIndex(step, start)); i < clampedIndex(step, start + HOUR); i++) {
    const a = step.avg[i - 1] as number;
    const b = step.avg[i] as number;
    if (step.flag[i] !== NORMAL || !Number.isFinite(a) || !Number.isFinite(b)) return Number.NaN;
    if (Math.abs(a - b) > q) changes++;
  }
  const fresh = h > 0 && sampled !== hour.sampleTime[h - 1] ? 1 : 0;
  return Math.max(0, changes - fresh);
}

const ofHours = (ctx: Context, step: StepSeries, hour: HourSeries, from: number, to: number): Float64Array =>
  Float64Array.from({ length: Math.max(0, to - from) }, (_, k) => extraChanges(ctx, step, hour, from + k));

/** Whether this analyser holds its results between samples, as analysers do; others cannot be judged this way. */
const holds = (ctx: Context, factor: FactorCode, step: StepSeries, hour: HourSeries, p: typeof DEFAULTS): boolean =>
  ctx.daily(`F11:${factor}`, () => {
    const end = clampedIndex(hour, localDayStart(ctx.now) - 2 * DAY);
    const extra = ofHours(ctx, step, hour, Math.max(0, end - p.baselineDays * 24), end).filter((v) => Number.isFinite(v));
    return extra.length >= p.minBaselineHours && extra.filter((v) => v > 0).length < 0.1 * extra.length;
  });

function movingBetween(ctx: Context, factor: FactorCode, p: typeof DEFAULTS): Finding | undefined {
  const step = ctx.step(factor);
  const hour = ctx.hour(factor);
  if (step === undefined || hour === undefined || step.stepMs > HOUR / 4 || !holds(ctx, factor, step, hour, p)) return undefined;
  const to = endedAt(hour, ctx.now);
  if (!(median(ofHours(ctx, step, hour, Math.max(0, to - p.remindHours), to)) >= p.extraChanges)) return undefined;
  const wide = ofHours(ctx, step, hour, Math.max(0, to - p.furthestHours), to);
  const hours = trailing(wide, p.extraChanges / 2);
  if (hours < p.remindHours) return undefined;
  const end = hour.t0 + to * HOUR;
  const start = end - hours * HOUR;
  const typical = median(wide, wide.length - hours);
  const tier: Tier = hours >= p.workOrderHours ? 'WORK_ORDER' : hours >= p.warnHours ? 'WARN' : 'REMIND';
  return {
    factors: [factor], start, end, tier, score: hours / p.remindHours,
    stats: { hours, changesPerHour: typical, kind: 'moves without a sample' },
    text: {
      zh: `${namesZh([factor])}在 ${spanText(start, end)} 每小时变化约 ${num(typical)} 次而没有新的采样；该分析仪平时两次采样之间保持不变。`,
      en: `${namesEn([factor])} changed about ${num(typical)} times an hour without a new sample (${spanText(start, end)}); this analyser holds its result between samples.`,
    },
    clearedBy: [{ zh: '仪器改为连续测量（应有备案）', en: 'The instrument was changed to continuous measuring (should be filed)' }],
  };
}

function stale(ctx: Context, factor: FactorCode, p: typeof DEFAULTS): Finding | undefined {
  const hour = ctx.hour(factor);
  if (hour === undefined) return undefined;
  const to = endedAt(hour, ctx.now);
  const current = hour.sampleTime[to - 1] as number;
  if (!Number.isFinite(current) || ctx.now - current < p.staleWarnHours * HOUR) return undefined;
  let discharging = 0;
  for (let i = clampedIndex(hour, current + HOUR); i < to; i++) {
    if (hour.flag[i] === NORMAL && stateAt(ctx, hour.t0 + i * HOUR, 'byData') === RUN) discharging++;
  }
  if (discharging < p.staleWarnHours) return undefined;
  const end = hour.t0 + to * HOUR;
  return {
    factors: [factor], start: current + HOUR, end, tier: discharging >= p.staleWorkOrderHours ? 'WORK_ORDER' : 'WARN', score: discharging / p.staleWarnHours,
    stats: { hours: discharging, kind: 'no new sample' },
    text: {
      zh: `${namesZh([factor])}自 ${spanText(current, end)} 排放 ${discharging} 小时而没有新的采样，仍按正常上报。`,
      en: `${namesEn([factor])}: ${num(discharging)} h of discharge without a new sample, still reported as normal (${spanText(current, end)}).`,
    },
    clearedBy: [{ zh: '更换试剂或采样管堵塞（应有标记）', en: 'Reagent change or a blocked sampler (should be flagged)' }],
  };
}

/** `model:F11` — no new sample, no new result. */
export const f11: Model = {
  id: 'F11', version: '1.0.0',
  title: { zh: '采样时间异常', en: 'Irregular sampling times' },
  family: 'emission', trigger: 'hour', media: ['water'], standsAlone: false, windowHours: 12,
  params: DEFAULTS, legalHooks: ['H4', 'H3'],
  about: {
    zh: '分析仪两次采样之间应保持结果不变：没有新采样而数值仍在变，或持续排放而长时间没有新采样。',
    en: 'An analyser holds its result between samples: a value that moves without a new sample, or a long discharge without one.',
    source: 'F11, a method of this platform: U06 new results only',
  },
  minimum: { days: 0, needs: ['sampleTimes'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const analysers = ctx.factors.filter((f) => isAnalyser(f));
    const timed = analysers.filter((f) => ctx.hour(f)?.sampleTime.some((t) => Number.isFinite(t)) === true);
    if (timed.length === 0) return cannotTell('no sampling times are sent', ['sample times']);
    const findings = timed.flatMap((f) => [movingBetween(ctx, f, p) ?? [], stale(ctx, f, p) ?? []].flat());
    if (findings.length === 0) return notMet();
    return conclude(findings.map((f) => suppress(f, explain(ctx, f, f.factors, ['instrument-work', 'filed-work', 'filed-change']))));
  },
};
