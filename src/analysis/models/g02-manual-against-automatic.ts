import { median } from '../primitives/index.ts';
import type { Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { disagrees, manualPairs, type ManualPair } from './parts/manual-pairs.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { DAY, HOUR } from './parts/window.ts';
import { clockText, namesEn, namesZh, num, percent } from './parts/wording.ts';

const DEFAULTS = {
  remindDifference: 0.3, rowLength: 5, rowMedian: 0.2, overLimit: 1, automaticBelow: 0.7,
  /** A pair is looked at while the result is new. */
  freshDays: 10,
} as const satisfies Thresholds;

interface Hit {
  readonly pair: ManualPair;
  readonly tier: Tier;
  readonly row: number;
  readonly start: number;
}

function hitOf(pair: ManualPair, all: readonly ManualPair[], p: typeof DEFAULTS): Hit | undefined {
  const { sample, automatic, limit } = pair;
  const start = Math.floor(sample.sampledAt / HOUR) * HOUR;
  const over = sample.by === 'supervisory' && sample.value > p.overLimit * limit && automatic < p.automaticBelow * limit;
  const differs = disagrees(pair, p.remindDifference);
  if (over && differs) return { pair, tier: 'WORK_ORDER', row: 1, start };
  if (differs && sample.by === 'supervisory') return { pair, tier: 'WARN', row: 1, start };
  const row = all.filter((other) => other.sample.factor === sample.factor && other.sample.sampledAt <= sample.sampledAt).slice(-p.rowLength);
  const higher = row.length === p.rowLength && row.every((one) => one.difference > 0) && median(row.map((one) => one.difference)) > p.rowMedian;
  if (higher && row.some((one) => disagrees(one, p.rowMedian))) return { pair, tier: 'WARN', row: row.length, start: Math.floor((row[0] as ManualPair).sample.sampledAt / HOUR) * HOUR };
  return differs ? { pair, tier: 'REMIND', row: 1, start } : undefined;
}

function findingOf({ pair, tier, row, start }: Hit, p: typeof DEFAULTS): Finding {
  const { sample, automatic, difference, limit, permitted } = pair;
  const [zhBy, enBy] = sample.by === 'supervisory' ? ['监督性监测', 'supervisory'] : ['自行手工监测', 'manual'];
  const permittedZh = permitted === undefined ? '' : `（标准在该浓度允许的误差为 ${num(permitted, 2)}）`;
  const permittedEn = permitted === undefined ? '' : ` (the standard permits an error of ${num(permitted, 2)} at this level)`;
  const rowZh = row > 1 ? `；最近 ${row} 次手工结果均高于自动数据` : '';
  const rowEn = row > 1 ? `; the last ${row} manual results were all above the automatic ones` : '';
  return {
    factors: [sample.factor], start, end: Math.floor(sample.sampledAt / HOUR) * HOUR + HOUR, tier, score: Math.abs(difference) / p.remindDifference,
    stats: { manual: sample.value, automatic, difference, ...(permitted === undefined ? {} : { allowed: permitted }), limit: Number.isFinite(limit) ? limit : 'none', by: sample.by, row },
    text: {
      zh: `${clockText(sample.sampledAt)} ${namesZh([sample.factor])}${zhBy}结果 ${sample.text}，同小时自动数据 ${num(automatic, 3)}，相差 ${percent(difference)}${permittedZh}${rowZh}。`,
      en: `At ${clockText(sample.sampledAt)} the ${enBy} result of ${namesEn([sample.factor])} was ${sample.text}, the automatic hour ${num(automatic, 3)}: ${percent(difference)} apart${permittedEn}${rowEn}.`,
    },
    clearedBy: [
      { zh: '采样时段与小时均值不一致：看采样记录起止时间', en: 'Another minute than the hourly mean: see the sampling record' },
      { zh: '折算或干湿基准不同：核对报告基准', en: 'Another basis (dry, reference oxygen): check the report' },
    ],
  };
}

/** `model:G02` — manual results that disagree with the automatic device. */
export const g02: Model = {
  id: 'G02', version: '1.1.1', title: { zh: '手工与自动比对', en: 'Manual vs automatic' },
  family: 'manual', trigger: 'day', media: ['gas', 'water'], standsAlone: true, params: DEFAULTS, legalHooks: ['H4', 'H3'],
  about: {
    zh: '手工结果与同小时自动数据配对：相差 30% 以上、超出标准按浓度分段允许的误差和限值的一成，且前后小时的最小最大值也解释不了。监督性监测不合格为警告；监督结果超限而自动数据不到限值 70% 为工单；连续 5 次偏高且中位偏差 20% 以上为警告。',
    en: 'A manual result and its automatic hour: more than 30 % apart, beyond the error the standard permits at that level and a tenth of the limit, and not explained by the extremes of the neighbouring hours. A supervisory pair warns; a supervisory result over the limit with the device below 70 % of it is a work order; five in a row above by 20 % warn.',
    source: 'G02; HJ 75-2017, HJ 355-2019',
  },
  minimum: { days: 0, needs: ['samples', 'hours'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const pairs = manualPairs(ctx);
    if (pairs.length === 0) return cannotTell('no manual result with an automatic hour beside it', ['selfmon.csv']);
    const fresh = pairs.filter((pair) => pair.sample.sampledAt > ctx.now - p.freshDays * DAY);
    const hits = fresh.flatMap((pair) => hitOf(pair, pairs, p) ?? []);
    return hits.length === 0 ? notMet() : conclude(hits.map((hit) => findingOf(hit, p)));
  },
};
