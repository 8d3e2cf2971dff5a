import { Link } from '@tanstack/react-router';
import { Card, Flex, Select, Tag, Typography } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { MaterialLinks } from '../../shared/register/material-links.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { msOf } from '../../shared/moment.ts';
import { ServiceCard } from '../cases/service/service-card.tsx';
import { DeadlineList } from '../parts/deadline-list.tsx';
import { OutcomeMark } from '../parts/tags.tsx';
import { TruthingCard } from '../truthing/truthing-card.tsx';
import type { CluePage, Outcome, ReviewView } from '../shapes.ts';
import { DeclaredCard } from './declared.tsx';
import type { Analysis } from './why.tsx';

const TEXT = {
  clocks: { zh: '期限', en: 'Clocks' },
  check: { zh: '四性预检', en: 'Pre-check on four properties' },
  none: { zh: '列入清单并受理审核后自动预检', en: 'Runs when the review is taken up' },
  open: { zh: '打开审核', en: 'Open the review' },
  missing: { zh: '还缺', en: 'Still missing' },
  frames: { zh: '原始报文 {n} 条 · 已封存 {s} 条', en: '{n} raw frames · {s} sealed' },
  sheet: { zh: '提醒、警告与督办', en: 'Reminder, warning, supervision' },
  noSheet: { zh: '没有发出', en: 'None was sent' },
  answers: { zh: '企业反馈 {n} 次', en: '{n} answers of the unit' },
  versions: { zh: '当时所知', en: 'As known then' },
  newest: { zh: '现在', en: 'now' },
  version: { zh: '数据版本 v{n}', en: 'data v{n}' },
  statements: { zh: '企业陈述', en: 'Statements of the unit' },
  QUERY: { zh: '查询', en: 'query' },
  STATEMENT: { zh: '陈述', en: 'statement' },
  DEFENCE: { zh: '申辩', en: 'defence' },
  noStatements: { zh: '尚无', en: 'None yet' },
} as const satisfies Record<string, Text>;

const PROPERTIES = {
  RELEVANCE: { zh: '关联', en: 'relevance' },
  AUTHENTICITY: { zh: '真实', en: 'authenticity' },
  COMPLETENESS: { zh: '完整', en: 'completeness' },
  LEGALITY: { zh: '合法', en: 'legality' },
} as const satisfies Record<string, Text>;

/** The worst outcome of the mandatory items of one property. */
function worst(review: ReviewView, property: keyof typeof PROPERTIES): Outcome {
  const own = review.items.filter((item) => item.property === property && item.force === 'MANDATORY').map((item) => item.outcome);
  return own.includes('FAIL') ? 'FAIL' : own.includes('CANNOT_TELL') ? 'CANNOT_TELL' : 'PASS';
}

function Precheck({ clue }: { clue: CluePage }) {
  const { t } = useSpeech();
  const review = clue.reviews.at(-1);
  if (review === undefined) return <Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text>;
  const frames = review.input.frames;
  const total = frames?.ranges.reduce((sum, range) => sum + range.frames, 0);
  return (
    <Flex vertical gap={6}>
      <Flex wrap gap={12}>
        {(Object.keys(PROPERTIES) as (keyof typeof PROPERTIES)[]).map((key) => <span key={key}>{t(PROPERTIES[key])} <OutcomeMark outcome={worst(review, key)} bare /></span>)}
      </Flex>
      {frames !== null && <span style={{ fontVariantNumeric: 'tabular-nums' }}>{t(TEXT.frames, { n: total ?? 0, s: frames.sealed })}</span>}
      {review.missing.length > 0 && <div>{t(TEXT.missing)}<ul style={{ margin: 0, paddingInlineStart: 18 }}>{review.missing.map((line) => <li key={line.zh}>{t(line)}</li>)}</ul></div>}
      <Link to="/reviews/$clueId" params={{ clueId: clue.clueId }}>{t(TEXT.open)} →</Link>
    </Flex>
  );
}

/** Beside the chart: clocks, pre-check, what the unit said, and the moment as known then. */
export function ClueSide({ clue, analysis, asOf, setAsOf }: { clue: CluePage; analysis: Analysis | undefined; asOf: number | undefined; setAsOf: (at: number | undefined) => void }) {
  const { t } = useSpeech();
  return (
    <Flex vertical gap={12}>
      <Card size="small" title={t(TEXT.clocks)}><DeadlineList rows={clue.deadlines} names={{ [clue.unitId]: clue.unitName }} /></Card>
      <Card size="small" title={t(TEXT.check)}><Precheck clue={clue} /></Card>
      <DeclaredCard declared={clue.declared} />
      <Card size="small" title={t(TEXT.sheet)}>
        {clue.sheet === null ? <Typography.Text type="secondary">{t(TEXT.noSheet)}</Typography.Text> : (
          <Flex vertical gap={4}>
            <Link to="/sheets/$sheetId" params={{ sheetId: clue.sheet.sheetId }}>{clue.sheet.documentNo ?? clue.sheet.sheetId}</Link>
            <span>{t(TEXT.answers, { n: clue.sheet.answers.length })}</span>
            {clue.sheet.answers.map((answer) => (
              <div key={answer.at}>
                <Typography.Paragraph style={{ margin: 0 }} ellipsis={{ rows: 3, expandable: true }}>{answer.explanation}</Typography.Paragraph>
                <MaterialLinks base={`/api/supervision/sheets/${clue.sheet?.sheetId}`} items={answer.materials} />
              </div>
            ))}
          </Flex>
        )}
      </Card>
      <Card size="small" title={t(TEXT.statements)}>
        {clue.statements.length === 0 ? <Typography.Text type="secondary">{t(TEXT.noStatements)}</Typography.Text>
          : clue.statements.map((one) => <div key={one.statementId} style={{ margin: '0 0 6px' }}><Tag>{t(TEXT[one.kind])}</Tag>{one.text} <Typography.Text type="secondary">{one.by} {formatTime(msOf(one.at))}</Typography.Text><MaterialLinks base={`/api/review/clues/${clue.clueId}`} items={one.materials} /></div>)}
      </Card>
      {clue.notice !== null && <ServiceCard subjectId={clue.clueId} stamp={clue.steps.length} />}
      {clue.outfall !== null && <TruthingCard outfall={clue.outfall} clue={clue.clueId} what={clue.sentence.zh} />}
      {analysis !== undefined && (
        <Card size="small" title={t(TEXT.versions)}>
          <Select<number> aria-label={t(TEXT.versions)} style={{ width: '100%' }} value={asOf ?? 0} onChange={(at) => setAsOf(at === 0 ? undefined : at)}
            options={[{ value: 0, label: `${t(TEXT.newest)} · ${t(TEXT.version, { n: analysis.version })}` },
              ...analysis.versions.map((one) => ({ value: Date.parse(one.knownAt), label: `${formatTime(msOf(one.knownAt))} · ${t(TEXT.version, { n: one.version })}` }))]}
          />
        </Card>
      )}
    </Flex>
  );
}
