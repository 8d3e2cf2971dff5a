import { DAY, HOUR } from '#kernel';
import { workWords } from '#quality';
import { median } from '../primitives/index.ts';
import type { Context, DailySummary, Finding, Model, Peer, Tier, Visit } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { binomialTail } from '../primitives/index.ts';
import { kilometres } from './parts/places.ts';
import { doorsBetween } from './parts/explanations.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { MINUTE } from './parts/window.ts';
import { clockText, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  speedKmH: 120, leastKm: 3, warnVisits: 3, shortMinutes: 10, ticketLikeness: 0.9, shingle: 4,
  /** After a visit the values fell by this much (ln) at so many visits of the person, at so many clients. */
  fall: 0.2, fallShare: 0.5, minVisits: 6, minClients: 3, usualShare: 0.05, workOrderP: 1e-4,
  freshDays: 3, lookBackDays: 30,
} as const satisfies Thresholds;

type Kind = 'speed' | 'unseen' | 'short' | 'copied' | 'after';

interface Hit {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
  readonly who: string;
  readonly amount: number;
  readonly zh: string;
  readonly en: string;
}

const visitsOf = (days: readonly DailySummary[], since: number): Visit[] => days.flatMap((day) => day.visits).filter((visit) => visit.from >= since);

/** One person at two stations, faster than a car: two cards, or a card that was lent. */
function speedHits(ctx: Context, colleagues: readonly Peer[], own: readonly Visit[], p: typeof DEFAULTS): Hit[] {
  const here = ctx.reg.location;
  if (here === undefined) return [];
  return own.flatMap((visit) => colleagues.flatMap((peer) => {
    if (peer.location === undefined) return [];
    const km = kilometres(here, peer.location);
    if (km < p.leastKm) return [];
    return visitsOf(peer.days, visit.from - DAY).filter((other) => other.person === visit.person).flatMap((other): Hit[] => {
      const gap = Math.max(other.from - visit.to, visit.from - other.to, 1000) / HOUR;
      if (gap > 6 || km / gap <= p.speedKmH) return [];
      const speed = Math.min(9999, km / gap);
      return [{
        kind: 'speed', start: Math.min(visit.from, other.from), end: Math.max(visit.to, other.to), who: visit.person, amount: speed,
        zh: `${visit.person} ${clockText(visit.from)} 在本站、${clockText(other.from)} 在 ${peer.name}（相距 ${num(km, 1)} 公里），时速需 ${num(speed, 0)} 公里`,
        en: `${visit.person} was here at ${clockText(visit.from)} and at ${peer.name} at ${clockText(other.from)}, ${num(km, 1)} km away: ${num(speed, 0)} km/h`,
      }];
    });
  }));
}

/** Work in the ledger that no door saw, or that a door saw for a few minutes only. Needs doors that usually see the work. */
function unseenHits(ctx: Context, p: typeof DEFAULTS): Hit[] {
  const span = (m: { start: number; end: number }): readonly [number, number] => [m.start - HOUR, Math.max(m.end, m.start + HOUR)];
  const seen = (m: { start: number; end: number }) => doorsBetween(ctx, ...span(m));
  const work = ctx.maintenance.filter((m) => m.start > ctx.now - p.lookBackDays * DAY && m.end <= ctx.now - HOUR && m.end - m.start >= 0.5 * HOUR && /mainten|维护|保养|巡检|calib|校准/iu.test(m.what));
  if (work.filter((m) => seen(m).length > 0).length < Math.max(3, 0.8 * work.length)) return [];
  return work.filter((m) => m.start > ctx.now - p.freshDays * DAY).flatMap((m): Hit[] => {
    const doors = seen(m);
    const hours = (m.end - m.start) / HOUR;
    if (doors.length === 0) {
      return [{ kind: 'unseen', start: m.start, end: m.end, who: '', amount: hours, zh: `台账记有 ${num(hours, 1)} 小时“${workWords(m.what).zh}”，无开门记录`, en: `the ledger claims ${num(hours, 1)} h of "${workWords(m.what).en}", no door was opened` }];
    }
    const inside = doors.reduce((sum, d) => sum + ((Number.isNaN(d.closedAt) ? ctx.now : d.closedAt) - d.openedAt), 0);
    if (inside >= p.shortMinutes * MINUTE) return [];
    return [{ kind: 'short', start: m.start, end: m.end, who: doors[0]?.person ?? '', amount: inside / MINUTE, zh: `台账记有 ${num(hours, 1)} 小时“${workWords(m.what).zh}”，在站仅 ${num(inside / MINUTE, 0)} 分钟`, en: `the ledger claims ${num(hours, 1)} h of "${workWords(m.what).en}", the visit took ${num(inside / MINUTE, 0)} min` }];
  });
}

function shingles(text: string, n: number): Set<string> {
  const plain = text.replace(/[\s\p{P}]/gu, '');
  return new Set(Array.from({ length: Math.max(1, plain.length - n + 1) }, (_, i) => plain.slice(i, i + n)));
}

/** Jaccard likeness of two texts on runs of characters. */
export function textLikeness(a: string, b: string, n: number): number {
  const [x, y] = [shingles(a, n), shingles(b, n)];
  const common = [...x].filter((one) => y.has(one)).length;
  return common / (x.size + y.size - common);
}

function copiedHits(ctx: Context, colleagues: readonly Peer[], p: typeof DEFAULTS): Hit[] {
  const own = ctx.ownDays.flatMap((day) => day.tickets).filter((ticket) => ticket.at > ctx.now - p.freshDays * DAY);
  return own.flatMap((ticket) => {
    const twin = colleagues.find((peer) => peer.enterprise !== ctx.reg.enterprise && peer.days.flatMap((day) => day.tickets).some((other) => textLikeness(ticket.text, other.text, p.shingle) > p.ticketLikeness));
    return twin === undefined ? [] : [{ kind: 'copied' as const, start: ticket.at, end: ticket.at + HOUR, who: '', amount: p.ticketLikeness, zh: `运维记录与 ${twin.name} 的几乎一字不差`, en: `the maintenance text is that of ${twin.name} almost word for word` }];
  });
}

