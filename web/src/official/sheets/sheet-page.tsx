import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Card, Empty, Flex, Timeline, Typography } from 'antd';
import { useState } from 'react';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { MaterialLinks } from '../../shared/register/material-links.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { SheetWayView } from '../../shared/supervision/sheet-way.tsx';
import { FILE_TITLE } from '../../shared/supervision/unit-file.tsx';
import { formatTime, TIERS } from '../../shared/tiers.ts';
import { useActName, useSheetStateName } from '../parts/act-words.ts';
import { msOf, useNow } from '../../shared/moment.ts';
import { DeadlineList } from '../parts/deadline-list.tsx';
import { OutfallChart } from '../parts/outfall-chart.tsx';
import { Fact, TierTag } from '../parts/tags.tsx';
import { ask, type SheetPage } from '../shapes.ts';
import { ServiceCard } from '../cases/service/service-card.tsx';
import { Recheck } from './recheck.tsx';
import { useArticle } from '../../shared/terms/article.ts';

const TEXT = {
  chart: { zh: '各来源对齐', en: 'All sources aligned' },
  answers: { zh: '企业反馈', en: 'Answers of the unit' },
  none: { zh: '企业尚未反馈', en: 'The unit has not answered yet' },
  measures: { zh: '措施', en: 'Measures' },
  way: { zh: '时限、渠道与反馈情况', en: 'Term, channels, failures' },
  clocks: { zh: '期限', en: 'Clocks' },
  history: { zh: '办理经过', en: 'History' },
  clues: { zh: '关联线索', en: 'Clues' },
  notice: { zh: '打开通知（PDF）', en: 'Open the notice (PDF)' },
  sent: { zh: '送达', en: 'Delivered' },
  confirmed: { zh: '企业确认', en: 'Confirmed' },
  due: { zh: '反馈期限', en: 'Answer due' },
  noMore: { zh: '不再计时', en: 'no longer runs' },
  platform: { zh: '信息平台', en: 'platform' },
} as const satisfies Record<string, Text>;

/** While the unit has to answer; once answered, referred or closed the term says nothing more. */
const WITH_UNIT: readonly string[] = ['SENT', 'FEEDBACK_PENDING', 'FEEDBACK_OVERDUE'];
const DAY = 86_400_000;
const route = getRouteApi('/sheets/$sheetId');

function Answers({ sheet }: { sheet: SheetPage }) {
  const { t } = useSpeech();
  const causes = useQuery({ queryKey: ['causes'], queryFn: () => ask('GET /api/supervision/causes'), staleTime: 3_600_000 });
  if (sheet.feedback.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(TEXT.none)} />;
  return sheet.feedback.map((answer) => {
    const cause = causes.data?.[answer.cause];
    return (
      <div key={answer.at} style={{ marginBottom: 10 }}>
        <strong>{cause ? t(cause) : answer.cause}</strong> <Typography.Text type="secondary">{formatTime(msOf(answer.at))}</Typography.Text>
        <div>{answer.explanation}</div>
        {answer.measures !== '' && <div>{t(TEXT.measures)}：{answer.measures}</div>}
        <MaterialLinks base={`/api/supervision/sheets/${sheet.sheetId}`} items={answer.materials} />
      </div>
    );
  });
}

function Body({ sheet }: { sheet: SheetPage }) {
  const { t } = useSpeech();
  const now = useNow();
  const [end] = useState(now);
  const actName = useActName();
  const article = useArticle();
  const stateName = useSheetStateName();
  const from = Date.parse(sheet.periodFrom);
  const to = msOf(sheet.periodTo) ?? end;
  return (
    <div className="grid-2">
      <Flex vertical gap={12} style={{ minWidth: 0 }}>
        <Card size="small" title={t(TEXT.chart)}>
          <OutfallChart outfall={sheet.outfall} from={from - DAY} to={to + DAY} factors={sheet.factors} shades={[{ from, to, color: TIERS[sheet.tier].hex }]} />
        </Card>
        <Card size="small" title={t(TEXT.answers)}><Answers sheet={sheet} /></Card>
        <Card size="small" title={t(TEXT.history)}>
          <Timeline items={sheet.events.map((event) => ({ content: <span style={{ fontVariantNumeric: 'tabular-nums' }}>{formatTime(msOf(event.at))} {event.actor === null || event.actor === TEXT.platform.zh ? t(TEXT.platform) : event.actor} · {actName(event.act)} → {stateName(event.to)} <Typography.Text type="secondary">{article(event.basis)}</Typography.Text></span> }))} />
        </Card>
      </Flex>
      <Flex vertical gap={12}>
        <Card size="small">
          <div className="facts">
            <Fact label={t(TEXT.sent)}>{formatTime(msOf(sheet.deliveredAt))}</Fact>
            <Fact label={t(TEXT.confirmed)}>{formatTime(msOf(sheet.confirmedAt))}</Fact>
            <Fact label={t(TEXT.due)}>{WITH_UNIT.includes(sheet.state) ? formatTime(msOf(sheet.feedbackDue)) : t(TEXT.noMore)}</Fact>
          </div>
          {sheet.documentId !== null && <a href={`/api/documents/${sheet.documentId}/file`} target="_blank" rel="noreferrer">{sheet.documentNo} {t(TEXT.notice)}</a>}
        </Card>
        <ServiceCard subjectId={sheet.sheetId} stamp={Date.parse(sheet.changedAt)} />
        <Card size="small" title={t(TEXT.way)} extra={<Link to="/units/$unitId/file" params={{ unitId: sheet.unitId }}>{t(FILE_TITLE)}</Link>}><SheetWayView way={sheet} /></Card>
        <Card size="small" title={t(TEXT.clocks)}><DeadlineList rows={sheet.deadlines} names={{ [sheet.unitId]: sheet.unitName }} /></Card>
        <Card size="small" title={t(TEXT.clues)}>
          {sheet.clues.map((one) => { const clueId = typeof one === 'string' ? one : one.clueId; return <div key={clueId}><Link to="/clues/$clueId" params={{ clueId }}>{clueId}</Link></div>; })}
        </Card>
      </Flex>
    </div>
  );
}

/** One reminder or warning: what was said to the unit, what it answered, and the recheck. */
export function SheetPageView() {
  const { sheetId } = route.useParams();
  const { t, language } = useSpeech();
  const query = useQuery({ queryKey: ['sheet', sheetId], queryFn: () => ask('GET /api/supervision/sheets/:sheetId', { params: { sheetId } }), refetchInterval: 15_000 });
  return (
    <Loaded query={query}>
      {(sheet) => (
        <>
          <PageTitle extra={<span>{language === 'zh' ? sheet.stateZh : sheet.stateEn}</span>}>
            <Flex wrap gap={8} align="center"><TierTag tier={sheet.tier} />{sheet.documentNo !== null && <span>{sheet.documentNo} ·</span>} {sheet.unitName} · {sheet.outfallName}</Flex>
          </PageTitle>
          <Flex vertical gap={12}>
            <Card size="small"><p className="claim">「{t(sheet.sentence)}」</p></Card>
            <Recheck sheet={sheet} />
            <Body sheet={sheet} />
          </Flex>
        </>
      )}
    </Loaded>
  );
}
