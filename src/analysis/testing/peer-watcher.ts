import { HOUR } from '#kernel';
import type { Model } from '../contract.ts';

/** A planted model that says every day what it saw of the others and of itself: any difference in the exchange shows in its bytes. */
export const peerWatcher: Model = {
  id: 'Z02', version: '1', title: { zh: '看同行', en: 'looks at peers' }, family: 'external', trigger: 'day', media: ['gas', 'water'], standsAlone: false,
  params: {}, legalHooks: [], about: { zh: '', en: '', source: '' }, minimum: { days: 0, needs: [] },
  evaluate(ctx) {
    const seen = JSON.stringify([ctx.ownDays, ctx.peers.map((peer) => [peer.outfall, peer.days])]);
    let hash = 0;
    for (let i = 0; i < seen.length; i++) hash = (Math.imul(hash, 31) + seen.charCodeAt(i)) >>> 0;
    const stats = { hash, own: ctx.ownDays.length, peers: ctx.peers.reduce((n, peer) => n + peer.days.length, 0) };
    const finding = { factors: [], start: ctx.now - HOUR, end: ctx.now, tier: 'REMIND' as const, score: 1, stats, text: { zh: '', en: '' }, clearedBy: [] };
    return { outcome: 'MET', reason: '', missing: [], findings: [finding] };
  },
};
