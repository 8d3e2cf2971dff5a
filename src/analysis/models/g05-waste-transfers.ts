import { median } from '../primitives/index.ts';
import type { Finding, ManifestFact, Model } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { cannotTell, conclude, notMet, settings, tierOf } from './parts/outcomes.ts';
import { DAY, HOUR, localHour } from './parts/window.ts';
import { num, spanText } from './parts/wording.ts';

const DEFAULTS = {
  deviationKm: 5, stopMinutes: 30, durationTimes: 1.5, lossShare: 0.03, workOrderLoss: 0.05, silentMinutes: 60, storageDays: 365,
  repeatedWeights: 3, minManifests: 20, nightFrom: 22, nightTo: 6, freshDays: 3,
} as const satisfies Thresholds;

type Kind = readonly [kind: string, zh: string, en: string];

const lossOf = (m: ManifestFact): number => 1 - m.receivedTonnes / m.sentTonnes;

/** Loads with the very same weight, three figures or more, among the twenty before. */
function repeatsOf(m: ManifestFact, all: readonly ManifestFact[], p: typeof DEFAULTS): number {
  if (all.length < p.minManifests || String(m.sentTonnes).replace(/[-.]/gu, '').length < 3) return 0;
  return all.filter((other) => other.leftAt <= m.leftAt).slice(-p.minManifests).filter((other) => other.sentTonnes === m.sentTonnes).length;
}

function oddities(m: ManifestFact, all: readonly ManifestFact[], p: typeof DEFAULTS): Kind[] {
  const found: Kind[] = [];
  if (m.deviationKm > p.deviationKm) found.push(['route', `偏离路线 ${num(m.deviationKm, 1)} 公里`, `${num(m.deviationKm, 1)} km off the route`]);
  if (m.stopMinutes > p.stopMinutes) found.push(['stop', `途中停留 ${num(m.stopMinutes, 0)} 分钟`, `a stop of ${num(m.stopMinutes, 0)} min on the way`]);
  if (lossOf(m) > p.lossShare) found.push(['loss', `到货短少 ${num(lossOf(m) * 100, 1)}%`, `${num(lossOf(m) * 100, 1)} % less weight on arrival`]);
  if (m.licensed === false) found.push(['carrier', `承运单位 ${m.carrier} 无资质`, `carrier ${m.carrier} holds no licence`]);
  if (m.leftAt - m.storedSince > p.storageDays * DAY) found.push(['storage', '贮存超过一年', 'stored for over a year']);
  const hour = localHour(m.leftAt);
  if (hour >= p.nightFrom || hour < p.nightTo) found.push(['night', '夜间出厂', 'left at night']);
  const usual = median(all.filter((o) => o.carrier === m.carrier && o !== m).map((o) => o.arrivedAt - o.leftAt));
  const took = m.arrivedAt - m.leftAt;
  if (all.length >= p.minManifests && took > p.durationTimes * usual && took - usual > HOUR) found.push(['duration', `历时 ${num(took / HOUR, 1)} 小时（惯常 ${num(usual / HOUR, 1)}）`, `took ${num(took / HOUR, 1)} h (usually ${num(usual / HOUR, 1)})`]);
  const repeats = repeatsOf(m, all, p);
  if (repeats >= p.repeatedWeights) found.push(['weights', `${repeats} 车重量完全相同`, `${repeats} loads of the very same weight`]);
  return found;
}

function findingOf(m: ManifestFact, kinds: readonly Kind[], p: typeof DEFAULTS): Finding {
  const dark = m.silentMinutes > p.silentMinutes && lossOf(m) > p.workOrderLoss;
  const names = kinds.map(([kind]) => kind);
  const end = Number.isFinite(m.arrivedAt) ? m.arrivedAt : m.leftAt + HOUR;
  const silence = dark ? [`，定位中断 ${num(m.silentMinutes, 0)} 分钟`, `, with its position silent for ${num(m.silentMinutes, 0)} min`] : ['', ''];
  return {
    factors: [], start: m.leftAt, end, tier: tierOf(true, kinds.length >= 2 || names.includes('weights'), dark) ?? 'REMIND', score: kinds.length + (dark ? 2 : 0),
    stats: { manifest: m.id, kinds: names.join(), sent: m.sentTonnes, received: Number.isFinite(m.receivedTonnes) ? m.receivedTonnes : 'unknown', plate: m.plate },
    text: {
      zh: `危废联单 ${m.id}（${spanText(m.leftAt, end)}）：${kinds.map(([, zh]) => zh).join('、')}${silence[0]}。`,
      en: `Manifest ${m.id} (${spanText(m.leftAt, end)}): ${kinds.map(([, , en]) => en).join(', ')}${silence[1]}.`,
    },
    clearedBy: [{ zh: '交通管制、车辆故障或按约夜间装运：看承运记录', en: 'Traffic, a breakdown or an agreed night loading: see the carrier\'s record' }],
  };
}

/** `model:G05` — transfers of hazardous waste that did not go as declared. */
export const g05: Model = {
  id: 'G05', version: '1.0.0', title: { zh: '危废转移异常', en: 'Manifest anomalies' },
  family: 'external', trigger: 'day', media: ['gas', 'water'], standsAlone: true, params: DEFAULTS, legalHooks: ['H8'],
  about: {
    zh: '逐张转移联单：偏离路线 5 公里、途中停留 30 分钟、到货短少 3%、承运无资质、夜间出厂、贮存超一年、历时超惯常 1.5 倍、重量重复（后两项需 20 张以上）。一项提醒，两项或重复重量警告；定位中断 1 小时且短少 5% 为工单。',
    en: 'Each manifest: 5 km off the route, a stop of 30 min, 3 % weight lost, carrier without licence, left at night, stored over a year, 1.5 times the usual duration, repeated weights (the last two from 20 manifests on). One reminds, two or repeated weights warn; an hour of silence with 5 % lost is a work order.',
    source: 'G05; 固废法 第82条',
  },
  minimum: { days: 0, needs: ['manifests'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (ctx.manifests.length === 0) return cannotTell('no manifests', ['manifests.csv']);
    const all = [...ctx.manifests].sort((a, b) => a.leftAt - b.leftAt || (a.id < b.id ? -1 : 1));
    const fresh = all.filter((m) => (Number.isFinite(m.arrivedAt) ? m.arrivedAt : m.leftAt) > ctx.now - p.freshDays * DAY);
    const findings = fresh.flatMap((m) => {
      const kinds = oddities(m, all, p);
      const dark = m.silentMinutes > p.silentMinutes && lossOf(m) > p.workOrderLoss;
      return kinds.length === 0 && !dark ? [] : [findingOf(m, kinds, p)];
    });
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
