import { Alert, Card, Collapse, Descriptions, Flex, Typography } from 'antd';
import { Link } from '@tanstack/react-router';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Language, type Text } from '../../shared/i18n.tsx';
import { formatNumber, formatTime } from '../../shared/tiers.ts';
import { msOf } from '../../shared/moment.ts';
import { measureName } from '../models/measure-words.ts';
import { hookIn, reasonIn } from '../models/reason-words.ts';
import { ProvisionalTag, TierTag } from '../parts/tags.tsx';

export type Analysis = Routes['GET /api/analysis/clues/:clueId']['response'];
type Episode = Analysis['episodes'][number];

const TEXT = {
  why: { zh: '为什么提出', en: 'Why it was raised' },
  threshold: { zh: '阈值', en: 'Thresholds' },
  figures: { zh: '统计量', en: 'Figures' },
  source: { zh: '方法来源', en: 'Source' },
  unusual: { zh: '异常程度 {n}', en: 'surprise {n}' },
  unusualHint: { zh: '按该排放口自身历史，数值越大越少见', en: 'against this outfall’s own history; larger is rarer' },
  clear: { zh: '什么可以排除', en: 'What would clear it' },
  questions: { zh: '未能判断的模型', en: 'Models that could not tell' },
  missing: { zh: '（缺：{what}）', en: 'missing: {what}' },
  suppressed: { zh: '已有解释、未提出的发现', en: 'Findings explained from the start' },
  cleared: { zh: '已排除：{why}', en: 'cleared: {why}' },
  validity: { zh: '所依据数据的有效性已变化', en: 'The validity of the data it stands on has changed' },
  withheld: { zh: '未升级：{why}', en: 'not raised further: {why}' },
  hooks: { zh: '法律指向', en: 'Legal hooks' },
} as const satisfies Record<string, Text>;

const said = (value: number | string): string => (typeof value === 'number' ? formatNumber(value) : value === 'NaN' ? '—' : value);
const pairs = (record: Readonly<Record<string, number | string>>, language: Language) => Object.entries(record).map(([key, value]) => `${measureName(key, language)} ${said(value)}`).join(language === 'zh' ? '；' : '; ');

function Detail({ episode }: { episode: Episode }) {
  const { t, language } = useSpeech();
  return (
    <Descriptions
      size="small" column={1}
      items={[
        { key: 'about', label: episode.title.zh === '' ? episode.model : t(episode.title), children: t(episode.about) },
        { key: 'params', label: t(TEXT.threshold), children: <span style={{ fontVariantNumeric: 'tabular-nums' }}>{pairs(episode.params, language)}</span> },
        { key: 'stats', label: t(TEXT.figures), children: <span style={{ fontVariantNumeric: 'tabular-nums' }}>{pairs(episode.stats, language)}</span> },
        { key: 'source', label: t(TEXT.source), children: episode.about.source },
        { key: 'hooks', label: t(TEXT.hooks), children: episode.legalHooks.map((hook) => hookIn(hook, language)).join(language === 'zh' ? '、' : '; ') || '—' },
      ]}
    />
  );
}

function Finding({ episode }: { episode: Episode }) {
  const { t } = useSpeech();
  return (
    <li style={{ marginBottom: 12 }}>
      <Flex wrap gap={8} align="center">
        <TierTag tier={episode.tier} />
        <Link to="/models/$modelId" params={{ modelId: episode.model }}>{episode.model} {t(episode.title)}@{episode.modelVersion}</Link>
        <Typography.Text type="secondary" style={{ fontVariantNumeric: 'tabular-nums' }}>{formatTime(msOf(episode.from), false)} – {formatTime(msOf(episode.to), false)}</Typography.Text>
        <Typography.Text type="secondary" title={t(TEXT.unusualHint)}>{t(TEXT.unusual, { n: formatNumber(episode.score) })}</Typography.Text>
        {episode.provisional && <ProvisionalTag />}
      </Flex>
      <p style={{ margin: '4px 0' }}>{t(episode.text)}</p>
      {episode.validity.map((trace) => <Typography.Paragraph key={`${trace.at} ${trace.cause} ${trace.ref}`} type="warning" style={{ margin: 0 }}>{formatTime(msOf(trace.at), false)} {t(trace)}</Typography.Paragraph>)}
      {episode.withheld && <Typography.Paragraph type="secondary" style={{ margin: 0 }}>{t(TEXT.withheld, { why: t(episode.withheld) })}</Typography.Paragraph>}
      {episode.cleared && <Typography.Paragraph style={{ margin: 0 }}>✓ {t(TEXT.cleared, { why: t(episode.cleared) })}</Typography.Paragraph>}
      {episode.suppressed && <Typography.Paragraph style={{ margin: 0 }}>✓ {t(episode.suppressed)}</Typography.Paragraph>}
      <Collapse ghost size="small" items={[{ key: 'd', label: `${t(TEXT.threshold)} · ${t(TEXT.source)}`, children: <Detail episode={episode} /> }]} />
    </li>
  );
}

/** Each model in words: what it saw, by which threshold, how unusual, and what would explain it. */
export function Why({ analysis }: { analysis: Analysis }) {
  const { t, language } = useSpeech();
  const list = { listStyle: 'none', margin: 0, padding: 0 } as const;
  return (
    <Card size="small" title={t(TEXT.why)}>
      {analysis.validity && <Alert showIcon type="warning" style={{ marginBottom: 12 }} title={t(TEXT.validity)} description={t(analysis.validity)} />}
      <ul style={list}>{analysis.episodes.map((episode) => <Finding key={episode.episodeId} episode={episode} />)}</ul>
      <Typography.Title level={2} style={{ fontSize: 14 }}>{t(TEXT.clear)}</Typography.Title>
      <ul style={{ margin: '0 0 8px', paddingInlineStart: 20 }}>{analysis.clearedBy.map((text) => <li key={text.zh}>{t(text)}</li>)}</ul>
      <Collapse
        size="small" ghost
        items={[
          ...(analysis.openQuestions.length === 0 ? [] : [{
            key: 'q', label: `${t(TEXT.questions)} (${analysis.openQuestions.length})`,
            children: <ul style={{ margin: 0, paddingInlineStart: 20 }}>{analysis.openQuestions.map((one) => <li key={one.model}>{one.model} {t(one.title)}：{reasonIn(one.reason, language)}{one.missing.length > 0 && ` ${t(TEXT.missing, { what: one.missing.map((what) => reasonIn(what, language)).join('、') })}`}</li>)}</ul>,
          }]),
          ...(analysis.suppressed.length === 0 ? [] : [{
            key: 's', label: `${t(TEXT.suppressed)} (${analysis.suppressed.length})`,
            children: <ul style={list}>{analysis.suppressed.map((episode) => <Finding key={episode.episodeId} episode={episode} />)}</ul>,
          }]),
        ]}
      />
    </Card>
  );
}
