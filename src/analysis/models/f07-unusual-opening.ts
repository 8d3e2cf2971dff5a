import type { FactorCode } from '#kernel';
import { median, seededDraws } from '../primitives/index.ts';
import type { Context, DoorOpening, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { isUnregistered, personWords } from './parts/door-people.ts';
import { explain, isBlackout, suppress } from './parts/explanations.ts';
import { isPollutant } from './parts/factors.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { finiteCount, runValues, signalOf } from './parts/signal.ts';
import { clampedIndex, DAY, HOUR, isNight, localDayStart, MINUTE } from './parts/window.ts';
import { clockText, namesEn, namesZh, num, percent } from './parts/wording.ts';

const DEFAULTS = {
  longHours: 4, perDay: 4, repeats: 3, repeatDays: 7,
  /** Median of the two hours after closing against three hours before opening. */
  beforeHours: 3, afterHours: 2, settleMinutes: 20, leastShift: 0.2, ownLargest: 1.3, draws: 150, seed: 20_260_707, learnDays: 30,
  gapMinutes: 30, freshHours: 6,
} as const satisfies Thresholds;

/** ln shift of a channel across an opening; NaN where either side is thin. */
function shiftAround(ctx: Context, factor: FactorCode, opened: number, closed: number, p: typeof DEFAULTS): number {
  const signal = signalOf(ctx, factor);
  if (signal === undefined || signal.stepMs > 15 * MINUTE) return Number.NaN;
  const after = closed + p.settleMinutes * MINUTE;
  const b = runValues(ctx, signal, clampedIndex(signal, opened - p.beforeHours * HOUR), clampedIndex(signal, opened));
  const a = runValues(ctx, signal, clampedIndex(signal, after), clampedIndex(signal, after + p.afterHours * HOUR));
  if (finiteCount(b) < 0.7 * b.length || finiteCount(a) < 0.7 * a.length || finiteCount(a) < 6) return Number.NaN;
  return Math.log(Math.max(1e-6, median(a)) / Math.max(1e-6, median(b)));
}

/** Largest such shift at seeded random times without a door: what the channel does by itself. Once per local day. */
const ownLargest = (ctx: Context, factor: FactorCode, p: typeof DEFAULTS): number =>
  ctx.daily(`F07:${factor}`, () => {
    const end = localDayStart(ctx.now) - 6 * HOUR;
    const start = Math.max(end - p.learnDays * DAY, ctx.state.t0);
    if (end - start < 10 * DAY) return Number.POSITIVE_INFINITY;
    const draw = seededDraws(p.seed);
    let largest = 0;
    for (let k = 0; k < p.draws; k++) {
      const at = start + draw() * (end - start);
      if (ctx.doors.some((d) => Math.abs(d.openedAt - at) < 5 * HOUR)) continue;
      const s = Math.abs(shiftAround(ctx, factor, at, at + HOUR / 2, p));
      if (s > largest) largest = s;
    }
    return largest;
  });

interface Effect {
  readonly factors: readonly FactorCode[];
  readonly shift: number;
  readonly gap: boolean;
}

/** What the data did within two hours of the opening: a channel that moved as it never does, or silence. */
function effectOf(ctx: Context, d: DoorOpening, closed: number, p: typeof DEFAULTS): Effect {
  const moved = ctx.factors.filter((f) => isPollutant(f)).flatMap((factor) => {
    const shift = shiftAround(ctx, factor, d.openedAt, closed, p);
    return Math.abs(shift) > p.leastShift && Math.abs(shift) > p.ownLargest * ownLargest(ctx, factor, p) ? [{ factor, shift }] : [];
  });
  const worst = moved.reduce((a, b) => (Math.abs(b.shift) > Math.abs(a) ? b.shift : a), 0);
  return { factors: moved.map((m) => m.factor).sort(), shift: worst, gap: silentAfter(ctx, d, closed, p) };
}

function silentAfter(ctx: Context, d: DoorOpening, closed: number, p: typeof DEFAULTS): boolean {
  const first = ctx.factors.flatMap((f) => ctx.step(f) ?? [])[0];
  if (first === undefined || isBlackout(ctx, { start: d.openedAt, end: closed + HOUR })) return false;
  const need = Math.ceil((p.gapMinutes * MINUTE) / first.stepMs);
  let run = 0;
  for (let i = clampedIndex(first, d.openedAt); i < clampedIndex(first, closed + 2 * HOUR); i++) {
    run = Number.isFinite(first.avg[i] as number) ? 0 : run + 1;
    if (run >= need) return true;
  }
  return false;
}

function findingOf(ctx: Context, d: DoorOpening, p: typeof DEFAULTS): Finding | undefined {
  const closed = Number.isFinite(d.closedAt) ? d.closedAt : ctx.now;
  const hours = (closed - d.openedAt) / HOUR;
  const unknown = isUnregistered(ctx, d);
  const night = isNight(d.openedAt);
  const day = localDayStart(d.openedAt);
  const today = ctx.doors.filter((o) => o.openedAt >= day && o.openedAt <= d.openedAt).length;
  const busy = today > p.perDay;
  const long = hours > p.longHours;
  if (!unknown && !night && !busy && !long) return undefined;
  const ready = ctx.now >= closed + p.afterHours * HOUR + p.settleMinutes * MINUTE && Number.isFinite(d.closedAt);
  const effect: Effect = ready && (unknown || night) ? effectOf(ctx, d, closed, p) : { factors: [], shift: 0, gap: false };
  // Short losses of the line are daily life: behind a registered person they say nothing.
  const acted = effect.factors.length > 0 || (unknown && effect.gap);
  // A registered person may come at night; what counts then is what the data did.
  if (!unknown && !busy && !long && !acted) return undefined;
  const odd = ctx.doors.filter((o) => o.openedAt <= d.openedAt && o.openedAt > d.openedAt - p.repeatDays * DAY && isUnregistered(ctx, o)).length;
  const tier: Tier = unknown && night && acted ? 'WORK_ORDER' : (unknown && (acted || odd >= p.repeats)) ? 'WARN' : 'REMIND';
  const who = personWords(d.person);
  const why = [
    ...(unknown ? [['人员未登记', 'person not registered']] : []), ...(night ? [['非工作时段', 'off-hours']] : []),
    ...(busy ? [[`当日第 ${today} 次`, `no. ${today} that day`]] : []), ...(long ? [[`开启 ${num(hours, 1)} 小时`, `open for ${num(hours, 1)} h`]] : []),
  ];
  const moved = effect.factors.length > 0
    ? [`，其后 2 小时${namesZh(effect.factors)}变化 ${percent(Math.exp(effect.shift) - 1, 0)}（超过本站无开门时的最大变化）`, `; within 2 h ${namesEn(effect.factors)} moved by ${percent(Math.exp(effect.shift) - 1, 0)}, more than ever without a door`]
    : acted ? ['，其后数据中断 30 分钟以上', '; then data were missing for 30 min or more'] : ['', ''];
  const finding: Finding = {
    factors: effect.factors, start: d.openedAt, end: acted ? closed + p.afterHours * HOUR : closed, tier, score: why.length + (acted ? 2 : 0),
    stats: { person: d.person, method: d.method, unregistered: unknown ? 1 : 0, night: night ? 1 : 0, hours, openingsToday: today, unregistered7d: odd, shift: effect.shift, gap: effect.gap ? 1 : 0 },
    text: {
      zh: `${clockText(d.openedAt)} 站房门被打开（${who.zh}）：${why.map((w) => w[0]).join('、')}${moved[0]}。`,
      en: `The station was opened at ${clockText(d.openedAt)} (${who.en}): ${why.map((w) => w[1]).join(', ')}${moved[1]}.`,
    },
    clearedBy: [{ zh: '保洁、抢修或应急人员进入', en: 'Cleaners, urgent repair or rescue' }, { zh: '门禁人员名单未更新', en: 'The list of door persons is out of date' }],
  };
  return suppress(finding, explain(ctx, { start: d.openedAt - HOUR, end: closed + HOUR }, effect.factors, ['filed-change']));
}

function alarmFindings(ctx: Context, p: typeof DEFAULTS): Finding[] {
  return ctx.doorAlarms.filter((a) => a.arrivedAt <= ctx.now && ctx.now - a.arrivedAt < p.freshHours * HOUR).map((a) => {
    const removed = a.kind === 'REMOVED';
    return {
      factors: [], start: a.at, end: a.at + HOUR, tier: removed ? 'WORK_ORDER' : 'REMIND', score: removed ? 5 : 1, stats: { bit: removed ? 'i32002' : 'i32003' },
      text: {
        zh: `${clockText(a.at)} 门禁报文${removed ? '报告监测设备被拆除（i32002=1）' : '报告门禁故障（i32003=1）'}。`,
        en: `At ${clockText(a.at)} the door device reported ${removed ? 'that equipment was taken away (i32002=1)' : 'a fault of its own (i32003=1)'}.`,
      },
      clearedBy: [{ zh: '已备案的拆装、更换', en: 'A filed removal or replacement' }],
      ...(removed ? { standsAloneHere: 'removal bit of the door device' } : {}),
    };
  });
}

/** `model:F07` — openings nobody announced, and devices taken away. */
export const f07: Model = {
  id: 'F07', version: '1.0.1',
  title: { zh: '异常开门与拆除', en: 'Unusual opening, removal' },
  family: 'site', trigger: 'tick', media: ['gas', 'water'], standsAlone: false, windowHours: 24,
  params: DEFAULTS, legalHooks: ['H5'],
  about: {
    zh: '未登记人员开门、开启超过 4 小时、一日超过 4 次，或 20–6 时开门且其后 2 小时数据出现无开门时从未有过的变化或中断；门禁报文的拆除位、故障位。',
    en: 'An opening by an unregistered person, for over 4 h, or the fifth of a day; one between 20:00 and 06:00 after which data moved as never without a door, or fell silent, within 2 h; the removal and fault bits of door frames.',
    source: 'F07; Ningxia annex 2 (i32001–i32006)',
  },
  minimum: { days: 0, needs: ['doors'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (ctx.doors.length === 0 && ctx.doorAlarms.length === 0) return cannotTell('no door record', ['doors']);
    const recent = ctx.doors.filter((d) => d.arrivedAt <= ctx.now && ctx.now - (Number.isFinite(d.closedAt) ? d.closedAt : ctx.now) < p.freshHours * HOUR);
    const findings = [...recent.flatMap((d) => findingOf(ctx, d, p) ?? []), ...alarmFindings(ctx, p)];
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
