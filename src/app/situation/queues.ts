import { OFFICIALS, ROLES, rowsOf, type Role } from '#access';
import { FORWARD, MAIN_STATES, transitionOf, type MainState } from '#cases';
import { actorsOf, CLUE_STATES, CLUE_TRANSITIONS, isOn, type ClueQueue } from '#review';
import { HINT_STATES, SHEET_STATES, SHEET_TRANSITIONS, type SheetState } from '#supervision';

export const ROOMS = ['/sheets', '/sheets/hints', '/clues', '/reviews', '/cases'] as const;

/** Matters that wait in one state for the same people. */
export interface Queue {
  readonly zh: string;
  readonly en: string;
  readonly room: (typeof ROOMS)[number];
  readonly waiting: number;
}

export interface OwnedQueues {
  readonly owners: readonly Role[];
  readonly queues: readonly Queue[];
}

const official = (actor: string): actor is Role => Object.hasOwn(ROLES, actor) && ROLES[actor as Role].side === 'official';
/** Of the steps in the table's order the first that an official takes; what every official may do is nobody's task. */
const firstOwners = (steps: readonly (readonly string[])[]): readonly Role[] =>
  steps.map((actors) => actors.filter(official)).find((roles) => roles.length > 0 && roles.length < OFFICIALS.length) ?? [];

/** Whoever the table of sheets lets act next; nobody while the unit's answer is waited for. */
export const ownersOfSheet = (state: SheetState): readonly Role[] => firstOwners(SHEET_TRANSITIONS.filter((row) => row.from === state).map((row) => [row.actor]));

/** The body that has the clue, by its way and its region; nobody while ④ or the unit's marks are waited for. */
export const ownersOfClue = ({ state, route, body }: Omit<ClueQueue, 'n'>): readonly Role[] =>
  CLUE_STATES[state].closed ? [] : firstOwners(CLUE_TRANSITIONS.filter((row) => row.from === state && isOn(row, route)).map((row) => actorsOf(row, body)));

/** Whose permission the expected next step of a case needs; nobody while a paper is in the post. */
export function ownersOfCase(state: MainState): readonly Role[] {
  const next = FORWARD[state];
  return next === undefined ? [] : firstOwners([rowsOf(transitionOf(next).actor).flatMap((one) => one.roles)]);
}

export interface Waiting {
  readonly sheets: Readonly<Record<string, number>>;
  /** Hints of risks that nobody has decided about. */
  readonly hints: number;
  readonly clues: readonly ClueQueue[];
  readonly cases: Readonly<Record<string, number>>;
}

const HINT_WAITS = { zh: `风险提示${HINT_STATES.OFFERED.zh}`, en: `risk hints ${HINT_STATES.OFFERED.en}` } as const;
const ON_REVIEW: readonly string[] = ['LISTED', 'UNDER_REVIEW', 'REVIEW_PASSED'];
const entries = <K extends string>(table: Readonly<Record<K, unknown>>, counts: Readonly<Record<string, number>>) =>
  (Object.keys(table) as K[]).flatMap((state) => ((counts[state] ?? 0) > 0 ? [{ state, n: counts[state] ?? 0 }] : []));

/**
 * Every matter that waits for an official lies in one queue, and every queue has its owners: those the tables of ④⑤⑥
 * let take the next step (江苏办法 第六条). In the order of the chain, grouped by owner. Pure.
 */
export function queuesOf({ sheets, hints, clues, cases }: Waiting): readonly OwnedQueues[] {
  const all: (Queue & { readonly owners: readonly Role[] })[] = [
    ...entries(SHEET_STATES, sheets).map(({ state, n }) => ({ ...words(SHEET_STATES[state]), room: '/sheets' as const, waiting: n, owners: ownersOfSheet(state) })),
    ...(hints > 0 ? [{ ...HINT_WAITS, room: '/sheets/hints' as const, waiting: hints, owners: firstOwners(rowsOf('supervision.risk-hint').map((one) => one.roles)) }] : []),
    ...clues.map((one) => ({ ...words(CLUE_STATES[one.state]), room: ON_REVIEW.includes(one.state) ? ('/reviews' as const) : ('/clues' as const), waiting: one.n, owners: ownersOfClue(one) })),
    ...entries(MAIN_STATES, cases).map(({ state, n }) => ({ ...words(MAIN_STATES[state]), room: '/cases' as const, waiting: n, owners: ownersOfCase(state) })),
  ];
  const owned = new Map<string, { owners: readonly Role[]; queues: Queue[] }>();
  for (const { owners, ...queue } of all) {
    if (owners.length === 0) continue;
    const key = owners.join();
    const group = owned.get(key) ?? { owners, queues: [] };
    group.queues.push(queue);
    owned.set(key, group);
  }
  return [...owned.values()];
}

const words = ({ zh, en }: { readonly zh: string; readonly en: string }) => ({ zh, en });
