import { Tag } from 'antd';
import { useSpeech, type Text } from '../i18n.tsx';
import { msOf } from '../moment.ts';
import { formatTime } from '../tiers.ts';
import { useLadders, useTierWords } from './tier-words.ts';
import { CLOCK_STARTS, FAILURES, MESSAGE_STATES, RUNGS, type SheetWay } from './words.ts';
import { useArticle } from '../terms/article.ts';

const TEXT = {
  clock: { zh: '反馈时限', en: 'Term of the answer' },
  unverified: { zh: '依据未核实', en: 'not verified' },
  sent: { zh: '发送 {time}', en: 'sent {time}' },
  arrived: { zh: '送达 {time}', en: 'arrived {time}' },
  severity: { zh: '级别（按严重程度）', en: 'Tier (by severity)' },
  ladder: { zh: '反馈情况（按次数）', en: 'Failures to answer (by count)' },
  none: { zh: '无逾期、不规范、不实记录', en: 'no failure to answer' },
  rung: { zh: '第 {n} 次', en: 'no. {n}' },
  channels: { zh: '发送渠道', en: 'Channels' },
  portal: { zh: '企业端', en: 'Portal' },
  arrivedMark: { zh: '✓ 已送达', en: '✓ arrived' },
  waiting: { zh: '尚未送达', en: 'not arrived' },
  quiet: { zh: '没有经其他渠道发送', en: 'no other channel' },
  tries: { zh: '{n} 次', en: '{n} tries' },
  held: { zh: '曾暂缓发出', en: 'Was held back' },
  until: { zh: '原定 {time} 发出', en: 'to be sent {time}' },
  grew: { zh: '{time} 情况加重，改发{tier}，不再暂缓', en: '{time} it grew into a {tier}, which was sent at once' },
  ended: { zh: '{time} 结束', en: 'ended {time}' },
  words: { zh: '当时发出的文字', en: 'the words as sent' },
} as const satisfies Record<string, Text>;

const list = { listStyle: 'none', margin: '4px 0 10px', padding: 0 } as const;
const small = { fontSize: 12, opacity: 0.85, overflowWrap: 'anywhere' } as const;
const strong = { fontSize: 13, fontWeight: 600 } as const;

/** A ladder in one line, the rung that is reached in bold and named to readers. */
function Rungs({ rungs, at, basis }: { rungs: readonly { key: string; text: Text }[]; at: string | undefined; basis: string | undefined }) {
  const { t } = useSpeech();
  const article = useArticle();
  return (
    <div style={{ marginBottom: 4 }}>
      {rungs.map(({ key, text }, i) => <span key={key}>{i > 0 && ' → '}{key === at ? <strong aria-current="step">{t(text)}</strong> : t(text)}</span>)} <span style={small}>{article(basis)}</span>
    </div>
  );
}

/** How a notice went its way: from when its clock runs and by which text, which rung it reached, which channels, what held it back. */
export function SheetWayView({ way }: { way: SheetWay }) {
  const { t } = useSpeech();
  const ladders = useLadders();
  const article = useArticle();
  const tierWords = useTierWords();
  const time = (text: string | null) => formatTime(msOf(text));
  const heldSpan = ({ heldAt, until, endedAt, tier }: SheetWay['held'][number]): string => {
    const early = endedAt !== null && until !== null && endedAt < until;
    const end = endedAt === null ? '' : tier !== way.tier && early ? t(TEXT.grew, { time: time(endedAt), tier: t(tierWords(way.tier)) }) : t(TEXT.ended, { time: time(endedAt) });
    return [time(heldAt), until === null ? '' : t(TEXT.until, { time: time(until) }), end].filter((part) => part !== '').join(' · ');
  };
  return (
    <>
      <div style={strong}>{t(TEXT.clock)}</div>
      <div>{t(CLOCK_STARTS[way.clockStart], { n: way.clockHours })} {!way.clockVerified && <Tag>? {t(TEXT.unverified)}</Tag>}</div>
      <div style={{ ...small, marginBottom: 10 }}>{article(way.clockArticle)}{way.sentAt !== null && ` · ${t(TEXT.sent, { time: time(way.sentAt) })}`}{way.deliveredAt !== null && ` · ${t(TEXT.arrived, { time: time(way.deliveredAt) })}`}</div>
      <div style={strong}>{t(TEXT.severity)}</div>
      <Rungs rungs={ladders?.severity.rungs.map((rung) => ({ key: rung.tier, text: rung })) ?? []} at={way.tier} basis={ladders?.severity.basis} />
      <div style={strong}>{t(TEXT.ladder)}</div>
      <Rungs rungs={ladders?.count.rungs.map((rung) => ({ key: rung, text: RUNGS[rung] })) ?? []} at={way.lapses.at(-1)?.measure} basis={ladders?.count.basis} />
      {way.lapses.length === 0 ? <div style={{ marginBottom: 10 }}>{t(TEXT.none)}</div>
        : <ul style={list}>{way.lapses.map((lapse) => <li key={lapse.lapseId}>{t(TEXT.rung, { n: lapse.ordinal })} · {t(FAILURES[lapse.kind])} → <strong>{t(RUNGS[lapse.measure])}</strong> <span style={small}>{time(lapse.at)}</span></li>)}</ul>}
      <div style={strong}>{t(TEXT.channels)}</div>
      <ul style={list}>
        <li>{t(TEXT.portal)} · {t(way.deliveredAt === null ? TEXT.waiting : TEXT.arrivedMark)} <span style={small}>{time(way.deliveredAt)}</span></li>
        {way.messages.length === 0 && <li style={small}>{t(TEXT.quiet)}</li>}
        {way.messages.map((m) => (
          <li key={m.messageId}>
            {t(m.channelText)} → {m.recipient} · {t(MESSAGE_STATES[m.state])}{m.attempts > 1 && ` · ${t(TEXT.tries, { n: m.attempts })}`} <span style={small}>{time(m.at)}</span>
            <div style={small}>{t(TEXT.words)}：<q>{m.body}</q></div>
          </li>
        ))}
      </ul>
      {way.held.length > 0 && (
        <>
          <div style={strong}>{t(TEXT.held)}</div>
          <ul style={list}>{way.held.map((h) => <li key={h.heldId}>{t(tierWords(h.tier))} · {t(h.reasonText)} <span style={small}>{heldSpan(h)} · {article(h.basis)}</span></li>)}</ul>
        </>
      )}
    </>
  );
}
