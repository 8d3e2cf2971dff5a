import type { AuthorityId, Refusal } from '#kernel';
import { refuse } from '../errors.ts';
import { ROLES, type Role } from '../roles.ts';

/**
 * Whether a person may hold these roles together: an official belongs to an authority, a unit's person to none, and a steward
 * (三员) is neither (GB/T 22239-2019). Undefined when they fit, else ACCESS-054.
 */
export function rolesRefusal({ authorityId }: { readonly authorityId: AuthorityId | null }, roles: readonly Role[]): Refusal | undefined {
  const sides = new Set(roles.map((role) => ROLES[role].side));
  const fits = sides.size <= 1 && !sides.has('public') && (!sides.has('official') || authorityId !== null) && (!sides.has('unit') || authorityId === null);
  return fits ? undefined : refuse('ACCESS-054', { field: 'roles' });
}
