import { sql } from '#platform/db';

/** Which clocks press at a moment. */
export interface Pressing {
  /** Clocks that never do: before their end nothing may be done. */
  readonly without: readonly string[];
  /** Clocks whose end breaks no duty: once it is past they press no longer. */
  readonly lapsing: readonly string[];
  readonly now: number;
}

type Fragment<T = unknown> = ReturnType<typeof sql<T>>;

/** Condition over `deadline`: the clock runs, and somebody must act before it ends or should have. */
export const presses = ({ without, lapsing, now }: Pressing) =>
  sql<boolean>`(state = 'OPEN' AND clock_id <> ALL(${[...without]}::text[]) AND NOT (due_at < ${now} AND clock_id = ANY(${[...lapsing]}::text[])))`;

/** Condition over `deadline`: the term binds an authority. What binds or entitles the party comes behind it in the lists of officials. */
export const BINDS_AUTHORITY = sql<boolean>`(holder <> unit_id)`;

/** Clocks that press, of those a reader may see. `visible` is a condition over `unit_id` and `authority_id`, as `visibleRows` writes it. */
export interface SeenPressing extends Pressing {
  readonly visible: Fragment<boolean>;
}

/** The matters of a kind with the end of the clock that presses most, the authority's own before the party's, as a table `(subject_id, due_at)`. */
export const firstDue = (subjectKind: string, { visible, ...pressing }: SeenPressing): Fragment =>
  sql`(SELECT subject_id, coalesce(min(due_at) FILTER (WHERE ${BINDS_AUTHORITY}), min(due_at)) AS due_at FROM deadline WHERE subject_kind = ${subjectKind} AND ${presses(pressing)} AND ${visible} GROUP BY subject_id)`;

/** Where a page of a list by urgency ends: `due` is null among the rows no clock presses. */
export interface UrgencyPlace {
  readonly due: number | null;
  readonly changed: number;
  readonly id: string;
}

/** What makes a query part of a list: what it is joined with, which rows it goes on with, and in which order. */
export interface ListPart {
  /** The end of the row's clock, to be selected as `due`. */
  readonly due: Fragment;
  readonly join: Fragment;
  readonly where: Fragment<boolean>;
  readonly order: Fragment;
}

/** A part of a list that no clock orders. */
export const partBy = (where: Fragment<boolean>, order: Fragment): ListPart => ({ due: sql`NULL::bigint`, join: sql``, where, order });

interface Urgent {
  /** A table `(subject_id, due_at)`, as `firstDue` writes it. */
  readonly clocks: Fragment;
  readonly after: UrgencyPlace | undefined;
  readonly limit: number;
}

/** The list itself: its column of ids, its order where no clock presses, and its query. */
interface Listed<R> {
  readonly id: Fragment;
  newest(after: UrgencyPlace | undefined): ListPart;
  ask(part: ListPart, limit: number): Promise<R[]>;
}

/** A page of a list by urgency: what is overdue or ends first, then what no clock presses, newest first. Two questions, so that each goes through its own index. */
export async function pageByUrgency<R>({ clocks, after, limit }: Urgent, { id, newest, ask }: Listed<R>): Promise<R[]> {
  const pressed: ListPart = {
    due: sql`d.due_at`, join: sql`JOIN ${clocks} d ON d.subject_id = ${id}`, order: sql`d.due_at, d.subject_id`,
    where: after === undefined ? sql<boolean>`true` : sql<boolean>`(d.due_at, d.subject_id) > (${after.due}::bigint, ${after.id}::text)`,
  };
  const first = after?.due === null ? [] : await ask(pressed, limit);
  if (first.length === limit) return first;
  const others = newest(after?.due === null ? after : undefined);
  const where = sql<boolean>`${others.where} AND ${id} NOT IN (SELECT subject_id FROM ${clocks} d)`;
  return [...first, ...(await ask({ ...others, where }, limit - first.length))];
}

/** A place in such a list as its pages carry it, `<due>~<changed>~<id>`, and back; undefined for what is none. */
export const urgencyCursor = {
  of: ({ due, changed, id }: UrgencyPlace): string => `${due ?? ''}~${changed}~${id}`,
  read(text: string | undefined): UrgencyPlace | undefined {
    const [, due, changed, id] = /^(\d{0,16})~(\d{1,16})~(.+)$/u.exec(text ?? '') ?? [];
    return changed === undefined || id === undefined ? undefined : { due: due === '' || due === undefined ? null : Number(due), changed: Number(changed), id };
  },
};
