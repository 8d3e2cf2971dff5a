import { Card, Flex, Typography } from 'antd';
import { useArticle } from '../../shared/terms/article.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { formatTime } from '../../shared/tiers.ts';
import type { CasePage } from '../shapes.ts';

const TEXT = {
  title: { zh: '不计入办案期限', en: 'Time that does not count' },
  open: { zh: '未结束', en: 'not ended' },
} as const satisfies Record<string, Text>;

const GROUNDS = {
  SUSPENSION: { zh: '中止调查', en: 'suspension' }, TRANSFER: { zh: '移送公安', en: 'with the police' }, HEARING: { zh: '听证', en: 'hearing' }, SERVICE: { zh: '送达', en: 'service' },
  MONITORING: { zh: '监测、检测', en: 'monitoring' }, APPRAISAL: { zh: '鉴定、评估', en: 'appraisal' }, PUBLIC_NOTICE: { zh: '公告', en: 'public notice' },
} as const satisfies Record<string, Text>;
const isGround = (text: string): text is keyof typeof GROUNDS => Object.hasOwn(GROUNDS, text);

/** Each stretch of time taken out of the term, with its ground and reason. */
export function ExcludedTime({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const article = useArticle();
  const periods = page.state.excluded.filter((one) => one.to === undefined || one.to > one.from);
  if (periods.length === 0) return null;
  return (
    <Card size="small" title={t(TEXT.title)}>
      <Flex vertical gap={8}>
        {periods.map((one) => (
          <div key={`${one.ground}${one.from}`}>
            <strong>{isGround(one.ground) ? t(GROUNDS[one.ground]) : one.ground}</strong>{' '}
            <span style={{ fontVariantNumeric: 'tabular-nums' }}>{formatTime(one.from)} – {one.to === undefined ? t(TEXT.open) : formatTime(one.to)}</span>
            {one.reason !== '' && <div>{one.reason}</div>}
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>{article(one.article)}</Typography.Text>
          </div>
        ))}
      </Flex>
    </Card>
  );
}
