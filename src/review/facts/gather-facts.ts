import { leafBadge, leavesHold } from '#evidence';
import { addMonths, dayOf, HOUR, instant, isRefusal, MINUTE, startOfDay, type DeviceMn, type Instant, type LeafIndex, type OutfallId } from '#kernel';
import { countDevices, directoryOfRegister, lastSeq, readRow, type DeviceDirectory, readStatus, readVideoEvents, rowsAbout, type JournalRow } from '#ingest';
import type { Law } from '#law';
import type { Database } from '#platform/db';
import { factsOf, markDeadline, type PeriodFact } from '#quality';
import type { Series } from '#platform/series';
import { partyOf, readMarks, type Outfall, type StoredRegistry } from '#register';
import { feedbackOf, sheetOfClue } from '#supervision';
import { hourCoverage } from './hour-coverage.ts';
import { basesOn } from './legal-bases.ts';
import { observationsOf } from './observations.ts';
import type { FrameRange, PrecheckInput } from './precheck.ts';
import { stepsOf, type PoolClue } from '../store/clues.ts';

interface Deps {
  readonly db: Database;
  readonly law: Law;
  readonly registry: () => StoredRegistry;
  readonly now: () => Instant;
  /** Judged hours; the hourly values of the facts are left out without it. */
  readonly series?: Series | undefined;
  /** How the devices are read, their keys included; from the register alone where left out. */
  readonly devices?: DeviceDirectory | undefined;
}

const PAGE = 5_000;
/** A month of minute frames of one outfall; a longer clue is judged on its first month and says so by its frames. */
const MOST_FRAMES = 50_000;

/** Frames of the outfall's data device whose data time lies in the period, in leaf order. */
async function framesOf(db: Database, mn: DeviceMn, from: Instant, to: Instant): Promise<JournalRow[]> {
  const all: JournalRow[] = [];
  for (let after = -1; all.length < MOST_FRAMES; ) {
    const page = await rowsAbout(db, [mn], { from, to }, { after, limit: PAGE });
    all.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    after = last.seq;
  }
  return all;
}

