import { extname } from 'node:path';
import { leafBadge, leavesHold } from '#evidence';
import { readHours, readPower, type ValueRow } from '#analysis';
import { addMonths, DAY, dayOf, HOUR, instant, isRefusal, startOfDay, type DeviceMn, type Instant, type LeafIndex, type OutfallId } from '#kernel';
import { countDevices, directoryOfRegister, hoursHeard, lastSeq, type DeviceDirectory, readStatus, readVideoEvents, rowsAbout, type JournalRow } from '#ingest';
import { VIOLATION_KEYS, type Law } from '#law';
import type { BlobStore } from '#platform/blobs';
import type { Database } from '#platform/db';
import { markCoversHour, ruleBook, type RuleBook } from '#quality';
import type { Series } from '#platform/series';
import { matterReports, MEANS, partyOf, readMarks, type Outfall, type StoredRegistry } from '#register';
import { feedbackOf, sheetOfClue } from '#supervision';
import { calibrationTerms, type CalibrationTerm } from './calibration-terms.ts';
import { claimOf, hourCoverage, type Claim } from './hour-coverage.ts';
import { basesOn } from './legal-bases.ts';
import { isFactOf } from './words-for.ts';
import { accountSheet, reportName } from './permit-account.ts';
import { powerSheet, powerSpan } from './power-sheet.ts';
import { observationsOf, onHours, onValidHours, withinData, withinTerms, type Observation } from './observations.ts';
import type { FrameRange, PrecheckInput } from './precheck.ts';
import { outagesIn, silencesIn, type Span } from './reception.ts';
import { sentAgain } from './sent-again.ts';
import { firstTold } from './told-to-unit.ts';
import { stepsOf, type PoolClue } from '../store/clues.ts';

