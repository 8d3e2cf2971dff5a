import { asId, type AccountId, type AuthorityId, type RegionKey, type UnitId } from '#kernel';
import { NATIONAL } from '#law';
import type { AgentActName } from './agents/agent-acts.ts';
import { ROLES, type Role, type Side } from './roles.ts';

/** The person somebody acts for under a delegation. */
export interface Principal {
  readonly accountId: AccountId;
  readonly name: string;
  readonly delegationId: string;
}

/** What a unit lets this person do for it today: these acts, at these outfalls. */
export interface Entrustment {
  readonly grantId: string;
  readonly unitId: UnitId;
  readonly outfalls: readonly string[];
  readonly acts: readonly AgentActName[];
}

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
  /** Set for authorised agents of units: what is in force today. */
  readonly entrusted?: readonly Entrustment[];
  /** Number of the enforcement certificate; absent when there is none or it is not valid today (处罚法 第四十二条). */
  readonly certificate?: string;
  /** Set while the person deputises: roles are then those handed over, the certificate stays the deputy's own. */
  readonly behalf?: Principal;
}

/** Everybody an act counts for: who did it, and for whom. */
export const personsOf = (actor: { readonly accountId: AccountId; readonly behalf?: { readonly accountId: AccountId } }): readonly AccountId[] =>
  actor.behalf === undefined ? [actor.accountId] : [actor.accountId, actor.behalf.accountId];

/** For whom an act was done, as a leaf keeps it beside the actor; nothing where a person acted for himself. */
export const behalfOf = (actor: Pick<Actor, 'behalf'>): { readonly behalf?: AccountId } => (actor.behalf === undefined ? {} : { behalf: actor.behalf.accountId });

/** The same in the detail of a ledger row, with the name he acted under, e.g. 梁执中（代魏司南）. */
export const actedAs = (actor: Pick<Actor, 'behalf' | 'name'>): { readonly behalf?: AccountId; readonly actedAs?: string } =>
  actor.behalf === undefined ? {} : { behalf: actor.behalf.accountId, actedAs: actor.name };

interface LedgerRow {
  readonly actorId: string;
  readonly detail: { readonly behalf?: unknown; readonly actedAs?: unknown };
}

/** Everybody a ledger row counts for. */
export const actedFor = ({ actorId, detail: { behalf } }: LedgerRow): AccountId[] => [actorId, ...(typeof behalf === 'string' ? [behalf] : [])].map((id) => asId<AccountId>(id));

/** The name to show beside a ledger row: the one its actor acted under, else his own. */
export const nameActed = ({ detail }: Pick<LedgerRow, 'detail'>, own: string): string => (typeof detail.actedAs === 'string' ? detail.actedAs : own);

/** Nobody signed in: may do what is open to the public. */
export const anonymous = (): Actor => ({
  accountId: asId<AccountId>('anonymous'),
  name: '公众',
  roles: ['public'],
  region: NATIONAL,
});

/** The platform acting by rule, without a person: sweeps, models, automatic notices. Never decides anything. */
export const platformActor = (region: RegionKey): Actor => ({
  accountId: asId<AccountId>('platform'),
  name: '信息平台',
  roles: [],
  region,
});

/** Whether nobody has signed in. */
export const isAnonymous = (actor: Actor): boolean => actor.accountId === 'anonymous';

const ORDER: readonly Side[] = ['official', 'steward', 'unit', 'public'];

/** The shell a person belongs in. */
export const sideOf = (actor: Actor): Side =>
  ORDER.find((side) => actor.roles.some((role) => ROLES[role].side === side)) ?? 'public';

/** Authorities whose objects the actor may touch. */
export const areaOf = (actor: Actor): readonly AuthorityId[] =>
  actor.area ?? (actor.authorityId === undefined ? [] : [actor.authorityId]);
