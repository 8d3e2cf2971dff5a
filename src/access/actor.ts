import { asId, type AccountId, type AuthorityId, type RegionKey, type UnitId } from '#kernel';
import { ROLES, type Role, type Side } from './roles.ts';

/** The person behind a request, as far as a decision may depend on it. */
export interface Actor {
  readonly accountId: AccountId;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Set for people of a unit or a third-party agency. */
  readonly unitId?: UnitId;
  /** Set for officials. */
  readonly authorityId?: AuthorityId;
  /** The authority itself and every authority below it (province → city → branch office). */
  readonly area?: readonly AuthorityId[];
  readonly region: RegionKey;
  /** Number of the enforcement certificate; absent when there is none or it is not valid today (处罚法 第四十二条). */
  readonly certificate?: string;
}

/** Nobody signed in: may do what is open to the public. */
export const anonymous = (region: RegionKey = asId<RegionKey>('jiangsu')): Actor => ({
  accountId: asId<AccountId>('anonymous'),
  name: '公众',
  roles: ['public'],
  region,
});

/** The platform acting by rule, without a person: sweeps, models, automatic notices. Never decides anything. */
export const platformActor = (region: RegionKey): Actor => ({
  accountId: asId<AccountId>('platform'),
  name: '信息平台',
  roles: [],
  region,
});

export const isAnonymous = (actor: Actor): boolean => actor.accountId === 'anonymous';

const ORDER: readonly Side[] = ['official', 'steward', 'unit', 'public'];

/** The shell a person belongs in. */
export const sideOf = (actor: Actor): Side =>
  ORDER.find((side) => actor.roles.some((role) => ROLES[role].side === side)) ?? 'public';

/** Authorities whose objects the actor may touch. */
export const areaOf = (actor: Actor): readonly AuthorityId[] =>
  actor.area ?? (actor.authorityId === undefined ? [] : [actor.authorityId]);