interface Deps {
  readonly db: Database;
  readonly law: Law;
  readonly registry: () => StoredRegistry;
  readonly now: () => Instant;
  /** Keeps the sheets the platform makes of what was observed. */
  readonly blobs: Pick<BlobStore, 'put'>;
  /** Judged hours: how many count, and the hourly values of the facts; left out without it. */
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

async function frameFacts(db: Database, devices: DeviceDirectory, mn: DeviceMn, rows: readonly JournalRow[], { from, to }: Span): Promise<PrecheckInput['frames']> {
  const counted = rows.filter((row) => row.state === 'ACCEPTED' || row.state === 'PART');
  const leaves = counted.map((row) => row.seq).sort((a, b) => a - b);
  const range: FrameRange = { mn, from, to, frames: counted.length, leafFrom: leaves[0] ?? null, leafTo: leaves.at(-1) ?? null };
  const marked = (mark: string) => counted.filter((row) => row.marks.includes(mark)).length;
  return {
    ranges: counted.length === 0 ? [] : [range],
    damaged: rows.filter((row) => row.state === 'REFUSED').length,
    conflicts: rows.filter((row) => row.state === 'CONFLICT').length,
    backfilled: marked('BACKFILL'),
    sentAgain: sentAgain(rows, devices),
    suspectPeer: marked('SUSPECT_PEER'),
    sealed: await sealedCount(db, leaves),
  };
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

async function platformFacts(db: Database, rows: readonly JournalRow[]): Promise<PrecheckInput['platform']> {
  // History that came through the import door says nothing about how this platform ran at that time.
  const live = rows.filter((row) => !row.marks.includes('IMPORTED'));
  if (live.length === 0 || live.length < rows.length) return null;
  const silences = silencesIn(live.map((row) => instant(row.receivedAt)));
  const outages = await Promise.all(silences.map(async (silence) => outagesIn(silence, await hoursHeard(db, silence))));
  return { outages: outages.flat(), silences: silences.length, clockOffsetMs: await clockOffset(db) };
}

const limitsFor = (registry: StoredRegistry, outfall: Outfall | undefined, clue: PoolClue): PrecheckInput['factors'] =>
  clue.factors.flatMap((code): PrecheckInput['factors'] => {
    const factor = outfall === undefined ? undefined : registry.factorsOf(outfall.outfall).find((f) => f.factor === code);
    const limits = outfall === undefined ? [] : registry.limitsOf(outfall.outfall, clue.periodFrom).filter((l) => l.factor === code);
    const base = { code, name: factor?.factorZh ?? code };
    if (limits.length === 0) return [{ ...base, unit: factor?.unit ?? '', limit: null, limitSource: null }];
    return limits.map((l) => ({ ...base, unit: l.unit, limit: l.limit, limitSource: l.source || null, ...(limits.length > 1 ? { mean: MEANS[l.period].zh } : {}) }));
  });

/** Marks that touch the period. In time: they count for the first hour of it that they touch. */
async function marksFor(db: Database, outfall: OutfallId, clue: PoolClue, to: Instant, rules: RuleBook): Promise<PrecheckInput['marks']> {
  return (await readMarks(db, outfall))
    .filter((mark) => mark.start < to && mark.end > clue.periodFrom)
    .map((mark) => ({ mark, hour: Math.floor(Math.max(mark.start, clue.periodFrom) / HOUR) * HOUR }))
    .map(({ mark, hour }) => ({
      id: mark.mark, kind: mark.kind, start: instant(mark.start), end: instant(mark.end), submittedAt: instant(mark.submittedAt),
      inTime: markCoversHour(mark, hour, rules(hour)),
    }));
}

function deviceFacts(outfall: Outfall | undefined): PrecheckInput['device'] {
  const attribute = (...names: string[]) => names.map((name) => outfall?.attributes[name]).find((value) => value !== undefined && value !== '');
  const owner = attribute('owner') === 'authority' ? 'AUTHORITY' : 'UNIT';
  const published = attribute('published_on');
  const recorded = (name: string) => (attribute(name) === undefined ? null : true);
  return {
    owner, accepted: attribute('accepted_on', 'acceptance_date') === undefined ? null : true,
    legalReview: recorded('legal_review_on'), technicalReview: recorded('technical_review_on'), sitingRecord: recorded('siting_record'),
    signPhoto: recorded('sign_photo'), publishedAt: published === undefined ? null : instant(Date.parse(`${published}T00:00:00+08:00`)),
  };
}

/** Each kind of calibration that is due of the clue's factors, with how many hours of the period lie after its term. */
function calibrationFacts(registry: StoredRegistry, outfall: Outfall, terms: readonly CalibrationTerm[]): NonNullable<PrecheckInput['calibrations']> {
  return terms.map(({ overdue, ...term }) => ({
    ...term, name: registry.factorsOf(outfall.outfall).find((one) => one.factor === term.factor)?.factorZh || term.factor, overdueHours: overdue.length,
  }));
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

/**
 * The period of a review in whole hours: that of the clue, all that was observed in measured data, and all that papers tell as a fact. What a total or a
 * mean of a day was observed of ends with a whole day, as far as that has passed.
 */
export function periodOf(law: Law, clue: PoolClue, observations: readonly Observation[], now: Instant): Span {
  const reviewed = observations.filter((observed) => IN_DATA.test(observed.model) || isFactOf(law.narratives(), observed));
  const spans = [{ from: clue.periodFrom, to: clue.periodTo ?? clue.changedAt }, ...reviewed.map(({ model, from, to }) => (BY_THE_DAY.includes(model) ? wholeDays({ from, to }, now) : { from, to }))];
  const [from, to] = [Math.min(...spans.map((span) => span.from)), Math.max(...spans.map((span) => span.to))];
  return { from: instant(Math.floor(from / HOUR) * HOUR), to: instant(Math.ceil(to / HOUR) * HOUR) };
}

/** Families of findings that stand on what devices sent. */
const IN_DATA = /^[A-E]/;
const BY_THE_DAY = ['B02', 'B05'];
const wholeDays = ({ from, to }: Span, now: Instant): Span => {
  const end = startOfDay(dayOf(instant(to - 1))) + DAY;
  return { from: startOfDay(dayOf(from)), to: instant(Math.max(to, Math.min(end, Math.floor(now / HOUR) * HOUR))) };
};

/** Findings that stand on values which count; silence, power, checks, doors and marks are facts without them. */
const ON_VALUES = /^(?:[BCD]|F06|G02)/;
/** Findings about what was sent, whether it counts or not: sums that do not add up, figures sent again, readings at one end of the scale or without a sample. */
const AS_SENT = ['A05', 'A07', 'A08', 'F11'];

/** Hours of the facts that stand on values, of each fact's own factors; of the clue's factors over the period where nothing observed is a fact. */
function hoursFacts(
  law: Law, rows: readonly ValueRow[], observations: readonly Observation[], terms: readonly CalibrationTerm[], { factors, from, to }: Claim,
): Pick<PrecheckInput, 'hours' | 'hoursBy' | 'withoutValues' | 'asSent'> {
  if (rows.length === 0) return { hours: null };
  const narratives = law.narratives();
  const count = (of: readonly Observation[]) => hourCoverage(rows, of.length === 0 ? [{ factors, from, to }] : of.map((one) => claimOf(one, factors)), terms);
  const facts = observations.filter((observed) => isFactOf(narratives, observed));
  const charged = VIOLATION_KEYS.map((key) => ({ key, of: facts.filter((observed) => isFactOf(narratives, observed, key)) })).filter(({ of }) => of.length > 0);
  const onValues = facts.filter(({ model }) => ON_VALUES.test(model));
  const asSent = facts.filter(({ model }) => AS_SENT.includes(model));
  return {
    hours: count(onValues.length > 0 ? onValues : asSent), ...(facts.length === 0 || onValues.length > 0 ? {} : asSent.length > 0 ? { asSent: true } : { withoutValues: true }),
    hoursBy: Object.fromEntries(charged.map(({ key, of }) => [key, count(of)])),
  };
}

/** The account of each total that was observed, as a file of its own among what is reviewed, and the report it rests on. */
async function sheetsOf({ blobs }: Deps, observations: readonly Observation[], about: { readonly unit: string; readonly outfall: string }): Promise<PrecheckInput['materials']> {
  return Promise.all(observations.flatMap(({ account, factors: [factor] }) => {
    if (account === undefined) return [];
    const { name, bytes } = accountSheet(account, { ...about, factor: factor?.zh ?? '' });
    const { report } = account;
    return [blobs.put(bytes).then((sha256) => ({ name, sha256 })), ...(report === undefined ? [] : [{ name: `${reportName(report.title)}${extname(report.name)}`, sha256: report.sha256 }])];
  }));
}

/** Families of findings that stand on readings of power meters. */
const ON_POWER = /^E/;

/** What the power meters read over the facts that stand on them, as a file among what is reviewed. */
async function powerOf({ blobs, series, law }: Deps, registry: StoredRegistry, outfall: Outfall | undefined, observations: readonly Observation[], about: { readonly unit: string; readonly outfall: string }): Promise<PrecheckInput['materials']> {
  const facts = observations.filter((one) => ON_POWER.test(one.model) && isFactOf(law.narratives(), one));
  if (series === undefined || outfall === undefined || facts.length === 0) return [];
  const sheet = powerSheet(await readPower(series, { outfall: outfall.outfall, ...powerSpan(facts) }), registry.metersOf(outfall.outfall), about);
  return sheet === undefined ? [] : [{ name: sheet.name, sha256: await blobs.put(sheet.bytes) }];
}

/**
 * Everything the pre-check looks at, read once from journal, log, quality and register. What nothing holds stays null.
 *
 * @param asked the period that is asked for, where it is not that of the clue: then nothing beyond it is looked at
 */
export async function gatherFacts(deps: Deps, whole: PoolClue, asked?: Span): Promise<PrecheckInput> {
  const { db, registry: live, series, devices = directoryOfRegister(live) } = deps;
  const registry = live();
  const unit = registry.unit(whole.unitId);
  const outfall = whole.outfall === null ? undefined : registry.outfall(whole.outfall);
  const wanted = asked === undefined ? whole : { ...whole, periodFrom: asked.from, periodTo: asked.to };
  const observed = await observationsOf(deps, registry, whole);
  const { from, to } = asked ?? periodOf(deps.law, wanted, observed, deps.now());
  const spans = [{ from, to }, ...observed];
  const read = outfall === undefined || series === undefined ? [] : await readHours(series, { outfall: outfall.outfall, from: Math.min(...spans.map((one) => one.from)), to: Math.max(...spans.map((one) => one.to)) });
  const stored = read.filter(({ start }) => start >= from && start < to);
  const clue = { ...wanted, periodFrom: from, periodTo: to };
  const rules = ruleBook(deps.law, clue.region);
  const terms = outfall === undefined ? [] : calibrationTerms(registry.data, outfall, clue.factors, rules, from, to);
  const rows = outfall?.mn === undefined ? [] : await framesOf(db, outfall.mn, from, to);
  await devices.renew?.();
  const sheet = await sheetOfClue(db, clue.clueId);
  const recordings = clue.outfall === null ? undefined : recordingsOf(deps, clue);
  const answers = sheet === undefined ? [] : await feedbackOf(db, sheet.sheetId);
  const party = partyOf(registry, clue.unitId);
  const withValues = observed.map((one) => onHours(one, read));
  const within = asked === undefined ? withValues : withinData(withValues, from, to);
  const observations = onValidHours(withinTerms(within, terms), stored, terms);
  const isFact = (one: Observation) => isFactOf(deps.law.narratives(), one);
  const outfallName = outfall?.attributes['name'] ?? clue.outfall ?? '';
  const about = { unit: unit?.name ?? clue.unitId, outfall: outfallName };
  return {
    unit: clue.unitId, unitName: unit?.name ?? '', outfall: clue.outfall, outfallName,
    address: unit?.attributes['address'] ?? '', ...(party === undefined ? {} : { party: { creditCode: party.creditCode, permit: party.permitNumber } }),
    observations, ...(within.some(isFact) && !observations.some(isFact) ? { fallen: true } : {}), from, to, factors: limitsFor(registry, outfall, clue),
    ...hoursFacts(deps.law, stored, observations, terms, { factors: clue.factors, from, to }), ...(outfall === undefined ? {} : { calibrations: calibrationFacts(registry, outfall, terms) }),
    frames: outfall?.mn === undefined ? null : await frameFacts(db, devices, outfall.mn, rows, { from, to }),
    marks: clue.outfall === null ? null : await marksFor(db, clue.outfall, clue, to, rules),
    ...(clue.outfall === null ? {} : { reports: await matterReports(db, clue.outfall, from, to) }),
    ...(clue.outfall === null ? {} : { warned: await firstTold(db, clue.outfall, observations.filter((one) => isFactOf(deps.law.narratives(), one, 'DEVICE_ABNORMAL_NOT_REPORTED'))) }),
    answers: answers.map((a) => ({ sheetId: a.sheetId, ...(sheet?.documentNo ? { sheetNo: sheet.documentNo } : {}), cause: a.cause, at: a.at, late: a.late })),
    videos: clue.outfall === null ? null : await videosOf(db, clue.outfall, from, to), operations: await operationsOn(db, clue), health: await healthOf(deps, clue),
    ...(recordings === undefined ? {} : { recordings }), ...(await logFacts(db, rows)), materials: [...await sheetsOf(deps, observations, about), ...await powerOf(deps, registry, outfall, observations, about)], platform: await platformFacts(db, rows), device: deviceFacts(outfall), bases: basesOn(dayOf(from)),
  };
}
