import { appendLeaf } from '#evidence';
import { dayOf, type Clock } from '#kernel';
import type { Law } from '#law';
import { transact, type Database, type Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import { keepOutcomes } from './disputes/keep-outcomes.ts';
import { openRegistry } from './open-registry.ts';
import { readRegister } from './read-register.ts';
import { entriesOf, type Home } from './register-entries.ts';
import type { RegisterData } from './registry.ts';
import type { RegisterProblem } from './row-reader.ts';
import { acceptedDisputes } from './store/disputes.ts';
import { holdLimits, type StandardFinding } from './standards/hold-limit.ts';
import { libraryOf } from './standards/library.ts';
import { insertImport, insertMarks, writeEntries } from './store/entries.ts';

/** What an import works with. */
export interface ImportDeps {
  readonly db: Database;
  readonly clock: Clock;
  /** With the law at hand, the permitted limits are held against the emission standards once the rows are in. */
  readonly law?: Law;
  /** Stores in the same transaction what the files say and another module keeps: doors, meter readings, camera events. */
  readonly alongside?: (tx: Tx, data: RegisterData) => Promise<void>;
}

/** Which folder is imported, by whom, and where its units belong. */
export interface ImportCommand {
  readonly dir: string;
  readonly by: string;
  readonly home: Home;
  /** Import the good rows although others are wrong. */
  readonly partial?: boolean;
}

/** What an import changed, or that it changed nothing. */
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
  /** Permitted limits that do not agree with their emission standard on the day of the import; they stay in force. */
  readonly held: readonly StandardFinding[];
}

const nothing = { added: 0, changed: 0, unchanged: 0, marks: 0, kept: [], held: [] } as const;

/**
 * Imports a folder of register files (docs/register-files.md) in one transaction. Nothing is imported while a row is wrong,
 * unless `partial`. The same files again change nothing, and undo no accepted dispute. `power.csv`, `doors.csv` and `video.csv` are checked here;
 * ingest keeps such facts, and `alongside` gives them to it.
 */
export async function importRegister(deps: ImportDeps, command: ImportCommand): Promise<ImportOutcome> {
  const { data, problems } = readRegister(command.dir);
  if (problems.length > 0 && command.partial !== true) return { imported: false, ...nothing, problems };
  return storeImport(deps, { data, problems, by: command.by, home: command.home });
}

/** Writes checked rows in one transaction: entries, marks, the import's own row, its event and its leaf. */
export async function storeImport(deps: ImportDeps, command: { data: RegisterData; problems: readonly RegisterProblem[]; by: string; home: Home }): Promise<ImportOutcome> {
  const { data, problems, by } = command;
  return transact(deps.db, async (tx) => {
    const { entries, kept } = keepOutcomes(entriesOf(data, command.home), await acceptedDisputes(tx));
    const importId = newId('imp');
    const at = deps.clock.now();
    const count = await writeEntries(tx, importId, at, entries);
    const marks = await insertMarks(tx, data.marks, by, at);
    const unchanged = entries.length - count.added - count.changed;
    const registry = deps.law === undefined ? undefined : await openRegistry(tx);
    const held = registry === undefined || deps.law === undefined ? [] : holdLimits(registry, libraryOf(deps.law, registry.data.standards), dayOf(at));
    await deps.alongside?.(tx, data);
    if (count.added + count.changed + marks > 0) {
      await insertImport(tx, { importId, by, at, count, unchanged, problems });
      await emit(tx, deps.clock, { type: 'register.imported', subject: importId, payload: { importId, ...count, marks, held: held.length } });
      await appendLeaf(tx, deps.clock, { t: 'register', ref: importId, by, added: count.added, changed: count.changed, marks, ...(registry === undefined ? {} : { held: held.length }) });
    }
    return { imported: true, ...count, unchanged, marks, kept: kept.map(({ kind, key }) => ({ kind, key })), problems, held };
  });
}
