import type { Context, DoorOpening } from '../../contract.ts';

const UNREGISTERED = /unknown|unreg|stranger|forced|未登记|未知|陌生|强制/iu;

/** What people read for who opened a door: a person's name as sent; a device's code for somebody it does not know (`UNREG-…`) is nobody registered. */
export const personWords = (person: string): { readonly zh: string; readonly en: string } =>
  person.trim() === '' || UNREGISTERED.test(person) ? { zh: '未登记人员', en: 'nobody registered' } : { zh: person, en: person };

/**
 * Whether nobody we know opened: said to be unknown; not on the list of door persons (where that list speaks the
 * language of the doors); nameless where others have names; or seen for the first time where the same few come again.
 */
export function isUnregistered(ctx: Context, d: DoorOpening): boolean {
  if (UNREGISTERED.test(d.person) || UNREGISTERED.test(d.method)) return true;
  const listed = ctx.reg.doorPersons;
  if (ctx.doors.some((o) => listed.includes(o.person))) return !listed.includes(d.person);
  const others = ctx.doors.filter((o) => o !== d && o.openedAt < d.openedAt && o.person.trim() !== '');
  if (others.length < 5) return d.person.trim() === '' && others.length > 0;
  return !others.some((o) => o.person === d.person);
}
