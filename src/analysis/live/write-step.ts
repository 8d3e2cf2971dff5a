import type { Clock, UnitId } from '#kernel';
import { appendLeaves, digestOf, type LeafInput } from '#evidence';
import { transact, type Database, type Tx } from '#platform/db';
import type { LiveRegistry } from '#register';
import { saveShadowEpisodes, saveShadowFailures } from '../governance/store/shadow.ts';
import { emitClue, insertClues, insertEpisodes, saveAnswers, saveOpenings } from '../store/opinions.ts';
import { savePeerSummaries } from '../store/peer-summaries.ts';
import { saveAttendance } from '../store/attendance.ts';
import { insertLane, saveLaneState } from '../store/lanes.ts';
import { insertShifts, saveProgress, type Progress } from '../store/progress.ts';
import type { ClueChange, Lane } from './lane.ts';

interface WriteDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly registry: LiveRegistry;
}

/** JSON as it will be stored: no undefined, no NaN. */
const plain = <T>(value: T) => JSON.parse(JSON.stringify(value)) as Parameters<typeof digestOf>[0];

const leafOf = ({ clue }: ClueChange): LeafInput => ({
  t: 'clue', ref: clue.id, ver: clue.version, outfall: clue.outfall, tier: clue.tier, models: [...clue.models],
  known: clue.knownAt, sha256: digestOf(plain(clue)),
});

async function writeClues(tx: Tx, deps: WriteDeps, changes: readonly ClueChange[]): Promise<readonly LeafInput[]> {
  if (changes.length === 0) return [];
  const registry = deps.registry.current();
  const fresh = new Set(await insertClues(tx, changes.map(({ clue }) => clue), (unit) => registry.authorityOf(unit as UnitId) ?? null));
  const written = changes.filter(({ clue }) => fresh.has(clue));
  for (const change of written) for (const type of change.events) await emitClue(tx, deps.clock, type, change.clue, change.models);
  return written.filter(({ events }) => events.length > 0).map(leafOf);
}

/**
 * Everything one round brought forth, in one transaction: versions of episodes and clues, what the next step is told,
 * where the fold of those that are to be stored can be taken up again, and last the evidence leaves.
 */
export async function writeStep(deps: WriteDeps, lanes: readonly Lane[], progress: Progress, stores: (lane: Lane) => boolean): Promise<void> {
  const outputs = lanes.map((lane) => ({ lane, out: lane.empty(), state: stores(lane) ? lane.store() : undefined }));
  await transact(deps.db, async (tx) => {
    for (const { lane, state } of outputs) {
      const row = { outfall: lane.outfall, activeSince: lane.activeSince, seq: lane.seq, storedAt: Number.isFinite(lane.position) ? Math.floor(lane.position) : null };
      if (lane.isNew) await insertLane(tx, { ...row, seq: lane.bornAt });
      if (state !== undefined) await saveLaneState(tx, row, state);
    }
    await insertEpisodes(tx, outputs.flatMap(({ out }) => out.episodes));
    await saveAnswers(tx, outputs.flatMap(({ out }) => out.answers));
    await saveOpenings(tx, outputs.flatMap(({ out }) => out.openings));
    await saveShadowEpisodes(tx, outputs.flatMap(({ out }) => out.shadows));
    await saveShadowFailures(tx, outputs.flatMap(({ out }) => out.shadowFailures));
    await savePeerSummaries(tx, outputs.flatMap(({ out }) => out.summaries));
    await saveAttendance(tx, outputs.flatMap(({ lane, out }) => out.attendance.map((day) => ({ ...day, outfall: lane.outfall, activeSince: lane.activeSince }))));
    await insertShifts(tx, outputs.flatMap(({ out }) => out.shifts));
    const leaves = await writeClues(tx, deps, outputs.flatMap(({ out }) => out.clues));
    await saveProgress(tx, progress);
    await appendLeaves(tx, deps.clock, leaves);
  });
  for (const { lane } of outputs) lane.isNew = false;
}
