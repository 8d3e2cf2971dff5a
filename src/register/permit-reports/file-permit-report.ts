import { refusalFor, type Actor } from '#access';
import { appendLeaf } from '#evidence';
import { Decimal, ok, type FactorCode, type OutfallId, type Result } from '#kernel';
import { transact } from '#platform/db';
import { newId } from '#platform/ids';
import { DECIMAL } from '../disputes/decide-dispute.ts';
import type { DisputeDeps } from '../disputes/raise-dispute.ts';
import { refuse } from '../errors.ts';
import { missingMaterial, type Material } from '../materials.ts';
import { TOLD_FILES } from '../told-files.ts';
import { writeEntries } from '../store/entries.ts';
import type { PermitReport } from './permit-report.ts';

export interface PermitReportCommand {
  readonly outfall: OutfallId;
  readonly factor: FactorCode;
  /** Calendar year the report speaks of. */
  readonly year: number;
  /** As the report states it, kg. */
  readonly usedKg: string;
  readonly title: string;
  readonly material: Material;
}

/**
 * A unit files the execution report behind the amount it had used before it was connected: a register row with its file, sealed as a leaf. The figure
 * is the registered one: another is disputed first. REGISTER-002 no unit, 003 outfall not its own, 021 no amount registered, 022 no number, 028 file,
 * 042 another figure is registered.
 */
export async function filePermitReport(deps: DisputeDeps, actor: Actor, command: PermitReportCommand): Promise<Result<PermitReport>> {
  const { unitId } = actor;
  const no = refusalFor(actor, 'register.file-permit-report', { unitId });
  if (no !== undefined || unitId === undefined) return no ?? refuse('REGISTER-002');
  const { outfall, factor, year, usedKg, title, material } = command;
  const registry = deps.registry.current();
  if (registry.outfall(outfall)?.unit !== unitId) return refuse('REGISTER-003', { field: 'outfall' });
  if (!DECIMAL.test(usedKg)) return refuse('REGISTER-022', { field: 'usedKg' });
  const permits = registry.permitsOf(outfall).filter((one) => one.factor === factor);
  if (permits.length === 0) return refuse('REGISTER-021', { field: 'factor' });
  if (!permits.some((one) => new Decimal(usedKg).equals(one.usedBeforeStartKg))) return refuse('REGISTER-042', { field: 'usedKg' });
  const missing = missingMaterial(deps.blobs, [material]);
  if (missing !== undefined) return missing;
  const now = deps.clock.now();
  const ref = newId('prp');
  const { file } = TOLD_FILES.permitReports;
  const values = { outfall, factor, year: String(year), used_kg: usedKg, title, filed_ms: String(now), name: material.name, sha256: material.sha256 };
  return transact<Result<PermitReport>>(deps.db, async (tx) => {
    await writeEntries(tx, ref, now, [{ kind: 'other', key: `${file} ${ref}`, unit: unitId, outfall, authority: null, start: now, body: { file, line: now, values } }]);
    await appendLeaf(tx, deps.clock, { t: 'register', ref, act: 'permit-report', unit: unitId, outfall, factor, year, usedKg, sha256: material.sha256, by: actor.accountId });
    return ok({ title, usedKg, filedAt: now, name: material.name, sha256: material.sha256 });
  });
}
