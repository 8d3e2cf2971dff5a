import type { FactorCode } from '#kernel';
import { median } from '../primitives/index.ts';
import type { Context, Evaluation, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, suppress } from './parts/explanations.ts';
import { GAS_FLOW, O2 } from './parts/factors.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { attributeNumber, inletOf, processChannel, processHours } from './parts/side-inputs.ts';
import { runValues, signalOf } from './parts/signal.ts';
import { clampedIndex, DAY, HOUR, localDayStart } from './parts/window.ts';
import { num, percent, spanText } from './parts/wording.ts';
import { hourValues } from './parts/hour-values.ts';

const SO2 = 'a21026' as FactorCode;
const CO2 = 'a05001' as FactorCode;
const DEFAULTS = {
  days: 30, minHours: 360,
  remindRemoval: 0.99, warnRemoval: 0.995, remindClosure: 0.15, warnClosure: 0.25,
  /** Part of the sulphur that leaves with the gas; the rest stays in the ash. */
  released: 0.9,
  /** Limestone (CaCO3) per kg of SO2 bound, by formula weights 100/64, and the share of it below which binding is doubted. */
  limestonePerSo2: 1.5625, leastLimestone: 0.7,
  /** CO2 at no excess air, % by volume dry, hard coal. */
  co2Max: 19,
} as const satisfies Thresholds;

interface Sulphur {
  readonly input: number;
  readonly emitted: number;
  readonly removal: number;
  /** SO2 measured before the scrubber ÷ SO2 that the fuel can give. */
  readonly measuredIn: number;
  /** Limestone used ÷ limestone that binding this much SO2 takes. */
  readonly limestone: number;
  readonly hours: number;
}

/** Month of fuel, sulphur and SO2, in kg; undefined where too few hours hold both. */
function sulphurOf(ctx: Context, start: number, p: typeof DEFAULTS): Sulphur | undefined {
  const hours = p.days * 24;
  const fuel = processHours(ctx, 'fuel', start, hours);
  const content = processHours(ctx, 'fuel_sulphur', start, hours);
  const declared = attributeNumber(ctx, 'fuel_s');
  if (fuel === undefined || (content === undefined && declared === undefined)) return undefined;
  const c = hourValues(ctx, SO2, start, hours);
  const raw = hourValues(ctx, inletOf(SO2), start, hours);
  const flow = hourValues(ctx, GAS_FLOW, start, hours);
  const lime = processHours(ctx, 'limestone', start, hours);
  const sum = { input: 0, emitted: 0, measured: 0, ofMeasured: 0, lime: 0, bound: 0, n: 0 };
  for (let h = 0; h < hours; h++) {
    const sulphur = content === undefined ? (declared as number) : (content[h] as number);
    const input = 2 * p.released * (fuel[h] as number) * (sulphur / 100);
    const emitted = ((c[h] as number) * (flow[h] as number)) / 1e6;
    if (!Number.isFinite(input) || !Number.isFinite(emitted)) continue;
    sum.n++;
    sum.input += input;
    sum.emitted += emitted;
    const before = ((raw[h] as number) * (flow[h] as number)) / 1e6;
    if (Number.isFinite(before)) {
      sum.measured += before;
      sum.ofMeasured += input;
    }
    if (lime !== undefined && Number.isFinite(lime[h] as number)) {
      sum.lime += lime[h] as number;
      sum.bound += input - emitted;
    }
  }
  if (sum.n < p.minHours || sum.input <= 0) return undefined;
  return {
    input: sum.input, emitted: sum.emitted, removal: 1 - sum.emitted / sum.input, hours: sum.n,
    measuredIn: sum.ofMeasured > 0 ? sum.measured / sum.ofMeasured : Number.NaN,
    limestone: sum.bound > 0 && lime !== undefined ? sum.lime / (p.limestonePerSo2 * sum.bound) : Number.NaN,
  };
}

const FUEL = [{ zh: '燃料用量、含硫量申报有误', en: 'Fuel use or sulphur declared wrongly' }, { zh: '掺烧其他燃料', en: 'Another fuel was burnt as well' }];

function sulphurFinding(s: Sulphur, start: number, end: number, p: typeof DEFAULTS): Finding | undefined {
  const off = Number.isFinite(s.measuredIn) ? Math.abs(s.measuredIn - 1) : 0;
  if (s.removal <= p.remindRemoval && off <= p.remindClosure) return undefined;
  const starved = s.limestone < p.leastLimestone;
  const tier: Tier = s.removal > p.warnRemoval && starved ? 'WORK_ORDER' : s.removal > p.warnRemoval || off > p.warnClosure ? 'WARN' : 'REMIND';
  const t = (kg: number): string => num(kg / 1000, 1);
  const limestone = Number.isFinite(s.limestone) ? [`，石灰石仅为所需的 ${percent(s.limestone, 0)}`, `; limestone covers ${percent(s.limestone, 0)} of that`] : ['', ''];
  const closure = Number.isFinite(s.measuredIn) ? [`，进口实测为其 ${percent(s.measuredIn, 0)}`, `; ${percent(s.measuredIn, 0)} of it was measured at the inlet`] : ['', ''];
  return {
    factors: [SO2], start, end, tier, score: Math.max(s.removal / p.remindRemoval, off / p.remindClosure),
    stats: { so2InKg: s.input, so2OutKg: s.emitted, removal: s.removal, measuredInShare: s.measuredIn, limestoneShare: s.limestone, hours: s.hours },
    text: {
      zh: `${spanText(start, end)} 入炉硫可生成二氧化硫 ${t(s.input)} 吨，排放 ${t(s.emitted)} 吨，需去除 ${percent(s.removal, 2)}${closure[0]}${limestone[0]}。`,
      en: `The fuel of ${spanText(start, end)} gives ${t(s.input)} t of SO2, ${t(s.emitted)} t were emitted: removal of ${percent(s.removal, 2)} is needed${closure[1]}${limestone[1]}.`,
    },
    clearedBy: FUEL,
  };
}

