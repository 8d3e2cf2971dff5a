import { Flex, Typography } from 'antd';
import { useSpeech } from '../../../shared/i18n.tsx';
import { msOf } from '../../../shared/moment.ts';
import { formatDay, formatTime } from '../../../shared/tiers.ts';
import { useDeliveries, useServiceActs } from './service-acts.tsx';
import type { DeliveryRow } from './service-shapes.ts';
import { DUTIES, FROM } from './service-words.ts';
import { useArticle } from '../../../shared/terms/article.ts';

/** Papers of a case or a clue about which the authority still has something to do, the longest waiting first. */
export function useDuePapers(subjectId: string, stamp: number, enabled = true): readonly DeliveryRow[] {
  const { data } = useDeliveries(subjectId, stamp, enabled);
  return (data?.items ?? []).filter((row) => row.duty !== null).sort((a, b) => a.sentAt.localeCompare(b.sentAt));
}

/** Each paper that waits to be served by its name, with the act that serves it: the same forms as on the card of deliveries. */
export function DuePapers({ papers, type }: { papers: readonly DeliveryRow[]; type: 'primary' | 'default' }) {
  const { t, language } = useSpeech();
  const article = useArticle();
  const acts = useServiceActs('middle');
  return (
    <>
      {papers.length > 0 && (
        <Flex vertical gap={8} style={{ flex: '1 1 320px', minWidth: 0, overflowWrap: 'anywhere' }}>
          {papers.map((row) => {
            const since = msOf(row.arrivedAt ?? row.sentAt) ?? 0;
            const facts = [row.documentNumber, language === 'zh' ? row.methodZh : row.methodEn, row.duty && t(DUTIES[row.duty].since, { time: formatTime(since) }), row.provableFrom > formatDay(since) && row.acts.prove && t(FROM, { day: row.provableFrom })];
            return (
              <Flex key={row.deliveryId} wrap gap={8} align="center">
                <div style={{ flex: '0 1 auto', minWidth: 0 }}>
                  <strong>{row.duty && t(DUTIES[row.duty].name)}：{article(row.documentTitle)}</strong>
                  <br /><Typography.Text type="secondary" style={{ fontSize: 12 }}>{facts.filter(Boolean).join(' · ')}</Typography.Text>
                </div>
                {acts.buttons(row, type)}
              </Flex>
            );
          })}
        </Flex>
      )}
      {acts.form}
    </>
  );
}
