import { ACTION_AREAS, ACTION_WORDS, type Words } from './action-words.ts';
import { DUTIES, SEPARATIONS } from './duties.ts';
import { PERMISSIONS, rowsOf, type Action, type Jurisdiction } from './permissions.ts';
import { ALL_ROLES, type Role } from './roles.ts';

/** One line of the printed table: an act in words, how far each role reaches, and the duty it takes up. */
export interface GridLine {
  readonly action: Action;
  readonly words: Words;
  readonly area: Words;
  /** Roles without a row are not listed: what is not allowed is refused. */
  readonly cells: { readonly role: Role; readonly reach: Jurisdiction }[];
  readonly duty: Words | null;
  /** Duties the same person must not have held in the same matter, with what says so. */
  readonly apart: (Words & { readonly basis: string })[];
}

const areaOf = (action: string): Words => ACTION_AREAS[action.slice(0, action.indexOf('.')) as keyof typeof ACTION_AREAS];

/** Widest reach first: a role with two rows reaches what the wider one says. */
const WIDEST: readonly Jurisdiction[] = ['any', 'own-authority', 'own-unit', 'entrusted'];

/** How far a role reaches with an act; undefined when the table gives it no row. */
export function reachOf(role: Role, action: Action): Jurisdiction | undefined {
  const rows = rowsOf(action).filter((row) => row.roles.includes(role));
  return WIDEST.find((reach) => rows.some((row) => row.jurisdiction === reach));
}

/** The permission table as people read it: every action once, in the order of the chain, words for every code. */
export function permissionGrid(): GridLine[] {
  return [...new Set(PERMISSIONS.map((row) => row.action))].map((action) => {
    const duty = rowsOf(action)[0]?.duty;
    const apart = duty === undefined ? [] : SEPARATIONS.filter(({ between }) => between.includes(duty));
    return {
      action,
      words: ACTION_WORDS[action],
      area: areaOf(action),
      cells: ALL_ROLES.flatMap((role) => {
        const reach = reachOf(role, action);
        return reach === undefined ? [] : [{ role, reach }];
      }),
      duty: duty === undefined ? null : DUTIES[duty],
      apart: apart.map(({ between: [a, b], basis }) => ({ ...DUTIES[a === duty ? b : a], basis })),
    };
  });
}
