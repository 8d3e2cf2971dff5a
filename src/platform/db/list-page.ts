import { sql, type RawBuilder } from 'kysely';

/** The order of a list that is read page by page: the largest first by each key in turn, the id last. Keys are never null. */
export interface ListOrder {
  /** The table under the name the keys use, e.g. sql`regulatory_talk t`. */
  readonly table: RawBuilder<unknown>;
  readonly keys: readonly RawBuilder<unknown>[];
  readonly id: RawBuilder<unknown>;
}

/** Where a page begins, behind the row whose id this is, and how long it is. */
export interface PageAsked {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** One page, and where the next begins; null where nothing follows. */
export interface PageOf<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

/** Rows behind the last one shown, found by its id as it stands now; a cursor that names no row has nothing behind it. */
export function behindCursor({ table, keys, id }: ListOrder, { cursor }: PageAsked): RawBuilder<boolean> {
  const place = sql.join([...keys, id]);
  return cursor === undefined ? sql<boolean>`true` : sql<boolean>`(${place}) < (SELECT ${place} FROM ${table} WHERE ${id} = ${cursor})`;
}

/** Order and length of a page: one row more than asked tells whether anything follows. */
export const inListOrder = ({ keys, id }: ListOrder, { limit }: PageAsked): RawBuilder<unknown> =>
  sql`ORDER BY ${sql.join([...keys, id].map((key) => sql`${key} DESC`))} LIMIT ${limit + 1}`;

/** The rows read in `inListOrder` as a page. */
export function pageOf<T>(rows: readonly T[], { limit }: PageAsked, idOf: (row: T) => string): PageOf<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? idOf(last) : null };
}
