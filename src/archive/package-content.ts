import {
  discretionRunsOf,
  eventJson,
  eventsOf,
  foldCase,
  leavesOf,
  paperEntry,
  papersOf,
  partyNameOf,
  partyOfCase,
  type CaseDeps,
  type CaseEvent,
  type PaperKind,
  type PenaltyCase,
  type StoredPaper,
} from '#cases';
import { deliveriesOf } from '#delivery';
import { documentKind, importsOf } from '#documents';
import {
  claimFor,
  type Json,
  type JsonObject,
  type PackageContent,
  type PackageEvent,
  type PackageFile,
  type PackageFrame,
  type PackageKind,
} from '#evidence';
import { readDevices, rowsAbout, type DeviceDirectory, type JournalRow } from '#ingest';
import { asId, dayOf, HOUR, instant, ok, type CaseId, type LeafIndex, type Result, type ReviewId } from '#kernel';
import type { BlobStore } from '#platform/blobs';
import { findReview } from '#review';
import { coursePapersOf } from './course-papers.ts';
import { refuse } from './errors.ts';

/** What putting a case package together works with. */
export interface PackageDeps extends CaseDeps {
  readonly blobs: BlobStore;
  /** Devices by outfall, from the register: needed to read frames back. */
  readonly devices: DeviceDirectory;
}

interface Gathered {
  readonly state: PenaltyCase;
  readonly events: readonly CaseEvent[];
  readonly papers: readonly StoredPaper[];
  readonly leaves: ReadonlyMap<number, LeafIndex>;
  readonly kind: PackageKind;
}

/** Plain JSON of anything we hold; undefined members drop out as they do in the ledger. */
const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null)) as Json;

/**
 * What goes into the evidence package of a case: frames of the reviewed spans, papers, reviews, service, law relied on,
 * every step. Same state, same content: the sequence number is the case's version and it is frozen at the last step.
 * The `notice` edition holds only what the party may see. ARCH-001 when there is no such case.
 */
export async function packageContentOf(
  deps: PackageDeps,
  caseId: CaseId,
  kind: PackageKind = 'court',
): Promise<Result<PackageContent>> {
  const events = await eventsOf(deps.db, caseId);
  if (events.length === 0) return refuse('ARCH-001');
  const state = foldCase(events);
  const authority = await deps.directory.authority(deps.db, state.authorityId);
  const gathered: Gathered = {
    state,
    events,
    kind,
    papers: await papersOf(deps.db, caseId),
    leaves: await leavesOf(deps.db, caseId),
  };
  const { frames, claimed } = await framesOf(deps, state);
  const completeness = claimFor([...new Set(frames.map((f) => f.device))], claimed);
  return ok({
    caseNo: state.caseNo,
    kind,
    seq: state.version,
    organisation: authority.name,
    title:
      `${partyNameOf(deps.directory, state)} ${state.violation === undefined ? '' : deps.law.violation(state.violation).title.zh}`.trim(),
    frozenAt: instant(events.at(-1)?.at ?? state.handedOverAt),
    frames,
    files: {
      documents: await documentFiles(deps, gathered),
      matter: matterFiles(gathered),
      reviews: await reviewFiles(deps, state),
      service: await serviceFiles(deps, gathered),
      media: await importedFiles(deps, gathered),
      rules: await ruleFiles(deps, state),
      ...(kind === 'notice'
        ? {}
        : {
            people: [
              { path: 'people.json', json: plain({ party: partyOfCase(deps.directory, state), officers: state.officers, duties: state.duties }) },
            ],
          }),
    },
    events: eventLines(gathered),
    ...(completeness === undefined ? {} : { completeness }),
  });
}

interface GatheredFrames {
  readonly frames: readonly PackageFrame[];
  /** Leaves of the frames that arrived during the spans: over these the package claims completeness. */
  readonly claimed: readonly LeafIndex[];
}

/** Arrivals belong to a span until this long after its end: the last averages are sent then. */
const ARRIVAL_MARGIN = 2 * HOUR;
const PAGE = 5_000;

/**
 * Raw frames of the spans the review passed, each with the leaf it became on arrival: whatever the devices sent during
 * the span, so that nothing can be said to be left out, and what they sent later about it (back-fill).
 */
async function framesOf(deps: PackageDeps, state: PenaltyCase): Promise<GatheredFrames> {
  const frames = new Map<number, PackageFrame>();
  const claimed = new Set<number>();
  for (const { frames: span } of state.evidenceRefs) {
    if (span === undefined) continue;
    const from = instant(span.from);
    for (const { row } of await readDevices(deps.db, deps.devices, [span.mn], {
      from,
      to: instant(span.to + ARRIVAL_MARGIN),
    })) {
      frames.set(row.seq, frameOf(row, span.mn));
      claimed.add(row.seq);
    }
    for (let after = -1; ;) {
      const page = await rowsAbout(deps.db, [span.mn], { from, to: instant(span.to) }, { after, limit: PAGE });
      for (const row of page) frames.set(row.seq, frameOf(row, span.mn));
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) break;
      after = last.seq;
    }
  }
  return {
    frames: [...frames.values()].toSorted((a, b) => a.leaf - b.leaf),
    claimed: [...claimed].map((seq) => asId<LeafIndex>(seq)),
  };
}

