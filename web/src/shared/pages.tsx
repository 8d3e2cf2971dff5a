import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useSpeech, type Text } from './i18n.tsx';

const TEXT = {
  more: { zh: '继续载入', en: 'Load more' },
  again: { zh: '后续载入失败，请重试', en: 'Loading more failed; try again' },
} as const satisfies Record<string, Text>;

interface Query {
  readonly isPending: boolean;
  readonly isError: boolean;
  readonly error: unknown;
  readonly data: unknown;
  refetch(): unknown;
}

/** The rows of a list: those at hand, and all that fit its filters. */
export interface Rows<T> {
  readonly query: Query;
  readonly rows: readonly T[];
  /** Where more may be asked for. `failed`: the last attempt did; only a person asks again. */
  readonly more?: { readonly loading: boolean; readonly failed: boolean; load(): void };
  all(): Promise<readonly T[]>;
}

interface Page<T> { readonly items: readonly T[]; readonly nextCursor: string | null }
/** Where a page begins and how long it is. */
export interface At { readonly cursor?: string; readonly limit: number }

/** A page on the screen is a quick one; an export takes the longest the platform gives. */
const SHOWN = 60;
const LONGEST = 200;
const MANY = 4;

/** All rows of a list, read page by page. */
export async function everyPage<T>(page: (at: At) => Promise<Page<T>>): Promise<readonly T[]> {
  const rows: T[] = [];
  for (let cursor: string | undefined; ;) {
    const { items, nextCursor } = await page({ limit: LONGEST, ...(cursor === undefined ? {} : { cursor }) });
    rows.push(...items);
    if (nextCursor === null || items.length === 0) return rows;
    cursor = nextCursor;
  }
}

/** A list that comes page by page. `key` names it with its filters. */
export function usePages<T>(key: readonly unknown[], page: (at: At) => Promise<Page<T>>, refetchInterval: number | false = false): Rows<T> {
  const query = useInfiniteQuery({
    queryKey: [...key, 'pages'], initialPageParam: '',
    // Many pages are not asked for again and again; what a person does here still reaches them at once.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > MANY ? false : refetchInterval),
    queryFn: ({ pageParam }) => page({ limit: SHOWN, ...(pageParam === '' ? {} : { cursor: pageParam }) }),
    getNextPageParam: (last: Page<T>) => last.nextCursor,
  });
  const { isPending, isError, isFetchNextPageError, error, data, refetch } = query;
  return {
    query: { isPending, isError: isError && !isFetchNextPageError, error, data, refetch }, rows: query.data?.pages.flatMap((one) => one.items) ?? [], all: () => everyPage(page),
    ...(query.hasNextPage ? { more: { loading: query.isFetchingNextPage, failed: query.isFetchNextPageError, load: () => { if (!query.isFetchingNextPage) void query.fetchNextPage(); } } } : {}),
  };
}

/** A list that comes whole. */
export const whole = <T,>(query: Query, rows: readonly T[]): Rows<T> => ({ query, rows, all: async () => rows });

/** A list that came whole and is drawn part by part. */
export function useParts<T>(query: Query, items: readonly T[]): Rows<T> {
  const [count, draw] = useState(SHOWN);
  return { query, rows: items.slice(0, count), all: async () => items, ...(items.length > count ? { more: { loading: false, failed: false, load: () => draw(count + SHOWN) } } : {}) };
}

/** The way to what a list has not shown yet; nothing where all of it is shown. */
export function More({ list: { more } }: { list: Pick<Rows<unknown>, 'more'> }) {
  const { t } = useSpeech();
  return more && <Button block style={{ marginTop: 8 }} loading={more.loading} danger={more.failed} onClick={() => more.load()}>{t(more.failed ? TEXT.again : TEXT.more)}</Button>;
}
