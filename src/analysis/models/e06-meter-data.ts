import { equalRuns, repeatedBlocks, resolutionOf } from '../primitives/index.ts';
import type { Context, Finding, Model, PowerSeries, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, suppress } from './parts/explanations.ts';
import { balanceDoubts, counterDoubts, phasorDoubts, silentMeters, type MeterDoubt } from './parts/meter-checks.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { metersOf, powerAt } from './parts/power-hours.ts';
import { clampedIndex, DAY, endedAt, HOUR, localDayStart } from './parts/window.ts';
import { num, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remindHours: 2, warnHours: 12, workOrderHours: 24, ownLongest: 2.5,
  /** A repeated day: exact copies of this many readings are joined into the repeated stretch. */
  seedReadings: 8, lookBackDays: 8, freshHours: 30, learnDays: 21,
  /** Relative difference of kW to √3·U·I·cosφ, of the counter to the integral, change of the meters' share of the main meter. */
  phasorShare: 0.05, counterShare: 0.05, balanceChange: 0.15,
} as const satisfies Thresholds;

interface Fake {
  readonly meter: PowerSeries;
  readonly how: 'constant' | 'repeated';
  readonly start: number;
  readonly end: number;
  readonly detail: number;
}

interface Own {
  readonly longest: number;
  readonly resolution: number;
}

/** Positions, counted from `from`, at which production ran and the meter itself was well above standby. */
function workingAt(ctx: Context, meter: PowerSeries, from: number, to: number): number[] {
  const production = metersOf(ctx, 'production');
  const on = 0.2 * production.reduce((most, m) => Math.max(most, m.ratedKw), 0);
  const least = 0.1 * meter.ratedKw;
  const at: number[] = [];
  for (let i = from; i < to; i++) {
    if ((meter.avg[i] as number) > least && (production.length === 0 || powerAt(production, i) >= on)) at.push(i - from);
  }
  return at;
}

const ownOf = (ctx: Context, meter: PowerSeries, p: typeof DEFAULTS): Own | undefined =>
  ctx.daily(`E06:${meter.meter}`, () => {
    const end = clampedIndex(meter, localDayStart(ctx.now) - 2 * DAY);
    const from = clampedIndex(meter, localDayStart(ctx.now) - (2 + p.learnDays) * DAY);
    const values = meter.avg.slice(from, end);
    const resolution = resolutionOf(values);
    if (resolution === undefined) return undefined;
    const at = workingAt(ctx, meter, from, end);
    if (at.length < 300) return undefined;
    return { longest: equalRuns(values, at, resolution, 0).reduce((n, r) => Math.max(n, r.to - r.from + 1), 1), resolution };
  });

function constantOf(ctx: Context, meter: PowerSeries, own: Own, p: typeof DEFAULTS): Fake[] {
  const to = endedAt(meter, ctx.now);
  const from = clampedIndex(meter, ctx.now - p.lookBackDays * DAY);
  const values = meter.avg.subarray(from, to);
  const at = workingAt(ctx, meter, from, to);
  return equalRuns(values, at, own.resolution, 0, 3).flatMap((r) => {
    const start = meter.t0 + (from + (at[r.from] as number)) * meter.stepMs;
    const end = meter.t0 + (from + (at[r.to] as number) + 1) * meter.stepMs;
    const fresh = end > ctx.now - p.freshHours * HOUR;
    const long = end - start >= p.remindHours * HOUR && r.to - r.from + 1 >= p.ownLongest * own.longest;
    return fresh && long ? [{ meter, how: 'constant' as const, start, end, detail: r.level }] : [];
  });
}

function repeatedOf(ctx: Context, meter: PowerSeries, own: Own, p: typeof DEFAULTS): Fake[] {
  const to = endedAt(meter, ctx.now);
  const from = clampedIndex(meter, ctx.now - 2 * p.lookBackDays * DAY);
  const codes = new Int32Array(to - from);
  const usable = new Uint8Array(to - from);
  for (let i = from; i < to; i++) {
    const v = meter.avg[i] as number;
    if (!(v > 0.1 * meter.ratedKw)) continue;
    codes[i - from] = Math.round(v / own.resolution);
    usable[i - from] = 1;
  }
  const newFrom = Math.max(0, codes.length - Math.round((p.freshHours * HOUR) / meter.stepMs));
  const blocks = repeatedBlocks(codes, usable, newFrom, p.seedReadings).filter((b) => b.length * meter.stepMs >= p.remindHours * HOUR);
  return blocks.map((b) => ({
    meter, how: 'repeated' as const, start: meter.t0 + (from + b.start) * meter.stepMs,
    end: meter.t0 + (from + b.start + b.length) * meter.stepMs, detail: ((b.start - b.twin) * meter.stepMs) / DAY,
  }));
}

