import { useQuery } from '@tanstack/react-query';
import { Typography } from 'antd';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { whole } from '../../shared/pages.tsx';
import { useArticle } from '../../shared/terms/article.ts';
import type { Column } from '../list/columns.ts';
import { ListTable } from '../list/list-table.tsx';
import { groupName } from './groups.ts';
import { shownValue } from './shown-value.ts';

const TEXT = {
  title: { zh: '待核对的法规数据', en: 'Values of the law to be checked' },
  about: { zh: '{total} 项中有 {n} 项没有与原文核对；核对后在 law/ 的相应文件注明 verified: true 和核对日期。', en: '{n} of {total} values were not compared with their text. Once they are, the file in law/ says verified: true and the day.' },
  group: { zh: '类别', en: 'Group' },
  name: { zh: '名称', en: 'Name' },
  value: { zh: '取值', en: 'Value' },
  source: { zh: '出处', en: 'Source' },
  used: { zh: '用在何处', en: 'Where it is used' },
  checker: { zh: '由谁核对', en: 'Who should check it' },
  region: { zh: '地区', en: 'Region' },
  reviewed: { zh: '上次查看', en: 'Last looked at' },
  empty: { zh: '没有待核对的', en: 'Everything is checked' },
} as const satisfies Record<string, Text>;

type Entry = Routes['GET /api/law/unverified']['response']['items'][number];

/** What nobody has held against its text: where it is used, where it comes from, and whose it is to check. */
export function Unverified({ regionName }: { regionName: (key: string) => string }) {
  const { t, language } = useSpeech();
  const article = useArticle();
  const query = useQuery({ queryKey: ['law', 'unverified'], queryFn: () => call('GET /api/law/unverified'), staleTime: 600_000 });
  const columns: readonly Column<Entry>[] = [
    { key: 'group', title: t(TEXT.group), width: 130, text: (entry) => t(groupName(entry.group)) },
    { key: 'name', title: t(TEXT.name), width: 250, text: (entry) => [t(entry), entry.id, article(entry.note)].filter(Boolean).join(' · ') },
    { key: 'value', title: t(TEXT.value), width: 190, num: true, text: (entry) => shownValue(entry.value, language, article) },
    { key: 'source', title: t(TEXT.source), width: 240, text: (entry) => article(`${entry.article} ${entry.source}`) },
    { key: 'used', title: t(TEXT.used), width: 240, text: (entry) => t(entry.used) },
    { key: 'checker', title: t(TEXT.checker), width: 130, text: (entry) => t(entry.checker) },
    { key: 'region', title: t(TEXT.region), width: 110, text: (entry) => regionName(entry.region) },
    { key: 'reviewed', title: t(TEXT.reviewed), width: 110, num: true, text: (entry) => entry.reviewed },
  ];
  return (
    <>
      {query.data !== undefined && <Typography.Paragraph type="secondary">{t(TEXT.about, { n: query.data.items.length, total: query.data.total })}</Typography.Paragraph>}
      <ListTable<Entry> name="law-unverified" title={t(TEXT.title)} list={whole(query, query.data?.items ?? [])} rowKey={(entry) => `${entry.group}${entry.region}${entry.id}${entry.validFrom}${entry.value}`} columns={columns} empty={t(TEXT.empty)} />
    </>
  );
}
