import type { Evaluation, Finding, Model } from '#analysis';
import { HOUR } from '#kernel';

/**
 * What most platforms do today, as a yardstick: an hour above the limit, and equal values in a row. No baseline, no
 * state, no explanation. The reference point of the issue (recall 0.28 at 0.5 false findings) is of this kind.
 */
const NOTHING = { zh: '', en: '' };
const EQUAL_HOURS = 4;
const BY_LENGTH = [[3, 'WORK_ORDER'], [2, 'WARN'], [1, 'REMIND']] as const;

const finding = (factor: Finding['factors'][number], start: number, end: number, tier: Finding['tier']): Finding => ({
  factors: [factor], start, end, tier, score: 1, stats: {}, text: NOTHING, clearedBy: [],
});

const concluded = (findings: readonly Finding[]): Evaluation => ({
  outcome: findings.length > 0 ? 'MET' : 'NOT_MET', reason: '', missing: [], findings,
});

/** Length of the run that ends at `last` in which every neighbour pair holds. */
function runBefore(last: number, holds: (i: number) => boolean): number {
  let n = 0;
  while (last - n >= 0 && holds(last - n)) n++;
  return n;
}

const BARE = {
  version: '0', family: 'emission', trigger: 'hour', media: ['gas', 'water'], standsAlone: true, params: {}, legalHooks: [], minimum: { days: 0, needs: [] },
  about: { zh: '', en: '', source: 'docs/score.md' },
} as const;

export const NAIVE: readonly Model[] = [
  {
    ...BARE, id: 'N01', title: { zh: '超标', en: 'over the limit' },
    evaluate: (ctx) => concluded(ctx.reg.limits.flatMap((limit) => {
      const series = limit.period === 'instant' ? undefined : ctx.hour(limit.factor);
      if (series === undefined || series.length === 0) return [];
      const column = limit.basis === 'zs' ? series.zsAvg : series.avg;
      const n = runBefore(series.length - 1, (i) => (column[i] as number) > Number(limit.limit));
      const tier = BY_LENGTH.find(([hours]) => n >= hours)?.[1];
      const end = series.t0 + series.length * HOUR;
      return tier === undefined ? [] : [finding(limit.factor, end - n * HOUR, end, tier)];
    })),
  },
  {
    ...BARE, id: 'N02', title: { zh: '恒值', en: 'constant value' },
    evaluate: (ctx) => concluded(ctx.reg.limits.flatMap((limit) => {
      const series = ctx.hour(limit.factor);
      if (series === undefined || series.length === 0) return [];
      const n = 1 + runBefore(series.length - 1, (i) => i > 0 && (series.avg[i] as number) > 0 && series.avg[i] === series.avg[i - 1]);
      const end = series.t0 + series.length * HOUR;
      return n < EQUAL_HOURS ? [] : [finding(limit.factor, end - n * HOUR, end, 'REMIND')];
    })),
  },
];
