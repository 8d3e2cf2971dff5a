import type { FactorCode } from '#kernel';
import { binomialTail, coverage, dilate, median, overlaps, union, type Interval } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { personWords } from './parts/door-people.ts';
import { isBlackout } from './parts/explanations.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { NORMAL } from './parts/signal.ts';
import { clampedIndex, DAY, endedAt, HOUR, MINUTE, timeAt } from './parts/window.ts';
import { clockText, namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remindOfflineHours: 6, nearMinutes: 30, liftP: 1e-3, liftEvents: 5, gapMinutes: 30,
  /** Panel reading against the reported value. */
  panelOff: 0.05, panelHours: 1, lookBackDays: 60, freshHours: 26,
} as const satisfies Thresholds;

type Video = Context['videos'][number];
const BLIND = /offline|lost|frozen|freeze|occlu|cover|block|离线|遮挡|冻结|黑屏/iu;
const COVERED = /occlu|cover|block|遮挡/iu;
/** `panel a21026=35.2`: what text recognition read off the instrument's display. */
const PANEL = /^(?:panel|ocr)[ :]([\w.]+)=(-?\d+(?:\.\d+)?)$/iu;

const base = (p: Pick<Finding, 'start' | 'end' | 'tier' | 'score' | 'stats' | 'text'>): Finding => ({
  factors: [], ...p,
  clearedBy: [{ zh: '网络故障、供电中断', en: 'A network fault or loss of power' }, { zh: '摄像机检修并已报告', en: 'A reported repair of the camera' }],
});

/** Openings, and gaps in the data of half an hour and more. */
function siteEvents(ctx: Context, from: number, p: typeof DEFAULTS): Interval[] {
  const doors = ctx.doors.filter((d) => d.openedAt >= from).map((d) => ({ start: d.openedAt, end: Number.isFinite(d.closedAt) ? d.closedAt : d.openedAt + HOUR }));
  const steps = ctx.factors.flatMap((f) => ctx.step(f) ?? [])[0];
  const gaps: Interval[] = [];
  if (steps !== undefined) {
    let first = -1;
    const to = endedAt(steps, ctx.now);
    for (let i = clampedIndex(steps, Math.max(from, ctx.activeSince)); i <= to; i++) {
      const missing = i < to && !Number.isFinite(steps.avg[i] as number);
      if (missing && first < 0) first = i;
      if (!missing && first >= 0) {
        if ((i - first) * steps.stepMs >= p.gapMinutes * MINUTE) gaps.push({ start: timeAt(steps, first), end: timeAt(steps, i) });
        first = -1;
      }
    }
  }
  return [...doors, ...gaps];
}

function offlineFindings(ctx: Context, fresh: readonly Video[], p: typeof DEFAULTS): Finding[] {
  return union(fresh.filter((v) => BLIND.test(v.event)), 10 * MINUTE).flatMap((span) => {
    const hours = (span.end - span.start) / HOUR;
    if (hours < p.remindOfflineHours || isBlackout(ctx, span)) return [];
    return [base({
      ...span, tier: 'REMIND', score: hours / p.remindOfflineHours, stats: { hours },
      text: { zh: `${spanText(span.start, span.end)} 站房视频离线、遮挡或冻结 ${num(hours, 1)} 小时。`, en: `Video of the station was off, covered or frozen for ${num(hours, 1)} h (${spanText(span.start, span.end)}).` },
    })];
  });
}

/** A camera covered while somebody opens. */
function coveredFindings(ctx: Context, fresh: readonly Video[], p: typeof DEFAULTS): Finding[] {
  return fresh.filter((v) => COVERED.test(v.event)).flatMap((v) => {
    const near = dilate([v], p.nearMinutes * MINUTE)[0] as Interval;
    const door = ctx.doors.find((d) => d.openedAt >= near.start && d.openedAt < near.end);
    if (door === undefined) return [];
    return [base({
      start: Math.min(v.start, door.openedAt), end: v.end, tier: 'WARN', score: 2, stats: { person: door.person, minutes: (v.end - v.start) / MINUTE },
      text: {
        zh: `${clockText(v.start)} 摄像机被遮挡 ${num((v.end - v.start) / MINUTE, 0)} 分钟，${clockText(door.openedAt)} 站房门打开（${personWords(door.person).zh}）。`,
        en: `The camera was covered at ${clockText(v.start)} for ${num((v.end - v.start) / MINUTE, 0)} min and the door opened at ${clockText(door.openedAt)} (${personWords(door.person).en}).`,
      },
    })];
  });
}