/** How many of these leaves lie under a signed head. Leaves are sealed in order, so a search by halves finds the edge. */
async function sealedCount(db: Database, leaves: readonly number[]): Promise<number> {
  const isSealed = async (i: number): Promise<boolean> => {
    const badge = await leafBadge({ db }, leaves[i] as LeafIndex);
    return !isRefusal(badge) && badge.value.sealed;
  };
  let low = 0;
  let high = leaves.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (await isSealed(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function frameFacts(db: Database, mn: DeviceMn, rows: readonly JournalRow[], from: Instant, to: Instant): Promise<PrecheckInput['frames']> {
  const counted = rows.filter((row) => row.state === 'ACCEPTED' || row.state === 'PART');
  const leaves = counted.map((row) => row.seq).sort((a, b) => a - b);
  const range: FrameRange = { mn, from, to, frames: counted.length, leafFrom: leaves[0] ?? null, leafTo: leaves.at(-1) ?? null };
  const marked = (mark: string) => counted.filter((row) => row.marks.includes(mark)).length;
  return {
    ranges: counted.length === 0 ? [] : [range],
    damaged: rows.filter((row) => row.state === 'REFUSED').length,
    conflicts: rows.filter((row) => row.state === 'CONFLICT').length,
    backfilled: marked('BACKFILL'),
    suspectPeer: marked('SUSPECT_PEER'),
    sealed: await sealedCount(db, leaves),
  };
}

function periodFacts(rows: readonly JournalRow[], devices: DeviceDirectory, stepMs: number): PeriodFact[] {
  return rows.flatMap((row) => {
    const frame = row.state === 'ACCEPTED' ? readRow(row, devices) : null;
    if (frame === null) return [];
    return factsOf(frame, { role: 'data', stepMs }).filter((fact): fact is PeriodFact => fact.kind === 'hour' || fact.kind === 'step');
  });
}

/** Half of the devices' clocks lie on either side of ours: their middle says how far ours is off (three devices at least). */
async function clockOffset(db: Database): Promise<number | null> {
  const offsets = (await readStatus(db, '', 500)).flatMap((row) => (row.clockOffset === null ? [] : [row.clockOffset])).sort((a, b) => a - b);
  return offsets.length < 3 ? null : (offsets[Math.floor(offsets.length / 2)] as number);
}

/** So many leaves, from the first to the last and evenly between, are followed to the signed root. */
const MOST_LEAVES = 20;

async function logFacts(db: Database, rows: readonly JournalRow[]): Promise<Pick<PrecheckInput, 'log'>> {
  const leaves = [...new Set(rows.map((row) => row.seq))].sort((a, b) => a - b);
  if (leaves.length === 0) return {};
  const n = Math.min(MOST_LEAVES, leaves.length);
  const chosen = [...new Set(Array.from({ length: n }, (_, i) => leaves[Math.round((i * (leaves.length - 1)) / Math.max(1, n - 1))] as LeafIndex))];
  return { log: { checked: chosen.length, intact: await leavesHold(db, chosen) } };
}

/** Hourly frames are due each hour; a silence of two hours between arrivals is a break of reception. */
const OUTAGE_MS = 2 * HOUR;

async function platformFacts(db: Database, rows: readonly JournalRow[]): Promise<PrecheckInput['platform']> {
  // History that came through the import door says nothing about how this platform ran at that time.
  const live = rows.filter((row) => !row.marks.includes('IMPORTED'));
  if (live.length === 0 || live.length < rows.length) return null;
  const arrivals = live.map((row) => row.receivedAt).sort((a, b) => a - b);
  const outages = arrivals.flatMap((at, i) => {
    const before = arrivals[i - 1];
    return before !== undefined && at - before > OUTAGE_MS ? [{ from: instant(before), to: instant(at) }] : [];
  });
  return { outages, clockOffsetMs: await clockOffset(db) };
}

const limitsFor = (registry: StoredRegistry, outfall: Outfall | undefined, clue: PoolClue): PrecheckInput['factors'] =>
  clue.factors.map((code) => {
    const factor = outfall === undefined ? undefined : registry.factorsOf(outfall.outfall).find((f) => f.factor === code);
    const limit = outfall === undefined ? undefined : registry.limitsOf(outfall.outfall, clue.periodFrom).find((l) => l.factor === code);
    return { code, name: factor?.factorZh ?? code, unit: limit?.unit ?? factor?.unit ?? '', limit: limit?.limit ?? null, limitSource: limit?.source || null };
  });

/** Marks that touch the period. In time: submitted before the deadline of the day the period begins on. */
async function marksFor(db: Database, outfall: OutfallId, clue: PoolClue, to: Instant): Promise<PrecheckInput['marks']> {
  return (await readMarks(db, outfall))
    .filter((mark) => mark.start < to && mark.end > clue.periodFrom)
    .map((mark) => ({
      id: mark.mark, kind: mark.kind, start: instant(mark.start), end: instant(mark.end), submittedAt: instant(mark.submittedAt),
      inTime: mark.submittedAt <= markDeadline(Math.max(mark.start, clue.periodFrom)),
    }));
}

function deviceFacts(registry: StoredRegistry, outfall: Outfall | undefined, to: Instant): PrecheckInput['device'] {
  const attribute = (...names: string[]) => names.map((name) => outfall?.attributes[name]).find((value) => value !== undefined && value !== '');
  const calibrations = registry.data.maintenance.filter((row) => row.outfall === outfall?.outfall && /calib|校准|校验/i.test(row.what) && row.end <= to);
  const last = calibrations.reduce<number | null>((latest, row) => (latest === null || row.end > latest ? row.end : latest), null);
  const owner = attribute('owner') === 'authority' ? 'AUTHORITY' : 'UNIT';
  const published = attribute('published_on');
  const recorded = (name: string) => (attribute(name) === undefined ? null : true);
  return {
    owner, accepted: attribute('accepted_on', 'acceptance_date') === undefined ? null : true, calibratedAt: last === null ? null : instant(last),
    legalReview: recorded('legal_review_on'), technicalReview: recorded('technical_review_on'), sitingRecord: recorded('siting_record'),
    signPhoto: recorded('sign_photo'), publishedAt: published === undefined ? null : instant(Date.parse(`${published}T00:00:00+08:00`)),
  };
}

/** Camera events of the period, as cameras reported them and as files told of them. */
async function videosOf(db: Database, outfall: string, from: Instant, to: Instant): Promise<NonNullable<PrecheckInput['videos']>> {
  return (await readVideoEvents(db, outfall, { from, to })).map((v) => ({ camera: v.camera, start: instant(v.startAt), end: instant(v.endAt), event: v.kind, sha256: v.photoSha }));
}

/** Until when recordings of the period's first day are still to be found on site, where the region says so. */
function recordingsOf({ law, now }: Deps, clue: PoolClue): PrecheckInput['recordings'] {
  const { value: months, source, article } = law.valueAt('evidence.videoMonths', clue.region, dayOf(now()));
  return months === 0 ? undefined : { months, keptUntil: startOfDay(addMonths(dayOf(clue.periodFrom), months)), lookedAt: now(), source: `${source} ${article}` };
}

/** What the platform recorded on this clue: each operation needs its time, its person and its ground or a rule of the platform. */
async function operationsOn(db: Database, clue: PoolClue): Promise<NonNullable<PrecheckInput['operations']>> {
  const steps = (await stepsOf(db, clue.clueId)).filter((step) => step.act !== 'grow');
  return { count: steps.length, incomplete: steps.filter((step) => step.at <= 0 || step.actorId === '' || step.basis === null).length };
}

/** The platform as it stands, with the devices of the authority that the clue's unit belongs to. */
async function healthOf({ db, law, registry: live, now }: Deps, clue: PoolClue): Promise<NonNullable<PrecheckInput['health']>> {
  const [registry, at] = [live(), now()];
  const authority = registry.authorityOf(clue.unitId);
  const [last, { known, never, silent }] = await Promise.all([
    lastSeq(db), countDevices(db, law, registry, at, authority === undefined ? { kind: 'none' } : { kind: 'some', authorities: [authority] }),
  ]);
  return { takenAt: at, frames: last + 1, devices: known, never, silent };
}

/** Everything the pre-check looks at, read once from journal, log, quality and register. What nothing holds stays null. */
export async function gatherFacts(deps: Deps, clue: PoolClue): Promise<PrecheckInput> {
  const { db, registry: live, devices = directoryOfRegister(live) } = deps;
  const registry = live();
  const unit = registry.unit(clue.unitId);
  const outfall = clue.outfall === null ? undefined : registry.outfall(clue.outfall);
  const from = clue.periodFrom;
  const to = clue.periodTo ?? clue.changedAt;
  const stepMs = Math.max(1, outfall?.minuteStep ?? 1) * MINUTE;
  const rows = outfall?.mn === undefined ? [] : await framesOf(db, outfall.mn, from, to);
  await devices.renew?.();
  const sheet = await sheetOfClue(db, clue.clueId);
  const recordings = clue.outfall === null ? undefined : recordingsOf(deps, clue);
  const answers = sheet === undefined ? [] : await feedbackOf(db, sheet.sheetId);
  const party = partyOf(registry, clue.unitId);
  return {
    unit: clue.unitId, unitName: unit?.name ?? '', outfall: clue.outfall, outfallName: outfall?.attributes['name'] ?? clue.outfall ?? '',
    address: unit?.attributes['address'] ?? '', ...(party === undefined ? {} : { party: { creditCode: party.creditCode, permit: party.permitNumber } }),
    observations: await observationsOf(deps, registry, clue), from, to, factors: limitsFor(registry, outfall, clue),
    hours: rows.length === 0 ? null : hourCoverage(periodFacts(rows, devices, stepMs), clue.factors, from, to, stepMs),
    frames: outfall?.mn === undefined ? null : await frameFacts(db, outfall.mn, rows, from, to),
    marks: clue.outfall === null ? null : await marksFor(db, clue.outfall, clue, to),
    answers: answers.map((a) => ({ sheetId: a.sheetId, cause: a.cause, at: a.at, late: a.late })),
    videos: clue.outfall === null ? null : await videosOf(db, clue.outfall, from, to), operations: await operationsOn(db, clue), health: await healthOf(deps, clue),
    ...(recordings === undefined ? {} : { recordings }), ...(await logFacts(db, rows)), materials: [], platform: await platformFacts(db, rows), device: deviceFacts(registry, outfall, to), bases: basesOn(dayOf(from)),
  };
}
