import { refusalFor, type Actor } from '#access';
import { appendLeaf } from '#evidence';
import { ok, type FactorCode, type Instant, type OutfallId, type Result } from '#kernel';
import type { DueDate } from '#law';
import { transact, type Tx } from '#platform/db';
import { closeDeadline, openDeadline } from '#platform/deadlines';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import { DECIMAL } from '../disputes/decide-dispute.ts';
import type { DisputeDeps } from '../disputes/raise-dispute.ts';
import { refuse } from '../errors.ts';
import { missingMaterial, type Material } from '../materials.ts';
import { partyOf } from '../open-registry.ts';
import { REGISTER_FILES } from '../register-files.ts';
import type { SelfMonitoringRow } from '../registry.ts';
import { findMatter, insertMatter, type DeviceMatter } from '../store/device-matters.ts';
import { writeEntries } from '../store/entries.ts';
import { checkMatter, MATTER_RULES, standsStill, type MatterCommand } from './decide-device-matter.ts';

/** Files, law and register, as for disputes. */
export type DeviceMatterDeps = DisputeDeps;

/** Kind of subject under which clocks and papers of a device's matter are kept. */
export const MATTER_SUBJECT = 'device-matter';
/** Who answers for devices; the holder of the authority's clock. */
const HOLDER = 'monitoring-control';

export interface ReportCommand extends MatterCommand {
  readonly outfall: OutfallId;
  readonly reason: string;
  readonly materials: readonly Material[];
}

async function startClock(tx: Tx, { matterId, unitId, authorityId }: DeviceMatter, holder: string, due: DueDate): Promise<void> {
  const { clockId, article, startedAt, dueAt, dayKind, provisional } = due;
  await openDeadline(tx, { clockId, subjectKind: MATTER_SUBJECT, subjectId: matterId, unitId, authorityId, holder, article, startedAt, dueAt, dayKind, provisional });
}

/**
 * A unit reports a fault, asks to stop or remove a device, or hands in the record of an acceptance. A fault marks no data by
 * itself: marking is the unit's own statement. REGISTER-002 no unit, 003 outfall not its own, 028 file, 031–035 what is lacking, 040 open already.
 */
export async function reportDeviceMatter(deps: DeviceMatterDeps, actor: Actor, command: ReportCommand): Promise<Result<DeviceMatter>> {
  const { unitId } = actor;
  const no = refusalFor(actor, 'register.report-device', { unitId });
  if (no !== undefined || unitId === undefined) return no ?? refuse('REGISTER-002');
  const now = deps.clock.now();
  const registry = deps.registry.current();
  const party = partyOf(registry, unitId);
  if (party === undefined || registry.outfall(command.outfall)?.unit !== unitId) return refuse('REGISTER-003', { field: 'outfall' });
  const wrong = checkMatter(command, registry.factorsOf(command.outfall).map(({ factor }) => factor), now) ?? missingMaterial(deps.blobs, command.materials);
  if (wrong !== undefined) return wrong;
  const { told, runs } = MATTER_RULES[command.kind];
  const toldDue = told === undefined ? undefined : deps.law.due(told, party.region, command.since);
  const due = runs === undefined ? undefined : deps.law.due(runs.clock, party.region, now);
  const { kind, outfall, device, factors, since, reason, meanwhile, materials } = command;
  const matter: DeviceMatter = {
    matterId: newId('dev'), unitId, authorityId: party.authorityId, kind, outfall, device, factors, since, reason, meanwhile, materials, raisedBy: actor.accountId, raisedAt: now,
    toldDueAt: toldDue?.dueAt ?? null, toldArticle: toldDue?.article ?? null, dueAt: due?.dueAt ?? null, article: due?.article ?? null,
    state: 'OPEN', endedBy: null, endedAt: null, answer: null,
  };
  return transact<Result<DeviceMatter>>(deps.db, async (tx) => {
    if (!(await insertMatter(tx, matter))) return refuse('REGISTER-040', { field: 'device' });
    if (toldDue !== undefined) {
      await startClock(tx, matter, unitId, toldDue);
      await closeDeadline(tx, { clockId: toldDue.clockId, subjectKind: MATTER_SUBJECT, subjectId: matter.matterId, closedAt: now });
    }
    if (due !== undefined) await startClock(tx, matter, runs?.holder === 'UNIT' ? unitId : HOLDER, due);
    await emit(tx, deps.clock, { type: 'register.device-reported', subject: matter.matterId, payload: { matterId: matter.matterId, unitId, kind, outfall } });
    await appendLeaf(tx, deps.clock, { t: 'register', ref: matter.matterId, act: 'device', kind, unit: unitId, outfall, device, since, by: actor.accountId });
    return ok(matter);
  });
}

export interface ManualCommand {
  readonly factor: FactorCode;
  readonly sampledAt: Instant;
  /** As printed in the report, in the unit of the factor. */
  readonly value: string;
  readonly basis: 'c' | 'zs';
}

/**
 * A result taken by hand while the device stands still: a row of the unit's self-monitoring like any other, which names the
 * matter it belongs to (第八条). REGISTER-022 no number, 031 factor not of the matter, 036 not found, 041 the device ran then.
 */
export async function recordManualValue(deps: DeviceMatterDeps, actor: Actor, matterId: string, command: ManualCommand): Promise<Result<DeviceMatter>> {
  return transact<Result<DeviceMatter>>(deps.db, async (tx) => {
    const matter = await findMatter(tx, matterId, true);
    if (matter === undefined || refusalFor(actor, 'register.report-device', matter) !== undefined) return refuse('REGISTER-036');
    const now = deps.clock.now();
    const still = standsStill(matter, now);
    if (!matter.factors.includes(command.factor)) return refuse('REGISTER-031', { field: 'factor' });
    if (!DECIMAL.test(command.value)) return refuse('REGISTER-022', { field: 'value' });
    if (still === undefined || command.sampledAt < still.from || command.sampledAt > still.to) return refuse('REGISTER-041', { field: 'sampledAt' });
    const body: SelfMonitoringRow = { outfall: matter.outfall, ...command, attributes: { device_matter: matterId, reported_ms: String(now) } };
    const key = REGISTER_FILES.selfMonitoring.key?.(body) ?? '';
    await writeEntries(tx, matterId, now, [{ kind: 'selfMonitoring', key, unit: matter.unitId, outfall: matter.outfall, authority: null, start: command.sampledAt, body }]);
    await appendLeaf(tx, deps.clock, { t: 'register', ref: matterId, act: 'manual', unit: matter.unitId, by: actor.accountId, ...command });
    return ok(matter);
  });
}
