import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Button, Empty, Flex, Input, Table, Tag, type TableColumnsType } from 'antd';
import { useCallback } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { DEVICE_MATTERS_TITLE } from '../../shared/register/device-matter-list.tsx';
import { STANDARDS_TITLE } from '../../shared/register/standard-findings.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { TRUTHING_TITLE } from '../../shared/truthing/task-list.tsx';
import { DISPUTES_TITLE } from '../register/disputes-page.tsx';
import { useListKeys } from '../parts/use-list-keys.ts';

type Unit = Routes['GET /api/units']['response']['items'][number];

const TEXT = {
  title: { zh: '一企一档', en: 'Registry of units' },
  find: { zh: '按单位名称查找', en: 'Find by name' },
  name: { zh: '单位', en: 'Unit' },
  industry: { zh: '行业', en: 'Industry' },
  county: { zh: '所在地', en: 'County' },
  outfalls: { zh: '排放口', en: 'Outfalls' },
  key: { zh: '重点排污单位', en: 'key unit' },
  operator: { zh: '运维单位', en: 'Operator' },
  more: { zh: '继续载入', en: 'Load more' },
  empty: { zh: '没有登记的单位', en: 'No units registered' },
} as const satisfies Record<string, Text>;

const route = getRouteApi('/units');

/** Units with what is registered about them. */
export function UnitsPage() {
  const { t } = useSpeech();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/units' });
  const query = useInfiniteQuery({
    queryKey: ['units', search.text],
    queryFn: ({ pageParam }) => call('GET /api/units', { query: { limit: 100, ...(search.text === undefined ? {} : { text: search.text }), ...(pageParam === '' ? {} : { cursor: pageParam }) } }),
    initialPageParam: '', getNextPageParam: (last) => last.nextCursor,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const open = useCallback((unit: Unit) => void navigate({ to: '/units/$unitId', params: { unitId: unit.unitId } }), [navigate]);
  const keys = useListKeys(items, open);
  const columns: TableColumnsType<Unit> = [
    { title: t(TEXT.name), key: 'name', render: (_, unit) => <>{unit.name} {unit.keyPolluter && <Tag>★ {t(TEXT.key)}</Tag>}</> },
    { title: t(TEXT.industry), key: 'industry', width: 200, render: (_, unit) => unit.industryZh || unit.industry },
    { title: t(TEXT.county), dataIndex: 'county', width: 160 },
    { title: t(TEXT.outfalls), dataIndex: 'outfalls', width: 90, className: 'num' },
    { title: t(TEXT.operator), dataIndex: 'operator', width: 240 },
  ];
  return (
    <>
      <PageTitle extra={<Flex gap={16} align="center" wrap><Link to="/units/truthing">{t(TRUTHING_TITLE)} →</Link><Link to="/units/standards">{t(STANDARDS_TITLE)} →</Link><Link to="/units/disputes">{t(DISPUTES_TITLE)} →</Link><Link to="/units/devices">{t(DEVICE_MATTERS_TITLE)} →</Link><Input.Search style={{ width: 260 }} allowClear aria-label={t(TEXT.find)} placeholder={t(TEXT.find)} defaultValue={search.text ?? ''} onSearch={(text) => void navigate({ search: text === '' ? {} : { text } })} /></Flex>}>{t(TEXT.title)}</PageTitle>
      <Loaded query={query}>
        {() => (
          <>
            <Table<Unit> size="small" rowKey="unitId" pagination={false} dataSource={items} columns={columns} scroll={{ x: 800 }} rowClassName={keys.rowClass} onRow={keys.onRow} locale={{ emptyText: <Empty description={t(TEXT.empty)} /> }} />
            {query.hasNextPage && <Button block style={{ marginTop: 8 }} onClick={() => void query.fetchNextPage()}>{t(TEXT.more)}</Button>}
          </>
        )}
      </Loaded>
    </>
  );
}
