import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Flex, Input, Select, Tabs, Typography } from 'antd';
import { useArticle } from '../../shared/terms/article.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { PageTitle } from '../../shared/room.tsx';
import { useMe } from '../../shared/sign-in.tsx';
import type { Column } from '../list/columns.ts';
import { ListTable } from '../list/list-table.tsx';
import { whole } from '../../shared/pages.tsx';
import { lawEntries, type LawEntry } from '../parts/law-source.ts';
import { VerifiedTag } from '../parts/tags.tsx';
import { Loaded } from '../../shared/room.tsx';
import { groupName, GROUPS } from './groups.ts';
import { Successions } from './successions.tsx';
import { Unverified } from './unverified.tsx';
import { shownValue } from './shown-value.ts';

const TEXT = {
  title: { zh: '法规与参数', en: 'Law and parameters' },
  about: { zh: '{n} 项取值，其中 {v} 项已核对；摘要 {digest}', en: '{n} values, {v} checked; digest {digest}' },
  find: { zh: '按名称、条文、取值查找', en: 'Find by name, article or value' },
  group: { zh: '类别', en: 'Group' },
  name: { zh: '名称', en: 'Name' },
  value: { zh: '取值', en: 'Value' },
  article: { zh: '依据', en: 'Basis' },
  from: { zh: '自', en: 'From' },
  to: { zh: '至', en: 'Until' },
  region: { zh: '地区', en: 'Region' },
  state: { zh: '核对', en: 'Checked' },
  empty: { zh: '没有符合条件的条目', en: 'Nothing fits' },
  entries: { zh: '全部取值', en: 'All values' },
  changes: { zh: '新旧条文对照', en: 'Old and new articles' },
  unverified: { zh: '待核对', en: 'To be checked' },
} as const satisfies Record<string, Text>;

const route = getRouteApi('/law');

/** Every legal value the platform uses: what it is, since when, by which article, and whether anybody has checked it. */
export function LawPage() {
  const { t, language } = useSpeech();
  const article = useArticle();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/law' });
  const { data: me } = useMe();
  const mayCheck = me?.actions.includes('law.unverified') === true;
  const query = useQuery({ queryKey: ['law'], queryFn: lawEntries, staleTime: 600_000 });
  const wanted = (search.text ?? '').toLowerCase();
  const fits = (entry: LawEntry) => (search.group === undefined || entry.group === search.group)
    && (wanted === '' || [entry.zh, entry.en, entry.id, entry.article, entry.source, article(entry.source), entry.value].some((text) => text.toLowerCase().includes(wanted)));
  const regionName = (key: string) => {
    const region = query.data?.regions.find((one) => one.key === key);
    return region === undefined ? key : t(region);
  };
  const columns: readonly Column<LawEntry>[] = [
    { key: 'group', title: t(TEXT.group), width: 130, text: (entry) => t(groupName(entry.group)) },
    { key: 'name', title: t(TEXT.name), width: 260, text: (entry) => [t(entry), entry.id, article(entry.note)].filter(Boolean).join(' · '), render: (entry) => <>{t(entry)}<br /><Typography.Text type="secondary" style={{ fontSize: 12 }}>{entry.id}{entry.note !== null && ` · ${article(entry.note)}`}</Typography.Text></> },
    { key: 'value', title: t(TEXT.value), width: 240, num: true, text: (entry) => shownValue(entry.value, language, article) },
    { key: 'article', title: t(TEXT.article), width: 260, text: (entry) => article(`${entry.article} ${entry.source}`), render: (entry) => <>{article(entry.article)}<br /><Typography.Text type="secondary" style={{ fontSize: 12 }}>{article(entry.source)}</Typography.Text></> },
    { key: 'from', title: t(TEXT.from), width: 104, num: true, text: (entry) => entry.validFrom },
    { key: 'to', title: t(TEXT.to), width: 104, num: true, text: (entry) => entry.validTo },
    { key: 'region', title: t(TEXT.region), width: 120, text: (entry) => regionName(entry.region) },
    { key: 'verified', title: t(TEXT.state), width: 150, text: (entry) => (entry.verified ? '✓' : '?'), render: (entry) => <VerifiedTag verified={entry.verified} /> },
  ];
  const law = query.data;
  const entries = (
    <ListTable<LawEntry>
      name="law" title={t(TEXT.title)} list={whole(query, (law?.items ?? []).filter(fits))} rowKey={(entry) => `${entry.group}${entry.region}${entry.id}${entry.validFrom}`} columns={columns} empty={t(TEXT.empty)} findable={false}
      filters={
        <Flex wrap gap={8}>
          <Input.Search style={{ maxWidth: 360 }} aria-label={t(TEXT.find)} placeholder={t(TEXT.find)} defaultValue={search.text ?? ''} allowClear
            onSearch={(text) => void navigate({ search: ({ text: _gone, ...rest }) => (text === '' ? rest : { ...rest, text }) })} />
          <Select style={{ width: 190 }} allowClear aria-label={t(TEXT.group)} placeholder={t(TEXT.group)} value={search.group ?? null} options={Object.entries(GROUPS).map(([value, words]) => ({ value, label: t(words) }))}
            onChange={(group: string | undefined) => void navigate({ search: ({ group: _gone, ...rest }) => (group ? { ...rest, group } : rest) })} />
        </Flex>
      }
    />
  );
  return (
    <>
      <PageTitle extra={law && <Typography.Text type="secondary" style={{ fontVariantNumeric: 'tabular-nums' }}>{t(TEXT.about, { n: law.items.length, v: law.items.filter((entry) => entry.verified).length, digest: law.digest.slice(0, 12) })}</Typography.Text>}>{t(TEXT.title)}</PageTitle>
      <Tabs destroyOnHidden activeKey={search.tab ?? 'entries'} onChange={(key) => void navigate({ search: key === 'changes' || key === 'unverified' ? { tab: key } : {} })} items={[
        { key: 'entries', label: t(TEXT.entries), children: entries },
        ...(mayCheck ? [{ key: 'unverified', label: t(TEXT.unverified), children: <Unverified regionName={regionName} /> }] : []),
        { key: 'changes', label: t(TEXT.changes), children: <Loaded query={query}>{({ successions }) => <Successions items={successions} />}</Loaded> },
      ]} />
    </>
  );
}
