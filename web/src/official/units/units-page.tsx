import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Flex, Input, Tag } from 'antd';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { DEVICE_MATTERS_TITLE } from '../../shared/register/device-matter-list.tsx';
import { STANDARDS_TITLE } from '../../shared/register/standard-findings.tsx';
import { PageTitle } from '../../shared/room.tsx';
import { TRUTHING_TITLE } from '../../shared/truthing/task-list.tsx';
import { DISPUTES_TITLE } from '../register/disputes-page.tsx';
import type { Column } from '../list/columns.ts';
import { ListTable } from '../list/list-table.tsx';
import { usePages } from '../../shared/pages.tsx';
import { useArticle } from '../../shared/terms/article.ts';

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
  id: { zh: '编号', en: 'Id' },
  empty: { zh: '没有登记的单位', en: 'No units registered' },
} as const satisfies Record<string, Text>;

const route = getRouteApi('/units');

/** Units with what is registered about them. */
export function UnitsPage() {
  const { t } = useSpeech();
  const inWords = useArticle();
  const { text } = route.useSearch();
  const navigate = useNavigate({ from: '/units' });
  const list = usePages(['units', 'list', text], (at) => call('GET /api/units', { query: { ...at, ...(text === undefined ? {} : { text }) } }));
  const open = (unit: Unit) => void navigate({ to: '/units/$unitId', params: { unitId: unit.unitId } });
  const columns: readonly Column<Unit>[] = [
    { key: 'name', title: t(TEXT.name), width: 320, text: (unit) => unit.name, render: (unit) => <><Link to="/units/$unitId" params={{ unitId: unit.unitId }} style={{ color: 'inherit' }}>{unit.name}</Link> {unit.keyPolluter && <Tag>★ {t(TEXT.key)}</Tag>}</> },
    { key: 'industry', title: t(TEXT.industry), width: 200, text: (unit) => inWords(unit.industryZh || unit.industry) },
    { key: 'county', title: t(TEXT.county), width: 160, text: (unit) => unit.county },
    { key: 'outfalls', title: t(TEXT.outfalls), width: 90, num: true, text: (unit) => unit.outfalls },
    { key: 'operator', title: t(TEXT.operator), width: 240, text: (unit) => unit.operator },
    { key: 'id', title: t(TEXT.id), width: 140, away: true, text: (unit) => unit.unitId },
  ];
  return (
    <>
      <PageTitle extra={<Flex gap={16} align="center" wrap><Link to="/units/truthing">{t(TRUTHING_TITLE)} →</Link><Link to="/units/standards">{t(STANDARDS_TITLE)} →</Link><Link to="/units/disputes">{t(DISPUTES_TITLE)} →</Link><Link to="/units/devices">{t(DEVICE_MATTERS_TITLE)} →</Link></Flex>}>{t(TEXT.title)}</PageTitle>
      <ListTable<Unit> name="units" title={t(TEXT.title)} list={list} rowKey={(unit) => unit.unitId} columns={columns} open={open} empty={t(TEXT.empty)} findable={false}
        filters={<Input.Search style={{ width: 260 }} allowClear aria-label={t(TEXT.find)} placeholder={t(TEXT.find)} defaultValue={text ?? ''} onSearch={(name) => void navigate({ search: name === '' ? {} : { text: name } })} />} />
    </>
  );
}
