import { Empty, Flex, Grid, Table, Tooltip, type TableColumnsType, type TableRef } from 'antd';
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type MouseEvent, type ReactNode } from 'react';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded } from '../../shared/room.tsx';
import { useKeys, type Key } from '../keys/keyboard.tsx';
import { Wide } from '../parts/wide.tsx';
import { useColumnChoice, type Column } from './columns.ts';
import { ListBar } from './list-bar.tsx';
import { More, type Rows } from '../../shared/pages.tsx';
import { useFind } from './use-find.ts';

const TEXT = {
  next: { zh: '下一行', en: 'next row' },
  previous: { zh: '上一行', en: 'previous row' },
  open: { zh: '打开所在行', en: 'open the row' },
  nothing: { zh: '没有查到“{what}”', en: 'Nothing holds “{what}”' },
} as const satisfies Record<string, Text>;

/** So many rows are drawn as they are; of more only those in sight. */
const PLAIN = 50;
/** Rows from the end at which the next page is asked for. */
const NEAR = 400;
const LEAST_HEIGHT = 320;
/** The heads above the rows, and the way to more rows below them. */
const BELOW = 100;

interface Props<T> {
  /** Under which the choice of columns is kept. */
  readonly name: string;
  readonly title: string;
  readonly list: Rows<T>;
  readonly rowKey: (row: T) => string;
  readonly columns: readonly Column<T>[];
  readonly empty: string;
  /** Not where the platform itself looks for words. */
  readonly findable?: boolean;
  /** Filters of this list, beside its bar. */
  readonly filters?: ReactNode;
  open?(row: T): void;
}

/** Height from where the list begins to the foot of the window; what stands above it may come later or break into lines. */
function useRoomBelow(): readonly [box: React.RefObject<HTMLDivElement | null>, height: number] {
  const box = useRef<HTMLDivElement>(null);
  const [height, set] = useState(LEAST_HEIGHT);
  const measure = () => set(Math.max(LEAST_HEIGHT, Math.floor(innerHeight - (box.current?.getBoundingClientRect().top ?? 0) - scrollY - BELOW)));
  useLayoutEffect(measure);
  useEffect(() => {
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);
  return [box, height];
}

function columnsOf<T>(columns: readonly Column<T>[]): TableColumnsType<T> {
  return columns.map(({ key, title, hint, width, num, text, render }) => ({
    key, title: hint === undefined ? title : <Tooltip title={hint}><span>{title}</span></Tooltip>,
    ...(width === undefined ? {} : { width }), ...(num ? { className: 'num', align: 'right' as const } : {}),
    render: (_: unknown, row: T) => render?.(row) ?? text?.(row) ?? '—',
  }));
}

/** A click on the row opens it; one on what stands in the row belongs to that. */
const inside = ({ target }: MouseEvent) => target instanceof Element && target.closest('a,button,input,textarea,label,.ant-select') !== null;

/**
 * The one list of the workbench: rows in sight only, columns to choose, everything that fits the filters as CSV or
 * XLSX, j k Enter ?, and its states — waiting, refused, failed, empty — always the same. A phone has plain rows.
 */
export function ListTable<T extends object>({ name, title, list, rowKey, columns, empty, filters, findable = true, open }: Props<T>) {
  const { t } = useSpeech();
  const wide = Grid.useBreakpoint().lg ?? false;
  const choice = useColumnChoice(name, columns);
  const [found] = useFind();
  const wanted = findable ? found : '';
  const [active, setActive] = useState(-1);
  const [box, height] = useRoomBelow();
  const table = useRef<TableRef>(null);
  const lower = wanted.toLowerCase();
  const fits = (row: T) => lower === '' || columns.some((column) => String(column.text?.(row) ?? '').toLowerCase().includes(lower));
  const rows = list.rows.filter(fits);
  const virtual = wide && rows.length > PLAIN;

  const loadUnasked = () => {
    if (list.more?.failed === false) list.more.load();
  };
  const move = (by: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, active + by));
    setActive(next);
    if (next >= rows.length - 2) loadUnasked();
  };
  const keys: Key[] = open === undefined ? [] : [
    { key: 'j', does: TEXT.next, act: () => move(1) }, { key: 'k', does: TEXT.previous, act: () => move(-1) },
    { key: 'Enter', does: TEXT.open, act: () => { const row = rows[active]; if (row !== undefined) open(row); } },
  ];
  useKeys(keys);
  // What is looked for may stand on any page.
  useEffect(() => {
    if (wanted !== '') loadUnasked();
  });
  useEffect(() => {
    if (active < 0) return;
    if (virtual) table.current?.scrollTo({ index: active, align: 'nearest' });
    else box.current?.querySelector('.row-active')?.scrollIntoView({ block: 'nearest' });
  }, [active, virtual, box]);

  // The library scrolls this box by itself and tells neither keyboard nor reader that it does.
  useEffect(() => {
    const rowsBox = box.current?.querySelector('.ant-table-tbody-virtual-holder');
    for (const [attribute, value] of Object.entries({ tabindex: '0', role: 'group', 'aria-label': title })) rowsBox?.setAttribute(attribute, value);
  });

  const drawn = useMemo(() => columnsOf(choice.shown), [choice.shown]);
  const least = choice.shown.reduce((sum, column) => sum + (column.width ?? 260), 0);
  const near = ({ currentTarget }: { currentTarget: HTMLDivElement }) => {
    if (currentTarget.scrollHeight - currentTarget.scrollTop - currentTarget.clientHeight < NEAR) loadUnasked();
  };
  const body = (
    <Table<T>
      ref={table} size="small" rowKey={rowKey} dataSource={rows} columns={drawn}
      pagination={wide || rows.length <= PLAIN ? false : { defaultPageSize: PLAIN, size: 'small', showSizeChanger: false }}
      {...(virtual ? { virtual: true, scroll: { x: least, y: height }, onScroll: near } : wide ? { scroll: { x: least }, sticky: true } : {})}
      rowClassName={(_, index) => (index === active ? 'row-active' : '')}
      onRow={(row, index) => (open === undefined ? {} : { onClick: (event) => { if (!inside(event)) { setActive(index ?? -1); open(row); } }, style: { cursor: 'pointer' } })}
      locale={{ emptyText: <Empty description={wanted !== '' && list.rows.length > 0 ? t(TEXT.nothing, { what: wanted }) : empty} /> }}
    />
  );
  return (
    <>
      <Flex wrap gap={8} justify="space-between" align="center" style={{ marginBottom: 8 }}>
        <div>{filters}</div>
        <ListBar findable={findable} title={title} columns={columns} choice={choice} keys={keys.map((one) => one.key)} count={rows.length} more={list.more !== undefined} rows={async () => (await list.all()).filter(fits)} />
      </Flex>
      <div ref={box}>
        <Loaded query={list.query}>
          {() => (
            <>
              {wide ? body : <Wide label={title} min={Math.min(least, 1100)}>{body}</Wide>}
              <More list={list} />
            </>
          )}
        </Loaded>
      </div>
    </>
  );
}
