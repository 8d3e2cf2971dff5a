import { HOUR, type Instant } from '#kernel';
import { loadLaw } from '#law';
import { actsByRecord, narrate, observedFacts } from '../facts/narrative.ts';
import type { ClueFacts } from '../ports.ts';
import type { PrecheckInput } from '../facts/precheck.ts';
import type { PoolClue } from '../store/clues.ts';

/** A pre-check input in which nothing is wrong; tests spoil what they are about. */
export function soundInput(clue: Pick<PoolClue, 'unitId' | 'outfall' | 'periodFrom' | 'periodTo'>, more: Partial<PrecheckInput> = {}): PrecheckInput {
  const from = clue.periodFrom;
  const to = clue.periodTo ?? ((from + 6 * HOUR) as Instant);
  return {
    unit: clue.unitId, unitName: `${clue.unitId}公司`, outfall: clue.outfall, outfallName: `${clue.outfall}排放口`, address: '演示路1号', from, to,
    factors: [{ code: 'a21002', name: '氮氧化物', unit: 'mg/m3', limit: '50', limitSource: '排污许可证' }],
    hours: { expected: 6, present: 6, valid: 6 },
    calibrations: [{ factor: 'a21002', name: '氮氧化物', zh: '校准', en: 'calibration', last: from, everyHours: 168, source: 'HJ 75-2017', overdueHours: 0 }],
    frames: { ranges: [{ mn: 'MN01', from, to, frames: 360, leafFrom: 10, leafTo: 369 }], damaged: 0, conflicts: 0, backfilled: 0, sealed: 360, suspectPeer: 0 },
    marks: [], answers: [], videos: null, materials: [],
    platform: { outages: [], clockOffsetMs: 3, logIntact: true },
    device: { owner: 'UNIT', accepted: true, legalReview: null, technicalReview: null, sitingRecord: null, signPhoto: null, publishedAt: null },
    bases: [{ instrument: '排污许可管理条例', article: '第二十九条', level: 'ADMIN_REGULATION' }],
    ...more,
  };
}

const law = loadLaw();

export const soundFacts = (more: () => Partial<PrecheckInput> = () => ({})): ClueFacts => ({
  gather: async (clue, asked) => soundInput(asked === undefined ? clue : { ...clue, periodFrom: asked.from, periodTo: asked.to }, more()),
  suggestViolations: async () => ['AIR_EXCEED'],
  actsByRecord: (input, violations) => actsByRecord(law, input, violations),
  narrate: (input, violations) => narrate(law, input, violations),
  observed: (input, violations, reviewId) => observedFacts(law, input, violations, reviewId),
  declared: () => ({ approvals: [], totals: [], samples: [], waste: [] }),
});
