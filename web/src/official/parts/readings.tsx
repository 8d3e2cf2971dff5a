import { Table, type TableColumnsType } from 'antd';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { formatTime } from '../../shared/tiers.ts';

type Reading = Routes['GET /api/access/readings']['response']['items'][number];

const TEXT = {
  at: { zh: '时间', en: 'Time' },
  reader: { zh: '查阅人', en: 'Reader' },
  kind: { zh: '内容', en: 'What' },
  subject: { zh: '对象', en: 'Object' },
  source: { zh: '来源地址', en: 'From' },
} as const satisfies Record<string, Text>;

/** Who read what of the evidence, newest first. */
export function ReadingsTable({ items }: { items: readonly Reading[] }) {
  const { t } = useSpeech();
  const columns: TableColumnsType<Reading> = [
    { title: t(TEXT.at), key: 'at', width: 150, className: 'num', render: (_, row) => formatTime(row.at) },
    { title: t(TEXT.reader), dataIndex: 'name', width: 160 },
    { title: t(TEXT.kind), key: 'kind', width: 150, render: (_, row) => <span title={row.path}>{t(row.kind)}</span> },
    { title: t(TEXT.subject), dataIndex: 'subject' },
    { title: t(TEXT.source), dataIndex: 'source', width: 140, className: 'num' },
  ];
  return <Table<Reading> size="small" rowKey="readingId" pagination={{ defaultPageSize: 20, hideOnSinglePage: true }} dataSource={[...items]} columns={columns} scroll={{ x: 700 }} />;
}
