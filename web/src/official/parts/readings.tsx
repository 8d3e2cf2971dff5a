import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { formatTime } from '../../shared/tiers.ts';
import type { Column } from '../list/columns.ts';
import { ListTable } from '../list/list-table.tsx';
import type { Rows } from '../../shared/pages.tsx';
import { mergeReadings, thingOf } from './merge-readings.ts';

type Row = Routes['GET /api/access/readings']['response']['items'][number];
type Reading = ReturnType<typeof mergeReadings<Row>>[number];

const TEXT = {
  at: { zh: '时间', en: 'Time' },
  reader: { zh: '查阅人', en: 'Reader' },
  kind: { zh: '内容', en: 'What' },
  subject: { zh: '对象', en: 'Object' },
  title: { zh: '查阅记录', en: 'Readings' },
  none: { zh: '还没有查阅记录', en: 'Nobody has read anything yet' },
  source: { zh: '来源地址', en: 'From' },
  repeated: { zh: '{first} 至 {last}，{n} 次', en: '{first} to {last}, {n} times' },
} as const satisfies Record<string, Text>;

/** Who read what of the evidence, newest first; `names` says what the page calls the objects. */
export function Readings({ list, names = {} }: { list: Rows<Row>; names?: Readonly<Record<string, string>> }) {
  const { t } = useSpeech();
  // The case and the paper of it that was opened are two things: what the address names last, where the page knows it, and whose it is.
  const subjectOf = (row: Reading): string => {
    const parts = thingOf(row).split('/').filter((part) => names[part] !== undefined && part !== row.subject);
    return [names[row.subject] ?? row.subject, ...parts.map((part) => names[part])].join(' · ');
  };
  const columns: readonly Column<Reading>[] = [
    { key: 'at', title: t(TEXT.at), width: 270, num: true, text: (row) => (row.times === 1 ? formatTime(row.at) : t(TEXT.repeated, { first: formatTime(row.first), last: formatTime(row.at).slice(-5), n: row.times })) },
    { key: 'reader', title: t(TEXT.reader), width: 160, text: (row) => row.name },
    { key: 'kind', title: t(TEXT.kind), width: 150, text: (row) => t(row.kind), render: (row) => <span title={row.path}>{t(row.kind)}</span> },
    { key: 'subject', title: t(TEXT.subject), width: 280, text: (row) => subjectOf(row) },
    { key: 'source', title: t(TEXT.source), width: 140, num: true, text: (row) => row.source },
  ];
  return <ListTable<Reading> name="readings" title={t(TEXT.title)} list={{ ...list, rows: mergeReadings(list.rows), all: async () => mergeReadings(await list.all()) }} rowKey={(row) => row.readingId} columns={columns} empty={t(TEXT.none)} />;
}
