import { coverage, mean, standardDeviation } from '../primitives/index.ts';
import type { Context, Finding, Model, SampleFact } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { manualPairs } from './parts/manual-pairs.ts';
import { cannotTell, conclude, notMet, settings, tierOf } from './parts/outcomes.ts';
import { DAY, HOUR, MINUTE } from './parts/window.ts';
import { clockText, namesEn, namesZh, num } from './parts/wording.ts';

const DEFAULTS = {
  minResults: 10, smallSpread: 0.015, nearShare: 0.8, nearDifference: 0.02, workOrderReports: 3,
  /** A vector says something from this many results with three or more figures on. */
  vectorLength: 3, shortestMinutes: 10, freshDays: 40,
} as const satisfies Thresholds;

interface Oddity {
  readonly kind: 'repeated' | 'spread' | 'automatic' | 'two-places' | 'too-short';
  readonly samples: readonly SampleFact[];
  readonly zh: string;
  readonly en: string;
  readonly amount: number;
}

const figuresOf = (text: string): number => text.replace(/[-.]/gu, '').replace(/^0+/u, '').length;

/** Reports: everything sampled within an hour at this outfall. */
function reportsOf(ctx: Context): SampleFact[][] {
  const reports: SampleFact[][] = [];
  for (const sample of [...ctx.samples].filter((s) => s.by === 'self').sort((a, b) => a.sampledAt - b.sampledAt || (a.factor < b.factor ? -1 : 1))) {
    const last = reports.at(-1);
    if (last !== undefined && sample.sampledAt - (last[0] as SampleFact).sampledAt <= HOUR) last.push(sample);
    else reports.push([sample]);
  }
  return reports;
}

function repeated(reports: readonly SampleFact[][], p: typeof DEFAULTS): Oddity | undefined {
  const groups = new Map<string, SampleFact[][]>();
  for (const report of reports) {
    const telling = report.filter((s) => figuresOf(s.text) >= 3);
    if (telling.length < p.vectorLength) continue;
    const key = telling.map((s) => `${s.factor}=${s.text}`).join();
    groups.set(key, [...(groups.get(key) ?? []), report]);
  }
  const worst = [...groups.values()].sort((a, b) => b.length - a.length)[0];
  if (worst === undefined || worst.length < 2) return undefined;
  return { kind: 'repeated', samples: worst.flat(), amount: worst.length, zh: `${worst.length} 份报告各因子数值完全相同`, en: `${worst.length} reports give the very same values for every factor` };
}

function byFactor(samples: readonly SampleFact[]): SampleFact[][] {
  const groups = new Map<string, SampleFact[]>();
  for (const s of samples) groups.set(s.factor, [...(groups.get(s.factor) ?? []), s]);
  return [...groups.values()];
}

function spread(samples: readonly SampleFact[], p: typeof DEFAULTS): Oddity | undefined {
  for (const own of byFactor(samples)) {
    const values = own.map((s) => s.value);
    const cv = standardDeviation(values) / mean(values);
    if (own.length < p.minResults || !(cv < p.smallSpread)) continue;
    const { factor } = own[0] as SampleFact;
    return { kind: 'spread', samples: own, amount: cv, zh: `${namesZh([factor])} ${own.length} 次结果变异系数仅 ${num(cv * 100)}%`, en: `${own.length} results of ${namesEn([factor])} vary by ${num(cv * 100)} % only` };
  }
  return undefined;
}

function likeAutomatic(ctx: Context, p: typeof DEFAULTS): Oddity | undefined {
  const pairs = manualPairs(ctx).filter((pair) => pair.sample.by === 'self');
  const near = pairs.filter((pair) => Math.abs(pair.difference) <= p.nearDifference);
  if (pairs.length < p.minResults || near.length < p.nearShare * pairs.length) return undefined;
  return { kind: 'automatic', samples: near.map((pair) => pair.sample), amount: near.length / pairs.length, zh: `${pairs.length} 次中 ${near.length} 次与自动数据相差不到 2%`, en: `${near.length} of ${pairs.length} results lie within 2 % of the automatic hour` };
}

