import { Tag } from 'antd';
import type { ReactNode } from 'react';
import type { Routes } from '../api.gen.ts';
import { useSpeech, type Text } from '../i18n.tsx';
import { msOf, useNow } from '../moment.ts';
import { formatDay, formatTime } from '../tiers.ts';
import { MaterialLinks } from './material-links.tsx';
import { useArticle } from '../terms/article.ts';

export type DeviceMatter = Routes['GET /api/register/device-matters']['response']['items'][number];

export const DEVICE_MATTERS_TITLE = { zh: '设备故障、停用、拆除与验收登记', en: 'Faults, stops, removals and acceptances of devices' } as const satisfies Text;

const TEXT = {
  reason: { zh: '说明', en: 'Explanation' },
  meanwhile: { zh: '停运期间的监测', en: 'Measured meanwhile' },
  told: { zh: '报送于 {time}（期限 {due}）', en: 'handed in {time} (term {due})' },
  raised: { zh: '提出于 {time}', en: 'asked {time}' },
  late: { zh: '! 逾期报送', en: '! handed in late' },
  overdue: { zh: '! 已逾期', en: '! overdue' },
  silent: { zh: '! 期限内未答复', en: '! not answered in time' },
  manual: { zh: '手工监测结果', en: 'Results taken by hand' },
  zs: { zh: '折算', en: 'converted' },
} as const satisfies Record<string, Text>;

const SINCE = {
  FAULT: { zh: '发现于 {time}', en: 'noticed {time}' }, STOP: { zh: '拟自 {time} 起停用', en: 'to stand still from {time}' },
  REMOVAL: { zh: '拟于 {time} 拆除', en: 'to be removed {time}' }, ACCEPTANCE: { zh: '验收合格于 {time}', en: 'accepted on {time}' },
} as const satisfies Record<DeviceMatter['kind'], Text>;

const DUE = {
  FAULT: { zh: '应于 {time} 前修复', en: 'to be repaired by {time}' }, STOP: { zh: '机关应于 {time} 前答复，逾期不答复视为同意', en: 'the authority answers by {time}; silence is consent' },
  REMOVAL: { zh: '机关应于 {time} 前答复，逾期不答复视为同意', en: 'the authority answers by {time}; silence is consent' }, ACCEPTANCE: { zh: '', en: '' },
} as const satisfies Record<DeviceMatter['kind'], Text>;

export const MATTER_STATES = {
  OPEN: { zh: '◌ 在办', en: '◌ open' }, REPAIRED: { zh: '✓ 已修复', en: '✓ repaired' }, AGREED: { zh: '✓ 同意', en: '✓ agreed' },
  AGREED_BY_SILENCE: { zh: '✓ 逾期未答复，视为同意', en: '✓ no answer in time: agreed by law' }, REFUSED: { zh: '✗ 不同意', en: '✗ refused' },
  REGISTERED: { zh: '✓ 已登记', en: '✓ registered' }, RETURNED: { zh: '✗ 退回补正', en: '✗ sent back' }, WITHDRAWN: { zh: '已撤回', en: 'withdrawn' },
} as const satisfies Record<DeviceMatter['state'], Text>;

/** A duty that is late is red; consent by silence is a duty the authority missed. */
function Terms({ matter }: { matter: DeviceMatter }) {
  const { t } = useSpeech();
  const basis = useArticle();
  const now = useNow();
  const { kind, state, dueAt, article, toldDueAt, toldArticle, raisedAt, late } = matter;
  const over = kind === 'FAULT' && state === 'OPEN' && now > (msOf(dueAt) ?? now);
  return (
    <div style={{ fontSize: 13 }}>
      <div>
        {toldDueAt === null ? t(TEXT.raised, { time: formatTime(msOf(raisedAt)) }) : t(TEXT.told, { time: formatTime(msOf(raisedAt)), due: formatTime(msOf(toldDueAt)) })}
        {toldArticle !== null && <span style={{ fontSize: 12, opacity: 0.85 }}> · {basis(toldArticle)}</span>} {late && <Tag color="error">{t(TEXT.late)}</Tag>}
      </div>
      {dueAt !== null && (state === 'OPEN' || state === 'AGREED_BY_SILENCE') && (
        <div>
          {t(DUE[kind], { time: formatTime(msOf(dueAt)) })}<span style={{ fontSize: 12, opacity: 0.85 }}> · {basis(article)}</span>{' '}
          {over && <Tag color="error">{t(TEXT.overdue)}</Tag>}{state === 'AGREED_BY_SILENCE' && <Tag color="error">{t(TEXT.silent)}</Tag>}
        </div>
      )}
    </div>
  );
}

function Manual({ matter: { manual, factors } }: { matter: DeviceMatter }) {
  const { t } = useSpeech();
  if (manual.length === 0) return null;
  const of = (code: string) => factors.find((one) => one.factor === code);
  return (
    <div>
      {t(TEXT.manual)}：
      <ul style={{ margin: 0, paddingInlineStart: 18, fontVariantNumeric: 'tabular-nums' }}>
        {manual.map((one) => <li key={`${one.factor} ${one.sampledAt} ${one.value}`}>{formatTime(msOf(one.sampledAt))} {t(of(one.factor) ?? { zh: one.factor, en: one.factor })} {one.value} {of(one.factor)?.unit}{one.basis === 'zs' && ` (${t(TEXT.zs)})`}</li>)}
      </ul>
    </div>
  );
}

/** Device matters with their terms, results and ends: the same to the unit and to the authority. */
export function DeviceMatterList({ items, about, extra }: { items: readonly DeviceMatter[]; about?: (matter: DeviceMatter) => ReactNode; extra?: (matter: DeviceMatter) => ReactNode }) {
  const { t } = useSpeech();
  return (
    <ul style={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 10 }}>
      {items.map((one) => (
        <li key={one.matterId} style={{ border: '1px solid rgba(128,128,128,.3)', borderRadius: 6, padding: 10, overflowWrap: 'anywhere' }}>
          {about?.(one)} <strong>{t(one.title)}</strong> {one.outfallName} · {one.device} <Tag>{t(MATTER_STATES[one.state])}</Tag>
          <div>{one.factors.map((factor) => t(factor)).join('、')} · {t(SINCE[one.kind], { time: one.kind === 'ACCEPTANCE' ? formatDay(msOf(one.since) ?? 0) : formatTime(msOf(one.since)) })}</div>
          <Terms matter={one} />
          <div>{t(TEXT.reason)}：{one.reason}</div>
          {one.meanwhile !== '' && <div>{t(TEXT.meanwhile)}：{one.meanwhile}</div>}
          <MaterialLinks base={`/api/register/device-matters/${one.matterId}`} items={one.materials} />
          <Manual matter={one} />
          {one.endedAt !== null && <div>{t(MATTER_STATES[one.state])}（{formatTime(msOf(one.endedAt))}{one.endedBy !== null && ` ${one.endedBy}`}）{one.answer !== null && one.answer !== '' && `：${one.answer}`}</div>}
          {extra?.(one)}
        </li>
      ))}
    </ul>
  );
}
