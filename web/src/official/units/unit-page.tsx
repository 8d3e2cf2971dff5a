import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Card, Flex, Table, Tag, Typography } from 'antd';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { More, usePages } from '../../shared/pages.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { msOf } from '../../shared/moment.ts';
import { DEVICE_MATTERS_TITLE, DeviceMatterList } from '../../shared/register/device-matter-list.tsx';
import { DisputeList } from '../../shared/register/dispute-list.tsx';
import { HELD_TITLE, StandardFindings } from '../../shared/register/standard-findings.tsx';
import { Fact, TierTag } from '../parts/tags.tsx';
import { AnswerDispute } from '../register/answer-dispute.tsx';
import { AnswerMatter } from '../register/device-matters-page.tsx';
import { DISPUTES_TITLE } from '../register/disputes-page.tsx';
import { AgentsCard } from './agents-card.tsx';
import { ask, type UnitPage } from '../shapes.ts';
import { Joint } from './joint.tsx';
import { useArticle, useFactorName } from '../../shared/terms/article.ts';

const TEXT = {
  key: { zh: '重点排污单位', en: 'key unit' },
  credit: { zh: '统一社会信用代码', en: 'Credit code' },
  legal: { zh: '法定代表人', en: 'Legal representative' },
  address: { zh: '地址', en: 'Address' },
  permit: { zh: '排污许可证', en: 'Permit' },
  industry: { zh: '行业', en: 'Industry' },
  operator: { zh: '运维单位', en: 'Operator' },
  outfalls: { zh: '排放口', en: 'Outfalls' },
  name: { zh: '名称', en: 'Name' },
  type: { zh: '类型', en: 'Type' },
  gas: { zh: '废气', en: 'gas' },
  water: { zh: '废水', en: 'water' },
  mn: { zh: '数采仪', en: 'Device' },
  factors: { zh: '监测因子', en: 'Factors' },
  clues: { zh: '线索', en: 'Clues' },
  cases: { zh: '案件', en: 'Cases' },
  none: { zh: '没有', en: 'None' },
  file: { zh: '督办档案与企业码', en: 'Supervision file and code' },
} as const satisfies Record<string, Text>;

const route = getRouteApi('/units/$unitId');

function Registered({ unit }: { unit: UnitPage }) {
  const { t } = useSpeech();
  const inWords = useArticle();
  return (
    <Card size="small">
      <div className="facts">
        <Fact label={t(TEXT.credit)}>{unit.creditCode || '—'}</Fact>
        <Fact label={t(TEXT.legal)}>{unit.legalRepresentative || '—'}</Fact>
        <Fact label={t(TEXT.address)}>{unit.address || unit.county}</Fact>
        <Fact label={t(TEXT.permit)}>{unit.permitNumber || '—'}</Fact>
        <Fact label={t(TEXT.industry)}>{inWords(unit.industryZh || unit.industry)}</Fact>
        <Fact label={t(TEXT.operator)}>{unit.operator || '—'}</Fact>
      </div>
    </Card>
  );
}

function Outfalls({ unit }: { unit: UnitPage }) {
  const { t, language } = useSpeech();
  const factorName = useFactorName();
  return (
    <Card size="small" title={t(TEXT.outfalls)}>
      <Table size="small" rowKey="outfall" pagination={false} dataSource={unit.outfallPages} scroll={{ x: 700 }} columns={[
        { title: t(TEXT.name), key: 'name', render: (_, one) => <Link to="/outfalls/$outfall" params={{ outfall: one.outfall }}>{one.name}</Link> },
        { title: t(TEXT.type), key: 'type', width: 80, render: (_, one) => t(TEXT[one.type]) },
        { title: t(TEXT.mn), key: 'mn', width: 240, render: (_, one) => <Typography.Text style={{ fontVariantNumeric: 'tabular-nums' }}>{one.mn ?? '—'}</Typography.Text> },
        { title: t(TEXT.factors), key: 'factors', render: (_, one) => one.factors.map(factorName).join(language === 'zh' ? '、' : ', ') },
      ]} />
    </Card>
  );
}