function findingOf(ctx: Context, f: Fake, p: typeof DEFAULTS): Finding {
  const hours = (f.end - f.start) / HOUR;
  const tier: Tier = hours >= p.workOrderHours && f.meter.role === 'treatment' ? 'WORK_ORDER' : hours >= p.warnHours ? 'WARN' : 'REMIND';
  const zhHow = f.how === 'constant' ? `恒为 ${num(f.detail, 2)} kW` : `与 ${num(f.detail, 2)} 天前逐值相同`;
  const enHow = f.how === 'constant' ? `stood at ${num(f.detail, 2)} kW` : `repeated the readings of ${num(f.detail, 2)} days before`;
  const finding: Finding = {
    factors: [], start: f.start, end: f.end, tier, score: hours / p.remindHours,
    stats: { meter: f.meter.meter, role: f.meter.role, how: f.how, hours, detail: f.detail },
    text: {
      zh: `${spanText(f.start, f.end)} ${f.meter.role === 'treatment' ? '治污' : '生产'}电表 ${f.meter.meter} 读数${zhHow}，持续 ${num(hours, 1)} 小时，而生产在运行。`,
      en: `Meter ${f.meter.meter} (${f.meter.role}) ${enHow} for ${num(hours, 1)} h while production ran (${spanText(f.start, f.end)}).`,
    },
    clearedBy: [{ zh: '采集终端缓存末值：看终端通讯记录', en: 'The terminal repeated its last value: see its communication log' }],
  };
  return suppress(finding, explain(ctx, finding, [], ['stop-mark', 'power-down']));
}

const HOW: Readonly<Record<MeterDoubt['how'], (detail: number) => readonly [zh: string, en: string]>> = {
  phasor: (d) => [`有功功率与电压、电流、功率因数推算值相差 ${num(d * 100, 1)}%，且偏离其惯常比例`, `shows a power ${num(d * 100, 1)} % off what voltage, current and power factor give, against its own usual ratio`],
  counter: (d) => [`功率积分与电量表码相差 ${num(d * 100, 1)}%`, `integrates to ${num(d * 100, 1)} % more than its counter moved`],
  unbalanced: (d) => [`分表之和占总表的份额较惯常变化 ${num(d * 100, 1)} 个百分点`, `is joined by sub-meters whose share of it moved by ${num(d * 100, 1)} points`],
  silent: (d) => [`无读数，而同期生产用电 ${num(d, 0)} kW`, `said nothing while production drew ${num(d, 0)} kW`],
};

function doubtFinding(ctx: Context, d: MeterDoubt, p: typeof DEFAULTS): Finding | undefined {
  const hours = (d.end - d.start) / HOUR;
  if (hours < p.remindHours) return undefined;
  const [zh, en] = HOW[d.how](d.detail);
  const finding: Finding = {
    factors: [], start: d.start, end: d.end, tier: hours >= p.warnHours ? 'WARN' : 'REMIND', score: hours / p.remindHours,
    stats: { meter: d.meter, how: d.how, hours, detail: d.detail },
    text: {
      zh: `${spanText(d.start, d.end)} 电表 ${d.meter} ${zh}，持续 ${num(hours, 1)} 小时。`,
      en: `Meter ${d.meter} ${en}, for ${num(hours, 1)} h (${spanText(d.start, d.end)}).`,
    },
    clearedBy: [
      { zh: '互感器变比或接线更换：看电力作业记录', en: 'A transformer or its wiring was changed: see the electrical work record' },
      { zh: '采集终端单路故障：看终端日志', en: 'One channel of the terminal failed: see its log' },
    ],
  };
  return suppress(finding, explain(ctx, finding, [], ['filed-change', 'site-blackout']));
}

function doubts(ctx: Context, p: typeof DEFAULTS): Finding[] {
  const since = localDayStart(ctx.now) - (p.freshHours - 24) * HOUR - DAY + 2 * HOUR;
  const all = [
    ...phasorDoubts(ctx, since, p.phasorShare), ...counterDoubts(ctx, since, p.counterShare),
    ...balanceDoubts(ctx, since, p.balanceChange), ...silentMeters(ctx, since),
  ];
  return all.flatMap((d) => doubtFinding(ctx, d, p) ?? []);
}

/** `model:E06` — a meter whose readings were not measured. */
export const e06: Model = {
  id: 'E06', version: '1.2.0',
  title: { zh: '电表失真', en: 'Meter data distorted, lost or unbalanced' },
  family: 'power', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 24,
  params: DEFAULTS, legalHooks: ['H4', 'H3'],
  about: {
    zh: '生产运行时电表读数恒定（长于本站任何正常段 2.5 倍）或与此前逐值重复；有电气明细时另核对：有功与电压、电流、功率因数推算值（偏差 5% 且偏离自身惯常比例）、功率积分与表码（6 小时窗，超出各次读数间可能范围 5%）；有总表时核对分表份额；治污表静默而生产在用电。',
    en: 'While production runs the meter is constant (2.5 times longer than ever before) or repeats earlier readings value by value. Where details are sent: power against voltage, current and power factor (5 % and off its own usual ratio), integral against counter (over six hours, 5 % beyond what the readings leave open); where there is a main meter the share of the sub-meters; a treatment meter silent while production draws power.',
    source: 'E06, a method of this platform: U15 repeated blocks',
  },
  minimum: { days: 5, needs: ['meters'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const meters = ctx.power.filter((m) => m.role !== 'main');
    if (meters.length === 0) return cannotTell('no meter', ['meters']);
    const known = meters.flatMap((meter) => {
      const own = ownOf(ctx, meter, p);
      return own === undefined ? [] : [{ meter, own }];
    });
    const doubted = doubts(ctx, p);
    if (known.length === 0 && doubted.length === 0) return cannotTell('not enough power history', ['2 days of power under production']);
    const fakes = known.flatMap(({ meter, own }) => {
      const constant = constantOf(ctx, meter, own, p);
      return constant.length > 0 ? constant : repeatedOf(ctx, meter, own, p);
    });
    const findings = [...fakes.map((f) => findingOf(ctx, f, p)), ...doubted];
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
