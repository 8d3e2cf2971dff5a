import { useMutation } from '@tanstack/react-query';
import { Button, Checkbox, Dropdown, Flex, Input, Popover } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useNow } from '../../shared/moment.ts';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { formatDay } from '../../shared/tiers.ts';
import { KeysButton } from '../keys/keyboard.tsx';
import type { Column, useColumnChoice } from './columns.ts';
import { csvOf, save, xlsxOf } from './export-rows.ts';
import { useFind } from './use-find.ts';

const TEXT = {
  columns: { zh: '列', en: 'Columns' },
  save: { zh: '导出', en: 'Export' },
  csv: { zh: 'CSV：筛选后的全部行，所选的列', en: 'CSV: every row of these filters, the columns chosen' },
  xlsx: { zh: 'Excel（XLSX）：筛选后的全部行，所选的列', en: 'Excel (XLSX): every row of these filters, the columns chosen' },
  find: { zh: '在本列表中查找', en: 'Find in this list' },
  rows: { zh: '{n} 行', en: '{n} rows' },
  more: { zh: '已载入 {n} 行，还有', en: '{n} rows loaded, there are more' },
} as const satisfies Record<string, Text>;

const TYPES = { csv: 'text/csv;charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const;

interface Props<T> {
  readonly title: string;
  readonly columns: readonly Column<T>[];
  readonly choice: ReturnType<typeof useColumnChoice<T>>;
  readonly keys: readonly string[];
  readonly count: number;
  readonly more: boolean;
  readonly findable: boolean;
  rows(): Promise<readonly T[]>;
}

/** What a person may do with any list: find in it, choose its columns, take it away, ask for its keys. */
export function ListBar<T>({ title, columns, choice, keys, count, more, findable, rows }: Props<T>) {
  const { t } = useSpeech();
  const now = useNow();
  const [wanted, find] = useFind();
  const take = useMutation({
    mutationFn: async (kind: keyof typeof TYPES) => {
      const told = choice.shown.filter((column) => column.text !== undefined);
      const sheet = { title, heads: told.map((column) => column.title), rows: (await rows()).map((row) => told.map((column) => column.text?.(row))) };
      save(`${title} ${formatDay(now)}.${kind}`, TYPES[kind], kind === 'csv' ? csvOf(sheet) : await xlsxOf(sheet));
    },
  });
  const chooser = <Checkbox.Group value={choice.shown.map((column) => column.key)} onChange={choice.choose}><Flex vertical gap={4}>{columns.map((column) => <Checkbox key={column.key} value={column.key}>{column.title}</Checkbox>)}</Flex></Checkbox.Group>;
  return (
    <Flex vertical gap={8}>
      <Flex wrap gap={8} align="center">
        <span style={{ fontVariantNumeric: 'tabular-nums' }}>{t(more ? TEXT.more : TEXT.rows, { n: count })}</span>
        {findable && <Input.Search size="small" allowClear style={{ width: 200 }} aria-label={t(TEXT.find)} placeholder={t(TEXT.find)} defaultValue={wanted} onSearch={find} />}
        <Popover trigger="click" placement="bottomRight" content={chooser}><Button size="small">{t(TEXT.columns)} {choice.shown.length}/{columns.length}</Button></Popover>
        <Dropdown trigger={['click']} menu={{ items: (['csv', 'xlsx'] as const).map((key) => ({ key, label: t(TEXT[key]) })), onClick: ({ key }) => take.mutate(key === 'csv' ? 'csv' : 'xlsx') }}>
          <Button size="small" loading={take.isPending}>{t(TEXT.save)} ▾</Button>
        </Dropdown>
        {keys.length > 0 && <KeysButton keys={keys} />}
      </Flex>
      {take.isError && <ProblemAlert error={take.error} />}
    </Flex>
  );
}
