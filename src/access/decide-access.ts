import type { AuthorityId, CalendarDay, Refusal, UnitId } from '#kernel';
import { areaOf, isAnonymous, type Actor, type Entrustment } from './actor.ts';
import { AGENT_ACTS } from './agents/agent-acts.ts';
import { rolesHandedOver, type Deputising } from './delegation/decide-delegation.ts';
import { refuse } from './errors.ts';
import { isKnownAction, rowsOf, type Action, type PermissionRow } from './permissions.ts';
import { ROLES } from './roles.ts';

/** What of an object decides who may touch it. */
export interface ResourceScope {
  readonly unitId?: UnitId | null | undefined;
  readonly authorityId?: AuthorityId | null | undefined;
  /** Authority on whose ground the unit stands to which an object of another authority is addressed, e.g. a letter of the corps. */
  readonly groundId?: AuthorityId | null | undefined;
  /** Needed by rows of agents alone, who are let in outfall by outfall. */
  readonly outfall?: string | null | undefined;
}

/** What a unit entrusted to the actor that opens this action. */
const entrustedWith = (actor: Actor, action: string): readonly Entrustment[] =>
  (actor.entrusted ?? []).filter(({ acts }) => acts.some((act) => (AGENT_ACTS[act].actions as readonly string[]).includes(action)));

/** The role is held; a row of agents also needs a grant in force that opens it. */
const held = (actor: Actor, row: PermissionRow): boolean =>
  row.roles.some((role) => actor.roles.includes(role)) && (row.jurisdiction !== 'entrusted' || entrustedWith(actor, row.action).length > 0);

/** The grant by which the actor does this at the outfall; undefined for a unit's own people. Recorded with the act (谁代谁办). */
export const grantFor = (actor: Actor, action: Action, resource: ResourceScope): Entrustment | undefined =>
  actor.unitId !== undefined && actor.unitId === resource.unitId ? undefined
    : entrustedWith(actor, action).find(({ unitId, outfalls }) => unitId === resource.unitId && outfalls.includes(resource.outfall ?? ''));

function reaches(actor: Actor, row: PermissionRow, resource: ResourceScope): boolean {
  switch (row.jurisdiction) {
    case 'any':
      return true;
    case 'own-unit':
      return actor.unitId !== undefined && resource.unitId === actor.unitId;
    case 'entrusted':
      return grantFor(actor, row.action as Action, resource) !== undefined;
    case 'own-authority':
      return [resource.authorityId, resource.groundId].some((id) => id !== undefined && id !== null && areaOf(actor).includes(id));
  }
}

/**
 * May this person do this? Without a resource: may a person of these roles do it at all (menus, route gate).
 * With one: this very object (use cases). An object without an owner is nobody's, so only `any` rows reach it.
 */
export function can(actor: Actor, action: Action, resource?: ResourceScope): boolean {
  return rowsOf(action).some((row) => held(actor, row) && (resource === undefined || reaches(actor, row, resource)));
}

/** The roles an act is for, in words; a long list is cut. */
function whoMay(action: Action): { zh: string; en: string } {
  const roles = [...new Set(rowsOf(action).flatMap((row) => row.roles))];
  const [named, more] = [roles.slice(0, 3), roles.length > 3];
  return { zh: `${named.map((role) => ROLES[role].zh).join('、')}${more ? '等' : ''}`, en: `${named.map((role) => ROLES[role].en).join(', ')}${more ? ' and others' : ''}` };
}

/**
 * The refusal that fits, or undefined when the act is allowed.
 * A foreign object answers exactly like one that does not exist, so that ids cannot be probed.
 */
export function refusalFor(actor: Actor, action: Action, resource?: ResourceScope): Refusal | undefined {
  if (can(actor, action, resource)) return undefined;
  if (can(actor, action)) return refuse('ACCESS-005');
  return isAnonymous(actor) ? refuse('ACCESS-001') : refuse('ACCESS-004', { args: { action, ...whoMay(action) } });
}

/** Which rows a list may show; `visibleRows` in the store turns it into SQL, so page and list never disagree. */
export type Visibility =
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | { readonly kind: 'some'; readonly unitId?: UnitId; readonly authorities: readonly AuthorityId[]; readonly outfalls?: readonly string[] };

/** The list filter of an action (or of several, e.g. `clue.read` and `clue.read-own`), from the same table as `can`. */
export function visibilityOf(actor: Actor, ...actions: readonly Action[]): Visibility {
  const rows = actions.flatMap((action) => rowsOf(action)).filter((row) => held(actor, row));
  if (rows.some((row) => row.jurisdiction === 'any')) return { kind: 'all' };
  const authorities = rows.some((row) => row.jurisdiction === 'own-authority') ? areaOf(actor) : [];
  const unitId = rows.some((row) => row.jurisdiction === 'own-unit') ? actor.unitId : undefined;
  const outfalls = rows.filter((row) => row.jurisdiction === 'entrusted').flatMap((row) => entrustedWith(actor, row.action)).flatMap((grant) => grant.outfalls);
  if (authorities.length === 0 && unitId === undefined && outfalls.length === 0) return { kind: 'none' };
  return { kind: 'some', authorities, ...(unitId === undefined ? {} : { unitId }), ...(outfalls.length === 0 ? {} : { outfalls }) };
}

/**
 * The authority a person exercises now: his own, or, while he deputises, the roles handed to him and nothing else
 * (`rolesHandedOver`); where no role is left, he is himself again. Everything else follows from the roles, through `can`.
 */
export function effectiveActor(own: Actor, deputising: Deputising | undefined, today: CalendarDay): Actor {
  if (deputising === undefined) return own;
  const { delegation, principal } = deputising;
  const roles = rolesHandedOver(deputising, today);
  if (roles.length === 0) return own;
  return { ...own, roles, name: `${own.name}（代${principal.name}）`, behalf: { accountId: principal.accountId, name: principal.name, delegationId: delegation.delegationId } };
}

/** The gate in front of a route, before any object is known. `public` lets everybody in. */
export function gate(actor: Actor, action: string): Refusal | undefined {
  if (action === 'public') return undefined;
  if (!isKnownAction(action)) throw new Error(`route names an unknown action: ${action}`);
  return refusalFor(actor, action);
}
