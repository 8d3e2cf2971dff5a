import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Card, Flex, Tag, Typography } from 'antd';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded } from '../../shared/room.tsx';
import { TIERS } from '../../shared/tiers.ts';
import { TEST_NAMES, TESTS } from './words.ts';

type Entry = Routes['GET /api/analysis/catalogue']['response']['categories'][number]['models'][number];

const STATES = {
  tested: { zh: '已验证', en: 'tested', shape: '✓' },
  coded: { zh: '已实现', en: 'coded', shape: '○' },
  specified: { zh: '已定义', en: 'specified', shape: '·' },
} as const satisfies Record<Entry['state'], Text & { shape: string }>;

const TEXT = {
  counts: { zh: '目录 {all} 个模型：', en: '{all} models in the catalogue:' },
  capped: { zh: '最高只到“{tier}”', en: 'no higher than “{tier}”' },
  off: { zh: '未施行', en: 'not in force' },
  what: { zh: '已验证：现行版本通过四项测试；已实现：能运行；已定义：有规格，尚不运行。', en: 'Tested: the present version passed all four tests; coded: runs; specified: described, does not run yet.' },
  passed: { zh: '现行版本通过的测试：', en: 'Tests passed in the present version:' },
  lacks: { zh: '未通过：{tests}', en: 'not passed: {tests}' },
} as const satisfies Record<string, Text>;

function Entry({ entry }: { entry: Entry }) {
  const { t } = useSpeech();
  const name = `${entry.id} ${t(entry.title)}`;
  const lacks = entry.state === 'specified' ? [] : TEST_NAMES.filter((one) => !entry.passed.includes(one));
  return (
    <li style={{ margin: '2px 0', overflowWrap: 'anywhere' }}>
      <span role="img" aria-label={t(STATES[entry.state])} title={t(STATES[entry.state])} style={{ display: 'inline-block', width: 16 }}>{STATES[entry.state].shape}</span>
      {entry.state === 'specified' ? <Typography.Text type="secondary">{name}</Typography.Text> : <Link to="/models/$modelId" params={{ modelId: entry.id }}>{name}</Link>}
      {lacks.length > 0 && <> <Tag style={{ marginInlineEnd: 0 }}>{t(TEXT.lacks, { tests: lacks.map((one) => t(TESTS[one])).join(' · ') })}</Tag></>}
      {entry.cap !== null && <> <Tag style={{ marginInlineEnd: 0 }}>{TIERS[entry.cap].shape} {t(TEXT.capped, { tier: t(TIERS[entry.cap]) })}</Tag></>}
      {entry.state !== 'specified' && !entry.inForce && <> <Tag style={{ marginInlineEnd: 0 }}>{t(TEXT.off)}</Tag></>}
    </li>
  );
}

/** The whole catalogue by family, with how far each model has come. */
export function Catalogue() {
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['catalogue'], queryFn: () => call('GET /api/analysis/catalogue') });
  return (
    <Loaded query={query}>
      {({ counts, tests, categories }) => (
        <>
          <Flex gap={8} wrap align="center" style={{ marginBottom: 4 }}>
            {t(TEXT.counts, { all: counts.tested + counts.coded + counts.specified })}
            {(['tested', 'coded', 'specified'] as const).map((state) => <Tag key={state} style={{ marginInlineEnd: 0 }}>{STATES[state].shape} {t(STATES[state])} {counts[state]}</Tag>)}
          </Flex>
          <Flex gap={8} wrap align="center" style={{ marginBottom: 4 }}>
            {t(TEXT.passed)}
            {TEST_NAMES.map((one) => <Tag key={one} title={t(TESTS[one].about)} style={{ marginInlineEnd: 0 }}>{t(TESTS[one])} {tests[one]}</Tag>)}
          </Flex>
          <Typography.Paragraph type="secondary">{t(TEXT.what)}</Typography.Paragraph>
          <div style={{ display: 'grid', gap: 12, gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 260px), 1fr))', marginBottom: 16 }}>
            {categories.map((one) => (
              <Card key={one.category} size="small" title={`${one.category} ${t(one.title)}`} extra={`${one.models.filter((entry) => entry.state === 'tested').length}/${one.models.length}`}>
                <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>{one.models.map((entry) => <Entry key={entry.id} entry={entry} />)}</ul>
              </Card>
            ))}
          </div>
        </>
      )}
    </Loaded>
  );
}
