import { quantile, sortedFinite } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { HOUR, MINUTE } from './parts/window.ts';
import { clockText, num } from './parts/wording.ts';

const DEFAULTS = {
  remindSeconds: 120, remindHours: 6,
  warnSeconds: 600, warnStepSeconds: 300,
  workOrderStepMinutes: 30, workOrderHours: 3,
  /** Back-fill comes in a burst with scattered ages; a wrong clock has one offset at the usual pace. */
  maxSpreadSeconds: 240,
} as const satisfies Thresholds;

interface Bucket {
  readonly start: number;
  readonly end: number;
  /** Arrival minus device time, ms. */
  readonly offset: number;
}

const intervalOf = (cn: string, stepMs: number): number => (cn === '2051' ? stepMs : cn === '2061' ? HOUR : 0);

/** Age of a live frame by the device's own clock; the worse of QN and DataTime. */
function offsetOf(ctx: Context, s: Context['clockSamples'][number]): number {
  const byQn = Number.isFinite(s.qn) ? s.arrivedAt - s.qn : Number.NaN;
  const byData = Number.isFinite(s.dataTime) ? s.arrivedAt - s.dataTime - intervalOf(s.cn, ctx.reg.stepMs) : Number.NaN;
  if (!Number.isFinite(byQn)) return byData;
  return Number.isFinite(byData) && Math.abs(byData) < Math.abs(byQn) ? byData : byQn;
}

function bucketsOf(ctx: Context, samples: Context['clockSamples'], p: typeof DEFAULTS): Bucket[] {
  const width = Math.max(HOUR, 4 * ctx.reg.stepMs);
  const groups = new Map<number, { at: number; offset: number }[]>();
  for (const s of samples) {
    if (s.cn !== '2011' && s.cn !== '2051' && s.cn !== '2061') continue;
    const key = Math.floor(s.arrivedAt / width);
    const list = groups.get(key) ?? [];
    list.push({ at: s.arrivedAt, offset: offsetOf(ctx, s) });
    groups.set(key, list);
  }
  const out: Bucket[] = [];
  for (const [key, list] of [...groups].sort((a, b) => a[0] - b[0])) {
    const sorted = sortedFinite(list.map((s) => s.offset));
    const spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
    const span = Math.max(...list.map((s) => s.at)) - Math.min(...list.map((s) => s.at));
    if (sorted.length < 3 || span < width / 3 || spread > p.maxSpreadSeconds * 1000) continue;
    out.push({ start: key * width, end: (key + 1) * width, offset: quantile(sorted, 0.5) });
  }
  return out;
}

/** `model:A06` — the device's clock against ours. */
export const a06: Model = {
  id: 'A06', version: '1.0.0',
  title: { zh: '时钟异常', en: 'Clock and time-stamp anomalies' },
  family: 'transport', trigger: 'tick', media: ['gas', 'water'], standsAlone: true,
  params: DEFAULTS, legalHooks: ['H4', 'H5'],
  about: {
    zh: '每小时到达时间与 QN、DataTime 之差的中位数为偏移；持续偏移、突变分级。成批补传（偏移离散）不计。',
    en: 'Offset is the hourly median of arrival minus QN or DataTime; lasting offsets and jumps are graded. Bursts of back-fill (scattered offsets) do not count.',
    source: 'A06; HJ 212 clock synchronisation',
  },
  minimum: { days: 0, needs: ['frames'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (Math.floor(ctx.now / HOUR) % 2 === 1) return notMet('looked at every other hour');
    const samples = ctx.clockSamples;
    if (samples.length === 0) return cannotTell('no frames in the last day', ['clock samples']);
    if (samples.every((s) => Math.abs(offsetOf(ctx, s)) <= p.remindSeconds * 1000)) return notMet();
    const buckets = bucketsOf(ctx, samples, p);
    const last = buckets[buckets.length - 1];
    if (last === undefined) return cannotTell('offsets too scattered to judge', ['live frames']);
    if (Math.abs(last.offset) <= p.remindSeconds * 1000 || ctx.now - last.end > 2 * HOUR) return notMet();
    let first = buckets.length - 1;
    while (first > 0 && Math.abs((buckets[first - 1] as Bucket).offset) > p.remindSeconds * 1000) first--;
    const run = buckets.slice(first);
    const before = buckets[first - 1];
    const start = (run[0] as Bucket).start;
    const end = Math.min(ctx.now, last.end);
    const hours = (end - start) / HOUR;
    const step = before === undefined ? 0 : Math.abs((run[0] as Bucket).offset - before.offset);
    const offset = Math.abs(last.offset);
    const jump = step >= p.workOrderStepMinutes * MINUTE || offset >= p.workOrderStepMinutes * MINUTE;
    const warn = offset > p.warnSeconds * 1000 || step > p.warnStepSeconds * 1000;
    if (!(hours >= p.remindHours || (warn && run.length >= 2))) return notMet();
    const tier: Tier = jump && hours >= p.workOrderHours ? 'WORK_ORDER' : warn ? 'WARN' : 'REMIND';
    const finding: Finding = {
      factors: [], start, end, tier, score: offset / (p.remindSeconds * 1000),
      stats: { offsetSeconds: last.offset / 1000, stepSeconds: step / 1000, hours },
      text: {
        zh: `设备时钟自 ${clockText(start)} 起比平台${last.offset > 0 ? '慢' : '快'} ${num(offset / MINUTE, 1)} 分钟，已持续 ${num(hours, 1)} 小时。`,
        en: `Since ${clockText(start)} the device clock has been ${num(offset / MINUTE, 1)} min ${last.offset > 0 ? 'slow' : 'fast'}, for ${num(hours, 1)} h.`,
      },
      clearedBy: [{ zh: '重启后尚未校时：几分钟内应自动恢复', en: 'Restart before time synchronisation: it recovers within minutes' }],
    };
    return conclude([finding]);
  },
};
