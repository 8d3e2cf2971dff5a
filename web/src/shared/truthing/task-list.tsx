import { Tag } from 'antd';
import type { ReactNode } from 'react';
import type { Routes } from '../api.gen.ts';
import { useSpeech, type Text } from '../i18n.tsx';
import { msOf } from '../moment.ts';
import { formatTime } from '../tiers.ts';
import { useArticle } from '../terms/article.ts';

export type Task = Routes['GET /api/quality/truthing']['response']['items'][number];

export const TRUTHING_TITLE = { zh: '数据归真', en: 'Putting data right' } as const satisfies Text;

const TEXT = {
  who: { zh: '由{who}办理', en: 'for {who}' },
  due: { zh: '{day} 24:00 前办理', en: 'by the end of {day}' },
  overdue: { zh: '! 已逾期', en: '! overdue' },
  round: { zh: '第 {n} 轮', en: 'round {n}' },
  late: { zh: '迟到', en: 'late' },
  until: { zh: '限 {day} 24:00 前', en: 'by the end of {day}' },
  clue: { zh: '来自线索', en: 'from a clue' },
  check: { zh: '来自未通过的质控检查', en: 'from a failed check' },
  authority: { zh: '生态环境部门', en: 'the authority' },
} as const satisfies Record<string, Text>;

const STATES = {
  OPEN: { zh: '◌ 待办理', en: '◌ to be done' }, ANSWERED: { zh: '◑ 待核查', en: '◑ to be checked' }, CLOSED: { zh: '✓ 已办结', en: '✓ closed' }, WITHDRAWN: { zh: '已撤回', en: 'withdrawn' },
} as const satisfies Record<Task['state'], Text>;

const ACTS = {
  RAISE: { zh: '交办', en: 'asked' }, ANSWER: { zh: '答复', en: 'answered' }, SEND_BACK: { zh: '退回重办', en: 'sent back' }, CLOSE: { zh: '办结', en: 'closed' }, WITHDRAW: { zh: '撤回', en: 'withdrawn' },
} as const satisfies Record<Task['history'][number]['act'], Text>;

/** Tasks with what, who, by when and everything done so far: the same to the unit and to the authority. */
export function TaskList({ items, about, extra }: { items: readonly Task[]; about?: (task: Task) => ReactNode; extra?: (task: Task) => ReactNode }) {
  const { t } = useSpeech();
  const article = useArticle();
  return (
    <ul style={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 10 }}>
      {items.map((one) => (
        <li key={one.taskId} style={{ border: '1px solid rgba(128,128,128,.3)', borderRadius: 6, padding: 10, overflowWrap: 'anywhere' }}>
          {about?.(one) ?? one.outfallName} <Tag>{t(STATES[one.state])}</Tag> {one.round > 1 && <Tag>{t(TEXT.round, { n: one.round })}</Tag>} {one.overdue && <Tag color="error">{t(TEXT.overdue)}</Tag>}
          <div><strong>{one.what}</strong></div>
          <div style={{ fontSize: 13, fontVariantNumeric: 'tabular-nums' }}>
            {t(TEXT.who, { who: one.holder === 'OPERATOR' && one.operator !== '' ? one.operator : one.unitName })} · {t(TEXT.due, { day: one.dueDay })}
            {one.source === 'CLUE' && <> · {t(TEXT.clue)} {one.ref}</>}
            {one.source === 'CHECK' && <> · {t(TEXT.check)}</>} · <span style={{ fontSize: 12, opacity: 0.85 }}>{article(one.article)}</span>
          </div>
          <ol style={{ margin: '6px 0 0', paddingInlineStart: 18 }}>
            {one.history.map((act) => (
              <li key={`${act.act}${act.at}`}>
                <span style={{ fontSize: 12, opacity: 0.85 }}>{formatTime(msOf(act.at))} {act.by || t(TEXT.authority)}</span> {t(ACTS[act.act])} {act.late && <Tag color="error">{t(TEXT.late)}</Tag>}
                {act.act !== 'RAISE' && <>：{act.text}</>} {act.dueDay !== null && <span style={{ fontSize: 13 }}>{t(TEXT.until, { day: act.dueDay })}</span>}
                {act.materials.map((file) => <div key={file.sha256}><a href={`/api/quality/truthing/${one.taskId}/materials/${file.sha256}`} download={file.name}>{file.name}</a></div>)}
              </li>
            ))}
          </ol>
          {extra?.(one)}
        </li>
      ))}
    </ul>
  );
}