function History({ unitId }: { unitId: string }) {
  const { t, language } = useSpeech();
  const clues = useQuery({ queryKey: ['clues', 'unit', unitId], queryFn: () => call('GET /api/review/clues', { query: { unit: unitId, limit: 50 } }) });
  const cases = useQuery({ queryKey: ['cases', 'unit', unitId], queryFn: () => ask('GET /api/cases', { query: { unit: unitId, limit: 50 } }) });
  const list = { listStyle: 'none', margin: 0, padding: 0 } as const;
  return (
    <>
      <Card size="small" title={t(TEXT.cases)}>
        <Loaded query={cases}>{({ items }) => items.length === 0 ? <Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text>
          : <ul style={list}>{items.map((one) => <li key={one.caseId}><Link to="/cases/$caseId" params={{ caseId: one.caseId }}>{one.caseNo}</Link> <Tag>{language === 'zh' ? one.stateZh : one.stateEn}</Tag> {language === 'zh' ? one.cause : one.causeEn}</li>)}</ul>}</Loaded>
      </Card>
      <Card size="small" title={t(TEXT.clues)}>
        <Loaded query={clues}>{({ items }) => items.length === 0 ? <Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text>
          : <ul style={list}>{items.map((one) => <li key={one.clueId} style={{ marginBottom: 6 }}><TierTag tier={one.tier} /> <Link to="/clues/$clueId" params={{ clueId: one.clueId }}>{formatTime(msOf(one.periodFrom))}</Link> {t(one.sentence)}</li>)}</ul>}</Loaded>
      </Card>
    </>
  );
}

function Disputes({ unitId }: { unitId: string }) {
  const { t } = useSpeech();
  const list = usePages(['disputes', unitId], (at) => call('GET /api/register/disputes', { query: { ...at, unit: unitId } }));
  return (
    <Card size="small" title={t(DISPUTES_TITLE)}>
      <Loaded query={list.query}>{() => list.rows.length === 0 ? <Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text> : <><DisputeList items={list.rows} extra={(one) => <AnswerDispute dispute={one} />} /><More list={list} /></>}</Loaded>
    </Card>
  );
}

function Devices({ unitId }: { unitId: string }) {
  const { t } = useSpeech();
  const list = usePages(['device-matters', unitId], (at) => call('GET /api/register/device-matters', { query: { ...at, unit: unitId } }));
  return (
    <Card size="small" title={t(DEVICE_MATTERS_TITLE)}>
      <Loaded query={list.query}>{() => list.rows.length === 0 ? <Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text> : <><DeviceMatterList items={list.rows} extra={(one) => <AnswerMatter matter={one} />} /><More list={list} /></>}</Loaded>
    </Card>
  );
}

/** One unit, one file: what is registered, its outfalls, and what was ever raised. */
export function UnitPageView() {
  const { unitId } = route.useParams();
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['unit', unitId], queryFn: () => call('GET /api/units/:unitId', { params: { unitId } }) });
  return (
    <Loaded query={query}>
      {(unit) => (
        <>
          <PageTitle extra={<>{unit.keyPolluter && <Tag>★ {t(TEXT.key)}</Tag>} <Link to="/units/$unitId/file" params={{ unitId }}>{t(TEXT.file)} →</Link></>}>{unit.name}</PageTitle>
          <Flex vertical gap={12}><Registered unit={unit} /><Outfalls unit={unit} /><Joint unit={unit} /><Card size="small" title={t(HELD_TITLE)}><StandardFindings unit={unitId} /></Card><Disputes unitId={unitId} /><Devices unitId={unitId} /><AgentsCard unitId={unitId} /><History unitId={unitId} /></Flex>
        </>
      )}
    </Loaded>
  );
}
