import { HOUR, DAY } from '#kernel';
import { chiSquare } from '../primitives/index.ts';
import type { Context, Finding, Model } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { cannotTell, conclude, notMet, settings, tierOf } from './parts/outcomes.ts';
import { localDayStart } from './parts/window.ts';
import { num } from './parts/wording.ts';

const DEFAULTS = {
  remindMad: 0.015, warnMad: 0.022, minResults: 500, minUnits: 3,
  /** The law of first digits holds for quantities over two decades and more. */
  decades: 2, p: 1e-4,
} as const satisfies Thresholds;

/** log10(1 + 1/d) for d = 1…9. */
export const BENFORD: readonly number[] = Array.from({ length: 9 }, (_, i) => Math.log10(1 + 1 / (i + 1)));

interface Group {
  readonly lab: string;
  readonly digits: readonly number[];
  readonly n: number;
  readonly units: number;
  readonly low: number;
  readonly high: number;
}

/** Results of the laboratories that work for this outfall, over all outfalls it is compared with. */
function groupsOf(ctx: Context): Group[] {
  const own = ctx.ownDays.at(-1);
  if (own === undefined) return [];
  return own.labs.map(({ lab }): Group => {
    const told = [{ unit: ctx.reg.enterprise, labs: own.labs }, ...ctx.peers.map((peer) => ({ unit: peer.enterprise, labs: peer.days.at(-1)?.labs ?? [] }))]
      .flatMap(({ unit, labs }) => labs.filter((one) => one.lab === lab).map((one) => ({ unit, ...one })));
    const digits = BENFORD.map((_, d) => told.reduce((sum, one) => sum + (one.digits[d] ?? 0), 0));
    return {
      lab, digits, n: digits.reduce((a, b) => a + b, 0), units: new Set(told.map((one) => one.unit)).size,
      low: Math.min(...told.map((one) => one.low)), high: Math.max(...told.map((one) => one.high)),
    };
  });
}

/** Mean absolute deviation of the digit shares from Benford's. */
export const digitDeviation = (digits: readonly number[]): number => {
  const n = digits.reduce((a, b) => a + b, 0);
  return BENFORD.reduce((sum, share, d) => sum + Math.abs((digits[d] as number) / n - share), 0) / 9;
};

function findingOf(ctx: Context, g: Group, mad: number, p: typeof DEFAULTS): Finding {
  const end = localDayStart(ctx.now);
  return {
    factors: [], start: end - DAY, end: end - DAY + 24 * HOUR, tier: tierOf(true, mad > p.warnMad, false) ?? 'REMIND', score: mad / p.remindMad,
    stats: { lab: g.lab, mad, results: g.n, units: g.units, digits: g.digits.join() },
    text: {
      zh: `检测机构 ${g.lab} 近 400 天为 ${g.units} 家单位出具的 ${g.n} 个结果，首位数字偏离本福特分布（平均偏差 ${num(mad, 4)}）。`,
      en: `The first digits of ${g.n} results of laboratory ${g.lab} for ${g.units} units in 400 days leave Benford's law (mean deviation ${num(mad, 4)}).`,
    },
    clearedBy: [{ zh: '结果集中在少数限值附近：看量值分布', en: 'Results lie near a few limits: see their spread' }],
  };
}

/** `model:C05` — first digits of a laboratory's results, never of one outfall's concentration. */
export const c05: Model = {
  id: 'C05', version: '1.0.0', title: { zh: '首位数字', en: 'First digit (Benford)' },
  family: 'manual', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 720, params: DEFAULTS, legalHooks: ['H6'],
  about: {
    zh: '同一检测机构为三家以上单位出具的手工结果 500 个以上、跨两个数量级以上时，首位数字与 log10(1+1/d) 比较：平均绝对偏差 0.015 提醒、0.022 警告（并 χ² p<1e-4），不单独成工单。受控浓度本不服从该分布，故不用于单口浓度。',
    en: 'For 500 or more manual results of one laboratory over three or more units and two decades or more, first digits against log10(1 + 1/d): mean absolute deviation of 0.015 reminds, 0.022 warns (and χ² p < 1e-4), never a work order by itself. A controlled concentration does not follow the law, so one outfall is never tested.',
    source: 'C05, a method of this platform',
  },
  minimum: { days: 0, needs: [{ of: 'labResults', atLeast: 500 }] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const able = groupsOf(ctx).filter((g) => g.n >= p.minResults && g.units >= p.minUnits && g.high / g.low >= 10 ** p.decades);
    if (able.length === 0) return cannotTell('fewer than 500 results of a laboratory over two decades', ['selfmon.csv with lab']);
    const findings = able.flatMap((g) => {
      const mad = digitDeviation(g.digits);
      return mad > p.remindMad && chiSquare(g.digits, BENFORD).p < p.p ? [findingOf(ctx, g, mad, p)] : [];
    });
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