/** Blind spells that fall on openings and gaps more often than their share of time allows. */
function liftFinding(ctx: Context, all: readonly Video[], fresh: readonly Video[], p: typeof DEFAULTS): Finding[] {
  const blind = all.filter((v) => BLIND.test(v.event) && !isBlackout(ctx, v));
  const last = fresh.filter((v) => BLIND.test(v.event)).at(-1);
  if (blind.length < p.liftEvents || last === undefined) return [];
  const from = Math.max(ctx.activeSince, ctx.now - p.lookBackDays * DAY);
  const near = dilate(siteEvents(ctx, from, p), p.nearMinutes * MINUTE);
  const hit = blind.filter((v) => near.some((i) => overlaps(i, v)));
  // A long blind spell meets something by chance more easily: its own length widens the target.
  const typical = median(blind.map((v) => v.end - v.start));
  const share = coverage({ start: from, end: ctx.now }, dilate(near, typical / 2));
  const chance = binomialTail(hit.length, blind.length, share);
  if (chance >= p.liftP || !hit.includes(last)) return [];
  return [base({
    start: last.start, end: last.end, tier: 'WARN', score: -Math.log10(Math.max(chance, 1e-12)), stats: { events: blind.length, coincident: hit.length, share, p: chance },
    text: {
      zh: `60 天内 ${blind.length} 次视频离线或遮挡中有 ${hit.length} 次与开门或数据中断相差不到 30 分钟（随机应占 ${percent(share, 0)}，p = ${num(chance, 6)}），最近一次 ${clockText(last.start)}。`,
      en: `${hit.length} of ${blind.length} blind spells of the camera in 60 days fell within 30 min of an opening or a gap (by chance ${percent(share, 0)}, p = ${num(chance, 6)}), the last at ${clockText(last.start)}.`,
    },
  })];
}

/** The instrument's display against what was reported for the same time. */
function panelFindings(ctx: Context, fresh: readonly Video[], p: typeof DEFAULTS): Finding[] {
  const reads = fresh.flatMap((v) => {
    const [, code, value] = PANEL.exec(v.event.trim()) ?? [];
    const series = code === undefined ? undefined : ctx.step(code as FactorCode);
    const i = series === undefined ? -1 : clampedIndex(series, (v.start + v.end) / 2);
    const sent = series?.avg[i] as number;
    return code !== undefined && series?.flag[i] === NORMAL && sent > 0 ? [{ v, code: code as FactorCode, shown: Number(value), sent }] : [];
  });
  return [...new Set(reads.map((r) => r.code))].flatMap((code) => {
    const own = reads.filter((r) => r.code === code);
    const off = own.filter((r) => Math.abs(r.shown - r.sent) > p.panelOff * Math.max(Math.abs(r.shown), r.sent));
    const first = off[0];
    const last = off.at(-1);
    if (first === undefined || last === undefined || off.length < 3 || off.length < 0.8 * own.length || last.v.end - first.v.start < p.panelHours * HOUR) return [];
    const ratio = median(off.map((r) => r.sent / r.shown));
    return [{
      ...base({
        start: first.v.start, end: last.v.end, tier: 'WORK_ORDER' as Tier, score: Math.abs(ratio - 1) / p.panelOff, stats: { readings: own.length, different: off.length, ratio },
        text: {
          zh: `${spanText(first.v.start, last.v.end)} 仪表显示的${namesZh([code])}与上报值 ${own.length} 次比对中 ${off.length} 次相差超过 5%，上报值为显示值的 ${percent(ratio, 0)}。`,
          en: `${namesEn([code])} on the instrument's display differed from what was reported by over 5 % in ${off.length} of ${own.length} readings (${spanText(first.v.start, last.v.end)}); reported is ${percent(ratio, 0)} of shown.`,
        },
      }),
      factors: [code], standsAloneHere: 'the display contradicts the report',
    }];
  });
}

/** `model:F09` — a camera that looks away at the right moments, or sees another number. */
export const f09: Model = {
  id: 'F09', version: '1.0.1',
  title: { zh: '视频异常同步', en: 'Video events in step with data' },
  family: 'site', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 24,
  params: DEFAULTS, legalHooks: ['H5', 'H4'],
  about: {
    zh: '视频离线、遮挡、冻结连续 6 小时；遮挡与开门相差不到 30 分钟；60 天内 5 次以上盲区与开门或数据中断的重合，按时间占比作二项检验；画面识别的仪表读数与同时刻上报值相差 5% 以上达 1 小时。',
    en: 'Video off, covered or frozen for 6 h; covered within 30 min of an opening; coincidence of 5 or more blind spells with openings or gaps in 60 days, binomial against their share of time; a display reading that differs from the report by over 5 % for 1 h.',
    source: 'F09, a method of this platform',
  },
  minimum: { days: 0, needs: ['videos'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (ctx.videos.length === 0) return cannotTell('no video record', ['video']);
    const known = ctx.videos.filter((v) => v.end <= ctx.now && v.end > ctx.now - p.lookBackDays * DAY);
    const fresh = known.filter((v) => v.end > ctx.now - p.freshHours * HOUR);
    if (fresh.length === 0) return notMet();
    const findings = [...offlineFindings(ctx, fresh, p), ...coveredFindings(ctx, fresh, p), ...liftFinding(ctx, known, fresh, p), ...panelFindings(ctx, fresh, p)];
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
