import type { Clock } from '#kernel';
import { appendLeaf } from '#evidence';
import { transact, type Database } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import { keepOutcomes } from './disputes/keep-outcomes.ts';
import { readRegister } from './read-register.ts';
import { entriesOf, type Home } from './register-entries.ts';
import type { RegisterProblem } from './row-reader.ts';
import { acceptedDisputes } from './store/disputes.ts';
import { insertImport, insertMarks, writeEntries } from './store/entries.ts';

export interface ImportCommand {
  readonly dir: string;
  readonly by: string;
  readonly home: Home;
  /** Import the good rows although others are wrong. */
  readonly partial?: boolean;
}

export interface ImportOutcome {
  /** False: problems were found and nothing at all was imported. */
  readonly imported: boolean;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly marks: number;
  /** Rows whose file still says what an accepted dispute put right: the outcome of the dispute stands. */
  readonly kept: readonly { readonly kind: string; readonly key: string }[];
  readonly problems: readonly RegisterProblem[];
}

/**
 * Imports a folder of register files (formats.md §4) in one transaction. Nothing is imported while a row is wrong,
 * unless `partial`. The same files again change nothing, and undo no accepted dispute. `power.csv`, `doors.csv` and `video.csv` are checked here and
 * stored by ingest, through whose door such facts come.
 */
export async function importRegister(deps: { readonly db: Database; readonly clock: Clock }, command: ImportCommand): Promise<ImportOutcome> {
  const { data, problems } = readRegister(command.dir);
  if (problems.length > 0 && command.partial !== true) {
    return { imported: false, added: 0, changed: 0, unchanged: 0, marks: 0, kept: [], problems };
  }
  return transact(deps.db, async (tx) => {
    const { entries, kept } = keepOutcomes(entriesOf(data, command.home), await acceptedDisputes(tx));
    const importId = newId('imp');
    const at = deps.clock.now();
    const count = await writeEntries(tx, importId, at, entries);
    const marks = await insertMarks(tx, data.marks, command.by, at);
    const unchanged = entries.length - count.added - count.changed;
    if (count.added + count.changed + marks > 0) {
      await insertImport(tx, { importId, by: command.by, at, count, unchanged, problems });
      await emit(tx, deps.clock, { type: 'register.imported', subject: importId, payload: { importId, ...count, marks } });
      await appendLeaf(tx, deps.clock, { t: 'register', ref: importId, by: command.by, added: count.added, changed: count.changed, marks });
    }
    return { imported: true, ...count, unchanged, marks, kept: kept.map(({ kind, key }) => ({ kind, key })), problems };
  });
}
