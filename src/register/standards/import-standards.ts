import { refusalFor, type Actor } from '#access';
import { ok, type Result } from '#kernel';
import type { Law } from '#law';
import { refuse } from '../errors.ts';
import { storeImport, type ImportDeps, type ImportOutcome } from '../import-register.ts';
import { readFile } from '../read-register.ts';
import { REGISTER_FILES } from '../register-files.ts';
import { EMPTY_REGISTER } from '../registry.ts';

/** Problems a refusal names; a file with more has to be gone over anyway. */
const NAMED = 100;

export interface StandardsDeps extends ImportDeps {
  readonly law: Law;
}

/**
 * Imports a file of emission standards (`standards.csv`, docs/register-files.md) into the library, whole or not at all, and holds every
 * registered limit against it. REGISTER-001 with line, column and reason of each wrong cell, 051 a file without rows.
 */
export async function importStandards(deps: StandardsDeps, actor: Actor, csv: string): Promise<Result<ImportOutcome>> {
  const no = refusalFor(actor, 'register.keep-standards', {});
  if (no !== undefined) return no;
  const { rows, problems } = readFile(REGISTER_FILES.standards, Buffer.from(csv));
  if (problems.length > 0) {
    const named = problems.slice(0, NAMED);
    return refuse('REGISTER-001', {
      field: 'csv', missing: named.map((one) => `第${one.line}行 ${one.column}${one.value === '' ? '' : ` “${one.value}”`}：${one.zh}`),
      missingEn: named.map((one) => `line ${one.line} ${one.column}${one.value === '' ? '' : ` "${one.value}"`}: ${one.en}`),
    });
  }
  if (rows.length === 0) return refuse('REGISTER-051', { field: 'csv' });
  return ok(await storeImport(deps, { data: { ...EMPTY_REGISTER, standards: rows }, problems, by: actor.accountId, home: { authority: '', region: '' } }));
}
