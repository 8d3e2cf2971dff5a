import { checkAtStart, logStatus, type EvidenceDeps } from '#evidence';
import { frameSummaries } from '#ingest';
import { HOUR, instant, type Instant } from '#kernel';
import { markDeadline } from '#quality';
import type { LiveRegistry, StoredRegistry } from '#register';
import type { ClueFacts, PoolClue, PrecheckInput } from '#review';
import { feedbackOf, sheetOfClue } from '#supervision';

/** How long after its period a value may still be on its way. */
const TRANSPORT = 2 * HOUR;

/** Which violation types the rule that raised a clue speaks for; people choose (models.md §4). */
const SPEAKS_FOR: readonly (readonly [RegExp, 'gas' | 'water' | null, readonly string[]])[] = [
  [/\bB0[1-3]\b/, 'gas', ['AIR_EXCEED', 'PERMIT_EXCEED']],
  [/\bB0[1-3]\b/, 'water', ['WATER_EXCEED', 'PERMIT_EXCEED']],
  [/\bB05\b/, null, ['PERMIT_EXCEED']],
  [/\b(C\d\d|A05|F06|A07)\b/, null, ['DATA_TAMPER_DISCHARGE', 'DATA_FALSIFY_UNIT']],
  [/\bF0[23]\b/, null, ['DATA_FALSIFY_UNIT', 'DATA_TAMPER_DISCHARGE']],
  [/\bE0\d\b/, null, ['TREATMENT_NOT_BY_PERMIT', 'DATA_TAMPER_DISCHARGE']],
  [/\bA0\d\b/, null, ['DEVICE_ABNORMAL_NOT_REPORTED', 'DEVICE_NOT_INSTALLED_NETWORKED_RUNNING']],
];

type Needs = EvidenceDeps & { readonly registry: LiveRegistry };

/** Gathers what the data review's pre-check looks at, where journal, log, register and sheets meet. */
export function gatherClueFacts(deps: Needs): ClueFacts {
  return {
    gather: (clue) => gather(deps, clue),
    suggestViolations(clue) {
      const type = clue.outfall === null ? undefined : deps.registry.current().outfall(clue.outfall)?.type;
      const found = SPEAKS_FOR.filter(([rule, medium]) => rule.test(clue.rule) && (medium === null || medium === type)).flatMap(([, , keys]) => keys);
      return [...new Set(found)];
    },
  };
}

async function gather(deps: Needs, clue: PoolClue): Promise<PrecheckInput> {
  const registry = deps.registry.current();
  const from = clue.periodFrom;
  const to = clue.periodTo ?? deps.clock.now();
  const unit = registry.unit(clue.unitId);
  const outfall = clue.outfall === null ? undefined : registry.outfall(clue.outfall);
  const [frames, answers, platform] = await Promise.all([framesOf(deps, registry, clue, from, to), answersOf(deps, clue), platformState(deps)]);
  return {
    unit: clue.unitId, unitName: unit?.name ?? clue.unitId, outfall: clue.outfall, outfallName: outfall?.attributes['name'] ?? clue.outfall ?? '',
    address: unit?.attributes['address'] ?? '', from, to,
    factors: factorsOf(registry, clue, from), hours: hoursOf(frames, from, to), frames,
    marks: marksOf(registry, clue, from, to), answers, videos: videosOf(registry, clue, from, to), materials: [], platform,
    device: deviceOf(outfall?.attributes ?? {}),
    // 排污许可管理条例 第二十九条: data of the unit's automatic devices may prove an exceedance; an administrative regulation (R51, G1).
    bases: [{ instrument: '排污许可管理条例', article: '第二十九条', level: 'ADMIN_REGULATION' }],
  };
}

