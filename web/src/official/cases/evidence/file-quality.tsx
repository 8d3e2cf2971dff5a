import { Button, Card, Typography } from 'antd';
import { useState } from 'react';
import { useArticle } from '../../../shared/terms/article.ts';
import { useSpeech, type Text } from '../../../shared/i18n.tsx';
import type { CasePage } from '../../shapes.ts';
import type { QualityLine } from '../discretion/law-shapes.ts';

const TEXT = {
  title: { zh: '案卷质量：评查细则 25 项和本平台 4 项', en: 'Quality of the file: 25 checks of the national rules, 4 of the platform' },
  score: { zh: '{problem} 项有问题 · {hand} 项须人工核对 · {sound} 项未见问题', en: '{problem} problems · {hand} to be looked at · {sound} sound' },
  all: { zh: '全部显示', en: 'Show all' },
  fewer: { zh: '只看须处理的', en: 'Show only what needs care' },
} as const satisfies Record<string, Text>;

const OUTCOMES = {
  PROBLEM: { zh: '有问题', en: 'problem', shape: '✗' }, BY_HAND: { zh: '人工核对', en: 'look by hand', shape: '?' },
  NOT_YET: { zh: '未到此步', en: 'not yet', shape: '…' }, SOUND: { zh: '未见问题', en: 'sound', shape: '✓' },
} as const satisfies Record<QualityLine['outcome'], Text & { shape: string }>;

/** The file review before the file is closed: each major problem with its article and what the file says to it. */
export function FileQuality({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const article = useArticle();
  const [all, showAll] = useState(false);
  const { quality: items } = page;
  const count = (outcome: QualityLine['outcome']) => items.filter((one) => one.outcome === outcome).length;
  const shown = all ? items : items.filter((one) => one.outcome === 'PROBLEM' || one.outcome === 'BY_HAND');
  return (
    <Card size="small" title={t(TEXT.title)} extra={<Button size="small" type="link" onClick={() => showAll(!all)}>{t(all ? TEXT.fewer : TEXT.all)}</Button>}>
      <div>{t(TEXT.score, { problem: count('PROBLEM'), hand: count('BY_HAND'), sound: count('SOUND') })}</div>
      <ul style={{ margin: '8px 0 0', paddingInlineStart: 0, listStyle: 'none' }}>
        {shown.map((one) => (
          <li key={one.no} style={{ marginBottom: 6 }}>
            <strong>{OUTCOMES[one.outcome].shape} {t(OUTCOMES[one.outcome])}</strong> {one.no}. {t(one)}
            <div>{one.found}</div>
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>{article(one.article)}</Typography.Text>
          </li>
        ))}
      </ul>
    </Card>
  );
}
