import { visibleRows, type Visibility } from '#access';
import { behindCursor, pageOf, sql, type Database, type ListOrder, type PageAsked, type PageOf, type Tx } from '#platform/db';
import type { ExchangeState } from '../hj212/index.ts';

export type CommandState = 'WAITING' | ExchangeState;

/** A request to a device as stored. */
export interface DeviceCommand {
  readonly commandId: string;
  readonly mn: string;
  readonly outfall: string;
  readonly unitId: string;
  readonly authorityId: string | null;
  readonly cn: string;
  readonly st: string;
  readonly fromAt: number | null;
  readonly toAt: number | null;
  readonly askedBy: string;
  readonly askedAt: number;
  readonly state: CommandState;
  readonly qn: string | null;
  /** How often it was sent. */
  readonly sent: number;
  readonly dataFrames: number;
  readonly result: string | null;
  readonly changedAt: number;
}

const COLUMNS = [
  'command_id as commandId', 'mn', 'outfall', 'unit_id as unitId', 'authority_id as authorityId', 'cn', 'st', 'from_at as fromAt', 'to_at as toAt',
  'asked_by as askedBy', 'asked_at as askedAt', 'state', 'qn', 'sent', 'data_frames as dataFrames', 'result', 'changed_at as changedAt',
] as const;

/** Written out, so that the partial index serves. */
const OPEN = sql<boolean>`state IN ('WAITING', 'SENT', 'ACCEPTED')`;

/** False when the device has an open request already. */
export async function insertCommand(tx: Tx, row: Omit<DeviceCommand, 'state' | 'qn' | 'sent' | 'dataFrames' | 'result' | 'changedAt'>): Promise<boolean> {
  const { numAffectedRows } = await sql`
    INSERT INTO device_command (command_id, mn, outfall, unit_id, authority_id, cn, st, from_at, to_at, asked_by, asked_at, changed_at)
    VALUES (${row.commandId}, ${row.mn}, ${row.outfall}, ${row.unitId}, ${row.authorityId}, ${row.cn}, ${row.st}, ${row.fromAt}, ${row.toAt},
      ${row.askedBy}, ${row.askedAt}, ${row.askedAt})
    ON CONFLICT (mn) WHERE ${OPEN} DO NOTHING`.execute(tx);
  return numAffectedRows === 1n;
}

/** Requests that have not ended, oldest first. */
export async function openCommands(db: Database): Promise<DeviceCommand[]> {
  return (await db.selectFrom('device_command').select(COLUMNS).where(OPEN).orderBy('asked_at').limit(500).execute()) as DeviceCommand[];
}

const ORDER: ListOrder = { table: sql`device_command`, keys: [sql`asked_at`], id: sql`command_id` };

/** Requests the visibility covers, newest first. */
export async function listCommands(db: Database, visibility: Visibility, page: PageAsked): Promise<PageOf<DeviceCommand>> {
  const shown = visibleRows(visibility, { unit: 'unit_id', authority: 'authority_id', outfall: 'outfall' });
  const rows = (await db.selectFrom('device_command').select(COLUMNS).where(shown).where(behindCursor(ORDER, page))
    .orderBy('asked_at', 'desc').orderBy('command_id', 'desc').limit(page.limit + 1).execute()) as DeviceCommand[];
  return pageOf(rows, page, (row) => row.commandId);
}

export type CommandStep = Pick<DeviceCommand, 'state' | 'qn' | 'sent' | 'dataFrames' | 'result'>;

/** Writes what has become of a request. False when it had ended before. */
export async function stepCommand(tx: Tx, commandId: string, step: CommandStep, at: number): Promise<boolean> {
  const { state, qn, sent, dataFrames, result } = step;
  const { numAffectedRows } = await sql`
    UPDATE device_command SET state = ${state}, qn = ${qn}, sent = ${sent}, data_frames = ${dataFrames}, result = ${result}, changed_at = ${at}
     WHERE command_id = ${commandId} AND ${OPEN}`.execute(tx);
  return numAffectedRows === 1n;
}