async function framesOf(deps: Needs, registry: StoredRegistry, clue: PoolClue, from: Instant, to: Instant): Promise<PrecheckInput['frames']> {
  const outfall = clue.outfall === null ? undefined : registry.outfall(clue.outfall);
  const mns = [outfall?.mn, outfall?.doorMn, outfall?.powerMn].filter((mn) => mn !== undefined);
  if (mns.length === 0) return null;
  const { sealed } = await logStatus(deps);
  const found = await frameSummaries(deps.db, mns, { from, to: to + TRANSPORT }, sealed);
  const sum = (pick: (row: (typeof found)[number]) => number) => found.reduce((total, row) => total + pick(row), 0);
  return {
    ranges: found.filter((row) => row.frames > 0).map((row) => ({ mn: row.mn, from, to: instant(to + TRANSPORT), frames: row.frames, leafFrom: row.leafFrom, leafTo: row.leafTo })),
    damaged: sum((row) => row.damaged), conflicts: sum((row) => row.conflicts), backfilled: sum((row) => row.backfilled),
    sealed: sum((row) => row.sealed), suspectPeer: sum((row) => row.suspectPeer),
  };
}

const hoursOf = (frames: PrecheckInput['frames'], from: Instant, to: Instant): PrecheckInput['hours'] => {
  const expected = Math.max(1, Math.round((to - from) / HOUR));
  const present = frames === null || frames.ranges.length === 0 ? 0 : expected;
  return { expected, present, valid: present };
};

function factorsOf(registry: StoredRegistry, clue: PoolClue, at: Instant): PrecheckInput['factors'] {
  const { outfall } = clue;
  if (outfall === null) return [];
  const limits = registry.limitsOf(outfall, at);
  return clue.factors.map((code) => {
    const known = registry.factorsOf(outfall).find((each) => each.factor === code);
    const limit = limits.find((each) => each.factor === code);
    return { code, name: known?.factorZh ?? code, unit: known?.unit ?? '', limit: limit?.limit ?? null, limitSource: limit ? (limit.source ?? '排污许可证') : null };
  });
}

const marksOf = (registry: StoredRegistry, clue: PoolClue, from: Instant, to: Instant): PrecheckInput['marks'] =>
  registry.data.marks
    .filter((mark) => mark.outfall === clue.outfall && mark.start < to && mark.end > from)
    .map((mark) => ({
      id: mark.mark, kind: mark.kind, start: instant(mark.start), end: instant(mark.end), submittedAt: instant(mark.submittedAt),
      inTime: mark.submittedAt <= markDeadline(mark.end),
    }));

const videosOf = (registry: StoredRegistry, clue: PoolClue, from: Instant, to: Instant): PrecheckInput['videos'] =>
  registry.data.videos
    .filter((video) => video.outfall === clue.outfall && video.start < to && video.end > from)
    .map((video) => ({ camera: video.camera, start: instant(video.start), end: instant(video.end), event: video.event, sha256: null }));

async function answersOf(deps: Needs, clue: PoolClue): Promise<PrecheckInput['answers']> {
  const sheet = await sheetOfClue(deps.db, clue.clueId);
  if (sheet === undefined) return [];
  return (await feedbackOf(deps.db, sheet.sheetId)).map((each) => ({ sheetId: sheet.sheetId, cause: each.cause, at: instant(each.at), late: each.late }));
}

/** The platform itself is part of what is reviewed (江苏办法 第十一条第三项). */
async function platformState(deps: Needs): Promise<PrecheckInput['platform']> {
  const checked = await checkAtStart(deps);
  return { outages: [], clockOffsetMs: null, logIntact: checked.ok };
}

const moment = (text: string | undefined): Instant | null => {
  const ms = Number(text);
  return text === undefined || text === '' || Number.isNaN(ms) ? null : instant(ms);
};
const yes = (text: string | undefined): boolean | null => (text === undefined || text === '' ? null : text === '1' || text === 'true');

const deviceOf = (registered: Readonly<Record<string, string>>): PrecheckInput['device'] => ({
  owner: registered['device_owner'] === 'AUTHORITY' ? 'AUTHORITY' : 'UNIT',
  accepted: yes(registered['accepted']), calibratedAt: moment(registered['calibrated_ms']),
  legalReview: yes(registered['legal_review']), technicalReview: yes(registered['technical_review']),
  sitingRecord: yes(registered['siting_record']), signPhoto: yes(registered['sign_photo']), publishedAt: moment(registered['published_ms']),
});
