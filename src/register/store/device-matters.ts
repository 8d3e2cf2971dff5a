import type { Visibility } from '#access';
import { visibleRows } from '#access';
import { instant, type AccountId, type AuthorityId, type Instant, type OutfallId, type UnitId } from '#kernel';
import { behindCursor, inListOrder, pageOf, sql, type Database, type ListOrder, type PageAsked, type PageOf, type Tx } from '#platform/db';
import type { MatterKind } from '../devices/decide-device-matter.ts';
import type { Material } from '../materials.ts';

export const MATTER_STATES = ['OPEN', 'REPAIRED', 'AGREED', 'AGREED_BY_SILENCE', 'REFUSED', 'REGISTERED', 'RETURNED', 'WITHDRAWN'] as const;
export type DeviceMatterState = (typeof MATTER_STATES)[number];

/** 设备事项. Times in epoch ms. */
export interface DeviceMatter {
  readonly matterId: string;
  readonly unitId: UnitId;
  readonly authorityId: AuthorityId;
  readonly kind: MatterKind;
  readonly outfall: OutfallId;
  readonly device: string;
  readonly factors: readonly string[];
  /** When the fault was noticed, from when the device shall stand still, or the day of acceptance. */
  readonly since: Instant;
  readonly reason: string;
  /** How the unit measures while the device stands still. */
  readonly meanwhile: string;
  readonly materials: readonly Material[];
  readonly raisedBy: AccountId;
  readonly raisedAt: Instant;
  /** Until when the unit had to come with this, and by which article. */
  readonly toldDueAt: Instant | null;
  readonly toldArticle: string | null;
  /** End of the clock that runs from the report on. */
  readonly dueAt: Instant | null;
  readonly article: string | null;
  readonly state: DeviceMatterState;
  readonly endedBy: AccountId | null;
  readonly endedAt: Instant | null;
  readonly answer: string | null;
}

const COLUMNS = sql`m.matter_id AS "matterId", m.unit_id AS "unitId", m.authority_id AS "authorityId", m.kind, m.outfall, m.device, m.factors, m.since, m.reason, m.meanwhile,
  m.materials, m.raised_by AS "raisedBy", m.raised_at AS "raisedAt", m.told_due_at AS "toldDueAt", m.told_article AS "toldArticle", m.due_at AS "dueAt", m.article, m.state,
  m.ended_by AS "endedBy", m.ended_at AS "endedAt", m.answer`;

/** False when the same matter of the same device is open already. */
export async function insertMatter(tx: Tx, m: DeviceMatter): Promise<boolean> {
  const result = await sql`INSERT INTO device_matter (matter_id, unit_id, authority_id, kind, outfall, device, factors, since, reason, meanwhile, materials,
      raised_by, raised_at, told_due_at, told_article, due_at, article)
    VALUES (${m.matterId}, ${m.unitId}, ${m.authorityId}, ${m.kind}, ${m.outfall}, ${m.device}, ${JSON.stringify(m.factors)}::jsonb, ${m.since}, ${m.reason}, ${m.meanwhile},
      ${JSON.stringify(m.materials)}::jsonb, ${m.raisedBy}, ${m.raisedAt}, ${m.toldDueAt}, ${m.toldArticle}, ${m.dueAt}, ${m.article})
    ON CONFLICT (outfall, device, kind) WHERE state = 'OPEN' DO NOTHING`.execute(tx);
  return Number(result.numAffectedRows ?? 0) === 1;
}

/** A matter of a device by its id, locked where asked; undefined where there is none. */
export async function findMatter(tx: Tx | Database, matterId: string, forUpdate = false): Promise<DeviceMatter | undefined> {
  const { rows } = await sql<DeviceMatter>`SELECT ${COLUMNS} FROM device_matter m WHERE m.matter_id = ${matterId} ${forUpdate ? sql`FOR UPDATE` : sql``}`.execute(tx);
  return rows[0];
}

/** How many faults and stops of an outfall's devices the unit reported, at the latest then, that touch this time, by when they began and ended. */
export async function matterReports(db: Database, outfall: OutfallId, from: Instant, to: Instant, by: Instant = instant(Number.MAX_SAFE_INTEGER)): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM device_matter
    WHERE outfall = ${outfall} AND kind IN ('FAULT', 'STOP') AND since < ${to} AND (ended_at IS NULL OR ended_at > ${from}) AND raised_at <= ${by}`.execute(db);
  return rows[0]?.n ?? 0;
}

export async function endMatter(tx: Tx, m: Pick<DeviceMatter, 'matterId' | 'state' | 'endedBy' | 'endedAt' | 'answer'>): Promise<void> {
  await sql`UPDATE device_matter SET state = ${m.state}, ended_by = ${m.endedBy}, ended_at = ${m.endedAt}, answer = ${m.answer}
    WHERE matter_id = ${m.matterId} AND state = 'OPEN'`.execute(tx);
}

export interface MatterFilter extends PageAsked {
  readonly unit?: string | undefined;
  readonly outfall?: string | undefined;
  readonly openOnly?: boolean | undefined;
}

/** The nearest term first means the largest of its negatives; where there is none it comes last. */
const ORDER: ListOrder = {
  table: sql`device_matter m`, id: sql`m.matter_id`,
  keys: [sql`(m.state = 'OPEN')`, sql`coalesce(CASE WHEN m.state = 'OPEN' THEN -m.due_at END, -9e15::bigint)`, sql`m.raised_at`],
};

/** Matters a person may see: open ones first, the nearest term first, then newest first. */
export async function listMatters(db: Database, visibility: Visibility, filter: MatterFilter): Promise<PageOf<DeviceMatter>> {
  const { rows } = await sql<DeviceMatter>`SELECT ${COLUMNS} FROM device_matter m
    WHERE ${visibleRows(visibility, { unit: 'm.unit_id', authority: 'm.authority_id' })}
      AND ${filter.unit === undefined ? sql`true` : sql`m.unit_id = ${filter.unit}`}
      AND ${filter.outfall === undefined ? sql`true` : sql`m.outfall = ${filter.outfall}`}
      AND ${filter.openOnly === true ? sql`m.state = 'OPEN'` : sql`true`}
      AND ${behindCursor(ORDER, filter)} ${inListOrder(ORDER, filter)}`.execute(db);
  return pageOf(rows, filter, (row) => row.matterId);
}
