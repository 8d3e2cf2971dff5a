import { Table, type TableColumnsType } from 'antd';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { Wide } from './wide.tsx';

type Reading = Routes['GET /api/access/readings']['response']['items'][number];

const TEXT = {
  at: { zh: '时间', en: 'Time' },
  reader: { zh: '查阅人', en: 'Reader' },
  kind: { zh: '内容', en: 'What' },
  subject: { zh: '对象', en: 'Object' },
  title: { zh: '查阅记录', en: 'Readings' },
  source: { zh: '来源地址', en: 'From' },
} as const satisfies Record<string, Text>;

/** Who read what of the evidence, newest first; `names` says what the page calls the objects. */
export function ReadingsTable({ items, names = {} }: { items: readonly Reading[]; names?: Readonly<Record<string, string>> }) {
  const { t } = useSpeech();
  const columns: TableColumnsType<Reading> = [
    { title: t(TEXT.at), key: 'at', width: 150, className: 'num', render: (_, row) => formatTime(row.at) },
    { title: t(TEXT.reader), dataIndex: 'name', width: 160 },
    { title: t(TEXT.kind), key: 'kind', width: 150, render: (_, row) => <span title={row.path}>{t(row.kind)}</span> },
    { title: t(TEXT.subject), key: 'subject', render: (_, row) => names[row.subject] ?? row.subject },
    { title: t(TEXT.source), dataIndex: 'source', width: 140, className: 'num' },
  ];
  return <Wide label={t(TEXT.title)} min={700}><Table<Reading> size="small" rowKey="readingId" pagination={{ defaultPageSize: 20, hideOnSinglePage: true }} dataSource={[...items]} columns={columns} /></Wide>;
}
