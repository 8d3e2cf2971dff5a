import type { AuthorityId, RegionKey } from '#kernel';

/** Levels of environmental authorities; a branch (派出机构) has neither panel nor review group of its own (江苏办法 第七条). */
export type AuthorityLevel = 'province' | 'city' | 'branch';

/** An environmental authority (生态环境主管部门), its place in the tree and the letters of its document numbers. */
export interface Authority {
  readonly authorityId: AuthorityId;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly level: AuthorityLevel;
  readonly parentId: AuthorityId | null;
  readonly region: RegionKey;
  /** Letters in document numbers, e.g. `苏清环`. */
  readonly docPrefix: string;
}

/** The authority and all below it. */
export function areaUnder(all: readonly Authority[], root: AuthorityId): AuthorityId[] {
  const below = all.filter((a) => a.parentId === root).flatMap((a) => areaUnder(all, a.authorityId));
  return [root, ...below];
}

/**
 * Where panel and review group of an authority sit: province and city have them, a branch office's matters
 * go to its city (江苏办法 第七条; the same level hands to the same level, 第十条).
 */
export function groupAuthority(all: readonly Authority[], of: AuthorityId): AuthorityId {
  const own = all.find((a) => a.authorityId === of);
  if (own === undefined || own.level !== 'branch' || own.parentId === null) return of;
  return groupAuthority(all, own.parentId);
}