/** A person after whose visits values fall, here and at other clients, far more often than after visits of others. */
function afterHits(ctx: Context, colleagues: readonly Peer[], own: readonly Visit[], p: typeof DEFAULTS): Hit[] {
  const since = ctx.now - 2 * p.lookBackDays * DAY;
  const clients = [{ enterprise: ctx.reg.enterprise, visits: visitsOf(ctx.ownDays, since) }, ...colleagues.map((peer) => ({ enterprise: peer.enterprise, visits: visitsOf(peer.days, since) }))];
  const told = (visit: Visit): boolean => Number.isFinite(visit.shift);
  return [...new Set(own.map((visit) => visit.person))].sort().flatMap((person): Hit[] => {
    const theirs = clients.flatMap(({ enterprise, visits }) => visits.filter((v) => v.person === person && told(v)).map((v) => ({ enterprise, ...v })));
    const others = clients.flatMap(({ visits }) => visits.filter((v) => v.person !== person && told(v)));
    const falls = theirs.filter((v) => v.shift < -p.fall);
    const usual = Math.max(p.usualShare, (others.filter((v) => v.shift < -p.fall).length + 1) / (others.length + 2));
    const chance = binomialTail(falls.length, theirs.length, usual);
    const units = new Set(falls.map((v) => v.enterprise)).size;
    const last = own.findLast((v) => v.person === person && v.shift < -p.fall);
    if (last === undefined || theirs.length < p.minVisits || units < p.minClients || falls.length < p.fallShare * theirs.length || chance > p.workOrderP) return [];
    return [{
      kind: 'after', start: last.from, end: last.to + 12 * HOUR, who: person, amount: -Math.log10(Math.max(chance, 1e-30)),
      zh: `${person} ${theirs.length} 次到访后 ${falls.length} 次数值下降 ${percent(1 - Math.exp(median(falls.map((v) => v.shift))), 0)} 以上，涉及 ${units} 家单位`,
      en: `after ${falls.length} of ${theirs.length} visits of ${person} values fell, by ${percent(1 - Math.exp(median(falls.map((v) => v.shift))), 0)} in the middle, at ${units} units`,
    }];
  });
}

function findingOf(hits: readonly Hit[], earlier: number, p: typeof DEFAULTS): Finding {
  const kinds = new Set(hits.map((hit) => hit.kind));
  const tier: Tier = kinds.has('after') ? 'WORK_ORDER' : kinds.has('speed') || hits.length + earlier >= p.warnVisits ? 'WARN' : 'REMIND';
  const [start, end] = [Math.min(...hits.map((h) => h.start)), Math.max(...hits.map((h) => h.end))];
  return {
    factors: [], start, end, tier, score: hits.length + (kinds.has('speed') ? 1 : 0) + (kinds.has('after') ? 3 : 0),
    stats: { kinds: [...kinds].sort().join(), persons: [...new Set(hits.map((h) => h.who).filter((who) => who !== ''))].sort().join(), hits: hits.length },
    text: { zh: `运维行为异常（${spanText(start, end)}）：${hits.slice(0, 3).map((h) => h.zh).join('；')}。`, en: `Odd behaviour of the operator (${spanText(start, end)}): ${hits.slice(0, 3).map((h) => h.en).join('; ')}.` },
    clearedBy: [
      { zh: '门禁卡多人共用：看现场视频', en: 'A card shared by several persons: see the video' },
      { zh: '从门禁未覆盖的入口进入', en: 'Entered where no door sensor is' },
    ],
  };
}

/** `model:F08` — visits of the operating company that do not fit its ledgers, the map or the data. */
export const f08: Model = {
  id: 'F08', version: '1.0.1', title: { zh: '第三方运维行为', en: 'Operator visit pattern' },
  family: 'site', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 240, params: DEFAULTS, legalHooks: ['H6', 'H9'],
  about: {
    zh: '同一运维公司各站：同一人两站间时速超 120 公里；台账有维护而无开门，或在站不足 10 分钟；运维记录四字片段相似度超 0.9；某人到访后数值下降显著多于他人（3 家以上、p < 1e-4）。只比较事实，不引用他站的研判结论。',
    en: 'Over the stations of one operator: a person between two stations faster than 120 km/h; maintenance in the ledger without a door, or a visit under 10 minutes; texts alike beyond 0.9 on runs of four characters; values that fall after one person\'s visits far more often than after others\' (three units, p < 1e-4). Facts are compared, never findings of other stations.',
    source: 'F08, a method of this platform',
  },
  minimum: { days: 0, needs: ['doors'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (ctx.doors.length === 0) return cannotTell('no door has been heard', ['doors']);
    const colleagues = ctx.peers.filter((peer) => peer.relations.includes('operator') || peer.relations.includes('enterprise'));
    const own = visitsOf(ctx.ownDays, ctx.now - (p.freshDays + 2) * DAY);
    const hits = [...speedHits(ctx, colleagues, own, p), ...unseenHits(ctx, p), ...copiedHits(ctx, colleagues, p), ...afterHits(ctx, colleagues, own, p)];
    if (hits.length === 0) return notMet();
    const earlier = ctx.recent.filter((f) => f.model === 'F08' && f.end < Math.min(...hits.map((h) => h.start))).length;
    return conclude([findingOf(hits, earlier, p)]);
  },
};
