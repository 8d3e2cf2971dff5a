import { refusalFor, type Actor } from '#access';
import { appendLeaf, leafToken } from '#evidence';
import { type Clock, DAY, type Instant, ok, type Result, toRfc3339 } from '#kernel';
import { type Database, transact } from '#platform/db';
import { newId } from '#platform/ids';
import type { LiveRegistry, RegisteredDevice } from '#register';
import { refuse } from '../errors.ts';
import { insertCommand } from '../store/device-commands.ts';

/** What a person may ask of a device (HJ 212-2017 表 6): data of a period, or that it sends real-time data (again). */
export const DEVICE_COMMANDS = {
  '2051': { zh: '补取分钟数据', en: 'minute data of a period', period: true },
  '2061': { zh: '补取小时数据', en: 'hourly data of a period', period: true },
  '2031': { zh: '补取日数据', en: 'daily data of a period', period: true },
  '2011': { zh: '启动实时数据上报', en: 'start real-time data', period: false },
} as const;
export type CommandCode = keyof typeof DEVICE_COMMANDS;

const MAX_DAYS = 31;

export interface AskDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly registry: LiveRegistry;
}

export interface AskDevice {
  readonly mn: string;
  readonly cn: CommandCode;
  /** Both or neither: DataTime of the first and the last record asked for. */
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
}

/** System type (ST) under which a device of a role should speak; the gateway sends the one the device itself uses once it is heard. */
function systemOf({ role }: RegisteredDevice, type: 'gas' | 'water'): string {
  if (role === 'door') return '81';
  if (role === 'power') return '44';
  if (role === 'process') return type === 'gas' ? '51' : '52';
  return type === 'gas' ? '31' : '32';
}

/**
 * Asks a device for data: the gateway sends the request as soon as the device is connected, and the row says what became
 * of it. Returns the id. INGEST-001 unknown device, INGEST-002…005 wrong period, INGEST-021 one request is open already.
 */
export async function askDevice(deps: AskDeps, actor: Actor, { mn, cn, from, to }: AskDevice): Promise<Result<string>> {
  const registry = deps.registry.current();
  const [device] = registry.deviceOf(mn);
  const outfall = device?.outfalls[0] === undefined ? undefined : registry.outfall(device.outfalls[0]);
  if (device === undefined || outfall === undefined) return refuse('INGEST-001', { field: 'mn' });
  const authorityId = registry.authorityOf(device.unit);
  if (refusalFor(actor, 'ingest.command', { unitId: device.unit, authorityId }) !== undefined) return refuse('INGEST-001', { field: 'mn' });
  const now = deps.clock.now();
  if (DEVICE_COMMANDS[cn].period !== (from !== undefined && to !== undefined)) return refuse('INGEST-005', { field: 'from' });
  if (from !== undefined && to !== undefined) {
    if (to < from) return refuse('INGEST-002', { field: 'to' });
    if (to > now) return refuse('INGEST-003', { field: 'to' });
    if (to - from > MAX_DAYS * DAY) return refuse('INGEST-004', { args: { days: MAX_DAYS }, field: 'to' });
  }
  return transact(deps.db, async (tx) => {
    const commandId = newId('cmd');
    const fresh = await insertCommand(tx, {
      commandId, mn, outfall: outfall.outfall, unitId: device.unit, authorityId: authorityId ?? null, cn, st: systemOf(device, outfall.type),
      fromAt: from ?? null, toAt: to ?? null, askedBy: actor.accountId, askedAt: now,
    });
    if (!fresh) return refuse('INGEST-021', { field: 'mn' });
    const period = from === undefined || to === undefined ? {} : { from: toRfc3339(from), to: toRfc3339(to) };
    await appendLeaf(tx, deps.clock, { t: 'config', ref: commandId, act: 'device-asked', mn: leafToken(mn), cn, ...period, actor: actor.accountId });
    return ok(commandId);
  });
}
