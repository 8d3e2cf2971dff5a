import { importSideFacts, readSideFacts, type SideCount, type SideFacts } from '#ingest';
import type { Database } from '#platform/db';
import { exportRegister, importRegister, openRegistry, type ImportCommand, type ImportDeps, type ImportOutcome } from '#register';

/** What the import of a folder did, rows of `doors.csv`, `power.csv` and `video.csv` included. */
export interface FolderOutcome extends ImportOutcome {
  /** By file; empty where nothing was imported. */
  readonly side: Partial<Readonly<Record<keyof SideFacts, SideCount>>>;
}

/** Imports a folder of register files whole (docs/register-files.md): register and side facts in one transaction. */
export async function importRegisterFolder(deps: Omit<ImportDeps, 'alongside'>, command: ImportCommand): Promise<FolderOutcome> {
  let side: FolderOutcome['side'] = {};
  const outcome = await importRegister({ ...deps, alongside: async (tx, data) => void (side = await importSideFacts(tx, deps.clock, data)) }, command);
  return { ...outcome, side };
}

/** Writes the register and the side facts back as register files; importing them again changes nothing. Returns the files written. */
export async function exportRegisterFolder(db: Database, dir: string): Promise<readonly string[]> {
  const { data } = await openRegistry(db);
  return exportRegister({ data: { ...data, ...(await readSideFacts(db)) } }, dir);
}