function frameOf(row: JournalRow, mn: string): PackageFrame {
  const at = instant(row.receivedAt);
  return {
    leaf: asId<LeafIndex>(row.seq),
    device: row.mn ?? mn,
    day: dayOf(at),
    raw: row.raw,
    receivedAt: at,
    peer: row.peer,
  };
}

const visibleTo = (kind: PackageKind, paper: StoredPaper): boolean => {
  const entry = paperEntry(paper.kind as PaperKind);
  return kind !== 'notice' || entry.outer === true || entry.by === 'PARTY';
};

const leafOf = (g: Gathered, seq: number) => {
  const leaf = g.leaves.get(seq);
  return leaf === undefined ? {} : { leaf };
};

/** Signed PDFs as they lie among the blobs; the step's leaf holds their digest. */
async function documentFiles(deps: PackageDeps, g: Gathered): Promise<PackageFile[]> {
  const files: PackageFile[] = [];
  for (const paper of g.papers) {
    if (paper.documentId === null || !visibleTo(g.kind, paper) || !deps.blobs.has(paper.sha256)) continue;
    const bytes = await deps.blobs.get(paper.sha256);
    files.push({ path: `${pathOf(paper)}.pdf`, bytes, ...leafOf(g, paper.seq) });
  }
  for (const { document } of await coursePapersOf(deps.db, g.state, instant(g.events.at(-1)?.at ?? 0))) {
    if (g.kind === 'notice' && documentKind(document.kind).reach === 'inner') continue;
    files.push({ path: `000-${document.kind}-${document.documentId}.pdf`, bytes: await deps.blobs.get(document.sha256) });
  }
  // A decision of an earlier case that is evidence here lies among the papers of that case.
  for (const { itemId, source } of g.kind === 'notice' ? [] : g.state.evidence) {
    if (source.from === 'PLATFORM_DATA' && source.sha256 !== undefined && deps.blobs.has(source.sha256)) files.push({ path: `evidence-${itemId}.pdf`, bytes: await deps.blobs.get(source.sha256) });
  }
  return files;
}

/** Files from outside, as they came, with what the check of their signatures said; the leaf of their arrival holds the digest. */
async function importedFiles(deps: PackageDeps, g: Gathered): Promise<PackageFile[]> {
  if (g.kind === 'notice') return [];
  const files: PackageFile[] = [];
  for (const { importId, sha256, fileName, leaf, report, importedAt } of await importsOf(deps.db, g.state.caseId)) {
    files.push({ path: `${importId}.bin`, bytes: await deps.blobs.get(sha256), leaf });
    files.push({ path: `${importId}.json`, json: plain({ fileName, sha256, importedAt, report }) });
  }
  return files;
}

/** Recorded forms: the RFC 8785 form of the data has the digest that stands in the step's leaf. */
const matterFiles = (g: Gathered): PackageFile[] =>
  g.papers
    .filter((p) => p.documentId === null && visibleTo(g.kind, p))
    .map((p) => ({ path: `${pathOf(p)}.json`, json: plain(p.data), ...leafOf(g, p.seq) }));

const pathOf = (paper: StoredPaper): string => `${String(paper.seq).padStart(3, '0')}-${paper.kind}-${paper.paperId}`;

async function reviewFiles(deps: PackageDeps, state: PenaltyCase): Promise<PackageFile[]> {
  const ids = [...new Set([state.reviewId, ...state.evidenceRefs.map((r) => r.reviewId)])];
  const files: PackageFile[] = [];
  for (const id of ids) {
    const review = await findReview(deps.db, asId<ReviewId>(id));
    if (review !== undefined) files.push({ path: `${id}.json`, json: plain(review) });
  }
  return files;
}

async function serviceFiles(deps: PackageDeps, { state }: Gathered): Promise<PackageFile[]> {
  const deliveries = await deliveriesOf(deps.db, 'case', state.caseId);
  return deliveries.map((d) => ({ path: `${d.deliveryId}.json`, json: plain(d) }));
}

/** Law relied on: both eras' bases, the benchmark, each calculation with the digest of the law files of its day. */
async function ruleFiles(deps: PackageDeps, state: PenaltyCase): Promise<PackageFile[]> {
  const runs = await discretionRunsOf(deps.db, state.caseId);
  const law = state.violation === undefined ? null : deps.law.violation(state.violation);
  const table = state.discretion?.trace.tableId;
  return [
    {
      path: 'law.json',
      json: plain({
        digest: deps.law.digest,
        violation: law,
        benchmark: deps.law.data.discretion.find((t) => t.id === table),
      }),
    },
    ...runs.map((run, i) => ({ path: `discretion-${i + 1}.json`, json: plain(run) })),
  ];
}

/** The ledger itself, bound to its leaves; the party's edition names steps and articles, no officials. */
function eventLines(g: Gathered): PackageEvent[] {
  return g.events.map((event, i) => {
    if (g.kind !== 'notice') return { event: eventJson(event) as JsonObject, ...leafOf(g, i + 1) };
    const step = event.kind === 'STEP' ? event.command.kind : 'RECEIVED';
    return { event: { seq: i + 1, at: event.at, step } };
  });
}