/** CO2 + k·O2 is a constant of the fuel: where it is not, air was added to a sample or a number was made. */
function carbonFinding(ctx: Context, start: number, end: number, p: typeof DEFAULTS): Finding | undefined {
  const signal = signalOf(ctx, CO2);
  const oxygen = signalOf(ctx, O2);
  if (signal === undefined || oxygen === undefined) return undefined;
  const max = attributeNumber(ctx, 'co2_max') ?? p.co2Max;
  const co2 = runValues(ctx, signal, clampedIndex(signal, start), clampedIndex(signal, end));
  const o2 = runValues(ctx, oxygen, clampedIndex(oxygen, start), clampedIndex(oxygen, end));
  const sums = co2.map((v, i) => (v + (max / 20.9) * (o2[i] as number)) / max);
  const known = sums.filter((v) => Number.isFinite(v));
  const off = median(known) - 1;
  if (known.length * signal.stepMs < p.minHours * HOUR || Math.abs(off) <= p.remindClosure) return undefined;
  return {
    factors: [O2, CO2], start, end, tier: Math.abs(off) > p.warnClosure ? 'WARN' : 'REMIND', score: Math.abs(off) / p.remindClosure, stats: { closure: off, co2Max: max },
    text: {
      zh: `${spanText(start, end)} 二氧化碳与含氧量之和（CO₂ + ${num(max / 20.9)}·O₂）比燃料应有的 ${num(max, 1)}% 偏${off > 0 ? '高' : '低'} ${percent(Math.abs(off), 0)}。`,
      en: `CO2 + ${num(max / 20.9)}·O2 lay ${percent(Math.abs(off), 0)} ${off > 0 ? 'above' : 'below'} the ${num(max, 1)} % that this fuel gives (${spanText(start, end)}).`,
    },
    clearedBy: [...FUEL, { zh: '取样管漏气', en: 'A leak in the sampling line' }],
  };
}

/** `model:D09` — sulphur and carbon that went in and did not come out. */
export const d09: Model = {
  id: 'D09', version: '1.0.0',
  title: { zh: '硫碳物料平衡', en: 'Sulphur and carbon balance' },
  family: 'emission', trigger: 'day', media: ['gas'], standsAlone: false, windowHours: 720,
  params: DEFAULTS, legalHooks: ['H3', 'H6'],
  about: {
    zh: '30 天：入炉硫生成的二氧化硫 = 2·释放率·燃料量·含硫量（工艺信号 fuel、fuel_sulphur 或登记的 fuel_s%），排放 = Σ浓度·流量；所需去除率、进口实测比例、石灰石相对化学计量（100/64）的比例；CO₂ + k·O₂ 与燃料最大 CO₂ 之差。',
    en: '30 days: SO2 from fuel = 2·release·fuel·sulphur (process signals `fuel`, `fuel_sulphur`, or the registered fuel_s in %), emitted = Σ concentration·flow; the removal this needs, the share measured at the inlet, limestone against stoichiometry (100/64); CO2 + k·O2 against the largest CO2 of the fuel.',
    source: 'D09, a method of this platform',
  },
  minimum: { days: 30, needs: [['fuel', 'carbonDioxide']] },
  evaluate(ctx, params): Evaluation {
    const p = settings(DEFAULTS, params);
    const carbon = ctx.hour(CO2) !== undefined && ctx.hour(O2) !== undefined;
    const fuel = processChannel(ctx, 'fuel') !== undefined;
    if (!fuel && !carbon) return cannotTell('neither fuel nor CO2', ['process_mn: fuel', 'fuel_s or fuel_sulphur', CO2]);
    const end = localDayStart(ctx.now);
    const start = end - p.days * DAY;
    if (start < ctx.state.t0) return cannotTell('not a month of data yet', [`${p.days} days`]);
    const sulphur = fuel ? sulphurOf(ctx, start, p) : undefined;
    if (fuel && sulphur === undefined && !carbon) return cannotTell('too few hours with fuel, sulphur, SO2 and flow', ['fuel_s or fuel_sulphur', SO2, GAS_FLOW]);
    const findings = [
      ...(sulphur === undefined ? [] : [sulphurFinding(sulphur, start, end, p)]), ...(carbon ? [carbonFinding(ctx, start, end, p)] : []),
    ].flatMap((f) => f ?? []);
    return findings.length === 0 ? notMet() : conclude(findings.map((f) => suppress(f, explain(ctx, f, f.factors, ['filed-change']))));
  },
};
