import type { FactorCode } from '#kernel';
import { markClassOf, markWords } from '#quality';
import { union } from '../primitives/index.ts';
import type { Context, Finding, Mark, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { exceeds, judgedValue } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { NORMAL, RUN, runningAt, stateAt, UNKNOWN } from './parts/signal.ts';
import { clampedIndex, DAY, HOUR } from './parts/window.ts';
import { clockText, namesEn, namesZh, num, percent } from './parts/wording.ts';

const DEFAULTS = {
  /** An operator who is at the instrument files within a few hours. */
  remindLagHours: 3, warnLagHours: 4, warnCount: 2, workOrderCount: 3,
  freshHours: 48, countDays: 30,
} as const satisfies Thresholds;

interface Covered {
  readonly hours: readonly number[];
  readonly factors: readonly FactorCode[];
  readonly poweredShare: number;
}

/** Hours under the mark that were sent as normal, over a limit, while the plant ran steadily. */
function exceedingUnder(ctx: Context, mark: Mark): Covered {
  const hours = new Set<number>();
  const factors = new Set<FactorCode>();
  for (const limit of ctx.reg.limits) {
    const series = limit.period === 'instant' ? undefined : ctx.hour(limit.factor);
    if (series === undefined) continue;
    for (let i = clampedIndex(series, mark.start); i < clampedIndex(series, mark.end + HOUR - 1); i++) {
      const t = series.t0 + i * HOUR;
      // Flagged normal when it was sent: the mark came as an afterthought.
      if (series.flag[i] !== NORMAL || !runningAt(ctx, t) || (series.arrivedAt[i] as number) > mark.submittedAt) continue;
      const v = judgedValue(ctx, series, i, limit);
      if (!Number.isFinite(v) || !exceeds(v, limit.limit)) continue;
      hours.add(t);
      factors.add(limit.factor);
    }
  }
  const list = [...hours].sort((a, b) => a - b);
  const powered = list.filter((t) => stateAt(ctx, t, 'byPower') === RUN).length;
  const known = list.filter((t) => stateAt(ctx, t, 'byPower') !== UNKNOWN).length;
  return { hours: list, factors: [...factors].sort(), poweredShare: known === 0 ? 0 : powered / known };
}

function findingOf(ctx: Context, mark: Mark, p: typeof DEFAULTS): Finding | undefined {
  const lag = (mark.submittedAt - mark.start) / HOUR;
  if (lag <= p.remindLagHours) return undefined;
  const covered = exceedingUnder(ctx, mark);
  if (covered.hours.length === 0) return undefined;
  const before = ctx.recent.filter((f) => f.model === 'F02' && f.end < mark.start && f.start > mark.start - p.countDays * DAY).length;
  const contradicted = covered.poweredShare >= 0.5 && markClassOf(mark.kind) === 'STOP';
  const tier: Tier =
    (lag > p.warnLagHours && contradicted) || before + 1 >= p.workOrderCount
      ? 'WORK_ORDER'
      : lag > p.warnLagHours || before + 1 >= p.warnCount ? 'WARN' : 'REMIND';
  const span = union(covered.hours.map((t) => ({ start: t, end: t + HOUR })), 12 * HOUR);
  const start = (span[0] as { start: number }).start;
  const end = (span[span.length - 1] as { end: number }).end;
  return {
    factors: covered.factors, start, end, tier, score: lag / p.remindLagHours,
    stats: { lagHours: lag, coveredExceedances: covered.hours.length, poweredShare: covered.poweredShare, earlierIn30d: before, markKind: mark.kind, mark: mark.id },
    text: {
      zh: `标记（${markWords(mark.kind).zh}）${clockText(mark.start)}–${clockText(mark.end)} 在开始 ${num(lag, 1)} 小时后才提交，覆盖 ${covered.hours.length} 个当时按正常上报的超标小时（${namesZh(covered.factors)}），其间生产用电运行占 ${percent(covered.poweredShare, 0)}。`,
      en: `The mark (${markWords(mark.kind).en}) for ${clockText(mark.start)}–${clockText(mark.end)} was filed ${num(lag, 1)} h after its start and covers ${covered.hours.length} exceeding hours of ${namesEn(covered.factors)} that had been sent as normal; production power ran in ${percent(covered.poweredShare, 0)} of them.`,
    },
    clearedBy: [{ zh: '夜班无法登录企业端（允许的滞后见地区参数）；有工单或现场记录佐证', en: 'A night shift without access to the portal (lag allowed by the region); a work order or site record supports it' }],
  };
}

/** `model:F02` — a mark that appears after the exceedance it covers. */
export const f02: Model = {
  id: 'F02', version: '1.0.1',
  title: { zh: '事后补标', en: 'Retroactive mark' },
  family: 'marks', trigger: 'tick', media: ['gas', 'water'], standsAlone: true,
  params: DEFAULTS, legalHooks: ['H11', 'H3', 'H6'],
  about: {
    zh: '标记提交时间减开始时间为滞后；覆盖至少一个当时标正常、稳定运行中的超标小时才计；停运标记与用电矛盾的升级。',
    en: 'Lag = submission minus start of the mark; counts only when it covers an hour over a limit that was sent as normal during steady running. A stop mark against running power goes higher.',
    source: 'F02; 标记规则 (2022 年第 21 号公告)',
  },
  minimum: { days: 0, needs: ['limits'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (ctx.reg.limits.length === 0) return cannotTell('no limit registered', ['limits']);
    const fresh = ctx.marks.filter((m) => m.submittedAt <= ctx.now && m.submittedAt > ctx.now - p.freshHours * HOUR);
    if (fresh.length === 0) return notMet();
    const findings = fresh.flatMap((m) => findingOf(ctx, m, p) ?? []);
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
