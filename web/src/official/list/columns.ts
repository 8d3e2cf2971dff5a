import { useState, type ReactNode } from 'react';
import type { Cell } from './export-rows.ts';

/** One column of a list. What it says in plain words goes into exports; a column without `text` holds acts only. */
export interface Column<T> {
  readonly key: string;
  readonly title: string;
  /** Said when the head is pointed at. */
  readonly hint?: string;
  readonly width?: number;
  /** Numbers and times: right-aligned, tabular figures. */
  readonly num?: boolean;
  /** Put away until a person wants it. */
  readonly away?: boolean;
  readonly text?: (row: T) => Cell;
  /** Where the cell shows more than its words. */
  readonly render?: (row: T) => ReactNode;
}

const keyOf = (list: string) => `mingjian.columns.${list}`;

function stored(list: string): readonly string[] | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(list)) ?? 'null');
    return Array.isArray(kept) ? kept.map(String) : undefined;
  } catch {
    return undefined;
  }
}

/** Which columns of a list a person put away; kept in his browser, so that a column added later is seen. */
export function useColumnChoice<T>(list: string, columns: readonly Column<T>[]) {
  const [chosen, put] = useState(() => stored(list));
  const away = chosen ?? columns.filter((column) => column.away).map((column) => column.key);
  const shown = columns.filter((column) => !away.includes(column.key));
  return {
    /** Never an empty table. */
    shown: shown.length === 0 ? columns : shown,
    choose(keys: readonly string[]) {
      const next = columns.map((column) => column.key).filter((key) => !keys.includes(key));
      localStorage.setItem(keyOf(list), JSON.stringify(next));
      put(next);
    },
  };
}
