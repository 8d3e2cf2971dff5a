import type { AuthorityId } from '#kernel';
import { sql } from '#platform/db';
import type { Visibility } from '../decide-access.ts';

/** The columns that say whose a row is, e.g. `{ unit: 'c.unit_id', authority: 'c.authority_id' }`. */
export interface OwnerColumns {
  readonly unit?: string;
  readonly authority?: string;
  /** Expression for `ResourceScope.groundId`, where rows have one. */
  readonly ground?: ReturnType<typeof sql<AuthorityId | null>>;
  /** Lists without it show nothing to agents. */
  readonly outfall?: string;
}

/** `visibilityOf` as a condition for a WHERE clause. A list filtered by it and `can` cannot disagree. */
export function visibleRows(visibility: Visibility, columns: OwnerColumns) {
  switch (visibility.kind) {
    case 'all':
      return sql<boolean>`true`;
    case 'none':
      return sql<boolean>`false`;
    case 'some': {
      const byAuthority =
        columns.authority !== undefined && visibility.authorities.length > 0
          ? sql<boolean>`${sql.ref(columns.authority)} = ANY(${[...visibility.authorities]})`
          : sql<boolean>`false`;
      const byGround = columns.ground === undefined || visibility.authorities.length === 0 ? sql<boolean>`false` : sql<boolean>`${columns.ground} = ANY(${[...visibility.authorities]})`;
      const byUnit =
        columns.unit !== undefined && visibility.unitId !== undefined
          ? sql<boolean>`${sql.ref(columns.unit)} = ${visibility.unitId}`
          : sql<boolean>`false`;
      const byOutfall =
        columns.outfall !== undefined && visibility.outfalls !== undefined
          ? sql<boolean>`${sql.ref(columns.outfall)} = ANY(${[...visibility.outfalls]})`
          : sql<boolean>`false`;
      return sql<boolean>`(${byAuthority} OR ${byGround} OR ${byUnit} OR ${byOutfall})`;
    }
  }
}
