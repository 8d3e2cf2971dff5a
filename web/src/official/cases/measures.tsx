import { Alert, Button, Card, Dropdown, Flex, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useArticle } from '../../shared/terms/article.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import type { CasePage, NextStep, TrackView } from '../shapes.ts';
import { ActDrawer } from './act-form.tsx';
import { isMeasure } from './stages.ts';

const TEXT = {
  title: { zh: '强制措施与其他专项措施', en: 'Special measures' },
  open: { zh: '进行中', en: 'under way' },
  over: { zh: '已了结', en: 'over' },
  missing: { zh: '还缺', en: 'still missing' },
  start: { zh: '启动措施', en: 'Begin a measure' },
  shall: { zh: '应当', en: 'shall' },
  may: { zh: '可以', en: 'may' },
  refused: { zh: '未采纳：{reason}（{by}）', en: 'Not followed: {reason} ({by})' },
  suffices: { zh: '（各项都成立即应移送）', en: ' (enough by itself where all of it holds)' },
  unknown: { zh: '待查明', en: 'to be found out' },
  none: { zh: '本案没有采取专项措施', en: 'No special measure has been taken' },
} as const satisfies Record<string, Text>;

function Track({ track, steps, act }: { track: TrackView; steps: readonly NextStep[]; act: (step: NextStep) => void }) {
  const { t, language } = useSpeech();
  const article = useArticle();
  return (
    <div>
      <Flex wrap gap={8} align="center">
        <strong>{t(track)}</strong>
        <span>{t({ zh: track.stateZh, en: track.stateEn })}</span>
        <Tag>{track.open ? `▶ ${t(TEXT.open)}` : `✓ ${t(TEXT.over)}`}</Tag>
      </Flex>
      <Flex vertical gap={6} style={{ marginTop: 6 }}>
        {steps.map((step) => (
          <div key={step.command}>
            <Button size="small" disabled={!step.allowed || step.missing.length > 0} onClick={() => act(step)}>{t(step)}</Button>{' '}
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>
              {step.missing.length > 0 ? `${t(TEXT.missing)}：${step.missing.map(article).join(language === 'zh' ? '；' : '; ')}` : step.allowed ? article(step.article) : language === 'zh' ? step.why : step.whyEn}
            </Typography.Text>
          </div>
        ))}
      </Flex>
    </div>
  );
}

const MARKS = { YES: '✓', NO: '✗', UNKNOWN: '?' } as const;

function Proposal({ proposal, step, act }: { proposal: CasePage['proposals'][number]; step: NextStep | undefined; act: (step: NextStep) => void }) {
  const { t } = useSpeech();
  const article = useArticle();
  const { notFollowed } = proposal;
  // What the file leaves open stands as a person found it.
  const grounds = proposal.grounds.map((ground) => {
    const said = notFollowed?.answers.find((one) => one.ground === ground.zh);
    return said === undefined ? ground : { ...ground, holds: said.holds ? 'YES' as const : 'NO' as const };
  });
  return (
    <Alert
      type="info" showIcon={false}
      title={<><Tag>{t(proposal.force === 'SHALL' ? TEXT.shall : TEXT.may)}</Tag><strong>{t(proposal)}</strong></>}
      description={
        <>
          {grounds.map((ground, i) => (
            <div key={ground.zh}>
              {ground.of !== undefined && ground.of.zh !== grounds[i - 1]?.of?.zh && <Typography.Text type="secondary">{t(ground.of)}{t(TEXT.suffices)}<br /></Typography.Text>}
              {MARKS[ground.holds]} {t(ground)}{ground.holds === 'UNKNOWN' && `（${t(TEXT.unknown)}）`}
            </div>
          ))}
          {notFollowed !== null && <div><strong>{t(TEXT.refused, { reason: notFollowed.reason, by: notFollowed.by })}</strong></div>}
          <Typography.Text type="secondary" style={{ fontSize: 12 }}>{article(proposal.article)}</Typography.Text>
          {step !== undefined && !proposal.over && step.allowed && <div style={{ marginTop: 6 }}><Button size="small" disabled={step.missing.length > 0} onClick={() => act(step)}>{t(step)}</Button></div>}
        </>
      }
    />
  );
}

/** The measures beside the main procedure: where each stands, what comes next and what it still lacks. */
export function Measures({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const article = useArticle();
  const [acting, act] = useState<NextStep>();
  const steps = page.next.filter((step) => isMeasure(step.track));
  const shown = page.tracks.filter((track) => isMeasure(track.track) && track.begun);
  const startable = steps.filter((step) => step.allowed && !shown.some((track) => track.track === step.track));
  if (shown.length === 0 && startable.length === 0 && page.proposals.length === 0) return null;
  return (
    <Card
      size="small" title={t(TEXT.title)}
      extra={startable.length > 0 && (
        <Dropdown menu={{ items: startable.map((step) => ({ key: step.command, label: t(step), disabled: step.missing.length > 0, title: step.missing.map(article).join('; ') || article(step.article) })), onClick: ({ key }) => act(startable.find((step) => step.command === key)) }}>
          <Button size="small">{t(TEXT.start)} ▾</Button>
        </Dropdown>
      )}
    >
      <Flex vertical gap={12}>
        {page.proposals.map((proposal) => <Proposal key={proposal.command} proposal={proposal} step={page.next.find((step) => step.command === proposal.command)} act={act} />)}
        {shown.length === 0 && <Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text>}
        {shown.map((track) => <Track key={track.track} track={track} steps={steps.filter((step) => step.track === track.track)} act={act} />)}
      </Flex>
      {acting && <ActDrawer key={acting.command} page={page} step={acting} close={() => act(undefined)} />}
    </Card>
  );
}
