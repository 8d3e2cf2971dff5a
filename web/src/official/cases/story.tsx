import { Alert, Card, Typography } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { formatTime } from '../../shared/tiers.ts';
import type { CasePage, Words } from '../shapes.ts';
import type { KnownClue } from './story-shapes.ts';

const TEXT = {
  title: { zh: '线索与本案：移送时、其后', en: 'The clue and this case: at the handover and after' },
  handedOver: { zh: '移送时的线索（第 {version} 版，{at}知悉，{tier}）', en: 'The clue as handed over (version {version}, known {at}, {tier})' },
  now: { zh: '线索现在（第 {version} 版，{at}知悉，{tier}）', en: 'The clue now (version {version}, known {at}, {tier})' },
  same: { zh: '移送以后没有新增事实。', en: 'Nothing was added after the handover.' },
  added: { zh: '移送以后新增', en: 'Added after the handover' },
  taken: { zh: '已列入本案（第 {version} 版）：{reason}', en: 'Part of this case (version {version}): {reason}' },
  left: { zh: '不列入本案（第 {version} 版）：{reason}', en: 'Left out of this case (version {version}): {reason}' },
  open: { zh: '线索在移送后有新增，尚未处理：列入本案作为补充事实，或者写明理由不列入；告知之前必须处理', en: 'The clue grew after its handover: take it into this case as further facts or leave it out with a reason; no notice goes out before' },
  after: { zh: '以下是作出决定以后的新增，不在本案之内；需要查处的，另行作为线索上报', en: 'Added only after the decision, no part of this case; to be reported as a clue of its own where it is to be pursued' },
} as const satisfies Record<string, Text>;

function Version({ label, clue }: { label: Text; clue: KnownClue }) {
  const { t } = useSpeech();
  return <p style={{ margin: '0 0 6px' }}><Typography.Text type="secondary">{t(label, { version: clue.version, at: formatTime(clue.knownAt), tier: t(clue.tier) })}</Typography.Text><br />{t(clue.claim)}</p>;
}

/** What waits to be settled, beside the next step. */
export function OpenFindings({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  if (page.story === null || page.story.open.length === 0) return null;
  const { open, standing } = page.story;
  const lines = [open.map((one) => t(one)).join('；'), ...(standing === null ? [] : [t(standing)])];
  return <Alert type="warning" showIcon title={t(TEXT.open)} description={lines.map((line) => <div key={line}>{line}</div>)} />;
}

/** One story from the clue to the case: what was handed over, what came after, and what became of it. */
export function StoryCard({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const { story } = page;
  if (story === null) return null;
  const list = (words: readonly Words[]) => <ul style={{ margin: '0 0 6px', paddingInlineStart: 18 }}>{words.map((one) => <li key={one.zh}>{t(one)}</li>)}</ul>;
  return (
    <Card size="small" title={t(TEXT.title)}>
      <Version label={TEXT.handedOver} clue={story.handedOver} />
      {story.added.length === 0 ? <Typography.Text type="secondary">{t(TEXT.same)}</Typography.Text> : <><Version label={TEXT.now} clue={story.now} /><strong>{t(TEXT.added)}</strong>{list(story.added)}</>}
      {story.settled.map((one) => <p key={one.at} style={{ margin: '0 0 6px' }}><strong>{t(one.way === 'TAKE_IN' ? TEXT.taken : TEXT.left, { version: one.clue.version, reason: one.reason })}</strong> <Typography.Text type="secondary">{one.by} {formatTime(one.at)}</Typography.Text></p>)}
      {story.afterDecision.length > 0 && <><Typography.Text type="secondary">{t(TEXT.after)}</Typography.Text>{list(story.afterDecision)}</>}
    </Card>
  );
}
