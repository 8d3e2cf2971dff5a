import { MINUTE, SECOND } from '#kernel';
import { quantileOf, robustScale } from '../primitives/index.ts';
import type { Context, Finding, Model, SurveyFact } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { foundBy } from './parts/corroboration.ts';
import { cannotTell, conclude, notMet, settings, tierOf } from './parts/outcomes.ts';
import { bearing, kilometres, type Place } from './parts/places.ts';
import { DAY } from './parts/window.ts';
import { num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  sigmas: 5, peakSeconds: 10, leastWind: 0.5, sectorDegrees: 20, reachKm: 1, decayKm: 0.3,
  /** Weight of a source that nobody knows of, as if a firm stood 0.9 km upwind. */
  unknownWeight: 0.05, posterior: 0.5, warnPasses: 2, backgroundQuantile: 0.05, freshDays: 2, lookBackDays: 30,
} as const satisfies Thresholds;

interface Peak {
  readonly pass: string;
  readonly start: number;
  readonly end: number;
  readonly height: number;
  readonly posterior: number;
  readonly km: number;
}

/** Upwind weight of a firm for a point of the track: exp(−d/300 m) within the sector, nothing outside. */
export function upwindWeight(point: Place, windFrom: number, firm: Place, p: Pick<typeof DEFAULTS, 'sectorDegrees' | 'reachKm' | 'decayKm'>): number {
  const km = kilometres(point, firm);
  const off = Math.abs(((bearing(point, firm) - windFrom + 540) % 360) - 180);
  // Within fifty metres the car stands at the fence: no direction tells anything.
  return km > p.reachKm || (off > p.sectorDegrees && km > 0.05) ? 0 : Math.exp(-km / p.decayKm);
}

function peaksOf(ctx: Context, pass: SurveyFact, here: Place, others: readonly Place[], p: typeof DEFAULTS): Peak[] {
  const background = quantileOf(pass.value, p.backgroundQuantile);
  const sigma = robustScale(pass.value.filter((v) => v <= quantileOf(pass.value, 0.5))).sigma || 0.01 * Math.abs(background) || 0.01;
  const peaks: Peak[] = [];
  let from = -1;
  for (let i = 0; i <= pass.value.length; i++) {
    const high = i < pass.value.length && (pass.value[i] as number) > background + p.sigmas * sigma;
    if (high && from < 0) from = i;
    if (high || from < 0) continue;
    const [first, last] = [from, i - 1];
    from = -1;
    const [start, end] = [pass.at[first] as number, pass.at[last] as number];
    if (end - start < p.peakSeconds * SECOND - SECOND) continue;
    const top = pass.value.slice(first, i).reduce((best, v, k) => (v > (pass.value[best] as number) ? first + k : best), first);
    const [windFrom, speed] = [pass.windFrom[top] as number, pass.windSpeed[top] as number];
    if (!(speed >= p.leastWind) || !Number.isFinite(windFrom)) continue;
    const point = { lat: pass.lat[top] as number, lon: pass.lon[top] as number };
    const own = upwindWeight(point, windFrom, here, p);
    const all = own + p.unknownWeight + others.reduce((sum, firm) => sum + upwindWeight(point, windFrom, firm, p), 0);
    peaks.push({ pass: pass.pass, start, end, height: ((pass.value[top] as number) - background) / sigma, posterior: own / all, km: kilometres(point, here) });
  }
  return peaks;
}

/** `model:G06` — a survey car finds a plume that points to this firm. */
export const g06: Model = {
  id: 'G06', version: '1.0.0', title: { zh: '走航 VOCs 热点', en: 'Mobile VOC hotspot' },
  family: 'external', trigger: 'day', media: ['gas', 'water'], standsAlone: true, params: DEFAULTS, legalHooks: ['H3'],
  about: {
    zh: '单次走航以 5% 分位为背景，高出 5σ 达 10 秒为峰；沿来风方向 ±20°、1 公里内的企业按 exp(−距离/300 米) 分摊，后验超 0.5 提醒；两次走航均指向警告；另有治污未开或空转（E01/E03）为工单。风速低于 0.5 米/秒不判。',
    en: 'In each pass the background is the 5th percentile; 5σ above it for 10 s is a peak, shared out among firms within 1 km and ±20° upwind by exp(−d/300 m): above 0.5 reminds, two passes warn, with treatment off or idling (E01, E03) a work order. Below 0.5 m/s of wind nothing is judged.',
    source: 'G06, a method of this platform',
  },
  minimum: { days: 0, needs: ['surveys', 'location', 'wind'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const here = ctx.reg.location;
    const passes = ctx.surveys.filter((pass) => (pass.at.at(-1) ?? 0) > ctx.now - p.lookBackDays * DAY);
    if (passes.length === 0 || here === undefined) return cannotTell('no survey near the unit', ['survey.csv', 'coordinates']);
    if (!passes.some((pass) => pass.windSpeed.some((v) => v >= p.leastWind))) return cannotTell('no wind, or calm', ['wind_from_deg', 'wind_m_s']);
    const peaks = passes.flatMap((pass) => peaksOf(ctx, pass, here, ctx.reg.neighbours, p)).filter((peak) => peak.posterior > p.posterior);
    const fresh = peaks.filter((peak) => peak.end > ctx.now - p.freshDays * DAY);
    if (fresh.length === 0) return notMet();
    const count = new Set(peaks.map((peak) => peak.pass)).size;
    const best = fresh.reduce((a, b) => (b.posterior > a.posterior ? b : a));
    const idle = foundBy(ctx, ['E01', 'E03'], best.start, best.end, DAY);
    const start = best.start - MINUTE;
    const end = best.end + MINUTE;
    const finding: Finding = {
      factors: [], start, end, tier: tierOf(true, count >= p.warnPasses, count >= p.warnPasses && idle) ?? 'REMIND', score: best.posterior / p.posterior,
      stats: { passes: count, posterior: best.posterior, height: best.height, km: best.km, treatmentOff: idle ? 1 : 0 },
      text: {
        zh: `走航 ${best.pass}（${spanText(start, end)}）总挥发性有机物峰值高出背景 ${num(best.height, 0)}σ，上风向 ${num(best.km * 1000, 0)} 米为本单位，归属可能性 ${percent(best.posterior, 0)}；30 天内 ${count} 次走航指向本单位。`,
        en: `Survey ${best.pass} (${spanText(start, end)}) met a VOC peak ${num(best.height, 0)}σ above background with this unit ${num(best.km * 1000, 0)} m upwind, ${percent(best.posterior, 0)} likely its source; ${count} passes in 30 days point here.`,
      },
      clearedBy: [{ zh: '过往车辆、加油站或风向突变：看走航视频与气象', en: 'Traffic, a filling station or turning wind: see the survey video and weather' }],
    };
    return conclude([finding]);
  },
};
