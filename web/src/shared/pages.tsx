import { useInfiniteQuery } from '@tanstack/react-query';

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

async function everyPage<T>(page: (at: At) => Promise<Page<T>>): Promise<readonly T[]> {
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
    queryKey: key, initialPageParam: '',
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
export const whole = <T>(query: Query, rows: readonly T[]): Rows<T> => ({ query, rows, all: async () => rows });
