import { median, standardDeviation } from '../primitives/index.ts';
import type { Context, Finding, Model, WasteFact } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { cannotTell, conclude, notMet, settings, tierOf } from './parts/outcomes.ts';
import { DAY } from './parts/window.ts';
import { num, percent } from './parts/wording.ts';

const DEFAULTS = {
  remindShare: 0.05, remindTonnes: 1, warnShare: 0.1, workOrderShare: 0.2, workOrderTonnes: 3,
  /** Coefficient ln(waste ÷ production) below the months around it: in spreads, and at least this much. */
  remindSpreads: 3, warnSpreads: 4, leastFall: 0.35, leastSpread: 0.08,
  otherMonths: 2, sureMonths: 6,
  /** The first months of a ledger can be compared when two more were told: until then they are not forgotten. */
  freshDays: 95,
} as const satisfies Thresholds;

interface Gap {
  readonly month: WasteFact;
  readonly how: 'closure' | 'coefficient';
  readonly tonnes: number;
  readonly share: number;
  readonly spreads: number;
  readonly months: number;
}

const monthsOf = (ctx: Context): WasteFact[][] => {
  const groups = new Map<string, Map<string, WasteFact>>();
  // A month told again replaces what was told before.
  for (const fact of ctx.waste) groups.set(fact.waste, (groups.get(fact.waste) ?? new Map<string, WasteFact>()).set(fact.month, fact));
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, months]) => [...months.values()].sort((a, b) => a.start - b.start));
};

function closureOf(before: WasteFact | undefined, month: WasteFact): Gap | undefined {
  if (before === undefined || before.end !== month.start) return undefined;
  const tonnes = before.stock + month.generated - month.shipped - month.disposed - month.stock;
  const share = Math.abs(tonnes) / Math.max(month.generated, before.stock, 0.1);
  return { month, how: 'closure', tonnes, share, spreads: 0, months: 1 };
}

function coefficientOf(months: readonly WasteFact[], month: WasteFact, p: typeof DEFAULTS): Gap | undefined {
  const of = (m: WasteFact): number => Math.log(m.generated / m.production);
  const others = months.filter((m) => m !== month).map(of).filter(Number.isFinite);
  const own = of(month);
  if (others.length < p.otherMonths || !Number.isFinite(own)) return undefined;
  const usual = median(others);
  const spread = Math.max(p.leastSpread, others.length >= p.sureMonths ? standardDeviation(others) : 0);
  const fall = usual - own;
  if (fall < Math.max(p.leastFall, p.remindSpreads * spread)) return undefined;
  const expected = Math.exp(usual) * month.production;
  return { month, how: 'coefficient', tonnes: expected - month.generated, share: 1 - month.generated / expected, spreads: fall / spread, months: others.length };
}

function tierFor(g: Gap, p: typeof DEFAULTS) {
  const tonnes = Math.abs(g.tonnes);
  if (g.how === 'closure') return tierOf(g.share > p.remindShare || tonnes > p.remindTonnes, g.share > p.warnShare && tonnes > 0.1, (g.share > p.workOrderShare && tonnes > 1) || tonnes > p.workOrderTonnes);
  const sure = g.months >= p.sureMonths;
  return tierOf(true, g.spreads > p.warnSpreads, sure && g.spreads > p.warnSpreads && (g.share > p.workOrderShare || tonnes > p.workOrderTonnes));
}

function findingOf(g: Gap, p: typeof DEFAULTS): Finding | undefined {
  const tier = tierFor(g, p);
  if (tier === undefined) return undefined;
  const { month } = g;
  const closure = g.how === 'closure';
  return {
    factors: [], start: month.start, end: month.end, tier, score: closure ? Math.max(g.share / p.remindShare, Math.abs(g.tonnes) / p.remindTonnes) : g.spreads / p.remindSpreads,
    stats: { month: month.month, waste: month.waste, how: g.how, tonnes: g.tonnes, share: g.share, spreads: g.spreads, months: g.months },
    text: closure
      ? { zh: `${month.month} 危险废物台账不闭合：期初加产生减转移、处置与期末库存相差 ${num(g.tonnes)} 吨（${percent(g.share)}）。`, en: `The hazardous-waste ledger of ${month.month} does not close: ${num(g.tonnes)} t (${percent(g.share)}) are missing between stock, generation, transfer and disposal.` }
      : { zh: `${month.month} 单位产量的危险废物产生量比其他 ${g.months} 个月低 ${percent(g.share)}，约少报 ${num(g.tonnes)} 吨。`, en: `In ${month.month} hazardous waste per output lay ${percent(g.share)} below the ${g.months} other months: about ${num(g.tonnes)} t were not reported.` },
    clearedBy: [
      { zh: '集中处置或盘点调整：看处置合同与盘点记录', en: 'A disposal campaign or a stock-taking: see contracts and records' },
      { zh: '原料或工艺变更：看环评与排污许可变更', en: 'Another raw material or process: see the permit' },
    ],
  };
}

/** `model:G04` — hazardous waste that is missing from the ledger. */
export const g04: Model = {
  id: 'G04', version: '1.1.0', title: { zh: '危废物料平衡', en: 'Hazardous-waste balance' },
  family: 'external', trigger: 'day', media: ['gas', 'water'], standsAlone: true, params: DEFAULTS, legalHooks: ['H8'],
  about: {
    zh: '逐月：期初库存＋产生−转移−自行处置−期末库存应为零；单位产量产生量与本企业其他月份相比（至少 2 个月，满 6 个月方可到工单）。3 吨为非法处置危险废物入罪线。按企业在其首个排放口判定一次。',
    en: 'By month: stock + generation − transfer − own disposal − stock must be nothing; waste per output against the unit\'s other months (two at least, six before it can be a work order). Three tonnes are the criminal line. Judged once per unit, at its first outfall.',
    source: 'G04; 法释〔2023〕7号',
  },
  minimum: { days: 0, needs: ['waste'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (ctx.waste.length === 0) return cannotTell('no waste ledger', ['waste.csv']);
    const gaps = monthsOf(ctx).flatMap((months) =>
      months.flatMap((month, i) => (month.end < ctx.now - p.freshDays * DAY ? [] : [closureOf(months[i - 1], month) ?? [], coefficientOf(months, month, p) ?? []].flat())),
    );
    const findings = gaps.flatMap((g) => findingOf(g, p) ?? []);
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
