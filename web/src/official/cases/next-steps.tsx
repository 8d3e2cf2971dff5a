import { Button, Card, Dropdown, Flex, Typography } from 'antd';
import { useState } from 'react';
import { useArticle } from '../../shared/terms/article.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { NEXT_STEP } from '../keys/neighbours.tsx';
import type { CasePage, NextStep } from '../shapes.ts';
import { ActDrawer } from './act-form.tsx';
import { DuePapers, useDuePapers } from './service/due-papers.tsx';
import { isMeasure, STOPPED } from './stages.ts';

const TEXT = {
  next: { zh: '下一步', en: 'Next' },
  missing: { zh: '还缺', en: 'Still missing' },
  others: { zh: '其他步骤', en: 'Other steps' },
  waits: { zh: '等待当事人或送达结果，现在没有须由机关办理的主步骤', en: 'Waiting for the party or for service; no main step of the authority is due' },
  ended: { zh: '程序已终结', en: 'The procedure has ended' },
  lacks: { zh: '还缺：{what}', en: 'Still missing: {what}' },
} as const satisfies Record<string, Text>;

/** What the file waits for comes before what may happen at any time. */
const WAITED_FOR = ['ATTACH_EVIDENCE', 'RECORD_INQUIRY', 'RECEIVE_TEST_REPORT', 'TELL_TEST_RESULT', 'ANSWER_RESULT_COMMENT', 'ANSWER_OFFICER_RECUSAL', 'ANSWER_QUESTION', 'POSTPONE_HEARING', 'REFUSE_POSTPONEMENT', 'ANSWER_HOST_RECUSAL', 'ORDER_RECTIFICATION', 'CHECK_RECTIFICATION'];
const rank = ({ command, missing }: NextStep) => (missing.length > 0 ? WAITED_FOR.length + 1 : (WAITED_FOR.indexOf(command) + WAITED_FOR.length + 1) % (WAITED_FOR.length + 1));

/** A step of the list with what it lacks: a greyed word alone would not tell why. */
function Item({ step }: { step: NextStep }) {
  const { t, language } = useSpeech();
  const inWords = useArticle();
  return <>{t(step)}{step.missing.length > 0 && <div style={{ fontSize: 12, maxWidth: 320, whiteSpace: 'normal' }}>{t(TEXT.lacks, { what: step.missing.map(inWords).join(language === 'zh' ? '、' : ', ') })}</div>}</>;
}

/** The next lawful step as the primary button, with what is missing beside it and the article it rests on; and every paper that waits to be served. */
export function NextSteps({ page }: { page: CasePage }) {
  const { t, language } = useSpeech();
  const article = useArticle();
  const [acting, act] = useState<NextStep>();
  const [first, ...rest] = [...page.next.filter((step) => step.primary), ...page.next.filter((step) => !step.primary)];
  const primary = first?.primary === true ? first : undefined;
  const others = (primary === undefined ? page.next : rest).filter((step) => !isMeasure(step.track));
  const allowed = others.filter((step) => step.allowed).sort((a, b) => rank(a) - rank(b));
  const papers = useDuePapers(page.state.caseId, page.timeline.length);
  const ended = page.next.length === 0 || STOPPED.has(page.state.main) || page.state.main === 'ARCHIVED';
  return (
    <Card size="small" id={NEXT_STEP}>
      <Flex wrap gap={12} align="start">
        <strong style={{ lineHeight: '32px' }}>{t(TEXT.next)}</strong>
        {primary === undefined ? papers.length === 0 && <Typography.Text type="secondary" style={{ lineHeight: '32px' }}>{t(ended ? TEXT.ended : TEXT.waits)}</Typography.Text> : (
          <Flex vertical gap={4}>
            <Button type="primary" disabled={!primary.allowed || primary.missing.length > 0} onClick={() => act(primary)}>{t(primary)}</Button>
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>{article(primary.article)}</Typography.Text>
          </Flex>
        )}
        {primary === undefined && <DuePapers papers={papers} type="primary" />}
        {primary !== undefined && (primary.missing.length > 0 || primary.why !== undefined) && (
          <div style={{ flex: '1 1 280px', minWidth: 0 }}>
            {primary.missing.length > 0 && <>{t(TEXT.missing)}：{primary.missing.map((line, i) => <span key={line} style={{ marginInlineEnd: 10 }}>{String.fromCodePoint(0x2460 + Math.min(i, 19))} {article(line)}</span>)}</>}
            {primary.why !== undefined && <div><Typography.Text type="secondary">{language === 'zh' ? primary.why : primary.whyEn}</Typography.Text></div>}
          </div>
        )}
        {allowed.slice(0, 3).map((step) => <Button key={step.command} onClick={() => act(step)} disabled={step.missing.length > 0} title={step.missing.map(article).join(language === 'zh' ? '、' : ', ') || article(step.article)}>{t(step)}</Button>)}
        {allowed.length > 3 && (
          <Dropdown menu={{ items: allowed.slice(3).map((step) => ({ key: step.command, label: <Item step={step} />, disabled: step.missing.length > 0 })), onClick: ({ key }) => act(allowed.find((step) => step.command === key)) }}>
            <Button>{t(TEXT.others)} ▾</Button>
          </Dropdown>
        )}
      </Flex>
      {primary !== undefined && <DuePapers papers={papers} type="default" />}
      {acting && <ActDrawer key={acting.command} page={page} step={acting} close={() => act(undefined)} />}
    </Card>
  );
}