function logistics(ctx: Context, samples: readonly SampleFact[], p: typeof DEFAULTS): Oddity[] {
  const found: Oddity[] = [];
  const short = samples.filter((s) => s.finishedAt - s.startedAt < p.shortestMinutes * MINUTE);
  if (short.length > 0) found.push({ kind: 'too-short', samples: short, amount: short.length, zh: `${short.length} 次采样短于方法要求的 ${p.shortestMinutes} 分钟`, en: `${short.length} samplings were shorter than the ${p.shortestMinutes} minutes a method needs` });
  const timed = samples.filter((s) => s.sampler !== '' && s.finishedAt > s.startedAt);
  for (const peer of ctx.peers) {
    if (peer.enterprise === ctx.reg.enterprise) continue;
    for (const s of timed) {
      const own = { start: s.startedAt, end: s.finishedAt };
      const there = peer.days.flatMap((day) => day.samplings).find((other) => other.sampler === s.sampler && coverage(own, [{ start: other.from, end: other.to }]) > 0.2);
      if (there === undefined) continue;
      found.push({ kind: 'two-places', samples: [s], amount: 1, zh: `采样人 ${s.sampler} ${clockText(s.startedAt)} 同时在 ${peer.name} 采样`, en: `sampler ${s.sampler} was sampling at ${peer.name} at the same time (${clockText(s.startedAt)})` });
    }
  }
  return found;
}

function findingOf(oddities: readonly Oddity[], p: typeof DEFAULTS): Finding {
  const kinds = new Set(oddities.map((o) => o.kind));
  const samples = oddities.flatMap((o) => o.samples);
  const impossible = kinds.has('two-places') || oddities.some((o) => o.kind === 'repeated' && o.amount >= p.workOrderReports);
  const times = samples.map((s) => s.sampledAt);
  const labs = [...new Set(samples.map((s) => s.lab).filter((lab) => lab !== ''))].sort();
  const tier = tierOf(true, kinds.size >= 2, impossible) ?? 'REMIND';
  return {
    factors: [...new Set(samples.map((s) => s.factor))].sort(), start: Math.min(...times), end: Math.max(...times) + HOUR, tier, score: kinds.size + (impossible ? 2 : 0),
    stats: { kinds: [...kinds].sort().join(), results: samples.length, labs: labs.join('、') },
    text: {
      zh: `手工监测报告${labs.length > 0 ? `（${labs.join('、')}）` : ''}不合常理：${oddities.map((o) => o.zh).join('；')}。`,
      en: `Manual reports${labs.length > 0 ? ` (${labs.join(', ')})` : ''} are implausible: ${oddities.map((o) => o.en).join('; ')}.`,
    },
    clearedBy: [
      { zh: '结果低于检出限时以检出限或其半数表示', en: 'Results below the detection limit stand for it or for half of it' },
      { zh: '采样人同名：核对人员编号', en: 'Two samplers of one name: check their numbers' },
    ],
  };
}

/** `model:G03` — reports of manual monitoring that cannot have come from measuring. */
export const g03: Model = {
  id: 'G03', version: '1.0.0', title: { zh: '自行监测报告失真', en: 'Implausible manual reports' },
  family: 'manual', trigger: 'day', media: ['gas', 'water'], standsAlone: true, params: DEFAULTS, legalHooks: ['H6', 'H9'],
  about: {
    zh: '同一排放口的手工结果：不同日期多因子数值完全相同；10 次以上变异系数不足 1.5%；八成以上与自动数据相差 2% 以内；采样短于 10 分钟；同一采样人同时在两家单位采样。一类提醒，两类警告，三份相同或分身采样为工单。',
    en: 'The manual results of an outfall: the same values for every factor on different dates; ten or more with a spread below 1.5 %; four fifths within 2 % of the automatic hour; samplings under 10 minutes; one sampler at two units at once. One kind reminds, two warn, three equal reports or two places at once make a work order.',
    source: 'G03, a method of this platform',
  },
  minimum: { days: 0, needs: [{ of: 'samples', atLeast: 10 }] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const own = ctx.samples.filter((s) => s.by === 'self');
    if (own.length < p.minResults) return cannotTell('fewer than ten manual results', ['selfmon.csv']);
    if (!own.some((s) => s.sampledAt > ctx.now - p.freshDays * DAY)) return notMet('no new result');
    const oddities = [repeated(reportsOf(ctx), p) ?? [], spread(own, p) ?? [], likeAutomatic(ctx, p) ?? [], logistics(ctx, own, p)].flat();
    return oddities.length === 0 ? notMet() : conclude([findingOf(oddities, p)]);
  },
};
