import { useQuery } from '@tanstack/react-query';
import { Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import { call } from '../api.ts';
import type { Routes } from '../api.gen.ts';
import { useSpeech, type Text } from '../i18n.tsx';
import { Loaded } from '../room.tsx';
import { useArticle, useFactorName } from '../terms/article.ts';

export type Finding = Routes['GET /api/register/standard-findings']['response']['items'][number];

export const STANDARDS_TITLE = { zh: '排放标准', en: 'Emission standards' } as const satisfies Text;
export const HELD_TITLE = { zh: '登记限值与排放标准对照', en: 'Limits against standards' } as const satisfies Text;

const TEXT = {
  stays: { zh: '登记的限值在更正以前继续有效，数据仍按登记限值判定；这里的对照不改变任何判定。', en: 'A registered limit stays in force until it is corrected, and data are judged by it; nothing here changes a verdict.' },
  none: { zh: '{day} 在用的登记限值中，没有宽于标准或与标准不符的', en: 'On {day} no registered limit in force is looser than its standard or disagrees with it' },
  more: { zh: '共 {n} 项，只列出前 {m} 项', en: '{n} in all, the first {m} are shown' },
  source: { zh: '登记依据：{source}', en: 'registered by: {source}' },
} as const satisfies Record<string, Text>;

const KINDS = {
  LOOSER: { zh: '! 宽于标准', en: '! looser', color: 'error' }, UNKNOWN_STANDARD: { zh: '? 标准未入库', en: '? unknown standard', color: 'default' },
  NOT_IN_FORCE: { zh: '⌛ 标准不在有效期', en: '⌛ not in force', color: 'warning' }, UNIT_MISMATCH: { zh: '≠ 单位不一致', en: '≠ unit differs', color: 'warning' },
  BASIS_MISMATCH: { zh: '≠ 口径不一致', en: '≠ basis differs', color: 'warning' }, WRONG_POINT: { zh: '⚑ 监控位置不符', en: '⚑ wrong point', color: 'warning' },
} as const satisfies Record<Finding['kind'], Text & { color: string }>;

/** Registered limits that do not agree with the standard they stand under: of a unit, of an outfall, or of everybody one may see. */
export function StandardFindings({ unit, outfall, about }: { unit?: string; outfall?: string; about?: (finding: Finding) => ReactNode }) {
  const { t } = useSpeech();
  const article = useArticle();
  const factor = useFactorName();
  const query = useQuery({
    queryKey: ['standard-findings', unit, outfall],
    queryFn: () => call('GET /api/register/standard-findings', { query: { ...(unit === undefined ? {} : { unit }), ...(outfall === undefined ? {} : { outfall }) } }),
  });
  return (
    <Loaded query={query}>
      {({ day, total, items }) => (
        <>
          <Typography.Paragraph type="secondary" style={{ fontSize: 12, marginBottom: 8 }}>{t(TEXT.stays)}</Typography.Paragraph>
          {items.length === 0 ? <span>✓ {t(TEXT.none, { day })}</span> : (
            <ul style={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 8 }}>
              {items.map((one) => (
                <li key={`${one.outfall}${one.factor}${one.period}${one.kind}${one.limit}`} style={{ overflowWrap: 'anywhere' }}>
                  <Tag color={KINDS[one.kind].color}>{t(KINDS[one.kind])}</Tag> {about?.(one) ?? one.outfallName} <strong>{factor(one)}</strong>
                  <div style={{ fontVariantNumeric: 'tabular-nums' }}>{t(one)}</div>
                  {one.source !== '' && <div style={{ fontSize: 12, opacity: 0.85 }}>{t(TEXT.source, { source: article(one.source) })}</div>}
                </li>
              ))}
            </ul>
          )}
          {total > items.length && <p style={{ marginBottom: 0 }}>{t(TEXT.more, { n: total, m: items.length })}</p>}
        </>
      )}
    </Loaded>
  );
}
