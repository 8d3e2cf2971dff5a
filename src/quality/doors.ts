import { MINUTE } from '#kernel';
import type { DoorFact, OpeningFact } from './facts.ts';
import type { DoorAlarm, DoorOpening } from './series.ts';

/** The same opening told twice (by frames and by doors.csv) differs by clocks only: one fact, one record. */
const SAME_OPENING_MS = 10 * MINUTE;

const same = (a: number, b: number): boolean => Math.abs(a - b) <= SAME_OPENING_MS;

/**
 * Takes a door report (on change and every 15 minutes, Ningxia 附件2) into the list of openings. i32006 gives the
 * time of opening where sent; a closed door that names a newer opening tells of one whose own report was lost.
 */
export function applyDoor(doors: DoorOpening[], fact: DoorFact, knownAt: number): DoorOpening[] {
  if (fact.open === undefined || Number.isNaN(fact.at)) return doors;
  const last = doors.at(-1);
  const isOpen = last !== undefined && Number.isNaN(last.closedAt);
  const plausible = fact.openedAt > 0 && fact.openedAt <= fact.at + SAME_OPENING_MS;
  const openedAt = plausible ? fact.openedAt : fact.at;
  if (fact.open) {
    if (isOpen && (!plausible || same(last.openedAt, openedAt))) return doors;
    if (doors.some((door) => same(door.openedAt, openedAt))) return doors;
    const closed = isOpen ? [...doors.slice(0, -1), { ...last, closedAt: openedAt }] : doors;
    return [...closed, { openedAt, closedAt: Number.NaN, method: fact.method, person: fact.person, arrivedAt: knownAt }];
  }
  if (isOpen) return [...doors.slice(0, -1), { ...last, closedAt: Math.max(last.openedAt, fact.at) }];
  if (plausible && openedAt < fact.at && (last === undefined || openedAt > last.openedAt + SAME_OPENING_MS)) {
    return [...doors, { openedAt, closedAt: fact.at, method: fact.method, person: fact.person, arrivedAt: knownAt }];
  }
  return doors;
}

/** Notes the moments at which the bits for "taken away" (i32002) and "at fault" (i32003) rise; `bits` holds their last state. */
export function applyDoorBits(alarms: DoorAlarm[], bits: Record<DoorAlarm['kind'], boolean>, fact: DoorFact, knownAt: number): DoorAlarm[] {
  let next = alarms;
  for (const [kind, bit] of [['REMOVED', fact.removed], ['FAULT', fact.fault]] as const) {
    if (bit === true && !bits[kind]) next = [...next, { at: Number.isNaN(fact.at) ? knownAt : fact.at, kind, arrivedAt: knownAt }];
    if (bit !== undefined) bits[kind] = bit;
  }
  return next;
}

/** An opening from a register file or another system. Known at its opening; its end is learnt later. */
export function applyOpening(doors: DoorOpening[], fact: OpeningFact, knownAt: number): DoorOpening[] {
  const at = doors.findIndex((door) => same(door.openedAt, fact.openedAt));
  const closedAt = fact.closedAt <= knownAt ? fact.closedAt : Number.NaN;
  const known = doors[at];
  if (known === undefined) {
    const opening = { openedAt: fact.openedAt, closedAt, method: fact.method, person: fact.person, arrivedAt: knownAt };
    return [...doors, opening].sort((a, b) => a.openedAt - b.openedAt);
  }
  const next = [...doors];
  next[at] = {
    ...known,
    closedAt: Number.isNaN(known.closedAt) ? closedAt : known.closedAt,
    method: known.method || fact.method,
    person: known.person || fact.person,
  };
  return next;
}
