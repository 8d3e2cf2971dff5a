import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Empty, Flex, Input, Select, Table, Typography, type TableColumnsType } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { lawEntries, type LawEntry } from '../parts/law-source.ts';
import { VerifiedTag } from '../parts/tags.tsx';

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
} as const satisfies Record<string, Text>;

const GROUPS = {
  CLOCK: { zh: '期限', en: 'Clocks' }, PARAMETER: { zh: '地区参数', en: 'Regional parameters' }, VIOLATION: { zh: '违法行为与罚则', en: 'Violations' },
  DISCRETION: { zh: '裁量基准', en: 'Discretion' }, EXEMPTION: { zh: '不予处罚', en: 'Exemptions' }, LIMIT: { zh: '排放限值', en: 'Limits' },
  CALENDAR: { zh: '工作日历', en: 'Calendar' }, ONSITE_GROUND: { zh: '转现场情形', en: 'On-site grounds' },
  QUALITY: { zh: '数据有效性', en: 'Valid data' },
} as const satisfies Record<string, Text>;

const isGroup = (text: string): text is keyof typeof GROUPS => Object.hasOwn(GROUPS, text);
const route = getRouteApi('/law');

/** Every legal value the platform uses: what it is, since when, by which article, and whether anybody has checked it. */
export function LawPage() {
  const { t } = useSpeech();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/law' });
  const query = useQuery({ queryKey: ['law'], queryFn: lawEntries, staleTime: 600_000 });
  const wanted = (search.text ?? '').toLowerCase();
  const fits = (entry: LawEntry) => (search.group === undefined || entry.group === search.group)
    && (wanted === '' || [entry.zh, entry.en, entry.id, entry.article, entry.source, entry.value].some((text) => text.toLowerCase().includes(wanted)));
  const regionName = (key: string) => {
    const region = query.data?.regions.find((one) => one.key === key);
    return region === undefined ? key : t(region);
  };
  const columns: TableColumnsType<LawEntry> = [
    { title: t(TEXT.group), key: 'group', width: 130, render: (_, entry) => (isGroup(entry.group) ? t(GROUPS[entry.group]) : entry.group) },
    { title: t(TEXT.name), key: 'name', render: (_, entry) => <>{t(entry)}<br /><Typography.Text type="secondary" style={{ fontSize: 12 }}>{entry.id}{entry.note !== null && ` · ${entry.note}`}</Typography.Text></> },
    { title: t(TEXT.value), key: 'value', width: 240, className: 'num', render: (_, entry) => entry.value },
    { title: t(TEXT.article), key: 'article', width: 260, render: (_, entry) => <>{entry.article}<br /><Typography.Text type="secondary" style={{ fontSize: 12 }}>{entry.source}</Typography.Text></> },
    { title: t(TEXT.from), dataIndex: 'validFrom', width: 104, className: 'num' },
    { title: t(TEXT.to), key: 'to', width: 104, className: 'num', render: (_, entry) => entry.validTo ?? '—' },
    { title: t(TEXT.region), key: 'region', width: 120, render: (_, entry) => regionName(entry.region) },
    { title: t(TEXT.state), key: 'verified', width: 150, render: (_, entry) => <VerifiedTag verified={entry.verified} /> },
  ];
  return (
    <Loaded query={query}>
      {(law) => (
        <>
          <PageTitle extra={<Typography.Text type="secondary" style={{ fontVariantNumeric: 'tabular-nums' }}>{t(TEXT.about, { n: law.items.length, v: law.items.filter((entry) => entry.verified).length, digest: law.digest.slice(0, 12) })}</Typography.Text>}>{t(TEXT.title)}</PageTitle>
          <Flex wrap gap={8} style={{ marginBottom: 10 }}>
            <Input.Search style={{ maxWidth: 360 }} aria-label={t(TEXT.find)} placeholder={t(TEXT.find)} defaultValue={search.text ?? ''} allowClear
              onSearch={(text) => void navigate({ search: ({ text: _gone, ...rest }) => (text === '' ? rest : { ...rest, text }) })} />
            <Select style={{ width: 190 }} allowClear aria-label={t(TEXT.group)} placeholder={t(TEXT.group)} value={search.group ?? null} options={Object.entries(GROUPS).map(([value, words]) => ({ value, label: t(words) }))}
              onChange={(group: string | undefined) => void navigate({ search: ({ group: _gone, ...rest }) => (group ? { ...rest, group } : rest) })} />
          </Flex>
          <Table<LawEntry> size="small" rowKey={(entry) => `${entry.group}${entry.region}${entry.id}${entry.validFrom}`} dataSource={law.items.filter(fits)} columns={columns} scroll={{ x: 1150 }}
            pagination={{ defaultPageSize: 50, showSizeChanger: true }} locale={{ emptyText: <Empty description={t(TEXT.empty)} /> }} />
        </>
      )}
    </Loaded>
  );
}
