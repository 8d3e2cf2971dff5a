import type { AuthorityId, CalendarDay, Refusal, UnitId } from '#kernel';
import { areaOf, isAnonymous, type Actor } from './actor.ts';
import { isInForce, unqualifiedFor, type Deputising } from './delegation/decide-delegation.ts';
import { refuse } from './errors.ts';
import { isKnownAction, rowsOf, type Action, type PermissionRow } from './permissions.ts';
import { ROLES } from './roles.ts';

/** What of an object decides who may touch it. */
export interface ResourceScope {
  readonly unitId?: UnitId | null | undefined;
  readonly authorityId?: AuthorityId | null | undefined;
}

const held = (actor: Actor, row: PermissionRow): boolean => row.roles.some((role) => actor.roles.includes(role));

function reaches(actor: Actor, row: PermissionRow, resource: ResourceScope): boolean {
  switch (row.jurisdiction) {
    case 'any':
      return true;
    case 'own-unit':
      return actor.unitId !== undefined && resource.unitId === actor.unitId;
    case 'own-authority':
      return resource.authorityId !== undefined && resource.authorityId !== null && areaOf(actor).includes(resource.authorityId);
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
  | { readonly kind: 'some'; readonly unitId?: UnitId; readonly authorities: readonly AuthorityId[] };

/** The list filter of an action (or of several, e.g. `clue.read` and `clue.read-own`), from the same table as `can`. */
export function visibilityOf(actor: Actor, ...actions: readonly Action[]): Visibility {
  const rows = actions.flatMap((action) => rowsOf(action)).filter((row) => held(actor, row));
  if (rows.some((row) => row.jurisdiction === 'any')) return { kind: 'all' };
  const authorities = rows.some((row) => row.jurisdiction === 'own-authority') ? areaOf(actor) : [];
  const unitId = rows.some((row) => row.jurisdiction === 'own-unit') ? actor.unitId : undefined;
  if (authorities.length === 0 && unitId === undefined) return { kind: 'none' };
  return unitId === undefined ? { kind: 'some', authorities } : { kind: 'some', authorities, unitId };
}

/**
 * The authority a person exercises now: his own, or, while he deputises, the roles handed to him and nothing else. What the
 * law asks of the deputy himself (certificate, legal qualification) must hold today, and the principal must still hold the
 * role; where no role is left, he is himself again. Everything else follows from the roles, through `can`.
 */
export function effectiveActor(own: Actor, deputising: Deputising | undefined, today: CalendarDay): Actor {
  if (deputising === undefined || !isInForce(deputising.delegation, today)) return own;
  const { delegation, principal, deputy } = deputising;
  const roles = principal.disabledAt === null ? delegation.roles.filter((role) => principal.roles.includes(role) && unqualifiedFor(role, deputy, today, today) === undefined) : [];
  if (roles.length === 0) return own;
  return { ...own, roles, name: `${own.name}（代${principal.name}）`, behalf: { accountId: principal.accountId, name: principal.name, delegationId: delegation.delegationId } };
}

/** The gate in front of a route, before any object is known. `public` lets everybody in. */
export function gate(actor: Actor, action: string): Refusal | undefined {
  if (action === 'public') return undefined;
  if (!isKnownAction(action)) throw new Error(`route names an unknown action: ${action}`);
  return refusalFor(actor, action);
}
